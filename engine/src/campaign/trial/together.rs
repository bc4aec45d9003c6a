//! Changes in combination: one after another is added, as long as it surely adds something.

use super::plays::{Plays, play};
use super::rank::{ranked, sooner};
use super::{FAILS, Ground, Size, Trials, Tried, Variant, shared, together_with};
use crate::campaign::change::Change;
use std::cmp::Ordering;
use std::ops::Range;

/// Whether changes may be made together, by what they cost.
pub type Allowed<'a> = &'a dyn Fn(&[Change]) -> bool;

/// The best combinations of changes that were tried: of one more each, up to so many and to what they may
/// cost together. The first is the best alone on the shared runs. `None` where nobody played what was asked
/// for.
pub fn together(
    grounds: &[Ground],
    trials: &Trials,
    (most, cost): (usize, Allowed<'_>),
    size: &Size,
    plays: &mut dyn Plays,
) -> Option<Vec<Tried>> {
    let helping = trials.best.iter().filter(|of| of.helps());
    let single: Vec<Change> = helping.flat_map(|of| of.changes.iter().copied()).collect();
    let shared = shared(grounds);
    let fails = FAILS / together_with(single.len().max(1));
    let mut chain: Vec<Variant> = Vec::new();
    let mut current = Variant::base(grounds);
    while chain.len() < most {
        let mut variants = one_more(&current, &single, cost, grounds);
        if variants.is_empty() {
            break;
        }
        let mut asked: Vec<(&mut Variant, Range<u64>)> = Vec::new();
        // What is played as it is, is played once: beside the first change.
        asked.extend(chain.is_empty().then(|| (&mut current, shared.clone())));
        asked.extend(variants.iter_mut().map(|of| (of, shared.clone())));
        play(plays, asked, None)?;
        let Some(next) = best_addition(variants, &current, grounds, fails) else {
            break;
        };
        chain.push(next.afresh());
        current = next;
    }
    if chain.is_empty() {
        return Some(Vec::new());
    }
    let mut base = Variant::base(grounds);
    let all = std::iter::once(&mut base).chain(&mut chain);
    play(
        plays,
        all.map(|of| (of, size.fresh.clone())).collect(),
        None,
    )?;
    let tried = chain
        .into_iter()
        .flat_map(|variant| ranked(vec![variant], &base, grounds, fails));
    Some(tried.collect())
}

/// What has one more of the changes each, where that may be and makes an exercise.
fn one_more(
    current: &Variant,
    single: &[Change],
    cost: Allowed<'_>,
    grounds: &[Ground],
) -> Vec<Variant> {
    let further = single
        .iter()
        .filter(|change| !current.changes.contains(change));
    let with = further.map(|change| {
        let mut changes = current.changes.clone();
        changes.push(*change);
        changes
    });
    with.filter(|changes| cost(changes))
        .filter_map(|changes| Variant::new(changes, grounds))
        .collect()
}

/// The one that surely adds something, and that none of those after it surely beats.
fn best_addition(
    variants: Vec<Variant>,
    current: &Variant,
    grounds: &[Ground],
    fails: f64,
) -> Option<Variant> {
    let mut next: Option<Variant> = None;
    for variant in variants {
        let beats = |other: &Variant| sooner(&variant, other, grounds, fails) == Ordering::Less;
        if beats(current) && next.as_ref().is_none_or(beats) {
            next = Some(variant);
        }
    }
    next
}
