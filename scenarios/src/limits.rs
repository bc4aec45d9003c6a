//! How much is read at most. Each limit is far above what a person writes.

/// The longest text of one file, in bytes.
pub const FILE_BYTES: usize = 8 * 1024 * 1024;
/// The most words, numbers and signs of one file. With [`FILE_BYTES`] it bounds the memory of a tree.
pub const TOKENS: usize = 1_000_000;
/// The deepest nesting of brackets.
pub const DEPTH: usize = 64;
/// The most problems of syntax or structure that are reported per file.
pub const PROBLEMS_PER_FILE: usize = 100;
/// The most files that are loaded together.
pub const FILES: usize = 64;
/// The most things of a kind: tasks, people, injects and so on.
pub const ITEMS: usize = 4_096;
/// The longest duration that can be written, in days.
pub const DAYS: i64 = 3_660;
