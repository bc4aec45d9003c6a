//! Records that people name on the command line.

use crate::failure::Failure;
use crate::{input, output};
use hotwash_archive::{Key, Loaded, read};
use hotwash_engine::record::Record;
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
    Ok(loaded)
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
