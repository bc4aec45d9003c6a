//! `hotwash report`.

use crate::advice::Trying;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::{output, record, shown};
use clap::ValueEnum;
use hotwash_app::Judged;
use hotwash_reports::Options;
use std::path::PathBuf;

/// Write the after-action report of a record
///
/// The report has all that the terminal shows and what did not fit there: every expectation, every
/// judged item, every finding with its evidence.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    record: PathBuf,
    /// The form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Try nothing, and propose nothing
    #[arg(long)]
    no_advice: bool,
    /// Write it to this new file instead of the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Form {
    /// Markdown
    #[default]
    Markdown,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let judged = Judged::of(record::load(&args.record)?);
    let options = Options {
        advice: Trying::unless(args.no_advice).of(&judged, Format::Text),
        origin: args.record.display().to_string(),
        ..Options::default()
    };
    let text = match args.format {
        Form::Markdown => shown::as_markdown(&judged, &options),
    };
    match &args.output {
        Some(path) => output::create(path, &text)?,
        None => output::print_plain(&text)?,
    }
    Ok(record::outcome(&judged.record))
}
