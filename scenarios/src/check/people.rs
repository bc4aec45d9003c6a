//! Functions that nobody has, and roles that nobody holds.

use super::Scene;
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::Function;

/// What: a function without which a response cannot be led, and which no role has.
/// Why: another role has to stand in, or the work is not done.
/// Example: no role with `function: Scribe`.
pub(super) fn functions(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene
        .organisation
        .filter(|organisation| !organisation.roles.is_empty())
    else {
        return;
    };
    let has = |function: &&Function| {
        let mut own = organisation
            .roles
            .iter()
            .flat_map(|role| role.function.iter());
        own.any(|own| own.value == **function)
    };
    let missing: Vec<&str> = Function::ESSENTIAL
        .iter()
        .filter(|function| !has(function))
        .map(|function| function.name())
        .collect();
    if !missing.is_empty() {
        let message = format!("no role is for {}", missing.join(", "));
        out.push(
            Diagnostic::new(Code::FunctionMissing, message, organisation.name.place)
                .note("where the organisation has no role for a function, another one stands in")
                .help("add the function to a role: `function: [IncidentManager, Scribe]`"),
        );
    }
}

/// What: a role that nobody holds.
/// Why: its work waits for deputies, and without them for the escalation.
/// Example: `(id: "press", function: Communications)` and no person with `roles: ["press"]`.
pub(super) fn holders(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for role in scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.roles)
    {
        if scene.holders(role).is_empty() {
            let deputies = scene.deputies(role).len();
            let rest = match deputies {
                0 => "and it has no deputies",
                _ => "its deputies do all its work",
            };
            let message = format!("nobody holds the role `{}`, {rest}", *role.id);
            out.push(
                Diagnostic::new(Code::NobodyHolds, message, role.id.place)
                    .help(format!("add `\"{}\"` to the `roles` of a person", *role.id)),
            );
        }
    }
    for role in scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.roles)
    {
        if role.function.is_empty() {
            let message = format!("the role `{}` has no function", *role.id);
            out.push(
                Diagnostic::new(Code::NoFunction, message, role.id.place)
                    .help("add `function: Analyst`, or what it is for"),
            );
        }
    }
}
