//! Conditions that say nothing: their result is known before anything happens.

mod implies;

use super::{Scene, walk};
use crate::definition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};
use implies::{exclude, implies, lasts};

/// What: a condition whose result is known beforehand.
/// Why: `Any([])` never holds, so what waits for it never comes; `All([])` always does.
/// Example: `when: Any([])`.
pub(super) fn constants(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for condition in standing(scene) {
        walk::each(condition, &mut |part| out.extend(constant(part)));
    }
}

fn constant(condition: &Spanned<Condition>) -> Option<Diagnostic> {
    let (message, help) = match &condition.value {
        Condition::All(parts) if parts.is_empty() => {
            ("this always holds", "leave the condition out")
        }
        Condition::Any(parts) if parts.is_empty() => ("this never holds", "name what it waits for"),
        Condition::Not(inner) if matches!(inner.value, Condition::Not(_)) => {
            ("two `Not` cancel each other", "remove both")
        }
        _ => return None,
    };
    Some(Diagnostic::new(Code::ConstantCondition, message, condition.place).help(help))
}

/// What: a condition whose parts exclude each other, or of which one part or the other always holds.
/// Why: what waits for the one never comes, and the other keeps nothing waiting.
/// Example: `when: All([Elapsed("2h"), Not(Elapsed("1h"))])`.
pub(super) fn contradictions(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for condition in standing(scene) {
        if let Some(clash) = clash(&[(condition, true)], &mut Vec::new()) {
            out.push(told("this never holds", &clash, "it excludes this"));
        } else if let Some(clash) = clash(&[(condition, false)], &mut Vec::new()) {
            let message = "this always holds: one of the two is so in any case";
            out.push(told(message, &clash, "the other one"));
        }
    }
}

/// What: an inject or a step whose `unless` holds whenever its `when` does.
/// Why: it never comes.
/// Example: `when: Reached("encrypt"), unless: Reached("encrypt")`.
pub(super) fn unless(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scenario) = scene.scenario else {
        return;
    };
    let injects = scenario.injects.iter();
    let injects = injects.map(|one| {
        (
            &one.when,
            &one.unless,
            one.at.is_some() || one.delay.is_some(),
        )
    });
    let steps = scenario.attack.iter();
    let steps = steps.map(|one| {
        (
            &one.when,
            &one.unless,
            one.at.is_some() || one.delay.is_some(),
        )
    });
    for (when, unless, waits) in injects.chain(steps) {
        let (Some(when), Some(unless)) = (when, unless) else {
            continue;
        };
        let mut held = Vec::new();
        gathered(&[(when, true)], &mut held, &mut Vec::new());
        // Time passes until it comes: only what lasts still holds then.
        held.retain(|(part, _)| !waits || lasts(&part.value));
        if let Some(clash) = clash(&[(unless, false)], &mut held) {
            let message = "this never comes: `unless` holds whenever `when` does";
            out.push(told(message, &clash, "`when` asks for this"));
        }
    }
}

/// Every condition that stands by itself.
fn standing(scene: Scene<'_>) -> impl Iterator<Item = &Spanned<Condition>> {
    let planned = scene.plan.into_iter().flat_map(walk::of_plan);
    let planned = planned.map(|(_, condition)| condition);
    planned.chain(scene.scenario.into_iter().flat_map(walk::of_scenario))
}

/// A condition that is to hold, or not to.
type Wanted<'d> = (&'d Spanned<Condition>, bool);

/// Two facts that cannot both be as they are wanted.
struct Clash {
    first: Place,
    second: Place,
}

/// How many ways of a condition are looked at: those of conditions that people write, many times over.
const WAYS: usize = 256;

/// Why conditions cannot all be as they are wanted, beside facts that are held already; `None` where they can.
fn clash<'d>(wanted: &[Wanted<'d>], held: &mut Vec<Wanted<'d>>) -> Option<Clash> {
    let mut ways = WAYS;
    clash_within(wanted, held, &mut ways)
}

fn clash_within<'d>(
    wanted: &[Wanted<'d>],
    held: &mut Vec<Wanted<'d>>,
    ways: &mut usize,
) -> Option<Clash> {
    *ways = ways.checked_sub(1)?;
    let before = held.len();
    let mut choices = Vec::new();
    gathered(wanted, held, &mut choices);
    let found = among(held, before).or_else(|| {
        // Each way of a choice has to clash, or there is a way.
        choices.into_iter().find_map(|of: Vec<Wanted<'d>>| {
            let mut first = None;
            for way in of {
                let clash = clash_within(&[way], held, ways)?;
                first.get_or_insert(clash);
            }
            first
        })
    });
    held.truncate(before);
    found
}

/// Adds the facts that have to be so, and the choices of which one way has to be.
fn gathered<'d>(
    wanted: &[Wanted<'d>],
    held: &mut Vec<Wanted<'d>>,
    choices: &mut Vec<Vec<Wanted<'d>>>,
) {
    let mut open: Vec<Wanted<'d>> = wanted.iter().rev().copied().collect();
    while let Some((part, holds)) = open.pop() {
        let of = |parts: &'d [Spanned<Condition>]| parts.iter().map(move |part| (part, holds));
        match (&part.value, holds) {
            (Condition::All(parts), true) | (Condition::Any(parts), false) => {
                open.extend(of(parts).rev());
            }
            (Condition::All(parts), false) | (Condition::Any(parts), true) => {
                choices.push(of(parts).collect());
            }
            (Condition::Not(inner), _) => open.push((inner, !holds)),
            _ => held.push((part, holds)),
        }
    }
}

/// The first two facts that exclude each other, of which the second is new.
fn among(held: &[Wanted<'_>], from: usize) -> Option<Clash> {
    held.iter().enumerate().skip(from).find_map(|(i, second)| {
        let first = held[..i].iter().find(|first| excludes(first, second))?;
        Some(Clash {
            first: first.0.place,
            second: second.0.place,
        })
    })
}

fn excludes((one, holds): &Wanted<'_>, (other, also): &Wanted<'_>) -> bool {
    let (one, other) = (&one.value, &other.value);
    match (holds, also) {
        (true, true) => exclude(one, other),
        (true, false) => implies(one, other),
        (false, true) => implies(other, one),
        (false, false) => false,
    }
}

fn told(message: &str, clash: &Clash, other: &str) -> Diagnostic {
    Diagnostic::new(Code::ConstantCondition, message, clash.second)
        .context(clash.first, other)
        .help("remove one of the two, or correct it")
}
