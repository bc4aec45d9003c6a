//! What humans did: with the exercise, with its clock, and who took part.

use crate::document::Tone;
use crate::words::{self, Subject, asset_state, duration, upper_first};
use hotwash_engine::exercise::Span;
use hotwash_engine::record::{Actor, EndKind, Entry, Event, HumanAct, Refusal, Seat};

/// What somebody wanted, and why it was not possible.
pub(super) fn rejected(
    subject: &Subject,
    entry: &Entry,
    act: &HumanAct,
    reason: Refusal,
) -> (String, Tone, u32) {
    let by = match (&entry.actor, entry.actor.person()) {
        (_, Some(person)) => upper_first(&subject.names.person(person)),
        (Actor::Evaluator {}, None) => "An evaluator".to_owned(),
        (_, None) => "The facilitator".to_owned(),
    };
    let text = format!(
        "{by} wanted to {}; that was refused: {}",
        words::act(subject, act, &|text: &str| text.to_owned()),
        words::refusal(reason)
    );
    (text, Tone::Faint, 22)
}

/// Who came, went, or stands in.
pub(super) fn attended(subject: &Subject, event: &Event) -> Option<(String, Tone, u32)> {
    let seat = |seat: &Seat| match seat {
        Seat::Plays { person } => format!("in the place of {}", subject.names.person(*person)),
        Seat::Evaluator {} => "as an evaluator".to_owned(),
        Seat::Facilitator {} => "as a facilitator".to_owned(),
        Seat::Observer {} => "as an observer".to_owned(),
    };
    let text = match event {
        Event::Joined { who, seat: taken } => format!("{who} joins {}", seat(taken)),
        Event::Left { who, seat: left } => format!("{who} leaves, {} until now", seat(left)),
        Event::SeatChanged { who, to, .. } => format!("{who} goes on {}", seat(to)),
        Event::StandInChanged { person, on } => {
            let (person, acts) = (
                subject.names.person(*person),
                if *on { "acts" } else { "no longer acts" },
            );
            format!("A stand-in {acts} for {person}")
        }
        _ => return None,
    };
    Some((text, Tone::Faint, 24))
}

/// What was done with the clock of the exercise.
pub(super) fn controlled(subject: &Subject, entry: &Entry) -> Option<(String, Tone, u32)> {
    Some(match entry.event {
        Event::ExercisePaused {} => ("The exercise pauses".to_owned(), Tone::Faint, 51),
        Event::ExerciseResumed {} => ("The exercise goes on".to_owned(), Tone::Faint, 51),
        Event::PaceChanged { thousandths } => {
            let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
            let rest = if rest == 0 {
                String::new()
            } else {
                format!(".{}", format!("{rest:03}").trim_end_matches('0'))
            };
            let text = format!("The clock goes {whole}{rest} times as fast as that on the wall");
            (text, Tone::Faint, 40)
        }
        Event::EnteredByHand { ref scribe, said } => {
            let ago = entry.at - said;
            let text = if ago > Span::ZERO {
                format!("{scribe} enters it, done {} before", duration(ago))
            } else {
                format!("{scribe} enters it")
            };
            (text, Tone::Faint, 60)
        }
        Event::StopWordSaid {} => {
            let by = entry.actor.person();
            let by = by.map_or_else(
                || "The facilitator".to_owned(),
                |person| upper_first(&subject.names.person(person)),
            );
            (format!("{by} says the stop word"), Tone::Bad, 96)
        }
        _ => return None,
    })
}

pub(super) fn ended(end: EndKind) -> Option<(String, Tone, u32)> {
    match end {
        EndKind::Stalled => Some(("Nothing can happen any more".to_owned(), Tone::Weak, 86)),
        EndKind::LimitBroken => Some(("Broken off".to_owned(), Tone::Bad, 97)),
        EndKind::Facilitator => Some(("The facilitator calls ENDEX".to_owned(), Tone::Weak, 86)),
        EndKind::Condition | EndKind::Limit => None,
    }
}

pub(super) fn acted(subject: &Subject, act: &HumanAct) -> Option<(String, Tone, u32)> {
    let text = match act {
        HumanAct::MoveClock { to } => {
            format!(
                "The facilitator moves the clock on to {}",
                subject.clock.label(*to)
            )
        }
        HumanAct::Overrule { change } => format!(
            "The facilitator overrules: {} is {}{}",
            subject.names.asset(change.asset),
            if change.on { "" } else { "not " },
            asset_state(change.state)
        ),
        HumanAct::Hold { inject } => {
            format!(
                "The facilitator holds back: {}",
                subject.names.inject(*inject)
            )
        }
        HumanAct::Note { text } => format!("Note: {text}"),
        HumanAct::Tell { to, text } => {
            format!("To {}: {text}", subject.names.the_role(*to))
        }
        HumanAct::Inform { whom, text } => {
            format!("{} is told: {text}", subject.names.stakeholder(*whom))
        }
        HumanAct::Explain { reason, .. } => format!("Why so: {reason}"),
        HumanAct::Ask { text } => format!("Asked of the facilitator: {text}"),
        HumanAct::Answer { text, .. } => format!("The facilitator answers: {text}"),
        _ => return None,
    };
    Some((text, Tone::Faint, 52))
}
