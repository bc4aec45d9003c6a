//! `hotwash campaign`.

mod changes;
mod merge;
mod pictures;
pub(crate) mod play;
mod require;
pub(crate) mod scale;
pub(crate) mod start;
pub(crate) mod strata;
pub(crate) mod typed;

use crate::choice::Beside;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shown::screen;
use hotwash_engine::campaign::Summary;
use hotwash_reports::Document;
use hotwash_reports::campaign::Campaign;
use play::{Chosen, Played};
use require::Requirement;
use scale::{Part, Scale, points};
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
    /// Play 256 runs, then 512, 1,024 and so on, until the mean score is sure to so many points
    #[arg(long, value_name = "POINTS", value_parser = points, allow_negative_numbers = true, conflicts_with = "runs")]
    until_error: Option<f64>,
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
    /// Try every single change: each person, deputy, channel, source and staff group taken away, each
    /// task half and twice as long, each threshold moved. The ten that seem to matter most are tried
    /// again on fresh runs
    #[arg(long)]
    what_if: bool,
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
    /// Draw pictures into a folder, as SVG
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
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
    if runs.is_empty() {
        let hint = "Play at most as many parts as there are runs.";
        return Err(Failure::input("this part has no run").hint(hint));
    }
    // What would be in vain is said before any run is played.
    if let Some(path) = &args.rows {
        hotwash_app::check_free(path)?;
    }
    if let Some(folder) = &args.show.svg {
        pictures::check_free(folder, args.what_if)?;
    }
    require::check(&args.show.require, &chosen.exercise)?;
    let mut rows = args.rows.as_deref().map(play::Writer::new).transpose()?;
    let until = (&args.scale, args.until_error);
    let mut played = play::campaign(&chosen, until, runs, rows.as_mut())?;
    if let Some(rows) = rows {
        rows.finish()?;
    }
    if args.what_if && !played.interrupted {
        changes::try_all(&chosen, &args.scale, &mut played);
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
        origin: &chosen.origin,
        lists: &chosen.typed.lists(),
        next: &next(chosen, played.what_if.is_some()),
        tasks: show.tasks,
        what_if: played.what_if.as_ref(),
    };
    if let Some(folder) = &show.svg {
        pictures::draw(folder, &campaign, &played.tally)?;
    }
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

fn next(chosen: &Chosen, tried: bool) -> Vec<String> {
    let typed = &chosen.typed;
    let further = if tried {
        " --svg pictures"
    } else {
        " --what-if"
    };
    let mut next = vec![typed.again("campaign", further)];
    if typed.start.is_empty() {
        next.push(typed.again("campaign", " --start any-hour"));
    }
    let scenario = match typed.scenario.as_str() {
        "" => String::new(),
        named => format!(" --scenario{named}"),
    };
    next.push(format!("hotwash compare my-plan.ron{scenario}"));
    next
}
