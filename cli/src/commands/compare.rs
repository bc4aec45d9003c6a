//! `hotwash compare`.

mod emit;
mod parts;

use crate::choice::Beside;
use crate::commands::Format;
use crate::commands::campaign::play::{Chosen, Progress, stopped, watched};
use crate::commands::campaign::scale::{Scale, points};
use crate::commands::campaign::start::Start;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::Asked;
use crate::shown::screen;
use hotwash_app::{Side, quoted, side};
use hotwash_engine::campaign::{Comparison, Summary, Tally};
use hotwash_reports::campaign::{Compared, Side as Shown, comparison_json};
use hotwash_reports::words::count;
use hotwash_reports::{Document, Step};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many runs one side plays before the other does.
const TURN: u64 = 250;

/// Tell whether a changed plan, organisation or scenario is truly better
///
/// Plays both on the same draws, run by run, so that what they share cancels out. Says what changed,
/// how surely, and where nothing did. With one thing given, it is compared with what is played
/// otherwise.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
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

/// What is compared, and how it is shown.
#[derive(Debug, clap::Args)]
pub(crate) struct Play {
    /// An organisation, a plan, a scenario or a package: a name of the library, a file or a folder
    #[arg(value_name = "A", required = true)]
    first: Option<String>,
    /// What it is compared with, of the same kind
    #[arg(value_name = "B")]
    second: Option<String>,
    /// The scenario in which organisations and plans are compared
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<String>,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    scale: Scale,
    /// When runs start: `scripted`, a given hour such as `Sat 03:00`, or `any-hour` of the week
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    /// Which difference of the score matters to you, in points
    #[arg(long, value_name = "POINTS", default_value_t = 1.0, value_parser = points, allow_negative_numbers = true)]
    matters: f64,
    /// Play the Ith of K parts of the runs only; `auto/K` in an array of Slurm or an Indexed Job of
    /// Kubernetes. `--merge` puts the parts together
    #[arg(long, value_name = "I/K", requires = "rows")]
    part: Option<Asked>,
    /// Write the rows of both sides to a new file, which is whole or not there; in a folder that is there,
    /// it is named by its part
    #[arg(long, value_name = "FILE", requires = "part")]
    rows: Option<PathBuf>,
    /// Put together the parts in this folder, instead of playing
    #[arg(long, value_name = "DIR", conflicts_with_all = ["part", "runs"])]
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
    let both = both(args)?;
    let played = match (&args.merge, part, &args.rows) {
        (Some(folder), ..) => parts::merged(folder, &both)?,
        (None, Some(part), Some(rows)) => parts::part(args, &both, part, rows)?,
        _ => pairs(&args.scale, &both),
    };
    compare(args, &both, &played)
}

/// Two sides with what they are called.
struct Both {
    names: [String; 2],
    chosen: [Chosen; 2],
}

/// Runs of both sides.
struct Pairs {
    tallies: [Tally; 2],
    /// How many pairs were asked for.
    asked: u64,
    seed: u64,
}

/// Both sides, of one kind, with one seed and judged by one yardstick: that of the first.
fn both(args: &Play) -> Result<Both, Failure> {
    let name = args.first.as_deref().unwrap_or_default();
    let one = side(name)?;
    let other = args.second.as_deref().map(side).transpose()?;
    if let Some(other) = &other
        && other.kind() != one.kind()
    {
        return Err(Failure::input(format!(
            "`{name}` is {} and `{}` is {}: only things of one kind are compared",
            one.kind(),
            args.second.as_deref().unwrap_or_default(),
            other.kind(),
        ))
        .hint("`hotwash library` lists by kind what ships."));
    }
    let (names, sides) = match (&args.second, other) {
        (Some(second), Some(other)) => {
            ([name.to_owned(), second.clone()], [Some(one), Some(other)])
        }
        _ => (
            ["what is played otherwise".to_owned(), name.to_owned()],
            [None, Some(one)],
        ),
    };
    let first = choose(args, sides[0].as_ref(), None)?;
    let mut second = choose(args, sides[1].as_ref(), Some(first.seed))?;
    if let Ok(judged) = second.exercise.judged_by(&first.exercise) {
        second.exercise = Arc::new(judged);
    }
    Ok(Both {
        names,
        chosen: [first, second],
    })
}

/// The exercise of a side, with the same seed as the other.
fn choose(args: &Play, side: Option<&Side>, seed: Option<u64>) -> Result<Chosen, Failure> {
    let (mut scenario, mut beside) = (args.scenario.clone(), args.beside.clone());
    match side {
        None => {}
        Some(Side::Package(folder)) => beside = beside.with_package(folder),
        Some(Side::Organisation(name)) => beside = beside.with_organisation(name),
        Some(Side::Plan(name)) => beside = beside.with_plan(name),
        Some(Side::Scenario(name)) => scenario = Some(name.clone()),
    }
    Chosen::of(scenario, &beside, &args.start, args.scale.seed.or(seed))
}

/// Plays both in turns, so that of what is interrupted the first pairs are there.
fn pairs(scale: &Scale, both: &Both) -> Pairs {
    let runs = scale.runs(None);
    let mut progress = Progress::new(2 * (runs.end - runs.start));
    let [mut a, mut b] = both.chosen.each_ref().map(|of| Tally::new(&of.exercise));
    let mut start = runs.start;
    while start < runs.end && !stopped().load(Ordering::Relaxed) {
        let turn = start..runs.end.min(start + TURN);
        start = turn.end;
        let [here, there] = both.chosen.each_ref().map(|of| {
            let mut rows = Vec::new();
            let order = of.order(turn.clone(), scale.threads());
            watched(&order, &mut progress, |row| rows.push(row));
            rows
        });
        for (row, other) in here.into_iter().zip(there) {
            a.add(row);
            b.add(other);
        }
    }
    Pairs {
        tallies: [a, b],
        asked: runs.end - runs.start,
        seed: both.chosen[0].seed,
    }
}

fn compare(args: &Play, both: &Both, played: &Pairs) -> Result<Outcome, Failure> {
    let [a, b] = &played.tallies;
    let [exercise, other] = both.chosen.each_ref().map(|of| &*of.exercise);
    let comparison = Comparison::of((exercise, a), (other, b), played.seed);
    let mut notices = Vec::new();
    let interrupted = comparison.runs < played.asked;
    if comparison.runs == 0 {
        let none = "interrupted before both had played a run; there is nothing to compare";
        return Err(Failure::interrupted(none));
    }
    if interrupted {
        notices.push(format!(
            "PARTIAL: interrupted after {} of {} pairs of runs.",
            count(comparison.runs),
            count(played.asked)
        ));
    }
    let summaries = [Summary::of(exercise, a), Summary::of(other, b)];
    let compared = Compared {
        first: Shown {
            name: &both.names[0],
            exercise,
            summary: &summaries[0],
        },
        second: Shown {
            name: &both.names[1],
            exercise: other,
            summary: &summaries[1],
        },
        comparison: &comparison,
        seed: played.seed,
        hours: &args.start.said,
        matters: args.matters,
        notices: &notices,
        next: &next(args),
    };
    match args.format {
        Format::Text if args.full => {
            output::print(&screen(&Document::of_comparison(&compared)))?;
        }
        Format::Text => output::print(&screen(&Document::page_of_comparison(&compared)))?,
        Format::Json => output::print_plain(&comparison_json(&compared))?,
    }
    Ok(if interrupted {
        Outcome::Interrupted
    } else {
        Outcome::Done
    })
}

/// The same with all that there is to say.
fn next(args: &Play) -> Vec<Step> {
    if args.full {
        return Vec::new();
    }
    let named = |name: &str| format!(" {}", quoted(name));
    let sides = [args.first.as_deref(), args.second.as_deref()];
    let sides: String = sides.into_iter().flatten().map(named).collect();
    let scenario = args
        .scenario
        .as_deref()
        .map_or_else(String::new, |of| format!(" --scenario {}", quoted(of)));
    let (beside, scale, start) = (args.beside.typed(), args.scale.typed(), &args.start.typed);
    let merged = args.merge.as_ref().map_or_else(String::new, |folder| {
        format!(" --merge {}", quoted(&folder.to_string_lossy()))
    });
    let whole = format!("hotwash compare{sides}{scenario}{beside}{scale}{start}{merged} --full");
    vec![Step::new(whole, "all figures, and how sure they are")]
}
