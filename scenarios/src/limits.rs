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
/// The most tokens of a file in which a missing or wrong sign is looked for by trying.
pub const REPAIR_TOKENS: usize = 20_000;
/// How many tokens from where a text fails the fault is looked for.
pub const REPAIR_WINDOW: usize = 64;
/// How many changes are tried out for one fault.
pub const REPAIR_TRIES: usize = 96;
/// How many signs of a file are mended in this way.
pub const REPAIRS: usize = 4;
/// How many tokens are read again in all to find the wrong signs of a file.
pub const REPAIR_WORK: usize = 1_500_000;
/// How many entries `check` makes at most when it plays an attack alone, over all its runs.
pub const REHEARSAL_ENTRIES: u32 = 600_000;
/// The most messages that come again and again in an exercise without a warning.
pub const MESSAGES: u64 = 10_000;
