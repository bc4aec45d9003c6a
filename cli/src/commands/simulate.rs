//! `hotwash simulate`, and `hotwash` alone.

use crate::advice::Trying;
use crate::choice::Choice;
use crate::commands::Format;
use crate::commands::campaign::start::Start;
use crate::commands::campaign::typed::Typed;
use crate::failure::{Failure, Outcome};
use crate::shown::{self, screen};
use crate::{key, output};
use hotwash_app::{self as app, Judged, quoted};
use hotwash_archive::{Hash, Key};
use hotwash_engine::campaign::{Advice, later};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::{HumanAct, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_reports::{Options, Step, explain};
use hotwash_scenarios::{actions, defaulted, definition_hashes};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Play one exercise, simulated
///
/// Shows what happened when, how long each phase took against its target, what was covered and
/// missed, the score with how it came about, and what would help. The same definitions, seed and run
/// give the same exercise, byte for byte.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    choice: Choice,
    /// What all chance is drawn from. Default: what the exercise says, else 1
    #[arg(short, long)]
    seed: Option<u64>,
    /// Which run of a campaign of this seed to play
    #[arg(long, default_value_t = 0, value_name = "N")]
    run: u64,
    /// When it starts: as the scenario says, at a given hour such as `Sat 03:00`, or, for a run of a
    /// campaign at `any-hour`, at the hour that it drew
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    /// Show everything that there is to say, not one screen
    #[arg(long)]
    full: bool,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the record to a new file
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Seal the record with a key of `hotwash key new`
    #[arg(long, value_name = "KEYFILE", requires = "record")]
    seal: Option<PathBuf>,
    /// Play people by a file of their acts
    #[arg(long, value_name = "FILE")]
    actions: Option<PathBuf>,
    #[command(flatten)]
    trying: Trying,
    /// List the defaults and gaps that the exercise stands on, and run nothing
    #[arg(long, conflicts_with_all = ["record", "actions"])]
    explain: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let chosen = args.choice.find()?;
    let ready = app::at(&chosen, &args.start.at)?;
    let seed = args.seed.or(ready.bound.seed).unwrap_or(1);
    let hours = args.start.hours.after_start(seed, args.run);
    let exercise = later(&Arc::new(ready.bound.exercise), hours);
    if args.explain {
        if args.format == Format::Json {
            output::print_json(&serde_json::json!({
                "schema_version": 1,
                "defaults": exercise.parts().defaults,
            }))?;
            return Ok(Outcome::Done);
        }
        let defaults = exercise.parts().defaults.iter();
        let places: Vec<&str> = defaults.map(|of| of.place.as_str()).collect();
        let at = defaulted(&chosen.sources, &places);
        output::print(&screen(&explain::document(&exercise, &at)))?;
        return Ok(Outcome::Done);
    }
    let seal = args.seal.as_deref().map(key::read).transpose()?;
    if let Some(path) = &args.record {
        app::check_free(path)?;
    }
    let (setup, played) = setup(args, seed, &exercise)?;
    let provenance = Provenance {
        definitions: definition_hashes(&chosen.sources),
        actions: played,
    };
    let judged = Judged::new(simulate(&exercise, &setup, provenance));
    if let Some(path) = &args.record {
        keep(path, &judged.record, seal.as_ref())?;
    }
    let advice = args.trying.of(&judged, args.format);
    match args.format {
        Format::Json => output::print_plain(&shown::as_json(&judged, advice.as_ref()))?,
        Format::Text => output::print(&shown::as_text(
            &judged,
            &options(args, chosen.origin, advice),
            args.full,
        ))?,
    }
    Ok(Outcome::Done)
}

/// What distinguishes this run, and the hash of the file of acts that it plays.
fn setup(
    args: &Args,
    seed: u64,
    exercise: &Arc<Exercise>,
) -> Result<(Setup, Option<String>), Failure> {
    let mut setup = Setup::of(seed, args.run);
    let Some(path) = &args.actions else {
        return Ok((setup, None));
    };
    let source = app::read(path)?;
    setup.actions = actions(&source, exercise)
        .map_err(|problems| app::problems_of(&problems, std::slice::from_ref(&source)))?;
    // For whom somebody comes later a stand-in acts until then.
    let coming = setup
        .actions
        .iter()
        .filter_map(|action| match &action.does {
            HumanAct::Join { seat, .. } | HumanAct::ChangeSeat { seat, .. } => seat.person(),
            _ => None,
        });
    setup.absent = coming.collect();
    setup.absent.sort_unstable();
    setup.absent.dedup();
    let people = setup.actions.iter().filter_map(|action| action.person);
    setup.played = people.filter(|of| !setup.absent.contains(of)).collect();
    setup.played.sort_unstable();
    setup.played.dedup();
    let hash = Hash::of(source.text.as_bytes()).to_string();
    Ok((setup, Some(hash)))
}

fn keep(path: &Path, record: &Record, seal: Option<&Key>) -> Result<(), Failure> {
    app::create(path, record, seal)?;
    let sealed = if seal.is_some() { "sealed" } else { "unsealed" };
    let entries = record.entries.len();
    output::complain(
        "note",
        &format!(
            "{} holds the record: {entries} entries, {sealed}",
            path.display()
        ),
    );
    Ok(())
}

fn options(args: &Args, package: String, advice: Option<Advice>) -> Options {
    let typed = Typed::of(
        args.choice.scenario.as_deref(),
        &args.choice.beside,
        &args.start,
    );
    let next = next(args, &typed, &package);
    Options {
        origin: package,
        lists: typed.lists(),
        advice,
        next,
        ..Options::default()
    }
}

/// Where to go from here: the rest of this run, how likely it is, what helps, and a plan of one's own.
fn next(args: &Args, typed: &Typed, package: &str) -> Vec<Step> {
    let mut next = Vec::new();
    if let Some(path) = &args.record {
        let path = quoted(&path.to_string_lossy());
        next.push(Step::new(
            format!("hotwash report {path}"),
            "the report to keep",
        ));
        let why = format!("hotwash why {path} phase:response");
        next.push(Step::new(why, "why the response took so long"));
    } else if args.full {
        let kept = typed.again("simulate", &(of_run(args) + " --record r.jsonl"));
        next.push(Step::new(kept, "keep the record"));
    } else {
        let whole = typed.again("simulate", &(of_run(args) + " --full"));
        next.push(Step::new(whole, "all about this run"));
    }
    let seed = args
        .seed
        .map_or_else(String::new, |seed| format!(" --seed {seed}"));
    let campaign = typed.again("campaign", &seed);
    next.push(Step::new(campaign, "how likely this is"));
    next.push(Step::new(
        typed.again("improve", &seed),
        "what helps most, of all changes",
    ));
    if package.contains("built-in") && args.record.is_none() {
        next.push(Step::new("hotwash new my-team", "begin with your own plan"));
    }
    next
}

/// The options that tell this run from others, each after a space.
fn of_run(args: &Args) -> String {
    let seed = args.seed.map(|seed| format!(" --seed {seed}"));
    let run = (args.run > 0).then(|| format!(" --run {}", args.run));
    let acts = args.actions.as_deref().map(Path::to_string_lossy);
    let acts = acts.map(|path| format!(" --actions {}", quoted(&path)));
    [seed, run, acts].into_iter().flatten().collect()
}
