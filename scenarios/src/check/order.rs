//! Orders that the plan leaves open, though an expectation stands on them.

use super::{Scene, walk};
use crate::definition::{Act, Condition, Expectation, Plan, Selector, Task};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use hotwash_engine::exercise::{EvidenceItem, Measure};
use std::collections::BTreeSet;

/// What: a task that may overtake another, or comes before it, though a scenario expects that one first: it takes the measure that
/// the expectation names in `before`, or one that destroys the evidence which is to be secured.
/// Why: whoever is quick at the one loses the other, and the plan told nobody.
/// Example: an expectation `does: Preserve(item: Memory)`, and a task that does `Restore` and comes after none
/// that secures memory.
pub(super) fn open(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), Some(scenario)) = (scene.plan, scene.scenario) else {
        return;
    };
    let mut warned: BTreeSet<&str> = BTreeSet::new();
    let injects = scenario.injects.iter();
    for expectation in injects.flat_map(|inject| &inject.expect) {
        for (later, act, first) in overtaking(plan, expectation) {
            if warned.insert(later.id.as_str()) {
                let turned = waits(plan, &[later], first, act.measure.value);
                out.push(told(expectation, (later, act), (first, turned)));
            }
        }
    }
}

/// Each task that may overtake what is expected, with its act that does, and a task that should come first.
fn overtaking<'d>(
    plan: &'d Plan,
    expectation: &'d Expectation,
) -> impl Iterator<Item = (&'d Task, &'d Spanned<Act>, &'d Task)> {
    let wanted = expectation.does.as_ref().map(|does| &does.value);
    let does = move |task: &&Task| {
        let mut acts = task.does.iter();
        wanted.is_some_and(|wanted| acts.any(|act| is_alike(&act.value, wanted)))
    };
    let firsts: Vec<&Task> = plan.tasks.iter().filter(does).collect();
    plan.tasks.iter().filter_map(move |later| {
        let (first, wanted) = (*firsts.first()?, wanted?);
        let act = later
            .does
            .iter()
            .find(|act| overtakes(&act.value, wanted, expectation))?;
        let itself = firsts.iter().any(|first| first.id.value == later.id.value);
        (!itself && !waits(plan, &firsts, later, wanted.measure.value))
            .then_some((later, act, first))
    })
}

fn told(
    expectation: &Expectation,
    (later, act): (&Task, &Spanned<Act>),
    (first, turned): (&Task, bool),
) -> Diagnostic {
    let (later, first) = (later.id.as_str(), first.id.as_str());
    if turned {
        let message = format!("`{first}` comes after `{later}`, and a scenario expects it before");
        return Diagnostic::new(Code::OpenOrder, message, act.place)
            .context(expectation.id.place, "expected before it")
            .help(format!(
                "let `{later}` come after `{first}`, and not the other way round"
            ));
    }
    let message = format!("`{later}` may overtake `{first}`, which a scenario expects first");
    Diagnostic::new(Code::OpenOrder, message, act.place)
        .label("nothing says that this comes later")
        .context(expectation.id.place, "expected before it")
        .note("a run that loses by it says that the plan leaves the order open")
        .help(format!("write `after: [\"{first}\"]`, or say it in `when`"))
}

/// Whether an act of a task does what is expected: the same measure on evidence or for a stakeholder alike.
fn is_alike(act: &Act, wanted: &Act) -> bool {
    let item = match (&act.item, &wanted.item) {
        (Some(one), Some(other)) => one.value == other.value,
        _ => true,
    };
    let stakeholder = match (&act.stakeholder, &wanted.stakeholder) {
        (Some(one), Some(other)) => one.value == other.value,
        _ => true,
    };
    act.measure.value == wanted.measure.value && item && stakeholder && may_meet(act, wanted)
}

/// Whether an act takes the measure before which something is expected, or destroys what is to be secured.
fn overtakes(act: &Act, wanted: &Act, expectation: &Expectation) -> bool {
    let before = expectation.before.as_ref();
    if before.is_some_and(|before| is_alike(act, &before.value)) {
        return true;
    }
    let secures = wanted.measure.value == Measure::Preserve;
    let destroys = |item: &EvidenceItem| {
        let meant = wanted.item.as_ref().is_none_or(|of| of.value == *item);
        meant && act.measure.value.destroys(*item)
    };
    secures && may_meet(act, wanted) && EvidenceItem::ALL.iter().any(destroys)
}

/// Whether two acts may be on the same asset: not where they name different ones, or different kinds.
fn may_meet(one: &Act, other: &Act) -> bool {
    match (&one.on, &other.on) {
        (Some(one), Some(other)) => may_both_choose(&one.value, &other.value),
        _ => true,
    }
}

fn may_both_choose(one: &Selector, other: &Selector) -> bool {
    match (one, other) {
        (Selector::Asset(one), Selector::Asset(other)) => one.value == other.value,
        (Selector::Kind(one), Selector::Kind(other)) => one.value == other.value,
        (Selector::All(parts), other) | (other, Selector::All(parts)) => {
            parts.iter().all(|part| may_both_choose(&part.value, other))
        }
        _ => true,
    }
}

/// Whether a task waits for one of some, by what it comes after or by its condition.
fn waits(plan: &Plan, firsts: &[&Task], later: &Task, measure: Measure) -> bool {
    let mut seen: Vec<&Task> = vec![later];
    let mut place = 0;
    while let Some(task) = seen.get(place).copied() {
        place += 1;
        let is_first = |id: &str| firsts.iter().any(|first| first.id.as_str() == id);
        let mut asked = false;
        if let Some(when) = &task.when {
            walk::each(when, &mut |part| {
                asked |= match &part.value {
                    Condition::Done(name) => is_first(name.as_str()),
                    Condition::Taken(of, _) => of.value == measure,
                    _ => false,
                };
            });
        }
        if asked {
            return true;
        }
        let any = match task.after_any.as_slice() {
            [one] => Some(one),
            _ => None,
        };
        for before in task.after.iter().chain(any) {
            if is_first(before.as_str()) {
                return true;
            }
            let named = plan
                .tasks
                .iter()
                .find(|task| task.id.as_str() == before.as_str());
            let new = named.filter(|task| seen.iter().all(|one| one.id.value != task.id.value));
            seen.extend(new);
        }
    }
    false
}
