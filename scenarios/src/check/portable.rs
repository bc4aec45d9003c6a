//! What a scenario may name, and which facts belong where.

use super::walk::{self, Site};
use super::{Scene, ids};
use crate::definition::{Addressee, Condition, Consequence, Name, Scenario};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};

/// What: a scenario that names a role, an asset or a task.
/// Why: scenarios run against any organisation and plan; what one of them calls a thing is
/// unknown to the others.
/// Example: `to: "night-desk"` instead of `to: ServiceDesk`.
pub(super) fn scenario_speaks_in_functions(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene.scenario else {
        return;
    };
    for addressee in addressees(scenario) {
        if let Addressee::Role(name) = addressee {
            out.push(role(scene, name));
        }
    }
    for condition in walk::of_scenario(scenario) {
        walk::selectors(condition, &mut |part| {
            out.extend(ids::names_asset(&part.value).map(|name| asset(scene, name, part.place)));
        });
    }
    let targets = scenario.attack.iter().map(|step| &step.targets.of);
    let acts = walk::acts_of_scenario(scenario).filter_map(|act| act.on.as_ref());
    for selector in targets.chain(acts) {
        walk::parts_of(selector, &mut |part| {
            out.extend(ids::names_asset(&part.value).map(|name| asset(scene, name, part.place)));
        });
    }
    for decision in walk::decisions_of_scenario(scenario) {
        for consequence in decision.options.iter().flat_map(|option| &option.then) {
            if let Consequence::Start(_) | Consequence::Omit(_) = consequence.value {
                let message = "a scenario cannot name a task of a plan";
                out.push(
                    Diagnostic::new(Code::NotPortable, message, consequence.place)
                        .help("let the plan decide this, or name an inject with `Fire` or `Skip`"),
                );
            }
            if let Consequence::NotRequired(_) = consequence.value {
                let message = "a scenario cannot name a duty of a plan";
                out.push(
                    Diagnostic::new(Code::NotPortable, message, consequence.place)
                        .help("let a decision of the plan say that it is not required"),
                );
            }
        }
    }
}

fn addressees(scenario: &Scenario) -> impl Iterator<Item = &Addressee> {
    scenario.injects.iter().flat_map(|inject| {
        let expected = inject.expect.iter();
        let expected = expected.filter_map(|expectation| expectation.of.as_ref());
        let decider = inject
            .decide
            .iter()
            .filter_map(|decision| decision.by.as_ref());
        std::iter::once(&inject.to).chain(expected).chain(decider)
    })
}

fn role(scene: Scene<'_>, name: &Name) -> Diagnostic {
    let message = format!("a scenario cannot name the role `{}`", **name);
    let problem = Diagnostic::new(Code::NotPortable, message, name.place)
        .note("a scenario runs against any organisation: it speaks in functions");
    let roles = scene
        .organisation
        .map_or(&[][..], |organisation| &organisation.roles);
    let own = roles.iter().find(|role| role.id.value == name.value);
    let function = own.and_then(|role| role.function.first());
    match function {
        Some(function) => {
            let word = function.name();
            problem.cure(&format!("write its function, `{word}`"), name.place, word)
        }
        None => problem.help("write a function, such as `Analyst`, without quotes"),
    }
}

fn asset(scene: Scene<'_>, name: &Name, place: Place) -> Diagnostic {
    let message = format!("a scenario cannot name the asset `{}`", **name);
    let problem = Diagnostic::new(Code::NotPortable, message, place)
        .note("a scenario runs against any organisation: it speaks in kinds of assets");
    let assets = scene
        .organisation
        .map_or(&[][..], |organisation| &organisation.assets);
    match assets.iter().find(|asset| asset.id.value == name.value) {
        Some(asset) => {
            let kind = format!("Kind({})", asset.kind.name());
            problem.cure(&format!("write `{kind}`"), place, &kind)
        }
        None => problem.help("choose by kind, such as `Kind(FileServer)`"),
    }
}

/// What: a fact in a condition that cannot be asked there.
/// Why: a plan's conditions see what people know and claim, a scenario's see the truth; some facts
/// exist on one side only.
/// Example: `when: Done("triage")` in an inject.
pub(super) fn facts_in_their_place(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for (site, condition) in scene.plan.into_iter().flat_map(walk::of_plan) {
        walk::each(condition, &mut |part| out.extend(misplaced(site, part)));
    }
    for condition in scene.scenario.into_iter().flat_map(walk::of_scenario) {
        walk::each(condition, &mut |part| {
            out.extend(misplaced(Site::Scenario, part));
        });
    }
}

fn misplaced(site: Site, condition: &Spanned<Condition>) -> Option<Diagnostic> {
    let (word, instead) = match (site, &condition.value) {
        (Site::Scenario, Condition::AlertRaised) => (
            "AlertRaised",
            "`Since(Seen, \"0m\")` is true once somebody has read one",
        ),
        (Site::Scenario, Condition::MessageRead(_)) => (
            "MessageRead",
            "`InjectDelivered(\"...\")` is true once an inject was delivered",
        ),
        (Site::Scenario, Condition::Done(_)) => (
            "Done",
            "`Taken(Measure, ...)` is true once a measure is in effect",
        ),
        (Site::Plan | Site::Trigger, Condition::InjectDelivered(_)) => (
            "InjectDelivered",
            "`MessageRead(...)` is true once a message was read",
        ),
        _ => return None,
    };
    let kind = if site == Site::Scenario {
        "scenario"
    } else {
        "plan"
    };
    let message = format!("a {kind} cannot ask for `{word}`");
    Some(Diagnostic::new(Code::FactOutOfPlace, message, condition.place).help(instead))
}
