//! Where laws are tried: every shipped scenario with the clinic, played once for all comparisons.

use super::figures::Figures;
use super::spoiled::Spoil;
use crate::shipped;
use hotwash_engine::campaign::without_response;
use hotwash_engine::evaluation::Judge;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Entry;
use hotwash_engine::simulation::{Policy, Setup, Simulation};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The seed of all runs of laws.
pub const SEED: u64 = 1_300;

/// How far a law goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// As many runs and changes as fit into a test, at most so many runs of a comparison.
    Short {
        /// The most runs of a comparison.
        most: u64,
    },
    /// Every change, with as many runs as its interval asks for, at most so many.
    Long {
        /// The most runs of a comparison.
        most: u64,
    },
}

impl Reach {
    /// As far as a test goes.
    pub const TEST: Self = Self::Short { most: u64::MAX };
}

/// What laws are tried on.
#[derive(Debug)]
pub struct Lab {
    /// How far they go.
    pub reach: Reach,
    /// The shipped scenarios with the clinic.
    pub grounds: Vec<Ground>,
    /// What is wrong with the judge, where something is.
    pub spoil: Option<Spoil>,
    /// Only changes in whose name this stands are tried.
    pub only: &'static str,
}

/// A scenario as shipped.
#[derive(Debug)]
pub struct Ground {
    /// Its name.
    pub id: &'static str,
    /// Its runs.
    pub shipped: Arc<Course>,
}

impl Lab {
    /// A lab with a judge that is as it should be.
    pub fn new(reach: Reach) -> Self {
        Self::with(reach, None, "")
    }

    /// A lab with a spoiled judge, in which only the changes are tried in whose name a text stands.
    pub fn with(reach: Reach, spoil: Option<Spoil>, only: &'static str) -> Self {
        let grounds = shipped().into_iter().map(|(id, exercise)| Ground {
            id,
            shipped: Arc::new(Course::new(exercise, spoil)),
        });
        Self {
            reach,
            grounds: grounds.collect(),
            spoil,
            only,
        }
    }

    /// The runs of another exercise.
    pub fn course(&self, exercise: Arc<Exercise>) -> Arc<Course> {
        Arc::new(Course::new(exercise, self.spoil))
    }

    /// Whether it takes its time.
    pub const fn is_long(&self) -> bool {
        matches!(self.reach, Reach::Long { .. })
    }

    /// So many runs in its short form, or as many as are worth it in the long one.
    pub fn runs(&self, short: u64, long: u64) -> u64 {
        match self.reach {
            Reach::Short { most } => short.min(most),
            Reach::Long { most } => long.min(most),
        }
    }
}

/// The runs of one exercise, each played once, as far as anybody asked for them.
#[derive(Debug)]
pub struct Course {
    /// The exercise.
    pub exercise: Arc<Exercise>,
    spoil: Option<Spoil>,
    played: Mutex<Vec<Figures>>,
}

impl Course {
    fn new(exercise: Arc<Exercise>, spoil: Option<Spoil>) -> Self {
        Self {
            exercise,
            spoil,
            played: Mutex::default(),
        }
    }

    /// Some of its runs, which start with run 0.
    pub fn runs(&self, wanted: Range<u64>) -> Vec<Figures> {
        let mut played = self.played.lock().expect("nobody fails while holding it");
        let known = played.len() as u64;
        if known < wanted.end {
            let mut team = Player::new(&self.exercise, self.spoil);
            for run in known..wanted.end {
                played.push(team.figures(run));
                team.leave_unchecked();
            }
        }
        played[wanted.start as usize..wanted.end as usize].to_vec()
    }
}

/// Plays and judges runs of an exercise, one after another.
pub struct Player {
    exercise: Arc<Exercise>,
    simulation: Simulation,
    /// For the runs in which nobody acts, from the first that is asked for.
    silent: Option<Simulation>,
    judge: Judge,
    spoil: Option<Spoil>,
}

impl Player {
    /// Makes ready what is the same for all runs.
    pub fn new(exercise: &Arc<Exercise>, spoil: Option<Spoil>) -> Self {
        Self {
            exercise: Arc::clone(exercise),
            simulation: Simulation::new(Arc::clone(exercise), &[Setup::of(SEED, 0)]),
            silent: None,
            judge: Judge::new(exercise),
            spoil,
        }
    }

    /// Plays a run and reads its figures.
    pub fn figures(&mut self, run: u64) -> Figures {
        let setup = Setup::of(SEED, run);
        self.simulation.reset(0, &setup);
        self.simulation.finish();
        let (exercise, judge, spoil) = (&self.exercise, &self.judge, self.spoil);
        let silent = &mut self.silent;
        self.simulation.with_entries(0, |entries: &[Entry]| {
            let mut verdicts = judge.verdicts(entries, || {
                let setup = setup.clone().with_policy(Policy::NoResponse);
                without_response(silent, exercise, &setup)
            });
            if let Some(spoil) = spoil {
                spoil(exercise, &mut verdicts);
            }
            Figures::read(exercise, entries, &verdicts)
        })
    }

    /// Leaves out what debug builds check at each settled instant: the first run of each exercise was checked.
    fn leave_unchecked(&mut self) {
        self.simulation.leave_unchecked();
        if let Some(silent) = &mut self.silent {
            silent.leave_unchecked();
        }
    }
}

/// Does so many things on all threads, and hands back what came of them in order.
pub fn on_all_threads<T: Send>(things: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(things) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= things {
                        return;
                    }
                    let result = act(i);
                    let mut done = done.lock().expect("nobody fails while holding it");
                    done.push((i, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("every thread has ended");
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}
