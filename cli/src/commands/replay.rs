//! `hotwash replay`.

use crate::failure::{Failure, Outcome};
use crate::{output, record};
use hotwash_engine::record::{Entry, FORMAT, Record};
use hotwash_engine::replay::{acts_of_everybody, first_difference, human_acts, replay};
use hotwash_scenarios::actions_text;
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
            let word = |record: &Record| {
                let entry = record.entry(number);
                entry
                    .map_or("nothing", |entry: &Entry| entry.event.name())
                    .to_owned()
            };
            let (was, is) = (word(&record), word(&replayed));
            output::print(&format!(
                "NOT THE SAME: entry {number} was {was}, and is {is} now.\n{}",
                version(&record)
            ))?;
            return Ok(Outcome::Problems);
        }
    };
    output::print(&said)?;
    Ok(record::outcome(&record))
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
