//! `hotwash schema`.

use crate::failure::{Failure, Outcome};
use crate::output::{self, Terminal};
use clap::ValueEnum;
use hotwash_scenarios::{Kind, language_text, schema};

/// Print what can be written in a kind of definition
///
/// By default a JSON Schema, for editors and scripts: it describes the JSON form of the language.
/// `--format text` prints a reference for people: every field and word, how it is written and what it
/// means.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The kind of definition
    #[arg(value_enum)]
    kind: Word,
    /// In which form to print it
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// In which form the language is described.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Form {
    /// As a JSON Schema
    #[default]
    Json,
    /// As a reference for people
    Text,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    /// Who the organisation is
    Organisation,
    /// What its plan says
    Plan,
    /// What happens
    Scenario,
    /// All three in one file
    Exercise,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let kind = match args.kind {
        Word::Organisation => Kind::Organisation,
        Word::Plan => Kind::Plan,
        Word::Scenario => Kind::Scenario,
        Word::Exercise => Kind::Exercise,
    };
    match args.format {
        Form::Json => output::print_json(&schema(kind))?,
        Form::Text => output::print(&language_text(kind, Terminal::of_environment().width))?,
    }
    Ok(Outcome::Done)
}
