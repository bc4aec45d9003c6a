//! Shares and scores in the making, finer than they are shown, so that rounding happens once.

use crate::exercise::{BasisPoints, Span};

/// A share from 0 to 1 in millionths of a basis point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fine(u64);

/// Millionths of a basis point.
const PER_POINT: u64 = 1_000_000;
/// The bits after the point of a logarithm.
const LOG_BITS: u32 = 30;

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

    /// The score of a time: all at or under the target, half less per doubling, none from four times.
    pub(super) fn of_time(taken: Span, target: Span) -> Self {
        if taken <= target {
            return Self::ONE;
        }
        let (taken, target) = (taken.0.unsigned_abs(), target.0.max(0).unsigned_abs());
        if target == 0 || taken / target >= 4 {
            return Self::ZERO;
        }
        let loss = u128::from(log2(taken, target)) * u128::from(Self::ONE.0 / 2);
        Self(Self::ONE.0.saturating_sub((loss >> LOG_BITS) as u64))
    }
}

/// The binary logarithm of a ratio from 1 to 4, with [`LOG_BITS`] bits after the point, found bit by
/// bit by squaring.
fn log2(over: u64, under: u64) -> u64 {
    const ONE: u128 = 1 << 60;
    let mut x = (u128::from(over) << 60) / u128::from(under);
    let mut log = 0;
    while x >= 2 * ONE {
        x >>= 1;
        log += 1;
    }
    for _ in 0..LOG_BITS {
        x = (x * x) >> 60;
        log <<= 1;
        if x >= 2 * ONE {
            x >>= 1;
            log += 1;
        }
    }
    log
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
    fn a_time_at_its_target_scores_all_and_at_four_times_nothing() {
        let score = |taken| Fine::of_time(Span(taken), Span(1_000)).rounded().0;
        assert_eq!(score(0), 10_000);
        assert_eq!(score(1_000), 10_000);
        assert_eq!(score(2_000), 5_000);
        assert_eq!(score(4_000), 0);
        assert_eq!(score(400_000), 0);
    }

    #[test]
    fn the_logarithm_agrees_with_floating_point() {
        for taken in (1_000_u32..4_000).step_by(7) {
            let exact = libm::log2(f64::from(taken) / 1_000.0) * f64::from(1 << LOG_BITS);
            let found = f64::from(u32::try_from(log2(u64::from(taken), 1_000)).unwrap());
            assert!((exact - found).abs() <= 4.0, "{taken}: {exact} {found}");
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
