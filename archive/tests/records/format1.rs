//! Three records of format 1, made by version 0.1.0: a shipped scenario cut short, people played from a file of
//! acts, and duties that were breached. They are read for ever.

use hotwash_archive::{Hash, Loaded, read, to_bytes, verify};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::record::{EndKind, Event, FORMAT, Record, Refusal, Verdict};

const SHIPPED: &[u8] = include_bytes!("format1/shipped.jsonl");
const ACTS: &[u8] = include_bytes!("format1/acts.jsonl");
const DUTIES: &[u8] = include_bytes!("format1/duties.jsonl");

fn load(bytes: &[u8]) -> Loaded {
    read(bytes).unwrap_or_else(|fault| panic!("{fault}"))
}

fn count(record: &Record, test: impl Fn(&Event) -> bool) -> usize {
    let entries = record.entries.iter();
    entries.filter(|entry| test(&entry.event)).count()
}

#[test]
fn records_of_format_1_are_read_and_verified_as_their_bytes_are() {
    for bytes in [SHIPPED, ACTS, DUTIES] {
        let lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let lines: Vec<&[u8]> = lines.collect();
        let loaded = load(bytes);
        assert_eq!(loaded.format, 1);
        assert_eq!(loaded.record.entries.len(), lines.len() - 1);
        for (number, entry) in (1..).zip(&loaded.record.entries) {
            assert_eq!(entry.number, number);
            // Line 1 is the header.
            let line = String::from_utf8_lossy(lines[number as usize]);
            assert!(line.contains(&format!("\"entry\":{{\"number\":{number},")));
        }
        let report = verify(bytes);
        assert!(report.intact() && report.finished);
        assert_eq!(report.fingerprint, Some(loaded.fingerprint));
        let own = lines.last().expect("it has lines");
        let digits = String::from_utf8_lossy(&own[own.len() - 66..own.len() - 2]).to_string();
        assert_eq!(
            loaded.fingerprint,
            Hash::parse(&digits).expect("it ends in its hash")
        );
    }
}

#[test]
fn a_byte_that_was_changed_in_a_record_of_format_1_is_found() {
    let at = ACTS.len() / 2;
    let mut bytes = ACTS.to_vec();
    bytes[at] ^= 1;
    assert!(read(bytes.as_slice()).is_err());
}

#[test]
fn what_format_1_did_not_say_is_as_it_was_then() {
    let shipped = load(SHIPPED).record;
    let retired = |event: &Event| matches!(event, Event::Retired { .. });
    assert_eq!(count(&shipped, retired), 2);
    let duties = load(DUTIES).record;
    assert_eq!(count(&duties, retired), 1);
    // A measure was taken in the role in which its work was done.
    for record in [&shipped, &duties, &load(ACTS).record] {
        let mut doing = std::collections::BTreeMap::new();
        for entry in &record.entries {
            match &entry.event {
                Event::TaskStarted { instance, role, .. }
                | Event::TaskResumed { instance, role, .. } => {
                    doing.insert(*instance, *role);
                }
                Event::MeasureTaken { instance, role, .. } => {
                    assert_eq!(doing.get(instance), Some(role));
                }
                _ => {}
            }
        }
        let exercise = &record.header.exercise;
        let (plan, yardstick) = (exercise.plan(), exercise.yardstick());
        assert_eq!(yardstick.targets, plan.targets);
        assert_eq!(yardstick.scoring, plan.scoring);
        assert!(!exercise.scenario().early);
    }
    let refused = load(ACTS)
        .record
        .entries
        .into_iter()
        .find_map(|entry| match entry.event {
            Event::ActionRejected { reason, .. } => Some(reason),
            _ => None,
        });
    assert_eq!(refused, Some(Refusal::NotReady));
}

#[test]
fn records_of_format_1_are_judged() {
    for bytes in [SHIPPED, ACTS, DUTIES] {
        let record = load(bytes).record;
        let judged = evaluate(&record.header.exercise, &record, Baselines::default());
        assert!(matches!(
            judged.end,
            Some(EndKind::Limit | EndKind::Condition)
        ));
        assert_eq!(
            judged.objectives.len(),
            record.header.exercise.scenario().objectives.len()
        );
    }
    let record = load(DUTIES).record;
    let judged = evaluate(&record.header.exercise, &record, Baselines::default());
    let breached = judged.obligations.iter();
    let breached = breached.filter(|duty| duty.verdict == Verdict::Breached);
    assert_eq!(breached.count(), 2);
}

#[test]
fn a_record_of_format_1_that_is_written_again_is_one_of_today() {
    for bytes in [SHIPPED, ACTS, DUTIES] {
        let record = load(bytes).record;
        let again = load(&to_bytes(&record, None));
        assert_eq!(again.format, FORMAT);
        assert_eq!(again.record, record);
    }
}
