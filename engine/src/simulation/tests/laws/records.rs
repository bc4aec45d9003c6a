//! The records on which laws are tried, and how a law is shown to hold and to be able to fail.

use crate::exercise::Exercise;
use crate::generator;
use crate::record::{Entry, Event, Record};
use crate::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::{Arc, OnceLock};

/// How many exercises each law is tried on.
const EXERCISES: u64 = 96;

/// Spoiled records on which a law has to fail.
const SPOILED: usize = 6;

/// The entry that breaks a law, and how.
pub(super) type Broken = (u32, String);

/// Something that holds of every record.
pub(super) type Law = fn(&Record) -> Result<(), Broken>;

/// One run of a generated exercise.
pub(super) struct Run {
    pub(super) seed: u64,
    pub(super) policy: Policy,
    pub(super) record: Record,
}

fn run(seed: u64) -> Run {
    let exercise = Arc::new(Exercise::new(generator::parts(seed)).unwrap());
    let mut setup = Setup::of(seed, 3);
    match seed % 8 {
        5 => (setup.played, setup.actions) = generator::acts(&exercise, seed),
        6 => setup.policy = Policy::NoResponse,
        7 => setup.policy = Policy::Ideal,
        _ => {}
    }
    Run {
        seed,
        policy: setup.policy,
        record: simulate(&exercise, &setup, Provenance::default()),
    }
}

/// The runs, made once for all laws: some without response, some ideal, some in which humans act.
pub(super) fn runs() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| (0..EXERCISES).map(run).collect())
}

/// A law holds in every run, and fails on records that were spoiled. A spoiler changes a record and
/// says whether it found anything to spoil.
pub(super) fn hold(law: Law, spoil: impl Fn(&mut Record) -> bool) {
    hold_where(|_| true, law, spoil);
}

/// The same of runs in which people do what people do, or humans act.
pub(super) fn hold_with_people(law: Law, spoil: impl Fn(&mut Record) -> bool) {
    hold_where(|run| run.policy == Policy::People, law, spoil);
}

/// The same of some runs.
pub(super) fn hold_where(chosen: fn(&Run) -> bool, law: Law, spoil: impl Fn(&mut Record) -> bool) {
    for run in runs().iter().filter(|run| chosen(run)) {
        if let Err((number, what)) = law(&run.record) {
            broken(run, number, &what);
        }
    }
    let mut spoiled = 0;
    for run in runs().iter().filter(|run| chosen(run)) {
        let mut record = run.record.clone();
        if spoil(&mut record) {
            assert!(
                law(&record).is_err(),
                "exercise {}: not found out",
                run.seed
            );
            spoiled += 1;
        }
        if spoiled == SPOILED {
            return;
        }
    }
    assert!(spoiled > 0, "no record holds anything to spoil");
}

/// Fails with the entries around the first one that breaks a law.
fn broken(run: &Run, number: u32, what: &str) -> ! {
    let from = number.saturating_sub(12) as usize;
    let around = run.record.entries.iter().skip(from).take(16);
    let around: Vec<String> = around
        .map(|entry| format!("{} {} {:?}", entry.number, entry.at.0, entry.event))
        .collect();
    let around = around.join("\n");
    panic!("exercise {}, entry {number}: {what}\n{around}", run.seed);
}

/// `Ok` if it is fine, else the entry and what is wrong with it.
pub(super) fn must(fine: bool, entry: &Entry, what: &str) -> Result<(), Broken> {
    if fine {
        Ok(())
    } else {
        Err((entry.number, what.to_owned()))
    }
}

/// The position of the first entry with such an event.
pub(super) fn first(record: &Record, is: impl Fn(&Event) -> bool) -> Option<usize> {
    record.entries.iter().position(|entry| is(&entry.event))
}

/// Takes the first such entry out of a record.
pub(super) fn remove_first(record: &mut Record, is: impl Fn(&Event) -> bool) -> bool {
    let found = first(record, is);
    found.map(|at| record.entries.remove(at)).is_some()
}

/// Says the first such entry twice.
pub(super) fn repeat_first(record: &mut Record, is: impl Fn(&Event) -> bool) -> bool {
    let found = first(record, is);
    if let Some(at) = found {
        let again = record.entries[at].clone();
        record.entries.insert(at + 1, again);
    }
    found.is_some()
}
