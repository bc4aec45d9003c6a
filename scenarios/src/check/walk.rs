//! Going through conditions, selectors and acts.

use crate::definition::{
    Act, Condition, Decision, Obligation, Plan, Scenario, Selector, Yardstick,
};
use crate::source::Spanned;

/// Where a condition stands: what kind of thing may be said there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// In a plan.
    Plan,
    /// In the trigger of an obligation of a plan.
    Trigger,
    /// In a scenario.
    Scenario,
}

/// Calls for a condition and every condition inside it.
pub(super) fn each<'d>(
    condition: &'d Spanned<Condition>,
    call: &mut impl FnMut(&'d Spanned<Condition>),
) {
    call(condition);
    match &condition.value {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                each(part, call);
            }
        }
        Condition::Not(part) => each(part, call),
        _ => {}
    }
}

/// Every condition of a yardstick that stands by itself.
pub(super) fn of_yardstick(yardstick: &Yardstick) -> impl Iterator<Item = &Spanned<Condition>> {
    let rules = yardstick.rules.iter().map(|rule| &rule.when);
    let criteria = yardstick.criteria.iter();
    rules.chain(criteria.flat_map(|of| of.entry.iter().chain(&of.exit)))
}

/// Every condition of a plan that stands by itself, with its site.
pub(super) fn of_plan(plan: &Plan) -> Vec<(Site, &Spanned<Condition>)> {
    let mut found = Vec::new();
    for stage in &plan.lifecycle {
        found.extend(
            stage
                .entry
                .iter()
                .chain(&stage.exit)
                .map(|c| (Site::Plan, c)),
        );
    }
    for rule in plan.classification.iter().flat_map(|c| &c.rules) {
        found.push((Site::Plan, &rule.when));
    }
    for task in &plan.tasks {
        found.extend(task.when.iter().map(|c| (Site::Plan, c)));
    }
    for decision in &plan.decisions {
        found.extend(decision.when.iter().map(|c| (Site::Plan, c)));
    }
    for obligation in &plan.communication {
        found.extend(trigger(obligation).map(|c| (Site::Trigger, c)));
    }
    found
}

/// What has to be known for an obligation.
pub(super) fn trigger(obligation: &Obligation) -> Option<&Spanned<Condition>> {
    obligation.aware.as_ref().map(|aware| &aware.what)
}

/// Every condition of a scenario that stands by itself.
pub(super) fn of_scenario(scenario: &Scenario) -> Vec<&Spanned<Condition>> {
    let mut found = Vec::new();
    for step in &scenario.attack {
        found.extend(step.when.iter().chain(&step.unless));
    }
    for inject in &scenario.injects {
        found.extend(inject.when.iter().chain(&inject.unless));
        found.extend(
            inject
                .decide
                .iter()
                .filter_map(|decision| decision.when.as_ref()),
        );
    }
    let expected = scenario.injects.iter().flat_map(|inject| &inject.expect);
    found.extend(expected.filter_map(|expectation| expectation.until.as_ref()));
    for objective in &scenario.objectives {
        found.extend(objective.success.iter().chain(&objective.harm));
    }
    found.extend(&scenario.ends);
    found
}

/// Calls for every selector in a condition.
pub(super) fn selectors<'d>(
    condition: &'d Spanned<Condition>,
    call: &mut impl FnMut(&'d Spanned<Selector>),
) {
    each(condition, &mut |part| match &part.value {
        Condition::Taken(_, Some(selector)) | Condition::InState(selector, _) => {
            parts_of(selector, call);
        }
        _ => {}
    });
}

/// Calls for a selector and every selector inside it.
pub(super) fn parts_of<'d>(
    selector: &'d Spanned<Selector>,
    call: &mut impl FnMut(&'d Spanned<Selector>),
) {
    call(selector);
    if let Selector::All(parts) = &selector.value {
        for part in parts {
            parts_of(part, call);
        }
    }
}

/// The selectors of the acts of a plan's tasks.
pub(super) fn acts_of_plan(plan: &Plan) -> impl Iterator<Item = &Act> {
    plan.tasks
        .iter()
        .flat_map(|task| task.does.iter().map(|act| &act.value))
}

/// The acts that a scenario expects, or expects not to be done.
pub(super) fn acts_of_scenario(scenario: &Scenario) -> impl Iterator<Item = &Act> {
    let expectations = scenario.injects.iter().flat_map(|inject| &inject.expect);
    expectations.flat_map(|expectation| {
        let does = expectation.does.iter().chain(&expectation.not);
        does.chain(&expectation.before).map(|act| &act.value)
    })
}

/// The decisions that injects ask for.
pub(super) fn decisions_of_scenario(scenario: &Scenario) -> impl Iterator<Item = &Decision> {
    scenario
        .injects
        .iter()
        .filter_map(|inject| inject.decide.as_ref())
}
