//! `hotwash evaluate`.

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::judged::Judged;
use crate::{output, record};
use hotwash_reports::Options;
use std::path::PathBuf;

/// Judge a record again
///
/// Everything that was said about the exercise when it was played is computed again, from the record
/// alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    record: PathBuf,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let judged = Judged::of(record::load(&args.record)?);
    match args.format {
        Format::Json => output::print_plain(&judged.json())?,
        Format::Text => {
            let options = Options {
                origin: args.record.display().to_string(),
                ..Options::default()
            };
            output::print(&judged.text(&options))?;
        }
    }
    Ok(record::outcome(&judged.record))
}
