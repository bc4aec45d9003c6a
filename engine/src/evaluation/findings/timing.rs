//! Findings about the time to a phase.

use super::roots::{self, Root};
use super::{Case, Draft, STRENGTH};
use crate::evaluation::Correction;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::evaluation::model::{Category, IncidentEvaluation, PhaseEvaluation, Timing, TracePart};
use crate::evaluation::timing::{scored_end, since};
use crate::evaluation::trace::trace;
use crate::exercise::{BasisPoints, CauseCode, Phase, RoleId, TaskId};
use crate::record::Event;
use std::collections::BTreeMap;

/// The least share of the time that is worth a finding, in basis points.
pub(super) const MUCH: u16 = 3_000;
/// A phase whose time was work weighs so many times less than one whose time was lost to waiting.
/// Illustrative.
const WORK: u64 = 10;

/// What: a phase was reached or completed late, and one category made up much of its time.
/// Why: it says where the time went, and whose it was. A re-run says what would be saved.
pub(super) fn time_lost(case: &Case<'_>) -> Vec<Draft> {
    let complete =
        phases(case).filter(|(_, phase)| phase.not_scored.is_none() && phase.completed.is_some());
    complete
        .filter_map(|(incident, phase)| lost(case, incident, phase))
        .collect()
}

fn phases<'a>(
    case: &'a Case<'_>,
) -> impl Iterator<Item = (&'a IncidentEvaluation, &'a PhaseEvaluation)> {
    let incidents = case.incidents.iter();
    incidents.flat_map(|incident| incident.phases.iter().map(move |phase| (incident, phase)))
}

/// Whether a mark came within its target; none where it has no target or did not come.
fn within(timing: Timing) -> Option<bool> {
    let (taken, target) = timing.taken.zip(timing.target)?;
    Some(taken <= target)
}

/// The entry of the mark that was late, with what the time to it was made of.
fn late(
    case: &Case<'_>,
    of: &IncidentEvaluation,
    phase: &PhaseEvaluation,
) -> Option<(u32, Vec<TracePart>)> {
    let [reached, completed] = phase.timing.map(within);
    if completed == Some(false) {
        let made_of = phase.made_of.iter().copied();
        // The watch over what was restored is not scored, so no time was lost in it.
        let scored = made_of.filter(|part| part.category != Category::Watching);
        return Some((phase.completed?.entry, scored.collect()));
    }
    if reached != Some(false) {
        return None;
    }
    let entry = case.facts.entry(phase.reached?.entry)?;
    let (_, origin) = phase.origin?;
    let made_of = trace(case.facts, of.incident, origin.at, entry);
    Some((entry.number, made_of))
}

fn lost(case: &Case<'_>, of: &IncidentEvaluation, phase: &PhaseEvaluation) -> Option<Draft> {
    let (mark, made_of) = late(case, of, phase)?;
    let mut by_category: BTreeMap<Category, i64> = BTreeMap::new();
    for part in &made_of {
        *by_category.entry(part.category).or_default() += (part.until - part.from).0;
    }
    let (category, share) = largest(&by_category)?;
    let mut parts: Vec<&TracePart> = made_of
        .iter()
        .filter(|part| part.category == category)
        .collect();
    parts.sort_by_key(|part| (part.from - part.until, part.entry));
    let kind = FindingKind::TimeLost {
        phase: phase.phase,
        category,
        share,
    };
    let loss = 10_000 - u64::from(phase.timeliness.unwrap_or_default().0);
    let worth = case.worth(of.incident, phase.phase, 0, loss, 10_000);
    let weight = if category == Category::Working {
        worth / WORK
    } else {
        worth
    };
    let (subject, reason, helps) = whose(case, of, phase.phase, category, &parts);
    let draft = Draft::new(kind, subject, weight)
        .because(reason)
        .rooted(roots::of_parts(&parts))
        .citing([mark])
        .citing(phase.completed.map(|timed| timed.entry))
        .citing(origins(case, of, phase))
        .citing(parts.iter().map(|part| part.entry))
        .try_these(helps);
    Some(draft)
}

/// The category that made up most of the time, if it was much of it. Time is for work: where work
/// was the most, the largest of the others speaks, if that was much as well.
fn largest(by_category: &BTreeMap<Category, i64>) -> Option<(Category, BasisPoints)> {
    let total: i64 = by_category.values().sum();
    let mut all: Vec<(Category, BasisPoints)> = by_category
        .iter()
        .filter_map(|(category, time)| {
            let share = i128::from(*time) * 10_000 / i128::from(total.max(1));
            Some((*category, BasisPoints(u16::try_from(share).ok()?)))
        })
        .filter(|(_, share)| share.0 >= MUCH)
        .collect();
    all.sort_by_key(|(category, share)| {
        (*category == Category::Working, std::cmp::Reverse(*share))
    });
    all.first().copied()
}

/// The entries from which the time is counted: the shown origin and the mark behind the scored one.
fn origins(case: &Case<'_>, of: &IncidentEvaluation, phase: &PhaseEvaluation) -> Vec<u32> {
    let shown = phase.origin.map(|(_, timed)| timed.entry);
    let recovered = of.phases[Phase::Recovery.index()].completed;
    let scored = match phase.phase {
        Phase::Closure => recovered.map(|timed| timed.entry),
        _ => since(case.facts, of.incident).map(|entry| entry.number),
    };
    shown.into_iter().chain(scored).collect()
}

/// Whose time it was for the most part, why, and what would help.
fn whose(
    case: &Case<'_>,
    of: &IncidentEvaluation,
    phase: Phase,
    category: Category,
    parts: &[&TracePart],
) -> (FindingSubject, CauseCode, Vec<Correction>) {
    let mut by_role: BTreeMap<(RoleId, Option<TaskId>), i64> = BTreeMap::new();
    for part in parts {
        if let Some(role) = part.role {
            let task = part.instance.map(|instance| instance.task);
            *by_role.entry((role, task)).or_default() += (part.until - part.from).0;
        }
    }
    let most = by_role
        .into_iter()
        .max_by_key(|(whose, time)| (*time, *whose));
    let whose = most.map(|(whose, _)| whose);
    let subject = whose.map_or(FindingSubject::Phase(of.incident, phase), |(role, task)| {
        FindingSubject::Role(role, task)
    });
    let (reason, helps) = why(case, phase, category, whose);
    (subject, reason, helps)
}

fn why(
    case: &Case<'_>,
    phase: Phase,
    category: Category,
    whose: Option<(RoleId, Option<TaskId>)>,
) -> (CauseCode, Vec<Correction>) {
    let role = whose.map(|(role, _)| role);
    let task = whose.and_then(|(_, task)| task);
    let staffing = || role.map_or_else(Vec::new, |role| case.staffing(role));
    let on_task = |make: fn(TaskId) -> Correction| task.map(make).into_iter().collect::<Vec<_>>();
    let train = || {
        let trained = role.map(|role| Correction::Train(role, phase));
        trained
            .into_iter()
            .chain([Correction::Practise(phase)])
            .collect()
    };
    match category {
        Category::WaitingForDetection => (CauseCode::NotVisible, sights(case)),
        Category::DeliveryAndNotice => {
            let channel = role.map(Correction::AddChannel);
            (
                CauseCode::Unreachable,
                staffing().into_iter().take(2).chain(channel).collect(),
            )
        }
        Category::Reading | Category::HandingOver | Category::FalseAlarms => {
            (CauseCode::Overloaded, staffing())
        }
        Category::Asleep => (
            CauseCode::Asleep,
            role.map(Correction::SecondShift).into_iter().collect(),
        ),
        Category::WaitingForPerson => match role {
            Some(role) if case.lacks_deputy(role) => (CauseCode::NoDeputy, staffing()),
            _ => (CauseCode::Overloaded, staffing()),
        },
        Category::WaitingForApproval => (CauseCode::NoAuthority, approval(case, role, task)),
        Category::WaitingForInject => (CauseCode::ExerciseArtefact, Vec::new()),
        Category::DelayOfPlan => (
            CauseCode::UnclearProcedure,
            on_task(Correction::ShortenDelay),
        ),
        Category::Working => (CauseCode::NotPractised, train()),
        Category::Redoing => (CauseCode::NotTrained, train()),
        Category::Watching | Category::HoursOfOthers => (
            CauseCode::UnclearProcedure,
            on_task(Correction::ClarifyTask),
        ),
        Category::NothingCouldHappen => (CauseCode::NoProcedure, on_task(Correction::FreeTask)),
    }
}

/// Steps that took effect and that no source saw are what a source should see.
fn sights(case: &Case<'_>) -> Vec<Correction> {
    let mut steps: Vec<_> = case.facts.hits.iter().map(|hit| hit.step).collect();
    steps.sort_unstable();
    steps.dedup();
    steps.truncate(3);
    steps.into_iter().map(Correction::AddSight).collect()
}

/// A deputy for who approves, or the authority for who waits.
fn approval(case: &Case<'_>, role: Option<RoleId>, task: Option<TaskId>) -> Vec<Correction> {
    let deputy = role
        .filter(|role| case.lacks_deputy(*role))
        .map(Correction::NameDeputy);
    let authority = task.and_then(|task| {
        let doer = *case.roles(task).first()?;
        let measure = case.measures(task).next()?;
        Some(Correction::LetTake(doer, measure))
    });
    let on_call = role.map(Correction::PutOnCall);
    deputy.into_iter().chain(authority).chain(on_call).collect()
}

/// What: a phase was not complete at ENDEX although its time was up.
/// Why: not reached weighs more than late, and what it waited for at the end says where to look.
pub(super) fn not_completed(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let open = phases(case).filter(|(_, phase)| {
        let [_, completed] = phase.timing;
        phase.not_scored.is_none() && phase.completed.is_none() && completed.score.is_some()
    });
    open.map(|(of, phase)| {
        let last = phase.made_of.last();
        let category = last.map_or(Category::NothingCouldHappen, |part| part.category);
        let kind = FindingKind::NotCompleted {
            phase: phase.phase,
            category,
        };
        let role = last.and_then(|part| part.role);
        let task = last.and_then(|part| Some(part.instance?.task));
        let (reason, helps) = why(case, phase.phase, category, role.map(|role| (role, task)));
        let worth = case.worth(of.incident, phase.phase, 0, 1, 1);
        let before = phase.made_of.iter().rev().skip(1).map(|part| part.entry);
        Draft::new(kind, FindingSubject::Phase(of.incident, phase.phase), worth)
            .because(reason)
            .rooted([roots::of_open_phase(of.incident, last)])
            .seen([ended])
            .citing(phase.reached.map(|timed| timed.entry))
            .citing(before.take(3))
            .try_these(helps)
    })
    .collect()
}

/// What: a phase that was complete had to be gone through again.
/// Why: the attack was not where the team thought it was.
pub(super) fn reopened(case: &Case<'_>) -> Vec<Draft> {
    let courses = case.facts.courses.iter();
    let drafts = courses.flat_map(|course| {
        Phase::ALL.iter().filter_map(|phase| {
            let again: Vec<_> = course
                .reopened
                .iter()
                .filter(|(_, of)| of == phase)
                .collect();
            let worth = case.worth(course.incident, *phase, 0, 1, 2);
            let subject = FindingSubject::Phase(course.incident, *phase);
            (!again.is_empty()).then(|| {
                let back = again
                    .iter()
                    .map(|(entry, _)| entry.cause.unwrap_or(entry.number));
                Draft::new(FindingKind::Reopened(*phase), subject, worth)
                    .rooted(back.map(Root::Back))
                    .seen(again.iter().map(|(entry, _)| *entry))
                    .try_these([Correction::CheckBeforeDeclaring(*phase)])
            })
        })
    });
    drafts.collect()
}

/// What: the team said that a phase was complete while in truth it was not.
/// Why: what follows then rests on a wrong picture.
pub(super) fn declared_too_early(case: &Case<'_>) -> Vec<Draft> {
    let early = phases(case).filter(|(of, phase)| {
        let course = case.facts.course(of.incident);
        let true_at = scored_end(case.facts, course, phase.phase).map(|entry| entry.at);
        let declared = phase.declared_complete.map(|timed| timed.at);
        declared.is_some_and(|said| true_at.is_none_or(|at| said < at))
    });
    early
        .map(|(of, phase)| {
            let said = case.facts.entries.iter().filter(|entry| {
                let this = (of.incident, phase.phase);
                matches!(entry.event, Event::PhaseDeclaredComplete { incident, phase }
                    if this == (incident, phase))
            });
            let subject = FindingSubject::Phase(of.incident, phase.phase);
            let worth = case.worth(of.incident, phase.phase, 2, 1, 2);
            let end = phase.completed.map(|timed| timed.entry);
            Draft::new(FindingKind::DeclaredTooEarly, subject, worth)
                .seen(said.take(11))
                .citing(end.or(case.facts.ended.map(|entry| entry.number)))
                .try_these([Correction::CheckBeforeDeclaring(phase.phase)])
        })
        .collect()
}

/// What: a phase was completed within its target.
/// Why: what works is to be kept.
pub(super) fn in_time(case: &Case<'_>) -> Vec<Draft> {
    let in_time = phases(case).filter(|(_, phase)| {
        let [reached, completed] = phase.timing.map(within);
        phase.not_scored.is_none() && reached != Some(false) && completed == Some(true)
    });
    in_time
        .map(|(of, phase)| {
            let subject = FindingSubject::Phase(of.incident, phase.phase);
            let worth = case.worth(of.incident, phase.phase, 0, 1, STRENGTH);
            Draft::new(FindingKind::PhaseInTime(phase.phase), subject, worth)
                .citing(phase.completed.map(|timed| timed.entry))
                .citing(origins(case, of, phase))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speaks(parts: &[(Category, i64)]) -> Option<(Category, BasisPoints)> {
        largest(&parts.iter().copied().collect())
    }

    #[test]
    fn waiting_speaks_before_work_where_both_took_much_of_the_time() {
        let (work, wait) = (Category::Working, Category::WaitingForApproval);
        let share = |of| BasisPoints(of);
        assert_eq!(
            speaks(&[(work, 65), (wait, 35)]),
            Some((wait, share(3_500)))
        );
        assert_eq!(
            speaks(&[(work, 75), (wait, 25)]),
            Some((work, share(7_500)))
        );
        assert_eq!(
            speaks(&[(Category::Reading, 40), (wait, 60)]),
            Some((wait, share(6_000)))
        );
        assert_eq!(
            speaks(&[
                (work, 29),
                (wait, 29),
                (Category::Reading, 29),
                (Category::Redoing, 13)
            ]),
            None
        );
    }

    #[test]
    fn from_which_share_on_time_is_a_finding_is_documented() {
        use crate::documented::{holds, row};
        holds(
            "time lost",
            &[
                row("from so much of the time on", format!("{} %", MUCH / 100)),
                row("work weighs so many times less than waiting", WORK),
            ],
        );
    }
}
