//! Why something went as it did.

use hotwash_engine::exercise::{CapabilityElement, CauseCode};

/// A cause in a sentence's own words, as it follows `Cause:`.
pub const fn cause(cause: CauseCode) -> &'static str {
    match cause {
        CauseCode::NoProcedure => "the plan has nothing for it",
        CauseCode::UnclearProcedure => "the plan can be read in two ways",
        CauseCode::WrongProcedure => "the plan is wrong about it",
        CauseCode::OutdatedContact => "nobody had verified the contacts for too long",
        CauseCode::NoAuthority => "nobody there was allowed to do it",
        CauseCode::NoDeputy => "nobody stands in for them",
        CauseCode::Overloaded => "those there had too much work",
        CauseCode::Asleep => "whoever could have done it was asleep",
        CauseCode::Unreachable => "nobody could be reached",
        CauseCode::ToolMissing => "there is no tool for it",
        CauseCode::ToolFailed => "the tool failed when it was needed",
        CauseCode::NotVisible => "no source could see it",
        CauseCode::NotTrained => "people had not learned it",
        CauseCode::NotPractised => "nobody had practised it",
        CauseCode::Misjudged => "somebody saw it and misjudged it",
        CauseCode::Supplier => "it depended on a supplier",
        CauseCode::ExerciseArtefact => "it lies in the exercise, not in the organisation",
    }
}

/// The element of a capability in which a cause lies.
pub const fn element(element: CapabilityElement) -> &'static str {
    match element {
        CapabilityElement::Planning => "planning",
        CapabilityElement::Organisation => "organisation",
        CapabilityElement::Equipment => "equipment",
        CapabilityElement::Training => "training",
        CapabilityElement::Exercises => "exercises",
    }
}
