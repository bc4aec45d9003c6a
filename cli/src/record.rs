//! Records that people name on the command line.

use crate::failure::{Failure, Outcome};
use crate::{input, output};
use hotwash_archive::{Key, Loaded, read};
use hotwash_engine::record::{Event, FORMAT, Record};
use hotwash_reports::words;
use std::io::{self, BufReader};
use std::path::Path;

/// Reads a record. One that was cut off is used up to the cut, which is said.
pub(crate) fn load(path: &Path) -> Result<Loaded, Failure> {
    let shown = path.display();
    let loaded = read(BufReader::new(input::open(path)?)).map_err(|fault| {
        Failure::input(format!("`{shown}` is not a sound record: {fault}"))
            .hint("A record that was changed cannot be relied on. Use a copy of the original.")
    })?;
    if let Some(torn) = loaded.torn {
        let (line, bytes) = (torn.line, torn.bytes);
        output::complain(
            "warning",
            &format!("`{shown}` is cut off: line {line} ends after {bytes} bytes and is left out"),
        );
    }
    if loaded.format < FORMAT {
        let format = loaded.format;
        output::complain(
            "note",
            &format!(
                "`{shown}` has format {format}: it is judged by the rules of today, without baselines"
            ),
        );
    }
    if !is_finished(&loaded.record) {
        let said = words::not_finished(&loaded.record);
        output::complain("warning", &format!("`{shown}`: {said}"));
        output::complain("hint", CURE);
    }
    Ok(loaded)
}

/// What to do about a record without ENDEX.
pub(crate) const CURE: &str =
    "Nothing is scored without ENDEX. Use the whole file, or finish the exercise.";

/// Whether ENDEX is in a record.
pub(crate) fn is_finished(record: &Record) -> bool {
    let mut entries = record.entries.iter();
    entries.any(|entry| matches!(entry.event, Event::ExerciseEnded { .. }))
}

/// How a command ends that could do its work on a record: one without ENDEX is a problem found.
pub(crate) fn outcome(record: &Record) -> Outcome {
    if is_finished(record) {
        Outcome::Done
    } else {
        Outcome::Problems
    }
}

/// Fails if the path is taken, before any work is done.
pub(crate) fn check_free(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        let taken = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(output::unwritable(path, &taken));
    }
    Ok(())
}

/// Writes a record to a new file.
pub(crate) fn create(path: &Path, record: &Record, seal: Option<&Key>) -> Result<(), Failure> {
    hotwash_archive::create(path, record, seal)
        .map(drop)
        .map_err(|error| output::unwritable(path, &error))
}
