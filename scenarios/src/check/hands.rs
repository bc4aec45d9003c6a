//! Work on assets that somebody has in hand, and assets that others run.

use super::Scene;
use crate::definition::{Act, Asset, Selector, Task};
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::{AssetKind, Each, Law, Span};

/// The shortest time in which others restore what they run; what is drawn below it counts as this.
const SHORTEST: Span = Span::hours(4);

/// What: one piece of work that is done on every asset of a choice, though each has to be taken in hand.
/// Why: it takes as long for one asset as for twenty.
/// Example: `does: Restore(Affected)` without `each: Asset`.
pub(super) fn one_for_many(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for task in scene.plan.iter().flat_map(|plan| &plan.tasks) {
        let by_asset = task.each.is_some_and(|each| each.value == Each::Asset);
        let many = |act: &&Act| {
            act.measure.value.needs_it_in_hand()
                && may_be_many(scene, act.on.as_ref().map(|on| &on.value))
        };
        let acts = task.does.iter().map(|act| &act.value);
        if let Some(act) = acts.filter(|_| !by_asset).find(many) {
            out.push(told(task, act));
        }
    }
}

fn told(task: &Task, act: &Act) -> Diagnostic {
    let (measure, id) = (act.measure.value, task.id.as_str());
    let message =
        format!("`{id}` takes as long for many assets as for one: {measure} is done on each");
    Diagnostic::new(Code::OneForMany, message, act.measure.place)
        .help("write `each: Asset`, and how long one asset takes")
}

/// Whether a selector may choose more than one asset; none stands for those that are affected.
fn may_be_many(scene: Scene<'_>, on: Option<&Selector>) -> bool {
    let assets = || scene.organisation.iter().flat_map(|of| &of.assets);
    let several = |kind: Option<AssetKind>| {
        let of_kind = |asset: &&Asset| kind.is_none_or(|kind| asset.kind.value == kind);
        scene.organisation.is_none() || assets().filter(of_kind).count() > 1
    };
    match on {
        Some(Selector::Asset(_)) => false,
        Some(Selector::Kind(kind)) => several(Some(kind.value)),
        Some(Selector::All(parts)) => parts
            .iter()
            .all(|part| may_be_many(scene, Some(&part.value))),
        _ => several(None),
    }
}

fn is_ours(asset: &Asset) -> bool {
    asset.kind.value != AssetKind::Supplier && asset.run_by.is_none()
}

/// What: a measure of our own people on something that others run, and a time for others to restore what
/// is ours.
/// Why: neither ever acts.
/// Example: `does: Restore(Kind(Supplier))`.
pub(super) fn not_ours(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let assets = || scene.organisation.iter().flat_map(|of| &of.assets);
    for asset in assets().filter(|asset| is_ours(asset)) {
        if let Some(time) = &asset.restores_in {
            let message = "`restores_in` has no effect: nobody else runs this asset";
            let problem = Diagnostic::new(Code::NoEffect, message, time.place);
            out.push(problem.help("say who runs it in `run_by`, or remove it"));
        }
    }
    let acts = scene.plan.iter().flat_map(|plan| &plan.tasks);
    for act in acts.flat_map(|task| task.does.iter()) {
        let theirs = match act.value.on.as_ref().map(|on| &on.value) {
            Some(Selector::Kind(kind)) => kind.value == AssetKind::Supplier,
            Some(Selector::Asset(name)) => {
                assets().any(|asset| asset.id.value == name.value && !is_ours(asset))
            }
            _ => false,
        };
        if theirs && act.value.measure.value.needs_it_in_hand() {
            let measure = act.value.measure.value;
            let message =
                format!("{measure} has no effect: our people do not have in hand what others run");
            out.push(
                Diagnostic::new(Code::NoEffect, message, act.value.measure.place).help(
                    "tell them, cut the link, and take it back into use once they restored it",
                ),
            );
        }
    }
}

/// What: others who restore what they run in less than four hours.
/// Why: it is played as four.
/// Example: `restores_in: "30m"`.
pub(super) fn restored_too_soon(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let assets = scene.organisation.iter().flat_map(|of| &of.assets);
    for time in assets.filter_map(|asset| asset.restores_in.as_ref()) {
        let least = match &time.value {
            Law::Fixed(span) | Law::About(span) => *span,
            Law::Range { low, .. } => *low,
            Law::Triangle { least, .. } => *least,
            Law::Observed(spans) => spans.iter().copied().min().unwrap_or(SHORTEST),
        };
        if least < SHORTEST {
            let message = "others restore what they run in four hours at the earliest";
            let problem = Diagnostic::new(Code::StrangeDuration, message, time.place);
            out.push(problem.note("what is drawn below that counts as four hours"));
        }
    }
}
