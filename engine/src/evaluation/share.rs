//! Shares and scores in the making, finer than they are shown, so that rounding happens once.

use crate::exercise::{BasisPoints, Span};

/// A share from 0 to 1, so fine that a millisecond in a month shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fine(u64);

/// So many make a basis point.
const PER_POINT: u64 = 10_000_000_000_000;

impl Fine {
    /// Nothing.
    pub(super) const ZERO: Self = Self(0);
    /// All of it.
    pub(super) const ONE: Self = Self(10_000 * PER_POINT);

    /// So much of so much; a part greater than the whole is all of it, of nothing there is none.
    pub(super) fn ratio(part: u64, whole: u64) -> Option<Self> {
        let fine = u128::from(part.min(whole)) * u128::from(Self::ONE.0);
        let whole = u128::from(whole);
        (whole > 0).then(|| Self(((fine + whole / 2) / whole) as u64))
    }

    /// The mean by weight; none where there is no weight.
    pub(super) fn mean(weighted: impl IntoIterator<Item = (u64, Self)>) -> Option<Self> {
        let (mut sum, mut weights) = (0_u128, 0_u128);
        for (weight, share) in weighted {
            sum += u128::from(weight) * u128::from(share.0);
            weights += u128::from(weight);
        }
        (weights > 0).then(|| Self(((sum + weights / 2) / weights) as u64))
    }

    /// This share of another.
    pub(super) fn times(self, other: Self) -> Self {
        let product = u128::from(self.0) * u128::from(other.0);
        let one = u128::from(Self::ONE.0);
        Self(((product + one / 2) / one) as u64)
    }

    /// In basis points, rounded half up.
    pub(super) fn rounded(self) -> BasisPoints {
        BasisPoints(((self.0 + PER_POINT / 2) / PER_POINT) as u16)
    }

    /// The share of so many basis points.
    pub(super) const fn of(points: BasisPoints) -> Self {
        Self(points.0 as u64 * PER_POINT)
    }

    /// This share less another; never under nothing.
    pub(super) const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The score of a time: the target divided by it, at most all.
    pub(super) fn of_time(taken: Span, target: Span) -> Self {
        if taken <= target {
            return Self::ONE;
        }
        let (taken, target) = (taken.0.unsigned_abs(), target.0.max(0).unsigned_abs());
        Self::ratio(target, taken).unwrap_or(Self::ZERO)
    }
}

/// Weights after those of parts that are left out went to the others in proportion, in basis points
/// that sum to 10,000, the odd ones to the greatest remainders.
pub(super) fn renormalised<const N: usize>(weights: [Option<BasisPoints>; N]) -> [BasisPoints; N] {
    let weight = |i: usize| u64::from(weights[i].map_or(0, |w| w.0));
    let sum: u64 = (0..N).map(weight).sum();
    let mut shares = [BasisPoints::ZERO; N];
    if sum == 0 {
        return shares;
    }
    let mut remainders: Vec<(u64, usize)> = Vec::with_capacity(N);
    for (i, share) in shares.iter_mut().enumerate() {
        let exact = weight(i) * 10_000;
        share.0 = (exact / sum) as u16;
        remainders.push((exact % sum, i));
    }
    let given: u16 = shares.iter().map(|share| share.0).sum();
    remainders.sort_by_key(|(rest, i)| (std::cmp::Reverse(*rest), *i));
    for (_, i) in remainders.iter().take(usize::from(10_000 - given)) {
        shares[*i].0 += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_over_its_target_scores_the_target_divided_by_it() {
        let score = |taken| Fine::of_time(Span(taken), Span(1_000)).rounded().0;
        assert_eq!(score(0), 10_000);
        assert_eq!(score(1_000), 10_000);
        assert_eq!(score(2_000), 5_000);
        assert_eq!(score(4_000), 2_500);
        assert_eq!(score(400_000), 25);
        assert_eq!(Fine::of_time(Span(1), Span::ZERO), Fine::ZERO);
    }

    #[test]
    fn a_millisecond_sooner_is_worth_more_at_any_time_after_the_target() {
        for target in [Span::minutes(1), Span::minutes(30), Span::days(20)] {
            for late in [Span(1), Span::minutes(1), Span::days(1), Span::days(60)] {
                let taken = target + late;
                let (now, sooner) = (
                    Fine::of_time(taken, target),
                    Fine::of_time(taken - Span(1), target),
                );
                assert!(now < sooner, "{taken:?} of {target:?}");
            }
            assert_eq!(
                Fine::of_time(target, target),
                Fine::of_time(Span::ZERO, target)
            );
        }
    }

    #[test]
    fn left_out_weights_go_to_the_others_and_nothing_is_lost() {
        let third = Some(BasisPoints(3_333));
        let shares = renormalised([third, None, third, third]);
        assert_eq!(shares.iter().map(|s| s.0).sum::<u16>(), 10_000);
        assert_eq!(shares[1].0, 0);
        assert_eq!(renormalised([None, None]), [BasisPoints::ZERO; 2]);
    }
}
