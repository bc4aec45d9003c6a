//! Playing the runs of a campaign: progress, interruption, rows.

use super::rows::Writer;
use super::scale::{MOST, Scale};
use super::start::Start;
use super::typed::Typed;
use crate::choice::{self, Beside};
use crate::failure::Failure;
use crate::output;
use hotwash_app::at;
use hotwash_engine::campaign::{Hours, Order, Row, Tally, WhatIf, run};
use hotwash_engine::exercise::Exercise;
use hotwash_reports::words::count;
use hotwash_scenarios::Source;
use std::io::IsTerminal;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// An exercise of which many runs are played.
pub(crate) struct Chosen {
    pub(crate) exercise: Arc<Exercise>,
    /// The texts that it was made of.
    pub(crate) sources: Vec<Source>,
    pub(crate) hash: String,
    pub(crate) seed: u64,
    pub(crate) hours: Hours,
    /// When runs start, in words.
    pub(crate) start: String,
    pub(crate) package: String,
    pub(crate) typed: Typed,
}

impl Chosen {
    /// Finds, reads and binds a scenario with what it is played with.
    pub(crate) fn of(
        scenario: Option<String>,
        beside: &Beside,
        start: &Start,
        seed: Option<u64>,
    ) -> Result<Self, Failure> {
        let typed = Typed::of(scenario.as_deref(), beside, start);
        let chosen = choice::find(scenario, beside)?;
        let ready = at(&chosen, &start.at)?;
        Ok(Self {
            exercise: Arc::new(ready.bound.exercise),
            hash: ready.sha256,
            seed: seed.or(ready.bound.seed).unwrap_or(1),
            hours: start.hours,
            start: start.said.clone(),
            sources: chosen.sources,
            package: chosen.package,
            typed,
        })
    }

    /// The runs that are to be played.
    pub(crate) fn order(&self, runs: Range<u64>, threads: usize) -> Order {
        Order {
            exercise: Arc::clone(&self.exercise),
            seed: self.seed,
            runs,
            hours: self.hours,
            threads,
        }
    }
}

/// Runs that were played.
pub(crate) struct Played {
    pub(crate) tally: Tally,
    /// Which runs, in words.
    pub(crate) said: String,
    /// What is worth saying above all.
    pub(crate) notices: Vec<String>,
    pub(crate) interrupted: bool,
    /// The first run that was not asked for.
    pub(crate) end: u64,
    /// What single changes do, where they were tried.
    pub(crate) what_if: Option<WhatIf>,
}

/// Runs that are being counted, and written down where that was asked for.
struct Count<'a> {
    chosen: &'a Chosen,
    tally: Tally,
    rows: Option<&'a mut Writer>,
    failed: Option<Failure>,
}

impl Count<'_> {
    fn take(&mut self, row: Row) {
        if let Some(rows) = self.rows.as_deref_mut()
            && let Err(failure) = rows.put(self.chosen, &row)
        {
            self.failed.get_or_insert(failure);
            stopped().store(true, Ordering::Relaxed);
        }
        self.tally.add(row);
    }
}

/// Plays a campaign: so many runs, or until the error is as small as was asked for.
pub(crate) fn campaign(
    chosen: &Chosen,
    (scale, until): (&Scale, Option<f64>),
    runs: Range<u64>,
    rows: Option<&mut Writer>,
) -> Result<Played, Failure> {
    let mut count = Count {
        chosen,
        tally: Tally::new(&chosen.exercise),
        rows,
        failed: None,
    };
    let threads = scale.threads();
    let mut asked = runs;
    if let Some(points) = until {
        asked = 0..0;
        for end in looks() {
            let order = chosen.order(asked.end..end, threads);
            asked.end = end;
            watched(&order, &mut Progress::of(&order), |row| count.take(row));
            let sure = error(&count.tally).is_some_and(|error| error <= points);
            if sure || stopped().load(Ordering::Relaxed) {
                break;
            }
        }
    } else {
        let order = chosen.order(asked.clone(), threads);
        watched(&order, &mut Progress::of(&order), |row| count.take(row));
    }
    if let Some(failure) = count.failed {
        return Err(failure);
    }
    played(count.tally, &asked, until)
}

/// How far the mean score may lie off, in points.
fn error(tally: &Tally) -> Option<f64> {
    let mean = tally.scores().estimate(0.05)?;
    Some(mean.interval?.reach(mean.value) / 100.0)
}

/// What is said of the runs that were played, of those that were asked for.
fn played(tally: Tally, asked: &Range<u64>, until: Option<f64>) -> Result<Played, Failure> {
    let done = asked.start + tally.runs();
    let interrupted = done < asked.end;
    let mut notices = Vec::new();
    if interrupted {
        notices.push(format!(
            "PARTIAL: interrupted after {} of {} runs.",
            count(tally.runs()),
            count(asked.end - asked.start)
        ));
    } else if let Some(points) = until
        && error(&tally).is_none_or(|error| error > points)
    {
        notices.push(format!(
            "The score is not sure to {points} points after {} runs, the most that are played.",
            count(tally.runs())
        ));
    }
    if tally.runs() == 0 && interrupted {
        let none = "interrupted before the first run ended; there is nothing to show";
        return Err(Failure::interrupted(none));
    }
    Ok(Played {
        said: said(&(asked.start..done)),
        tally,
        notices,
        interrupted,
        end: asked.end,
        what_if: None,
    })
}

/// How many runs there are when the error is looked at.
fn looks() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(256), |runs| Some(2 * runs)).take_while(|runs| *runs <= MOST)
}

/// Which runs, in words.
pub(crate) fn said(runs: &Range<u64>) -> String {
    format!("runs {} to {}", runs.start, runs.end.saturating_sub(1))
}

/// Whether Ctrl-C was pressed. The first time, runs under way are finished and what there is is
/// shown; the second time, the program ends.
pub(crate) fn stopped() -> &'static AtomicBool {
    static STOPPED: AtomicBool = AtomicBool::new(false);
    static HEARD: OnceLock<bool> = OnceLock::new();
    HEARD.get_or_init(|| {
        let set = ctrlc::set_handler(|| {
            if STOPPED.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        set.is_ok()
    });
    &STOPPED
}

/// Plays runs, and says on a terminal how far it has come, where it takes over a second.
pub(crate) fn watched(order: &Order, progress: &mut Progress, mut take: impl FnMut(Row)) -> u64 {
    let taken = run(order, stopped(), |row| {
        take(row);
        progress.step();
    });
    progress.clear();
    taken
}

/// How far a campaign has come.
pub(crate) struct Progress {
    watched: bool,
    began: Instant,
    shown: Option<Instant>,
    done: u64,
    all: u64,
}

impl Progress {
    /// Of the runs that are asked for.
    fn of(order: &Order) -> Self {
        Self::new(order.runs.end - order.runs.start)
    }

    /// Of so many runs.
    pub(crate) fn new(all: u64) -> Self {
        Self {
            watched: std::io::stderr().is_terminal(),
            began: Instant::now(),
            shown: None,
            done: 0,
            all,
        }
    }

    fn step(&mut self) {
        const FIRST: Duration = Duration::from_secs(1);
        const NEXT: Duration = Duration::from_millis(200);
        self.done += 1;
        if !self.watched {
            return;
        }
        let due = self.shown.map_or(self.began + FIRST, |shown| shown + NEXT);
        let now = Instant::now();
        if now >= due {
            self.shown = Some(now);
            let each = (now - self.began).as_millis() / u128::from(self.done);
            let left = (each * u128::from(self.all - self.done)).div_ceil(1_000);
            output::print_above(&format!(
                "\r{} of {} runs, {left} s left ",
                count(self.done),
                count(self.all)
            ));
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            output::print_above(&format!("\r{:50}\r", ""));
        }
    }
}
