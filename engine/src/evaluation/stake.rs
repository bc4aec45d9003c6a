//! Whether a run had anything of the organisation's own at stake.
//!
//! `evaluation` asks for it once a run. It never asks what the team did: who keeps the attack off everything
//! has had as much at stake as who does not.

use super::NoResponse;
use super::facts::Facts;
use crate::record::{Entry, Event};

/// Whether nothing of the organisation's own was hit by the main incident, nor would have been in the run on
/// the same draws in which nobody acts. An alarm about nothing has nothing to hit.
pub(super) fn nothing_of_ours(facts: &Facts<'_>, no_response: NoResponse<'_, '_>) -> bool {
    let main = facts.exercise.scenario().main;
    let mut hits = facts.hits.iter().filter(|hit| hit.incident == main);
    let is_real = facts.exercise.scenario().incidents[main.index()].real;
    if !is_real || hits.any(|hit| facts.exercise.asset(hit.asset).is_ours()) {
        return false;
    }
    match no_response() {
        Some(entries) => !entries.iter().any(|entry| is_hit_on_ours(facts, entry)),
        // What would have been nobody can tell: what was hit was theirs.
        None => facts.hits.iter().any(|hit| hit.incident == main),
    }
}

fn is_hit_on_ours(facts: &Facts<'_>, entry: &Entry) -> bool {
    let Event::StepTookEffect { step, asset, .. } = entry.event else {
        return false;
    };
    let of_main = facts.exercise.step(step).incident == facts.exercise.scenario().main;
    of_main && facts.exercise.asset(asset).is_ours()
}
