//! Means with their errors, and the tails of the laws by which they are judged.

/// The mean of independent observations and its standard error.
pub(super) fn spread(observed: &[f64]) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let n = observed.len() as f64;
    let mean = observed.iter().sum::<f64>() / n;
    let squares: f64 = observed.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, libm::sqrt(squares / (n - 1.0) / n))
}

/// The chance that a standard normal number lies at least so far from 0.
pub(super) fn normal_tails(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The chance that a number by Student's law lies at least so far from 0.
pub(super) fn student_tails(t: f64, degrees: f64) -> f64 {
    incomplete_beta(degrees / (degrees + t * t), degrees / 2.0, 0.5)
}

/// The regularised incomplete beta function, by its continued fraction.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast below the mean of the law only; beyond it, that of its mirror.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let log = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log(1.0 - x);
    libm::exp(log) / a / fraction(x, a, b)
}

/// `1 + d1 / (1 + d2 / (1 + ..))`, from the innermost term outwards.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const DEPTH: u32 = 200;
    let term = |index: u32| {
        let m = f64::from(index / 2);
        if index.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        }
    };
    (1..=DEPTH)
        .rev()
        .fold(1.0, |inner, index| 1.0 + term(index) / inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_printed_tables() {
        // Two-sided critical values, as in the tables of any textbook.
        for (t, degrees, p) in [
            (12.706, 1.0, 0.05),
            (2.228, 10.0, 0.05),
            (4.587, 10.0, 0.001),
            (3.390, 100.0, 0.001),
            (0.681, 63.0, 0.498_4),
        ] {
            let found = student_tails(t, degrees);
            assert!((found / p - 1.0).abs() < 2e-3, "{t} {degrees}: {found}");
        }
        for (z, p) in [(1.959_964, 0.05), (3.290_527, 0.001), (4.417_173, 1e-5)] {
            assert!((normal_tails(z) / p - 1.0).abs() < 1e-5, "{z}");
        }
    }

    #[test]
    fn with_many_degrees_student_is_normal() {
        for t in [0.1, 1.0, 3.0, 5.0] {
            let (one, other) = (student_tails(t, 1e7), normal_tails(t));
            assert!((one / other - 1.0).abs() < 1e-3, "{t}: {one} {other}");
        }
    }

    #[test]
    fn the_error_of_a_mean_shrinks_with_the_root_of_its_number() {
        let (mean, error) = spread(&[1.0, 2.0, 3.0, 4.0]);
        assert!((mean - 2.5).abs() < 1e-12);
        assert!((error - libm::sqrt(5.0 / 3.0 / 4.0)).abs() < 1e-12);
    }
}
