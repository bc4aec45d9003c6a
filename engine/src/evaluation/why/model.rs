//! The shape of an answer to "why".

use super::asked::Asked;
use crate::evaluation::model::{NotExercised, Standing, Timed, TracePart};
use crate::exercise::{
    AssetId, ExerciseTime, Fact, IncidentId, InjectId, Instance, Measure, MessageId, ObligationId,
    OptionId, PersonId, Phase, RoleId, Severity, Span, StakeholderKind, StepId, TaskId,
};
use crate::record::{Outcome, Presence, Refusal, SkipReason, Verdict};

/// Why something went as it did: what became of it, what it waited for or lacked, and by which entries that
/// is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What was asked about.
    pub asked: Asked,
    /// The incident that is spoken of.
    pub incident: IncidentId,
    /// What became of it.
    pub fate: Fate,
    /// From when the time is counted; `None` where there is no stretch of time to speak of.
    pub from: Option<Timed>,
    /// Until when: the entry that is explained, or the end of the record.
    pub until: Option<Timed>,
    /// What the time between was made of, in order: the parts sum to it, to the millisecond.
    pub made_of: Vec<TracePart>,
    /// The longest of these parts in which nobody worked on it.
    pub wait: Option<Wait>,
    /// What was missing at the end, down to the root: each because of the next.
    pub lacks: Vec<Lack>,
    /// The entries by which it came about, in order.
    pub links: Vec<Link>,
    /// What would have had to be otherwise, the most direct first.
    pub needed: Vec<Needed>,
    /// Other pieces of the same work, which are not spoken of.
    pub others: Vec<Instance>,
    /// Whether the record has ENDEX. Without it nobody knows what was still to come.
    pub finished: bool,
}

/// What became of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Work ended so.
    Ended(Instance, Outcome),
    /// Work was still open at the end; whether anybody had ever begun it.
    Open {
        /// Which.
        instance: Instance,
        /// Whether it was begun.
        begun: bool,
    },
    /// Work was left out.
    LeftOut(TaskId, SkipReason),
    /// A task never became ready.
    NeverReady(TaskId),
    /// A phase is complete.
    Complete(Phase),
    /// A phase was not complete at the end; whether it was reached.
    NotComplete {
        /// Which.
        phase: Phase,
        /// Whether it was reached.
        reached: bool,
    },
    /// There was nothing to do in a phase.
    NotApplicable(Phase),
    /// A duty stands so; with the task that meets it.
    Duty {
        /// How it stands.
        verdict: Verdict,
        /// When it was due, where its clock ran.
        due: Option<ExerciseTime>,
        /// The task that is to meet it.
        task: Option<TaskId>,
    },
    /// An expectation was answered so.
    Expected {
        /// How it stands.
        standing: Standing,
        /// Until when an answer was in time.
        due: Option<ExerciseTime>,
        /// The task of the plan that does it.
        task: Option<TaskId>,
        /// How many of the things that it asked for were done, of how many.
        done: (u32, u32),
        /// The measure that came first and made it impossible.
        overtaken: Option<Measure>,
        /// Whether all of it was done before anybody asked for it.
        before: bool,
    },
    /// Somebody, or a role, was waited for.
    WaitedFor {
        /// How many pieces of work they did.
        pieces: u32,
        /// How many acts of theirs were refused.
        refused: u32,
    },
    /// Nothing on the way to a phase waited for them.
    NotWaitedFor {
        /// How many pieces of work they did.
        pieces: u32,
        /// How many acts of theirs were refused.
        refused: u32,
    },
    /// An act was refused.
    Refused(Refusal),
    /// An entry of the record.
    Happened,
    /// An asset did not serve for so long; whether the attack hit it.
    Down {
        /// How long, at the longest.
        span: Span,
        /// Whether it served again by the end.
        back: bool,
        /// The step that hit it, where one did.
        step: Option<StepId>,
        /// The own measure that took it down, where one did.
        own: Option<Measure>,
    },
    /// An asset was hit, and served on.
    Hit(StepId),
    /// Nothing happened to an asset.
    Untouched,
    /// A step took effect.
    TookEffect {
        /// On how many assets.
        assets: u32,
        /// The first of the measures that stop it that was ever taken on one of these, with its entry.
        stopper: Option<(Measure, Timed)>,
        /// A measure that stops it, as the scenario says.
        stopped_by: Option<Measure>,
    },
    /// A step was stopped.
    Stopped(Measure),
    /// A step did not succeed, or found nothing.
    CameToNothing,
    /// A step never began.
    NeverBegan,
    /// A decision was taken.
    Decided(OptionId),
    /// A decision is open.
    Undecided,
    /// A decision never came up.
    NeverCameUp,
    /// A message was read.
    Read,
    /// A message was sent and nobody read it; whether somebody noticed it.
    Unread {
        /// Whether somebody noticed it.
        noticed: bool,
    },
    /// A message was no longer needed.
    Withdrawn,
    /// An inject was left out.
    InjectLeftOut(SkipReason),
    /// An inject never came.
    NeverDelivered,
}

impl Fate {
    /// Its word, for scripts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ended(..) => "Ended",
            Self::Open { .. } => "Open",
            Self::LeftOut(..) => "LeftOut",
            Self::NeverReady(_) => "NeverReady",
            Self::Complete(_) => "Complete",
            Self::NotComplete { .. } => "NotComplete",
            Self::NotApplicable(_) => "NotApplicable",
            Self::Duty { .. } => "Duty",
            Self::Expected { .. } => "Expected",
            Self::WaitedFor { .. } => "WaitedFor",
            Self::NotWaitedFor { .. } => "NotWaitedFor",
            Self::Refused(_) => "Refused",
            Self::Happened => "Happened",
            Self::Down { .. } => "Down",
            Self::Hit(_) => "Hit",
            Self::Untouched => "Untouched",
            Self::TookEffect { .. } => "TookEffect",
            Self::Stopped(_) => "Stopped",
            Self::CameToNothing => "CameToNothing",
            Self::NeverBegan => "NeverBegan",
            Self::Decided(_) => "Decided",
            Self::Undecided => "Undecided",
            Self::NeverCameUp => "NeverCameUp",
            Self::Read => "Read",
            Self::Unread { .. } => "Unread",
            Self::Withdrawn => "Withdrawn",
            Self::InjectLeftOut(_) => "InjectLeftOut",
            Self::NeverDelivered => "NeverDelivered",
        }
    }
}

/// A wait: one part of the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The part.
    pub part: TracePart,
    /// What kept those for whom it was waited, the longest first.
    pub kept: Vec<Kept>,
}

impl Wait {
    /// How long it was.
    pub fn span(&self) -> Span {
        self.part.until - self.part.from
    }
}

/// What kept somebody while they were waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Whom.
    pub person: PersonId,
    /// What.
    pub by: KeptBy,
    /// For how long of the wait.
    pub span: Span,
    /// The entry that says so.
    pub entry: u32,
}

/// What keeps somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeptBy {
    /// Other work.
    Work(Instance),
    /// They slept after the longest day.
    Asleep,
    /// They could be reached so only.
    Presence(Presence),
}

/// Something that was missing at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Of what.
    pub of: Thing,
    /// What.
    pub missing: Missing,
    /// The last entry about what is missing, where there is one.
    pub entry: Option<u32>,
}

/// What can lack something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A task.
    Task(TaskId),
    /// A phase.
    Phase(Phase),
    /// What was asked about itself.
    Itself,
}

/// What was missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// A task that comes before it was not done.
    Before(TaskId),
    /// Of several tasks, of which one is enough, none was done: this is the first.
    AnyBefore(TaskId),
    /// A fact of its condition did not stand as the plan asks, as far as those know whose it is.
    Fact {
        /// The fact.
        fact: Fact,
        /// Whether it should have held.
        wanted: bool,
        /// Who had to know it; `None`: it is a matter of truth.
        role: Option<RoleId>,
        /// The entry since when it was true, where it ever was.
        true_since: Option<u32>,
    },
    /// The severity from which it applies was not given.
    Severity {
        /// From which on it applies.
        from: Severity,
        /// What was given last.
        given: Option<Severity>,
    },
    /// A phase was not complete.
    Phase(Phase),
    /// Nobody of the role knew of an alert.
    Alert(RoleId),
    /// Nothing that it is for was known to anybody there.
    Target,
    /// What it is for still waited for earlier work, or was dealt with otherwise.
    NotYet,
    /// None of the channels worked over which this stakeholder is reached.
    Channel(StakeholderKind),
    /// An asset was hit, and nobody ever knew.
    Unseen(AssetId),
    /// An asset that was hit did not serve.
    Down(AssetId),
    /// The plan's own delay was not over.
    Delay,
    /// Nothing of the incident could be seen.
    Sign,
    /// It had been decided that it is no incident, or the incident was closed.
    Over,
    /// Work that could be done was not finished.
    Open(Instance),
    /// Work was given up, or found nothing to be done on.
    Ended(Instance, Outcome),
    /// Somebody had begun it, or done it: there was nothing to begin.
    Already(Instance),
    /// The plan has no task for it.
    NotInPlan(Measure),
    /// A step of the attack that comes before it did not take effect.
    Step(StepId),
    /// Its time had not come.
    Time(ExerciseTime),
    /// Somebody else did it than the one of whom it was expected.
    ByOther(RoleId),
    /// It was done, and not on this asset.
    NotOn(AssetId),
    /// Another duty, after which its clock starts, was not met.
    Duty(ObligationId),
    /// The inject that asks for it never came.
    Inject(InjectId),
    /// A decision, or the facilitator, that would have brought it.
    Decision,
    /// Whoever acts was not there.
    Presence(Presence),
    /// The record does not tell.
    Unknown,
}

/// One entry on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The entry.
    pub entry: u32,
    /// When it counts as having happened.
    pub at: ExerciseTime,
    /// Why it stands here.
    pub how: How,
}

/// Why an entry stands among the links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The chain begins with it.
    First,
    /// The link before brought it about.
    Caused,
    /// A human began work that had been called for by the link before.
    CalledFor,
    /// It says since when something was true that was missing.
    True,
    /// It is the last that is said of what was missing.
    Last,
    /// It says what was done, late or by others.
    Answer,
    /// The record ends with it.
    End,
}

/// What would have had to be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// This wait would have had to be shorter.
    Sooner(TracePart),
    /// This would have had to be there.
    There(Lack),
    /// This measure, on one of the assets, before this entry.
    InEffect(Measure, Timed),
    /// Whatever an act was refused for.
    Allowed(Refusal),
    /// The asset had not been taken down by a measure of one's own.
    NotTakenDown(Measure, AssetId),
    /// The message read.
    Read(MessageId),
    /// The exercise would have had to go on.
    MoreTime,
    /// Something to do it on.
    NotExercised(NotExercised),
}
