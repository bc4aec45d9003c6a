//! What the laws read of a run.

use hotwash_engine::evaluation::{NotScored, PhaseEvaluation, Verdicts};
use hotwash_engine::exercise::{EvidenceItem, Exercise, Measure, Phase, Span};
use hotwash_engine::record::{Entry, Event};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How well a run was carried out, in basis points, whatever its gates. This function and the next two
/// are the only ones that say which figures of an evaluation the laws are about.
pub fn carried_out(verdicts: &Verdicts) -> i64 {
    let score = verdicts.score.as_ref();
    score.map_or(0, |score| i64::from(score.carried_out.0))
}

/// The one number by which runs are ranked, in basis points.
pub fn score(verdicts: &Verdicts) -> i64 {
    let score = verdicts.score.as_ref();
    score.map_or(0, |score| i64::from(score.score.0))
}

/// Whether a run was passed: no gate, and nothing of it left out.
pub fn passed(verdicts: &Verdicts) -> bool {
    let score = verdicts.score.as_ref();
    score.is_some_and(|score| score.passed)
}

/// What is kept of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// See [`carried_out`].
    pub carried_out: i64,
    /// See [`score`].
    pub score: i64,
    /// See [`passed`].
    pub passed: bool,
    /// By phase: whether there was something to do in it and it never was complete.
    pub never: [bool; 6],
    /// Whether every phase kept its target, as far as that was decided.
    pub in_time: bool,
    /// The loss in minor units of money.
    pub loss: i64,
    /// The outage summed over assets, in milliseconds.
    pub outage: i64,
    /// Records that left or lie open.
    pub records: u64,
    /// Whether a restore came before memory was secured, and destroyed it: the run's fault is the order
    /// that the plan leaves open.
    pub out_of_order: bool,
    /// By phase: a print of when it was reached and complete and of its score.
    pub phases: [u64; 6],
}

impl Figures {
    /// Reads a run.
    pub fn read(exercise: &Exercise, entries: &[Entry], verdicts: &Verdicts) -> Self {
        let phases = &verdicts.main.phases;
        Self {
            carried_out: carried_out(verdicts),
            score: score(verdicts),
            passed: passed(verdicts),
            never: std::array::from_fn(|i| is_never_complete(&phases[i])),
            in_time: phases.iter().all(kept_its_target),
            loss: verdicts.impact.loss.0,
            outage: verdicts.impact.outage.0,
            records: verdicts.impact.records,
            out_of_order: has_task_securing_memory(exercise) && lost_to_order(entries),
            phases: std::array::from_fn(|i| print(&phases[i])),
        }
    }

    /// Whether a phase that there was something to do in never was complete.
    pub const fn never_complete(&self, phase: Phase) -> bool {
        self.never[phase.index()]
    }
}

fn is_never_complete(phase: &PhaseEvaluation) -> bool {
    let nothing = matches!(
        phase.not_scored,
        Some(NotScored::NotApplicable | NotScored::NotInPlan)
    );
    !nothing && phase.completed.is_none()
}

fn kept_its_target(phase: &PhaseEvaluation) -> bool {
    phase.timing.iter().all(|timing| match timing.target {
        Some(target) => timing.taken.is_some_and(|taken| taken <= target) || timing.score.is_none(),
        None => true,
    })
}

fn print(phase: &PhaseEvaluation) -> u64 {
    let mut hasher = DefaultHasher::new();
    let at = |timed: Option<hotwash_engine::evaluation::Timed>| timed.map(|timed| timed.at);
    (at(phase.reached), at(phase.completed), phase.score).hash(&mut hasher);
    hasher.finish()
}

fn has_task_securing_memory(exercise: &Exercise) -> bool {
    !exercise.tasks_taking(Measure::Preserve).is_empty()
}

/// Whether memory was destroyed by restoring or building anew.
fn lost_to_order(entries: &[Entry]) -> bool {
    let lost = entries.iter().filter(|entry| {
        matches!(
            entry.event,
            Event::EvidenceLost {
                item: EvidenceItem::Memory,
                ..
            }
        )
    });
    let cause = |entry: &Entry| entries.get(entry.cause? as usize - 1);
    lost.filter_map(cause).any(|cause| {
        matches!(
            cause.event,
            Event::MeasureTaken {
                measure: Measure::Restore | Measure::Rebuild,
                ..
            }
        )
    })
}

/// A figure of a run, as a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// How well it was carried out, in basis points.
    CarriedOut,
    /// The same, of the pairs of runs in which both keep every target.
    CarriedOutInTime,
    /// The score, in basis points.
    Score,
    /// Whether it was passed.
    Passed,
    /// Whether a phase never was complete.
    Never(Phase),
    /// Loss, in minor units of money.
    Loss,
    /// Outage, in milliseconds.
    Outage,
}

impl Figure {
    /// The figure of a run.
    pub fn of(self, run: &Figures) -> i64 {
        match self {
            Self::CarriedOut | Self::CarriedOutInTime => run.carried_out,
            Self::Score => run.score,
            Self::Passed => i64::from(run.passed),
            Self::Never(phase) => i64::from(run.never_complete(phase)),
            Self::Loss => run.loss,
            Self::Outage => run.outage,
        }
    }

    /// Whether a pair of runs counts in it.
    pub const fn counts(self, before: &Figures, after: &Figures) -> bool {
        !matches!(self, Self::CarriedOutInTime) || (before.in_time && after.in_time)
    }

    /// Whether it is yes or no.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Passed | Self::Never(_))
    }

    /// By what its mean is divided to be shown: points, points of a hundred runs, money, hours.
    pub fn unit(self) -> f64 {
        match self {
            Self::CarriedOut | Self::CarriedOutInTime | Self::Score | Self::Loss => 100.0,
            Self::Passed | Self::Never(_) => 0.01,
            Self::Outage => f64::from(Span::HOUR.0 as u32),
        }
    }

    /// How narrow its interval has to be, as half of its length in shown units, given the mean before.
    pub fn narrow(self, before: f64) -> f64 {
        const OF_LOSS: f64 = 0.02;
        match self {
            Self::CarriedOut | Self::Score => 0.5,
            Self::Passed | Self::Never(_) => 2.0,
            Self::Loss | Self::Outage => OF_LOSS * before.abs(),
            // Of few pairs: it is as narrow as it gets.
            Self::CarriedOutInTime => f64::INFINITY,
        }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CarriedOut => f.write_str("carried out"),
            Self::CarriedOutInTime => f.write_str("carried out, all in time"),
            Self::Score => f.write_str("score"),
            Self::Passed => f.write_str("passed, %"),
            Self::Never(phase) => write!(f, "{phase} never complete, %"),
            Self::Loss => f.write_str("loss"),
            Self::Outage => f.write_str("outage, h"),
        }
    }
}
