//! Writing a whole record at once.

use crate::hash::Hash;
use crate::key::Key;
use crate::line::{Kind, render};
use crate::seal::Seal;
use hotwash_engine::record::wire::Named;
use hotwash_engine::record::{Entry, Header, Record};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Makes the lines of a record, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    lines: u64,
    last: Hash,
}

impl Chain {
    /// Before the first line.
    pub(crate) const EMPTY: Self = Self::after(0, Hash::NONE);

    /// After so many lines, the last with this hash.
    pub(crate) const fn after(lines: u64, last: Hash) -> Self {
        Self { lines, last }
    }

    /// The hash of the last line.
    pub(crate) const fn last(&self) -> Hash {
        self.last
    }

    /// The first line.
    pub(crate) fn header(&mut self, header: &Header) -> String {
        let content = serde_json::to_string(&header.write());
        self.line(
            Kind::Header,
            &content.expect("a header has nothing JSON lacks"),
        )
    }

    /// The next line.
    pub(crate) fn entry(&mut self, header: &Header, entry: &Entry) -> String {
        let content = serde_json::to_string(&entry.write(header.exercise.names()));
        self.line(
            Kind::Entry,
            &content.expect("an entry has nothing JSON lacks"),
        )
    }

    /// The last line.
    pub(crate) fn seal(&self, key: &Key) -> String {
        Seal::make(key, self.lines, self.last).render()
    }

    fn line(&mut self, kind: Kind, content: &str) -> String {
        let (line, hash) = render(self.last, kind, content);
        self.lines += 1;
        self.last = hash;
        line
    }
}

/// Writes a record, sealed if there is a key. Returns the hash of its last line before the seal: the
/// record's fingerprint.
pub fn write(record: &Record, key: Option<&Key>, out: &mut impl Write) -> io::Result<Hash> {
    let mut chain = Chain::EMPTY;
    out.write_all(chain.header(&record.header).as_bytes())?;
    for entry in &record.entries {
        out.write_all(chain.entry(&record.header, entry).as_bytes())?;
    }
    if let Some(key) = key {
        out.write_all(chain.seal(key).as_bytes())?;
    }
    Ok(chain.last())
}

/// The bytes of a record, sealed if there is a key.
pub fn to_bytes(record: &Record, key: Option<&Key>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(record, key, &mut bytes).expect("memory takes what is written to it");
    bytes
}

/// Writes a record to a new file and returns its fingerprint. An existing file is left alone; of one that cannot be
/// written whole nothing stays.
pub fn create(path: &Path, record: &Record, key: Option<&Key>) -> io::Result<Hash> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = fill(file, record, key);
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written
}

fn fill(file: File, record: &Record, key: Option<&Key>) -> io::Result<Hash> {
    let mut out = BufWriter::new(file);
    let fingerprint = write(record, key, &mut out)?;
    out.into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(fingerprint)
}
