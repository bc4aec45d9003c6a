//! Any entry in a few words: what stands on the way from one to the next.

use super::Saying;
use crate::words::moment::message;
use crate::words::{self, Subject, asset_state, mark_reached, measure, upper_first};
use hotwash_engine::exercise::{Instance, Knowable, PersonId};
use hotwash_engine::record::{Entry, Event, Outcome, PauseReason, Presence, Reach, Resend};

/// What an entry says, without its full stop.
pub(super) fn said(s: &Saying<'_>, entry: &Entry) -> String {
    let subject = s.subject;
    let text = work(s, entry)
        .or_else(|| goes_on(s, entry))
        .or_else(|| word(s, entry))
        .or_else(|| presence(s, entry))
        .or_else(|| world(s, entry))
        .or_else(|| attack(s, entry))
        .or_else(|| words::moment(subject, entry).map(|(text, _)| text.words()))
        .unwrap_or_else(|| words::spaced(entry.event.name()));
    upper_first(text.trim_end_matches('.'))
}

fn people(subject: &Subject, of: &[PersonId]) -> String {
    let names: Vec<String> = of
        .iter()
        .map(|person| subject.names.person(*person))
        .collect();
    match names.as_slice() {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, rest @ ..] => format!("{one} and {} others", rest.len()),
    }
}

/// What happened to work.
fn work(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let names = s.names();
    let task = |instance: &Instance| s.task(instance.task);
    Some(match &entry.event {
        Event::TaskReady { instance, .. } => format!("{} can begin", task(instance)),
        Event::TaskAimed { instance, asset } => {
            format!("{} is for {}", task(instance), s.asset(*asset))
        }
        Event::TaskTold { instance } => {
            format!("somebody whose work it is hears of {}", task(instance))
        }
        Event::TaskEscalated { instance, reach } => {
            let who = match reach {
                Reach::Holders => "who holds the role",
                Reach::Deputies => "a deputy",
                Reach::Target => "those to whom work escalates",
            };
            format!("{} has waited, and {who} may take it", task(instance))
        }
        Event::ApprovalAsked { instance, of } => {
            format!(
                "{} is asked to approve {}",
                names.the_role(*of),
                task(instance)
            )
        }
        Event::ApprovalGiven { instance, person } => {
            format!("{} approves {}", names.person(*person), task(instance))
        }
        Event::ApprovalRefused { instance, person } => {
            format!(
                "{} refuses to approve {}",
                names.person(*person),
                task(instance)
            )
        }
        Event::TaskStarted {
            instance,
            people: doers,
            role,
            attempt,
        } => {
            let who = doers.first().map_or_else(
                || names.the_role(*role),
                |person| names.in_role(*person, *role),
            );
            let again = if *attempt > 1 { " again" } else { "" };
            format!("{who} begins {}{again}", task(instance))
        }
        Event::TaskEnded { instance, outcome } => format!("{} {}", task(instance), ended(*outcome)),
        Event::TaskSkipped { instance, reason } => {
            format!(
                "{} is left out: {}",
                task(instance),
                super::left_out(*reason)
            )
        }
        Event::TaskReopened { instance } => {
            format!("an error comes to light in {}", task(instance))
        }
        Event::TaskClosed { instance } => format!("{} is still open", task(instance)),
        _ => return None,
    })
}

/// How work goes on.
fn goes_on(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let names = s.names();
    let task = |instance: &Instance| s.task(instance.task);
    Some(match &entry.event {
        Event::ActionRejected { act, reason } => format!(
            "{} wanted to {}: refused, {}",
            words::actor(s.subject, entry),
            words::act(s.subject, act, &|text| s.cut(text)),
            words::refusal(*reason)
        ),
        Event::TaskPaused {
            instance, reason, ..
        } => {
            let why = match reason {
                PauseReason::ShiftEnd => "the shift ends",
                PauseReason::Rest => "the longest day ends",
                PauseReason::HigherPriority => "something worse came up",
                PauseReason::Interrupted => "a call interrupts",
                PauseReason::HandedOver => "it is handed over",
                PauseReason::BetterHands => "somebody who does it better is free again",
            };
            format!("{} is laid aside: {why}", task(instance))
        }
        Event::TaskHandedOver { instance, to } => {
            format!("{} goes to {}", task(instance), names.the_role(*to))
        }
        Event::TaskResumed {
            instance,
            people: doers,
            ..
        } => format!(
            "{} goes on with {}",
            people(s.subject, doers),
            task(instance)
        ),
        Event::HandoverEnded { instance } => format!("{} is taken over", task(instance)),
        _ => return None,
    })
}

/// How an attempt ended.
const fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "is done",
        Outcome::Flawed => "is claimed done, and has no effect",
        Outcome::Redo => "went wrong, and is done again",
        Outcome::Failed => "is given up",
        Outcome::NoTarget => "ends: there was nothing to do it on",
    }
}

/// What happened to messages, and who learned what.
fn word(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let subject = s.subject;
    let names = s.names();
    Some(match &entry.event {
        Event::MessageSent { message: of, .. } => {
            format!("{} is sent", s.cut(&message(subject, *of)))
        }
        Event::MessageCopied { people: to, .. } => {
            format!("it goes to {} as well", people(subject, to))
        }
        Event::MessageResent {
            message: of, stage, ..
        } => {
            let stage = match stage {
                Resend::OtherChannel => "over another channel",
                Resend::Deputies => "to the deputies",
                Resend::Escalation => "to whom it escalates",
            };
            format!("{} is sent again, {stage}", s.cut(&message(subject, *of)))
        }
        Event::MessageNoticed {
            message: of,
            person,
        } => format!(
            "{} notices {}",
            names.person(*person),
            s.cut(&message(subject, *of))
        ),
        Event::ReadingStarted {
            message: of,
            person,
        } => format!(
            "{} begins to read {}",
            names.person(*person),
            s.cut(&message(subject, *of))
        ),
        Event::MessageRead {
            message: of,
            person,
        } => format!(
            "{} has read {}",
            names.person(*person),
            s.cut(&message(subject, *of))
        ),
        Event::MessageWithdrawn { message: of } => {
            format!("{} is no longer needed", s.cut(&message(subject, *of)))
        }
        Event::FactLearned { role, fact } => {
            format!(
                "{} learns that {}",
                names.the_role(*role),
                learned(s, *fact)
            )
        }
        _ => return None,
    })
}

/// Who came, went or rests.
fn presence(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let names = s.names();
    Some(match &entry.event {
        Event::PersonReached { person, .. } => format!("{} is reached", names.person(*person)),
        Event::RestBegan { person, .. } => {
            format!(
                "{} goes to rest after the longest day",
                names.person(*person)
            )
        }
        Event::RestEnded { person } => format!("{} has rested", names.person(*person)),
        Event::PresenceChanged {
            person, presence, ..
        } => format!("{} is {}", names.person(*person), there(*presence)),
        Event::RoomJoined { person, .. } => format!("{} joins the team", names.person(*person)),
        Event::RoomLeft { person, .. } => format!("{} leaves the team", names.person(*person)),
        _ => return None,
    })
}

fn learned(s: &Saying<'_>, fact: Knowable) -> String {
    super::fact::fact(s, &hotwash_engine::exercise::Fact::Known(fact))
}

/// How somebody can be reached.
pub(super) const fn there(presence: Presence) -> &'static str {
    match presence {
        Presence::OnDuty => "on duty",
        Presence::OnCall => "on call",
        Presence::Off => "off duty",
        Presence::OnLeave => "on leave",
    }
}

/// What happened to assets and to the course of an incident.
fn world(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let names = s.names();
    Some(match &entry.event {
        Event::ExerciseStarted {} => "STARTEX".to_owned(),
        Event::ExerciseEnded { end } => format!("ENDEX: {}", words::end(*end)),
        Event::AssetChanged {
            asset, state, on, ..
        } => {
            let no_longer = if *on { "" } else { "no longer " };
            format!("{} is {no_longer}{}", s.asset(*asset), asset_state(*state))
        }
        Event::SignalRaised { source, asset, .. } => {
            format!(
                "{} raises an alarm about {}",
                s.cut(&names.source(*source)),
                s.asset(*asset)
            )
        }
        Event::FalseAlarmRaised { source } => {
            format!("{} raises a false alarm", s.cut(&names.source(*source)))
        }
        Event::StaffReported { asset, .. } => format!("staff report {}", s.asset(*asset)),
        Event::InjectDelivered { inject } => {
            let text = words::delivered(s.subject, *inject, entry);
            format!("\"{}\" comes in", s.cut(text.trim_end_matches('.')))
        }
        Event::MeasureTaken {
            measure: of,
            asset,
            effect,
            ..
        } => {
            let on = asset.map_or_else(String::new, |asset| format!(" on {}", s.asset(asset)));
            let effect = if *effect { "" } else { ", without effect" };
            format!("{} is carried out{on}{effect}", measure(*of))
        }
        Event::EvidencePreserved { asset, item, .. } => {
            format!(
                "{} of {} is secured",
                words::spaced(item.name()),
                s.asset(*asset)
            )
        }
        Event::StakeholderNotified { stakeholder, .. } => {
            format!("{} is told", s.cut(&names.stakeholder(*stakeholder)))
        }
        Event::MarkReached { mark, .. } => mark_reached(*mark).to_owned(),
        Event::PhaseReached { phase, .. } => format!("{phase} is reached"),
        Event::PhaseNotApplicable { phase, .. } => {
            format!("there is nothing to do in {phase}")
        }
        Event::DecisionOpened { decision, .. } => {
            format!("{} comes up", s.decision(*decision))
        }
        _ => return None,
    })
}

/// What happened in the attack.
fn attack(s: &Saying<'_>, entry: &Entry) -> Option<String> {
    let step = |of| s.cut(&s.names().step(of));
    Some(match &entry.event {
        Event::StepStarted { step: of, .. } => format!("the attacker begins \"{}\"", step(*of)),
        Event::StepTookEffect {
            step: of, asset, ..
        } => format!("\"{}\" takes effect on {}", step(*of), s.asset(*asset)),
        Event::StepStopped {
            step: of,
            asset,
            by,
        } => format!(
            "\"{}\" is stopped on {} by {}",
            step(*of),
            s.asset(*asset),
            measure(*by)
        ),
        Event::StepFailed { step: of, asset } => {
            format!("\"{}\" fails on {}", step(*of), s.asset(*asset))
        }
        Event::StepEnded { step: of, .. } => format!("\"{}\" is over", step(*of)),
        _ => return None,
    })
}
