//! `hotwash evaluate`.

use crate::advice::Trying;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::{output, record, shown};
use hotwash_app::{Judged, quoted};
use hotwash_reports::{Options, Step};
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
    /// Show everything that there is to say, not one screen
    #[arg(long)]
    full: bool,
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
                next: next(args),
                ..Options::default()
            };
            output::print(&shown::as_text(&judged, &options, args.full))?;
        }
    }
    Ok(record::outcome(&judged.record))
}

/// Where to go from here.
fn next(args: &Args) -> Vec<Step> {
    let path = quoted(&args.record.to_string_lossy());
    let mut next = vec![Step::new(
        format!("hotwash report {path}"),
        "the report to keep",
    )];
    if !args.full {
        let whole = format!("hotwash evaluate {path} --full");
        next.insert(0, Step::new(whole, "all about this run"));
    }
    let why = format!("hotwash why {path} phase:response");
    next.push(Step::new(why, "why the response took so long"));
    next
}
