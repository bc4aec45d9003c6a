//! Going through a record line by line, checking all that can be checked on the way.
//!
//! Reading and verifying are the same walk: one keeps what it finds, the other counts it.

use crate::OLDEST_FORMAT;
use crate::hash::Hash;
use crate::lift::{LIFTED, Lift};
use crate::line::{self, Kind, MAX_LINE};
use crate::plausible::{self, Course};
use crate::seal::{Seal, SealFault};
use hotwash_engine::record::wire::{Named, UnknownName};
use hotwash_engine::record::{Entry, FORMAT, Header, WireEntry, WireHeader};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::{self, BufRead, Read};
use thiserror::Error;

/// The first thing that is wrong with a record, and where.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    #[source]
    pub kind: FaultKind,
}

/// What can be wrong with a line.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// The record has no first line.
    #[error("the file is empty")]
    Empty,
    /// It has no line end: it was being written when something stopped it.
    #[error("the line is cut off after {} bytes", .0.bytes)]
    Torn(Torn),
    /// It is longer than any line can be.
    #[error("the line is longer than {MAX_LINE} bytes")]
    TooLong,
    /// It is not built as a line is.
    #[error("this is not a line of a record")]
    NotALine,
    /// It does not follow the line before it.
    #[error(
        "the line does not follow the one before it: a line was changed, moved, added or removed here"
    )]
    Broken,
    /// Its hash is not that of its content.
    #[error("the line was changed: its hash is not that of its content")]
    Changed,
    /// The record was written by an older program than can be read.
    #[error(
        "the record has format {0}, which is too old: this version reads {OLDEST_FORMAT} to {FORMAT}"
    )]
    TooOld(u32),
    /// The record was written by a newer program than this.
    #[error(
        "the record has format {0}, which is too new: this version reads {OLDEST_FORMAT} to {FORMAT}, use a newer one"
    )]
    TooNew(u32),
    /// The first line is not a header, or a later one is.
    #[error("a record has one header, as its first line")]
    Misplaced,
    /// Its content is not what it should be.
    #[error("the content does not fit the format: {0}")]
    Content(#[source] serde_json::Error),
    /// It names something that the record's exercise does not have.
    #[error(transparent)]
    Name(UnknownName),
    /// Its number is not the next one.
    #[error("the entry has number {found}, and {expected} is the next")]
    Number {
        /// The number it has.
        found: u32,
        /// The number it should have.
        expected: u64,
    },
    /// It happened before the entry that stands before it.
    #[error("the entry lies before the one that precedes it")]
    BackInTime,
    /// It was caused by itself or by what came after it.
    #[error("the entry names entry {0} as its cause, which does not precede it")]
    Cause(u32),
    /// What it says cannot be, beside what stands before it.
    #[error("{0}")]
    Contradiction(String),
    /// Something stands after the seal.
    #[error("nothing may follow the seal")]
    AfterSeal,
    /// The seal does not hold.
    #[error(transparent)]
    Seal(SealFault),
    /// The file could not be read on.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// A last line that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Which line it is, from 1.
    pub line: u64,
    /// Where it starts in the file, in bytes.
    pub offset: u64,
    /// How many bytes of it are there.
    pub bytes: u64,
}

/// One thing found on the way.
pub(crate) enum Found {
    Header(Box<Header>),
    Entry(Entry),
    Seal(Seal),
}

/// A walk through a record.
pub(crate) struct Scan<R> {
    input: R,
    buffer: Vec<u8>,
    /// Lines that were in order, the seal included.
    lines: u64,
    /// Bytes of them.
    offset: u64,
    last: Hash,
    header: Option<Header>,
    at: i64,
    sealed: bool,
    /// What is remembered of a record of the oldest format.
    lift: Option<Lift>,
    /// What has been so far, for what may follow.
    course: Course,
}

/// The only part of a header that every format has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl<R: BufRead> Scan<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            lines: 0,
            offset: 0,
            last: Hash::NONE,
            header: None,
            at: i64::MIN,
            sealed: false,
            lift: None,
            course: Course::default(),
        }
    }

    /// The format in which the record was written.
    pub(crate) const fn format(&self) -> u32 {
        if self.lift.is_some() { LIFTED } else { FORMAT }
    }

    /// The hash of the last line in order, the seal not counted.
    pub(crate) const fn last(&self) -> Hash {
        self.last
    }

    /// How many lines were in order, the seal not counted.
    pub(crate) const fn lines(&self) -> u64 {
        self.lines - self.sealed as u64
    }

    /// The next thing; `None` at a clean end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Fault>> {
        match self.line() {
            Ok(Some(found)) => Some(Ok(found)),
            Ok(None) => None,
            Err(kind) => Some(Err(Fault {
                line: self.lines + 1,
                kind,
            })),
        }
    }

    fn line(&mut self) -> Result<Option<Found>, FaultKind> {
        self.buffer.clear();
        let mut input = self.input.by_ref().take(MAX_LINE as u64 + 1);
        let bytes = input.read_until(b'\n', &mut self.buffer)? as u64;
        if bytes == 0 {
            let nothing = self.lines == 0;
            return if nothing {
                Err(FaultKind::Empty)
            } else {
                Ok(None)
            };
        }
        if self.sealed {
            return Err(FaultKind::AfterSeal);
        }
        if self.buffer.last() != Some(&b'\n') {
            return Err(self.unended(bytes));
        }
        self.buffer.pop();
        let found = self.judge()?;
        self.lines += 1;
        self.offset += bytes;
        Ok(Some(found))
    }

    fn unended(&self, bytes: u64) -> FaultKind {
        if bytes > MAX_LINE as u64 {
            FaultKind::TooLong
        } else {
            FaultKind::Torn(Torn {
                line: self.lines + 1,
                offset: self.offset,
                bytes,
            })
        }
    }

    fn judge(&mut self) -> Result<Found, FaultKind> {
        let buffer = std::mem::take(&mut self.buffer);
        let text = str::from_utf8(&buffer).map_err(|_| FaultKind::NotALine)?;
        let found = if let Some(seal) = Seal::parse(text) {
            self.judge_seal(seal)
        } else {
            self.judge_line(text)
        };
        self.buffer = buffer;
        found
    }

    fn read_header(&mut self, text: &str) -> Result<Header, FaultKind> {
        if format(text)? == LIFTED {
            self.lift = Some(Lift::default());
        }
        let lift = self.lift.as_mut();
        let wire: WireHeader = content(text, lift.map(|lift| |it: &mut _| lift.header(it)))?;
        let header = Header::read(wire).map_err(FaultKind::Name)?;
        plausible::attended(&header)?;
        Ok(header)
    }

    fn judge_seal(&mut self, seal: Result<Seal, SealFault>) -> Result<Found, FaultKind> {
        let seal = seal.map_err(FaultKind::Seal)?;
        seal.check(self.lines, self.last).map_err(FaultKind::Seal)?;
        self.sealed = true;
        Ok(Found::Seal(seal))
    }

    fn judge_line(&mut self, text: &str) -> Result<Found, FaultKind> {
        let line = line::parse(text).ok_or(FaultKind::NotALine)?;
        if line.hash != line.true_hash {
            return Err(FaultKind::Changed);
        }
        if line.prev != self.last {
            return Err(FaultKind::Broken);
        }
        let found = match (&self.header, line.kind) {
            (None, Kind::Header) => {
                let header = self.read_header(line.content)?;
                self.header = Some(header.clone());
                Found::Header(Box::new(header))
            }
            (Some(header), Kind::Entry) => {
                let lift = self.lift.as_mut();
                let wire = content(line.content, lift.map(|lift| |it: &mut _| lift.entry(it)))?;
                let entry = in_order(wire, header, self.lines, self.at)?;
                self.course.follow(header, &entry)?;
                self.at = entry.at.0;
                Found::Entry(entry)
            }
            _ => return Err(FaultKind::Misplaced),
        };
        self.last = line.hash;
        Ok(found)
    }
}

/// The format of a header, where it can be read.
fn format(content: &str) -> Result<u32, FaultKind> {
    let version: Version = serde_json::from_str(content).map_err(FaultKind::Content)?;
    match version.format {
        older if older < OLDEST_FORMAT => Err(FaultKind::TooOld(older)),
        newer if newer > FORMAT => Err(FaultKind::TooNew(newer)),
        format => Ok(format),
    }
}

/// Reads content of today's format, or lifts it to that first.
fn content<T: DeserializeOwned>(
    text: &str,
    lift: Option<impl FnOnce(&mut Value)>,
) -> Result<T, FaultKind> {
    let read = match lift {
        None => serde_json::from_str(text),
        Some(lift) => serde_json::from_str(text).and_then(|mut value: Value| {
            if value.is_object() {
                lift(&mut value);
            }
            serde_json::from_value(value)
        }),
    };
    read.map_err(FaultKind::Content)
}

/// An entry that is to have this number and to lie at this time or later.
fn in_order(wire: WireEntry, header: &Header, expected: u64, at: i64) -> Result<Entry, FaultKind> {
    let found = wire.number;
    if u64::from(found) != expected {
        return Err(FaultKind::Number { found, expected });
    }
    if wire.at.0 < at {
        return Err(FaultKind::BackInTime);
    }
    if let Some(cause) = wire.cause
        && (cause == 0 || cause >= found)
    {
        return Err(FaultKind::Cause(cause));
    }
    Entry::read(wire, header.exercise.names()).map_err(FaultKind::Name)
}
