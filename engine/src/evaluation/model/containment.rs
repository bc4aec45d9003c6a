//! Whether an incident was contained, and when.

use super::{IncidentEvaluation, Timed};
use crate::exercise::{Mark, Span};

/// Contained: the incident could do no further harm, and every asset that it affected was cut off.
///
/// It may be lost and come again, so three instants are kept. What counts is `lasting`: a containment that
/// was lost had not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Containment {
    /// When it first was.
    pub first: Option<Timed>,
    /// Since when it was, up to ENDEX.
    pub lasting: Option<Timed>,
    /// When it last ceased to be.
    pub lost: Option<Timed>,
    /// Whether there was something to contain: a step of the attack took effect.
    pub called_for: bool,
    /// Whether a measure that contains took effect on anything.
    pub cut_off: bool,
}

impl Containment {
    /// Whether it was contained up to ENDEX; `None`: there was nothing to contain.
    pub fn stands(&self) -> Option<bool> {
        self.called_for.then_some(self.lasting.is_some())
    }
}

impl IncidentEvaluation {
    /// How long after somebody read the first sign of it the incident was contained for good: no time, where
    /// it was before. `None`: it was not, or nobody read a sign.
    pub fn contained_after(&self) -> Option<Span> {
        let (read, lasting) = (self.mark(Mark::Seen)?, self.contained.lasting?);
        Some((lasting.at - read.at).max(Span::ZERO))
    }
}
