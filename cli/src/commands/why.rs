//! `hotwash why`.

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::shown::screen;
use crate::{output, record};
use hotwash_engine::evaluation::why::{Asked, NotAsked, why};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::record::Record;
use hotwash_reports::words::Subject;
use hotwash_reports::{People, why as answer};
use hotwash_scenarios::diagnostic::nearest;
use std::path::PathBuf;

/// Say why something went as it did in a record
///
/// One sentence says what it waited for, or what was missing at the end; then come the entries by which it came
/// about, and what would have had to be otherwise. WHAT is `task:cut-off`, `person:jonas`, `phase:response`,
/// `duty:gdpr-33`, `expectation:memory-first`, `role:..`, `asset:..`, `step:..`, `decision:..`, `inject:..`,
/// `message:12`, an entry such as `#467`, or a name alone where it stands for one thing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    record: PathBuf,
    /// What is asked about
    #[arg(value_name = "WHAT")]
    what: String,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let record = record::load(&args.record)?.record;
    let exercise = &record.header.exercise;
    let asked = Asked::read(&args.what, exercise).map_err(|not| refuse(&args.what, not))?;
    let evaluation = evaluate(exercise, &record, Baselines::default());
    let found = why(&record, &evaluation, asked).ok_or_else(|| absent(&record, asked))?;
    let subject = Subject::new(exercise, &record, &evaluation, People::ByRole);
    match args.format {
        Format::Json => output::print_plain(&answer::json(&subject, &found))?,
        Format::Text => {
            let origin = args.record.display().to_string();
            output::print(&screen(&answer::document(&subject, &found, &origin)))?;
        }
    }
    Ok(record::outcome(&record))
}

/// The most names that a hint lists.
const LISTED: usize = 12;

/// Why a text asks about nothing, and what could be meant.
fn refuse(what: &str, not: NotAsked) -> Failure {
    match not {
        NotAsked::Several(all) => Failure::input(format!("`{what}` stands for several things"))
            .hint(format!("Ask about one of them: {}.", all.join(", "))),
        NotAsked::Kind(kind, all) => Failure::input(format!("there is no kind of thing `{kind}`"))
            .hint(format!(
                "The kinds are {}; an entry is `#467`.",
                all.join(", ")
            )),
        NotAsked::Number(text) => Failure::input(format!("`{text}` is no number"))
            .hint("Entries and messages have numbers, such as `#467` and `message:12`."),
        NotAsked::Thing(all) => {
            let failure = Failure::input(format!("the record knows nothing called `{what}`"));
            let bare = |name: &str| {
                name.split_once(':')
                    .map_or(String::new(), |it| it.1.to_owned())
            };
            let written = what.split_once(':').map_or(what, |it| it.1);
            let names: Vec<String> = all.iter().map(|name| bare(name)).collect();
            let near = nearest(written, names.iter().map(String::as_str));
            let meant = near.map(|near| {
                let all = all.iter().filter(|name| bare(name) == near);
                all.cloned().collect::<Vec<_>>().join(" or ")
            });
            match meant {
                Some(meant) => failure.hint(format!("Did you mean {meant}?")),
                None => failure.hint(some(&all)),
            }
        }
    }
}

/// Some of the names that there are.
fn some(all: &[String]) -> String {
    let shown = all
        .iter()
        .take(LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match all.len().saturating_sub(LISTED) {
        0 => format!("There are {shown}."),
        more => format!("There are {shown}, and {more} more."),
    }
}

/// That the record has no such entry or message.
fn absent(record: &Record, asked: Asked) -> Failure {
    let last = record.entries.last().map_or(0, |entry| entry.number);
    let what = asked.written(&record.header.exercise);
    Failure::input(format!("the record has no {what}")).hint(format!(
        "Its entries go from #1 to #{last}; messages are numbered from 1."
    ))
}
