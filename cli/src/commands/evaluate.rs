//! `hotwash evaluate`.

use crate::advice::Trying;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::{output, record, shown};
use hotwash_app::Judged;
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
    #[command(flatten)]
    trying: Trying,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let judged = Judged::of(record::load(&args.record)?);
    let advice = args.trying.of(&judged, args.format);
    match args.format {
        Format::Json => output::print_plain(&shown::as_json(&judged, advice.as_ref()))?,
        Format::Text => {
            let options = Options {
                advice,
                origin: args.record.display().to_string(),
                ..Options::default()
            };
            output::print(&shown::as_text(&judged, &options))?;
        }
    }
    Ok(record::outcome(&judged.record))
}
