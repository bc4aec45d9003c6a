//! Nothing that an author can say is decoration: each field of each definition changes an entry after
//! the header, a score, a finding or a gap, or is named as one that is only shown, and is shown.

mod row;
mod told;

use hotwash_scenarios::{Kind, schema};
use row::{Row, rows, shown};
use std::collections::{BTreeMap, BTreeSet};
use told::{Case, Told};

/// Runs that are looked at until a difference shows.
const RUNS: u64 = 60;

/// The share of fields, in percent, that those only shown stay under.
const ONLY_SHOWN: usize = 10;

/// Every field of every record of the definition language, as `Record.field`.
fn fields() -> BTreeSet<String> {
    let schema = schema(Kind::Exercise);
    let records = schema["$defs"].as_object().expect("records are defined");
    let of = records.iter().filter_map(|(record, of)| {
        let fields = of["properties"].as_object()?.keys();
        Some(fields.map(move |field| format!("{record}.{field}")))
    });
    of.flatten().collect()
}

/// What was told of a text in some run: a text is run once for all rows that start from it.
#[derive(Default)]
struct Memory(BTreeMap<(Vec<String>, u64), Told>);

impl Memory {
    fn told(&mut self, case: &Case, run: u64) -> &Told {
        let key = (case.texts(), run);
        self.0.entry(key).or_insert_with(|| case.told(run))
    }

    fn changed(&mut self, row: &Row, runs: u64) -> bool {
        let (before, after) = row.cases();
        (0..runs).any(|run| *self.told(&before, run) != after.told(run))
    }
}

#[test]
fn every_field_that_counts_changes_an_entry_a_score_a_finding_or_a_gap() {
    let mut memory = Memory::default();
    let all = rows();
    let silent = all.iter().filter(|row| !memory.changed(row, RUNS));
    let silent: Vec<&String> = silent.map(|row| &row.field).collect();
    assert!(silent.is_empty(), "changes nothing: {silent:?}");
}

#[test]
fn every_field_counts_or_is_named_as_only_shown() {
    let counts: BTreeSet<String> = rows().into_iter().map(|row| row.field).collect();
    let shown: BTreeSet<String> = shown().into_iter().map(|row| row.field).collect();
    let named: BTreeSet<String> = counts.union(&shown).cloned().collect();
    let fields = fields();
    assert_eq!(named, fields);
    assert!(counts.is_disjoint(&shown));
    assert!(fields.len() > 250, "only {} fields", fields.len());
    let exceptions = shown.len();
    assert!(
        exceptions * 100 < ONLY_SHOWN * fields.len(),
        "{exceptions} of {} fields are only shown",
        fields.len()
    );
}

#[test]
fn what_is_only_shown_changes_nothing_else_and_stands_in_the_full_report() {
    let mut memory = Memory::default();
    for row in shown() {
        let (before, after) = row.cases();
        let is_shown = |case: &Case| case.report().to_lowercase().contains("zeb");
        assert!(!is_shown(&before), "{}", row.field);
        assert!(is_shown(&after), "{} is shown nowhere", row.field);
        assert!(!memory.changed(&row, 1), "{} counts", row.field);
    }
}
