//! What a phase's criterion needs and no task of the plan can do.

use super::{Item, Unit, WEIGHT};
use crate::evaluation::facts::{Facts, Hit};
use crate::evaluation::model::{CoverageStatus, ItemKind};
use crate::evaluation::share::Fine;
use crate::evaluation::timing;
use crate::exercise::{AssetKind, Effect, IncidentId, Measure, Phase};

/// A part of a criterion.
#[derive(Debug, Clone, Copy)]
pub(in crate::evaluation) struct Part {
    /// The measure that usually does it.
    pub(in crate::evaluation) usual: Measure,
    /// Those that do it, this one among them.
    pub(in crate::evaluation) any: &'static [Measure],
}

impl Part {
    /// A part that one measure alone does: the table of measures has a row for each.
    const fn one(measure: Measure) -> Self {
        let (_, from) = Measure::ALL.split_at(measure as usize);
        let (any, _) = from.split_at(1);
        Self {
            usual: measure,
            any,
        }
    }
}

/// What a criterion needs, as far as the truth calls for it, part by part. Parts that another measure implies
/// are not among them: Declare implies Classify and the leader, Triage the report, Restore the check.
pub(in crate::evaluation) fn needed(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
) -> Vec<Part> {
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
    let when = |applies, part| if applies { Some(part) } else { None };
    let one = |measure| Some(Part::one(measure));
    let parts: [Option<Part>; 4] = match phase {
        Phase::Identification => [Some(IDENTIFY), None, None, None],
        Phase::Assessment if truth.real => [one(Measure::Declare), None, None, None],
        Phase::Assessment => [one(Measure::Reject), None, None, None],
        _ if !truth.real => [None; 4],
        Phase::Response => [
            when(affected, CONTAIN),
            when(to_image, Part::one(Measure::Preserve)),
            None,
            None,
        ],
        Phase::Resolution => [
            when(affected, Part::one(Measure::FindCause)),
            when(foothold, END_FOOTHOLDS),
            when(affected, CLOSE_ENTRY),
            when(account, Part::one(Measure::RotateCredentials)),
        ],
        Phase::Recovery => [
            when(lost, RESTORE),
            when(altered && !lost, PUT_RIGHT),
            // Whatever was affected is taken back into use, whoever runs it.
            when(affected, Part::one(Measure::Accept)),
            None,
        ],
        Phase::Closure => return Measure::OF_CLOSURE.iter().copied().map(Part::one).collect(),
    };
    parts.into_iter().flatten().collect()
}

const IDENTIFY: Part = Part {
    usual: Measure::Report,
    any: &[Measure::Report, Measure::Triage, Measure::Log],
};
const CONTAIN: Part = Part {
    usual: Measure::Isolate,
    any: Measure::CONTAINING,
};
const END_FOOTHOLDS: Part = Part {
    usual: Measure::Evict,
    any: Measure::ENDING_A_FOOTHOLD,
};
const CLOSE_ENTRY: Part = Part {
    usual: Measure::Harden,
    any: Measure::CLOSING_THE_ENTRY,
};
const RESTORE: Part = Part {
    usual: Measure::Restore,
    any: Measure::BRINGING_BACK,
};
const PUT_RIGHT: Part = Part {
    usual: Measure::Correct,
    any: Measure::PUTTING_RIGHT,
};

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
        parts.into_iter().map(move |part| (phase, part))
    });
    let Some(seen) = seen else {
        return Vec::new();
    };
    gaps.filter(|(_, part)| !facts.criteria.takes_any(part.any))
        .map(|(phase, part)| Item {
            kind: ItemKind::Missing(part.usual),
            phase,
            weight: WEIGHT,
            unit: Unit::Missing(part.usual),
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
