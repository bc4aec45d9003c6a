//! From what an author wrote to an exercise.

mod library;

pub use library::{LibraryItem, LibraryKind, find, library};
