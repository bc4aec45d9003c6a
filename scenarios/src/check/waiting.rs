//! Injects, decisions, tasks and steps whose conditions wait for each other in a circle.
//!
//! What may come about is found first: everything for whose conditions some way is open. Facts that no such
//! thing brings about are taken for possible. What is left waits for something that is left as well, so that
//! whoever follows it comes to a circle.

mod needs;

use super::Scene;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use needs::{Need, Needs, Thing};

/// What: injects, decisions, tasks and steps whose conditions wait for each other.
/// Why: none of them can ever come, and what waits for them does not either.
/// Example: an inject `when: Taken(Isolate)`, and the task that isolates `when: Decided("cut", "yes")`, a decision
/// that this inject asks for.
pub(super) fn circles(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let needs = Needs::of(scene);
    let possible = possible(&needs);
    let mut done = vec![false; needs.things.len()];
    for start in 0..needs.things.len() {
        let mut trail: Vec<(usize, Place)> = Vec::new();
        let mut at = start;
        while !possible[at] && !done[at] {
            done[at] = true;
            let Some(blocker) = blocker(&needs.things[at], &possible) else {
                break;
            };
            trail.push((at, blocker.place));
            at = blocker.thing;
            if let Some(from) = trail.iter().position(|(open, _)| *open == at) {
                out.extend(told(&needs, &trail[from..]));
                break;
            }
        }
    }
}

/// Of each thing whether it may come about.
fn possible(needs: &Needs<'_>) -> Vec<bool> {
    let mut possible = vec![false; needs.things.len()];
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); needs.things.len()];
    for (i, thing) in needs.things.iter().enumerate() {
        for need in &thing.ways {
            need.each(&mut |one| waiting[one.thing].push(i));
        }
    }
    let mut open: Vec<usize> = (0..needs.things.len()).collect();
    while let Some(i) = open.pop() {
        let may = |need: &Need| need.is_open(&possible);
        if !possible[i] && needs.things[i].ways.iter().any(may) {
            possible[i] = true;
            open.append(&mut waiting[i]);
        }
    }
    possible
}

/// The first thing that another one waits for in vain.
fn blocker(thing: &Thing<'_>, possible: &[bool]) -> Option<needs::One> {
    let mut ways = thing.ways.iter();
    ways.find_map(|way| way.blocker(possible))
}

/// So many things of a circle are named beside the first.
const SHOWN: usize = 8;

/// A circle, at the first condition in it; none where it is one of `after` alone, which is an error of its own.
fn told(needs: &Needs<'_>, circle: &[(usize, Place)]) -> Option<Diagnostic> {
    let by_after = |(thing, place): &(usize, Place)| needs.things[*thing].after.contains(place);
    let first = circle.iter().position(|edge| !by_after(edge))?;
    let (before, after) = circle.split_at(first);
    let circle: Vec<&(usize, Place)> = after.iter().chain(before).collect();
    let name = |edge: &&(usize, Place)| needs.things[edge.0].name();
    let (edge, others) = circle.split_first()?;
    let first = name(edge);
    let rest: Vec<String> = others.iter().take(SHOWN).map(name).collect();
    let rest = rest.join(", which waits for ");
    let message = match others.len().saturating_sub(SHOWN) {
        0 if others.is_empty() => format!("{first} waits for itself"),
        0 => format!("{first} waits for {rest}, which waits for {first}"),
        more => format!("{first} waits for {rest}, and so on over {more} more to {first}"),
    };
    let mut problem = Diagnostic::new(Code::WaitsInCircle, message, edge.1);
    for other in others.iter().take(SHOWN) {
        problem = problem.context(other.1, format!("{} waits for this", name(other)));
    }
    Some(problem.help("let one of them come without the others"))
}
