//! The laws by which errors of samples are judged.

/// The standard normal quantile at 97.5 %.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// The chance that a number by Student's law lies at least so far from 0.
pub fn student_tails(t: f64, degrees: f64) -> f64 {
    incomplete_beta(degrees / (degrees + t * t), degrees / 2.0, 0.5)
}

/// How far from 0 a number by Student's law lies with this chance, on either side together.
///
/// Found by Halley's method from near the normal quantile, within bounds that each look narrows. The error
/// of a step is the cube of the one before, so the first that is small is the last.
pub fn student_quantile(both_tails: f64, degrees: f64) -> f64 {
    const SMALL: f64 = 1e-7;
    const MOST: u32 = 200;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut t = near_student(both_tails, degrees);
    for _ in 0..MOST {
        let over = student_tails(t, degrees) - both_tails;
        if over > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let step = over / student_density(t, degrees);
        let bend = step * (degrees + 1.0) * t / (degrees + t * t) / 2.0;
        let next = t + step / (1.0 - bend).max(0.5);
        if (next - t).abs() <= SMALL * t {
            return next;
        }
        t = if low < next && next < high {
            next
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            2.0 * t
        };
    }
    t
}

/// A quantile of Student's law to some digits: the normal one (Abramowitz and Stegun 1964, 26.2.23) with
/// the first term of the expansion of Cornish and Fisher.
fn near_student(both_tails: f64, degrees: f64) -> f64 {
    let s = libm::sqrt(-2.0 * libm::log((both_tails / 2.0).clamp(1e-300, 0.5)));
    let over = 2.515_517 + s * (0.802_853 + s * 0.010_328);
    let under = 1.0 + s * (1.432_788 + s * (0.189_269 + s * 0.001_308));
    let normal = s - over / under;
    (normal + normal * (normal * normal + 1.0) / (4.0 * degrees)).max(1e-3)
}

/// By how much the chance of both tails falls where they begin a little farther out.
fn student_density(t: f64, degrees: f64) -> f64 {
    2.0 * kernel(degrees / (degrees + t * t), degrees / 2.0, 0.5) / t
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
    kernel(x, a, b) / a / fraction(x, a, b)
}

/// `x^a (1 - x)^b` over the beta function.
fn kernel(x: f64, a: f64, b: f64) -> f64 {
    let log = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    libm::exp(log)
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
