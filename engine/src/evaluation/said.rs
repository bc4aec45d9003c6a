//! What people said about a run, beside what is computed of it.

use super::facts::Facts;
use super::model::{Entered, Excused, Said, Standing};
use crate::record::Event;

/// The expectations that were excused, with the reason given.
pub(super) fn excused(facts: &Facts<'_>) -> Vec<Excused> {
    let entries = facts.excused.iter().flatten();
    entries
        .filter_map(|entry| match &entry.event {
            Event::ExpectationExcused {
                expectation,
                reason,
            } if facts.expected[expectation.index()].standing == Standing::Excused => {
                Some(Excused {
                    expectation: *expectation,
                    reason: reason.clone(),
                    entry: entry.number,
                })
            }
            _ => None,
        })
        .collect()
}

/// What was said about the exercise. A correction takes the place of an entry, and both are there.
pub(super) fn said(facts: &Facts<'_>) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for entry in facts.entries {
        let Event::ActionTaken { act } = &entry.event else {
            continue;
        };
        let Some(remark) = act.remark() else {
            continue;
        };
        let corrected = all.iter_mut().find(|of| Some(of.entry) == remark.corrects);
        if let Some(corrected) = corrected {
            corrected.corrected_by = Some(entry.number);
        }
        all.push(Said {
            entry: entry.number,
            at: entry.at,
            act: act.clone(),
            corrected_by: None,
        });
    }
    all
}

/// The acts that a scribe entered.
pub(super) fn entered(facts: &Facts<'_>) -> Vec<Entered> {
    let by_hand = facts.entries.iter().filter_map(|entry| match &entry.event {
        Event::EnteredByHand { scribe, said } => Some(Entered {
            entry: entry.cause?,
            scribe: scribe.clone(),
            said: *said,
            at: entry.at,
        }),
        _ => None,
    });
    by_hand.collect()
}
