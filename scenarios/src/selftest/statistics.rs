//! Means with their errors, and the tails of the normal law. Student's law is the engine's own.

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

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_engine::campaign::statistics::student_tails;

    #[test]
    fn tails_agree_with_printed_tables() {
        // Two-sided critical values, as in the tables of any textbook.
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
