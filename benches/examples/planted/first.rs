//! The first three of a search beside those of playing everything.

use crate::search::{every, helping, search};
use hotwash_benches::shipped;
use std::io::{Result, Write};

const SHARED: u64 = 200;
/// Far from the runs of a search.
const FRESH: u64 = 1 << 20;

pub(crate) fn print(out: &mut impl Write, runs: u64) -> Result<()> {
    writeln!(
        out,
        "| scenario | the search's | change | place of all | rank of all | rank of the third |\n| --- | --- | --- | --- | --- | --- |"
    )?;
    for (name, exercise) in shipped() {
        let found = helping(search(&exercise, 1, SHARED));
        let all = helping(every(&exercise, 1, FRESH..FRESH + runs));
        let third = all.get(2).or(all.last()).map_or(0, |of| of.rank);
        for (i, of) in found.iter().take(3).enumerate() {
            let place = all.iter().position(|other| other.changes == of.changes);
            let rank = place.map_or("none".to_owned(), |at| all[at].rank.to_string());
            let place = place.map_or("none".to_owned(), |at| (at + 1).to_string());
            let change = of.changes[0];
            writeln!(
                out,
                "| {name} | {} | {change:?} | {place} | {rank} | {third} |",
                i + 1
            )?;
        }
        for (i, of) in all.iter().take(3).enumerate() {
            let change = of.changes[0];
            writeln!(
                out,
                "| {name} | | {change:?} | {} | {} | {third} |",
                i + 1,
                of.rank
            )?;
        }
        out.flush()?;
    }
    writeln!(out)
}
