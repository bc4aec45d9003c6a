//! `hotwash campaign`.

mod changes;
pub(crate) mod covered;
mod emit;
mod merge;
mod pictures;
pub(crate) mod play;
mod require;
pub(crate) mod rows;
pub(crate) mod scale;
pub(crate) mod start;
pub(crate) mod strata;
pub(crate) mod typed;

use crate::choice::Beside;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::{Asked, folder};
use crate::shown::screen;
use hotwash_engine::campaign::Summary;
use hotwash_reports::campaign::Campaign;
use hotwash_reports::{Document, Step};
use play::{Chosen, Played};
use require::Requirement;
use rows::Writer;
use scale::{Scale, points};
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
    parts: Option<OfParts>,
    #[command(flatten)]
    play: Play,
}

/// What is played, and how it is shown.
#[derive(Debug, clap::Args)]
pub(crate) struct Play {
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
    /// Play the Ith of K parts of the runs only; `auto/K` in an array of Slurm or an Indexed Job of
    /// Kubernetes. `campaign merge` puts the parts together
    #[arg(long, value_name = "I/K", conflicts_with_all = ["until_error", "what_if"])]
    part: Option<Asked>,
    /// Write a row for each run to a new file of comma-separated values. The file of a part is whole or not
    /// there; in a folder that is there, it is named by its part
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
    /// Show everything that there is to say, not one screen
    #[arg(long)]
    full: bool,
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
enum OfParts {
    Merge(Box<merge::Args>),
    Emit(Box<emit::Args>),
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.parts {
        Some(OfParts::Merge(args)) => merge::run(args),
        Some(OfParts::Emit(args)) => emit::run(args),
        None if args.play.scenarios.len() > 1 => strata::run(&args.play),
        None => play_one(&args.play),
    }
}

fn play_one(args: &Play) -> Result<Outcome, Failure> {
    let scenario = args.scenarios.first().cloned();
    let chosen = Chosen::of(scenario, &args.beside, &args.start, args.scale.seed)?;
    if matches!(args.part, Some(Asked::OfArray(_))) && args.rows.is_none() {
        let hint = "Add `--rows DIR` with a folder that all machines see.";
        return Err(Failure::input("the rows of this part would be lost").hint(hint));
    }
    let part = args.part.map(Asked::part).transpose()?;
    let runs = args.scale.runs(part);
    if runs.is_empty() {
        let hint = "Play at most as many parts as there are runs.";
        return Err(Failure::input("this part has no run").hint(hint));
    }
    let file = args.rows.as_ref().map(|rows| match part {
        Some(part) => folder::file(rows, part),
        None => rows.clone(),
    });
    let is_part = part.is_some();
    let done = file.as_deref().filter(|file| is_part && file.exists());
    // What would be in vain is said before any run is played.
    if let (Some(path), None) = (&file, done) {
        hotwash_app::check_free(path)?;
    }
    if let Some(folder) = &args.show.svg {
        pictures::check_free(folder, args.what_if)?;
    }
    require::check(&args.show.require, &chosen.exercise)?;
    if let Some(path) = done {
        let played = rows::played(path, &chosen, &runs)?;
        return show(&chosen, &played, &args.show, Some(&args.scale));
    }
    let writer = |path| {
        if is_part {
            Writer::whole(path)
        } else {
            Writer::new(path)
        }
    };
    let mut rows = file.as_deref().map(writer).transpose()?;
    let until = (&args.scale, args.until_error);
    let mut played = play::campaign(&chosen, until, runs, rows.as_mut())?;
    match rows {
        Some(_) if is_part && played.interrupted => {
            let said = "Its rows are not kept: a part is whole or not there.";
            played.notices.push(said.to_owned());
        }
        Some(rows) => rows.finish()?,
        None => {}
    }
    if args.what_if && !played.interrupted {
        changes::try_all(&chosen, &args.scale, &mut played);
    }
    show(&chosen, &played, &args.show, Some(&args.scale))
}

impl Show {
    /// Its options as they are typed, each after a space.
    fn typed(&self) -> String {
        let levels = self.require.iter().map(|level| {
            let level = hotwash_app::quoted(level.typed());
            format!(" --require {level}")
        });
        let mut typed: String = levels.collect();
        if self.tasks {
            typed.push_str(" --tasks");
        }
        if let Some(folder) = &self.svg {
            let folder = hotwash_app::quoted(&folder.to_string_lossy());
            typed.push_str(" --svg ");
            typed.push_str(&folder);
        }
        typed + self.format.typed()
    }
}

/// Shows a campaign, and says whether it is what was demanded. `scale`: what was asked for, where it was played now.
fn show(
    chosen: &Chosen,
    played: &Played,
    show: &Show,
    scale: Option<&Scale>,
) -> Result<Outcome, Failure> {
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
        next: &next(
            chosen,
            played.what_if.is_some(),
            scale.filter(|_| !show.full),
        ),
        tasks: show.tasks,
        what_if: played.what_if.as_ref(),
    };
    if let Some(folder) = &show.svg {
        pictures::draw(folder, &campaign, &played.tally)?;
    }
    match show.format {
        Format::Text => {
            let document = if show.full {
                Document::of_campaign(&campaign)
            } else {
                Document::page_of_campaign(&campaign)
            };
            output::print(&screen(&document))?;
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

/// Where to go from here. `scale`: what is played again to show everything.
fn next(chosen: &Chosen, tried: bool, scale: Option<&Scale>) -> Vec<Step> {
    let typed = &chosen.typed;
    let mut next = Vec::new();
    if let Some(scale) = scale {
        let what_if = if tried { " --what-if" } else { "" };
        let whole = typed.again("campaign", &format!("{}{what_if} --full", scale.typed()));
        next.push(Step::new(whole, "all figures, and how sure they are"));
    }
    next.push(if tried {
        Step::new(typed.again("campaign", " --svg pictures"), "pictures of it")
    } else {
        Step::new(typed.again("improve", ""), "what helps most")
    });
    if typed.start.is_empty() {
        let any_hour = typed.again("campaign", " --start any-hour");
        next.push(Step::new(any_hour, "if it begins at any hour of the week"));
    }
    next
}
