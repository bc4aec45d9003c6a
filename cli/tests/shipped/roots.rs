//! One root is one finding: what was found of shipped runs, held against the records themselves.

use crate::runs::{ALL, Run};
use hotwash_engine::evaluation::{Finding, FindingKind, FindingSubject};
use hotwash_engine::exercise::{AssetId, AssetState};
use hotwash_engine::record::{Entry, Event};
use std::collections::{BTreeMap, BTreeSet};

/// The entry that brought another about.
fn cause<'r>(run: &'r Run, entry: &Entry) -> Option<&'r Entry> {
    run.record.entry(entry.cause?)
}

/// The asset by which an asset went down at an entry; `None`: by itself.
fn fell_with(run: &Run, asset: AssetId, down: &Entry) -> Option<AssetId> {
    match cause(run, down)?.event {
        Event::AssetChanged {
            asset: other,
            state: AssetState::OutOfService,
            on: true,
            ..
        } if other != asset => Some(other),
        _ => None,
    }
}

/// The outages of an asset that the record holds: the entries by which they began.
fn downs(run: &Run, asset: AssetId) -> impl Iterator<Item = &Entry> {
    run.record.entries.iter().filter(move |entry| {
        matches!(entry.event, Event::AssetChanged { asset: of, state: AssetState::OutOfService, on: true, .. }
            if of == asset)
    })
}

fn too_long(finding: &Finding) -> Option<AssetId> {
    match (finding.kind, finding.subject) {
        (FindingKind::ObjectiveExceeded, FindingSubject::Asset(asset)) => Some(asset),
        _ => None,
    }
}

#[test]
fn an_asset_that_only_ever_went_down_with_another_speaks_for_no_outage() {
    let mut hung = 0;
    for run in ALL.iter().flatten() {
        for finding in &run.evaluation.findings {
            if let Some(asset) = too_long(finding) {
                // Where what it fell with was not down for too long, nobody else speaks of it.
                let nobody_else = |with: AssetId| {
                    let all = &run.evaluation.findings;
                    !all.iter().any(|of| too_long(of) == Some(with))
                };
                let speaks = downs(run, asset)
                    .any(|down| fell_with(run, asset, down).is_none_or(nobody_else));
                assert!(speaks, "{finding:?}");
            }
            hung += finding.hung.iter().filter_map(too_long).count();
        }
    }
    assert!(hung > 0, "some services stand on a host");
}

#[test]
fn no_two_findings_that_speak_say_that_time_was_lost_in_the_same_wait() {
    let mut held_up = 0;
    for run in ALL.iter().flatten() {
        let incidents = &run.evaluation.incidents;
        let main = incidents
            .iter()
            .find(|of| of.incident == run.evaluation.main);
        let phases = &main.expect("there is one").phases;
        let mut waits: BTreeMap<u32, Vec<&Finding>> = BTreeMap::new();
        for finding in &run.evaluation.findings {
            let FindingKind::TimeLost {
                phase, category, ..
            } = finding.kind
            else {
                continue;
            };
            let parts = phases[phase.index()].made_of.iter();
            let parts = parts.filter(|part| part.category == category);
            let longest = parts.max_by_key(|part| (part.until - part.from, part.entry));
            // Of a phase that was reached late and complete in time the parts are others.
            if let Some(longest) = longest.filter(|it| finding.evidence.contains(&it.entry)) {
                waits.entry(longest.entry).or_default().push(finding);
            }
        }
        for (wait, found) in waits {
            assert_eq!(found.len(), 1, "by #{wait}: {found:?}");
        }
        let all = run.evaluation.findings.iter().flat_map(|of| &of.hung);
        held_up += all
            .filter(|of| matches!(of.kind, FindingKind::TimeLost { .. }))
            .count();
    }
    assert!(held_up > 0, "one wait holds up several phases");
}

#[test]
fn what_hangs_on_a_finding_is_found_once_proves_itself_and_weighs_no_more() {
    for run in ALL.iter().flatten() {
        let all: Vec<&Finding> = run.evaluation.every_finding().collect();
        let told: BTreeSet<_> = all.iter().map(|of| (of.kind, of.subject)).collect();
        assert_eq!(told.len(), all.len(), "found twice");
        let gates = run
            .evaluation
            .score
            .as_ref()
            .map_or(&[][..], |of| &of.gates);
        for finding in &run.evaluation.findings {
            let closes = gates.iter().any(|gate| {
                gate.evidence
                    .iter()
                    .any(|entry| finding.evidence.contains(entry))
            });
            for hung in &finding.hung {
                assert!(
                    !hung.evidence.is_empty() && hung.hung.is_empty(),
                    "{hung:?}"
                );
                assert!(!hung.kind.is_strength() && !finding.kind.is_strength());
                assert!(closes || hung.weight <= finding.weight, "{finding:?}");
            }
        }
    }
}
