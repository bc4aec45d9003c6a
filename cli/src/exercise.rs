//! From chosen definitions to an exercise that can be played.

use crate::diagnostics;
use crate::failure::Failure;
use crate::package::Chosen;
use hotwash_engine::record::DefinitionHash;
use hotwash_scenarios::diagnostic::{Diagnostic, Level, summary};
use hotwash_scenarios::{Ready, Source, Start, definition_hashes, ready};

/// Loads, checks and binds definitions, for a start that the command line may ask for.
pub(crate) fn at(chosen: &Chosen, start: &Start) -> Result<Ready, Failure> {
    let sources = &chosen.sources;
    ready(sources, start).map_err(|problems| broken(&problems, sources))
}

/// The files that an exercise is made of, for the head of its record.
pub(crate) fn hashes(sources: &[Source]) -> Vec<DefinitionHash> {
    definition_hashes(sources)
}

/// The failure of definitions that cannot be played, with every error at its place.
pub(crate) fn broken(problems: &[Diagnostic], sources: &[Source]) -> Failure {
    let errors = problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    let counted = summary(&errors, sources.len());
    Failure::input(format!("{counted}. Nothing was run."))
        .above(diagnostics::text(&errors, sources))
}
