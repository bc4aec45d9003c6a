//! The severities that known facts give, remembered until somebody learns something.

use crate::exercise::Severity;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose severity is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Party {
    /// The board of the incident.
    Board,
    /// Those who receive alerts: point of contact and analyst.
    Receivers,
}

/// A severity with the version of knowledge at which it was worked out, in one word: looking at the
/// world does not change it, so what is remembered has to be shared.
#[derive(Debug, Default)]
pub(super) struct Memo(AtomicU64);

impl Memo {
    pub(super) fn get(&self, version: u32, work_out: impl FnOnce() -> Severity) -> Severity {
        let held = self.0.load(Ordering::Relaxed);
        if held >> 32 == u64::from(version) {
            return Severity::ALL[(held & 0xFF) as usize];
        }
        let severity = work_out();
        let word = (u64::from(version) << 32) | severity.index() as u64;
        self.0.store(word, Ordering::Relaxed);
        severity
    }
}
