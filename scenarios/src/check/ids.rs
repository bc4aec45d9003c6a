//! Ids that come twice, and things that nothing uses.

use super::{Scene, walk};
use crate::definition::{Condition, Id, Name, Selector};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// The ids of every list, with what its things are called.
fn lists<'d>(scene: Scene<'d>) -> Vec<(&'static str, Vec<&'d Id>)> {
    let mut lists: Vec<(&'static str, Vec<&'d Id>)> = Vec::new();
    if let Some(o) = scene.organisation {
        lists.push(("person", o.people.iter().map(|x| &x.id).collect()));
        lists.push(("role", o.roles.iter().map(|x| &x.id).collect()));
        lists.push(("team", o.teams.iter().map(|x| &x.id).collect()));
        lists.push(("staff group", o.groups.iter().map(|x| &x.id).collect()));
        lists.push(("asset", o.assets.iter().map(|x| &x.id).collect()));
        lists.push(("channel", o.channels.iter().map(|x| &x.id).collect()));
        lists.push((
            "monitoring source",
            o.monitoring.iter().map(|x| &x.id).collect(),
        ));
        lists.push((
            "stakeholder",
            o.stakeholders.iter().map(|x| &x.id).collect(),
        ));
        lists.push(("risk", o.risks.iter().map(|x| &x.id).collect()));
    }
    if let Some(p) = scene.plan {
        lists.push(("task", p.tasks.iter().map(|x| &x.id).collect()));
        lists.push((
            "obligation",
            p.communication.iter().map(|x| &x.id).collect(),
        ));
        lists.push((
            "programme item",
            p.programme.iter().map(|x| &x.id).collect(),
        ));
    }
    if let Some(s) = scene.scenario {
        lists.push(("incident", s.incidents.iter().map(|x| &x.id).collect()));
        lists.push(("step", s.attack.iter().map(|x| &x.id).collect()));
        lists.push(("inject", s.injects.iter().map(|x| &x.id).collect()));
        let expectations = s.injects.iter().flat_map(|inject| &inject.expect);
        lists.push(("expectation", expectations.map(|x| &x.id).collect()));
        lists.push(("objective", s.objectives.iter().map(|x| &x.id).collect()));
    }
    let planned = scene.plan.iter().flat_map(|plan| &plan.decisions);
    let asked = scene
        .scenario
        .into_iter()
        .flat_map(walk::decisions_of_scenario);
    let decisions: Vec<_> = planned.chain(asked).collect();
    for decision in &decisions {
        lists.push(("option", decision.options.iter().map(|x| &x.id).collect()));
    }
    lists.push(("decision", decisions.iter().map(|x| &x.id).collect()));
    lists
}

/// What: two things of a list have the same id.
/// Why: a reference to it, and every line of a record about it, could mean either.
/// Example: `(id: "triage", ..), (id: "triage", ..)`.
pub(super) fn duplicates(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for (what, ids) in lists(scene) {
        let mut seen: BTreeMap<&str, &Id> = BTreeMap::new();
        for id in ids {
            let Some(first) = seen.insert(id.as_str(), id) else {
                continue;
            };
            let free = (2..).map(|n| format!("{}-{n}", id.as_str()));
            let free = free
                .into_iter()
                .find(|name| !seen.contains_key(name.as_str()));
            let other = free.unwrap_or_default();
            out.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    format!("two things are the {what} `{}`", **id),
                    id.place,
                )
                .context(first.place, "the first one")
                .cure(
                    "give one of them another id",
                    id.place,
                    &format!("\"{other}\""),
                ),
            );
        }
    }
}

/// What: an asset, channel or role of the organisation that nothing refers to.
/// Why: it is probably misspelt somewhere else, or no longer needed.
/// Example: a channel that no person, source, team or stakeholder names.
pub(super) fn unused(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for person in &organisation.people {
        used.extend(person.channels.iter().map(|name| name.as_str()));
    }
    for source in &organisation.monitoring {
        used.extend(source.via.iter().map(|name| name.as_str()));
    }
    for stakeholder in &organisation.stakeholders {
        used.extend(stakeholder.channels.iter().map(|name| name.as_str()));
    }
    used.extend(
        organisation
            .teams
            .iter()
            .filter_map(|team| team.bridge.as_ref())
            .map(|name| name.as_str()),
    );
    used.extend(
        organisation
            .groups
            .iter()
            .filter_map(|group| group.channel.as_ref())
            .map(|name| name.as_str()),
    );
    if let Some(plan) = scene.plan {
        used.extend(
            plan.tasks
                .iter()
                .filter_map(|task| task.via.as_ref())
                .map(|name| name.as_str()),
        );
        used.extend(
            plan.communication
                .iter()
                .filter_map(|item| item.via.as_ref())
                .map(|name| name.as_str()),
        );
    }
    // People who name no channel can be reached over all of them.
    if organisation
        .people
        .iter()
        .any(|person| person.channels.is_empty())
    {
        return;
    }
    for channel in &organisation.channels {
        if !used.contains(channel.id.as_str()) {
            let message = format!("nothing uses the channel `{}`", *channel.id);
            out.push(
                Diagnostic::new(Code::Unused, message, channel.id.place)
                    .help("name it among the `channels` of those it reaches, or remove it"),
            );
        }
    }
}

/// The step ids that a condition names.
pub(super) fn names_step(condition: &Condition) -> Option<&Name> {
    match condition {
        Condition::Reached(step) => Some(step),
        Condition::Known(about) => match &about.value {
            crate::definition::About::Step(step) => Some(step),
            _ => None,
        },
        _ => None,
    }
}

/// The asset that a selector names.
pub(super) const fn names_asset(selector: &Selector) -> Option<&Name> {
    match selector {
        Selector::Asset(asset) => Some(asset),
        _ => None,
    }
}
