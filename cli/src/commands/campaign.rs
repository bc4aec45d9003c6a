//! `hotwash campaign`.

mod merge;
pub(crate) mod play;
mod require;
mod scale;
pub(crate) mod start;
mod strata;

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::judged::screen;
use crate::output;
use crate::package::Beside;
use hotwash_engine::campaign::Summary;
use hotwash_reports::Document;
use hotwash_reports::campaign::Campaign;
use play::{Chosen, Played};
use require::Requirement;
use scale::{Part, Scale};
use start::Start;
use std::path::PathBuf;

/// Play an exercise many times, simulated: how likely, how long, how sure
///
/// Says how likely each target and each legal deadline is to be met, what the time was made of, where
/// work waited, and how sure the figures are. Several scenarios are weighted by the risk register. The
/// same definitions, seed and runs give the same answer, on any number of threads.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    merge: Option<Merge>,
    /// The scenarios, or whole exercises in one file each: names of the library, or paths with a `/`
    /// or an extension
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    scale: Scale,
    /// When runs start: as the scenario says, at a given hour such as `Sat 03:00`, or at `any-hour` of
    /// the week
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    /// Play the Ith of K parts of the runs only; `campaign merge` puts their rows together
    #[arg(long, value_name = "I/K", conflicts_with = "until_error")]
    part: Option<Part>,
    /// Write a row for each run to a new file of comma-separated values
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    #[command(flatten)]
    show: Show,
}

/// What is shown of a campaign, and demanded of it.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Demand a level, and exit with 1 where it is missed: `score>=70` for the mean score,
    /// `chance(ID)>=0.95` for the lower end of the 95 % interval of a chance, of a clock by its id or a
    /// phase by its name
    #[arg(long, value_name = "LEVEL")]
    require: Vec<Requirement>,
    /// Show how the work of each task fared
    #[arg(long)]
    tasks: bool,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, clap::Subcommand)]
enum Merge {
    Merge(merge::Args),
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some(Merge::Merge(args)) = &args.merge {
        return merge::run(args);
    }
    if args.scenarios.len() > 1 {
        return strata::run(args);
    }
    let scenario = args.scenarios.first().cloned();
    let chosen = Chosen::of(scenario, &args.beside, &args.start, args.scale.seed)?;
    let runs = args.scale.runs(args.part);
    if let Some(path) = &args.rows {
        crate::record::check_free(path)?;
    }
    let mut rows = args.rows.as_deref().map(play::Writer::new).transpose()?;
    let played = play::campaign(&chosen, &args.scale, runs, rows.as_mut())?;
    if let Some(rows) = rows {
        rows.finish()?;
    }
    show(&chosen, &played, &args.show)
}

/// Shows a campaign, and says whether it is what was demanded.
fn show(chosen: &Chosen, played: &Played, show: &Show) -> Result<Outcome, Failure> {
    let exercise = &chosen.exercise;
    let summary = Summary::of(exercise, &played.tally);
    let required = require::judge(&show.require, exercise, &summary)?;
    let campaign = Campaign {
        exercise,
        summary: &summary,
        seed: chosen.seed,
        runs: &played.said,
        hours: &chosen.start,
        notices: &played.notices,
        origin: &chosen.package,
        next: &next(),
        tasks: show.tasks,
    };
    match show.format {
        Format::Text => {
            output::print(&screen(&Document::of_campaign(&campaign)))?;
            output::print(&require::text(&required))?;
        }
        Format::Json => {
            output::print_plain(&hotwash_reports::campaign::json(&campaign, &required))?;
        }
    }
    Ok(outcome(played.interrupted, &required))
}

fn outcome(interrupted: bool, required: &[hotwash_reports::campaign::Required]) -> Outcome {
    if interrupted {
        Outcome::Interrupted
    } else if required.iter().all(|level| level.met) {
        Outcome::Done
    } else {
        Outcome::Problems
    }
}

fn next() -> Vec<String> {
    vec![
        "hotwash campaign --start any-hour".to_owned(),
        "hotwash campaign --tasks".to_owned(),
        "hotwash compare".to_owned(),
    ]
}
