//! What a definition as a whole lacks, and fields that have no effect.

use super::{Scene, walk};
use crate::definition::{Consequence, Inject, Obligation, Scenario};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use hotwash_engine::exercise::Phase;
use std::collections::BTreeSet;

/// What: a decision with fewer than two options, or one of a plan that does not say when it comes
/// up.
/// Why: with one option there is nothing to decide; without `when` nobody is ever asked.
/// Example: `decisions: [(id: "pay", question: "Pay?", options: [..])]`.
pub(super) fn decisions(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let planned: Vec<_> = scene.plan.iter().flat_map(|plan| &plan.decisions).collect();
    let asked = scene
        .scenario
        .into_iter()
        .flat_map(walk::decisions_of_scenario);
    for decision in planned.iter().copied().chain(asked) {
        if decision.options.len() < 2 {
            let message = format!("`{}` has fewer than two options", *decision.id);
            out.push(
                Diagnostic::new(Code::NothingToDecide, message, decision.id.place)
                    .help("add the other options"),
            );
        }
    }
    for decision in planned {
        if decision.when.is_none() {
            let message = format!("nothing says when `{}` comes up", *decision.id);
            out.push(
                Diagnostic::new(Code::NothingToDecide, message, decision.id.place)
                    .help("add `when:` with what has to be known"),
            );
        }
        if decision.by.is_none() {
            let message = format!("nothing says who decides `{}`", *decision.id);
            out.push(
                Diagnostic::new(Code::NothingToDecide, message, decision.id.place)
                    .help("add `by:`, such as `by: IncidentManager`"),
            );
        }
    }
}

/// What: a scenario with both `truth` and `incidents`.
/// Why: `truth` is short for one incident; it is unclear which one is meant.
/// Example: `truth: (severity: High), incidents: [..]`.
pub(super) fn incidents(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene.scenario else {
        return;
    };
    if let (Some(truth), Some(first)) = (&scenario.truth, scenario.incidents.first()) {
        let message = "the truth is given twice: here and with the incidents";
        out.push(
            Diagnostic::new(Code::TwoTruths, message, truth.place)
                .context(first.id.place, "the incidents start here")
                .help("remove `truth`, or the list of incidents"),
        );
    }
}

/// The first character of a definition, for what it lacks as a whole.
const fn head(place: Place) -> Place {
    place.part(0, 1)
}

/// What: an organisation without roles or without people.
/// Why: nobody can do anything.
/// Example: `roles: []`.
pub(super) fn organisation_can_act(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation.filter(|_| scene.is_complete()) else {
        return;
    };
    let place = organisation.name.place;
    if organisation.roles.is_empty() {
        let message = "the organisation has no roles";
        let help = "add `roles: [(id: \"lead\", function: IncidentManager)]`";
        out.push(Diagnostic::new(Code::NobodyActs, message, place).help(help));
    }
    if organisation.people.is_empty() {
        let message = "the organisation has no people";
        let help = "add `people: [(id: \"amara\", roles: [\"lead\"])]`";
        out.push(Diagnostic::new(Code::NobodyActs, message, place).help(help));
    }
}

/// What: a plan without tasks.
/// Why: whatever happens, nobody does anything about it.
/// Example: `Plan(tasks: [])`.
pub(super) fn plan_has_tasks(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let empty = |plan: &&crate::definition::Plan| plan.tasks.is_empty() && scene.is_complete();
    if let Some(plan) = scene.plan.filter(empty) {
        out.push(
            Diagnostic::new(Code::NoTasks, "the plan has no tasks", head(plan.place))
                .help("add `tasks: [(id: \"triage\", phase: Assessment, by: Analyst)]`"),
        );
    }
}

/// What: a scenario in which nothing happens, or whose players are told nothing.
/// Why: without steps and injects there is nothing to respond to; without injects all depends on
/// the organisation's own monitoring.
/// Example: `injects: []`.
pub(super) fn scenario_has_events(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene
        .scenario
        .filter(|scenario| scenario.injects.is_empty() && scene.is_complete())
    else {
        return;
    };
    let place = scenario.title.place;
    if scenario.attack.is_empty() {
        let message = "nothing happens: the scenario has neither an attack nor injects";
        let help = "add `injects: [..]` or `attack: [..]`";
        out.push(Diagnostic::new(Code::NothingHappens, message, place).help(help));
    } else {
        let message = "the scenario has no injects: players learn from monitoring alone";
        out.push(Diagnostic::new(Code::NoInjects, message, place));
    }
}

/// What: an objective that names no expectation and no success, or an expectation that belongs to
/// no objective.
/// Why: such an objective is always rated N, not exercised; such an expectation counts for coverage
/// and for no objective.
/// Example: `(id: "O1", capability: Contain, text: "..")`.
pub(super) fn objectives(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene.scenario else {
        return;
    };
    if scenario.objectives.is_empty() {
        let message = "the scenario has no objectives: nothing is rated";
        out.push(Diagnostic::new(
            Code::NoObjectives,
            message,
            scenario.title.place,
        ));
        return;
    }
    for objective in &scenario.objectives {
        if objective.critical.is_empty() && objective.success.is_none() {
            let message = format!("`{}` cannot be achieved or missed", *objective.id);
            out.push(
                Diagnostic::new(Code::EmptyObjective, message, objective.id.place)
                    .help("name what is `critical` for it, or its `success`"),
            );
        }
    }
    let named: BTreeSet<&str> = scenario
        .objectives
        .iter()
        .flat_map(|objective| objective.critical.iter().chain(&objective.supporting))
        .map(|name| name.as_str())
        .collect();
    for expectation in scenario.injects.iter().flat_map(|inject| &inject.expect) {
        if !named.contains(expectation.id.as_str()) {
            let message = format!("`{}` belongs to no objective", *expectation.id);
            out.push(Diagnostic::new(
                Code::NoObjective,
                message,
                expectation.id.place,
            ));
        }
    }
}

/// What: an inject with neither a time nor a condition that no decision fires.
/// Why: it never comes.
/// Example: `(id: "press", from: "..", to: Communications, text: "..")`.
pub(super) fn injects_can_come(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene.scenario else {
        return;
    };
    let fired = fired(scenario);
    for inject in &scenario.injects {
        if inject.at.is_none() && inject.when.is_none() && !fired.contains(inject.id.as_str()) {
            let message = format!("`{}` never comes", *inject.id);
            out.push(
                Diagnostic::new(Code::NeverComes, message, inject.id.place)
                    .help("give it a time with `at`, or a condition with `when`"),
            );
        }
    }
}

fn fired(scenario: &Scenario) -> BTreeSet<&str> {
    let options = walk::decisions_of_scenario(scenario).flat_map(|decision| &decision.options);
    let consequences = options.flat_map(|option| &option.then);
    let fired = consequences.filter_map(|consequence| match &consequence.value {
        Consequence::Fire(inject) => Some(inject.as_str()),
        _ => None,
    });
    fired.collect()
}

/// What: a field that has no effect together with another one.
/// Why: its author expects something of it.
/// Example: `noise: true, reveals: [Impact]`.
pub(super) fn without_effect(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for inject in scene.scenario.iter().flat_map(|scenario| &scenario.injects) {
        inject_without_effect(inject, out);
    }
    for obligation in scene.plan.iter().flat_map(|plan| &plan.communication) {
        obligation_without_effect(obligation, out);
    }
    for source in scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.monitoring)
    {
        if let (Some(first), None) = (&source.first, &source.every) {
            let message = "`first` has no effect without `every`";
            out.push(Diagnostic::new(Code::NoEffect, message, first.place));
        }
    }
    if let Some(scenario) = scene.scenario
        && let (Some(start), Some(date)) = (&scenario.start, &scenario.date)
        && start.date.is_some()
    {
        let message = "`date` has no effect: the start has a date already";
        out.push(
            Diagnostic::new(Code::NoEffect, message, date.place).context(start.place, "the start"),
        );
    }
}

fn inject_without_effect(inject: &Inject, out: &mut Vec<Diagnostic>) {
    let noise = inject.noise.filter(|noise| noise.value);
    if let (Some(noise), Some(reveal)) = (noise, inject.reveals.first()) {
        let message = "noise reveals nothing: `reveals` has no effect";
        out.push(
            Diagnostic::new(Code::NoEffect, message, reveal.place).context(noise.place, "noise"),
        );
    }
    if let (Some(delay), None) = (&inject.delay, &inject.when) {
        let message = "`delay` counts from `when`, which is not given";
        out.push(
            Diagnostic::new(Code::NoEffect, message, delay.place).help("add the delay to `at`"),
        );
    }
    if let Some(when) = inject
        .decide
        .as_ref()
        .and_then(|decision| decision.when.as_ref())
    {
        let message = "a decision that an inject asks for comes up with the inject";
        out.push(
            Diagnostic::new(Code::NoEffect, message, when.place).help("move it to the inject"),
        );
    }
}

fn obligation_without_effect(obligation: &Obligation, out: &mut Vec<Diagnostic>) {
    let Some(task) = &obligation.task else {
        return;
    };
    let approval = obligation
        .approval
        .as_ref()
        .map(crate::definition::Addressee::place);
    let via = obligation.via.as_ref().map(|via| via.place);
    for place in approval.into_iter().chain(via) {
        let message = format!("the task `{}` says this itself", **task);
        out.push(
            Diagnostic::new(Code::NoEffect, message, place)
                .note("`approval` and `via` are for a notification without a task of its own"),
        );
    }
}

/// What: a phase with tasks and without a target.
/// Why: without a target of the plan, a default decides what is in time.
/// Example: `targets: {Response: "4h"}` in a plan that also recovers.
pub(super) fn targets(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(plan) = scene.plan.filter(|plan| !plan.tasks.is_empty()) else {
        return;
    };
    let has_tasks = |phase: &&Phase| plan.tasks.iter().any(|task| task.phase.value == **phase);
    let missing: Vec<&str> = Phase::ALL
        .iter()
        .filter(has_tasks)
        .filter(|phase| plan.targets.get(phase).is_none())
        .map(|phase| phase.name())
        .collect();
    if !missing.is_empty() {
        let message = format!("the plan has no target for {}", missing.join(", "));
        out.push(
            Diagnostic::new(Code::NoTarget, message, head(plan.place))
                .note("illustrative defaults are taken; the report says so"),
        );
    }
}

/// What: a plan whose next review lies before its last one.
/// Why: one of the two dates is wrong, or the review is overdue.
/// Example: `reviewed_on: "2026-05-01", next_review: "2026-04-01"`.
pub(super) fn review(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(plan) = scene.plan else { return };
    if let (Some(last), Some(next)) = (&plan.reviewed_on, &plan.next_review)
        && next.value <= last.value
    {
        let message = "the next review lies before the last one";
        out.push(
            Diagnostic::new(Code::TimeOrder, message, next.place)
                .context(last.place, "the last one")
                .help("swap them, or correct one"),
        );
    }
}
