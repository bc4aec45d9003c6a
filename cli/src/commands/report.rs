//! `hotwash report`.

use crate::advice::Trying;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::{output, record, shown};
use clap::ValueEnum;
use hotwash_app::Judged;
use hotwash_reports::paper::{self, Handling, Handover, html};
use hotwash_reports::{Options, People};
use std::path::{Path, PathBuf};

/// Write the report of a record
///
/// Without `--document`: all that the terminal shows and what did not fit there, as Markdown. With it: a document to
/// hand over, as one HTML file that needs no network and prints on A4 and Letter.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    record: PathBuf,
    /// The form of the report
    #[arg(long, value_enum, default_value_t, conflicts_with = "document")]
    format: Form,
    /// The document to hand over
    #[arg(long, value_enum)]
    document: Option<Kind>,
    /// How far the document may go (Traffic Light Protocol)
    #[arg(long, value_enum, default_value_t, requires = "document")]
    tlp: Tlp,
    /// Name people by their ids; else only roles are named
    #[arg(long, requires = "document")]
    names: bool,
    /// Try nothing, and propose nothing
    #[arg(long)]
    no_advice: bool,
    /// Write it to this new file instead of the terminal; a document is a file that ends in .html
    #[arg(long, alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Form {
    /// Markdown
    #[default]
    Markdown,
}

/// Which document.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// The after-action report with improvement plan
    Aar,
    /// Two pages of it
    Short,
}

/// How far it may go.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Tlp {
    /// Anybody may read it
    Clear,
    /// The community may
    Green,
    /// The organisation and those who need to know may
    #[default]
    Amber,
    /// The organisation alone may
    AmberStrict,
    /// Those alone may to whom it is given
    Red,
}

impl From<Tlp> for Handling {
    fn from(tlp: Tlp) -> Self {
        match tlp {
            Tlp::Clear => Self::Clear,
            Tlp::Green => Self::Green,
            Tlp::Amber => Self::Amber,
            Tlp::AmberStrict => Self::AmberStrict,
            Tlp::Red => Self::Red,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some(path) = &args.output {
        hotwash_app::check_free(path)?;
        if args.document.is_some() {
            is_html(path)?;
        }
    }
    let loaded = record::load(&args.record)?;
    let fingerprint = loaded.fingerprint.to_string();
    let judged = Judged::of(loaded);
    let text = match args.document {
        Some(kind) => document(args, kind, &judged, fingerprint),
        None => markdown(args, &judged),
    };
    match &args.output {
        Some(path) => output::create(path, &text)?,
        None => output::print_plain(&text)?,
    }
    Ok(record::outcome(&judged.record))
}

/// Refuses a file whose name promises another form.
fn is_html(path: &Path) -> Result<(), Failure> {
    let ending = path.extension().map(|of| of.to_ascii_lowercase());
    if ending.is_some_and(|of| of == "html" || of == "htm") {
        return Ok(());
    }
    let shown = path.display();
    Err(Failure::input(format!(
        "`{shown}`: a document is written as HTML, in a file that ends in `.html`"
    ))
    .hint("A browser prints it as PDF."))
}

fn markdown(args: &Args, judged: &Judged) -> String {
    let options = Options {
        advice: Trying::unless(args.no_advice).of(judged, Format::Text),
        origin: args.record.display().to_string(),
        ..Options::default()
    };
    match args.format {
        Form::Markdown => shown::as_markdown(judged, &options),
    }
}

fn document(args: &Args, kind: Kind, judged: &Judged, fingerprint: String) -> String {
    let handover = Handover {
        people: if args.names {
            People::ById
        } else {
            People::ByRole
        },
        handling: args.tlp.into(),
        fingerprint: Some(fingerprint),
        advice: Trying::unless(args.no_advice).of(judged, Format::Text),
    };
    let record = &judged.record;
    let make = match kind {
        Kind::Aar => paper::after_action,
        Kind::Short => paper::short,
    };
    let made = make(
        &record.header.exercise,
        record,
        &judged.evaluation,
        &handover,
    );
    html::render(&made)
}
