//! A file of lines that is being written.
//!
//! Rows of a campaign that is played at once appear as they are played. A part is whole or not there: its lines
//! are written beside its file, which gets its name once all of them are on the disk. So a part that was killed
//! leaves nothing that a merge could read, and may be played again.

use crate::failure::Failure;
use hotwash_app::{check_free, unwritable};
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A new file. Dropped before it is finished, it leaves nothing where it is a part.
pub(crate) struct Table {
    path: PathBuf,
    /// Where the lines of a part are, until all are there.
    beside: Option<PathBuf>,
    file: BufWriter<File>,
}

impl Table {
    /// A file whose lines appear as they are written. An existing one is left alone.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        Self::at(path, None)
    }

    /// A file that is whole or not there. An existing one is left alone.
    pub(crate) fn whole(path: &Path) -> Result<Self, Failure> {
        check_free(path)?;
        let unsure = |error| Failure::internal(format!("there is no chance to draw from: {error}"));
        // Two copies of one part, on two machines, do not write into each other's file.
        let name = getrandom::u64().map_err(unsure)?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{name:016x}.partial"));
        Self::at(path, Some(PathBuf::from(beside)))
    }

    fn at(path: &Path, beside: Option<PathBuf>) -> Result<Self, Failure> {
        let here = beside.as_deref().unwrap_or(path);
        let file = OpenOptions::new().write(true).create_new(true).open(here);
        let file = file.map_err(|error| unwritable(here, &error))?;
        Ok(Self {
            path: path.to_owned(),
            beside,
            file: BufWriter::new(file),
        })
    }

    /// Writes whole lines.
    pub(crate) fn write(&mut self, lines: &str) -> Result<(), Failure> {
        let written = self.file.write_all(lines.as_bytes());
        written.map_err(|error| unwritable(&self.path, &error).into())
    }

    /// Writes what is left, and gives a part its name.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let path = self.path.clone();
        let written = self.file.flush().and_then(|()| {
            let Some(beside) = &self.beside else {
                return Ok(());
            };
            self.file.get_ref().sync_all()?;
            // Where another copy of the part was sooner, it wrote the same.
            fs::rename(beside, &path)
        });
        written.map_err(|error| unwritable(&path, &error))?;
        self.beside = None;
        Ok(())
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // What cannot be removed does no harm: nothing reads it.
            let _ = fs::remove_file(beside);
        }
    }
}
