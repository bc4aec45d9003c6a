//! Entries on their way to the rules.

use crate::record::{Entry, Event};
use std::mem::ManuallyDrop;

/// Entries that rules react to together, in order.
///
/// What most of them say lies in the entry itself, so that there is nothing to give back when they are let
/// go of: a batch that holds no others is emptied without a look at them. A batch has to be released before
/// it is dropped.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    entries: Vec<ManuallyDrop<Entry>>,
    /// Whether one of them may own memory.
    owns: bool,
}

impl Batch {
    /// Adds an entry behind the others.
    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        self.owns |= entry.event.may_own_memory();
        self.entries.push(ManuallyDrop::new(entry));
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entries.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(|entry| &**entry)
    }

    /// Takes the entries.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Entry> + '_ {
        self.owns = false;
        self.entries.drain(..).map(ManuallyDrop::into_inner)
    }

    /// Lets go of the entries, and gives back what of them may own memory.
    #[inline]
    pub(super) fn release(&mut self, give_back: impl FnMut(Event)) {
        if self.owns {
            self.drain().map(|entry| entry.event).for_each(give_back);
        }
        self.entries.clear();
    }

    /// Takes the first.
    #[cfg(test)]
    pub(super) fn take_first(&mut self) -> Option<Entry> {
        let first = (!self.is_empty()).then(|| self.entries.remove(0));
        first.map(ManuallyDrop::into_inner)
    }
}
