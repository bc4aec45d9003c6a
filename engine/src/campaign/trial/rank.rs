//! Which of the changes that were tried is best.

use super::{Ground, Tried, Variant};
use crate::campaign::criterion::{Criterion, Effect};
use std::cmp::Ordering;

/// The variants by rank. One comes before another that it surely beats by the first criterion in which the two
/// surely differ; those that cannot be told apart share a rank.
pub(super) fn ranked(
    variants: Vec<Variant>,
    base: &Variant,
    grounds: &[Ground],
    fails: f64,
) -> Vec<Tried> {
    let n = variants.len();
    let mut beaten_by = vec![vec![false; n]; n];
    for (i, one) in variants.iter().enumerate() {
        for (j, other) in variants.iter().enumerate().skip(i + 1) {
            match sooner(one, other, grounds, fails) {
                Ordering::Less => beaten_by[j][i] = true,
                Ordering::Greater => beaten_by[i][j] = true,
                Ordering::Equal => {}
            }
        }
    }
    let count = |of: &[bool]| of.iter().filter(|beaten| **beaten).count();
    let tried: Vec<Tried> = variants
        .into_iter()
        .map(|of| Tried {
            effects: of.effects(base, grounds, fails),
            changes: of.changes,
            rank: 0,
        })
        .collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| {
        let losses = count(&beaten_by[*a]).cmp(&count(&beaten_by[*b]));
        losses.then(by_gain(&tried[*a], &tried[*b]))
    });
    let mut rank = 1;
    let mut sorted: Vec<Tried> = Vec::with_capacity(n);
    let mut first = None;
    for which in order {
        // A rank ends where something is surely beaten by the first that has it.
        if first.is_some_and(|first: usize| beaten_by[which][first]) {
            rank += 1;
            first = None;
        }
        first.get_or_insert(which);
        sorted.push(Tried {
            rank,
            ..tried[which].clone()
        });
    }
    sorted
}

/// Whether the first is surely better than the second, by the first criterion in which they surely differ.
pub(super) fn sooner(one: &Variant, other: &Variant, grounds: &[Ground], fails: f64) -> Ordering {
    for by in Criterion::RANKING {
        match one.effect(other, grounds, by, fails).is_better() {
            Some(true) => return Ordering::Less,
            Some(false) => return Ordering::Greater,
            None => {}
        }
    }
    Ordering::Equal
}

/// What surely gains first, then by what it gains, the criteria in their order.
fn by_gain(one: &Tried, other: &Tried) -> Ordering {
    let helps = other.helps().cmp(&one.helps());
    let sure = |of: &Tried| -> Vec<f64> {
        let sure = of.effects.iter();
        sure.map(|effect| effect.is_better().map_or(0.0, |_| effect.mean()))
            .collect()
    };
    let all = |of: &Tried| of.effects.iter().map(Effect::mean).collect::<Vec<f64>>();
    let compared = |a: Vec<f64>, b: Vec<f64>| {
        let pairs = a.into_iter().zip(b);
        let orders = pairs.map(|(a, b)| b.total_cmp(&a));
        orders.fold(Ordering::Equal, Ordering::then)
    };
    helps
        .then_with(|| compared(sure(one), sure(other)))
        .then_with(|| compared(all(one), all(other)))
        .then_with(|| one.changes.cmp(&other.changes))
}
