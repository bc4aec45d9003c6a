//! Tables on a screen: columns as wide as their texts, and those that wrap give way.

use super::Screen;
use super::line::{columns, wrap};
use crate::document::{Align, Table, Text, Tone};

/// A wrapping column narrower than this is harder to read than cells below one another.
const NARROW: usize = 12;
/// An ordinary word is no longer than this.
const WORD: usize = 14;
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
    let mut shown = vec![true; table.columns.len()];
    loop {
        if let Some(widths) = widths(table, &all, &shown, room) {
            for row in all {
                draw_row(screen, indent, table, row, &widths);
            }
            left_out(screen, indent, table, &shown);
            return;
        }
        let Some(spare) = most_spare(table, &shown) else {
            break;
        };
        shown[spare] = false;
    }
    for row in &rows {
        stacked(screen, indent, table, row);
    }
}

/// The column that is left out next.
fn most_spare(table: &Table, shown: &[bool]) -> Option<usize> {
    let columns = table.columns.iter().enumerate();
    let spare = columns.filter(|(i, column)| shown[*i] && column.spare > 0);
    spare.max_by_key(|(_, column)| column.spare).map(|it| it.0)
}

/// What a wider screen would show.
fn left_out(screen: &mut Screen, indent: usize, table: &Table, shown: &[bool]) {
    let columns = table.columns.iter().zip(shown);
    let names: Vec<&str> = columns
        .filter(|(_, shown)| !**shown)
        .map(|(column, _)| column.title.as_str())
        .collect();
    if !names.is_empty() {
        let said = format!("Left out for lack of room: {}.", names.join(", "));
        screen.paragraph(indent, &Text::toned(said, Tone::Faint));
    }
}

/// The width of each column, 0 of those that are not shown; none where the columns do not fit beside
/// one another.
fn widths(table: &Table, rows: &[&Vec<Text>], shown: &[bool], room: usize) -> Option<Vec<usize>> {
    let cells = |i: usize| rows.iter().map(move |row| row[i].words());
    let natural = |i: usize| {
        let widest = cells(i).map(|cell| columns(&cell)).max().unwrap_or(0);
        if shown[i] { widest } else { 0 }
    };
    // A word is not cut as long as it is of ordinary length.
    let least = |i: usize| {
        let longest = cells(i).flat_map(|cell| cell.split(' ').map(columns).collect::<Vec<_>>());
        longest.max().unwrap_or(0).clamp(NARROW, WORD)
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
        let wrapping = table.columns.iter().enumerate();
        let wrapping = wrapping.filter(|(i, column)| column.wraps && widths[*i] > least(*i));
        let widest = wrapping
            .map(|(i, _)| i)
            .max_by_key(|i| (widths[*i], std::cmp::Reverse(*i)))?;
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
