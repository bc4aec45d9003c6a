//! `hotwash compare`.

use crate::choice::Beside;
use crate::commands::Format;
use crate::commands::campaign::play::{Chosen, Progress, stopped, watched};
use crate::commands::campaign::scale::{Scale, points};
use crate::commands::campaign::start::Start;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shown::screen;
use hotwash_app::{Side, side};
use hotwash_engine::campaign::{Comparison, Summary, Tally};
use hotwash_reports::Document;
use hotwash_reports::campaign::{Compared, Side as Shown, comparison_json};
use hotwash_reports::words::count;
use std::sync::atomic::Ordering;

/// How many runs one side plays before the other does.
const TURN: u64 = 250;

/// Tell whether a changed plan, organisation or scenario is truly better
///
/// Plays both on the same draws, run by run, so that what they share cancels out. Says what changed,
/// how surely, and where nothing did. With one thing given, it is compared with what is played
/// otherwise.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// An organisation, a plan, a scenario or a package: a name of the library, a file or a folder
    #[arg(value_name = "A")]
    first: String,
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
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let one = side(&args.first)?;
    let other = args.second.as_deref().map(side).transpose()?;
    if let Some(other) = &other
        && other.kind() != one.kind()
    {
        return Err(Failure::input(format!(
            "`{}` is {} and `{}` is {}: only things of one kind are compared",
            args.first,
            one.kind(),
            args.second.as_deref().unwrap_or_default(),
            other.kind(),
        ))
        .hint("`hotwash library` lists by kind what ships."));
    }
    let name = |given: &str| given.to_owned();
    let (first, second) = match other {
        Some(other) => (
            (name(&args.first), choose(args, Some(&one), None)?),
            (
                name(args.second.as_deref().unwrap_or_default()),
                Some(other),
            ),
        ),
        None => (
            (
                "what is played otherwise".to_owned(),
                choose(args, None, None)?,
            ),
            (name(&args.first), Some(one)),
        ),
    };
    let seed = first.1.seed;
    let (second, mut chosen) = (second.0, choose(args, second.1.as_ref(), Some(seed))?);
    // Both are judged by what the first is judged by.
    if let Ok(judged) = chosen.exercise.judged_by(&first.1.exercise) {
        chosen.exercise = std::sync::Arc::new(judged);
    }
    compare(args, (&first.0, &first.1), (&second, &chosen))
}

/// The exercise of a side, with the same seed as the other.
fn choose(args: &Args, side: Option<&Side>, seed: Option<u64>) -> Result<Chosen, Failure> {
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
fn pairs(scale: &Scale, first: &Chosen, second: &Chosen) -> [Tally; 2] {
    let runs = scale.runs(None);
    let mut progress = Progress::new(2 * (runs.end - runs.start));
    let [mut a, mut b] = [first, second].map(|of| Tally::new(&of.exercise));
    let mut start = runs.start;
    while start < runs.end && !stopped().load(Ordering::Relaxed) {
        let turn = start..runs.end.min(start + TURN);
        start = turn.end;
        let [here, there] = [first, second].map(|of| {
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
    [a, b]
}

fn compare(
    args: &Args,
    first: (&str, &Chosen),
    second: (&str, &Chosen),
) -> Result<Outcome, Failure> {
    let runs = args.scale.runs(None);
    let [a, b] = pairs(&args.scale, first.1, second.1);
    let both = |(_, chosen): (&str, &Chosen)| std::sync::Arc::clone(&chosen.exercise);
    let [exercise, other] = [both(first), both(second)];
    let comparison = Comparison::of((&exercise, &a), (&other, &b), first.1.seed);
    let asked = runs.end - runs.start;
    let played = |(name, chosen): (&str, &Chosen)| format!("{name}: {}.", chosen.origin);
    let mut notices = vec![played(first), played(second)];
    let interrupted = comparison.runs < asked;
    if comparison.runs == 0 {
        let none = "interrupted before both had played a run; there is nothing to compare";
        return Err(Failure::interrupted(none));
    }
    if interrupted {
        notices.push(format!(
            "PARTIAL: interrupted after {} of {} pairs of runs.",
            count(comparison.runs),
            count(asked)
        ));
    }
    let summaries = [Summary::of(&exercise, &a), Summary::of(&other, &b)];
    let compared = Compared {
        first: Shown {
            name: first.0,
            exercise: &exercise,
            summary: &summaries[0],
        },
        second: Shown {
            name: second.0,
            exercise: &other,
            summary: &summaries[1],
        },
        comparison: &comparison,
        seed: first.1.seed,
        hours: &args.start.said,
        matters: args.matters,
        notices: &notices,
    };
    match args.format {
        Format::Text => output::print(&screen(&Document::of_comparison(&compared)))?,
        Format::Json => output::print_plain(&comparison_json(&compared))?,
    }
    Ok(if interrupted {
        Outcome::Interrupted
    } else {
        Outcome::Done
    })
}
