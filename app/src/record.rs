//! Records on disk, as front ends read and create them.

use crate::fault::Fault;
use crate::file;
use hotwash_archive::{Key, Loaded, Torn, read};
use hotwash_engine::record::{Event, FORMAT, Record};
use std::io::{self, BufReader};
use std::path::Path;

/// A record that was read, and what its reader has to be told.
#[derive(Debug)]
pub struct Read {
    /// The record.
    pub loaded: Loaded,
    /// What to say about it, in this order.
    pub notices: Vec<Notice>,
}

/// What a reader has to be told about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Its last line was cut off, and is left out.
    CutOff(Torn),
    /// It has this older format, and is judged by the rules of today.
    Older(u32),
    /// It has no ENDEX: nothing is scored.
    NotFinished,
}

/// Reads a record. One that was cut off is used up to the cut.
///
/// # Errors
///
/// If it cannot be read, or is not sound.
pub fn load(path: &Path) -> Result<Read, Fault> {
    let shown = path.display();
    let loaded = read(BufReader::new(file::open(path)?)).map_err(|fault| {
        Fault::new(format!("`{shown}` is not a sound record: {fault}"))
            .hint("A record that was changed cannot be relied on. Use a copy of the original.")
    })?;
    let older = (loaded.format < FORMAT).then_some(Notice::Older(loaded.format));
    let open = (!is_finished(&loaded.record)).then_some(Notice::NotFinished);
    let notices = [loaded.torn.map(Notice::CutOff), older, open];
    Ok(Read {
        notices: notices.into_iter().flatten().collect(),
        loaded,
    })
}

/// Whether ENDEX is in a record.
pub fn is_finished(record: &Record) -> bool {
    let mut entries = record.entries.iter();
    entries.any(|entry| matches!(entry.event, Event::ExerciseEnded { .. }))
}

/// Makes sure that a path is free, before any work is done.
///
/// # Errors
///
/// If something is there already.
pub fn check_free(path: &Path) -> Result<(), Fault> {
    if path.exists() {
        let taken = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(unwritable(path, &taken));
    }
    Ok(())
}

/// Writes a record to a new file.
///
/// # Errors
///
/// If the file exists or cannot be written.
pub fn create(path: &Path, record: &Record, seal: Option<&Key>) -> Result<(), Fault> {
    hotwash_archive::create(path, record, seal)
        .map(drop)
        .map_err(|error| unwritable(path, &error))
}

/// Why a file cannot be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Fault {
    let shown = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        Fault::new(format!("`{shown}` exists, and is left alone"))
            .hint("Hotwash overwrites nothing. Name another file, or remove this one.")
    } else {
        Fault::new(format!("`{shown}` cannot be written: {error}"))
    }
}
