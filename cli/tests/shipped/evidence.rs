//! Findings follow from what they cite.

use crate::runs::{ALL, Run, judge};
use hotwash_engine::evaluation::{
    CoverageStatus, Evaluation, Finding, FindingKind, FindingSubject,
};
use hotwash_engine::exercise::Phase;
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use std::sync::Arc;

/// How many runs of each scenario are judged anew for each of their findings.
const FEW: usize = 4;

fn each(mut look: impl FnMut(&Run, &Finding)) {
    for run in ALL.iter().flat_map(|runs| &runs[..FEW]) {
        for finding in run.evaluation.every_finding() {
            look(run, finding);
        }
    }
}

fn without(record: &Record, numbers: &BTreeSet<u32>) -> Record {
    let mut left = record.clone();
    left.entries
        .retain(|entry| !numbers.contains(&entry.number));
    left
}

const fn phase_of(kind: FindingKind) -> Option<Phase> {
    match kind {
        FindingKind::TimeLost { phase, .. } | FindingKind::NotCompleted { phase, .. } => {
            Some(phase)
        }
        FindingKind::Reopened(phase) | FindingKind::PhaseInTime(phase) => Some(phase),
        _ => None,
    }
}

/// Whether an evaluation says the same thing of the same thing.
fn says(evaluation: &Evaluation, finding: &Finding) -> bool {
    said(evaluation, finding).is_some()
}

/// What an evaluation says of the same thing.
fn said<'e>(evaluation: &'e Evaluation, finding: &Finding) -> Option<&'e Finding> {
    evaluation.every_finding().find(|of| {
        discriminant(&of.kind) == discriminant(&finding.kind)
            && of.subject == finding.subject
            && phase_of(of.kind) == phase_of(finding.kind)
    })
}

#[test]
fn a_finding_vanishes_with_the_entries_that_it_cites() {
    each(|run, finding| {
        // Of many uses of one thing a finding cites twelve: it is gone when all of them are.
        let mut gone: BTreeSet<u32> = finding.evidence.iter().copied().collect();
        let mut cited = finding.evidence.len();
        loop {
            let left = judge(&run.exercise, &without(&run.record, &gone));
            let Some(again) = said(&left, finding) else {
                break;
            };
            assert!(
                finding.kind == FindingKind::Overdue && cited == 12,
                "{finding:?}"
            );
            cited = again.evidence.len();
            gone.extend(&again.evidence);
        }
    });
}

/// Entries and all their causes.
fn ancestry(record: &Record, numbers: &[u32]) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = numbers.to_vec();
    while let Some(number) = open.pop() {
        if found.insert(number) {
            open.extend(record.entry(number).and_then(|entry| entry.cause));
        }
    }
    found
}

#[test]
fn a_finding_stays_when_an_entry_vanishes_that_is_no_cause_of_it() {
    let mut at = 5_usize;
    let mut changed = Vec::new();
    let mut looked = 0;
    each(|run, finding| {
        // That nothing stood in the way of an objective is said of the whole record.
        if finding.kind == FindingKind::ObjectiveAchieved {
            return;
        }
        let kept = ancestry(&run.record, &finding.evidence);
        let others = run.record.entries.iter().map(|entry| entry.number);
        let others: Vec<u32> = others.filter(|number| !kept.contains(number)).collect();
        at = (at * 31 + 7) % others.len();
        let left = without(&run.record, &BTreeSet::from([others[at]]));
        looked += 1;
        if !says(&judge(&run.exercise, &left), finding) {
            let gone = run
                .record
                .entry(others[at])
                .map(|entry| entry.event.clone());
            changed.push((finding.kind, finding.subject, gone));
        }
    });
    assert!(looked > 200, "only {looked}");
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn a_finding_cites_one_to_twelve_entries_that_exist() {
    for run in ALL.iter().flatten() {
        for finding in run.evaluation.every_finding() {
            let cited = &finding.evidence;
            assert!(
                (1..=12).contains(&cited.len()) && cited.is_sorted(),
                "{finding:?}"
            );
            assert!(
                cited
                    .iter()
                    .all(|number| run.record.entry(*number).is_some())
            );
        }
    }
}

/// The same exercise in a run in which nobody acts.
fn idle(run: &Run) -> Run {
    let setup = Setup::of(1, 0).with_policy(Policy::NoResponse);
    let record = simulate(&run.exercise, &setup, Provenance::default());
    let evaluation = judge(&run.exercise, &record);
    Run {
        exercise: Arc::clone(&run.exercise),
        record,
        evaluation,
    }
}

#[test]
fn a_finding_of_absence_cites_what_called_for_it_and_the_entry_that_closed_it() {
    let mut looked: BTreeMap<&str, u32> = BTreeMap::new();
    // Where nobody acts much is missed; where people do, little is.
    let idle: Vec<Run> = ALL
        .iter()
        .filter_map(|runs| runs.first())
        .map(idle)
        .collect();
    for run in ALL.iter().flatten().chain(&idle) {
        for finding in run.evaluation.every_finding() {
            let (FindingKind::Missed, FindingSubject::Expectation(id)) =
                (finding.kind, finding.subject)
            else {
                continue;
            };
            let inject = run.exercise.scenario().expectations[id.index()].inject;
            let cites = |wanted: &dyn Fn(&Event) -> bool| {
                let mut cited = finding.evidence.iter().filter_map(|n| run.record.entry(*n));
                cited.any(|entry| wanted(&entry.event))
            };
            let delivered = |event: &Event| matches!(event, Event::InjectDelivered { inject: of } if *of == inject);
            let closed = |event: &Event| matches!(event, Event::ExerciseEnded { .. });
            let phases = run.evaluation.incidents.iter().flat_map(|of| &of.phases);
            let mut items = phases.flat_map(|of| &of.coverage_items);
            assert!(items.any(|item| item.status == CoverageStatus::Missed));
            assert!(cites(&delivered) && cites(&closed), "{finding:?}");
            *looked
                .entry(run.exercise.scenario().slug.as_str())
                .or_default() += 1;
        }
    }
    assert!(looked.len() > 1, "{looked:?}");
    assert!(looked.values().sum::<u32>() > 10, "only {looked:?}");
}
