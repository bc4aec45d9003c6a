//! Records on disk.
//!
//! A record is written as JSON Lines. Each line carries the hash of the line before it and its own,
//! so that a change is found from that line on, and a key can seal the whole. `docs/record.md`
//! describes the bytes, so that a record can be checked without this program.
//!
//! Nothing here overwrites a file. A line that was confirmed is on disk; a file that was cut off in
//! the middle of a line loads up to the cut and says so.

mod append;
mod hash;
mod key;
mod lift;
mod line;
mod plausible;
mod read;
mod scan;
mod seal;
mod verify;
mod write;

pub use append::{AppendError, Appender, FileAppender, ResumeError, Storage, resume};
pub use hash::Hash;
pub use key::{Key, KeyError, PublicKey};
pub use line::MAX_LINE;
pub use read::{Loaded, read};
pub use scan::{Fault, FaultKind, Torn};
pub use seal::{Seal, SealFault};
pub use verify::{Report, verify};
pub use write::{create, to_bytes, write};

/// The oldest format of a record that can be read. The newest is
/// [`hotwash_engine::record::FORMAT`], which tells the history of both.
pub const OLDEST_FORMAT: u32 = lift::LIFTED;
