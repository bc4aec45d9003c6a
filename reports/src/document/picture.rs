//! Pictures as data: timelines, ladders and bars. A renderer draws them.

use super::{Clock, Text, Tone};
use hotwash_engine::exercise::{BasisPoints, ExerciseTime, Span};

/// Who was at what, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The time it spans.
    pub axis: Axis,
    /// Its lanes, in order.
    pub lanes: Vec<Lane>,
    /// What its signs mean, beyond the states.
    pub legend: Vec<LegendItem>,
    /// How many lanes of roles with less to do were left out.
    pub left_out: usize,
}

/// The time that a timeline spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its start.
    pub from: ExerciseTime,
    /// Until when the story is dense and deserves a fine scale.
    pub dense_until: ExerciseTime,
    /// Its end.
    pub until: ExerciseTime,
    /// The local time.
    pub clock: Clock,
}

/// A lane of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Whose it is.
    pub name: String,
    /// What filled it. Stretches may overlap; [`State`] says which of them shows.
    pub stretches: Vec<Stretch>,
    /// Points in it.
    pub pins: Vec<Pin>,
    /// Whether a lane without anything in it is left out.
    pub optional: bool,
}

/// A stretch of time in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From when.
    pub from: ExerciseTime,
    /// Until when.
    pub until: ExerciseTime,
    /// In which state.
    pub state: State,
}

/// What a stretch of a lane shows; the first of these shows above the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Records or money are being taken, or records published.
    Taking,
    /// Service or data is being destroyed.
    Disrupting,
    /// Data is being encrypted.
    Encrypting,
    /// The attacker is at work.
    Attacking,
    /// The attacker has a foothold.
    Foothold,
    /// Somebody of the role works.
    Working,
    /// Work of the role waits for approval.
    WaitingForApproval,
    /// Work of the role waits for a person who is on duty and busy, or does not know of it.
    WaitingForPerson,
    /// Work of the role waits, and nobody of the role is there: they sleep, or are off duty.
    OffDuty,
}

impl State {
    /// All states, in the order in which a legend names them.
    pub const ALL: [Self; 9] = [
        Self::Working,
        Self::WaitingForPerson,
        Self::WaitingForApproval,
        Self::OffDuty,
        Self::Attacking,
        Self::Foothold,
        Self::Encrypting,
        Self::Taking,
        Self::Disrupting,
    ];

    /// What it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::WaitingForPerson => "waiting for a person",
            Self::WaitingForApproval => "waiting for approval",
            Self::OffDuty => "waiting for somebody off duty or asleep",
            Self::Attacking => "attacker at work",
            Self::Foothold => "attacker has a foothold",
            Self::Encrypting => "encrypting",
            Self::Taking => "taking or publishing",
            Self::Disrupting => "disrupting",
        }
    }
}

/// A point in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// When.
    pub at: ExerciseTime,
    /// The sign that stands for it: one narrow character.
    pub sign: char,
    /// What it is, for formats that have room for it.
    pub meaning: String,
}

/// A sign and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendItem {
    /// The sign, or signs.
    pub sign: String,
    /// What it means.
    pub meaning: String,
}

/// What happened, one line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moments {
    /// The local time.
    pub clock: Clock,
    /// The moments, in the order of time.
    pub items: Vec<Moment>,
    /// How many a summary shows: the most telling ones.
    pub summary: usize,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: ExerciseTime,
    /// What.
    pub text: Text,
    /// The entry that says so.
    pub entry: u32,
    /// How telling it is: greater is more.
    pub weight: u32,
}

/// Times against targets, as rungs of one ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The rungs, in order.
    pub rungs: Vec<Rung>,
}

/// One time against its target, with what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Whose time it is.
    pub name: String,
    /// How it stands, such as `complete`.
    pub status: String,
    /// The tone of the status.
    pub tone: Tone,
    /// From when its time counts, where that is known.
    pub from: Option<String>,
    /// The time taken; `None`: not reached, or not known.
    pub taken: Option<Span>,
    /// Its target, where it has one.
    pub target: Option<Span>,
    /// What is said in place of a bar, where there is none.
    pub instead: String,
    /// Its scores for time, coverage and judgement, where they exist.
    pub parts: [Option<BasisPoints>; 3],
    /// Its score, where it has one.
    pub score: Option<BasisPoints>,
    /// The entry that proves the time.
    pub entry: Option<u32>,
}

/// Shares of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// What the whole is.
    pub caption: String,
    /// The whole.
    pub total: Span,
    /// Its parts, the greatest first.
    pub bars: Vec<Bar>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// How long.
    pub span: Span,
    /// Its share of the whole.
    pub share: BasisPoints,
    /// Who or what it was mostly.
    pub note: String,
    /// The first and the last entry behind it.
    pub entries: Vec<u32>,
}
