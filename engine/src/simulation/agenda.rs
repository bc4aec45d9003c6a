//! The agenda: what is to happen, in one total order.
//!
//! A key packs the time since onset (40 bits), the rank of what is due (5 bits) and its slot (19
//! bits) into one integer, so the order never depends on who scheduled what first. A rank and a slot
//! hold at most one pending entry: scheduling again replaces it. What was replaced or cancelled stays in the
//! list until it comes up, and is dropped then: most of what is scheduled only guards against waits, and
//! never comes to pass.

use crate::exercise::{ExerciseTime, Span};
use bevy_ecs::component::Component;

/// What is due, in the order in which it is handled within an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Rank {
    /// A person's duty changes. Slot: person.
    Calendar,
    /// A segment of work ends. Slot: work.
    WorkEnded,
    /// A step may start once its delay is over. Slot: step.
    StepDelay,
    /// A step takes effect on a target. Slot: step and asset.
    StepEffect,
    /// Evidence expires. Slot: asset.
    Expiry,
    /// Whoever runs something that is not ours has restored it. Slot: asset.
    TheirRestore,
    /// A source or a group of staff has seen something. Slot: sighting.
    Sighting,
    /// A source raises a false alarm. Slot: source.
    FalseAlarm,
    /// The owner's side notices an outage. Slot: asset.
    Outage,
    /// A message is noticed. Slot: copy of a message.
    Delivery,
    /// The room shares what its members know. Slot: incident.
    RoomShare,
    /// Reading ends. Slot: person.
    ReadingEnded,
    /// A message lies unnoticed for too long. Slot: message.
    Escalation,
    /// Work waits for too long. Slot: work.
    WorkEscalation,
    /// A delay of the plan is over. Slot: task and incident.
    PlanDelay,
    /// A clock runs out. Slot: obligation and incident.
    ObligationLimit,
    /// A decision is taken. Slot: decision.
    Decision,
    /// An inject is due. Slot: inject.
    Inject,
    /// A condition that counts time may have come to hold. Slot: its number.
    Timer,
    /// The limit of the exercise. Slot: 0.
    Endex,
}

impl Rank {
    const ALL: [Self; 20] = [
        Self::Calendar,
        Self::WorkEnded,
        Self::StepDelay,
        Self::StepEffect,
        Self::Expiry,
        Self::TheirRestore,
        Self::Sighting,
        Self::FalseAlarm,
        Self::Outage,
        Self::Delivery,
        Self::RoomShare,
        Self::ReadingEnded,
        Self::Escalation,
        Self::WorkEscalation,
        Self::PlanDelay,
        Self::ObligationLimit,
        Self::Decision,
        Self::Inject,
        Self::Timer,
        Self::Endex,
    ];
}

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    /// When.
    pub(crate) at: ExerciseTime,
    /// What.
    pub(crate) rank: Rank,
    /// Of which thing.
    pub(crate) slot: usize,
}

const SLOT_BITS: u32 = 19;
const RANK_BITS: u32 = 5;
/// How many things of one rank can be pending.
pub(crate) const MAX_SLOTS: usize = 1 << SLOT_BITS;

/// The key of nothing.
const NONE: u64 = u64::MAX;

/// What is pending in a run.
#[derive(Debug, Component, Default)]
pub(crate) struct Agenda {
    onset: ExerciseTime,
    /// The keys of what is pending, the next one last; among them some that no longer are.
    keys: Vec<u64>,
    /// By rank, then slot: the key of what is pending, or [`NONE`].
    pending: [Vec<u64>; Rank::ALL.len()],
    /// Entries that keep a run alive: all but background noise and long clocks.
    live: usize,
    /// Whether a slot was hit that does not exist.
    overflow: bool,
}

impl Agenda {
    pub(crate) fn reset(&mut self, onset: ExerciseTime) {
        self.onset = onset;
        self.keys.clear();
        self.pending.iter_mut().for_each(Vec::clear);
        self.live = 0;
        self.overflow = false;
    }

    fn key(&self, due: Due) -> u64 {
        let time = (due.at - self.onset).0 as u64;
        (time << (SLOT_BITS + RANK_BITS)) | ((due.rank as u64) << SLOT_BITS) | due.slot as u64
    }

    /// Schedules something, in place of what the same rank and slot had pending.
    pub(crate) fn schedule(&mut self, rank: Rank, slot: usize, at: ExerciseTime) {
        if slot >= MAX_SLOTS {
            self.overflow = true;
            return;
        }
        let key = self.key(Due { at, rank, slot });
        let slots = &mut self.pending[rank as usize];
        if slots.len() <= slot {
            slots.resize(slot + 1, NONE);
        }
        let before = std::mem::replace(&mut slots[slot], key);
        if before == key {
            return;
        }
        if before == NONE {
            self.live += usize::from(keeps_alive(rank));
        }
        let place = self.keys.partition_point(|other| *other > key);
        self.keys.insert(place, key);
    }

    /// Schedules something after a span of at least one millisecond.
    pub(crate) fn after(&mut self, rank: Rank, slot: usize, now: ExerciseTime, span: Span) {
        self.schedule(rank, slot, now + Span(span.0.max(Span::SHORTEST.0)));
    }

    /// Forgets what a rank and slot have pending.
    pub(crate) fn cancel(&mut self, rank: Rank, slot: usize) {
        let pending = self.pending[rank as usize].get_mut(slot);
        let key = pending.map_or(NONE, |key| std::mem::replace(key, NONE));
        if key != NONE {
            self.live -= usize::from(keeps_alive(rank));
        }
    }

    /// When a rank and slot are due.
    pub(crate) fn due(&self, rank: Rank, slot: usize) -> Option<ExerciseTime> {
        let key = self.pending[rank as usize].get(slot).copied();
        key.filter(|key| *key != NONE).map(|key| self.time_of(key))
    }

    /// Whether what a key stands for is still pending.
    fn is_pending(&self, key: u64) -> bool {
        self.pending[rank_of(key)][slot_of(key)] == key
    }

    /// The time of the next thing due.
    pub(crate) fn next_time(&self) -> Option<ExerciseTime> {
        let mut keys = self.keys.iter().rev();
        let next = keys.find(|key| self.is_pending(**key));
        next.map(|key| self.time_of(*key))
    }

    fn time_of(&self, key: u64) -> ExerciseTime {
        self.onset + Span((key >> (SLOT_BITS + RANK_BITS)) as i64)
    }

    /// Takes the next thing due at an instant.
    pub(crate) fn take(&mut self, at: ExerciseTime) -> Option<Due> {
        let key = loop {
            let key = *self.keys.last()?;
            if self.time_of(key) > at {
                return None;
            }
            self.keys.pop();
            if self.is_pending(key) {
                break key;
            }
        };
        let (rank, slot) = (Rank::ALL[rank_of(key)], slot_of(key));
        self.pending[rank as usize][slot] = NONE;
        self.live -= usize::from(keeps_alive(rank));
        Some(Due { at, rank, slot })
    }

    /// Whether nothing is pending but noise, long clocks and the limit.
    pub(crate) const fn is_idle(&self) -> bool {
        self.live == 0
    }

    /// Whether more was scheduled than an agenda can hold.
    pub(crate) const fn overflowed(&self) -> bool {
        self.overflow
    }
}

/// The place of the rank in a key.
const fn rank_of(key: u64) -> usize {
    ((key >> SLOT_BITS) & ((1 << RANK_BITS) - 1)) as usize
}

/// The slot in a key.
const fn slot_of(key: u64) -> usize {
    (key & (MAX_SLOTS as u64 - 1)) as usize
}

/// Whether something of this rank keeps a run alive.
const fn keeps_alive(rank: Rank) -> bool {
    !matches!(
        rank,
        Rank::FalseAlarm | Rank::Expiry | Rank::ObligationLimit | Rank::Endex
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Something that is done to an agenda: scheduled, cancelled, or everything taken up to an instant.
    #[derive(Debug, Clone)]
    enum Deed {
        Schedule(usize, usize, i64),
        Cancel(usize, usize),
        TakeUntil(i64),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let (rank, slot, at) = (0..Rank::ALL.len(), 0_usize..3, 0_i64..40);
        prop_oneof![
            6 => (rank.clone(), slot.clone(), at.clone()).prop_map(|(r, s, t)| Deed::Schedule(r, s, t)),
            3 => (rank, slot).prop_map(|(r, s)| Deed::Cancel(r, s)),
            1 => at.prop_map(Deed::TakeUntil),
        ]
    }

    proptest! {
        #[test]
        fn it_gives_what_a_table_would_that_is_searched_for_the_first(
            deeds in prop::collection::vec(deed(), 0..300),
        ) {
            let mut agenda = agenda();
            let mut table = BTreeMap::new();
            for deed in deeds.into_iter().chain([Deed::TakeUntil(i64::MAX)]) {
                match deed {
                    Deed::Schedule(rank, slot, at) => {
                        agenda.schedule(Rank::ALL[rank], slot, ExerciseTime(at));
                        table.insert((rank, slot), at);
                    }
                    Deed::Cancel(rank, slot) => {
                        agenda.cancel(Rank::ALL[rank], slot);
                        table.remove(&(rank, slot));
                    }
                    Deed::TakeUntil(until) => {
                        let first = |table: &BTreeMap<_, i64>| table.iter().map(|(of, at)| (*at, *of)).min();
                        while let Some((at, of)) = first(&table).filter(|(at, _)| *at <= until) {
                            table.remove(&of);
                            prop_assert_eq!(agenda.next_time(), Some(ExerciseTime(at)));
                            let due = agenda.take(ExerciseTime(at));
                            prop_assert_eq!(due.map(|due| (due.rank as usize, due.slot)), Some(of));
                        }
                    }
                }
                let next = table.values().min().map(|at| ExerciseTime(*at));
                prop_assert_eq!(agenda.next_time(), next);
                let alive = |of: &(usize, usize)| keeps_alive(Rank::ALL[of.0]);
                prop_assert_eq!(agenda.is_idle(), !table.keys().any(alive));
            }
        }
    }

    fn agenda() -> Agenda {
        let mut agenda = Agenda::default();
        agenda.reset(ExerciseTime(-1_000));
        agenda
    }

    #[test]
    fn what_is_due_comes_by_time_then_rank_then_slot() {
        let mut agenda = agenda();
        agenda.schedule(Rank::Inject, 3, ExerciseTime(5));
        agenda.schedule(Rank::WorkEnded, 9, ExerciseTime(5));
        agenda.schedule(Rank::WorkEnded, 2, ExerciseTime(5));
        agenda.schedule(Rank::Endex, 0, ExerciseTime(-7));
        let order: Vec<_> = std::iter::from_fn(|| agenda.take(ExerciseTime(9)))
            .map(|due| (due.rank, due.slot))
            .collect();
        let expected = [
            (Rank::Endex, 0),
            (Rank::WorkEnded, 2),
            (Rank::WorkEnded, 9),
            (Rank::Inject, 3),
        ];
        assert_eq!(order, expected);
    }

    #[test]
    fn scheduling_again_replaces_what_was_pending() {
        let mut agenda = agenda();
        agenda.schedule(Rank::Escalation, 1, ExerciseTime(5));
        agenda.schedule(Rank::Escalation, 1, ExerciseTime(8));
        assert_eq!(agenda.next_time(), Some(ExerciseTime(8)));
        agenda.cancel(Rank::Escalation, 1);
        assert_eq!(agenda.next_time(), None);
        assert!(agenda.is_idle());
    }
}
