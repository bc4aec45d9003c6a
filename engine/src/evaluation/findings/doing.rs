//! Findings about what was done, and what was not.

use super::roots::{self, Root};
use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::coverage::{Item, portion};
use crate::evaluation::facts::{Taken, Work};
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::evaluation::model::{CoverageStatus, ItemKind, JudgedItem, JudgedKind, Overtaken};
use crate::evaluation::timing::since;
use crate::exercise::{
    AssetState, CauseCode, IncidentId, Measure, Object, Phase, RoleId, Selector, TaskId,
};
use crate::record::{Entry, Event, Outcome};
use std::collections::BTreeMap;

fn items<'a>(
    case: &'a Case<'_>,
    status: CoverageStatus,
) -> impl Iterator<Item = (IncidentId, &'a Item)> {
    let by_incident = case.items.iter().enumerate();
    by_incident
        .flat_map(|(i, items)| items.iter().map(move |item| (IncidentId::new(i), item)))
        .filter(move |(incident, item)| item.status == status && is_scored(case, *incident, item))
        .filter(move |(incident, item)| !is_said_as_expectation(case, *incident, item))
}

/// Whether the phase of an item is one that is judged at all.
fn is_scored(case: &Case<'_>, incident: IncidentId, item: &Item) -> bool {
    let phase = &case.incidents[incident.index()].phases[item.phase.index()];
    phase.not_scored.is_none()
}

/// Whether a task is one by which an expectation that stands alike is answered: then that one speaks.
fn is_said_as_expectation(case: &Case<'_>, incident: IncidentId, item: &Item) -> bool {
    let ItemKind::Task(task) = item.kind else {
        return false;
    };
    let mut alike = case.items[incident.index()]
        .iter()
        .filter(|other| other.status == item.status);
    alike.any(|other| match other.kind {
        ItemKind::Expectation(id) => case.facts.criteria.expected(id).tasks.contains(&task),
        _ => false,
    })
}

const fn subject_of(item: &Item) -> Option<FindingSubject> {
    match item.kind {
        ItemKind::Task(task) => Some(FindingSubject::Task(task)),
        ItemKind::Expectation(expectation) => Some(FindingSubject::Expectation(expectation)),
        ItemKind::Missing(_) => None,
    }
}

/// What an item costs in the exercise score.
fn cost(case: &Case<'_>, incident: IncidentId, item: &Item) -> u64 {
    let portion = portion(&case.items[incident.index()], item);
    let lost = portion.less(portion.times(item.done));
    case.worth(incident, item.phase, 1, u64::from(lost.rounded().0), 10_000)
}

/// What: something that was required, by the plan or an expectation, was not done.
/// Why: it is what coverage lost, item by item.
pub(super) fn missed(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let drafts = items(case, CoverageStatus::Missed).filter_map(|(incident, item)| {
        let why = why_overtaken(case, item).or_else(|| why_not_as_asked(case, item));
        let (reason, helps) = why.unwrap_or_else(|| why_missed(case, incident, item));
        let draft = Draft::new(
            FindingKind::Missed,
            subject_of(item)?,
            cost(case, incident, item),
        );
        Some(
            draft
                .because(reason)
                .rooted(roots_of(case, incident, item))
                .seen([ended])
                .citing(overtaken(case, item).map(|of| of.done.entry).take(6))
                .citing(item.evidence.iter().copied())
                .try_these(helps),
        )
    });
    drafts.collect()
}

/// The role of which an inject's author expects an act.
fn expected_of(case: &Case<'_>, item: &Item) -> Option<RoleId> {
    let ItemKind::Expectation(id) = item.kind else {
        return None;
    };
    let exercise = case.facts.exercise;
    let of = exercise.scenario().expectations[id.index()].of;
    exercise.roles(of).first().copied()
}

/// What overtook an expectation, on each asset where something did.
fn overtaken<'a>(case: &'a Case<'_>, item: &Item) -> impl Iterator<Item = Overtaken> + 'a {
    let verdict = match item.kind {
        ItemKind::Expectation(id) => case.facts.expected.get(id.index()),
        _ => None,
    };
    let items = verdict.into_iter().flat_map(|of| &of.items);
    items.filter_map(|item| item.overtaken)
}

/// The roots of what was not done, or done late.
fn roots_of(case: &Case<'_>, incident: IncidentId, item: &Item) -> Vec<Root> {
    let overtaking = overtaking(case, item);
    if !overtaking.is_empty() {
        return overtaking;
    }
    let asked = match item.kind {
        ItemKind::Expectation(id) => {
            let verdict = case.facts.expected.get(id.index());
            verdict.and_then(|of| of.asked).map(|asked| asked.at)
        }
        _ => None,
    };
    let from = asked.or_else(|| since(case.facts, incident).map(|entry| entry.at));
    let task = last_worked(case, incident, item);
    let root = task.zip(from);
    let root = root.and_then(|(task, from)| roots::of_task(case, incident, task, from));
    root.into_iter().collect()
}

/// The work that overtook an expectation: the same that destroyed the evidence, where it was to be secured.
fn overtaking(case: &Case<'_>, item: &Item) -> Vec<Root> {
    let cited: Vec<u32> = overtaken(case, item).map(|of| of.done.entry).collect();
    roots::of_work(case, FindingKind::EvidenceDestroyed, &cited)
}

/// Why something was not done that another measure overtook: the plan leaves the order open.
fn why_overtaken(case: &Case<'_>, item: &Item) -> Option<(CauseCode, Vec<Correction>)> {
    let ItemKind::Expectation(id) = item.kind else {
        return None;
    };
    let overtaken = overtaken(case, item).next()?;
    let expectation = &case.facts.exercise.scenario().expectations[id.index()];
    let first = expectation.asks.done()?.measure;
    let before = overtaken.measure;
    let order = Correction::SetOrder { first, before };
    Some((CauseCode::UnclearProcedure, vec![order]))
}

/// Why something was done that must not be, or was not seen: nobody had practised it.
fn why_not_as_asked(case: &Case<'_>, item: &Item) -> Option<(CauseCode, Vec<Correction>)> {
    let ItemKind::Expectation(id) = item.kind else {
        return None;
    };
    let expectation = &case.facts.exercise.scenario().expectations[id.index()];
    if expectation.asks.done().is_some() {
        return None;
    }
    let train = expected_of(case, item).map(|role| Correction::Train(role, item.phase));
    let helps = std::iter::once(Correction::Practise(item.phase)).chain(train);
    Some((CauseCode::NotTrained, helps.collect()))
}

/// Why something was not done: nobody was asked, nobody was allowed, nobody was there, or there was
/// too much else.
fn why_missed(case: &Case<'_>, incident: IncidentId, item: &Item) -> (CauseCode, Vec<Correction>) {
    let Some(task) = last_worked(case, incident, item) else {
        return (CauseCode::NoProcedure, Vec::new());
    };
    let role = case.roles(task).first().copied();
    let staffing = || role.map_or_else(Vec::new, |role| case.staffing(role));
    let Some((_, work)) = case.facts.works.of_task(task, incident).last() else {
        // Whoever was expected to act did not see that this was to be done.
        let train = expected_of(case, item).map(|role| Correction::Train(role, item.phase));
        let helps = [
            Correction::ClarifyTask(task),
            Correction::Practise(item.phase),
        ];
        return (
            CauseCode::NotTrained,
            helps.into_iter().chain(train).collect(),
        );
    };
    if work.ended(Outcome::Failed).is_some() {
        let train = role.map(|role| Correction::Train(role, item.phase));
        return (CauseCode::NotTrained, train.into_iter().collect());
    }
    let unanswered = work.asked().is_some() && work.approved().is_none();
    if unanswered || waited_for_approval(work) {
        let measure = case.measures(task).next();
        let may = role
            .zip(measure)
            .map(|(role, m)| Correction::LetTake(role, m));
        return (CauseCode::NoAuthority, may.into_iter().collect());
    }
    match role {
        None => (CauseCode::NoProcedure, vec![Correction::ClarifyTask(task)]),
        Some(role) if case.lacks_deputy(role) => (CauseCode::NoDeputy, staffing()),
        Some(_) => (CauseCode::Overloaded, staffing()),
    }
}

/// Of several tasks that do something, the one that was worked on last: it says why.
fn last_worked(case: &Case<'_>, incident: IncidentId, item: &Item) -> Option<TaskId> {
    let tasks = match item.kind {
        ItemKind::Task(task) => vec![task],
        ItemKind::Expectation(id) => crate::evaluation::coverage::tasks_of(case.facts.exercise, id),
        ItemKind::Missing(_) => Vec::new(),
    };
    let worked = |task: &TaskId| {
        let works = case.facts.works.of_task(*task, incident).last();
        works.and_then(|(_, work)| case.facts.works.backwards(work).next())
    };
    tasks
        .into_iter()
        .max_by_key(|task| worked(task).map(|entry| entry.number))
}

/// Whether a piece of work waited longer for its approval than, once it had it, for somebody to begin.
fn waited_for_approval(work: &Work<'_>) -> bool {
    let (Some(asked), Some(approved)) = (work.asked(), work.approved()) else {
        return false;
    };
    let begun = work.started().map_or(approved.at, |started| started.at);
    approved.at - asked.at > begun - approved.at
}

/// What: an expectation was met after its time.
/// Why: it was done, and somebody had to wait for it.
pub(super) fn met_late(case: &Case<'_>) -> Vec<Draft> {
    let late = items(case, CoverageStatus::Late).filter_map(|(incident, item)| {
        let ItemKind::Expectation(id) = item.kind else {
            return None;
        };
        let (reason, helps) = why_missed(case, incident, item);
        let worth = cost(case, incident, item).max(100);
        let subject = FindingSubject::Expectation(id);
        let draft = Draft::new(FindingKind::MetLate, subject, worth);
        Some(
            draft
                .because(reason)
                .rooted(roots_of(case, incident, item))
                .citing(item.evidence.iter().copied())
                .try_these(helps),
        )
    });
    late.collect()
}

/// What: something was done on a part of what it was due on.
/// Why: what was left out stays open to the attacker, or out of service.
pub(super) fn partly_done(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let partly = items(case, CoverageStatus::Partly).filter_map(|(incident, item)| {
        let subject = subject_of(item)?;
        let draft = Draft::new(FindingKind::PartlyDone, subject, cost(case, incident, item));
        let hidden = case.facts.hits.iter().find(|hit| {
            let known = case.facts.first_learned(|fact| matches!(fact, crate::exercise::Knowable::Asset(_, on, _) if on == hit.asset),
            );
            hit.incident == incident && hit.affects() && known.is_none()
        });
        let order = why_overtaken(case, item);
        let unseen = hidden.filter(|_| order.is_none());
        let (reason, help) = match (hidden, item.kind) {
            _ if order.is_some() => (CauseCode::UnclearProcedure, None),
            (Some(hit), _) => (CauseCode::NotVisible, Some(Correction::AddSight(hit.step))),
            (None, ItemKind::Task(task)) => (
                CauseCode::UnclearProcedure,
                Some(Correction::ClarifyTask(task)),
            ),
            (None, _) => (CauseCode::UnclearProcedure, None),
        };
        Some(
            draft
                .because(reason)
                .rooted(overtaking(case, item))
                .rooted(unseen.map(|hit| Root::Hidden(hit.step)))
                .seen([ended])
                .citing(overtaken(case, item).map(|of| of.done.entry).take(6))
                .citing(item.evidence.iter().copied())
                .try_these(order.into_iter().flat_map(|(_, helps)| helps))
                .try_these(help),
        )
    });
    partly.collect()
}

/// What: work was claimed done and had no effect.
/// Why: an error that nobody notices is worse than one that is.
pub(super) fn flawed(case: &Case<'_>) -> Vec<Draft> {
    let mut by_task: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for (instance, work) in case.facts.works.iter() {
        let flawed = work.ended(Outcome::Flawed);
        if let Some(entry) = flawed {
            let key = (instance.incident, instance.task);
            by_task.entry(key).or_default().push(entry);
        }
    }
    by_task
        .into_iter()
        .map(|((incident, task), entries)| {
            let phase = case.facts.exercise.task(task).phase;
            let role = case.roles(task).first().copied();
            let worth = case.worth(incident, phase, 1, 1, 5);
            let train = role.map(|role| Correction::Train(role, phase));
            Draft::new(FindingKind::FlawedWork, FindingSubject::Task(task), worth)
                .seen(entries)
                .try_these(train)
                .try_these([Correction::ClarifyTask(task)])
        })
        .collect()
}

/// What: a measure for affected assets was taken on a healthy one, and took it out of service.
/// Why: the outage is the team's own.
pub(super) fn healthy_asset_hit(case: &Case<'_>) -> Vec<Draft> {
    let mut by_asset: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for taken in case.facts.taken.iter() {
        let Some(asset) = taken.asset else { continue };
        let healthy = !case
            .facts
            .hits
            .iter()
            .any(|hit| hit.asset == asset && hit.entry.number < taken.entry.number);
        // What was not hit later either is said as harm of one's own.
        let own = case.proportion.iter().flat_map(|of| &of.harms);
        let said = own
            .into_iter()
            .any(|harm| harm.by == asset && harm.cost.0 > 0);
        let meant_for_affected = !said && taken.measure.contains() && is_for_affected(case, taken);
        if let Some(outage) = outage_by(case, taken).filter(|_| healthy && meant_for_affected) {
            let cited = by_asset.entry(asset).or_default();
            cited.extend([taken.entry.number, outage.number]);
        }
    }
    by_asset
        .into_iter()
        .map(|(asset, cited)| {
            Draft::new(
                FindingKind::HealthyAssetHit,
                FindingSubject::Asset(asset),
                2_000,
            )
            .rooted(roots::of_work(case, FindingKind::HealthyAssetHit, &cited))
            .citing(cited)
            .try_these([Correction::Practise(Phase::Assessment)])
        })
        .collect()
}

fn is_for_affected(case: &Case<'_>, taken: &Taken<'_>) -> bool {
    let acts = &case.facts.exercise.task(taken.instance.task).does;
    acts.iter().any(|act| {
        let affected = matches!(
            &act.on,
            Object::Assets(Selector::Affected | Selector::InState(_))
        );
        act.measure == taken.measure && affected
    })
}

/// The entry by which the target of a measure went out of service because of it.
fn outage_by<'a>(case: &Case<'a>, taken: &Taken<'_>) -> Option<&'a Entry> {
    let mut down =
        case.facts.states.iter().filter(|span| {
            Some(span.asset) == taken.asset && span.state == AssetState::OutOfService
        });
    let span = down.find(|span| {
        span.from.at == taken.entry.at
            && case.facts.causes(span.from).take(3).any(|entry| {
                entry.number == taken.entry.number || Some(entry.number) == taken.entry.cause
            })
    })?;
    Some(span.from)
}

fn judged<'a>(
    case: &'a Case<'_>,
    wanted: impl Fn(JudgedKind) -> bool + 'a,
) -> impl Iterator<Item = (IncidentId, Phase, &'a JudgedItem)> {
    case.incidents.iter().flat_map(move |of| {
        let phases = of.phases.iter();
        let items =
            phases.flat_map(|phase| phase.judged_items.iter().map(|item| (phase.phase, item)));
        let wanted: Vec<_> = items.filter(|(_, item)| wanted(item.kind)).collect();
        wanted
            .into_iter()
            .map(|(phase, item)| (of.incident, phase, item))
    })
}

/// What: a measure destroyed evidence that had not been secured.
/// Why: what is gone cannot be read by anybody.
pub(super) fn evidence_destroyed(case: &Case<'_>) -> Vec<Draft> {
    let mut by_asset: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (_, _, item) in judged(case, |kind| matches!(kind, JudgedKind::PreserveFirst(_))) {
        if let JudgedKind::PreserveFirst(asset) = item.kind
            && !item.sound
        {
            by_asset.entry(asset).or_default().extend(&item.evidence);
        }
    }
    for entry in case.facts.entries {
        let Event::EvidenceLost { asset, item } = entry.event else {
            continue;
        };
        let secured = case.facts.preserved.iter().any(|(secured, on, what)| {
            *on == asset && *what == item && secured.number < entry.number
        });
        let by_measure = case.facts.causes(entry).take(4).find(|cause| {
            matches!(
                cause.event,
                Event::MeasureTaken { .. } | Event::TaskEnded { .. }
            )
        });
        if let Some(measure) = by_measure.filter(|_| !secured) {
            let cited = by_asset.entry(asset).or_default();
            cited.extend([entry.number, measure.number]);
        }
    }
    by_asset
        .into_iter()
        .map(|(asset, cited)| {
            let kind = FindingKind::EvidenceDestroyed;
            Draft::new(kind, FindingSubject::Asset(asset), 3_000)
                .rooted(roots::of_work(case, kind, &cited))
                .citing(cited)
                .try_these([Correction::SetOrder {
                    first: Measure::Preserve,
                    before: Measure::Restore,
                }])
        })
        .collect()
}

/// What: evidence was secured before every measure that destroys it.
/// Why: what works is to be kept.
pub(super) fn evidence_secured(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let is_order = |kind| matches!(kind, JudgedKind::PreserveFirst(_));
    let all: Vec<_> = judged(case, is_order).collect();
    if all.is_empty() || all.iter().any(|(_, _, item)| !item.sound) {
        return Vec::new();
    }
    if !evidence_destroyed(case).is_empty() {
        return Vec::new();
    }
    let cited = all
        .iter()
        .flat_map(|(_, _, item)| item.evidence.iter().copied());
    let draft = Draft::new(FindingKind::EvidenceSecured, FindingSubject::Run, 2_500)
        .seen([ended])
        .citing(cited);
    vec![draft]
}

/// What: an asset was restored before the attacker was out, or taken over again after it.
/// Why: it has to be done again, and the attacker knows.
pub(super) fn restored_too_early(case: &Case<'_>) -> Vec<Draft> {
    let mut by_asset: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (_, _, item) in judged(case, |kind| matches!(kind, JudgedKind::EvictFirst(_))) {
        if let JudgedKind::EvictFirst(asset) = item.kind
            && !item.sound
        {
            by_asset.entry(asset).or_default().extend(&item.evidence);
        }
    }
    let restored = case.facts.taken.iter();
    let restored = restored.filter(|taken| taken.measure.row().renews && taken.effect);
    for taken in restored {
        let again = case.facts.states.iter().find(|span| {
            Some(span.asset) == taken.asset
                && span.state == AssetState::Compromised
                && span.from.number > taken.entry.number
        });
        if let Some((asset, span)) = taken.asset.zip(again) {
            let cited = by_asset.entry(asset).or_default();
            cited.extend([taken.entry.number, span.from.number]);
        }
    }
    by_asset
        .into_iter()
        .map(|(asset, cited)| {
            let kind = FindingKind::RestoredTooEarly;
            Draft::new(kind, FindingSubject::Asset(asset), 3_500)
                .rooted(roots::of_work(case, kind, &cited))
                .citing(cited)
                .try_these([Correction::SetOrder {
                    first: Measure::Evict,
                    before: Measure::Restore,
                }])
        })
        .collect()
}
