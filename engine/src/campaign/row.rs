//! What a campaign keeps of one run: integers only.

use crate::evaluation::{Beside, Category, GateReason, Rating};
use crate::exercise::{
    BasisPoints, ExerciseTime, IncidentId, Money, ObjectiveId, ObligationId, Phase, RoleId, Span,
};
use crate::record::{EndKind, Verdict};

/// One run. Phases, marks and what time was made of are those of the main incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The index of the run, by which it can be played again alone.
    pub run: u64,
    /// How it ended.
    pub end: EndKind,
    /// When it ended.
    pub ended_at: ExerciseTime,
    /// The exercise score; `None` where nothing could be scored.
    pub score: Option<ScoreRow>,
    /// Why it is not passed, in order.
    pub gates: Vec<GateReason>,
    /// The phases, in order.
    pub phases: [PhaseRow; 6],
    /// How each objective was rated, in the order of ids.
    pub ratings: Vec<Rating>,
    /// From the first sign of the incident until it was declared; `None`: it never was.
    pub to_declare: Option<Span>,
    /// Whether it was contained, up to the end; `None`: there was nothing to contain.
    pub contained: Option<bool>,
    /// From the first sign that somebody read until it was contained for good; `None`: it was not, or
    /// nobody read a sign.
    pub to_contain: Option<Span>,
    /// Each clock of each incident, by incident, then obligation.
    pub clocks: Vec<ClockRow>,
    /// What the time to each phase was made of, sorted by phase, category and role; without parts
    /// that took no time.
    pub made_of: Vec<MadeOf>,
    /// What each role had to do, in the order of ids.
    pub roles: Vec<RoleLoad>,
    /// What each person had to do, in the order of ids.
    pub people: Vec<PersonLoad>,
    /// How the work of each task fared, in the order of ids.
    pub tasks: Vec<TaskLoad>,
    /// What the incident cost.
    pub impact: ImpactRow,
}

/// The exercise score of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreRow {
    /// Whether a gate applied.
    pub gated: bool,
    /// Whether the score says less than it seems.
    pub partial: bool,
    /// How well it was carried out.
    pub carried_out: BasisPoints,
    /// The number for ranking.
    pub score: BasisPoints,
    /// What the default yardstick makes of it, where the organisation's is softer.
    pub by_default: Option<Beside>,
}

impl Row {
    /// Whether it counts for how long it took to contain it: there was something to contain, and somebody to
    /// count from where it was.
    pub(super) const fn counts_to_contain(&self) -> bool {
        matches!(
            (self.contained, self.to_contain),
            (Some(false), _) | (Some(true), Some(_))
        )
    }
}

impl ScoreRow {
    /// Whether it was passed.
    pub const fn is_passed(&self) -> bool {
        !self.gated && !self.partial
    }
}

/// Because of what runs are not passed, however a duty was broken in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// A duty of law was not kept for an incident.
    Obligation(ObligationId, IncidentId),
    /// A critical objective could not be performed.
    Objective(ObjectiveId),
    /// The measures themselves did more harm than the attack would have done.
    OwnHarm(IncidentId),
}

impl Gate {
    /// The gate of a run that had a reason.
    pub(super) const fn of(reason: GateReason) -> Self {
        match reason {
            GateReason::Obligation(obligation, incident, _) => {
                Self::Obligation(obligation, incident)
            }
            GateReason::Objective(objective) => Self::Objective(objective),
            GateReason::OwnHarm(incident) => Self::OwnHarm(incident),
        }
    }
}

/// One phase of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhaseRow {
    /// Whether there was something to do in it, and the plan has a task for it. What does not apply
    /// counts in no chance and no time.
    pub applies: bool,
    /// The origin from which its time is shown.
    pub origin: Option<ExerciseTime>,
    /// When it was first reached.
    pub reached: Option<ExerciseTime>,
    /// When it was last completed, and stayed so.
    pub completed: Option<ExerciseTime>,
    /// Its target, counted from the scored origin: for completion, else for being reached.
    pub target: Option<Span>,
    /// The time that the target is for, from the same origin; without a target, until completion.
    /// `None`: it was not reached.
    pub against_target: Option<Span>,
    /// Whether that target was met; `None` without a target, or where the run ended before it was up.
    pub in_time: Option<bool>,
    /// Whether the plan's own target was met, likewise.
    pub own_kept: Option<bool>,
    /// Its score.
    pub score: Option<BasisPoints>,
    /// Timeliness, coverage and judgement.
    pub parts: [Option<BasisPoints>; 3],
}

impl PhaseRow {
    /// The time from the shown origin until it was complete; `None`: it was not.
    pub fn taken(&self) -> Option<Span> {
        let (origin, completed) = (self.origin?, self.completed?);
        Some((completed - origin).max(Span::ZERO))
    }
}

/// One clock of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockRow {
    /// The obligation.
    pub obligation: ObligationId,
    /// The incident.
    pub incident: IncidentId,
    /// How it stood in the end.
    pub verdict: Verdict,
    /// When it was due, where it ran.
    pub due: Option<ExerciseTime>,
    /// When it was met.
    pub met: Option<ExerciseTime>,
}

impl ClockRow {
    /// Whether the deadline was kept; `None` where nothing called for it, or where the run ended
    /// before that was decided.
    pub const fn kept(&self) -> Option<bool> {
        match self.verdict {
            Verdict::Met | Verdict::Phased | Verdict::NotRequired => Some(true),
            Verdict::Late
            | Verdict::Breached
            | Verdict::NotRecognised
            | Verdict::WrongRecipient
            | Verdict::Incomplete => Some(false),
            Verdict::Running | Verdict::HandedOn | Verdict::NotTriggered | Verdict::Needless => {
                None
            }
        }
    }
}

/// A part of the time to a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeOf {
    /// The phase.
    pub phase: Phase,
    /// What the time was.
    pub category: Category,
    /// Whose time or answer it was, where it was somebody's.
    pub role: Option<RoleId>,
    /// How long, over all its stretches.
    pub span: Span,
}

impl MadeOf {
    /// What it is a part of, in the order of rows.
    pub(super) const fn key(&self) -> (Phase, Category, Option<RoleId>) {
        (self.phase, self.category, self.role)
    }
}

/// What a role had to do in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleLoad {
    /// The time during which work of the role was ready or under way.
    pub laden: Span,
    /// The time during which somebody was at work in the role.
    pub busy: Span,
    /// The time that its work lay ready without being worked on, summed over pieces of work.
    pub waited: Span,
    /// The most pieces of its work that lay ready at once without anybody at them.
    pub queue: u16,
}

/// What a person had to do in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PersonLoad {
    /// The time at work on tasks.
    pub working: Span,
    /// The time reading messages.
    pub reading: Span,
    /// The most messages that lay noticed and unread at once.
    pub inbox: u16,
}

/// How the work of a task fared in a run, over all its pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskLoad {
    /// How many pieces of work were ready.
    pub ready: u16,
    /// How many were started.
    pub started: u16,
    /// The time from ready until first started, summed; for what was not, until it was left out or
    /// the run ended.
    pub waited: Span,
    /// The time from asking for approval until it was answered, or the work was over.
    pub approval: Span,
    /// The time at work, over all attempts.
    pub worked: Span,
}

/// What an incident cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImpactRow {
    /// Outage summed over assets.
    pub outage: Span,
    /// Loss of money.
    pub loss: Money,
    /// Records that left or lie open.
    pub records: u64,
    /// Assets that were ever affected.
    pub assets: u32,
    /// The harm that came: each effect that a step of the attack had on an asset, once.
    pub harms: u32,
    /// Data lost on restore, the longest of any asset.
    pub data_lost: Span,
}
