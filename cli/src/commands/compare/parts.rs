//! A comparison in parts: a file for each part, with a table of either side.

use super::{Both, Pairs, Play};
use crate::commands::campaign::covered::{Covered, check_parts};
use crate::commands::campaign::play::{Chosen, Progress, said, stopped, watched};
use crate::commands::campaign::rows::{Writer, of_part, other, read};
use crate::failure::Failure;
use crate::parts::{Part, folder};
use hotwash_engine::campaign::Tally;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Plays a part and keeps its rows, or reads them where they are there.
pub(super) fn part(args: &Play, both: &Both, part: Part, rows: &Path) -> Result<Pairs, Failure> {
    let runs = args.scale.runs(Some(part));
    if runs.is_empty() {
        let hint = "Play at most as many parts as there are runs.";
        return Err(Failure::input("this part has no run").hint(hint));
    }
    let file = folder::file(rows, part);
    let [first, second] = both.chosen.each_ref();
    let tallies = if file.exists() {
        of_part(&file, &[first, second], &runs)?
    } else {
        let mut writer = Writer::whole(&file)?;
        let mut progress = Progress::new(2 * (runs.end - runs.start));
        let threads = args.scale.threads();
        let mut tallies = Vec::new();
        for side in [first, second] {
            tallies.push(play(side, &runs, threads, (&mut writer, &mut progress))?);
            writer.end_table();
        }
        writer.finish()?;
        tallies
    };
    pairs(tallies, runs.end - runs.start, first.seed)
}

/// Plays the runs of a side and writes its table.
fn play(
    side: &Chosen,
    runs: &Range<u64>,
    threads: usize,
    (writer, progress): (&mut Writer, &mut Progress),
) -> Result<Tally, Failure> {
    let mut tally = Tally::new(&side.exercise);
    let mut failed = None;
    let taken = watched(&side.order(runs.clone(), threads), progress, |row| {
        if let Err(failure) = writer.put(side, &row) {
            failed.get_or_insert(failure);
            stopped().store(true, Ordering::Relaxed);
        }
        tally.add(row);
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    if taken < runs.end - runs.start {
        let none = format!(
            "interrupted before both sides had played {}; a part is whole or not there",
            said(runs)
        );
        return Err(Failure::interrupted(none));
    }
    Ok(tally)
}

/// Puts together all parts in a folder.
pub(super) fn merged(folder: &Path, both: &Both) -> Result<Pairs, Failure> {
    let [first, second] = both.chosen.each_ref();
    let (parts, files): (Vec<Option<Part>>, Vec<PathBuf>) = folder::parts(folder)?
        .into_iter()
        .map(|(part, path)| (Some(part), path))
        .unzip();
    let mut tallies: Vec<Tally> = [first, second].map(|of| Tally::new(&of.exercise)).into();
    let mut covered = [Covered::default(), Covered::default()];
    let mut of = None;
    for (file, path) in files.iter().enumerate() {
        let here = read(path, &[first, second], |side, row| {
            covered[side].add(row.run, file);
            tallies[side].add(row);
        })?;
        let start = here.is_none_or(|(_, hours)| hours == first.hours);
        if !start || here.is_some_and(|here| *of.get_or_insert(here) != here) {
            let why = "it has another seed or start than was said, or than the files before";
            let cure = "Say `--start` as it was played, and play all parts with the same `--seed`.";
            return Err(other(path, why).hint(cure));
        }
    }
    let runs = tallies[0].runs();
    for covered in &mut covered {
        covered.sort(&files)?;
        check_parts(covered, (&files, &parts), runs)?;
    }
    let Some((seed, _)) = of else {
        return Err(Failure::input("the files hold no rows")
            .hint("Such files are written by `hotwash compare --part 1/8 --rows DIR`."));
    };
    tallies.iter_mut().for_each(Tally::sort);
    pairs(tallies, runs, seed)
}

fn pairs(tallies: Vec<Tally>, asked: u64, seed: u64) -> Result<Pairs, Failure> {
    let tallies = <[Tally; 2]>::try_from(tallies);
    let tallies = tallies.map_err(|_| Failure::internal("a comparison has two sides"))?;
    Ok(Pairs {
        tallies,
        asked,
        seed,
    })
}
