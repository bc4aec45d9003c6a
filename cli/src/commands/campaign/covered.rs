//! Which runs the files have that are put together: each run once, and which are missing.

use super::rows::other;
use crate::failure::Failure;
use crate::parts::Part;
use hotwash_reports::words::count;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Stretches of runs, each with the file that has them.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    stretches: Vec<(Range<u64>, usize)>,
}

impl Covered {
    /// Adds a run of a file.
    pub(crate) fn add(&mut self, run: u64, file: usize) {
        match self.stretches.last_mut() {
            Some((last, of)) if *of == file && last.end == run => last.end += 1,
            _ => self.stretches.push((run..run.saturating_add(1), file)),
        }
    }

    /// Puts them in order.
    ///
    /// # Errors
    ///
    /// If a run is there twice.
    pub(crate) fn sort(&mut self, files: &[PathBuf]) -> Result<(), Failure> {
        self.stretches
            .sort_by_key(|(runs, file)| (runs.start, *file));
        let mut pairs = self.stretches.windows(2);
        let twice = pairs.find(|pair| pair[1].0.start < pair[0].0.end);
        let Some([(_, from), (runs, again)]) = twice else {
            return Ok(());
        };
        let path = |file: usize| files.get(file).map_or(Path::new(""), PathBuf::as_path);
        Err(is_twice(runs.start, path(*from), path(*again)))
    }

    /// The first run and the one behind the last, once they are in order.
    pub(crate) fn ends(&self) -> Range<u64> {
        let first = self.stretches.first().map_or(0, |(runs, _)| runs.start);
        first..self.stretches.last().map_or(first, |(runs, _)| runs.end)
    }

    /// Whether a file has these runs and no others.
    pub(crate) fn is(&self, file: usize, runs: &Range<u64>) -> bool {
        let mut own = self.stretches.iter().filter(|(_, of)| *of == file);
        own.next().is_some_and(|(own, _)| own == runs) && own.next().is_none()
    }

    /// The runs that are missing before the last, once they are in order.
    pub(crate) fn gaps(&self) -> Vec<Range<u64>> {
        let mut gaps = Vec::new();
        let mut next = 0;
        for (runs, _) in &self.stretches {
            if runs.start > next {
                gaps.push(next..runs.start);
            }
            next = runs.end;
        }
        gaps
    }
}

fn is_twice(run: u64, one: &Path, other: &Path) -> Failure {
    let (from, again) = (one.display(), other.display());
    let (said, cure) = if one == other {
        (
            format!("run {run} is in `{from}` twice"),
            "Name each file once.",
        )
    } else {
        (
            format!("run {run} is in `{from}` and in `{again}`"),
            "Leave one of them out.",
        )
    };
    let why = "A run that counts twice would make the figures look surer than they are.";
    Failure::input(said).hint(format!("{why} {cure}"))
}

/// Fails where a file of a folder does not hold the runs of its part.
pub(crate) fn check_parts(
    covered: &Covered,
    (files, parts): (&[PathBuf], &[Option<Part>]),
    runs: u64,
) -> Result<(), Failure> {
    for (file, (path, part)) in files.iter().zip(parts).enumerate() {
        let Some(part) = part else { continue };
        if !covered.is(file, &part.range(&(0..runs))) {
            return Err(not_its_part(path, *part, runs));
        }
    }
    Ok(())
}

fn not_its_part(path: &Path, part: Part, runs: u64) -> Failure {
    let why = format!(
        "it does not hold {} of {} runs, as many as the parts have",
        part.said(),
        count(runs)
    );
    other(path, &why).hint(
        "All parts are played with the same `--runs`. Remove what an earlier campaign left, and play \
         what is missing.",
    )
}
