//! Facts that a task waits for and that nobody can learn.

mod never;

use super::{Scene, walk};
use crate::definition::{About, Addressee, Condition, Role, Sender, Task};
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::{Function, Measure};
use std::collections::BTreeSet;

/// Where alerts can come from, as functions and roles that are told.
fn told<'d>(scene: Scene<'d>) -> BTreeSet<&'d str> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut add = |roles: Vec<&'d Role>| told.extend(roles.iter().map(|role| role.id.as_str()));
    for source in scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.monitoring)
    {
        match &source.tells {
            Some(addressee) => add(scene.roles(addressee)),
            None => add(with(scene, Function::Analyst)),
        }
    }
    if scene
        .organisation
        .is_some_and(|organisation| !organisation.groups.is_empty())
    {
        add(with(scene, Function::PointOfContact));
    }
    for inject in scene.scenario.iter().flat_map(|scenario| &scenario.injects) {
        if !inject.reveals.is_empty() {
            add(scene.roles(&inject.to));
        }
    }
    told
}

fn with(scene: Scene<'_>, function: Function) -> Vec<&Role> {
    let roles = scene
        .organisation
        .map_or(&[][..], |organisation| &organisation.roles);
    let has = |role: &&Role| role.function.iter().any(|own| own.value == function);
    roles.iter().filter(has).collect()
}

/// What: a task that waits for an alert which nothing ever sends to its role.
/// Why: it is never ready, and what comes after it is not either.
/// Example: `by: Legal, when: AlertRaised`, where monitoring tells analysts only.
pub(super) fn alerts(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), Some(_), Some(_)) = (scene.plan, scene.organisation, scene.scenario) else {
        return;
    };
    let told = told(scene);
    let required = |task: &&Task| !task.optional.is_some_and(|optional| optional.value);
    for task in plan.tasks.iter().filter(required) {
        let roles = scene.roles(&task.by);
        if roles.is_empty() || roles.iter().any(|role| told.contains(role.id.as_str())) {
            continue;
        }
        let Some(alert) = needs_alert(task) else {
            continue;
        };
        let message = format!("no alert reaches who does `{}`", *task.id);
        out.push(
            Diagnostic::new(Code::CannotLearn, message, alert.0)
                .context(task.by.place(), "who does it")
                .help("let a monitoring source or an inject tell this function, or let the task follow another one with `after`"),
        );
    }
}

/// The part of a task's condition that only an alert of its own can make true.
fn needs_alert(task: &Task) -> Option<(crate::source::Place,)> {
    let alert = needed(task).into_iter().find(|part| match &part.value {
        Condition::AlertRaised => true,
        Condition::Known(about) => matches!(about.value, About::Alerted(_)),
        _ => false,
    });
    alert.map(|alert| (alert.place,))
}

/// What has to hold for a task, part by part. Under `Any` and `Not` another way may be open.
fn needed(task: &Task) -> Vec<&crate::source::Spanned<Condition>> {
    let mut parts = Vec::new();
    let mut open: Vec<_> = task.when.iter().collect();
    while let Some(part) = open.pop() {
        match &part.value {
            Condition::All(all) => open.extend(all.iter().rev()),
            _ => parts.push(part),
        }
    }
    parts
}

/// Measures that others imply (`docs/semantics.md`): waiting for them is never in vain.
pub(super) const IMPLIED: &[Measure] = &[
    Measure::Report,
    Measure::Classify,
    Measure::Scope,
    Measure::Verify,
    Measure::Reconnect,
    Measure::Rebuild,
];

/// What: a task that waits for a measure which no task of the plan takes, for a message of somebody
/// who never writes, or for any other fact that nothing brings about or tells.
/// Why: it is never ready.
/// Example: `when: Taken(Evict)` in a plan without a task that evicts.
pub(super) fn measures(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(plan) = scene.plan else { return };
    let takes = |measure: Measure| walk::acts_of_plan(plan).any(|act| act.measure.value == measure);
    for task in &plan.tasks {
        for part in needed(task) {
            if let Condition::Taken(measure, _) = &part.value
                && !takes(measure.value)
                && !IMPLIED.contains(&measure.value)
            {
                let name = measure.name();
                let message = format!("`{}` waits for `{name}`, which no task takes", *task.id);
                out.push(
                    Diagnostic::new(Code::CannotLearn, message, part.place).help(format!(
                        "add a task that does `{name}`, or wait for something else"
                    )),
                );
            }
            out.extend(silent(scene, task, part));
            if let Some(never) = never::of(scene, &part.value) {
                let message = format!("`{}` waits for {}", *task.id, never.why);
                let problem = Diagnostic::new(Code::CannotLearn, message, part.place);
                out.push(problem.help(never.help));
            }
        }
    }
}

/// A message that nobody sends, as far as the scenario and the monitoring tell.
fn silent(
    scene: Scene<'_>,
    task: &Task,
    part: &crate::source::Spanned<Condition>,
) -> Option<Diagnostic> {
    let Condition::MessageRead(sender) = &part.value else {
        return None;
    };
    let (scenario, organisation) = (scene.scenario?, scene.organisation?);
    let from_inject = scenario
        .injects
        .iter()
        .any(|inject| inject.sender.is_some_and(|own| own.value == sender.value));
    let from_source = match sender.value {
        Sender::Source(kind) => organisation
            .monitoring
            .iter()
            .any(|source| source.kind.value == kind),
        // Colleagues write whenever a task of theirs ends.
        Sender::Function(_) => true,
        Sender::Stakeholder(_) => false,
    };
    (!from_inject && !from_source).then(|| {
        let message = format!("`{}` waits for a message that nobody sends", *task.id);
        Diagnostic::new(Code::CannotLearn, message, part.place)
            .context(doer(&task.by), "who would read it")
            .note("in this scenario no inject has this `sender`")
    })
}

const fn doer(by: &Addressee) -> crate::source::Place {
    by.place()
}
