//! Things that come after one another in a circle.

use super::Scene;
use crate::definition::{Id, Name};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// What: tasks that wait for each other.
/// Why: none of them can ever start.
/// Example: `a` after `b`, `b` after `a`.
pub(super) fn tasks(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let tasks = scene.plan.iter().flat_map(|plan| &plan.tasks);
    let edges = tasks.map(|task| {
        let before = task.after.iter().chain(&task.after_any);
        (&task.id, before.collect())
    });
    circles("the tasks", "waits for", edges, out);
}

/// What: steps of the attack that wait for each other.
/// Why: none of them can ever start.
/// Example: `spread` after `encrypt`, `encrypt` after `spread`.
pub(super) fn steps(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let steps = scene.scenario.iter().flat_map(|scenario| &scenario.attack);
    let edges = steps.map(|step| {
        let before = step.after.iter().chain(&step.after_any);
        (&step.id, before.collect())
    });
    circles("the steps", "waits for", edges, out);
}

/// What: assets that depend on each other.
/// Why: once one of them is down, none can ever serve again.
/// Example: the directory depends on the host, the host on the directory.
pub(super) fn assets(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let assets = scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.assets);
    let edges = assets.map(|asset| (&asset.id, asset.depends_on.iter().collect()));
    circles("the assets", "depends on", edges, out);
}

/// What: clocks that start one another.
/// Why: none of them ever starts.
/// Example: the final report after the notification, the notification after the final report.
pub(super) fn clocks(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let clocks = scene.plan.iter().flat_map(|plan| &plan.communication);
    let edges = clocks.map(|clock| (&clock.id, clock.after.iter().collect()));
    circles("the clocks", "starts after", edges, out);
}

/// Reports each circle once, at the reference that closes it.
fn circles<'d>(
    what: &str,
    verb: &str,
    edges: impl Iterator<Item = (&'d Id, Vec<&'d Name>)>,
    out: &mut Vec<Diagnostic>,
) {
    let graph: BTreeMap<&str, (&Id, Vec<&Name>)> = edges
        .map(|(id, names)| (id.as_str(), (id, names)))
        .collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in graph.keys().copied() {
        let mut trail: Vec<(&str, usize)> = vec![(start, 0)];
        if done.contains(start) {
            continue;
        }
        while let Some((node, next)) = trail.pop() {
            let names = graph.get(node).map_or(&[][..], |(_, names)| names);
            let Some(name) = names.get(next) else {
                done.insert(node);
                continue;
            };
            trail.push((node, next + 1));
            let to = name.as_str();
            if let Some(from) = trail.iter().position(|(open, _)| *open == to) {
                let circle: Vec<&str> = trail[from..].iter().map(|(open, _)| *open).collect();
                out.push(circle_report(what, verb, &circle, name));
                done.extend(circle.iter().copied());
            } else if graph.contains_key(to) && !done.contains(to) {
                trail.push((to, 0));
            }
        }
    }
}

fn circle_report(what: &str, verb: &str, circle: &[&str], closing: &Name) -> Diagnostic {
    let mut steps: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
    steps.extend(steps.first().cloned());
    let chain = steps.join(&format!(" {verb} "));
    let message = format!("{what} form a circle: {chain}");
    Diagnostic::new(Code::Cycle, message, closing.place)
        .label("this closes it")
        .help("remove one of these references")
}
