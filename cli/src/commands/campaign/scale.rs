//! How many runs, from which seed, on how many threads.

use std::num::NonZeroU64;
use std::ops::Range;
use std::str::FromStr;

/// Runs where nobody says how many.
const RUNS: u64 = 1_000;
/// The most runs that are looked at for an error.
pub(crate) const MOST: u64 = 1 << 20;

/// The size of a campaign.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Scale {
    /// How many runs. Default: 1,000
    #[arg(short = 'n', long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    pub(crate) runs: Option<NonZeroU64>,
    /// What all chance is drawn from. Default: what the exercise says, else 1
    #[arg(short, long)]
    pub(crate) seed: Option<u64>,
    /// On how many threads. Default: as many as the machine runs at once
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroU64>,
}

/// A whole number above 0.
fn at_least_one(text: &str) -> Result<NonZeroU64, String> {
    text.parse()
        .map_err(|_| "it is a whole number from 1 on, such as 1000".to_owned())
}

/// A number of points of the score.
pub(crate) fn points(text: &str) -> Result<f64, String> {
    let found = text.parse().ok();
    let found = found.filter(|points: &f64| *points > 0.0 && *points <= 100.0);
    found.ok_or_else(|| "points of the score are a number above 0, such as 0.5".to_owned())
}

impl Scale {
    /// The indices of the runs.
    pub(crate) fn runs(&self, part: Option<Part>) -> Range<u64> {
        let runs = self.runs.map_or(RUNS, NonZeroU64::get);
        part.map_or(0..runs, |part| part.of(runs))
    }

    /// What of it decides what comes out, as it is typed, each after a space.
    pub(crate) fn typed(&self) -> String {
        let runs = self.runs.map(|runs| format!(" --runs {runs}"));
        let seed = self.seed.map(|seed| format!(" --seed {seed}"));
        [runs, seed].into_iter().flatten().collect()
    }

    /// How many threads.
    pub(crate) fn threads(&self) -> usize {
        let asked = self
            .threads
            .map(|threads| threads.get().min(1_024) as usize);
        asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, Into::into))
    }
}

/// One of several equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    which: u64,
    of: u64,
}

impl FromStr for Part {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let read = parts.and_then(|(which, of)| Some((which.parse().ok()?, of.parse().ok()?)));
        match read {
            Some((which, of)) if (1..=of).contains(&which) => Ok(Self { which, of }),
            _ => Err("a part is written `2/5`: the second of five".to_owned()),
        }
    }
}

impl Part {
    /// The runs of this part: no run is in two of them, none in none.
    fn of(self, runs: u64) -> Range<u64> {
        let edge = |part: u64| (u128::from(runs) * u128::from(part) / u128::from(self.of)) as u64;
        edge(self.which - 1)..edge(self.which)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_all_runs_once() {
        for runs in [0, 1, 7, 1_000] {
            for of in 1..=9_u64 {
                let parts = (1..=of).map(|which| Part { which, of }.of(runs));
                let covered: Vec<u64> = parts.flatten().collect();
                assert_eq!(covered, (0..runs).collect::<Vec<_>>());
            }
        }
        assert!("0/5".parse::<Part>().is_err() && "6/5".parse::<Part>().is_err());
        assert_eq!("2/5".parse(), Ok(Part { which: 2, of: 5 }));
    }
}
