//! Numbers in words.

use hotwash_engine::exercise::{BasisPoints, Money};

/// The word for one of something or for more.
pub fn plural<'a>(n: u64, one: &'a str, more: &'a str) -> &'a str {
    if n == 1 { one } else { more }
}

/// A number with thousands apart: `42,000`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Money in whole units of the organisation's currency, rounded half up.
pub fn money(money: Money) -> String {
    let units = (i128::from(money.0.abs()) + 50) / 100;
    let units = count(u64::try_from(units).unwrap_or(u64::MAX));
    let sign = if money.0 < 0 && units != "0" { "-" } else { "" };
    format!("{sign}{units}")
}

/// A score from 0 to 100, rounded half up.
pub fn score(points: BasisPoints) -> String {
    ((u32::from(points.0) + 50) / 100).to_string()
}

/// A share in whole percent, rounded half up, without saying 0 or 100 of what is neither.
pub fn percent(share: BasisPoints) -> String {
    match share.0 {
        1..50 => "under 1 %".to_owned(),
        9_950..10_000 => "over 99 %".to_owned(),
        points => format!("{} %", (u32::from(points) + 50) / 100),
    }
}

/// What part of a whole, in basis points rounded half up; nothing of nothing is 0.
pub fn share(part: i64, whole: i64) -> BasisPoints {
    if whole <= 0 {
        return BasisPoints::ZERO;
    }
    let points = (i128::from(part) * 20_000 + i128::from(whole)) / (2 * i128::from(whole));
    BasisPoints(u16::try_from(points.clamp(0, 10_000)).unwrap_or(10_000))
}

/// Parts of a whole in proportion to weights, in whole numbers that sum to it: what is left after
/// rounding down goes to the largest remainders. Without any weight, nothing is handed out.
pub fn apportioned(weights: &[u64], whole: u64) -> Vec<u64> {
    let all: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &u64| u128::from(*weight) * u128::from(whole);
    let mut parts: Vec<u64> = weights.iter().map(|it| (exact(it) / all) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(exact(&weights[*i]) % all));
    let left = whole - parts.iter().sum::<u64>();
    for i in order.into_iter().take(left as usize) {
        parts[i] += 1;
    }
    parts
}

/// References to entries: `#48`, `#31, #48`, or `#54-#93` for the first and the last of more.
pub fn references(entries: &[u32]) -> String {
    match entries {
        [] => String::new(),
        [only] => format!("#{only}"),
        [first, second] => format!("#{first}, #{second}"),
        [first, .., last] => format!("#{first}-#{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(42_000), "42,000");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn a_share_that_is_neither_none_nor_all_says_neither() {
        assert_eq!(percent(BasisPoints(0)), "0 %");
        assert_eq!(percent(BasisPoints(1)), "under 1 %");
        assert_eq!(percent(BasisPoints(50)), "1 %");
        assert_eq!(percent(BasisPoints(9_949)), "99 %");
        assert_eq!(percent(BasisPoints(9_999)), "over 99 %");
        assert_eq!(percent(BasisPoints(10_000)), "100 %");
    }

    #[test]
    fn parts_of_a_whole_sum_to_it() {
        assert_eq!(apportioned(&[30, 50], 100), [38, 62]);
        assert_eq!(apportioned(&[1, 1, 1], 100), [34, 33, 33]);
        assert_eq!(apportioned(&[0, 7], 100), [0, 100]);
        assert_eq!(apportioned(&[0, 0], 100), [0, 0]);
        for weights in [[3, 5, 11, 13], [1, 999, 1, 1], [u64::MAX, 1, 2, 3]] {
            let parts = apportioned(&weights, 10_000);
            assert_eq!(parts.iter().sum::<u64>(), 10_000, "{weights:?}");
        }
    }

    #[test]
    fn money_is_rounded_to_whole_units() {
        assert_eq!(money(Money(149)), "1");
        assert_eq!(money(Money(150)), "2");
        assert_eq!(money(Money(-12_345_600)), "-123,456");
        assert_eq!(money(Money(-20)), "0");
    }

    #[test]
    fn many_entries_are_referred_to_by_the_first_and_the_last() {
        assert_eq!(references(&[]), "");
        assert_eq!(references(&[4, 9]), "#4, #9");
        assert_eq!(references(&[4, 9, 12]), "#4-#12");
    }
}
