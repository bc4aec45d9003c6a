//! The laws by which errors of samples are judged.

/// The standard normal quantile at 97.5 %.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// The chance that a number by Student's law lies at least so far from 0.
pub fn student_tails(t: f64, degrees: f64) -> f64 {
    incomplete_beta(degrees / (degrees + t * t), degrees / 2.0, 0.5)
}

/// How far from 0 a number by Student's law lies with this chance, on either side together.
pub fn student_quantile(both_tails: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 2.0);
    while student_tails(high, degrees) > both_tails && high < 1e9 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if student_tails(middle, degrees) > both_tails {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The chance of at most `k` hits in `n` trials with this chance each.
pub fn binomial_at_most(k: u64, n: u64, chance: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let float = |n: u64| super::float(i128::from(n));
    incomplete_beta(1.0 - chance, float(n - k), float(k) + 1.0)
}

/// The regularised incomplete beta function.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast below the mean of the law only; beyond it, that of its mirror.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - below_mean(1.0 - x, b, a);
    }
    below_mean(x, a, b)
}

fn below_mean(x: f64, a: f64, b: f64) -> f64 {
    let log = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    libm::exp(log) / a / fraction(x, a, b)
}

/// `1 + d1 / (1 + d2 / (1 + ..))` by Lentz's method, until a term changes nothing.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const MOST: u32 = 1_000_000;
    let term = |index: u32| {
        let m = f64::from(index / 2);
        if index.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        }
    };
    let off_zero = |y: f64| if y.abs() < TINY { TINY } else { y };
    let (mut value, mut over, mut under) = (1.0_f64, 1.0_f64, 0.0_f64);
    for by in (1..=MOST).map(term) {
        under = 1.0 / off_zero(1.0 + by * under);
        over = off_zero(1.0 + by / over);
        value *= over * under;
        if (over * under - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}
