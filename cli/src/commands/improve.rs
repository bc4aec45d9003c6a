//! `hotwash improve`.

use crate::choice::Beside;
use crate::commands::Format;
use crate::commands::campaign::play::{Chosen, stopped};
use crate::commands::campaign::scale::Scale;
use crate::commands::campaign::start::Start;
use crate::commands::campaign::strata::{each_once, likelihood};
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shown::{screen, written};
use hotwash_app::{
    Improvements, Limits, Scene, improve, manifest, places, quoted, read_text, write,
};
use hotwash_engine::campaign::statistics::MIN_DIFFERING;
use hotwash_engine::campaign::{Change, Trials, Tried};
use hotwash_reports::Document;
use hotwash_reports::campaign::{Improved, improvements_json};
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
pub(crate) struct Args {
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
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let limits = Limits {
        changes: args.changes.get(),
        cost: args.cost,
        costs: args
            .costs
            .as_deref()
            .map_or_else(|| Ok(Vec::new()), costs)?,
    };
    if let Some(folder) = &args.write {
        hotwash_app::check_free(folder)?;
    }
    let chosen = chosen(args)?;
    let scenes = scenes(args, &chosen);
    let watched = std::io::stderr().is_terminal();
    let found = improve(&scenes, &limits, stopped(), |done, all| {
        if watched {
            output::print_above(&format!("\r{done} of {all} changes tried "));
        }
    })?;
    if watched {
        output::print_above(&format!("\r{:50}\r", ""));
    }
    let Some(found) = found else {
        let none = "interrupted before the best changes were tried again; nothing is sure";
        return Err(Failure::interrupted(none));
    };
    show(args, (&chosen, &scenes), &found)
}

fn chosen(args: &Args) -> Result<Vec<Chosen>, Failure> {
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
fn scenes(args: &Args, chosen: &[Chosen]) -> Vec<Scene> {
    let runs = args.scale.runs.unwrap_or(RUNS).get();
    let weights: Vec<u64> = chosen.iter().map(|of| likelihood(&of.exercise)).collect();
    let registered = weights.iter().all(|weight| *weight > 0);
    let weighed = chosen.iter().zip(weights);
    let scene = |(of, weight): (&Chosen, u64)| Scene {
        sources: of.sources.clone(),
        start: args.start.at.clone(),
        order: of.order(0..runs, args.scale.threads()),
        weight: if registered { weight } else { 1 },
    };
    weighed.map(scene).collect()
}

fn show(
    args: &Args,
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
    let next = next(args, &chosen[0], &found.trials);
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
        Format::Text => output::print(&screen(&Document::of_improvements(&improved)))?,
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

/// What is worth saying above all: that it is partial, on what it rests, why nothing can be found.
fn notices(chosen: &[Chosen], found: &Improvements) -> Vec<String> {
    let mut notices = Vec::new();
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
        let registered = chosen.iter().all(|of| likelihood(&of.exercise) > 0);
        let said = if registered {
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

/// Writing the best, and comparing it with what was improved; where nothing helps, to look with more runs.
fn next(args: &Args, chosen: &Chosen, trials: &Trials) -> Vec<String> {
    let typed = &chosen.typed;
    let scenario = &typed.scenario;
    if !trials.best.iter().any(Tried::helps) {
        let runs = args.scale.runs.unwrap_or(RUNS).get().saturating_mul(4);
        let more = typed.again("improve", &format!(" --runs {runs}"));
        return if trials.tried == 0 {
            Vec::new()
        } else {
            vec![more]
        };
    }
    let written = args.write.as_deref();
    let folder = written.map_or("better".into(), Path::to_string_lossy);
    let folder = quoted(&folder);
    let compare = match &chosen.sources[..] {
        // A whole exercise is one file, and is compared with its copy.
        [whole] if !scenario.is_empty() => {
            let name = Path::new(&whole.name).file_name().unwrap_or_default();
            format!("{scenario} {folder}/{}", name.to_string_lossy())
        }
        _ if scenario.is_empty() => format!(" {folder}"),
        _ => format!(" {folder} --scenario{scenario}"),
    };
    let write = typed.again("improve", " --write better");
    let write = written.is_none().then_some(write);
    write
        .into_iter()
        .chain([format!("hotwash compare{compare}")])
        .collect()
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
