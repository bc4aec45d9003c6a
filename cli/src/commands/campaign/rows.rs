//! Files of rows, as campaigns and comparisons write them and read them back.
//!
//! A campaign has one table in its file, a comparison two: one of each side, the first side first.

use super::play::{Chosen, Played, said};
use crate::failure::Failure;
use crate::output;
use crate::parts::table::Table;
use hotwash_app::each_line;
use hotwash_engine::campaign::{Hours, Row, Tally};
use hotwash_reports::campaign::{Reading, RowsError, header, is_header, line};
use std::ops::Range;
use std::path::Path;

/// The longest line that is read, in bytes.
pub(crate) const LONGEST: usize = 1 << 20;

/// A file of rows that is being written.
pub(crate) struct Writer {
    table: Table,
    begun: bool,
}

impl Writer {
    /// A new file in which rows appear as they are played.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        Table::new(path).map(Self::of)
    }

    /// A new file that is whole or not there.
    pub(crate) fn whole(path: &Path) -> Result<Self, Failure> {
        Table::whole(path).map(Self::of)
    }

    const fn of(table: Table) -> Self {
        Self {
            table,
            begun: false,
        }
    }

    /// Writes a row, below the names of the columns where it is the first of a table.
    pub(crate) fn put(&mut self, chosen: &Chosen, row: &Row) -> Result<(), Failure> {
        if !self.begun {
            self.begun = true;
            self.table.write(&header(&chosen.exercise))?;
        }
        let (exercise, hash) = (&chosen.exercise, &chosen.hash);
        let line = line(exercise, hash, chosen.hours, chosen.seed, row);
        self.table.write(&line)
    }

    /// Ends a table: the next row is of another.
    pub(crate) const fn end_table(&mut self) {
        self.begun = false;
    }

    /// Writes what is left.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.table.finish()
    }
}

/// Reads the tables of a file, each of what was chosen for it, and hands on their rows with the number of the
/// table. Returns the seed and the start of all rows; `None` where there are no rows.
pub(crate) fn read(
    path: &Path,
    tables: &[&Chosen],
    mut take: impl FnMut(usize, Row),
) -> Result<Option<(u64, Hours)>, Failure> {
    let mut readings: Vec<Reading<'_>> = tables
        .iter()
        .map(|of| Reading::new(&of.exercise, &of.hash))
        .collect();
    let mut table = 0;
    each_line(path, LONGEST, |number, text| {
        let next = is_header(text) && readings[table].has_begun();
        table += usize::from(next && table + 1 < readings.len());
        let row = readings[table].take(number, text);
        if let Some(row) = row.map_err(|error| refused(path, error))? {
            take(table, row);
        }
        Ok::<(), Failure>(())
    })?;
    if readings.iter().any(|reading| !reading.has_begun()) {
        return Err(refused(path, RowsError::NoRows));
    }
    let mut all = readings.iter().map(Reading::of);
    let of = all.next().flatten();
    if all.any(|other| other != of) {
        let why = "its tables have another seed or start, or one of them has no rows";
        return Err(other(path, why).hint(AGAIN));
    }
    Ok(of)
}

/// What to do about a file that is not as it was written.
const AGAIN: &str =
    "The file is not as it was written. Play its part again with `--rows`; remove the file first.";

fn refused(path: &Path, error: RowsError) -> Failure {
    let failure = other(path, &error.to_string());
    match error {
        RowsError::OtherColumns | RowsError::OtherExercise(_) => failure.hint(
            "Name the scenario, organisation, plan and start with which it was played, and use the version \
             that wrote it.",
        ),
        RowsError::OtherSeed(_) => failure.hint("A file holds the runs of one seed and start."),
        RowsError::NoRows => {
            failure.hint("Such a file is written by `hotwash campaign --rows FILE`.")
        }
        RowsError::Cut(_) | RowsError::Cell(..) => failure.hint(AGAIN),
    }
}

/// A file that is no part of what is put together.
pub(crate) fn other(path: &Path, why: &str) -> Failure {
    let shown = path.display();
    Failure::input(format!("`{shown}` cannot be put together: {why}"))
}

/// Fails where rows have another seed or start than what was chosen.
pub(crate) fn check_same(path: &Path, of: (u64, Hours), chosen: &Chosen) -> Result<(), Failure> {
    if of == (chosen.seed, chosen.hours) {
        return Ok(());
    }
    Err(other(path, "it has another seed or start").hint(TAKEN))
}

/// What to do where the file of a part holds something else.
const TAKEN: &str = "Give each campaign a folder of its own, or remove what an earlier one left.";

/// The tallies of a part that is there already, by table.
pub(crate) fn of_part(
    path: &Path,
    tables: &[&Chosen],
    runs: &Range<u64>,
) -> Result<Vec<Tally>, Failure> {
    let mut tallies: Vec<Tally> = tables.iter().map(|of| Tally::new(&of.exercise)).collect();
    let mut next = vec![runs.start; tables.len()];
    let mut whole = true;
    let of = read(path, tables, |table, row| {
        whole &= row.run == next[table];
        next[table] += 1;
        tallies[table].add(row);
    })?;
    if let (Some(of), Some(first)) = (of, tables.first()) {
        check_same(path, of, first)?;
    }
    if !whole || next.iter().any(|next| *next != runs.end) {
        let why = format!("it does not hold {} and no others", said(runs));
        return Err(other(path, &why).hint(TAKEN));
    }
    let shown = path.display();
    output::complain(
        "note",
        &format!("`{shown}` is there and whole: nothing was played"),
    );
    Ok(tallies)
}

/// A campaign's part that is there already.
pub(crate) fn played(path: &Path, chosen: &Chosen, runs: &Range<u64>) -> Result<Played, Failure> {
    let tally = of_part(path, &[chosen], runs)?.swap_remove(0);
    Ok(Played {
        said: said(runs),
        tally,
        notices: Vec::new(),
        interrupted: false,
        end: runs.end,
        what_if: None,
    })
}
