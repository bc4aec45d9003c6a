//! `hotwash improve`.

mod emit;
mod rounds;

use crate::choice::Beside;
use crate::commands::Format;
use crate::commands::campaign::play::{Chosen, stopped};
use crate::commands::campaign::scale::Scale;
use crate::commands::campaign::start::Start;
use crate::commands::campaign::strata::each_once;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::Asked;
use crate::shown::{screen, written};
use hotwash_app::{
    Improvements, Limits, Scene, Weights, grounds, improve, manifest, places, quoted, read_text,
    write,
};
use hotwash_engine::campaign::statistics::MIN_DIFFERING;
use hotwash_engine::campaign::{Change, Ground, Here, Trials, Tried};
use hotwash_reports::campaign::{Improved, improvements_json};
use hotwash_reports::{Document, Step};
use std::io::IsTerminal;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

/// Shared runs in which every change is tried at first, and fresh ones for the best.
const RUNS: NonZeroU64 = NonZeroU64::new(200).expect("it is not zero");
/// The longest file of costs, in bytes.
const MAX_COSTS: usize = 64 * 1024;

/// Find out which changes help most, by trying them
///
/// Tries every change that can be made to the organisation and the plan, such as an approval less, a
/// deputy, somebody on call, alerts over another channel; alone on shared runs, the best again on fresh
/// ones, then together. Ranked by the harm that no longer comes, critical objectives, duties, how well it
/// is carried out, and money. Several scenarios are weighted by the risk register.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    emit: Option<Emit>,
    #[command(flatten)]
    play: Play,
}

#[derive(Debug, clap::Subcommand)]
enum Emit {
    Emit(emit::Args),
}

/// In what changes are tried, and how that is shown.
#[derive(Debug, clap::Args)]
pub(crate) struct Play {
    /// The scenarios, or one whole exercise in one file: names of the library, or paths
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    scale: Scale,
    /// When runs start: as the scenario says, at a given hour such as `Sat 03:00`, or at `any-hour` of the
    /// week
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    /// How many changes are put together at most
    #[arg(long, value_name = "N", default_value = "3")]
    changes: NonZeroUsize,
    /// What changes may cost together at most; each costs 1 unless `--costs` says otherwise
    #[arg(long, value_name = "SUM", allow_negative_numbers = true)]
    cost: Option<u64>,
    /// What kinds of change cost, a line each: `second-shift = 12`
    #[arg(long, value_name = "FILE")]
    costs: Option<PathBuf>,
    /// Write copies of the definitions with the best combination in them, and a summary, into a new folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Play the Ith of K parts of a round only; `auto/K` in an array of Slurm or an Indexed Job of
    /// Kubernetes
    #[arg(long, value_name = "I/K", requires_all = ["round", "rows"], conflicts_with = "write")]
    part: Option<Asked>,
    /// Which round the part is of, from 1; all parts of the rounds before have to be in the folder
    #[arg(long, value_name = "N", requires = "part")]
    round: Option<NonZeroU64>,
    /// The folder for the files of parts
    #[arg(long, value_name = "DIR", requires = "part")]
    rows: Option<PathBuf>,
    /// Put together the rounds in this folder, instead of playing
    #[arg(long, value_name = "DIR", conflicts_with = "part")]
    merge: Option<PathBuf>,
    /// Show everything that there is to say, not one screen
    #[arg(long)]
    full: bool,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some(Emit::Emit(args)) = &args.emit {
        return emit::run(args);
    }
    let args = &args.play;
    let part = args.part.map(Asked::part).transpose()?;
    let limits = limits(args)?;
    if let Some(folder) = &args.write {
        hotwash_app::check_free(folder)?;
    }
    let chosen = chosen(args)?;
    let scenes = scenes(args, &chosen);
    let grounds = grounds(&scenes)?;
    let tried = rounds::Tried {
        grounds: &grounds,
        chosen: &chosen,
        limits: &limits,
        format: args.format,
    };
    let found = match (part, args.round, &args.rows, &args.merge) {
        (Some(part), Some(round), Some(folder), _) => {
            return rounds::part(&tried, folder, (round.get() as usize, part));
        }
        (.., Some(folder)) => Some(rounds::merged(&tried, folder)?),
        _ => here(&grounds, &limits),
    };
    let Some(found) = found else {
        let none = "interrupted before the best changes were tried again; nothing is sure";
        return Err(Failure::interrupted(none));
    };
    show(args, (&chosen, &scenes), &found)
}

/// Tries changes on this machine.
fn here(grounds: &[Ground], limits: &Limits) -> Option<Improvements> {
    let watched = std::io::stderr().is_terminal();
    let mut here = Here {
        grounds,
        stop: stopped(),
        progress: &mut |done, all| {
            if watched {
                output::print_above(&format!("\r{done} of {all} changes tried "));
            }
        },
    };
    let found = improve(grounds, limits, &mut here);
    if watched {
        output::print_above(&format!("\r{:50}\r", ""));
    }
    found
}

fn limits(args: &Play) -> Result<Limits, Failure> {
    let costs = args.costs.as_deref().map(costs).transpose()?;
    Ok(Limits {
        changes: args.changes.get(),
        cost: args.cost,
        costs: costs.unwrap_or_default(),
    })
}

fn chosen(args: &Play) -> Result<Vec<Chosen>, Failure> {
    let one =
        |scenario: Option<String>| Chosen::of(scenario, &args.beside, &args.start, args.scale.seed);
    if args.scenarios.is_empty() {
        return Ok(vec![one(None)?]);
    }
    each_once(&args.scenarios)?;
    let scenarios = args.scenarios.iter();
    scenarios.map(|name| one(Some(name.clone()))).collect()
}

/// The scenarios with their weights: those of the risk register, where it has all of them.
fn scenes(args: &Play, chosen: &[Chosen]) -> Vec<Scene> {
    let runs = args.scale.runs.unwrap_or(RUNS).get();
    let weights = Weights::of(chosen.iter().map(|of| &*of.exercise));
    let weighed = chosen.iter().zip(weights.each);
    let scene = |(of, weight): (&Chosen, u64)| Scene {
        sources: of.sources.clone(),
        start: args.start.at.clone(),
        order: of.order(0..runs, args.scale.threads()),
        weight,
    };
    weighed.map(scene).collect()
}

fn show(
    args: &Play,
    (chosen, scenes): (&[Chosen], &[Scene]),
    found: &Improvements,
) -> Result<Outcome, Failure> {
    let exercises: Vec<_> = chosen.iter().map(|of| &*of.exercise).collect();
    let place = |tried: &Tried| {
        let all = places(&scenes[0], &tried.changes).into_iter();
        all.map(|of| written(&of)).collect::<Vec<_>>()
    };
    let placed: Vec<Vec<(String, String)>> = found.trials.best.iter().map(place).collect();
    let notices = notices(chosen, found);
    let next = next(args, chosen, &found.trials);
    let improved = Improved {
        exercises: &exercises,
        trials: &found.trials,
        together: &found.together,
        places: &placed,
        seed: chosen[0].seed,
        notices: &notices,
        next: &next,
    };
    match args.format {
        Format::Text if args.full => {
            output::print(&screen(&Document::of_improvements(&improved)))?;
        }
        Format::Text => output::print(&screen(&Document::page_of_improvements(&improved)))?,
        Format::Json => output::print_plain(&improvements_json(&improved))?,
    }
    if let Some(folder) = &args.write {
        keep(folder, &scenes[0], &improved)?;
    }
    Ok(if found.cut_short {
        Outcome::Interrupted
    } else {
        Outcome::Done
    })
}

/// What is worth saying above all: what is played, that it is partial, on what it rests, why nothing can be found.
fn notices(chosen: &[Chosen], found: &Improvements) -> Vec<String> {
    let origins = chosen.iter().map(|of| format!("Played: {}.", of.origin));
    let mut notices: Vec<String> = origins.collect();
    if found.cut_short {
        let said = "PARTIAL: interrupted before the best were tried together.";
        notices.push(said.to_owned());
    }
    let fresh = found.trials.fresh;
    if found.trials.tried == 0 {
        let said = "No change can be tried: none is within what they may cost, or there is nothing to change.";
        notices.push(said.to_owned());
    } else if fresh < MIN_DIFFERING {
        notices.push(format!(
            "{fresh} fresh runs are too few to be sure of anything: a change has to make a difference in \
             {MIN_DIFFERING}. Play more with `--runs`."
        ));
    }
    if chosen.len() > 1 {
        let weights = Weights::of(chosen.iter().map(|of| &*of.exercise));
        let said = if weights.registered {
            "The scenarios are weighted by how often the risk register expects them."
        } else {
            "The scenarios weigh alike, for the risk register does not name them all."
        };
        notices.push(said.to_owned());
    }
    notices
}

/// Writes what the best combination changes, else the best change alone.
fn keep(folder: &Path, scene: &Scene, improved: &Improved<'_>) -> Result<(), Failure> {
    let best = improved.together.iter().rfind(|of| of.helps());
    let alone = || improved.trials.best.iter().find(|of| of.helps());
    let Some(best) = best.or_else(alone) else {
        let hint = "Play more runs with `--runs`, or leave the definitions as they are.";
        return Err(Failure::input("nothing surely helps, so nothing was written").hint(hint));
    };
    let summary = improved.summary(best);
    let changes: &[Change] = &best.changes;
    let files = write(
        folder,
        scene,
        changes,
        (&summary, &manifest(&scene.sources)),
    )?;
    let names = files.iter().filter_map(|path| path.file_name());
    let names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    let shown = folder.display();
    output::complain("note", &format!("{shown} holds {}", names.join(", ")));
    Ok(())
}

/// Writing the best, comparing it with what was improved, and all that there is to say; where nothing helps, to
/// look with more runs.
fn next(args: &Play, chosen: &[Chosen], trials: &Trials) -> Vec<Step> {
    if trials.tried == 0 {
        return Vec::new();
    }
    let first = &chosen[0].typed;
    let scenarios = chosen.iter().map(|of| of.typed.scenario.as_str());
    let typed = first.in_all(scenarios.collect());
    let again = |more: &str| typed.again("improve", more);
    let scale = args.scale.typed();
    let mut next = Vec::new();
    if trials.best.iter().any(Tried::helps) {
        if args.write.is_none() {
            let write = again(&format!("{scale} --write better"));
            next.push(Step::new(write, "write the best into copies of the files"));
        }
        next.push(Step::new(comparing(args, &chosen[0]), "then compare them"));
    } else {
        let runs = args.scale.runs.unwrap_or(RUNS).get().saturating_mul(4);
        let seed = args.scale.seed.map(|seed| format!(" --seed {seed}"));
        let more = format!(" --runs {runs}{}", seed.unwrap_or_default());
        next.push(Step::new(again(&more), "look with more runs"));
    }
    if !args.full {
        let whole = again(&format!("{scale} --full"));
        next.push(Step::new(whole, "all changes, and their places"));
    }
    next
}

/// The command that compares what was improved with its copy.
fn comparing(args: &Play, first: &Chosen) -> String {
    let folder = args.write.as_deref();
    let folder = folder.map_or("better".into(), Path::to_string_lossy);
    let folder = quoted(&folder);
    let scenario = &first.typed.scenario;
    let sides = match &first.sources[..] {
        // A whole exercise is one file, and is compared with its copy.
        [whole] if !scenario.is_empty() => {
            let name = Path::new(&whole.name).file_name().unwrap_or_default();
            format!("{scenario} {folder}/{}", name.to_string_lossy())
        }
        _ if scenario.is_empty() => format!(" {folder}"),
        _ => format!(" {folder} --scenario{scenario}"),
    };
    format!("hotwash compare{sides}")
}

/// Reads what kinds of change cost.
fn costs(path: &Path) -> Result<Vec<(String, u64)>, Failure> {
    let text = read_text(path, MAX_COSTS)?;
    let shown = path.display();
    let mut costs: Vec<(String, u64)> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let parts = line
            .split_once('=')
            .map(|(name, cost)| (name.trim(), cost.trim()));
        let cost = parts.and_then(|(name, cost)| Some((name.to_owned(), cost.parse().ok()?)));
        let Some((name, cost)) = cost.filter(|(name, _)| Change::KINDS.contains(&name.as_str()))
        else {
            return Err(Failure::input(format!("`{shown}`, line {}: `{line}` is no cost", i + 1))
                .hint(format!("A line is a kind of change and a whole number, such as `deputy = 2`. Kinds are {}.", Change::KINDS.join(", "))));
        };
        if costs.iter().any(|(known, _)| *known == name) {
            let said = format!("`{shown}`, line {}: `{name}` has a cost already", i + 1);
            return Err(Failure::input(said).hint("Leave one of the two lines out."));
        }
        costs.push((name, cost));
    }
    Ok(costs)
}
