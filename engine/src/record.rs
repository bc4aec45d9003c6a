//! The record: what happened in a run, as facts in the past tense.
//!
//! Everything that is scored or reported is derived from it. Simulation, live drill and replay write
//! the same events, and evaluation cannot tell them apart. Transitions that the engine's rules
//! decide are facts (a phase reached, an obligation breached); scores, verdicts on people and prose
//! are not.
//!
//! In memory an event holds ids. On disk it names things by their slugs ([`wire`]), so that a
//! person can read it and so that adding an unused thing changes no line of it.

use crate::exercise::Span;

mod action;
#[cfg(test)]
mod documented;
mod event;
mod header;
mod outcome;
mod refusal;
mod remark;
mod seat;
pub mod wire;

pub use action::{Action, Chosen, Edit, Hand, HumanAct, Which, Whose, WireHumanAct};
pub use event::{Actor, Entry, Event, Origin, WireActor, WireEntry, WireEvent, WireOrigin};
pub use header::{Attendance, DefinitionHash, FORMAT, Header, WireHeader};
pub use outcome::{
    EndKind, MessageKind, Outcome, PauseReason, Presence, Reach, Resend, SkipReason, StepOutcome,
    Verdict,
};
pub use refusal::Refusal;
pub use remark::{Rating, Remark, Tick, Ticked, WireTicked};
pub use seat::{Seat, WireSeat};

/// How long after the latest ENDEX something may still be added about an exercise: its hot wash, ratings,
/// commitments.
pub const AFTERWARDS: Span = Span::days(3_660);

/// A whole record in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What was played.
    pub header: Header,
    /// What happened, numbered from 1 without gaps, in the order of time.
    pub entries: Vec<Entry>,
}

impl Record {
    /// The entry with a number; entries are numbered from 1.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get((number as usize).checked_sub(1)?)
    }
}
