//! What was missing, and what would have had to be otherwise.

use super::entry::there;
use super::fact::fact;
use super::{Saying, wait};
use crate::words::{asset_state, duration, measure, not_exercised, refusal, upper_first};
use hotwash_engine::evaluation::why::{Asked, Lack, Missing, Needed, Thing, Why};
use hotwash_engine::exercise::{AssetState, TaskId};
use hotwash_engine::record::{Outcome, Refusal};

/// What has the lack, as the subject of a clause.
fn thing(s: &Saying<'_>, of: Thing, named: Option<&str>) -> String {
    if let Some(named) = named {
        return named.to_owned();
    }
    match of {
        Thing::Task(task) if s.is_asked(task) => "it".to_owned(),
        Thing::Task(task) => s.task(task),
        Thing::Phase(phase) => phase.to_string(),
        Thing::Itself => "it".to_owned(),
    }
}

/// What was missing, as a clause of its own. `called`: how what has the lack is called where it was just named.
pub(super) fn missing(s: &Saying<'_>, why: &Why, lack: &Lack, called: Option<&str>) -> String {
    let it = thing(s, lack.of, called);
    let names = s.names();
    match &lack.missing {
        Missing::Before(task) => match lack.of {
            Thing::Task(_) => format!("{it} comes after {}, which was not done", s.task(*task)),
            _ => format!("{} was not done", s.task(*task)),
        },
        Missing::AnyBefore(task) => {
            format!(
                "nothing that {it} may come after was done, such as {}",
                s.task(*task)
            )
        }
        Missing::Fact {
            fact: of,
            wanted,
            role,
            true_since,
        } => {
            let of = fact(s, of);
            match (
                wanted,
                role,
                true_since.and_then(|entry| s.subject.record.entry(entry)),
            ) {
                (false, ..) => format!("{it} comes unless {of}, and that was so"),
                (true, Some(role), Some(since)) => format!(
                    "{} did not know that {of}, true since {}",
                    names.the_role(*role),
                    s.time(since.at)
                ),
                (true, None, Some(since)) => {
                    format!(
                        "it did not stand at the end that {of}, true since {}",
                        s.time(since.at)
                    )
                }
                (true, _, None) => format!("{it} is for when {of}, and that never came about"),
            }
        }
        Missing::Severity { from, given } => {
            let given = given.map_or_else(
                || "nobody had classified it".to_owned(),
                |given| format!("it was classified {given}"),
            );
            format!("{it} is for {from} and worse, and {given}")
        }
        Missing::Phase(phase) => format!("{it} waits for {phase}, which was not complete"),
        Missing::Alert(role) => format!("{} had read no alert", names.the_role(*role)),
        Missing::Target => format!("nobody there knew of anything to do {it} on"),
        Missing::NotYet => format!("what {it} is for waited for other work, or needed it no more"),
        Missing::Channel(kind) => {
            format!("no channel worked to {}", s.cut(&names.stakeholder(*kind)))
        }
        Missing::Open(instance) => open(s, why, instance.task, called),
        Missing::Ended(instance, outcome) => {
            let task = s.task(instance.task);
            match outcome {
                Outcome::Failed => format!("{task} was given up after too many attempts"),
                _ => format!("{task} found nothing to be done on"),
            }
        }
        other => elsewhere(s, other),
    }
}

/// What was missing elsewhere than in the work of the plan.
fn elsewhere(s: &Saying<'_>, missing: &Missing) -> String {
    let names = s.names();
    match missing {
        Missing::Delay => "the plan's own delay was not over".to_owned(),
        Missing::Sign => "there was no sign of the incident".to_owned(),
        Missing::Over => "it had been decided that this is no incident".to_owned(),
        Missing::Unseen(asset) => format!("nobody ever knew that {} was hit", s.asset(*asset)),
        Missing::Down(asset) => format!(
            "{} was still {}",
            s.asset(*asset),
            asset_state(AssetState::OutOfService)
        ),
        Missing::NotInPlan(of) => format!("no task of the plan does it ({})", measure(*of)),
        Missing::Step(step) => {
            format!(
                "\"{}\" before it did not take effect",
                s.cut(&names.step(*step))
            )
        }
        Missing::Time(at) => format!("its time, {}, had not come", s.time(*at)),
        Missing::Already(instance) => {
            format!("{} was under way or done by then", s.task(instance.task))
        }
        Missing::ByOther(role) => {
            format!(
                "{} did it, of whom it was not expected",
                names.the_role(*role)
            )
        }
        Missing::NotOn(asset) => format!("it was not done on {}", s.asset(*asset)),
        Missing::Duty(duty) => format!("{} was not met, after which it starts", s.duty(*duty)),
        Missing::Inject(inject) => format!("\"{}\" never came", s.cut(&names.inject(*inject))),
        Missing::Decision => {
            "only a decision or the facilitator brings it, and none did".to_owned()
        }
        Missing::Presence(presence) => format!("they were {}", there(*presence)),
        _ => "the record does not say what was missing".to_owned(),
    }
}

/// What work waited for that was open at the end.
fn open(s: &Saying<'_>, why: &Why, task: TaskId, named: Option<&str>) -> String {
    let name = match named {
        Some(named) => named.to_owned(),
        None if s.is_asked(task) => "it".to_owned(),
        None => s.task(task),
    };
    let of_it = why.wait.as_ref().filter(|of| {
        of.part
            .instance
            .is_some_and(|instance| instance.task == task)
    });
    match of_it {
        Some(of) => format!("{}, {}", wait::clause(s, of, &name), s.until()),
        None if matches!(s.asked, Asked::Entry(_)) => format!("{name} was still open"),
        None => format!("{name} was begun and not done, {}", s.until()),
    }
}

/// What would have had to be otherwise, as a sentence.
pub(super) fn needed(s: &Saying<'_>, needed: &Needed) -> String {
    let text = match needed {
        Needed::Sooner(part) => {
            let span = duration(part.until - part.from);
            format!("{}: up to {span} lay in that", wait::otherwise(s, part))
        }
        Needed::There(lack) => there_would(s, lack),
        Needed::InEffect(of, before) => format!(
            "{} would have had to be in effect there before {}",
            measure(*of),
            s.time(before.at)
        ),
        Needed::Allowed(reason) => allowed(*reason),
        Needed::NotTakenDown(of, asset) => {
            format!(
                "{} would have had to be left in service: {} took it down",
                s.asset(*asset),
                measure(*of)
            )
        }
        Needed::Read(_) => "somebody would have had to read it".to_owned(),
        Needed::MoreTime => "the exercise would have had to go on".to_owned(),
        Needed::NotExercised(reason) => {
            format!("it was not called for: {}", not_exercised(*reason))
        }
    };
    format!("{}.", upper_first(text.trim_end_matches('.')))
}

/// What would have had to be there.
fn there_would(s: &Saying<'_>, lack: &Lack) -> String {
    let names = s.names();
    match &lack.missing {
        Missing::Before(task) | Missing::AnyBefore(task) => {
            format!("{} would have had to be done", s.task(*task))
        }
        Missing::Open(instance) => {
            format!("{} would have had to be finished", s.task(instance.task))
        }
        Missing::Fact {
            fact: of,
            wanted,
            role,
            true_since,
        } => match (wanted, role, true_since) {
            (true, Some(role), Some(_)) => format!(
                "{} would have had to learn that {}",
                names.the_role(*role),
                fact(s, of)
            ),
            (true, ..) => format!("this would have had to come true: {}", fact(s, of)),
            (false, ..) => format!("this must not have stood: {}", fact(s, of)),
        },
        Missing::Severity { from, .. } => {
            format!("somebody would have had to classify it {from} or worse")
        }
        Missing::Phase(phase) => format!("{phase} would have had to be complete"),
        Missing::Alert(role) => {
            format!("{} would have had to read an alert", names.the_role(*role))
        }
        Missing::Target => {
            "somebody there would have had to know of something to do it on".to_owned()
        }
        Missing::NotYet => {
            "the work before it would have had to be done on what it is for".to_owned()
        }
        Missing::Channel(kind) => {
            format!(
                "a channel to {} would have had to work",
                names.stakeholder(*kind)
            )
        }
        Missing::Delay | Missing::Time(_) => "the exercise would have had to go on".to_owned(),
        Missing::Sign => "something of the incident would have had to show".to_owned(),
        Missing::Over => "it would have had to be taken for an incident".to_owned(),
        Missing::Ended(instance, _) => {
            format!("{} would have had to succeed", s.task(instance.task))
        }
        Missing::NotInPlan(of) => format!("the plan would need a task for it ({})", measure(*of)),
        other => there_would_elsewhere(s, other),
    }
}

/// What would have had to be there elsewhere than in the work of the plan.
fn there_would_elsewhere(s: &Saying<'_>, missing: &Missing) -> String {
    let names = s.names();
    match missing {
        Missing::Unseen(asset) => {
            format!(
                "somebody would have had to learn that {} was hit",
                s.asset(*asset)
            )
        }
        Missing::Already(_) => "nobody would have had to begin it before".to_owned(),
        Missing::Down(asset) => format!("{} would have had to serve again", s.asset(*asset)),
        Missing::ByOther(_) => "it would have had to be done by whom it is expected of".to_owned(),
        Missing::NotOn(asset) => format!(
            "it would have had to be done on {} as well",
            s.asset(*asset)
        ),
        Missing::Duty(duty) => format!("{} would have had to be met", s.duty(*duty)),
        Missing::Inject(inject) => format!(
            "\"{}\" would have had to come",
            s.cut(&names.inject(*inject))
        ),
        Missing::Step(step) => {
            format!(
                "the step \"{}\" would have had to take effect",
                names.step(*step)
            )
        }
        Missing::Presence(_) => "they would have had to be there".to_owned(),
        Missing::Decision => {
            "a decision, or the facilitator, would have had to bring it".to_owned()
        }
        _ => "the record does not tell".to_owned(),
    }
}

/// What would have had to be so for an act to be possible.
fn allowed(reason: Refusal) -> String {
    match reason {
        Refusal::NotReady => "the task would have had to be ready".to_owned(),
        Refusal::Busy => "the person would have had to be free".to_owned(),
        Refusal::NotThere => "the person would have had to be there".to_owned(),
        Refusal::NeedsApproval => "approval would have had to be given first".to_owned(),
        Refusal::NotAsked => "somebody would have had to ask for it first".to_owned(),
        Refusal::NothingKnown => {
            "the person would have had to learn of something to do it on".to_owned()
        }
        Refusal::TooEarly | Refusal::TooLate | Refusal::AfterTheEnd => {
            "it would have had to be done between STARTEX and ENDEX".to_owned()
        }
        Refusal::NoRoleForTask | Refusal::HoldsNoRole | Refusal::NotTheirs => {
            "somebody who has the role would have had to do it".to_owned()
        }
        other => format!("this must not have been so: {}", refusal(other)),
    }
}
