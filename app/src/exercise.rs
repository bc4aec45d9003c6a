//! From chosen definitions to an exercise that can be played.

use crate::fault::Fault;
use crate::package::Chosen;
use hotwash_scenarios::diagnostic::{Diagnostic, Level, summary};
use hotwash_scenarios::{Ready, Source, Start, ready};

/// Loads, checks and binds definitions, for a start that somebody may ask for.
///
/// # Errors
///
/// If there is an error in them, with every error at its place.
pub fn at(chosen: &Chosen, start: &Start) -> Result<Ready, Fault> {
    let sources = &chosen.sources;
    ready(sources, start).map_err(|problems| problems_of(&problems, sources))
}

/// The fault of definitions that cannot be played, with every error at its place.
pub fn problems_of(problems: &[Diagnostic], sources: &[Source]) -> Fault {
    let errors = problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    let counted = summary(&errors, sources.len());
    Fault {
        problems: (errors, sources.to_vec()),
        ..Fault::new(format!("{counted}. Nothing was run."))
    }
}
