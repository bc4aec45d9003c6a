//! How long each phase took, from which origin, against which target.

use super::facts::{Course, Facts};
use super::model::{ClockStart, Containment, NotScored, Timed, Timing};
use super::share::Fine;
use crate::exercise::{
    Exercise, ExerciseTime, IncidentId, Knowable, Limit, Mark, Measure, Phase, Severity, Span,
    Target, Yardstick,
};
use crate::knowledge::affects;
use crate::record::Entry;
use crate::simulation::due;

/// The times of one phase of one incident.
#[derive(Debug)]
pub(super) struct Times {
    /// The origin that is shown.
    pub(super) origin: Option<(ClockStart, Timed)>,
    /// From when time is scored.
    pub(super) scored_from: Option<ExerciseTime>,
    /// Reached and completed.
    pub(super) timing: [Timing; 2],
    /// The act by which the clock was moved on within its time.
    pub(super) clock_moved: Option<Timed>,
    /// The time score.
    pub(super) timeliness: Option<Fine>,
    /// Whether the plan's own target was kept, where it has one and its time was up.
    pub(super) own_kept: Option<bool>,
    /// Why the phase is left out.
    pub(super) not_scored: Option<NotScored>,
}

/// From when the time to a phase counts, and from when the time that was available for it does.
#[derive(Debug, Clone, Copy)]
struct ScoredFrom {
    origin: ExerciseTime,
    /// Never later than the origin's own target time, so that slowness before leaves nothing out.
    available: ExerciseTime,
}

impl Timed {
    pub(super) const fn of(entry: &Entry) -> Self {
        Self {
            at: entry.at,
            entry: entry.number,
        }
    }
}

/// Times one phase of an incident against the targets of a severity.
pub(super) fn times(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
    scored: Severity,
    declared: Option<Severity>,
) -> Times {
    let course = facts.course(incident);
    let yardstick = facts.yardstick;
    let from = scored_from(facts, course, phase, scored);
    let target = yardstick.target(phase, scored);
    let unmoved = from;
    let from = from.map(|from| from_mark(course, target, from));
    let marks = [course.reached(phase), scored_end(facts, course, phase)];
    let declared = declared.and_then(|severity| yardstick.target(phase, severity));
    let clock_moved = from.and_then(|from| clock_moved(facts, from.origin, marks[1]));
    let timing = [0, 1].map(|mark| {
        // Time that the facilitator took out of it is held against no target.
        let timed = |_: &&Target| clock_moved.is_none();
        let limit = |target: Option<&Target>| target.filter(timed).and_then(|t| limits(t)[mark]);
        time(facts, from, marks[mark], limit(target), limit(declared))
    });
    let mut times = Times {
        origin: shown_origin(facts, course, phase),
        scored_from: from.map(|from| from.origin),
        timing,
        clock_moved,
        timeliness: timeliness(yardstick, timing),
        own_kept: own_kept(facts, phase, scored, (course, unmoved, marks)),
        not_scored: None,
    };
    times.not_scored = not_scored(facts, course, phase, &times);
    times
}

/// The entry by which a phase counts as complete. The watch is part of Recovery's criterion, not of
/// its scored time: what came before it is the cause of its completion.
pub(super) fn scored_end<'a>(
    facts: &Facts<'a>,
    course: &Course<'a>,
    phase: Phase,
) -> Option<&'a Entry> {
    let completed = course.completed(phase)?;
    match phase {
        Phase::Recovery => facts.cause(completed).or(Some(completed)),
        _ => Some(completed),
    }
}

/// Whether an incident was contained, and when.
pub(super) fn containment(facts: &Facts<'_>, course: &Course<'_>) -> Containment {
    let [first, lasting, lost] = course.contained.map(|entry| entry.map(Timed::of));
    let (mut hits, mut taken) = (facts.hits.iter(), facts.taken.iter());
    Containment {
        first,
        lasting,
        lost,
        called_for: hits.any(|hit| hit.incident == course.incident),
        cut_off: taken.any(|taken| {
            taken.effect && taken.measure.contains() && taken.instance.incident == course.incident
        }),
    }
}

const fn limits(target: &Target) -> [Option<Limit>; 2] {
    [target.reached, target.completed]
}

/// The act by which the clock was moved on between the origin of a phase and its end, or ENDEX.
fn clock_moved(
    facts: &Facts<'_>,
    origin: ExerciseTime,
    completed: Option<&Entry>,
) -> Option<Timed> {
    let end = completed.map_or(facts.ended_at, |entry| entry.at);
    let mut moved = facts.moved.iter();
    let crossing = moved.find(|(act, to)| act.at < end && origin < *to);
    crossing.map(|(act, _)| Timed::of(act))
}

/// A target may count from a mark of its own, never one that the team sets.
fn from_mark(course: &Course<'_>, target: Option<&Target>, from: ScoredFrom) -> ScoredFrom {
    let own = target.and_then(|target| target.origin);
    let mark = own.and_then(|mark| {
        let at = course
            .mark(mark)
            .or(course.mark_or_earlier(mark).map(|(_, entry)| entry));
        at.map(|entry| entry.at.max(ExerciseTime::STARTEX))
    });
    mark.map_or(from, |origin| ScoredFrom {
        origin,
        available: origin,
    })
}

/// Since when an incident can be seen, whoever looks: the first effect of a step that is visible at all, or
/// its first message, whichever comes first.
pub(super) fn since<'a>(facts: &Facts<'a>, incident: IncidentId) -> Option<&'a Entry> {
    let visible = |step| facts.exercise.step(step).visibility > 0;
    let mut hits = facts.hits.iter();
    let first = hits.find(|hit| hit.incident == incident && visible(hit.step));
    let message = facts.course(incident).mark_or_earlier(Mark::Observable);
    let message = message.map(|(_, entry)| entry);
    let seen = first.map(|hit| hit.entry).into_iter().chain(message);
    seen.min_by_key(|entry| entry.number)
}

/// Where the clock of a phase starts for the score: nothing that the team does moves it, nor what it has
/// to see by.
fn scored_from(
    facts: &Facts<'_>,
    course: &Course<'_>,
    phase: Phase,
    severity: Severity,
) -> Option<ScoredFrom> {
    let visible = after_startex(since(facts, course.incident)?);
    let whole = |phase| {
        let target = facts.yardstick.target(phase, severity);
        target.and_then(|target| target.completed.or(target.reached))
    };
    let add = |at, phase| whole(phase).map_or(at, |limit| due(facts.exercise, None, at, limit));
    let identified = add(visible, Phase::Identification);
    let assessed = add(identified, Phase::Assessment);
    let at = |origin| ScoredFrom {
        origin,
        available: origin,
    };
    match phase {
        Phase::Identification => Some(at(visible)),
        Phase::Assessment => Some(at(identified)),
        Phase::Response | Phase::Resolution | Phase::Recovery => Some(at(assessed)),
        Phase::Closure => Some(closure_from(course, assessed, add)),
    }
}

/// Closure counts from when Recovery was due or complete, whichever is later, or what came before it where
/// there was nothing to recover; what was available for it counts from when that was due. So nothing is
/// gained for Closure by being late before it.
fn closure_from(
    course: &Course<'_>,
    assessed: ExerciseTime,
    add: impl Fn(ExerciseTime, Phase) -> ExerciseTime,
) -> ScoredFrom {
    let before = [Phase::Recovery, Phase::Resolution, Phase::Response];
    let applies = before
        .into_iter()
        .find(|phase| course.not_applicable(*phase).is_none());
    let planned = applies.map_or(assessed, |phase| add(assessed, phase));
    let ended = match applies {
        Some(phase) => course.completed(phase),
        None => course.rejected,
    };
    ScoredFrom {
        origin: ended.map_or(planned, |entry| entry.at.max(planned)),
        available: planned,
    }
}

fn after_startex(entry: &Entry) -> ExerciseTime {
    entry.at.max(ExerciseTime::STARTEX)
}

fn time(
    facts: &Facts<'_>,
    from: Option<ScoredFrom>,
    mark: Option<&Entry>,
    limit: Option<Limit>,
    declared: Option<Limit>,
) -> Timing {
    let Some(from) = from else {
        return Timing::default();
    };
    let span = |limit| due(facts.exercise, None, from.origin, limit) - from.origin;
    let target = limit.map(span);
    let taken = mark.map(|entry| (entry.at - from.origin).max(Span::ZERO));
    let score = target.and_then(|target| match taken {
        Some(taken) => Some(Fine::of_time(taken, target)),
        None if is_time_up(facts, from, limit) => Some(Fine::ZERO),
        None => None,
    });
    Timing {
        target,
        declared_target: declared.map(span),
        taken,
        early: mark.is_some_and(|entry| entry.at < from.origin),
        score: score.map(Fine::rounded),
    }
}

/// Whether what was not reached had the time that its target gives. Only a limit cuts time short: an
/// exercise that stalled, or ended by what happened in it, had as much as it needed.
fn is_time_up(facts: &Facts<'_>, from: ScoredFrom, limit: Option<Limit>) -> bool {
    let due = limit.map(|limit| due(facts.exercise, None, from.available, limit));
    !facts.cut_short || due.is_some_and(|due| facts.ended_at > due)
}

/// Whether the plan's own target of a phase was kept. It scores nothing: who asks more of themselves than
/// they are judged by loses nothing, and who asks less wins nothing.
fn own_kept(
    facts: &Facts<'_>,
    phase: Phase,
    severity: Severity,
    (course, from, marks): (&Course<'_>, Option<ScoredFrom>, [Option<&Entry>; 2]),
) -> Option<bool> {
    let target = facts.exercise.plan().target(phase, severity)?;
    let from = from_mark(course, Some(target), from?);
    let kept = [0, 1].map(|mark| {
        let limit = limits(target)[mark]?;
        let timing = time(facts, Some(from), marks[mark], Some(limit), None);
        timing.score?;
        Some(
            timing
                .taken
                .zip(timing.target)
                .is_some_and(|(taken, most)| taken <= most),
        )
    });
    kept.into_iter().flatten().reduce(|one, other| one && other)
}

/// The time score of a phase: the share of reached is the yardstick's to set where both have one.
fn timeliness(yardstick: &Yardstick, timing: [Timing; 2]) -> Option<Fine> {
    let [reached, completed] = timing.map(|one| {
        let target = one.target?;
        match (one.taken, one.score) {
            (Some(taken), _) => Some(Fine::of_time(taken, target)),
            (None, Some(_)) => Some(Fine::ZERO),
            (None, None) => None,
        }
    });
    let share = u64::from(yardstick.scoring.reached_share.0);
    let of_reached = reached.map(|score| (share, score));
    let of_completed = completed.map(|score| (10_000_u64.saturating_sub(share), score));
    let both = of_reached.into_iter().chain(of_completed);
    Fine::mean(both.clone()).or_else(|| Fine::mean(both.map(|(_, score)| (1, score))))
}

fn not_scored(
    facts: &Facts<'_>,
    course: &Course<'_>,
    phase: Phase,
    times: &Times,
) -> Option<NotScored> {
    let [reached, completed] = times.timing;
    if course.not_applicable(phase).is_some() && course.completed(phase).is_none() {
        return Some(NotScored::NotApplicable);
    }
    if course.reached(phase).is_none() && !facts.criteria.in_plan[phase.index()] {
        return Some(NotScored::NotInPlan);
    }
    if facts.ended.is_none() {
        return Some(NotScored::NotFinished);
    }
    if times.scored_from.is_none() {
        return Some(NotScored::NoOrigin);
    }
    // What is judged is the whole of a phase: one that was not complete, and not yet due, is not.
    let last = if completed.target.is_some() {
        completed
    } else {
        reached
    };
    let cut_short = last.target.is_some() && last.score.is_none();
    cut_short.then_some(NotScored::NoTime)
}

/// Whether a plan has a task by which a phase can be reached, or a rule of its own for it.
/// Identification is reached by reading, for which no task is needed.
pub(super) fn in_plan(exercise: &Exercise, phase: Phase) -> bool {
    let (plan, yardstick) = (exercise.plan(), exercise.yardstick());
    let own_rule = yardstick
        .criteria
        .iter()
        .any(|of| of.phase == phase && of.entry.is_some());
    let reaches = |measure: Measure| match phase {
        Phase::Identification => true,
        Phase::Closure => measure.home() == Some(Phase::Closure),
        other => measure.starts(other),
    };
    let has_task = plan
        .tasks
        .iter()
        .any(|task| task.does.iter().any(|act| reaches(act.measure)));
    own_rule || has_task || phase == Phase::Identification
}

/// The origin that is shown beside the scored one: that of the table of marks.
fn shown_origin(
    facts: &Facts<'_>,
    course: &Course<'_>,
    phase: Phase,
) -> Option<(ClockStart, Timed)> {
    let from = |mark| {
        let found = course.mark_or_earlier(mark)?;
        let mut timed = Timed::of(found.1);
        // The first sign is not before STARTEX, unless people began before.
        if facts.began_early.is_none() {
            timed.at = timed.at.max(ExerciseTime::STARTEX);
        }
        Some((ClockStart::Mark(found.0), timed))
    };
    match phase {
        Phase::Identification => from(Mark::Observable),
        Phase::Assessment => from(Mark::Reported),
        Phase::Response | Phase::Resolution => from(Mark::Declared),
        Phase::Recovery => damage_found(facts, course.incident)
            .map(|entry| (ClockStart::DamageFound, Timed::of(entry)))
            .or_else(|| from(Mark::Declared)),
        Phase::Closure => recovery_over(course).or_else(|| from(Mark::Declared)),
    }
}

fn recovery_over(course: &Course<'_>) -> Option<(ClockStart, Timed)> {
    let applies = [Phase::Recovery, Phase::Resolution, Phase::Response]
        .into_iter()
        .find(|phase| course.not_applicable(*phase).is_none());
    match applies {
        Some(phase) => course
            .completed(phase)
            .map(|entry| (ClockStart::RecoveryCompleted, Timed::of(entry))),
        None => course
            .rejected
            .map(|entry| (ClockStart::Rejected, Timed::of(entry))),
    }
}

/// When anybody first learned that an asset is out of service or has a foothold.
fn damage_found<'a>(facts: &Facts<'a>, incident: IncidentId) -> Option<&'a Entry> {
    facts.first_learned(
        |fact| matches!(fact, Knowable::Asset(of, _, state) if of == incident && affects(state)),
    )
}
