//! How every clock stands at ENDEX.

use super::{Clock, Clocks, Told, due, rest_due};
use crate::exercise::{ExerciseTime, IncidentId, Limit, ObligationId, Span};
use crate::record::{Event, Verdict};
use crate::simulation::out::Out;
use crate::simulation::scene::Scene;

/// How long somebody may take to find out enough, once truth calls for a clock, before nobody
/// having recognised it counts.
const TO_RECOGNISE: Span = Span::DAY;

/// Says how every clock stands, at ENDEX. `owned`: whether somebody sees to a clock that is not due.
pub(crate) fn close(
    clocks: &Clocks,
    out: &mut Out,
    scene: Scene,
    owned: &mut dyn FnMut(ObligationId, IncidentId) -> bool,
) {
    for slot in 0..clocks.clocks.len() {
        let (obligation, incident) = clocks.pair(slot);
        let handed_on = &mut || owned(obligation, incident);
        let verdict = verdict(clocks, scene, slot, handed_on);
        let event = Event::ObligationClosed {
            obligation,
            incident,
            verdict,
        };
        let cause = clocks.clocks[slot].running.map(|clock| clock.entry);
        out.rule(cause, event);
    }
}

fn verdict(clocks: &Clocks, scene: Scene, slot: usize, owned: &mut dyn FnMut() -> bool) -> Verdict {
    let (obligation, _) = clocks.pair(slot);
    let clock = &clocks.clocks[slot];
    if was_not_required(clock) {
        return Verdict::NotRequired;
    }
    match (clock.running, clock.told) {
        (Some(running), Some(told)) if told.at > running.due => Verdict::Late,
        (Some(_), Some(told)) => content_verdict(scene, obligation, told),
        (Some(running), None) if scene.now > running.due && clock.misdirected => {
            Verdict::WrongRecipient
        }
        (Some(running), None) if scene.now > running.due => Verdict::Breached,
        (Some(running), None)
            if clock.waived.is_none()
                && scene.exercise().obligation(obligation).is_in_plan()
                && is_long(scene, obligation, running.due)
                && owned() =>
        {
            Verdict::HandedOn
        }
        (Some(_), None) => Verdict::Running,
        (None, told) => match (clock.called, told) {
            (Some(_), Some(told)) => content_verdict(scene, obligation, told),
            (Some(called), None) => {
                // Nobody ever knew enough: the term counts from when somebody should have.
                let until = due(scene, obligation, called + TO_RECOGNISE);
                if scene.now > until {
                    Verdict::NotRecognised
                } else {
                    Verdict::Running
                }
            }
            (None, Some(_)) => Verdict::Needless,
            (None, None) => Verdict::NotTriggered,
        },
    }
}

/// Whether a clock outlasts the response: it counts months, or is not due for thirty days.
fn is_long(scene: Scene, obligation: ObligationId, due: ExerciseTime) -> bool {
    let months = matches!(
        scene.exercise().obligation(obligation).within,
        Limit::Months(_)
    );
    months || due > scene.now + Span::days(30)
}

/// Whether it was soundly decided, before it was due, that something is not required which somebody
/// or the truth called for.
fn was_not_required(clock: &Clock) -> bool {
    let called = clock.constructive || clock.stated || clock.called.is_some();
    let in_time = |at: ExerciseTime| clock.running.is_none_or(|running| at <= running.due);
    let waived = clock.waived.is_some_and(|(at, sound)| sound && in_time(at));
    clock.told.is_none() && called && waived
}

/// How it stands by what was said, of a notification that came in time.
fn content_verdict(scene: Scene, obligation: ObligationId, told: Told) -> Verdict {
    let by_then = told.all_at.unwrap_or(scene.now);
    match rest_due(scene, obligation, told) {
        _ if told.complete => Verdict::Met,
        Some(due) if by_then <= due => Verdict::Phased,
        _ => Verdict::Incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::TO_RECOGNISE;
    use crate::documented::{holds, row, span};

    #[test]
    fn how_long_recognising_a_clock_may_take_is_documented() {
        holds(
            "a clock that nobody recognises",
            &[row(
                "counted from, after truth called for it",
                span(TO_RECOGNISE.0),
            )],
        );
    }
}
