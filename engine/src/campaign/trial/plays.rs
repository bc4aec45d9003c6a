//! Who plays what a search asks for.
//!
//! A search asks for one batch after another, and what it asks for follows from the outcomes of the batches
//! before it alone. So the same batches may be played here, or in parts on several machines and read back, and
//! the search finds the same.

use super::variant::Variant;
use super::{Change, Ground, Order};
use crate::campaign::criterion::Outcome;
use crate::campaign::runner::run;
use crate::campaign::tally::Tally;
use crate::exercise::Exercise;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Changes in one scenario, on a range of runs.
#[derive(Debug, Clone)]
pub struct Lot<'a> {
    /// The changes; none: what is played as it is.
    pub changes: &'a [Change],
    /// Which of the grounds.
    pub ground: usize,
    /// What the changes make of it.
    pub exercise: &'a Arc<Exercise>,
    /// The runs.
    pub runs: Range<u64>,
}

impl Lot<'_> {
    /// Plays some of its runs as the order of its ground says. `None` where it was stopped.
    pub fn play(&self, order: &Order, runs: Range<u64>, stop: &AtomicBool) -> Option<Vec<Outcome>> {
        let order = Order {
            exercise: Arc::clone(self.exercise),
            runs,
            ..order.clone()
        };
        let mut tally = Tally::new(self.exercise);
        run(&order, stop, |row| tally.add(row));
        (!stop.load(Ordering::Relaxed)).then(|| tally.outcomes())
    }
}

/// What a search needs before it can go on.
#[derive(Debug, Clone)]
pub struct Batch<'a> {
    /// The lots.
    pub lots: Vec<Lot<'a>>,
    /// How many changes were tried before, and how many are to be tried in all; `None` where nobody knows.
    pub steps: Option<(usize, usize)>,
}

/// Whoever plays batches.
pub trait Plays {
    /// The outcomes of each lot, run by run, in their order; `None` where they are not to be had.
    fn outcomes(&mut self, batch: &Batch<'_>) -> Option<Vec<Vec<Outcome>>>;
}

/// Plays everything at once, on this machine.
pub struct Here<'a> {
    /// Where changes are tried.
    pub grounds: &'a [Ground],
    /// Says that it is to stop.
    pub stop: &'a AtomicBool,
    /// Is told before each change how many were tried, and how many are to be tried.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

impl Plays for Here<'_> {
    fn outcomes(&mut self, batch: &Batch<'_>) -> Option<Vec<Vec<Outcome>>> {
        let mut tried = 0;
        let lots = batch.lots.iter().map(|lot| {
            if let Some((before, all)) = batch.steps
                && lot.ground == 0
                && !lot.changes.is_empty()
            {
                (self.progress)(before + tried, all);
                tried += 1;
            }
            let order = &self.grounds.get(lot.ground)?.order;
            lot.play(order, lot.runs.clone(), self.stop)
        });
        lots.collect()
    }
}

/// Asks for runs of variants in every ground, and gives them their outcomes.
pub(super) fn play(
    plays: &mut dyn Plays,
    asked: Vec<(&mut Variant, Range<u64>)>,
    steps: Option<(usize, usize)>,
) -> Option<()> {
    let lots = asked.iter().flat_map(|(variant, runs)| {
        let by_ground = variant.exercises.iter().enumerate();
        by_ground.map(|(ground, exercise)| Lot {
            changes: &variant.changes,
            ground,
            exercise,
            runs: runs.clone(),
        })
    });
    let batch = Batch {
        lots: lots.collect(),
        steps,
    };
    let mut found = plays.outcomes(&batch)?.into_iter();
    for (variant, _) in asked {
        for outcomes in &mut variant.outcomes {
            outcomes.extend(found.next()?);
        }
    }
    Some(())
}
