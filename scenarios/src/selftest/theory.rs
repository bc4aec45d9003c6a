//! What theory says, as closed formulas. Nothing here knows the engine.
//!
//! Times are in any one unit; rates are its reciprocals. Sources stand in `docs/selftest.md`.

/// Erlang's second formula: the chance to wait for one of some servers, each of which is busy for a
/// share `load` of the time.
pub(super) fn erlang_c(servers: u32, load: f64) -> f64 {
    let offered = f64::from(servers) * load;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..servers {
        term *= offered / f64::from(k);
        sum += term;
    }
    let all_busy = term * offered / f64::from(servers) / (1.0 - load);
    all_busy / (sum + all_busy)
}

/// The mean wait for one of some servers with exponential service (M/M/c).
pub(super) fn wait_for_servers(servers: u32, load: f64, service: f64) -> f64 {
    erlang_c(servers, load) * service / (f64::from(servers) * (1.0 - load))
}

/// The first two moments of a law of service times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) square: f64,
}

impl Moments {
    pub(super) fn fixed(time: f64) -> Self {
        Self {
            mean: time,
            square: time * time,
        }
    }

    pub(super) fn exponential(mean: f64) -> Self {
        Self {
            mean,
            square: 2.0 * mean * mean,
        }
    }

    pub(super) fn triangle(a: f64, b: f64, c: f64) -> Self {
        Self {
            mean: (a + b + c) / 3.0,
            square: (a * a + b * b + c * c + a * b + a * c + b * c) / 6.0,
        }
    }

    pub(super) fn evenly(times: &[f64]) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let n = times.len() as f64;
        Self {
            mean: times.iter().sum::<f64>() / n,
            square: times.iter().map(|time| time * time).sum::<f64>() / n,
        }
    }
}

/// Pollaczek and Khinchine: the mean wait for one server (M/G/1).
pub(super) fn pollaczek_khinchine(rate: f64, service: Moments) -> f64 {
    rate * service.square / (2.0 * (1.0 - rate * service.mean))
}

/// Cobham: the mean waits of classes in the order of their priority, where nothing is interrupted.
pub(super) fn cobham(classes: &[(f64, Moments)]) -> Vec<f64> {
    let residual: f64 = classes
        .iter()
        .map(|(rate, service)| rate * service.square / 2.0)
        .sum();
    let mut above = 0.0;
    let mut waits = Vec::new();
    for (rate, service) in classes {
        let with = above + rate * service.mean;
        waits.push(residual / ((1.0 - above) * (1.0 - with)));
        above = with;
    }
    waits
}

/// The mean of the greatest of n exponential times of mean 1.
pub(super) fn harmonic(n: u32) -> f64 {
    (1..=n).map(|k| 1.0 / f64::from(k)).sum()
}

/// The chances of exactly 1, 2, .. attempts where each but the last is repeated with one chance.
pub(super) fn truncated_geometric(again: f64, most: u32) -> Vec<f64> {
    let reached = |attempt: u32| libm::pow(again, f64::from(attempt - 1));
    let exactly = |attempt: u32| {
        let goes_on = if attempt < most { again } else { 0.0 };
        reached(attempt) * (1.0 - goes_on)
    };
    (1..=most).map(exactly).collect()
}

/// The law of a time at which something happens whose hazard is constant in each of some stretches:
/// attention by its median, which changes with the shift. The last stretch has no end.
#[derive(Debug, Clone)]
pub(super) struct Stretches {
    /// The median in the stretch, and how long it lasts.
    pub(super) stretches: Vec<(f64, f64)>,
}

impl Stretches {
    /// The chance that it has happened by a time.
    pub(super) fn by(&self, time: f64) -> f64 {
        let (mut medians, mut left) = (0.0, time);
        for (median, length) in &self.stretches {
            let spent = left.clamp(0.0, *length);
            medians += spent / median;
            left -= spent;
        }
        1.0 - libm::exp2(-medians)
    }

    /// The mean time until it happens.
    pub(super) fn mean(&self) -> f64 {
        let (mut alive, mut mean) = (1.0, 0.0);
        for (median, length) in &self.stretches {
            let survives = libm::exp2(-length / median);
            mean += alive * median / std::f64::consts::LN_2 * (1.0 - survives);
            alive *= survives;
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn one_server_is_the_same_by_every_formula() {
        let (rate, service) = (0.1, Moments::exponential(7.0));
        let wait = pollaczek_khinchine(rate, service);
        assert!(close(erlang_c(1, 0.7), 0.7));
        assert!(close(wait, wait_for_servers(1, 0.7, 7.0)));
        assert!(close(wait, cobham(&[(rate, service)])[0]));
    }

    #[test]
    fn priorities_only_redistribute_waiting() {
        // Kleinrock's conservation law: the waits, weighted by load, sum to that of first come.
        let classes = [
            (0.05, Moments::fixed(4.0)),
            (0.04, Moments::exponential(9.0)),
        ];
        let load: f64 = classes.iter().map(|(rate, of)| rate * of.mean).sum();
        let residual: f64 = classes
            .iter()
            .map(|(rate, of)| rate * of.square / 2.0)
            .sum();
        let waits = cobham(&classes);
        let weighted: f64 = classes
            .iter()
            .zip(&waits)
            .map(|((rate, of), wait)| rate * of.mean * wait)
            .sum();
        assert!(close(weighted, load * residual / (1.0 - load)));
    }

    #[test]
    fn erlang_agrees_with_his_printed_table() {
        // Two servers at an offered load of one: a third of all calls wait.
        assert!(close(erlang_c(2, 0.5), 1.0 / 3.0));
    }

    #[test]
    fn chances_of_attempts_sum_to_one() {
        let chances = truncated_geometric(0.2, 3);
        assert!(close(chances.iter().sum(), 1.0));
        assert!(close(chances[0], 0.8) && close(chances[2], 0.04));
    }

    #[test]
    fn attention_of_one_rate_is_exponential() {
        let law = Stretches {
            stretches: vec![(20.0, 15.0), (20.0, f64::INFINITY)],
        };
        assert!(close(law.by(20.0), 0.5));
        assert!(close(law.mean(), 20.0 / std::f64::consts::LN_2));
    }
}
