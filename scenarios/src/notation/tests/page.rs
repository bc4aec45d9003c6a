//! What the page of notations says is what is understood.

use super::meant;
use crate::notation::{Age, Hours, Moment, Notation, Start, ZoneName, number_readings};
use hotwash_engine::exercise::{Day, Law, Limit, Span};

/// The rows of the page's tables whose first column has a name.
fn rows(column: &str) -> Vec<(String, Vec<String>)> {
    const PAGE: &str = include_str!("../../../../docs/notations.md");
    let head = format!("| {column} | means |");
    let behind = PAGE
        .split_once(&head)
        .unwrap_or_else(|| panic!("no table of {column}"))
        .1;
    let lines = behind
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let quoted = |text: &str| -> Vec<String> {
        text.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        (quoted(cells[0]).remove(0), quoted(cells[1]))
    };
    lines.map(row).collect()
}

fn holds<T: Notation>(column: &str) {
    let rows = rows(column);
    assert!(rows.len() >= 4, "{column}");
    for (written, expected) in rows {
        assert_eq!(meant::<T>(&written), expected, "{column} `{written}`");
    }
}

#[test]
fn the_page_of_notations_says_what_is_understood() {
    holds::<Moment>("moment");
    holds::<Span>("duration");
    holds::<Law>("range");
    holds::<Limit>("limit");
    holds::<Day>("date");
    holds::<Start>("start");
    holds::<Age>("age");
    holds::<Hours>("hours");
    holds::<ZoneName>("zone");
    for (written, expected) in rows("number") {
        assert_eq!(number_readings(&written), expected, "`{written}`");
    }
}
