//! What a run was worth: a pure function of its exercise and its record.

mod model;

pub use model::{
    BaselineImpact, Category, CoverageItem, CoverageStatus, Evaluation, ExerciseScore, Finding,
    FindingKind, FindingSubject, Gate, GateReason, Impact, IncidentEvaluation, ItemKind,
    JudgedItem, JudgedKind, NotScored, ObjectiveRating, ObligationVerdict, OutageOf,
    PhaseEvaluation, Rating, ScoreBy, Timed, Timing, TracePart,
};
