//! How many runs, from which seed, on how many threads.

use crate::parts::Part;
use std::num::NonZeroU64;
use std::ops::Range;

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
        let runs = 0..self.runs.map_or(RUNS, NonZeroU64::get);
        part.map_or_else(|| runs.clone(), |part| part.range(&runs))
    }

    /// On how many threads a part of a job is played: one where nobody says how many, since a cluster shares
    /// its machines out.
    pub(crate) fn threads_of_part(&self) -> u64 {
        self.threads.map_or(1, NonZeroU64::get)
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
