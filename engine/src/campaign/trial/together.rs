//! Changes in combination: one after another is added, as long as it surely adds something.

use super::rank::{ranked, sooner};
use super::{FAILS, Ground, Size, Trials, Tried, Variant, together_with};
use crate::campaign::change::Change;
use std::cmp::Ordering;
use std::sync::atomic::AtomicBool;

/// Whether changes may be made together, by what they cost.
pub type Allowed<'a> = &'a dyn Fn(&[Change]) -> bool;

/// The best combinations of changes that were tried: of one more each, up to so many and to what they may
/// cost together. The first is the best alone on the shared runs. `None` where it was stopped.
pub fn together(
    grounds: &[Ground],
    trials: &Trials,
    (most, cost): (usize, Allowed<'_>),
    size: &Size,
    stop: &AtomicBool,
) -> Option<Vec<Tried>> {
    let helping = trials.best.iter().filter(|of| of.helps());
    let single: Vec<Change> = helping.flat_map(|of| of.changes.iter().copied()).collect();
    let shared = grounds
        .first()
        .map_or(0..0, |ground| ground.order.runs.clone());
    let fails = FAILS / together_with(single.len().max(1));
    let mut chain: Vec<Vec<Change>> = Vec::new();
    let mut current = Variant::base(grounds);
    current.play(grounds, &shared, stop)?;
    while chain.len() < most {
        let mut next: Option<Variant> = None;
        for change in &single {
            if current.changes.contains(change) {
                continue;
            }
            let mut changes = current.changes.clone();
            changes.push(*change);
            if !cost(&changes) {
                continue;
            }
            let Some(mut variant) = Variant::new(changes, grounds) else {
                continue;
            };
            variant.play(grounds, &shared, stop)?;
            let adds = sooner(&variant, &current, grounds, fails) == Ordering::Less;
            let best = next
                .as_ref()
                .is_none_or(|next| sooner(&variant, next, grounds, fails) == Ordering::Less);
            if adds && best {
                next = Some(variant);
            }
        }
        let Some(next) = next else {
            break;
        };
        chain.push(next.changes.clone());
        current = next;
    }
    let mut base = Variant::base(grounds);
    base.play(grounds, &size.fresh, stop)?;
    let mut tried = Vec::new();
    for changes in chain {
        let Some(mut variant) = Variant::new(changes, grounds) else {
            continue;
        };
        variant.play(grounds, &size.fresh, stop)?;
        tried.extend(ranked(vec![variant], &base, grounds, fails));
    }
    Some(tried)
}
