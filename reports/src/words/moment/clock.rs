//! What happened to clocks.

use crate::document::{Text, Tone};
use crate::words::{self, Subject};
use hotwash_engine::exercise::ObligationId;
use hotwash_engine::record::{Entry, Event, Verdict};

/// What happened to a clock, and its weight.
pub(super) fn clocked(subject: &Subject, entry: &Entry) -> Option<(Text, u32)> {
    let (text, tone, weight) = match &entry.event {
        Event::ObligationMet {
            obligation,
            incident,
        } => {
            let verdict =
                subject.evaluation.obligations.iter().find(|verdict| {
                    verdict.obligation == *obligation && verdict.incident == *incident
                });
            let late = verdict.is_some_and(|v| v.verdict == Verdict::Late);
            let title = subject.names.obligation(*obligation);
            let lawful = lawful(subject, *obligation);
            match (late, lawful) {
                (true, _) => (format!("Told late: {title}"), Tone::Bad, 70),
                (false, true) => (format!("Told in time: {title}"), Tone::Good, 66),
                (false, false) => (format!("Told in time: {title}"), Tone::Good, 32),
            }
        }
        Event::ObligationBreached { obligation, .. } => {
            let title = subject.names.obligation(*obligation);
            let weight = if lawful(subject, *obligation) { 92 } else { 50 };
            (
                format!("Due, and nobody was told: {title}"),
                Tone::Bad,
                weight,
            )
        }
        Event::ObligationMisdirected {
            obligation,
            stakeholder,
            ..
        } => {
            let title = subject.names.obligation(*obligation);
            let told = words::spaced(stakeholder.name());
            (
                format!("The wrong one is told ({told}): {title}"),
                Tone::Bad,
                63,
            )
        }
        Event::ObligationCompleted { obligation, .. } => {
            let title = subject.names.obligation(*obligation);
            (format!("The rest of it is told: {title}"), Tone::Good, 33)
        }
        Event::ObligationNotRequired { obligation, .. } => {
            let title = subject.names.obligation(*obligation);
            (
                format!("Decided that it is not required: {title}"),
                Tone::Plain,
                57,
            )
        }
        Event::ObligationCalledFor { obligation, .. } => {
            let title = subject.names.obligation(*obligation);
            (
                format!("{title} is due, and nobody knows it yet"),
                Tone::Weak,
                42,
            )
        }
        _ => return None,
    };
    Some((Text::toned(text, tone), weight))
}

/// Whether a duty is one of law.
pub(super) fn lawful(subject: &Subject, obligation: ObligationId) -> bool {
    subject.exercise.obligation(obligation).law.is_some()
}
