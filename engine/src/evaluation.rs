//! What a run was worth: a pure function of its exercise and its record.

mod correction;
mod model;

pub use correction::Correction;
pub use model::{
    BaselineImpact, Category, ClockStart, CoverageItem, CoverageStatus, Evaluation, ExerciseScore,
    Finding, FindingKind, FindingSubject, Gate, GateReason, Impact, IncidentEvaluation, ItemKind,
    JudgedItem, JudgedKind, NotScored, ObjectiveRating, ObligationVerdict, OutageOf,
    PhaseEvaluation, Rating, ScoreBy, Timed, Timing, TracePart,
};

use crate::record::Record;

/// The records of the two runs beside which impact is shown, on the same draws.
#[derive(Debug, Clone, Copy, Default)]
pub struct Baselines<'a> {
    /// Nobody ever starts a task.
    pub no_response: Option<&'a Record>,
    /// Every required task starts when its true condition holds, without waits and errors.
    pub ideal: Option<&'a Record>,
}
