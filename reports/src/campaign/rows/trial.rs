//! Rows of a search for what helps: one line per run of a change, with what counts of it.
//!
//! A search that is played in parts writes them and reads them back. Whoever reads knows what a line has to be
//! of, so a line is of that, or it is refused: nothing is taken from another search.

use super::{HOURS, word};
use hotwash_engine::campaign::{Change, Criterion, Hours, Outcome};
use std::fmt::Write as _;

/// What a change is called where nothing is changed.
const AS_IT_IS: &str = "as-it-is";

/// What a run is of.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// The hash of the exercise in which the changes are tried.
    pub hash: &'a str,
    /// When runs start.
    pub hours: Hours,
    /// The seed of all chance.
    pub seed: u64,
    /// The changes.
    pub changes: &'a [Change],
    /// The run.
    pub run: u64,
}

impl Trial<'_> {
    /// The line above all rows: the names of the columns.
    pub const HEADER: &'static str =
        "exercise,start,seed,changes,run,harm,objectives,own_harm,duties,carried_out,loss_minor\n";

    /// A run of it as a line.
    pub fn line(&self, outcome: &Outcome) -> String {
        let mut line = self.of();
        for (i, cell) in outcome.0.iter().enumerate() {
            if i > 0 {
                line.push(',');
            }
            if let Some(cell) = cell {
                let _ = write!(line, "{cell}");
            }
        }
        line + "\n"
    }

    /// What a line with its line feed says of the run; `None` where it is of another, or damaged.
    pub fn read(&self, line: &str) -> Option<Outcome> {
        let cells = line.strip_suffix('\n')?.strip_prefix(&self.of())?;
        let mut cells = cells.split(',');
        let mut outcome = Outcome([None; Criterion::RANKING.len()]);
        for into in &mut outcome.0 {
            *into = match cells.next()? {
                "" => None,
                cell => Some(cell.parse().ok()?),
            };
        }
        cells.next().is_none().then_some(outcome)
    }

    /// The cells that say what a line is of, with a comma behind them. Ids are those of the exercise, which its
    /// hash names.
    fn of(&self) -> String {
        let named = |change: &Change| format!("{change:?}").replace(", ", ";");
        let changes: Vec<String> = self.changes.iter().map(named).collect();
        let changes = match changes.join("+") {
            none if none.is_empty() => AS_IT_IS.to_owned(),
            changes => changes,
        };
        let hours = word(&HOURS, &self.hours);
        let (hash, seed, run) = (self.hash, self.seed, self.run);
        format!("{hash},{hours},{seed},{changes},{run},")
    }
}
