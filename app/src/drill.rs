//! Where a drill keeps what must not be lost: its record, and beside it a journal of its seats.
//!
//! Both are only ever added to. The record is the exercise; the journal says who sits where and which acts of
//! pages were answered, so that a drill which was broken off goes on with the same people in the same seats.

use crate::fault::Fault;
use crate::record::unwritable;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The folder of a package in which its drills keep their records.
pub const RECORDS: &str = "records";

/// What follows the path of a record for its journal.
const JOURNAL: &str = "seats";

/// The longest journal that is read, in bytes.
const MAX_JOURNAL: u64 = 64 * 1024 * 1024;

/// How many drills of one exercise may begin on one day.
const PER_DAY: u32 = 1_000;

/// Where a drill keeps its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The record.
    pub record: PathBuf,
    /// The journal of its seats.
    pub journal: PathBuf,
}

impl Place {
    /// The place of a record that there is.
    pub fn of(record: &Path) -> Self {
        Self {
            record: record.to_owned(),
            journal: record.with_extension(JOURNAL),
        }
    }

    /// A free place in the `records` folder of a package, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made, or is full.
    pub fn free(package: &Path, day: &str, slug: &str) -> Result<Self, Fault> {
        let folder = package.join(RECORDS);
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let names = (1..=PER_DAY).map(|n| match n {
            1 => format!("{day}-{slug}.jsonl"),
            n => format!("{day}-{slug}-{n}.jsonl"),
        });
        let mut places = names.map(|name| Self::of(&folder.join(name)));
        let free = |place: &Self| !place.record.exists() && !place.journal.exists();
        places.find(free).ok_or_else(|| {
            Fault::new(format!(
                "`{}` holds {PER_DAY} drills of {day}",
                folder.display()
            ))
            .hint("Move some of them elsewhere.")
        })
    }
}

/// A file of lines to which lines are added; each is on disk when it was added.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Begins a journal in a new file, which nobody else may write meanwhile.
    ///
    /// # Errors
    ///
    /// If the file exists or cannot be made.
    pub fn create(path: &Path) -> Result<Self, Fault> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        let file = file.map_err(|error| unwritable(path, &error))?;
        lock(path, &file)?;
        Ok(Self { file })
    }

    /// Goes on with a journal, and returns the lines that it holds. A last line that was cut off is taken away.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or somebody else writes it.
    pub fn open(path: &Path) -> Result<(Self, Vec<String>), Fault> {
        let file = OpenOptions::new().read(true).write(true).open(path);
        let mut file = file.map_err(|error| {
            Fault::new(format!("`{}` cannot be opened: {error}", path.display()))
                .hint("It lies beside the record, and says who sits where.")
        })?;
        lock(path, &file)?;
        let lines = whole_lines(&mut file)
            .map_err(|error| Fault::new(format!("`{}` cannot be read: {error}", path.display())))?;
        Ok((Self { file }, lines))
    }

    /// Adds a line. When this returns without error it is on disk.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn keep(&mut self, line: &str) -> io::Result<()> {
        self.file.write_all(format!("{line}\n").as_bytes())?;
        self.file.sync_data()
    }
}

/// Two servers that write one record would spoil it.
fn lock(path: &Path, file: &File) -> Result<(), Fault> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Fault::new(format!(
            "another drill writes `{}`",
            path.display()
        ))
        .hint("End it first: two servers cannot write one record.")),
        Err(TryLockError::Error(error)) => Err(Fault::new(format!(
            "`{}` cannot be locked: {error}",
            path.display()
        ))),
    }
}

fn whole_lines(file: &mut File) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut whole = 0;
    let mut reader = BufReader::new(Read::by_ref(file).take(MAX_JOURNAL));
    loop {
        let mut line = String::new();
        let read = reader.read_line(&mut line)?;
        if read == 0 || !line.ends_with('\n') {
            break;
        }
        whole += read as u64;
        lines.push(line.trim_end().to_owned());
    }
    file.set_len(whole)?;
    file.seek(SeekFrom::Start(whole))?;
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_goes_on_after_its_last_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seats");
        let mut journal = Journal::create(&path).unwrap();
        journal.keep("one").unwrap();
        assert!(Journal::open(&path).is_err(), "two may not write it");
        drop(journal);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole, &b"tw"[..]].concat()).unwrap();
        let (mut journal, lines) = Journal::open(&path).unwrap();
        assert_eq!(lines, ["one"]);
        journal.keep("three").unwrap();
        drop(journal);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\nthree\n");
        assert!(Journal::create(&path).is_err(), "it is left alone");
    }

    #[test]
    fn places_of_one_day_do_not_collide() {
        let folder = tempfile::tempdir().unwrap();
        let first = Place::free(folder.path(), "2027-01-15", "flood").unwrap();
        fs::write(&first.journal, "").unwrap();
        let second = Place::free(folder.path(), "2027-01-15", "flood").unwrap();
        assert_ne!(first.record, second.record);
        assert!(second.record.ends_with("2027-01-15-flood-2.jsonl"));
    }
}
