//! A change of an exercise in words: what was taken away or moved, and what somebody can be advised to do.

use super::{Naming, People};
use hotwash_engine::campaign::{CallHours, Change, Factor};
use hotwash_engine::exercise::{Exercise, Identified, PersonId, TaskId};

/// A change in words: a probe as a circumstance (`without the mail gateway`), an improvement as what to do
/// (`let the systems engineer cut off without asking`).
pub fn change(exercise: &Exercise, change: Change) -> String {
    let names = Naming::new(exercise, People::ByRole);
    match change {
        Change::WithoutPerson(of) => format!("without {}", person(exercise, &names, of)),
        Change::WithoutDeputy(role, of) => format!(
            "without {} as deputy of {}",
            of.slug(exercise.names()),
            names.the_role(role)
        ),
        Change::WithoutChannel(of) => format!("without {}", names.channel(of)),
        Change::WithoutSource(of) => format!("without {}", names.source(of)),
        Change::WithoutGroup(of) => format!("without reports of {}", of.slug(exercise.names())),
        Change::Task(of, Factor::Half) => format!("{} in half the time", names.task(of)),
        Change::Task(of, Factor::Twice) => format!("{} taking twice as long", names.task(of)),
        Change::Delay(of, factor) => format!("{} the delay of {}", by(factor), names.task(of)),
        Change::Escalation(severity, factor) => {
            format!("{} the escalation time at {severity}", by(factor))
        }
        Change::FromSeverity(of, severity) => format!("{} from {severity} on", names.task(of)),
        of_people => people(exercise, &names, of_people),
    }
}

/// What to do with people and roles.
fn people(exercise: &Exercise, names: &Naming<'_>, change: Change) -> String {
    let the = |role| names.the_role(role);
    match change {
        Change::Deputy(role, of) => {
            format!(
                "name {} as a deputy of {}",
                person(exercise, names, of),
                the(role)
            )
        }
        Change::Holder(role, of) => {
            format!(
                "let {} act for {} at any time",
                person(exercise, names, of),
                the(role)
            )
        }
        Change::NewHolder(role) => format!("have one more person for {}", the(role)),
        Change::SecondShift(role) => format!("have somebody for {} at night", the(role)),
        Change::OnCall(role, hours) => format!("put {} on call {}", the(role), at(hours)),
        Change::MoveFunction(from, function, to) => {
            format!(
                "give the work of {function} from {} to {}",
                the(from),
                the(to)
            )
        }
        Change::Train(role, phase) => format!("train {} in {phase}", the(role)),
        Change::Reach(role, channel) => {
            let channel = names.channel(channel);
            format!("let {} be reached over {channel} as well", the(role))
        }
        Change::OutOfBand => "give everybody a channel that hangs on no system".to_owned(),
        of_plan => plan(exercise, names, of_plan),
    }
}

/// What to do with the plan.
fn plan(exercise: &Exercise, names: &Naming<'_>, change: Change) -> String {
    let quoted = |task: TaskId| format!("\"{}\"", names.task(task));
    match change {
        Change::WithoutApproval(task) => format!("do {} without an approval", quoted(task)),
        Change::ApprovedBy(task, role) => {
            format!("have {} approve {}", names.the_role(role), quoted(task))
        }
        Change::May(role, task) => {
            format!(
                "let {} do {} without asking",
                names.the_role(role),
                quoted(task)
            )
        }
        Change::HandOnOver(task, channel) => format!(
            "pass on what comes of {} over {}",
            quoted(task),
            names.channel(channel)
        ),
        Change::WithoutDelay(task) => format!("do not wait before {}", quoted(task)),
        Change::WithoutCondition(task) => {
            format!("do {} whether or not its condition holds", quoted(task))
        }
        Change::After(task, before) => {
            format!(
                "begin {} as soon as {} is done",
                quoted(task),
                quoted(before)
            )
        }
        Change::OnceReal(task) => {
            format!("do {} as soon as it is known to be real", quoted(task))
        }
        of_surroundings => surroundings(exercise, names, of_surroundings),
    }
}

/// What to do with what is around people.
fn surroundings(exercise: &Exercise, names: &Naming<'_>, change: Change) -> String {
    let source = |of| names.source(of);
    match change {
        Change::AlertsOver(of, channel) => format!(
            "send the alerts of {} over {}",
            source(of),
            names.channel(channel)
        ),
        Change::AlertsAgain(of) => {
            format!(
                "have the alerts of {} sent again until somebody notices",
                source(of)
            )
        }
        Change::Widen(of) => format!("let {} see every technique", source(of)),
        Change::Awareness(of) => {
            format!(
                "train the staff group {} to report",
                of.slug(exercise.names())
            )
        }
        Change::VerifyChannel(of) => {
            format!("verify the contacts for {}", names.channel(of))
        }
        Change::VerifyStakeholder(of) => {
            format!("verify the contacts of {}", of.slug(exercise.names()))
        }
        Change::CopyTo(asset, backup) => {
            format!(
                "keep a copy of {} on {}",
                names.asset(asset),
                names.asset(backup)
            )
        }
        Change::Standby(asset) => format!("prepare a spare for {}", names.asset(asset)),
        Change::BackUpOftener(asset) => format!("back up {} twice as often", names.asset(asset)),
        // Every other change is said above.
        other => format!("{other:?}"),
    }
}

const fn at(hours: CallHours) -> &'static str {
    match hours {
        CallHours::Weekdays => "on weekdays at any hour",
        CallHours::Weekend => "at weekends",
        CallHours::Always => "at any hour",
    }
}

const fn by(factor: Factor) -> &'static str {
    match factor {
        Factor::Half => "half",
        Factor::Twice => "twice",
    }
}

/// A person by id, with the first role: of several people in one role it is told which.
fn person(exercise: &Exercise, names: &Naming<'_>, person: PersonId) -> String {
    let id = person.slug(exercise.names());
    match exercise.roles_held(person).first() {
        Some(role) => format!("{id} ({})", names.role(*role)),
        None => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::clinic;

    #[test]
    fn every_change_is_said_in_words() {
        let told = clinic();
        let exercise = &told.exercise;
        let all = [Change::probes(exercise), Change::improvements(exercise)].concat();
        assert!(all.len() > 50);
        for of in all {
            let said = change(exercise, of);
            assert!(
                !said.contains("Id(") && said.contains(' '),
                "{of:?}: {said}"
            );
        }
    }
}
