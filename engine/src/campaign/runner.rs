//! Plays a range of runs on several threads, and hands on their rows in order.

use super::row::Row;
use super::start::{Hours, Players};
use crate::exercise::Exercise;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

/// What is to be played.
#[derive(Debug, Clone)]
pub struct Order {
    /// The exercise.
    pub exercise: Arc<Exercise>,
    /// The seed of all chance.
    pub seed: u64,
    /// The indices of the runs.
    pub runs: Range<u64>,
    /// At which hour they start.
    pub hours: Hours,
    /// On how many threads; at least one.
    pub threads: usize,
}

/// Runs that a thread takes at once: few, so that threads end together, and enough to outweigh the
/// handing over.
const CHUNK: u64 = 16;

/// Consecutive runs as they were played.
struct Chunk {
    index: u64,
    rows: Vec<Row>,
}

/// Plays the runs of an order and hands on their rows in the order of their indices, which is the
/// same on any number of threads. When `stop` is set, the runs that are under way are finished, and
/// the rows up to the first that is missing are handed on. Returns how many were.
pub fn run(order: &Order, stop: &AtomicBool, mut take: impl FnMut(Row)) -> u64 {
    let next = AtomicU64::new(0);
    let (send, receive) = sync_channel(4 * order.threads.max(1));
    let mut waiting: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
    let (mut turn, mut taken) = (0, 0);
    thread::scope(|scope| {
        let mut working = 0;
        for _ in 0..order.threads.max(1) {
            let send = send.clone();
            let next = &next;
            let hand_on = move |chunk| send.send(chunk).is_ok();
            // A system that gives fewer threads makes it slower, and nothing else.
            let spawned = thread::Builder::new()
                .spawn_scoped(scope, move || work(order, stop, next, hand_on));
            working += usize::from(spawned.is_ok());
        }
        drop(send);
        let mut sort_in = |chunk: Chunk| {
            waiting.insert(chunk.index, chunk.rows);
            while let Some(rows) = waiting.remove(&turn) {
                let whole = rows.len() as u64 == length(order, turn);
                taken += rows.len() as u64;
                rows.into_iter().for_each(&mut take);
                // A chunk that was cut short is the last: its successors have a gap before them.
                turn = if whole { turn + 1 } else { u64::MAX };
            }
        };
        if working == 0 {
            work(order, stop, &next, |chunk| {
                sort_in(chunk);
                true
            });
        }
        receive.into_iter().for_each(sort_in);
    });
    taken
}

/// How many runs a chunk has; 0 beyond the end.
fn length(order: &Order, index: u64) -> u64 {
    let first = order.runs.start.saturating_add(index.saturating_mul(CHUNK));
    order.runs.end.saturating_sub(first).min(CHUNK)
}

/// Plays chunk after chunk until there is none left, it is stopped, or nobody takes them.
fn work(
    order: &Order,
    stop: &AtomicBool,
    next: &AtomicU64,
    mut hand_on: impl FnMut(Chunk) -> bool,
) {
    let mut players = Players::new(&order.exercise, order.seed, order.hours);
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let length = length(order, index);
        if length == 0 || stop.load(Ordering::Relaxed) {
            return;
        }
        let first = order.runs.start + index * CHUNK;
        let runs = (first..first + length).take_while(|_| !stop.load(Ordering::Relaxed));
        let rows = runs.map(|run| players.play(run)).collect();
        if !hand_on(Chunk { index, rows }) {
            return;
        }
    }
}
