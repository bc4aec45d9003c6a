//! `hotwash campaign merge`.

use super::play::{Chosen, Played};
use super::start::Start;
use super::{Show, pictures, require, show};
use crate::choice::Beside;
use crate::failure::{Failure, Outcome};
use hotwash_engine::campaign::{Hours, Row, Tally};
use hotwash_reports::campaign::{Rows, RowsError};
use hotwash_reports::words::{count, plural};
use std::path::{Path, PathBuf};

/// The greatest file of rows, in bytes.
const MOST: usize = 1 << 30;

/// Put together the rows of a campaign that was played in parts
///
/// Takes the files that `campaign --rows` wrote for one exercise and seed, and shows the campaign as
/// if it had been played at once. No run may be in two files; runs that are missing are said.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The files
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
    let mut all: Vec<(Row, &Path)> = Vec::new();
    let mut of = None;
    for path in &args.files {
        let read = read(&chosen, path)?;
        if read.of.is_some_and(|here| *of.get_or_insert(here) != here) {
            let why = "it has another seed or start than the files before";
            let cure = "Parts of one campaign are played with the same `--seed` and `--start`.";
            return Err(other(path, why).hint(cure));
        }
        all.extend(read.rows.into_iter().map(|row| (row, path.as_path())));
    }
    let Some((seed, hours)) = of else {
        let hint = "A file of rows is written by `hotwash campaign --rows FILE`.";
        return Err(Failure::input("the files hold no rows").hint(hint));
    };
    if hours != chosen.hours {
        let (was, cure) = match hours {
            Hours::AnyOfWeek => ("at any hour of the week", "Add `--start any-hour`."),
            Hours::AsScripted => ("as scripted", "Leave out `--start any-hour`."),
        };
        return Err(Failure::input(format!("the runs in the files started {was}")).hint(cure));
    }
    chosen.seed = seed;
    all.sort_by_key(|(row, _)| row.run);
    disjoint(&all)?;
    let notices = gaps(&all);
    let (first, last) = (all[0].0.run, all[all.len() - 1].0.run);
    let files = args.files.len() as u64;
    let played = Played {
        said: format!(
            "runs {first} to {last} from {} {}",
            count(files),
            plural(files, "file", "files")
        ),
        tally: Tally::of(&chosen.exercise, all.into_iter().map(|(row, _)| row)),
        notices,
        interrupted: false,
        end: last + 1,
        what_if: None,
    };
    show(&chosen, &played, &args.show, None)
}

fn read(chosen: &Chosen, path: &Path) -> Result<Rows, Failure> {
    let text = hotwash_app::read_text(path, MOST)?;
    Rows::read(&chosen.exercise, &chosen.hash, &text).map_err(|error| {
        let failure = other(path, &error.to_string());
        match error {
            RowsError::OtherColumns | RowsError::OtherExercise(_) => failure.hint(
                "Name the scenario, organisation, plan and start with which it was played, and \
                     use the version that wrote it.",
            ),
            RowsError::OtherSeed(_) => failure.hint("A file holds the runs of one seed and start."),
            RowsError::NoRows => {
                failure.hint("Such a file is written by `hotwash campaign --rows FILE`.")
            }
            RowsError::Cut(_) | RowsError::Cell(..) => failure
                .hint("The file is not as it was written. Play its part again with `--rows`."),
        }
    })
}

fn other(path: &Path, why: &str) -> Failure {
    Failure::input(format!(
        "`{}` cannot be put together: {why}",
        path.display()
    ))
}

/// Fails where a run is there twice.
fn disjoint(rows: &[(Row, &Path)]) -> Result<(), Failure> {
    let twice = rows.windows(2).find(|pair| pair[0].0.run == pair[1].0.run);
    let Some([(row, from), (_, again)]) = twice else {
        return Ok(());
    };
    let (one, two) = (from.display(), again.display());
    let run = row.run;
    let (said, cure) = if from == again {
        (
            format!("run {run} is in `{one}` twice"),
            "Name each file once.",
        )
    } else {
        (
            format!("run {run} is in `{one}` and in `{two}`"),
            "Leave one of them out.",
        )
    };
    let why = "A run that counts twice would make the figures look surer than they are.";
    Err(Failure::input(said).hint(format!("{why} {cure}")))
}

/// Which runs between the first and the last, or before the first, are missing.
fn gaps(rows: &[(Row, &Path)]) -> Vec<String> {
    let mut gaps = Vec::new();
    let mut next = 0;
    for (row, _) in rows {
        if row.run > next {
            gaps.push(format!("{next} to {}", row.run - 1));
        }
        next = row.run + 1;
    }
    if gaps.is_empty() {
        return gaps;
    }
    vec![format!("PARTIAL: runs {} are missing.", gaps.join(", "))]
}
