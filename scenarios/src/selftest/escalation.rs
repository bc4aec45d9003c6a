//! The ladder of a message that nobody notices, to the instant.

use super::check::{Cases, Check};
use super::trial::{Trial, exercise, fill};
use hotwash_engine::exercise::{ExerciseTime, Span};
use hotwash_engine::record::{Event, Origin, Record, Resend};

/// A rung: when, what happens, to whom, over which channel.
type Rung = (ExerciseTime, &'static str, Vec<String>, Option<String>);

/// What became of the inject, up to the instant at which it was noticed.
fn ladder(record: &Record) -> Vec<Rung> {
    let organisation = record.header.exercise.organisation();
    let of = |message| {
        record.entries.iter().any(|entry| {
            matches!(&entry.event, Event::MessageSent { message: sent, origin: Origin::Inject { .. }, .. }
                if *sent == message)
        })
    };
    let name = |slug: &hotwash_engine::exercise::Slug| slug.as_str().to_owned();
    let mut rungs = Vec::new();
    for entry in &record.entries {
        let (what, message, people, channel) = match &entry.event {
            Event::MessageSent {
                message,
                people,
                channel,
                ..
            } => ("sent", message, people.to_vec(), channel),
            Event::MessageResent {
                message,
                stage,
                people,
                channel,
            } => {
                let what = match stage {
                    Resend::OtherChannel => "other channel",
                    Resend::Deputies => "deputies",
                    Resend::Escalation => "escalation",
                };
                (what, message, people.to_vec(), channel)
            }
            Event::MessageUnreachable { message } => ("unreachable", message, Vec::new(), &None),
            Event::MessageNoticed { message, person } => ("noticed", message, vec![*person], &None),
            _ => continue,
        };
        if of(*message) {
            let people = people
                .iter()
                .map(|person| name(&organisation.people[person.index()].slug));
            let channel = channel.map(|channel| name(&organisation.channels[channel.index()].slug));
            rungs.push((entry.at, what, people.collect(), channel));
        }
    }
    rungs
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut cases = Cases::new();
    for (after, span) in [("15m", Span::minutes(15)), ("47m", Span::minutes(47))] {
        for (deputies, pager) in [
            (true, Pager::Nobody),
            (true, Pager::Ann),
            (true, Pager::Others),
            (false, Pager::Others),
        ] {
            let deputies_text = if deputies {
                r#", deputies: ["ben"]"#
            } else {
                ""
            };
            let (phone, both) = (r#""phone""#, r#""phone", "pager""#);
            let (has, others) = match pager {
                Pager::Nobody => (phone, phone),
                Pager::Ann => (both, phone),
                Pager::Others => (phone, both),
            };
            let text = fill(
                include_str!("ladder.ron"),
                &[
                    ("deputies", deputies_text),
                    ("channels", r#"(id: "pager", kind: Pager)"#),
                    ("has", has),
                    ("others", others),
                    ("after", after),
                ],
            );
            let found = ladder(&trial.play(&exercise(&text), 0));
            let expected = expected(span, deputies, pager);
            let what = format!("every {after}, deputies {deputies}, pager of {pager:?}");
            // When a pager is noticed is a draw; that it is noticed ends the ladder.
            let found = found.into_iter().map(|(at, what, people, channel)| {
                let at = if what == "noticed" {
                    ExerciseTime::NEVER
                } else {
                    at
                };
                (at, what, people, channel)
            });
            cases.equal(&what, &expected, &found.collect());
        }
    }
    vec![Check::exact("stages over dead phones, to the ms", cases)]
}

/// Who has a pager besides a phone.
#[derive(Debug, Clone, Copy)]
enum Pager {
    Nobody,
    Ann,
    Others,
}

/// The ladder as it should be: the first stage in which somebody has a channel that works comes when
/// the escalation time is over, and so does the end where there is none.
fn expected(after: Span, deputies: bool, pager: Pager) -> Vec<Rung> {
    let sent = ExerciseTime(Span::minutes(10).0);
    let who = |name: &str| vec![name.to_owned()];
    let (what, name) = match (pager, deputies) {
        (Pager::Nobody, _) => ("unreachable", None),
        (Pager::Ann, _) => ("other channel", Some("ann")),
        (Pager::Others, true) => ("deputies", Some("ben")),
        (Pager::Others, false) => ("escalation", Some("cas")),
    };
    let people = name.map_or_else(Vec::new, who);
    let channel = name.map(|_| "pager".to_owned());
    let mut rungs = vec![
        (sent, "sent", who("ann"), Some("phone".to_owned())),
        (sent + after, what, people.clone(), channel),
    ];
    if name.is_some() {
        rungs.push((ExerciseTime::NEVER, "noticed", people, None));
    }
    rungs
}
