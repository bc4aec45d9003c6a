//! What the time to a phase was made of, over runs.

use super::FAILS;
use crate::campaign::statistics::{Mean, Ratio};
use crate::campaign::tally::Tally;
use crate::evaluation::Category;
use crate::exercise::{Phase, RoleId};

/// What the time to a phase was made of. Shares are ratios of sums over all runs.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeOfTime {
    /// The mean time to it of a run, in milliseconds; what was not complete counts to the end.
    pub whole: Option<Mean>,
    /// The share of that time that lies in runs in which the phase was not complete.
    pub open: Option<Mean>,
    /// Its parts by category and role, the greatest first.
    pub parts: Vec<ShareOf>,
    /// Its parts by category alone, the greatest first.
    pub categories: Vec<ShareOf>,
}

/// A part of the time to a phase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareOf {
    /// What the time was.
    pub category: Category,
    /// Whose, where it was somebody's and is not summed over all.
    pub role: Option<RoleId>,
    /// The mean of a run, in milliseconds.
    pub mean: Mean,
    /// The share of all time to the phase.
    pub share: Mean,
}

impl MadeOfTime {
    pub(super) fn of(tally: &Tally, phase: Phase) -> Self {
        let sums = &tally.made_of;
        let whole = sums.whole[phase.index()];
        let share = |category, role, ratio: &Ratio| {
            Some(ShareOf {
                category,
                role,
                mean: ratio.part().with_zeros(tally.runs()).estimate(FAILS)?,
                share: ratio.within(whole).share(FAILS)?,
            })
        };
        let parts = sums.parts.iter().filter(|((of, ..), _)| *of == phase);
        let parts = parts.filter_map(|((_, category, role), of)| share(*category, *role, of));
        let categories = sums.categories.iter().filter(|((of, _), _)| *of == phase);
        let categories = categories.filter_map(|((_, category), of)| share(*category, None, of));
        Self {
            whole: whole.with_zeros(tally.runs()).estimate(FAILS),
            open: sums.open[phase.index()].share(FAILS),
            parts: sorted(parts),
            categories: sorted(categories),
        }
    }
}

fn sorted(parts: impl Iterator<Item = ShareOf>) -> Vec<ShareOf> {
    let mut parts: Vec<ShareOf> = parts.collect();
    parts.sort_by(|a, b| b.mean.value.total_cmp(&a.mean.value));
    parts
}
