//! How long work takes, and how it may go wrong, by who does it.

use super::{Piece, Work};
use crate::exercise::{Difficulty, ExerciseTime, Measure, PersonId, Severity, Span};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::draw::Purpose;
use crate::simulation::human;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;

/// A stretch of work without interruption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    /// When it started.
    pub(crate) from: ExerciseTime,
    /// Whether work is taken over, before it goes on.
    pub(crate) handover: bool,
    /// The pace of those who do it when it started, in thousandths of the nominal duration.
    pub(crate) pace: i64,
}

/// The time that an attempt takes somebody of nominal pace, at least that of its floor; a repeated one
/// half as long.
pub(super) fn duration(
    scene: Scene<'_>,
    instance: crate::exercise::Instance,
    attempt: u16,
    floor: Span,
) -> Span {
    let law = &scene.exercise().task(instance.task).takes;
    let span = scene.dice.duration(
        law,
        scene.work(instance),
        Purpose::TaskDuration,
        u64::from(attempt),
    );
    let span = span.max(floor) + implied(scene, instance, attempt);
    if attempt > 1 {
        Span((span.0 / 2).max(Span::SHORTEST.0))
    } else {
        span
    }
}

/// The time that a declaration takes for what it stands for as well: what no task of the plan does, who declares
/// has to do. A task that is played as it is written says its whole time.
fn implied(scene: Scene<'_>, instance: crate::exercise::Instance, attempt: u16) -> Span {
    let exercise = scene.exercise();
    let task = exercise.task(instance.task);
    if !task.takes_measure(Measure::Declare) || exercise.is_played_as_written(task) {
        return Span::ZERO;
    }
    let left = Measure::DECLARED_WITH.iter();
    let left = left.filter(|measure| exercise.tasks_taking(**measure).is_empty());
    let draw = |measure: &Measure| {
        let ordinal = u64::from(attempt) * Measure::ALL.len() as u64 + *measure as u64;
        let subject = scene.work(instance);
        scene.dice.duration(
            &measure.usual_law(),
            subject,
            Purpose::ImpliedDuration,
            ordinal,
        )
    };
    left.map(draw).fold(Span::ZERO, |sum, span| sum + span)
}

/// The time of a piece is up, and there is more to do it on than when it began: where its floor is higher
/// now, the work goes on. Says whether it does.
pub(crate) fn goes_on(
    work: &mut Work,
    people: &People,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    (index, floor): (usize, Span),
) -> bool {
    let piece = work.piece(index);
    let (instance, attempt, before) = (piece.instance, piece.attempt, piece.floor);
    let lasts = |floor| duration(scene, instance, attempt, floor);
    if floor <= before || lasts(floor) <= lasts(before) {
        return false;
    }
    let more = lasts(floor) - lasts(before);
    let piece = work.piece_mut(index);
    piece.done += piece.left;
    (piece.left, piece.floor) = (more, floor);
    begin_segment(work, people, agenda, scene, index);
    true
}

/// Plans the end of the work that is left, at the pace of the slowest of those who do it.
pub(super) fn begin_segment(
    work: &mut Work,
    people: &People,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    index: usize,
) {
    let pace = pace(work, people, scene, index);
    let piece = work.piece_mut(index);
    piece.segment = Some(Segment {
        from: scene.now,
        handover: false,
        pace,
    });
    agenda.after(Rank::WorkEnded, index, scene.now, piece.left.scaled(pace));
    work.doubt_hands();
}

/// The work that was done by an instant in the stretch that runs, of what was left when it began. While work is
/// taken over, nothing is.
pub(super) fn done_by(piece: &Piece, now: ExerciseTime) -> Span {
    let Some(segment) = piece.segment.filter(|segment| !segment.handover) else {
        return Span::ZERO;
    };
    let elapsed = i128::from((now - segment.from).0);
    let done = (elapsed * 1_000 / i128::from(segment.pace)) as i64;
    Span(done.min(piece.left.0 - 1).max(0))
}

/// The pace of a piece, in thousandths of its nominal duration.
fn pace(work: &Work, people: &People, scene: Scene<'_>, index: usize) -> i64 {
    let piece = work.piece(index);
    let phase = scene.exercise().task(piece.instance.task).phase;
    let of = |person: &PersonId| {
        let described = &scene.exercise().organisation().people[person.index()];
        human::pace(scene, described, phase, people.awake(scene, *person))
    };
    piece.people.iter().map(of).max().unwrap_or(1_000)
}

/// The chances that the attempt of a piece goes wrong, of the most error-prone of those who do it.
pub(super) fn error_chances(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
    severity: Severity,
) -> (u64, u64) {
    let piece = work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    let difficulty: Difficulty = task.difficulty;
    let of = |person: &PersonId| {
        let described = &scene.exercise().organisation().people[person.index()];
        let awake = people.awake(scene, *person);
        human::error_chances(scene, described, task.phase, difficulty, severity, awake)
    };
    let worst = piece.people.iter().map(of).max().unwrap_or_default();
    (u64::from(worst.0.0), u64::from(worst.1.0))
}
