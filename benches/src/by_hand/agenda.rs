//! What is due, as the engine orders it: by time, rank and slot, in one integer.

/// Later than anything that happens.
pub(super) const NEVER: i64 = i64::MAX;

const SLOT_BITS: u32 = 19;
const RANK_BITS: u32 = 5;

/// What is due, in the order in which an instant takes it. Who comes and goes is no entry of its own
/// here: shifts are the same in every run, and lie in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Rank {
    WorkEnded,
    StepDelay,
    StepEffect,
    Sighting,
    FalseAlarm,
    Delivery,
    ReadingEnded,
    Escalation,
    WorkEscalation,
    PlanDelay,
    Inject,
    Elapsed,
}

const RANKS: [Rank; 12] = [
    Rank::WorkEnded,
    Rank::StepDelay,
    Rank::StepEffect,
    Rank::Sighting,
    Rank::FalseAlarm,
    Rank::Delivery,
    Rank::ReadingEnded,
    Rank::Escalation,
    Rank::WorkEscalation,
    Rank::PlanDelay,
    Rank::Inject,
    Rank::Elapsed,
];

/// Keys with the soonest last.
#[derive(Debug, Default)]
pub(super) struct Agenda(Vec<u64>);

const fn key(rank: Rank, slot: usize, at: i64) -> u64 {
    ((at as u64) << (SLOT_BITS + RANK_BITS)) | ((rank as u64) << SLOT_BITS) | slot as u64
}

impl Agenda {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn schedule(&mut self, rank: Rank, slot: usize, at: i64) {
        let key = key(rank, slot, at);
        let place = self.0.partition_point(|other| *other > key);
        self.0.insert(place, key);
    }

    /// Takes back what is due at a time; whoever scheduled it remembers when that is.
    pub(super) fn cancel(&mut self, rank: Rank, slot: usize, at: i64) {
        if at == NEVER {
            return;
        }
        let key = key(rank, slot, at);
        if let Ok(place) = self.0.binary_search_by(|other| key.cmp(other)) {
            self.0.remove(place);
        }
    }

    pub(super) fn next_time(&self) -> i64 {
        let last = self.0.last();
        last.map_or(NEVER, |key| (key >> (SLOT_BITS + RANK_BITS)) as i64)
    }

    /// What is due at an instant, if anything is.
    pub(super) fn take(&mut self, now: i64) -> Option<(Rank, usize)> {
        if self.next_time() > now {
            return None;
        }
        let key = self.0.pop()?;
        let rank = RANKS[((key >> SLOT_BITS) & ((1 << RANK_BITS) - 1)) as usize];
        Some((rank, (key & ((1 << SLOT_BITS) - 1)) as usize))
    }
}
