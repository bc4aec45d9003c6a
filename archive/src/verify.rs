//! Checking a record without keeping it.

use crate::hash::Hash;
use crate::scan::{Fault, Found, Scan};
use crate::seal::Seal;
use hotwash_engine::exercise::Mode;
use hotwash_engine::record::Event;
use std::io::BufRead;

/// What was found in a record.
#[derive(Debug)]
pub struct Report {
    /// How many lines are in order, header included, seal not.
    pub lines: u64,
    /// The hash of the last of them: the record's fingerprint. It exists with at least one line.
    pub fingerprint: Option<Hash>,
    /// How the people of the exercise acted. It exists with a header in order.
    pub mode: Option<Mode>,
    /// Whether ENDEX is in it. A record without it was not finished, or was cut.
    pub finished: bool,
    /// Its seal, which holds; a record without one is unsealed.
    pub seal: Option<Seal>,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
}

impl Report {
    /// The number of the last entry of a record without ENDEX, 0 where it has none: the exercise was not
    /// finished, or its record was cut after this entry. `None`: it has ENDEX, or no header in order.
    pub fn not_finished_after(&self) -> Option<u64> {
        (!self.finished)
            .then(|| self.lines.checked_sub(1))
            .flatten()
    }

    /// Whether nothing is wrong with what is there.
    pub const fn intact(&self) -> bool {
        self.fault.is_none()
    }
}

/// Checks every line of a record: its hash, that it follows the one before, its content, its number,
/// its time, its cause; and the seal, if there is one. Stops at the first thing that is wrong.
///
/// A record in order was not changed since its seal was made, or was changed by somebody who holds the
/// key. Without a seal, it was not changed by anybody who did not also recompute every later hash.
/// Neither tells whether what was written happened, nor, without a seal, whether lines are missing at
/// the end.
pub fn verify(input: impl BufRead) -> Report {
    let mut scan = Scan::new(input);
    let mut report = Report {
        lines: 0,
        fingerprint: None,
        mode: None,
        finished: false,
        seal: None,
        fault: None,
    };
    while let Some(found) = scan.next() {
        match found {
            Ok(Found::Header(header)) => report.mode = Some(header.mode),
            Ok(Found::Entry(entry)) => {
                report.finished |= matches!(entry.event, Event::ExerciseEnded { .. });
            }
            Ok(Found::Seal(seal)) => report.seal = Some(seal),
            Err(fault) => {
                report.fault = Some(fault);
                break;
            }
        }
    }
    report.lines = scan.lines();
    report.fingerprint = (report.lines > 0).then_some(scan.last());
    report
}
