//! Writing a record as it happens: a line is on disk before anybody is told.

use crate::hash::Hash;
use crate::key::Key;
use crate::read::{Loaded, read};
use crate::scan::Fault;
use crate::write::Chain;
use hotwash_engine::record::{Entry, Header};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use thiserror::Error;

/// Where lines go: something that can make sure that what was written stays.
pub trait Storage: Write {
    /// Returns when all that was written would survive a loss of power.
    fn make_durable(&mut self) -> io::Result<()>;
}

impl Storage for File {
    fn make_durable(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Storage for Vec<u8> {
    fn make_durable(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a line was not kept.
#[derive(Debug, Error)]
pub enum AppendError {
    /// It could not be written.
    #[error("the line could not be written: {0}")]
    Io(#[from] io::Error),
    /// An earlier line could not be written, so none may follow it.
    #[error("an earlier line could not be written; open the record again to go on")]
    Broken,
    /// The entry is not the next one.
    #[error("the entry has number {found}, and {expected} is the next")]
    Number {
        /// The number it has.
        found: u32,
        /// The number it should have.
        expected: u64,
    },
}

/// Why a record cannot be gone on with.
#[derive(Debug, Error)]
pub enum ResumeError {
    /// The file cannot be opened or shortened.
    #[error("the file cannot be opened: {0}")]
    Open(#[source] io::Error),
    /// It is sealed, so nothing can be added to it.
    #[error("the record is sealed, so nothing can be added to it")]
    Sealed,
    /// Something in it is not as it was written.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A record that is being written.
#[derive(Debug)]
pub struct Appender<S> {
    storage: S,
    chain: Chain,
    header: Header,
    next: u64,
    broken: bool,
}

impl Appender<File> {
    /// Starts a record in a new file. An existing file is left alone.
    pub fn create(path: &Path, header: Header) -> Result<Self, AppendError> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let appender = Self::start(file, header)?;
        keep_name(path)?;
        Ok(appender)
    }
}

impl<S: Storage> Appender<S> {
    /// Starts a record with its header.
    pub fn start(storage: S, header: Header) -> Result<Self, AppendError> {
        let mut chain = Chain::EMPTY;
        let line = chain.header(&header);
        let mut appender = Self {
            storage,
            chain,
            header,
            next: 1,
            broken: false,
        };
        appender.keep(&line)?;
        Ok(appender)
    }

    /// Writes an entry. When this returns without error the entry is on disk.
    pub fn append(&mut self, entry: &Entry) -> Result<(), AppendError> {
        self.append_all(std::slice::from_ref(entry))
    }

    /// Writes the entries of an instant, or of several, at once. When this returns without error all of them are
    /// on disk; with an error none of them is confirmed.
    pub fn append_all(&mut self, entries: &[Entry]) -> Result<(), AppendError> {
        for (expected, entry) in (self.next..).zip(entries) {
            if u64::from(entry.number) != expected {
                return Err(AppendError::Number {
                    found: entry.number,
                    expected,
                });
            }
        }
        if entries.is_empty() {
            return Ok(());
        }
        let (chain, header) = (&mut self.chain, &self.header);
        let lines: String = entries
            .iter()
            .map(|entry| chain.entry(header, entry))
            .collect();
        self.keep(&lines)?;
        self.next += entries.len() as u64;
        Ok(())
    }

    /// The hash of the last line.
    pub const fn fingerprint(&self) -> Hash {
        self.chain.last()
    }

    /// Ends the record, with a seal if there is a key, and gives the storage back.
    pub fn finish(mut self, key: Option<&Key>) -> Result<S, AppendError> {
        if let Some(key) = key {
            let line = self.chain.seal(key);
            self.keep(&line)?;
        }
        Ok(self.storage)
    }

    fn keep(&mut self, line: &str) -> Result<(), AppendError> {
        if self.broken {
            return Err(AppendError::Broken);
        }
        let kept = self
            .storage
            .write_all(line.as_bytes())
            .and_then(|()| self.storage.make_durable());
        // Part of the line may be there, so a line after it would not be readable.
        self.broken = kept.is_err();
        Ok(kept?)
    }
}

/// Makes sure that a new file is still found in its folder after a loss of power.
#[cfg(unix)]
fn keep_name(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

/// Other systems have no way to ask for it.
#[cfg(not(unix))]
const fn keep_name(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Goes on with a record that was being written when something stopped it. A last line that was cut
/// off is removed from the file; [`Loaded::torn`] says so. A sealed record cannot be gone on with.
pub fn resume(path: &Path) -> Result<(Appender<File>, Loaded), ResumeError> {
    let file = OpenOptions::new().read(true).write(true).open(path);
    let mut file = file.map_err(ResumeError::Open)?;
    let loaded = read(BufReader::new(&file))?;
    if loaded.seal.is_some() {
        return Err(ResumeError::Sealed);
    }
    if let Some(torn) = loaded.torn {
        file.set_len(torn.offset).map_err(ResumeError::Open)?;
        file.sync_all().map_err(ResumeError::Open)?;
    }
    file.seek(SeekFrom::End(0)).map_err(ResumeError::Open)?;
    let lines = loaded.record.entries.len() as u64 + 1;
    let appender = Appender {
        storage: file,
        chain: Chain::after(lines, loaded.fingerprint),
        header: loaded.record.header.clone(),
        next: lines,
        broken: false,
    };
    Ok((appender, loaded))
}
