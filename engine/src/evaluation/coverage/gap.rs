//! What a phase's criterion needs and no task of the plan can do.

use super::{Item, Unit, WEIGHT};
use crate::evaluation::facts::{Facts, Hit};
use crate::evaluation::model::{CoverageStatus, ItemKind};
use crate::evaluation::share::Fine;
use crate::evaluation::timing;
use crate::exercise::{AssetKind, Effect, IncidentId, Measure, Phase};

/// What a criterion needs, as far as the truth calls for it: for each part the measures that do it,
/// the usual one first. Parts that another measure implies are not among them: Declare implies
/// Classify and the leader, Triage the report, Restore the check.
pub(in crate::evaluation) fn needed(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
) -> Vec<&'static [Measure]> {
    let truth = &facts.exercise.scenario().incidents[incident.index()];
    let hits = || facts.hits.iter().filter(|hit| hit.incident == incident);
    let affected = hits().any(Hit::affects);
    // What others run is theirs to image, to clean and to restore.
    let ours = || hits().filter(|hit| facts.exercise.asset(hit.asset).is_ours());
    let to_image = ours().any(Hit::affects);
    let foothold = ours().any(|hit| hit.effect == Effect::Compromise);
    let account = ours()
        .any(|hit| hit.affects() && facts.exercise.asset(hit.asset).kind == AssetKind::Account);
    let lost = ours().any(|hit| hit.effect.row().takes_down);
    let altered = ours().any(|hit| hit.effect == Effect::Alter);
    let when = |applies, measures| if applies { Some(measures) } else { None };
    let parts: [Option<&'static [Measure]>; 4] = match phase {
        Phase::Identification => [Some(IDENTIFY), None, None, None],
        Phase::Assessment if truth.real => [Some(DECLARE), None, None, None],
        Phase::Assessment => [Some(REJECT), None, None, None],
        _ if !truth.real => [None; 4],
        Phase::Response => [
            when(affected, CONTAIN),
            when(to_image, PRESERVE),
            None,
            None,
        ],
        Phase::Resolution => [
            when(affected, FIND_CAUSE),
            when(foothold, EVICT),
            when(affected, CLOSE_ENTRY),
            when(account, ROTATE),
        ],
        Phase::Recovery => [
            when(lost, RESTORE),
            when(altered && !lost, PUT_RIGHT),
            // Whatever was affected is taken back into use, whoever runs it.
            when(affected, ACCEPT),
            None,
        ],
        Phase::Closure => [Some(REVIEW), Some(REPORT), Some(ASSIGN), Some(CLOSE)],
    };
    parts.into_iter().flatten().collect()
}

const IDENTIFY: &[Measure] = &[Measure::Report, Measure::Triage, Measure::Log];
const DECLARE: &[Measure] = &[Measure::Declare];
const REJECT: &[Measure] = &[Measure::Reject];
const CONTAIN: &[Measure] = &[
    Measure::Isolate,
    Measure::Disconnect,
    Measure::Shutdown,
    Measure::WipeRemotely,
    Measure::Evict,
    Measure::DisableAccount,
    Measure::Revoke,
    Measure::Block,
    Measure::Filter,
    Measure::Takedown,
    Measure::RecallPayment,
];
const PRESERVE: &[Measure] = &[Measure::Preserve];
const FIND_CAUSE: &[Measure] = &[Measure::FindCause];
const EVICT: &[Measure] = &[Measure::Evict, Measure::Rebuild, Measure::WipeRemotely];
const CLOSE_ENTRY: &[Measure] = &[Measure::Harden, Measure::Patch];
const ROTATE: &[Measure] = &[Measure::RotateCredentials];
const RESTORE: &[Measure] = &[Measure::Restore, Measure::Rebuild, Measure::Failover];
const PUT_RIGHT: &[Measure] = &[
    Measure::Correct,
    Measure::Restore,
    Measure::Rebuild,
    Measure::Failover,
];
const ACCEPT: &[Measure] = &[Measure::Accept];
const REVIEW: &[Measure] = &[Measure::Review];
const REPORT: &[Measure] = &[Measure::IssueReport];
const ASSIGN: &[Measure] = &[Measure::AssignAction];
const CLOSE: &[Measure] = &[Measure::Close];

/// The parts of the phases' criteria that no task of the plan can do. A phase with rules of its own
/// has no such parts: its criteria are what the plan says.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId) -> Vec<Item> {
    let seen = timing::since(facts, incident);
    let own_rules = |phase| {
        let mut criteria = facts.exercise.yardstick().criteria.iter();
        criteria.any(|of| of.phase == phase && of.exit.is_some())
    };
    let phases = Phase::ALL.iter().copied();
    let gaps = phases.filter(|phase| !own_rules(*phase)).flat_map(|phase| {
        let parts = needed(facts, incident, phase);
        parts.into_iter().map(move |measures| (phase, measures))
    });
    let Some(seen) = seen else {
        return Vec::new();
    };
    gaps.filter(|(_, measures)| !facts.criteria.takes_any(measures))
        .map(|(phase, measures)| Item {
            kind: ItemKind::Missing(measures[0]),
            phase,
            weight: WEIGHT,
            unit: Unit::Missing(measures[0]),
            done: Fine::ZERO,
            status: CoverageStatus::GapOfPlan,
            evidence: [Some(seen), facts.ended]
                .into_iter()
                .flatten()
                .map(|entry| entry.number)
                .collect(),
        })
        .collect()
}
