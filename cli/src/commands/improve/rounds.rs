//! A search for what helps in parts.
//!
//! What a search asks for next follows from the outcomes before it alone. So every part goes through the search
//! anew: it reads the rounds that were played, plays its share of the runs of the next, and ends. Whoever puts
//! all together reads every round, and finds what one machine finds.

use crate::commands::Format;
use crate::commands::campaign::play::{Chosen, stopped};
use crate::commands::campaign::rows::{LONGEST, other};
use crate::failure::{Failure, Outcome as Ended};
use crate::output;
use crate::parts::table::Table;
use crate::parts::{Part, folder};
use hotwash_app::{Improvements, Limits, each_line, improve};
use hotwash_engine::campaign::{Batch, Ground, Lot, Outcome, Plays};
use hotwash_reports::campaign::Trial;
use hotwash_reports::words::count;
use std::path::Path;

/// What is tried, and in what.
#[derive(Clone, Copy)]
pub(super) struct Tried<'a> {
    pub(super) grounds: &'a [Ground],
    /// By ground.
    pub(super) chosen: &'a [Chosen],
    pub(super) limits: &'a Limits,
    /// In which form a part says what it played.
    pub(super) format: Format,
}

/// Plays a part of a round, or says that it is there.
pub(super) fn part(
    tried: &Tried<'_>,
    folder: &Path,
    (round, part): (usize, Part),
) -> Result<Ended, Failure> {
    if !folder.is_dir() {
        let shown = folder.display();
        return Err(Failure::input(format!("there is no folder `{shown}`"))
            .hint("Make it: it holds the files of all parts, which all machines have to see."));
    }
    let mut rounds = Rounds {
        tried,
        folder,
        of: part.of(),
        mine: Some((round, part)),
        turn: 0,
        ended: None,
    };
    let found = improve(tried.grounds, tried.limits, &mut rounds);
    match (rounds.ended.take(), found) {
        (Some(ended), _) => ended?,
        // The search needs no such round. Whoever waits for the file finds that it has no rows.
        (None, Some(_)) => rounds.write(&[], &folder::file_of_round(folder, round, part), part)?,
        (None, None) => return Err(Failure::internal("a search ended without a word")),
    }
    Ok(Ended::Done)
}

/// Puts together all rounds in a folder.
pub(super) fn merged(tried: &Tried<'_>, folder: &Path) -> Result<Improvements, Failure> {
    let mut rounds = Rounds {
        tried,
        folder,
        of: folder::of_rounds(folder)?,
        mine: None,
        turn: 0,
        ended: None,
    };
    let found = improve(tried.grounds, tried.limits, &mut rounds);
    if let Some(Err(failure)) = rounds.ended {
        return Err(failure);
    }
    found.ok_or_else(|| Failure::internal("a search ended without a word"))
}

/// The rounds of a search that are read, and the part of one that is played.
struct Rounds<'a> {
    tried: &'a Tried<'a>,
    folder: &'a Path,
    /// Of how many parts each round is.
    of: u64,
    /// The round and the part that are played.
    mine: Option<(usize, Part)>,
    /// How many rounds were asked for.
    turn: usize,
    /// How it ended, where it did before the search.
    ended: Option<Result<(), Failure>>,
}

impl Plays for Rounds<'_> {
    fn outcomes(&mut self, batch: &Batch<'_>) -> Option<Vec<Vec<Outcome>>> {
        if self.ended.is_some() {
            return None;
        }
        self.turn += 1;
        if let Some((round, part)) = self.mine
            && round == self.turn
        {
            let path = folder::file_of_round(self.folder, round, part);
            self.ended = Some(self.play(batch, &path, part));
            return None;
        }
        match self.round(batch) {
            Ok(outcomes) => Some(outcomes),
            Err(failure) => {
                self.ended = Some(Err(failure));
                None
            }
        }
    }
}

impl Rounds<'_> {
    /// What a run of a lot is of.
    fn trial<'t>(&'t self, lot: &'t Lot<'t>, run: u64) -> Trial<'t> {
        let chosen = &self.tried.chosen[lot.ground];
        Trial {
            hash: &chosen.hash,
            hours: chosen.hours,
            seed: chosen.seed,
            changes: lot.changes,
            run,
        }
    }

    /// Plays a part, or makes sure that the one that is there is whole.
    fn play(&self, batch: &Batch<'_>, path: &Path, part: Part) -> Result<(), Failure> {
        if path.exists() {
            self.read(batch, path, part, |_, _| {})?;
            let shown = path.display();
            let said = format!("`{shown}` is there and whole: nothing was played");
            output::complain("note", &said);
            if self.tried.format == Format::Json {
                self.told(path, part, (0, 0))?;
            }
            return Ok(());
        }
        self.write(&batch.lots, path, part)
    }

    fn write(&self, lots: &[Lot<'_>], path: &Path, part: Part) -> Result<(), Failure> {
        if lots.is_empty() && path.exists() {
            return Ok(());
        }
        let mut table = Table::whole(path)?;
        table.write(Trial::HEADER)?;
        let mut played = 0;
        for lot in lots {
            let runs = part.range(&lot.runs);
            let order = &self.tried.grounds[lot.ground].order;
            let Some(outcomes) = lot.play(order, runs.clone(), stopped()) else {
                let none = "interrupted; a part is whole or not there, so nothing is kept";
                return Err(Failure::interrupted(none));
            };
            played += outcomes.len() as u64;
            for (run, outcome) in runs.zip(&outcomes) {
                table.write(&self.trial(lot, run).line(outcome))?;
            }
        }
        table.finish()?;
        self.told(path, part, (played, lots.len() as u64))
    }

    /// Says how many runs of how many trials were played.
    fn told(&self, path: &Path, part: Part, (runs, trials): (u64, u64)) -> Result<(), Failure> {
        if self.tried.format == Format::Json {
            return Ok(output::print_json(&serde_json::json!({
                "schema_version": 1,
                "file": path.display().to_string(),
                "part": part.said(),
                "runs": runs,
                "trials": trials,
            }))?);
        }
        let said = match trials {
            0 => "the search needs no such round".to_owned(),
            trials => format!("{} runs in {} trials", count(runs), count(trials)),
        };
        Ok(output::say(&format!(
            "{}, {}: {said}.\n",
            path.display(),
            part.said()
        ))?)
    }

    /// The outcomes of a round, from the files of all its parts.
    fn round(&self, batch: &Batch<'_>) -> Result<Vec<Vec<Outcome>>, Failure> {
        let file = |part| (part, folder::file_of_round(self.folder, self.turn, part));
        let files: Vec<_> = Part::all(self.of).map(file).collect();
        let named = files.iter().map(|(part, path)| (*part, path.as_path()));
        folder::check_all(self.folder, named).map_err(|failure| {
            failure.hint(format!("What is missing is of round {}.", self.turn))
        })?;
        let mut outcomes = vec![Vec::new(); batch.lots.len()];
        for (part, path) in &files {
            self.read(batch, path, *part, |lot, outcome| {
                outcomes[lot].push(outcome);
            })?;
        }
        Ok(outcomes)
    }

    /// Reads a part, which holds what was asked for, in that order.
    fn read(
        &self,
        batch: &Batch<'_>,
        path: &Path,
        part: Part,
        mut take: impl FnMut(usize, Outcome),
    ) -> Result<(), Failure> {
        let lots = batch.lots.iter().enumerate();
        let mut expected = lots.flat_map(|(i, lot)| part.range(&lot.runs).map(move |run| (i, run)));
        let refused = |number| {
            other(path, &format!("line {number} is not of this search")).hint(
                "Give the same scenarios, `--seed`, `--runs`, `--start`, `--changes` and costs as the parts were \
                 given, and each search a folder of its own.",
            )
        };
        each_line(path, LONGEST, |number, text| {
            if number == 1 {
                return if text == Trial::HEADER {
                    Ok(())
                } else {
                    Err(refused(1))
                };
            }
            let (lot, run) = expected.next().ok_or_else(|| refused(number))?;
            let outcome = self.trial(&batch.lots[lot], run).read(text);
            take(lot, outcome.ok_or_else(|| refused(number))?);
            Ok(())
        })?;
        match expected.next() {
            None => Ok(()),
            Some(_) => Err(other(path, "rows are missing at its end")
                .hint("Remove it, and play its part again.")),
        }
    }
}
