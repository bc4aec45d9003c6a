//! From what an author wrote to an exercise: the language, its diagnostics, its checks.
//!
//! Texts go in as [`Source`]s; nothing here reads a file. [`load`] gives [`definition`]s or says
//! everything that is wrong, each problem with its code, place and cure.

mod actions;
mod advice;
mod amend;
mod bind;
mod check;
mod defaulted;
mod defaults;
pub mod definition;
pub mod diagnostic;
#[cfg(test)]
#[path = "../../engine/src/documented.rs"]
mod documented;
mod library;
pub mod limits;
mod load;
pub mod notation;
mod read;
mod regimes;
mod schema;
pub mod selftest;
mod source;
mod syntax;
mod template;

pub use actions::{actions, actions_text};
pub use advice::{rehearse, rehearse_within};
pub use amend::{Amended, NotWritten, amended, is_same, rewritten};
pub use bind::{
    Bound, Given, Ready, Start, bind, bind_given, definition_hashes, exercise_hash, ready,
};
pub use check::check;
pub use defaulted::defaulted;
pub use library::{LibraryItem, find, find_short, library};
pub use load::{Definition, Definitions, Held, Kind, Loaded, held, load, read};
pub use regimes::regimes;
pub use schema::{language_page, language_text, schema};
pub use source::{Place, Source, Spanned};
pub use template::{TEMPLATES, Template};
