//! What happened, one event at a time.

mod clock;
mod human;
mod message;

use super::{Subject, count, duration, plural, upper_first};
use crate::document::{Text, Tone};
use clock::{clocked, lawful};
use hotwash_engine::evaluation::Timed;
use hotwash_engine::exercise::{
    Effect, IncidentId, InjectId, Mark, Measure, MessageId, Money, PersonId, Phase, Role, RoleId,
    Severity, StepId,
};
use hotwash_engine::record::{Chosen, Entry, Event, SkipReason};
use human::{acted, attended, controlled, ended, rejected};

pub(super) use message::{message, received, unreached};

/// An event in a sentence without its full stop, and how telling it is, from 1 to 100; `None` for
/// what only matters to other events.
pub fn moment(subject: &Subject, entry: &Entry) -> Option<(Text, u32)> {
    let (text, tone, weight) = match &entry.event {
        Event::MarkReached { incident, mark } => marked(subject, *incident, *mark, entry)?,
        Event::Classified {
            incident, severity, ..
        } => {
            return Some(classified(subject, *incident, *severity));
        }
        Event::IncidentRejected { incident, .. } => {
            let text = of(subject, *incident, "Decided that it is not an incident");
            (text, Tone::Weak, 88)
        }
        Event::RoomOpened { incident, .. } => (
            of(subject, *incident, "The team assembles"),
            Tone::Plain,
            50,
        ),
        Event::TheirsRestored { asset } => {
            let asset = subject.names.asset(*asset);
            (format!("Its provider restored {asset}"), Tone::Good, 58)
        }
        Event::EvidenceLost { asset, item } => {
            let asset = subject.names.asset(*asset);
            let item = super::spaced(item.name());
            (format!("Evidence lost on {asset}: {item}"), Tone::Bad, 62)
        }
        Event::InjectDelivered { inject } => {
            let noise = subject.exercise.inject(*inject).noise;
            (
                delivered(subject, *inject, entry),
                Tone::Plain,
                if noise { 5 } else { 46 },
            )
        }
        Event::InjectSkipped {
            inject,
            reason: SkipReason::Prevented,
        } => {
            let text = format!("Prevented: {}", subject.names.inject(*inject));
            (text, Tone::Good, 60)
        }
        Event::ExpectationExcused {
            expectation,
            reason,
        } => {
            let text = subject.names.expectation(*expectation);
            let (text, reason) = (trimmed(&text), trimmed(reason));
            (format!("Excused: {text}; {reason}"), Tone::Faint, 54)
        }
        _ => return told(subject, entry),
    };
    Some((Text::toned(text, tone), weight))
}

/// An inject as it was delivered: with the facilitator's text, where there is one in the scenario's
/// place.
pub fn delivered(subject: &Subject, inject: InjectId, entry: &Entry) -> String {
    match subject
        .record
        .entry(entry.number + 1)
        .map(|next| &next.event)
    {
        Some(Event::InjectReworded { inject: of, text }) if *of == inject => {
            let said = subject.names.inject_saying(inject, text);
            format!("{said} (text changed by the facilitator)")
        }
        _ => subject.names.inject(inject),
    }
}

/// The rest of what is told of work and people.
fn told(subject: &Subject, entry: &Entry) -> Option<(Text, u32)> {
    let (text, tone, weight) = match &entry.event {
        Event::MessageUnreachable { message } => (unreached(subject, *message), Tone::Bad, 66),
        Event::MessageMisread { .. }
        | Event::BacklogDealtWith { .. }
        | Event::BeganEarly { .. } => read_before(subject, &entry.event)?,
        Event::TaskReopened { instance } => {
            let task = subject.names.task(instance.task);
            (
                format!("An error comes to light, and this has to be done again: {task}"),
                Tone::Weak,
                58,
            )
        }
        Event::DataLost { asset, span } => {
            let asset = subject.names.asset(*asset);
            (
                format!(
                    "{asset} is back without the data of the last {}",
                    duration(*span)
                ),
                Tone::Weak,
                57,
            )
        }
        Event::MoneyReturned { money } => (
            format!("{} called back", subject.names.money(*money)),
            Tone::Good,
            80,
        ),
        Event::Decided { choice, .. } => decided(subject, *choice),
        Event::LimitHit { limit } => (format!("A limit was hit: {limit}"), Tone::Bad, 98),
        Event::ExerciseEnded { end } => ended(*end)?,
        Event::ActionTaken { act } => acted(subject, act)?,
        Event::ActionRejected { act, reason } => rejected(subject, entry, act, *reason),
        Event::EnteredByHand { .. }
        | Event::ExercisePaused {}
        | Event::ExerciseResumed {}
        | Event::PaceChanged { .. }
        | Event::StopWordSaid {} => controlled(subject, entry)?,
        Event::Joined { .. }
        | Event::Left { .. }
        | Event::SeatChanged { .. }
        | Event::StandInChanged { .. } => attended(subject, &entry.event)?,
        _ => return judged(subject, entry),
    };
    Some((Text::toned(text, tone), weight))
}

/// What people had read before they began to act.
fn read_before(subject: &Subject, event: &Event) -> Option<(String, Tone, u32)> {
    match event {
        Event::MessageMisread { message, person } => {
            let (who, what) = (subject.names.person(*person), received(subject, *message));
            let text = format!("{who} had read {what} before STARTEX, and not understood it");
            Some((upper_first(&text), Tone::Weak, 46))
        }
        Event::BacklogDealtWith { messages } => {
            let number = messages.len() as u64;
            let what = plural(
                number,
                "message that meant nothing was",
                "messages that meant nothing were",
            );
            Some((
                format!("{} {what} dealt with before STARTEX", count(number)),
                Tone::Faint,
                20,
            ))
        }
        Event::BeganEarly { message, person } => {
            let (who, what) = (subject.names.person(*person), received(subject, *message));
            let text = format!("{who} understands {what}, and the team begins before STARTEX");
            Some((upper_first(&text), Tone::Good, 89))
        }
        _ => None,
    }
}

/// Events of phases and obligations.
fn judged(subject: &Subject, entry: &Entry) -> Option<(Text, u32)> {
    let (text, tone, weight) = match &entry.event {
        Event::PhaseCompleted { incident, phase } => {
            let text = of(
                subject,
                *incident,
                &format!("{phase} complete{}", meaning(*phase)),
            );
            let weight = match phase {
                Phase::Recovery => 74,
                Phase::Response => 62,
                Phase::Closure | Phase::Resolution => 60,
                Phase::Identification | Phase::Assessment => 40,
            };
            (text, Tone::Good, weight)
        }
        Event::Contained { incident } => {
            let text = "Contained: all that is affected is cut off, and no more harm can come";
            (of(subject, *incident, text), Tone::Good, 86)
        }
        Event::ContainmentLost { incident } => {
            let text = of(subject, *incident, "No longer contained");
            (text, Tone::Bad, 83)
        }
        Event::PhaseReopened { incident, phase } => {
            let text = of(subject, *incident, &format!("{phase} open again"));
            (text, Tone::Bad, 82)
        }
        Event::PhaseDeclaredComplete { incident, phase } => {
            declared(subject, *incident, *phase, entry)
        }
        Event::ObligationAware {
            obligation,
            incident,
            stated,
        } => {
            let how = if *stated {
                "states that it is due"
            } else {
                "knows what calls for it"
            };
            let title = subject.names.obligation(*obligation);
            (
                of(subject, *incident, &format!("The team {how}: {title}")),
                Tone::Plain,
                48,
            )
        }
        Event::ClockStarted {
            obligation,
            incident,
            due,
        } => {
            let title = subject.names.obligation(*obligation);
            let due = subject.clock.label(*due);
            let weight = if lawful(subject, *obligation) { 64 } else { 30 };
            let text = format!("The clock runs: {title}, due {due}");
            (of(subject, *incident, &text), Tone::Plain, weight)
        }
        _ => return clocked(subject, entry),
    };
    Some((Text::toned(text, tone), weight))
}

/// What completion of a phase means in plain words.
const fn meaning(phase: Phase) -> &'static str {
    match phase {
        Phase::Resolution => ": the attacker is out",
        Phase::Recovery => ": back in verified service",
        Phase::Identification | Phase::Assessment | Phase::Response | Phase::Closure => "",
    }
}

/// A text about an incident, which is named where there are several.
fn of(subject: &Subject, incident: IncidentId, text: &str) -> String {
    if subject.evaluation.incidents.len() > 1 {
        format!("{text} ({})", subject.names.incident(incident))
    } else {
        text.to_owned()
    }
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

fn marked(
    subject: &Subject,
    incident: IncidentId,
    mark: Mark,
    entry: &Entry,
) -> Option<(String, Tone, u32)> {
    let by = entry
        .actor
        .person()
        .map(|person| doer(subject, person, entry));
    let by = by.map_or_else(String::new, |by| format!(" by {by}"));
    let (text, weight) = match mark {
        Mark::Onset => return None,
        Mark::Observable => ("The first sign appears".to_owned(), 47),
        Mark::Seen => (format!("The first sign is read{by}"), 61),
        Mark::Reported => (format!("Registered{by}"), 55),
        Mark::Declared => (format!("Incident declared{by}"), 90),
    };
    Some((of(subject, incident, &text), Tone::Plain, weight))
}

/// How many causes back the work is looked for in which somebody did something.
const CAUSES: usize = 4;

/// Who did what an entry says: by the role in which the measure or the work behind it was done, or for which the
/// message behind it was read; else by a role that may do it; else by the first role that they hold.
fn doer(subject: &Subject, person: PersonId, entry: &Entry) -> String {
    let behind = |number: u32| subject.record.entries.get(number.checked_sub(1)? as usize);
    let causes =
        std::iter::successors(entry.cause.and_then(behind), |of| of.cause.and_then(behind));
    let role = causes.take(CAUSES).find_map(|cause| match &cause.event {
        Event::MeasureTaken { role, .. } | Event::TaskStarted { role, .. } => Some(*role),
        Event::MessageRead { message, .. } => read_for(subject, *message),
        _ => None,
    });
    let role = role.or_else(|| may_do(subject, person, &entry.event));
    role.map_or_else(
        || subject.names.person(person),
        |role| subject.names.in_role(person, role),
    )
}

/// The role of somebody that may do what an event says.
fn may_do(subject: &Subject, person: PersonId, event: &Event) -> Option<RoleId> {
    let measure = match event {
        Event::MarkReached {
            mark: Mark::Declared,
            ..
        } => Measure::Declare,
        Event::MarkReached {
            mark: Mark::Reported,
            ..
        } => Measure::Report,
        _ => return None,
    };
    let roles = &subject.exercise.organisation().roles;
    let holds = |of: &Role| of.holders.contains(&person) || of.deputies.contains(&person);
    let may = roles
        .iter()
        .position(|of| holds(of) && of.may.contains(&measure));
    may.map(RoleId::new)
}

/// The role to which a message went.
fn read_for(subject: &Subject, read: MessageId) -> Option<RoleId> {
    let mut entries = subject.record.entries.iter();
    entries.find_map(|entry| match entry.event {
        Event::MessageSent { message, to, .. } if message == read => Some(to),
        _ => None,
    })
}

fn classified(subject: &Subject, incident: IncidentId, severity: Severity) -> (Text, u32) {
    let truth = subject.exercise.scenario().incidents[incident.index()].severity;
    let text = Text::plain(of(subject, incident, &format!("Classified {severity}")));
    if truth == severity {
        (text, 56)
    } else {
        (text.and_toned(format!("; it is {truth}"), Tone::Weak), 68)
    }
}

fn declared(
    subject: &Subject,
    incident: IncidentId,
    phase: Phase,
    entry: &Entry,
) -> (String, Tone, u32) {
    let judged = &subject.evaluation.incidents[incident.index()].phases[phase.index()];
    // The watch for recurrence is no part of what the team says.
    let true_then = judged
        .fulfilled
        .is_some_and(|Timed { at, .. }| at <= entry.at);
    if true_then {
        (
            of(subject, incident, &format!("{phase} declared complete")),
            Tone::Plain,
            25,
        )
    } else {
        let text = format!("{phase} declared complete, while it was not");
        (of(subject, incident, &text), Tone::Bad, 84)
    }
}

fn decided(subject: &Subject, choice: Chosen) -> (String, Tone, u32) {
    let decision = subject.exercise.plan().decision(choice.decision);
    let option = decision.options.get(choice.option.index());
    let option = option.map_or("", |option| trimmed(&option.text));
    let text = if decision.question.trim().is_empty() {
        format!("Decided: {option}")
    } else {
        format!("{} {}", decision.question.trim(), upper_first(option))
    };
    (text, Tone::Plain, 65)
}

/// What a step did to assets: `Encrypts the file server` or `Encrypts 5 assets`.
pub fn step(
    subject: &Subject,
    step: StepId,
    assets: &[String],
    records: u64,
    lost: Money,
) -> (Text, u32) {
    let definition = subject.exercise.step(step);
    let what = match assets {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        many => format!("{} assets", many.len()),
    };
    let records = if records > 0 {
        format!(", {} records", count(records))
    } else {
        String::new()
    };
    let (text, weight) = match definition.effect {
        Effect::Compromise => (format!("The attacker gains a foothold: {what}"), 38),
        Effect::Encrypt => (format!("Encrypted: {what}"), 84),
        Effect::Exfiltrate => (format!("Data leaves {what}{records}"), 80),
        Effect::Disrupt => (format!("Disrupted: {what}"), 78),
        Effect::Alter => (format!("Data changed on {what}"), 76),
        Effect::Steal => (
            format!("Money taken through {what}: {}", subject.names.money(lost)),
            86,
        ),
        Effect::Expose => (format!("Data of {what} is published{records}"), 80),
    };
    let name = subject.names.step(step);
    (
        Text::toned(text, Tone::Bad).and_toned(format!(" ({name})"), Tone::Faint),
        weight,
    )
}

/// What a measure did to assets, with what of it had no effect.
pub(crate) fn taken(
    measure: Measure,
    assets: &[String],
    without_effect: usize,
) -> Option<(Text, u32)> {
    let (done, weight) = match measure {
        Measure::Isolate => ("Isolated", 76),
        Measure::Disconnect => ("Disconnected", 76),
        Measure::Shutdown => ("Switched off", 75),
        Measure::Block => ("Blocked", 72),
        Measure::DisableAccount => ("Disabled", 70),
        Measure::Revoke => ("Access taken back", 70),
        Measure::Filter => ("Filtered", 70),
        Measure::RecallPayment => ("Payment recall asked for", 77),
        Measure::WipeRemotely => ("Wiped", 72),
        Measure::Takedown => ("Taken down", 72),
        Measure::Evict => ("Attacker removed", 63),
        Measure::RotateCredentials => ("Credentials replaced", 45),
        Measure::Restore => ("Restored", 62),
        Measure::Correct => ("Put right", 62),
        Measure::Rebuild => ("Rebuilt", 62),
        Measure::Failover => ("Failed over", 62),
        _ => return None,
    };
    let what = match assets {
        [] => String::new(),
        [one] => format!(": {one}"),
        [one, two] => format!(": {one} and {two}"),
        many => format!(": {} assets", many.len()),
    };
    let text = Text::toned(format!("{done}{what}"), Tone::Plain);
    Some(match (without_effect, assets.len()) {
        (0, _) => (text, weight),
        (none, all) if none >= all => (text.and_toned(", without effect", Tone::Weak), weight - 6),
        (none, _) => (
            text.and_toned(format!(", without effect on {none} of them"), Tone::Weak),
            weight,
        ),
    })
}

/// A wait for approval.
pub(crate) fn approval(subject: &Subject, task: &str, of: RoleId, wait: Option<String>) -> Text {
    let role = subject.names.the_role(of);
    let text = format!("\"{task}\" waits for approval by {role}");
    match wait {
        Some(wait) => Text::plain(text).and_toned(format!(", for {wait}"), Tone::Weak),
        None => Text::plain(text).and_toned(", and never gets it", Tone::Bad),
    }
}
