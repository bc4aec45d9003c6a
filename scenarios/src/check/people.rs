//! Functions that nobody has, and roles that nobody holds.

use super::Scene;
use super::cover::needs_no_approval;
use crate::definition::{Person, Role};
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::{Day, Function};
use std::collections::BTreeSet;

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

/// Those who hold a role or stand in for it, each once.
fn people_of<'d>(scene: Scene<'d>, role: &'d Role) -> Vec<&'d Person> {
    let mut people = scene.holders(role);
    let mut known: BTreeSet<&str> = people.iter().map(|one| one.id.as_str()).collect();
    for deputy in scene.deputies(role) {
        if known.insert(deputy.id.as_str()) {
            people.push(deputy);
        }
    }
    people
}

/// What: a task that takes more people than hold its role or stand in for it.
/// Why: they never come together, and the work waits for ever.
/// Example: `people: 3`, with one incident manager.
pub(super) fn too_few(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for task in scene.plan.iter().flat_map(|plan| &plan.tasks) {
        let Some(needs) = &task.people else {
            continue;
        };
        let roles = scene.roles(&task.by);
        let could = roles.iter().map(|role| people_of(scene, role).len()).max();
        let Some(could) = could.filter(|could| *could < usize::from(needs.value)) else {
            continue;
        };
        let message = format!(
            "`{}` takes {} people, and at most {could} can ever come together",
            *task.id, needs.value
        );
        out.push(
            Diagnostic::new(Code::TooFewPeople, message, needs.place)
                .help("name more holders or deputies of the role, or say a smaller number"),
        );
    }
}

/// What: a holder of the role whose work it is, who also approves it, or stands in for who does.
/// Why: an approval is a second pair of eyes.
/// Example: `approval: "director"`, where the incident manager is the director's deputy.
pub(super) fn own_approval(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for task in scene.plan.iter().flat_map(|plan| &plan.tasks) {
        let Some(approval) = &task.approval else {
            continue;
        };
        let (approving, doers) = (scene.roles(approval), scene.roles(&task.by));
        if needs_no_approval(task, &doers) {
            continue;
        }
        let able = approving.iter().flat_map(|role| people_of(scene, role));
        let able: BTreeSet<&str> = able.map(|one| one.id.as_str()).collect();
        let approves = |person: &&Person| able.contains(person.id.as_str());
        let mut holders = doers.iter().flat_map(|role| scene.holders(role));
        if let Some(person) = holders.find(approves) {
            let message = format!(
                "`{}` may have to approve `{}`, which is their own work",
                *person.id, *task.id
            );
            out.push(
                Diagnostic::new(Code::OwnApproval, message, approval.place())
                    .note("the next who may is asked first; where nobody else may or comes, they approve it themselves")
                    .help("name somebody else as deputy of the role that approves"),
            );
        }
    }
}

/// What: days on which everybody who holds a role, or stands in for it, is on leave.
/// Why: nobody is called from leave, so the work of the role waits.
/// Example: one holder with `leave: [("2027-08-02", "2027-08-13")]`, and no deputy.
pub(super) fn all_on_leave(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for role in scene.organisation.iter().flat_map(|of| &of.roles) {
        let people = people_of(scene, role);
        let Some((first, others)) = people.split_first() else {
            continue;
        };
        let away = others
            .iter()
            .fold(leave(first), |all, other| shared(&all, &leave(other)));
        let Some((from, until)) = away.first() else {
            continue;
        };
        let (from, until) = (date(*from), date(*until));
        let days = if from == until {
            format!("on {from}")
        } else {
            format!("from {from} to {until}")
        };
        let more = if away.len() > 1 {
            ", and later again"
        } else {
            ""
        };
        let message = format!("nobody is left for the role `{}` {days}{more}", *role.id);
        out.push(
            Diagnostic::new(Code::AllOnLeave, message, role.id.place)
                .help("name a deputy who is there on these days"),
        );
    }
}

fn leave(person: &Person) -> Vec<(Day, Day)> {
    let days = person.leave.iter();
    days.map(|of| (of.first.value, of.last.value)).collect()
}

/// The days that two lists of days share.
fn shared(one: &[(Day, Day)], other: &[(Day, Day)]) -> Vec<(Day, Day)> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let both = pairs.map(|(a, b)| (a.0.max(b.0), a.1.min(b.1)));
    both.filter(|(from, until)| from <= until).collect()
}

fn date(day: Day) -> String {
    let (year, month, of_month) = day.civil();
    format!("{year:04}-{month:02}-{of_month:02}")
}
