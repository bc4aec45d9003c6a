//! Findings about the harm that the measures themselves did.

use super::roots::Root;
use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::expectations::speaks_of_state;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::evaluation::judgement::lost_to_proportion;
use crate::evaluation::proportion::Harm;
use crate::exercise::{AssetId, CauseCode, Object, Phase, Task, TaskId};
use std::collections::BTreeMap;

/// What a gate of its own weighs, in place of the share that the item costs.
const GATE: u64 = 100_000;

/// What: a measure brought down what the attack hit neither in this run nor in the one without response, and
/// all that hangs on it.
/// Why: without it there would have been no outage, and nothing was kept from the attacker by it. Where the
/// plan chooses what is affected, people took for affected what was not; where it chooses by anything else,
/// the plan is the cause.
pub(super) fn own_harm(case: &Case<'_>) -> Vec<Draft> {
    let Some(proportion) = case.proportion else {
        return Vec::new();
    };
    let main = case.facts.exercise.scenario().main;
    let whole = if proportion.is_out() {
        GATE
    } else {
        let (lost, of) = lost_to_proportion(case.incidents, main);
        case.worth(main, Phase::Response, 2, lost, of)
    };
    let mut by_measure: BTreeMap<(AssetId, TaskId), Vec<&Harm>> = BTreeMap::new();
    for harm in proportion.harms.iter().filter(|harm| harm.cost.0 > 0) {
        let key = (harm.by, harm.instance.task);
        by_measure.entry(key).or_default().push(harm);
    }
    let all = proportion.own.0.max(1).unsigned_abs();
    let drafts = by_measure.into_iter().map(|((asset, task), harms)| {
        let cost: u64 = harms.iter().map(|harm| harm.cost.0.unsigned_abs()).sum();
        let worth = u128::from(whole) * u128::from(cost) / u128::from(all);
        let worth = u64::try_from(worth).unwrap_or(u64::MAX).min(whole).max(1);
        let (reason, help) = if chooses_by_state(case.facts.exercise.task(task)) {
            let practise = Correction::Practise(Phase::Assessment);
            (CauseCode::Misjudged, practise)
        } else {
            (CauseCode::WrongProcedure, Correction::NarrowTask(task))
        };
        Draft::new(FindingKind::OwnHarm, FindingSubject::Asset(asset), worth)
            .because(reason)
            .rooted([Root::Work(FindingKind::OwnHarm, task)])
            .citing(harms.iter().map(|harm| harm.done))
            .citing(harms.iter().map(|harm| harm.down))
            .try_these([help])
    });
    drafts.collect()
}

/// Whether all that a task does to assets is for those to which something happened.
fn chooses_by_state(task: &Task) -> bool {
    task.does.iter().all(|act| match &act.on {
        Object::Assets(selector) => speaks_of_state(selector),
        Object::Evidence(..) | Object::Stakeholder(_) | Object::Incident => true,
    })
}
