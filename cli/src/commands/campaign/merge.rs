//! `hotwash campaign merge`.

use super::covered::{Covered, check_parts};
use super::play::{Chosen, Played, said};
use super::rows::{other, read};
use super::start::Start;
use super::{Show, pictures, require, show};
use crate::choice::Beside;
use crate::failure::{Failure, Outcome};
use crate::parts::{Part, folder};
use hotwash_engine::campaign::{Hours, Tally};
use hotwash_reports::words::{count, plural};
use std::path::PathBuf;

/// Put together the rows of a campaign that was played in parts
///
/// Takes the files that `campaign --rows` wrote for one exercise and seed, and shows the campaign as
/// if it had been played at once. No run may be in two files; runs that are missing are said. A folder
/// stands for all of its parts, and none of them may be missing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The files, or the folder of the parts
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The scenario that was played
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<String>,
    #[command(flatten)]
    beside: Beside,
    /// When runs started, as it was given to `campaign`
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    #[command(flatten)]
    show: Show,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut chosen = Chosen::of(args.scenario.clone(), &args.beside, &args.start, None)?;
    if let Some(folder) = &args.show.svg {
        pictures::check_free(folder, false)?;
    }
    require::check(&args.show.require, &chosen.exercise)?;
    let (files, parts) = files(&args.files)?;
    let mut tally = Tally::new(&chosen.exercise);
    let mut covered = Covered::default();
    let mut of = None;
    for (file, path) in files.iter().enumerate() {
        let here = read(path, &[&chosen], |_, row| {
            covered.add(row.run, file);
            tally.add(row);
        })?;
        if here.is_some_and(|here| *of.get_or_insert(here) != here) {
            let why = "it has another seed or start than the files before";
            let cure = "Parts of one campaign are played with the same `--seed` and `--start`.";
            return Err(other(path, why).hint(cure));
        }
    }
    let Some((seed, hours)) = of else {
        let hint = "A file of rows is written by `hotwash campaign --rows FILE`.";
        return Err(Failure::input("the files hold no rows").hint(hint));
    };
    check_start(hours, &chosen)?;
    covered.sort(&files)?;
    check_parts(&covered, (&files, &parts), tally.runs())?;
    chosen.seed = seed;
    tally.sort();
    let gaps = covered.gaps();
    let ends = covered.ends();
    let number = files.len() as u64;
    let of_files = format!(
        "{} from {} {}",
        said(&ends),
        count(number),
        plural(number, "file", "files")
    );
    let played = Played {
        // What was played in parts is what one machine plays.
        said: if gaps.is_empty() {
            said(&ends)
        } else {
            of_files
        },
        tally,
        notices: missing(&gaps),
        interrupted: false,
        end: ends.end,
        what_if: None,
    };
    show(&chosen, &played, &args.show, None)
}

/// The files, each with the part that it is where a folder stands for it.
fn files(named: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Option<Part>>), Failure> {
    let mut all = Vec::new();
    for path in named {
        if path.is_dir() {
            let parts = folder::parts(path)?.into_iter();
            all.extend(parts.map(|(part, path)| (path, Some(part))));
        } else {
            all.push((path.clone(), None));
        }
    }
    Ok(all.into_iter().unzip())
}

/// Fails where runs started otherwise than was said.
fn check_start(hours: Hours, chosen: &Chosen) -> Result<(), Failure> {
    if hours == chosen.hours {
        return Ok(());
    }
    let (was, cure) = match hours {
        Hours::AnyOfWeek => ("at any hour of the week", "Add `--start any-hour`."),
        Hours::AsScripted => ("as scripted", "Leave out `--start any-hour`."),
    };
    Err(Failure::input(format!("the runs in the files started {was}")).hint(cure))
}

/// What is said of runs that are missing between or before the others.
fn missing(gaps: &[std::ops::Range<u64>]) -> Vec<String> {
    if gaps.is_empty() {
        return Vec::new();
    }
    let gap = |runs: &std::ops::Range<u64>| format!("{} to {}", runs.start, runs.end - 1);
    let gaps: Vec<String> = gaps.iter().map(gap).collect();
    vec![format!("PARTIAL: runs {} are missing.", gaps.join(", "))]
}
