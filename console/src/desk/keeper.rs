//! What is written down before anybody is told: the record, and the journal of seats beside it.

use hotwash_app::{Fault, Journal, Place};
use hotwash_archive::{AppendError, Appender, FileAppender, Key};
use hotwash_engine::record::{Entry, Header, Record};
use thiserror::Error;

/// Why something was not written.
#[derive(Debug, Error)]
pub(crate) enum NotKept {
    /// The record.
    #[error("the record cannot be written: {0}")]
    Record(#[from] AppendError),
    /// The journal.
    #[error("the journal of seats cannot be written: {0}")]
    Journal(#[from] std::io::Error),
    /// There is no record yet.
    #[error("the record has not begun")]
    NotBegun,
    /// The record was closed.
    #[error("the record is closed")]
    Closed,
}

/// Writes; when a call returns without error, what it was given is on disk.
pub(crate) trait Keeper: Send {
    /// Adds a line to the journal.
    fn line(&mut self, line: &str) -> Result<(), NotKept>;
    /// Begins the record.
    fn begin(&mut self, header: Header) -> Result<(), NotKept>;
    /// Adds entries to the record.
    fn entries(&mut self, entries: &[Entry]) -> Result<(), NotKept>;
    /// Ends the record, with a seal if there is a key. Nothing can be added to a sealed record.
    fn close(&mut self, key: Option<&Key>) -> Result<(), NotKept>;
}

/// Files in the folder of a package.
pub(crate) struct Files {
    place: Place,
    journal: Journal,
    record: Option<FileAppender>,
    closed: bool,
}

impl Files {
    /// At a free place.
    pub(crate) fn anew(place: Place) -> Result<Self, Fault> {
        let journal = Journal::create(&place.journal)?;
        Ok(Self {
            place,
            journal,
            record: None,
            closed: false,
        })
    }

    /// At the place of a record, with what there is of it and of its journal.
    pub(crate) fn again(place: Place) -> Result<(Self, Record, Vec<String>), Fault> {
        let (journal, lines) = Journal::open(&place.journal)?;
        let shown = place.record.display();
        let (appender, loaded) = hotwash_archive::resume(&place.record)
            .map_err(|error| Fault::new(format!("`{shown}` cannot be gone on with: {error}")))?;
        let files = Self {
            place,
            journal,
            record: Some(appender),
            closed: false,
        };
        Ok((files, loaded.record, lines))
    }
}

impl Keeper for Files {
    fn line(&mut self, line: &str) -> Result<(), NotKept> {
        Ok(self.journal.keep(line)?)
    }

    fn begin(&mut self, header: Header) -> Result<(), NotKept> {
        self.record = Some(Appender::create(&self.place.record, header)?);
        Ok(())
    }

    fn entries(&mut self, entries: &[Entry]) -> Result<(), NotKept> {
        if self.closed {
            return Err(NotKept::Closed);
        }
        let record = self.record.as_mut().ok_or(NotKept::NotBegun)?;
        Ok(record.append_all(entries)?)
    }

    fn close(&mut self, key: Option<&Key>) -> Result<(), NotKept> {
        self.closed = true;
        if let Some(record) = self.record.take() {
            record.finish(key)?;
        }
        Ok(())
    }
}
