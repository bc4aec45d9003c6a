//! Tables on a screen: columns as wide as their texts, those that wrap give way, and those that can be
//! spared go on below their row. Nothing is left out.

use super::Screen;
use super::line::{columns, wrap};
use crate::document::{Align, Table, Text, Tone};

/// A wrapping column narrower than this is harder to read than cells below one another.
const NARROW: usize = 12;
/// An ordinary word is no longer than this.
const WORD: usize = 14;
/// Between two columns.
const GAP: usize = 2;

/// The lines of a cell, as the screen can show them.
type Cell = Vec<Text>;

/// Draws a table.
pub(super) fn draw(screen: &mut Screen, indent: usize, table: &Table) {
    let cell =
        |text: &Text| -> Cell { text.lines().iter().map(|line| screen.text(line)).collect() };
    let rows: Vec<Vec<Cell>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let titles: Vec<Cell> = table
        .columns
        .iter()
        .map(|column| cell(&Text::toned(column.title.clone(), Tone::Faint)))
        .collect();
    let all: Vec<&Vec<Cell>> = if table.titled {
        std::iter::once(&titles).chain(&rows).collect()
    } else {
        rows.iter().collect()
    };
    let room = screen.width - indent;
    let mut shown = vec![true; table.columns.len()];
    loop {
        if let Some(widths) = widths(table, &all, &shown, room) {
            if table.titled {
                draw_row(screen, indent, table, &titles, &widths);
            }
            for (row, texts) in rows.iter().zip(&table.rows) {
                draw_row(screen, indent, table, row, &widths);
                spared(screen, indent, table, texts, &shown);
            }
            return;
        }
        let Some(spare) = most_spare(table, &shown) else {
            break;
        };
        shown[spare] = false;
    }
    for row in &table.rows {
        stacked(screen, indent, table, row);
    }
}

/// The column that goes below the row next.
fn most_spare(table: &Table, shown: &[bool]) -> Option<usize> {
    let columns = table.columns.iter().enumerate();
    let spare = columns.filter(|(i, column)| shown[*i] && column.spare > 0);
    spare.max_by_key(|(_, column)| column.spare).map(|it| it.0)
}

/// The cells of a row that have no room beside the others.
fn spared(screen: &mut Screen, indent: usize, table: &Table, row: &[Text], shown: &[bool]) {
    let mut text = Text::empty();
    for ((cell, column), shown) in row.iter().zip(&table.columns).zip(shown) {
        if *shown || cell.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text = text.and("; ");
        }
        if table.titled {
            text = text.and_toned(format!("{} ", column.title), Tone::Faint);
        }
        text = text.and(cell.on_one_line());
    }
    if !text.is_empty() {
        screen.paragraph(indent + GAP, &text);
    }
}

/// The width of each column, 0 of those that are not shown; none where the columns do not fit beside
/// one another.
fn widths(table: &Table, rows: &[&Vec<Cell>], shown: &[bool], room: usize) -> Option<Vec<usize>> {
    let lines = |i: usize| {
        rows.iter()
            .flat_map(move |row| row[i].iter().map(Text::words))
    };
    let natural = |i: usize| {
        let widest = lines(i).map(|line| columns(&line)).max().unwrap_or(0);
        if shown[i] { widest } else { 0 }
    };
    // A word is not cut as long as it is of ordinary length.
    let least = |i: usize| {
        let longest = lines(i).flat_map(|line| line.split(' ').map(columns).collect::<Vec<_>>());
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

fn draw_row(screen: &mut Screen, indent: usize, table: &Table, row: &[Cell], widths: &[usize]) {
    let cells: Vec<Vec<Text>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            if *width == 0 {
                Vec::new()
            } else {
                cell.iter().flat_map(|line| wrap(line, *width)).collect()
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
        text = text.and(cell.on_one_line());
    }
    screen.paragraph(indent, &text);
}
