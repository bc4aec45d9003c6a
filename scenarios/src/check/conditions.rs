//! Conditions that say nothing.

use super::{Scene, walk};
use crate::definition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;

/// What: a condition whose result is known beforehand.
/// Why: `Any([])` never holds, so what waits for it never comes; `All([])` always does.
/// Example: `when: Any([])`.
pub(super) fn constants(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let planned = scene.plan.into_iter().flat_map(walk::of_plan);
    let planned = planned.map(|(_, condition)| condition);
    let scripted = scene.scenario.into_iter().flat_map(walk::of_scenario);
    for condition in planned.chain(scripted) {
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
