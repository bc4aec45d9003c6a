//! From texts to an exercise in one call.

use super::{Bound, Start, bind, definition_hashes, exercise_hash};
use crate::check::check;
use crate::diagnostic::{Diagnostic, Level};
use crate::load::read;
use crate::source::Source;
use hotwash_engine::record::DefinitionHash;

/// An exercise that can be run, and what its record says about where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The exercise.
    pub bound: Bound,
    /// The hash of every text that it was made of.
    pub definitions: Vec<DefinitionHash>,
    /// The hash of the exercise itself.
    pub sha256: String,
}

/// Reads, checks and binds texts.
///
/// # Errors
///
/// If there is an error in them: then everything that is wrong or weak, errors first.
pub fn ready(sources: &[Source], start: &Start) -> Result<Ready, Vec<Diagnostic>> {
    let loaded = read(sources);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    if has_errors(&problems) {
        problems.sort_by_key(|problem| problem.level);
        return Err(problems);
    }
    let mut bound = match bind(&loaded.definitions, start) {
        Ok(bound) => bound,
        Err(errors) => return Err([errors, problems].concat()),
    };
    bound.warnings.splice(0..0, problems);
    Ok(Ready {
        sha256: exercise_hash(&bound.exercise),
        definitions: definition_hashes(sources),
        bound,
    })
}

fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.level == Level::Error)
}
