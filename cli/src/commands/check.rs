//! `hotwash check`.

use crate::choice::Choice;
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::{diagnostics, output};
use hotwash_scenarios::diagnostic::{Diagnostic, Level, summary, to_json};
use hotwash_scenarios::{Source, Start, bind, check, read, rehearse};
use serde_json::json;
use std::path::PathBuf;

/// Find what is wrong or weak in definitions
///
/// Shows every problem at its line, with what to do about it. Errors keep an exercise from being
/// played; warnings and notes say what weakens it. Exits with 1 if there are errors.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    choice: Choice,
    /// Check these files instead, as they belong together
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["scenario", "organisation", "plan", "package"])]
    files: Vec<PathBuf>,
    /// Leave out what is no error
    #[arg(long)]
    errors_only: bool,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let (sources, origin) = if args.files.is_empty() {
        let chosen = args.choice.find()?;
        (chosen.sources, chosen.origin)
    } else {
        let sources = args.files.iter().map(|path| hotwash_app::read(path));
        let sources = sources.collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
        (sources, names.join(", "))
    };
    let mut problems = problems(&sources);
    if args.errors_only {
        problems.retain(|problem| problem.level == Level::Error);
    }
    match args.format {
        Format::Text => output::print(&text(&problems, &sources, &origin))?,
        Format::Json => output::print_json(&json!({
            "schema_version": 1,
            "problems": to_json(&problems, &sources),
        }))?,
    }
    let errors = problems.iter().any(|problem| problem.level == Level::Error);
    Ok(if errors {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}

/// Everything that can be said about the texts.
fn problems(sources: &[Source]) -> Vec<Diagnostic> {
    let loaded = read(sources);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    let sound = problems.iter().all(|problem| problem.level != Level::Error);
    let whole = loaded.definitions.organisation().is_some()
        && loaded.definitions.plan().is_some()
        && loaded.definitions.scenario().is_some();
    if sound && whole {
        match bind(&loaded.definitions, &Start::default()) {
            Ok(bound) => {
                problems.extend(rehearse(&loaded.definitions, &bound));
                problems.extend(bound.warnings);
            }
            Err(errors) => problems.splice(0..0, errors).for_each(drop),
        }
    }
    problems
}

fn text(problems: &[Diagnostic], sources: &[Source], origin: &str) -> String {
    let counted = summary(problems, sources.len());
    format!(
        "{}{counted}: {origin}.\n",
        diagnostics::text(problems, sources)
    )
}
