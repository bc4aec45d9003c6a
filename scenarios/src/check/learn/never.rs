//! Facts of which it is clear before a run that whoever waits for them can never learn them.
//!
//! Not among them is what merely does not happen in a scenario: a plan is for others as well. A fact
//! counts that comes to pass and that nothing tells, and one that no act of the plan can bring about.

use super::super::{Scene, walk};
use crate::definition::{About, Condition, Plan, Reveal, Step};
use crate::regimes;
use crate::source::Spanned;
use hotwash_engine::exercise::{
    AssetState, Effect, MEASURES, Mark, Measure, Phase, StakeholderKind,
};

/// Why a part of a condition is waited for in vain, and what to do about it.
pub(super) struct Never {
    pub(super) why: String,
    pub(super) help: String,
}

fn never(why: impl Into<String>, help: impl Into<String>) -> Never {
    let (why, help) = (why.into(), help.into());
    Never { why, help }
}

/// Whether a part of the condition of a task can never hold for who does it.
pub(super) fn of(scene: Scene<'_>, part: &Condition) -> Option<Never> {
    let plan = scene.plan?;
    match part {
        Condition::Any(parts) if !parts.is_empty() => {
            // Open as long as one of them is.
            let all: Option<Vec<Never>> = parts.iter().map(|one| of(scene, one)).collect();
            all?.into_iter().next()
        }
        Condition::Reached(step)
        | Condition::Known(Spanned {
            value: About::Step(step),
            ..
        }) => hidden(scene, |one| *one.id == **step),
        Condition::InState(_, state) => in_state(scene, state.value),
        Condition::Known(about) => known(scene, &about.value),
        Condition::PersonalDataInvolved => personal_data(scene),
        Condition::Scope => scope(plan),
        Condition::RecordsExposed(_) => hidden(scene, |step| {
            matches!(step.effect.effect, Effect::Exfiltrate | Effect::Expose)
        }),
        Condition::MoneyLost(_) => hidden(scene, |step| step.effect.effect == Effect::Steal),
        Condition::SeverityAtLeast(_) => (!takes(plan, &[Measure::Classify, Measure::Declare]))
            .then(|| {
                never(
                    "a severity, which no task gives",
                    "add a task that does `Classify` or `Declare`",
                )
            }),
        Condition::PhaseReached(phase) => not_reached(plan, phase.value),
        Condition::PhaseCompleted(phase) => not_reached(plan, phase.value).filter(|_| {
            plan.tasks
                .iter()
                .all(|task| task.phase.value != phase.value)
        }),
        Condition::Notified(kind) => (!is_told(plan, kind.value)).then(|| {
            let name = kind.value.name();
            never(
                format!("word to `{name}`, which no task gives"),
                format!("add a task that does `Notify({name})`"),
            )
        }),
        Condition::Since(mark, _) => marked(plan, mark.value),
        _ => None,
    }
}

/// Whether the plan has a task that takes one of these measures. A task without `does` may be given
/// one: the first of Identification reports, the first of Assessment is the triage.
fn takes(plan: &Plan, measures: &[Measure]) -> bool {
    let implied = |phase: Phase, measure: Measure| {
        let mut of_phase = plan.tasks.iter().filter(|task| task.phase.value == phase);
        measures.contains(&measure) && of_phase.any(|task| task.does.is_empty())
    };
    walk::acts_of_plan(plan).any(|act| measures.contains(&act.measure.value))
        || implied(Phase::Identification, Measure::Report)
        || implied(Phase::Assessment, Measure::Triage)
}

/// Whether there are steps of a kind, and nothing tells of any: no inject, no source, no staff, and no
/// task that looks.
fn hidden(scene: Scene<'_>, wanted: impl Fn(&Step) -> bool) -> Option<Never> {
    let (plan, organisation, scenario) = (scene.plan?, scene.organisation?, scene.scenario?);
    let looks = Measure::LOOKING;
    let mut steps = scenario
        .attack
        .iter()
        .filter(|step| wanted(step))
        .peekable();
    steps.peek()?;
    let told = |step: &Step| {
        let mut reveals = scenario.injects.iter().flat_map(|inject| &inject.reveals);
        let by_inject =
            reveals.any(|of| matches!(&of.value, Reveal::Step(name) if **name == *step.id));
        let shows = matches!(step.effect.effect, Effect::Encrypt | Effect::Disrupt);
        let first = step.after.is_empty() && step.after_any.is_empty();
        by_inject
            || !organisation.monitoring.is_empty()
            || (shows && !organisation.groups.is_empty())
            || (first && takes(plan, &[Measure::FindCause]))
    };
    (!takes(plan, looks) && !steps.any(told)).then(|| {
        never(
            "a step of the attack of which nobody is told",
            "let an inject reveal the step, a source see it, or a task `Investigate`",
        )
    })
}

/// States that are seen are those that the attack brings about; what the response does is claimed.
fn in_state(scene: Scene<'_>, state: AssetState) -> Option<Never> {
    let left_by = |effect: Effect| hidden(scene, |step| step.effect.effect == effect);
    let claimed = || {
        let row = MEASURES.iter().find(|row| row.leaves == Some(state))?;
        let (state, name) = (format!("{state:?}"), row.measure.name());
        Some(never(
            format!("a state that nobody learns, `{state}`"),
            format!("`Taken({name}, ...)` holds once it is claimed done"),
        ))
    };
    match state {
        AssetState::Compromised => left_by(Effect::Compromise),
        AssetState::Encrypted => left_by(Effect::Encrypt),
        AssetState::Altered => left_by(Effect::Alter),
        AssetState::Exposed => left_by(Effect::Expose),
        AssetState::Exfiltrated => left_by(Effect::Exfiltrate),
        AssetState::Isolated
        | AssetState::Off
        | AssetState::Evicted
        | AssetState::Wiped
        | AssetState::Verified => claimed(),
        AssetState::PastRto => {
            let mut assets = scene.organisation?.assets.iter();
            assets
                .all(|asset| asset.rto.is_none())
                .then(|| never("an objective that no asset has", "give assets an `rto`"))
        }
        AssetState::OutOfService => None,
    }
}

fn revealed(scene: Scene<'_>, wanted: impl Fn(&Reveal) -> bool) -> Option<bool> {
    let injects = &scene.scenario?.injects;
    let mut reveals = injects.iter().flat_map(|inject| &inject.reveals);
    Some(reveals.any(|of| wanted(&of.value)))
}

fn known(scene: Scene<'_>, about: &About) -> Option<Never> {
    let plan = scene.plan?;
    match about {
        About::Real(_) => {
            let told = revealed(scene, |of| matches!(of, Reveal::Real))?;
            let finds = [
                Measure::Triage,
                Measure::Declare,
                Measure::Investigate,
                Measure::Scope,
            ];
            (!told && !takes(plan, &finds)).then(|| {
                never(
                    "whether it is real, which nobody finds out",
                    "add a task that does `Triage`",
                )
            })
        }
        About::Declared(_) => (!takes(plan, &[Measure::Declare])).then(|| {
            never(
                "a declaration, which no task makes",
                "add a task that does `Declare`",
            )
        }),
        About::Cause(_) => {
            let told = revealed(scene, |of| matches!(of, Reveal::Cause))?;
            (!told && !takes(plan, &[Measure::FindCause])).then(|| {
                never(
                    "the cause, which nobody looks for",
                    "add a task that does `FindCause`",
                )
            })
        }
        About::Scope(_) => scope(plan),
        About::PersonalData(_) => personal_data(scene),
        About::Asset(_, state) => in_state(scene, state.value),
        About::Alerted(_) | About::Step(_) => None,
    }
}

fn scope(plan: &Plan) -> Option<Never> {
    (!takes(plan, &[Measure::Scope])).then(|| {
        never(
            "the scope, which no task states",
            "add a task that does `Scope`",
        )
    })
}

fn personal_data(scene: Scene<'_>) -> Option<Never> {
    let told = revealed(scene, |of| {
        matches!(of, Reveal::PersonalData | Reveal::PersonalDataInvolved)
    })?;
    let looks = Measure::LOOKING;
    let truths = scene.scenario?;
    // Where data of persons cannot be used, who learns of that knows it too.
    let withholds = |step: &Step| matches!(step.effect.effect, Effect::Encrypt | Effect::Disrupt);
    if truths.attack.iter().any(withholds) && hidden(scene, withholds).is_none() {
        return None;
    }
    let of_one = truths.truth.iter().map(|truth| truth.personal_data);
    let of_many = truths.incidents.iter();
    let of_many = of_many.map(|one| one.truth.personal_data);
    let affected = of_one.chain(of_many).flatten().any(|data| data.value);
    (affected && !told && !takes(scene.plan?, looks)).then(|| {
        never(
            "personal data, of which nobody is told",
            "let an inject reveal `PersonalData`, or a task `Investigate`",
        )
    })
}

/// A phase that no task of the plan can reach, and for which it has no rule of its own.
fn not_reached(plan: &Plan, phase: Phase) -> Option<Never> {
    use Measure as M;
    let contains = || {
        let containing = M::ALL.iter().copied().filter(|measure| measure.contains());
        containing.chain([M::Activate, M::Declare]).collect()
    };
    let measures: Vec<Measure> = match phase {
        Phase::Identification | Phase::Closure => return None,
        Phase::Assessment => vec![M::Triage, M::Investigate, M::Declare],
        Phase::Response => contains(),
        Phase::Resolution => vec![
            M::Evict,
            M::Revoke,
            M::Patch,
            M::Harden,
            M::FindCause,
            M::RotateCredentials,
        ],
        Phase::Recovery => vec![M::Restore, M::Correct, M::Rebuild, M::Failover],
    };
    let own = plan
        .lifecycle
        .iter()
        .filter(|stage| stage.entry.is_some())
        .any(|stage| stage.phase.iter().any(|of| of.value == phase));
    (!own && !takes(plan, &measures)).then(|| {
        let usual = measures[0].name();
        never(
            format!("`{phase}`, which no task reaches"),
            format!("add a task that reaches it, such as one that does `{usual}`"),
        )
    })
}

/// Whether some task tells a stakeholder, or an obligation without a task implies one.
fn is_told(plan: &Plan, kind: StakeholderKind) -> bool {
    let by_task = walk::acts_of_plan(plan)
        .filter_map(|act| act.stakeholder)
        .any(|told| told.value == kind);
    let implied = plan.communication.iter();
    let mut implied = implied.filter(|duty| duty.task.is_none());
    by_task || implied.any(|duty| regimes::recipient(duty) == Some(kind))
}

fn marked(plan: &Plan, mark: Mark) -> Option<Never> {
    let (measures, usual) = match mark {
        Mark::Declared => (vec![Measure::Declare], "Declare"),
        Mark::Reported => (
            vec![Measure::Report, Measure::Log, Measure::Triage],
            "Report",
        ),
        Mark::Onset | Mark::Observable | Mark::Seen => return None,
    };
    (!takes(plan, &measures)).then(|| {
        never(
            format!("the mark `{}`, which no task sets", mark.name()),
            format!("add a task that does `{usual}`"),
        )
    })
}
