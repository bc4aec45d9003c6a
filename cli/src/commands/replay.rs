//! `hotwash replay`.

use crate::failure::{Failure, Outcome};
use crate::{output, record};
use hotwash_engine::record::wire::Named;
use hotwash_engine::record::{FORMAT, Record};
use hotwash_engine::replay::{acts_of_everybody, first_difference, human_acts, replay};
use hotwash_scenarios::actions_text;
use serde_json::Value;
use std::fmt::Write;
use std::path::PathBuf;

/// Play a record again and compare
///
/// The exercise, the seed and the acts of humans in the record are played again. Every entry has to
/// come out the same; exits with 1 and names the first that does not.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    record: PathBuf,
    /// Write the acts of humans in the record to a new file, for `simulate --actions`
    #[arg(long, value_name = "FILE")]
    actions_out: Option<PathBuf>,
    /// Write what simulated people did as well, so that the file plays everybody who acted
    #[arg(long, requires = "actions_out")]
    everybody: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let loaded = record::load(&args.record)?;
    let record = loaded.record;
    if let Some(path) = &args.actions_out {
        let acts = if args.everybody {
            acts_of_everybody(&record)
        } else {
            human_acts(&record)
        };
        output::create(path, &actions_text(&acts, &record.header.exercise))?;
    }
    if loaded.format < FORMAT {
        let (shown, format, made) = (
            args.record.display(),
            loaded.format,
            &record.header.engine_version,
        );
        return Err(Failure::input(format!(
            "`{shown}` has format {format} and cannot be played again: the rules by which an exercise goes have changed since"
        ))
        .hint(format!(
            "Version {made}, which made it, can play it again. `verify`, `evaluate` and `report` work here."
        )));
    }
    let replayed = replay(&record);
    let (was, is) = (record.entries.len(), replayed.entries.len());
    let said = match first_difference(&record, &replayed) {
        None => format!("The same: {was} entries.\n"),
        Some(number) if number as usize > was => {
            format!(
                "The same: {was} entries. The record stops {} before ENDEX.\n",
                is - was
            )
        }
        Some(number) => {
            output::say(&format!(
                "NOT THE SAME from entry {number} on.\n{}{}",
                otherwise((&record, &replayed), number),
                version(&record)
            ))?;
            return Ok(Outcome::Problems);
        }
    };
    output::say(&said)?;
    Ok(record::outcome(&record))
}

/// What of an entry is otherwise when it is played again, a line for each thing.
fn otherwise((record, replayed): (&Record, &Record), number: u32) -> String {
    let written = |of: &Record| {
        let names = record.header.exercise.names();
        let entry = of.entry(number).map(|entry| entry.write(names));
        serde_json::to_value(entry).unwrap_or_default()
    };
    let (was, is) = (written(record), written(replayed));
    let mut lines = String::new();
    match (was, is) {
        (Value::Null, is) => tell(&mut lines, "the record", "has no such entry", &shown(&is)),
        (was, Value::Null) => tell(&mut lines, "the record", &shown(&was), "has no such entry"),
        (was, is) => compare(&mut lines, "", &was, &is),
    }
    lines
}

/// Goes down where both have the same fields, and tells of each that differs.
fn compare(lines: &mut String, name: &str, was: &Value, is: &Value) {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) if was.keys().eq(is.keys()) => {
            for (field, before) in was {
                let name = if name.is_empty() {
                    field.clone()
                } else {
                    format!("{name}.{field}")
                };
                compare(lines, &name, before, &is[field]);
            }
        }
        (was, is) if was == is => {}
        (was, is) => tell(lines, name, &shown(was), &shown(is)),
    }
}

fn tell(lines: &mut String, name: &str, was: &str, is: &str) {
    let _ = writeln!(lines, "  {name}: it was {was}, and played again it is {is}");
}

/// A value in so few signs that a line holds two of them.
fn shown(value: &Value) -> String {
    const MOST: usize = 120;
    let text = value.to_string();
    if text.chars().count() <= MOST {
        return text;
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}..")
}

fn version(record: &Record) -> String {
    let (was, is) = (&record.header.engine_version, env!("CARGO_PKG_VERSION"));
    if was == is {
        "It was made by this version: the record was edited, or this is a fault of Hotwash.\n"
            .to_owned()
    } else {
        format!("It was made by version {was}, and this is {is}: rules may have changed.\n")
    }
}
