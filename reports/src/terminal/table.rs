//! Tables on a screen: columns as wide as their texts, and those that wrap give way.

use super::Screen;
use super::line::{columns, wrap};
use crate::document::{Align, Table, Text, Tone};

/// A wrapping column narrower than this is harder to read than cells below one another.
const NARROW: usize = 12;
/// Between two columns.
const GAP: usize = 2;

/// Draws a table.
pub(super) fn draw(screen: &mut Screen, indent: usize, table: &Table) {
    let rows: Vec<Vec<Text>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| screen.text(cell)).collect())
        .collect();
    let titles: Vec<Text> = table
        .columns
        .iter()
        .map(|column| screen.text(&Text::toned(column.title.clone(), Tone::Faint)))
        .collect();
    let mut all: Vec<&Vec<Text>> = rows.iter().collect();
    if table.titled {
        all.insert(0, &titles);
    }
    let room = screen.width - indent;
    match widths(table, &all, room) {
        Some(widths) => {
            for row in all {
                draw_row(screen, indent, table, row, &widths);
            }
        }
        None => {
            for row in &rows {
                stacked(screen, indent, table, row);
            }
        }
    }
}

/// The width of each column, or none where the columns do not fit beside one another.
fn widths(table: &Table, rows: &[&Vec<Text>], room: usize) -> Option<Vec<usize>> {
    let natural = |i: usize| {
        let cells = rows.iter().map(|row| columns(&row[i].words()));
        cells.max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(natural).collect();
    let used = widths.iter().filter(|width| **width > 0).count();
    let gaps = GAP * used.saturating_sub(1);
    loop {
        let total: usize = widths.iter().sum::<usize>() + gaps;
        if total <= room {
            return Some(widths);
        }
        // The widest of the columns that may wrap gives way, down to the narrowest sensible width.
        let wrapping = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.wraps);
        let widest = wrapping
            .map(|(i, _)| i)
            .max_by_key(|i| (widths[*i], std::cmp::Reverse(*i)))?;
        if widths[widest] <= NARROW {
            return None;
        }
        widths[widest] -= 1;
    }
}

fn draw_row(screen: &mut Screen, indent: usize, table: &Table, row: &[Text], widths: &[usize]) {
    let cells: Vec<Vec<Text>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            if *width == 0 {
                Vec::new()
            } else {
                wrap(cell, *width)
            }
        })
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = Text::plain(" ".repeat(indent));
        let mut first = true;
        for ((cell, width), column) in cells.iter().zip(widths).zip(&table.columns) {
            if *width == 0 {
                continue;
            }
            if !first {
                text = text.and(" ".repeat(GAP));
            }
            first = false;
            let cell = cell.get(line).cloned().unwrap_or_default();
            let space = " ".repeat(width.saturating_sub(columns(&cell.words())));
            text = match column.align {
                Align::Left => text.and(cell).and(space),
                Align::Right => text.and(space).and(cell),
            };
        }
        screen.lines.push(text);
    }
}

/// A row as a paragraph, for screens too narrow for the table: titles are said where the table
/// would have shown them.
fn stacked(screen: &mut Screen, indent: usize, table: &Table, row: &[Text]) {
    let mut text = Text::empty();
    for (i, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
        if cell.is_empty() {
            continue;
        }
        if i > 0 {
            text = text.and(if table.titled { "; " } else { "  " });
        }
        if table.titled && i > 0 {
            text = text.and_toned(format!("{}: ", column.title), Tone::Faint);
        }
        text = text.and(cell.clone());
    }
    screen.paragraph(indent, &text);
}
