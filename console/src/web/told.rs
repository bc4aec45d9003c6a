//! What a page was told, and what has to be said so that it looks as it would now.

use crate::pages::{Drawn, Part};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What an event holds.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Update {
    /// The entry up to which the event before told; 0: this one holds everything.
    pub(crate) from: u32,
    /// The entry up to which this one tells.
    pub(crate) entry: u32,
    /// What the clock on the wall shows.
    pub(crate) now: i64,
    /// The parts that look otherwise.
    pub(crate) parts: BTreeMap<&'static str, String>,
}

/// What a page was told so far.
#[derive(Debug, Default)]
pub(crate) struct Told {
    entry: u32,
    hashes: HashMap<&'static str, String>,
}

impl Told {
    /// What has to be said so that the page looks like this; `None`: nothing.
    pub(crate) fn update(&mut self, drawn: &Drawn, now: i64) -> Option<Update> {
        let changed = |part: &&Part| self.hashes.get(part.name) != Some(&part.hash);
        let changed: Vec<&Part> = drawn.parts.iter().filter(changed).collect();
        let parts = changed.iter().map(|part| (part.name, part.html.clone()));
        let parts: BTreeMap<_, _> = parts.collect();
        for part in changed {
            self.hashes.insert(part.name, part.hash.clone());
        }
        if parts.is_empty() {
            // That something happened of which a seat sees nothing is not said either.
            return None;
        }
        let from = self.entry;
        self.entry = drawn.entry;
        Some(Update {
            from,
            entry: drawn.entry,
            now,
            parts,
        })
    }
}
