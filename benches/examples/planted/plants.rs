//! A weakness is planted; is it found?
//!
//! What is generated has weaknesses of its own, and of some of them more comes than of any that is planted. So an
//! organisation is improved first, by what a search finds, until nothing more surely helps: then the planted weakness
//! is the one that it has. It counts where it surely does harm by itself: beside what only prepares for it.

use crate::kinds::{Kind, kinds};
use crate::search::{helping, improved, search};
use hotwash_engine::campaign::{Change, Comparison, Tally, Tried, play};
use hotwash_engine::exercise::{Exercise, Phase, TaskId};
use hotwash_engine::generator;
use std::collections::BTreeMap;
use std::io::{Result, Write};
use std::sync::Arc;

/// How many organisations of each kind.
const EACH: usize = 3;
/// Among how many it should be.
const FIRST: usize = 3;
/// On how many pairs it is seen that a weakness does harm.
const PAIRS: u64 = 100;

/// A generated organisation with a weakness.
struct Planted {
    seed: u64,
    exercise: Arc<Exercise>,
    task: TaskId,
}

pub(crate) fn print(out: &mut impl Write, runs: u64) -> Result<()> {
    writeln!(
        out,
        "| planted | seed | place | rank | the first three |\n| --- | --- | --- | --- | --- |"
    )?;
    let (mut first, mut tied, mut done) = (0, 0, 0);
    let mut sound = Sound::new();
    for kind in &kinds() {
        let seeds = 0..2_000;
        let planted: Vec<Planted> = seeds
            .filter_map(|seed| plant(kind, seed, &mut sound))
            .take(EACH)
            .collect();
        for planted in planted {
            let found = helping(search(&planted.exercise, 1, runs));
            let mends = |of: &Tried| (kind.mends)(&planted.exercise, planted.task, of.changes[0]);
            let place = found.iter().position(mends);
            let third = found
                .get(FIRST - 1)
                .or(found.last())
                .map_or(0, |of| of.rank);
            let rank = place.map(|place| found[place].rank);
            done += 1;
            first += usize::from(place.is_some_and(|place| place < FIRST));
            tied += usize::from(rank.is_some_and(|rank| rank <= third));
            let shown = |of: Option<usize>| of.map_or("none".to_owned(), |of| of.to_string());
            let names: Vec<&str> = found
                .iter()
                .take(FIRST)
                .map(|of| of.changes[0].name())
                .collect();
            let (place, rank) = (shown(place.map(|place| place + 1)), shown(rank));
            let (name, seed, names) = (kind.name, planted.seed, names.join(", "));
            writeln!(out, "| {name} | {seed} | {place} | {rank} | {names} |")?;
            out.flush()?;
        }
    }
    writeln!(
        out,
        "\nAmong the first three: {first} of {done}; counting those that share a rank: {tied}.\n"
    )
}

/// Organisations without much that could be better, by the seed that they were generated from.
type Sound = BTreeMap<u64, Option<Arc<Exercise>>>;

/// The organisation of a seed with a weakness of a kind in it, where that surely does harm and some change mends it.
fn plant(kind: &Kind, seed: u64, sound: &mut Sound) -> Option<Planted> {
    let sound = sound
        .entry(seed)
        .or_insert_with(|| improved(&generator::exercise(seed)));
    let mut prepared = sound.as_ref()?.parts().clone();
    let task = prepared.plan.tasks.iter().position(|of| {
        let contains = of.does.iter().any(|act| act.measure.contains());
        of.phase == Phase::Response && contains && of.approval.is_none()
    })?;
    let task = TaskId::new(task);
    (kind.prepare)(&mut prepared, task)?;
    let mut weak = prepared.clone();
    (kind.plant)(&mut weak, task)?;
    let prepared = Arc::new(Exercise::new(prepared).ok()?);
    let weak = Arc::new(Exercise::new(weak).ok()?);
    let mends = |of: &Change| (kind.mends)(&weak, task, *of);
    Change::improvements(&weak).iter().find(|of| mends(of))?;
    let tally = |of: &Arc<Exercise>| Tally::of(of, (0..PAIRS).map(|run| play(of, 2, run)));
    let harm = Comparison::of((&weak, &tally(&weak)), (&prepared, &tally(&prepared)), 1);
    harm.verdict().filter(|of| of.better && !of.is_mixed)?;
    Some(Planted {
        seed,
        exercise: weak,
        task,
    })
}
