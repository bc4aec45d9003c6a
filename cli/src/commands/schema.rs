//! `hotwash schema`.

use crate::failure::{Failure, Outcome};
use crate::output;
use clap::ValueEnum;
use hotwash_scenarios::{Kind, schema};

/// Print the JSON Schema of a kind of definition
///
/// It describes the JSON form of the definition language, and serves as its reference: every field
/// with what it means.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The kind of definition
    #[arg(value_enum)]
    kind: Word,
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
    output::print_json(&schema(kind))?;
    Ok(Outcome::Done)
}
