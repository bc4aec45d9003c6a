//! What rules say: the events of a run.
//!
//! A rule changes its own component and emits an event. The step loop hands an echo of it on to the
//! rules that it concerns, so rules of different concerns never call each other.

mod echo;
mod spare;

pub(crate) use echo::Echo;

use crate::exercise::{AssetId, ExerciseTime, Few, Knowable, MessageId};
use crate::record::{Actor, Entry, Event};
use bevy_ecs::component::Component;
use echo::Echoes;
use spare::Spare;

/// Kinds of fact that an event may change; conditions are looked at again only where theirs did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Changed(pub(crate) u16);

impl Changed {
    /// Assets, measures in effect, steps.
    pub(crate) const WORLD: Self = Self(1);
    /// What somebody knows.
    pub(crate) const KNOWLEDGE: Self = Self(1 << 1);
    /// Work done, skipped or re-opened.
    pub(crate) const WORK: Self = Self(1 << 2);
    /// Marks, classification and phases.
    pub(crate) const INCIDENT: Self = Self(1 << 3);
    /// Injects, decisions and notifications.
    pub(crate) const STORY: Self = Self(1 << 4);
    /// Time itself: a condition that counts time is due.
    pub(crate) const TIME: Self = Self(1 << 5);
    /// Who is there.
    pub(crate) const PEOPLE: Self = Self(1 << 6);
    /// Each kind.
    pub(crate) const KINDS: [Self; 7] = [
        Self::WORLD,
        Self::KNOWLEDGE,
        Self::WORK,
        Self::INCIDENT,
        Self::STORY,
        Self::TIME,
        Self::PEOPLE,
    ];
    /// Something of each kind.
    pub(crate) const EACH: Self = Self((1 << Self::KINDS.len()) - 1);
    /// Everything.
    pub(crate) const ALL: Self = Self(u16::MAX);

    /// Whether one of the other's kinds is among these.
    pub(crate) const fn touches(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Each of these kinds on its own.
    pub(crate) fn each(self) -> impl Iterator<Item = Self> {
        let kinds = Self::KINDS.into_iter();
        kinds.filter(move |kind| kind.touches(self))
    }

    /// Both kinds.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The events of a run, and the echoes of those that no rule has reacted to yet.
#[derive(Debug, Component, Default)]
pub(crate) struct Out {
    now: ExerciseTime,
    /// What the clock on the wall shows, where people take part live.
    wall: Option<i64>,
    /// How many events there were.
    number: u32,
    /// How many of them were counted.
    counted: u32,
    recording: bool,
    /// The entries, where they are recorded.
    entries: Vec<Entry>,
    echoes: Echoes,
    spare: Spare,
    changed: Changed,
}

impl Out {
    pub(crate) fn reset(&mut self, now: ExerciseTime, recording: bool) {
        self.now = now;
        self.wall = None;
        self.number = 0;
        self.counted = 0;
        self.recording = recording;
        for entry in self.entries.drain(..) {
            self.spare.keep_of(entry.event);
        }
        self.echoes.clear();
        self.changed = Changed::ALL;
    }

    /// A list of facts, for what a message reveals; or to be given back once it was looked at.
    pub(crate) fn facts(&mut self, facts: impl IntoIterator<Item = Knowable>) -> Vec<Knowable> {
        let mut list = self.spare.facts();
        list.extend(facts);
        list
    }

    /// Gives a list of facts back, for its memory.
    pub(crate) fn keep(&mut self, facts: Vec<Knowable>) {
        self.spare.keep(facts);
    }

    /// A list of assets, for an entry.
    pub(crate) fn assets(&mut self, assets: impl IntoIterator<Item = AssetId>) -> Few<AssetId> {
        let mut list = self.spare.assets();
        list.extend(assets);
        list
    }

    /// The instant.
    pub(crate) const fn now(&self) -> ExerciseTime {
        self.now
    }

    /// A list of messages, for an entry.
    pub(crate) fn messages(&mut self, messages: &[MessageId]) -> Few<MessageId> {
        let mut list = self.spare.messages();
        list.extend_from_slice(messages);
        list
    }

    /// What the clock on the wall shows from now on.
    pub(crate) const fn tell_time(&mut self, wall: Option<i64>) {
        self.wall = wall;
    }

    /// Moves on to a later instant.
    pub(crate) fn advance(&mut self, now: ExerciseTime) {
        self.now = now;
    }

    /// States that something happened now, and returns the number of its entry.
    #[expect(
        clippy::inline_always,
        reason = "an event that is not recorded comes down to its echo where its kind is known"
    )]
    #[inline(always)]
    pub(crate) fn emit(&mut self, actor: Actor, cause: Option<u32>, event: Event) -> u32 {
        self.number += 1;
        if let Some(echo) = Echo::of(&event) {
            self.echoes.push(self.number, echo);
        }
        if self.recording {
            self.record(actor, cause, event);
        } else {
            self.spare.keep_of(event);
        }
        self.number
    }

    #[inline(never)]
    fn record(&mut self, actor: Actor, cause: Option<u32>, event: Event) {
        self.entries.push(Entry {
            number: self.number,
            at: self.now,
            wall: self.wall,
            actor,
            // What no entry brought about was so from the start.
            cause: cause.filter(|entry| *entry > 0),
            event,
        });
    }

    /// The same, decided by the rules of the exercise.
    #[expect(clippy::inline_always, reason = "as for others")]
    #[inline(always)]
    pub(crate) fn rule(&mut self, cause: Option<u32>, event: Event) -> u32 {
        self.emit(Actor::Rules {}, cause, event)
    }

    /// Says that facts of a kind changed at this instant.
    pub(crate) fn mark(&mut self, changed: Changed) {
        self.changed = self.changed.and(changed);
    }

    /// The kinds of fact that changed since that was last taken.
    pub(crate) const fn changed(&self) -> Changed {
        self.changed
    }

    /// Takes the kinds of fact that changed since this was last asked.
    pub(crate) fn take_changed(&mut self) -> Changed {
        std::mem::take(&mut self.changed)
    }

    /// Whether some kind of fact changed since this was last asked.
    pub(crate) const fn has_changed(&self) -> bool {
        self.changed.0 != 0
    }

    /// Whether rules have reacted to everything.
    pub(crate) const fn is_settled(&self) -> bool {
        self.echoes.is_empty()
    }

    /// Takes the echo of the next event to which rules react, with the number of its entry.
    #[inline]
    pub(crate) fn take_echo(&mut self) -> Option<(u32, Echo)> {
        self.echoes.take()
    }

    /// No rule reacts to what happened so far.
    pub(crate) fn ignore_echoes(&mut self) {
        self.echoes.clear();
    }

    /// How many events there were since they were last counted.
    pub(crate) const fn count(&mut self) -> u32 {
        let before = std::mem::replace(&mut self.counted, self.number);
        self.number - before
    }

    /// The next entry that was not looked at by this.
    #[cfg(test)]
    pub(crate) fn next_entry(&mut self) -> Option<Entry> {
        let entry = self.entries.get(self.counted as usize).cloned()?;
        self.counted += 1;
        Some(entry)
    }

    /// The number of the last entry.
    pub(crate) const fn last(&self) -> u32 {
        self.number
    }

    /// The entries so far, where they are recorded.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes the entries.
    pub(crate) fn take_entries(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }
}
