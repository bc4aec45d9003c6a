//! A loop written by hand for one exercise, `peers/exercise.ron`: what an engine that knows nothing
//! but this exercise has to do.
//!
//! Its structure is in its code: ten people are ten, assets are the bits of an integer, a fact that
//! changes nothing is not kept, and what can never happen in this exercise (approvals, calls, clocks,
//! outages, phases that are open again) is not looked for. What does happen is the same to the
//! millisecond as in the engine's record of the same seed and run, since both take the same draws by
//! the same keys. Two people who notice a phone in the very millisecond in which their shift ends are
//! the one thing that it leaves out.

mod agenda;
mod attack;
mod deeds;
mod layout;
mod milestone;
mod people;
mod story;
mod taking_back;
mod word;
mod work;

pub use milestone::{Count, Log, Milestone, Work, milestones};

use agenda::{Agenda, NEVER, Rank};
use attack::Attack;
use deeds::{RESOLUTION, Standing};
use hotwash_engine::exercise::{Exercise, Law};
use hotwash_engine::record::EndKind;
use hotwash_engine::simulation::{Dice, Purpose, Subject};
use layout::{ENDS, Layout, PEOPLE};
use people::Someone;
use story::Story;
use word::Word;
use work::Work as Tasks;

/// What has to be looked at again.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is looked at by itself")]
struct Dirty {
    attack: bool,
    story: bool,
    work: bool,
    phases: bool,
}

/// The state of a run.
#[derive(Debug, Default)]
struct State {
    dice: Dice,
    now: i64,
    /// Counts what later may be compared: what was learned, and what ended.
    entry: u32,
    agenda: Agenda,
    turned: usize,
    people: [Someone; PEOPLE],
    attack: Attack,
    story: Story,
    word: Word,
    work: Tasks,
    standing: Standing,
    dirty: Dirty,
    over: bool,
}

/// The loop, and the memory that its runs use one after another.
#[derive(Debug)]
pub struct ByHand {
    layout: Layout,
    state: State,
}

struct Game<'a, L> {
    lay: &'a Layout,
    s: &'a mut State,
    log: &'a mut L,
}

impl ByHand {
    /// A loop for the exercise of `peers/exercise.ron`, whose ids it takes.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            layout: Layout::new(exercise),
            state: State::default(),
        }
    }

    /// Plays a run of a seed to its end, and says how many assets fell.
    pub fn play(&mut self, seed: u64, run: u64, log: &mut impl Log) -> u32 {
        let mut game = Game {
            lay: &self.layout,
            s: &mut self.state,
            log,
        };
        game.reset(Dice::new(seed, run));
        game.play();
        game.fallen()
    }
}

impl<L: Log> Game<'_, L> {
    fn note(&mut self, what: Milestone) {
        self.log.note(self.s.now, what);
    }

    fn draw(&self, law: &Law, subject: Subject, purpose: Purpose, ordinal: u64) -> i64 {
        self.s.dice.duration(law, subject, purpose, ordinal).0
    }

    fn reset(&mut self, dice: Dice) {
        let s = &mut *self.s;
        s.dice = dice;
        (s.now, s.entry, s.turned, s.over) = (0, 0, 0, false);
        s.agenda.clear();
        s.attack.reset();
        s.word.reset();
        s.work.reset();
        s.standing = Standing::default();
        s.dirty = Dirty {
            attack: true,
            ..Dirty::default()
        };
        self.seat_everybody();
        self.open_attack();
        self.open_story();
        self.s.agenda.schedule(Rank::Elapsed, 0, ENDS);
    }

    fn play(&mut self) {
        self.instant();
        while !self.s.over {
            let turns = self.lay.turns.get(self.s.turned);
            let turn = turns.map_or(NEVER, |(at, _)| *at);
            self.s.now = turn.min(self.s.agenda.next_time());
            self.turn();
            self.instant();
        }
    }

    /// Everything that happens at one instant: what is due, what follows from it, and then who does
    /// what next.
    fn instant(&mut self) {
        loop {
            if let Some((rank, slot)) = self.s.agenda.take(self.s.now) {
                self.handle(rank, slot);
            } else if self.consider() {
                if self.s.over {
                    return;
                }
            } else if !self.gives_out() {
                return;
            }
        }
    }

    /// Gives people something to do. Whether anything came of it.
    fn gives_out(&mut self) -> bool {
        let starts = self.read_next(true) || self.start_next();
        starts || self.read_next(false) || self.take_back()
    }

    fn handle(&mut self, rank: Rank, slot: usize) {
        match rank {
            Rank::WorkEnded => self.work_ended(slot),
            Rank::StepDelay => self.step_delay_over(slot),
            Rank::StepEffect => self.effect_due(slot),
            Rank::Sighting => self.sighting_due(slot),
            Rank::FalseAlarm => self.false_alarm_due(slot),
            Rank::Delivery => self.delivered(slot),
            Rank::ReadingEnded => self.reading_ended(slot),
            Rank::Escalation => self.escalate(slot),
            Rank::WorkEscalation => self.work_waits(slot),
            Rank::PlanDelay => self.plan_delay_over(),
            Rank::Inject => self.inject_due(slot),
            Rank::Elapsed => {
                self.consider();
                if !self.s.over {
                    self.end();
                }
            }
        }
    }

    /// Looks at what changed, on the settled state. Whether anything did.
    fn consider(&mut self) -> bool {
        let dirty = std::mem::take(&mut self.s.dirty);
        if dirty.attack {
            self.consider_attack();
        }
        if dirty.story {
            self.consider_story();
        }
        if dirty.work {
            self.consider_work();
        }
        if dirty.phases || self.s.dirty.phases {
            self.consider_phases();
            if self.s.standing.completed[RESOLUTION] {
                self.end();
            }
        }
        dirty.attack || dirty.story || dirty.work || dirty.phases
    }

    fn end(&mut self) {
        self.note(Milestone::Over(EndKind::Condition));
        self.s.over = true;
    }
}

/// The places of the bits that are set, from the lowest.
fn bits(set: impl Into<u64>) -> impl Iterator<Item = usize> {
    let mut left: u64 = set.into();
    std::iter::from_fn(move || {
        let place = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        (place < 64).then_some(place)
    })
}
