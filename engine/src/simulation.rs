//! How a run goes: the ECS world, on one screen.
//!
//! Every run is an entity, a *lane*; every concern of a run is a component of it, with dense arrays
//! indexed by domain ids (`lane`). A rule is one short function that names the components it
//! touches, and says what happened by emitting an event; the events are the record. `step::route` hands
//! an echo of each to the rules that it concerns, and `step` holds the order of an instant. Nothing
//! else knows an order. The rules in words are in `docs/semantics.md`.

mod agenda;
mod assets;
mod attack;
pub(crate) mod calendar;
mod clocks;
mod draw;
#[cfg(any(test, feature = "generator"))]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "tests use more of it than the generator")
)]
pub(crate) mod fixture;
mod human;
mod humans;
mod incidents;
mod invariants;
mod lane;
mod messages;
mod minds;
mod mirror;
mod monitoring;
mod out;
mod people;
#[cfg(any(test, feature = "generator"))]
mod plain;
mod scene;
mod set;
mod step;
mod story;
#[cfg(test)]
mod tests;
mod timers;
mod verbs;
mod view;
mod watch;
mod work;

pub(crate) use assets::items as evidence_items;
pub(crate) use calendar::due;
pub use draw::{Dice, Purpose, Subject};
#[cfg(any(test, feature = "generator"))]
pub use plain::PlainLane;
pub use scene::Policy;

use crate::exercise::{Exercise, ExerciseTime, Interval, Mode, PersonId};
use crate::record::{Action, Attendance, DefinitionHash, EndKind, Entry, Header, Record, Refusal};
use bevy_ecs::schedule::{Schedule, SingleThreadedExecutor};
use bevy_ecs::system::{Query, Res, SystemState};
use bevy_ecs::world::World;
use lane::{Concerns, Lane, Stored};
use scene::{Scene, Stage};
use std::sync::Arc;

/// What distinguishes one run of an exercise from another.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The seed of all chance.
    pub seed: u64,
    /// The index of the run in its campaign.
    pub run: u64,
    /// How people behave.
    pub policy: Policy,
    /// The people whom a human, or a file of actions, plays.
    pub played: Vec<PersonId>,
    /// The people whom somebody was invited to play who is not there when the run begins: a stand-in acts for
    /// them until somebody joins.
    pub absent: Vec<PersonId>,
    /// The acts of humans, in any order.
    pub actions: Vec<Action>,
    /// Whether the entries are kept.
    pub recording: bool,
    /// How the people of the exercise act, for the head of its record. A file of actions is no evidence of a
    /// drill: its mode is simulated.
    pub mode: Mode,
    /// Whether players have help, for the head of the record.
    pub assisted: bool,
    /// What the clock on the wall shows when the run begins, in ms since 1970 UTC; `None`: nobody takes part
    /// live. See [`Simulation::tell_time`].
    pub wall: Option<i64>,
}

impl Setup {
    /// A recorded run of a seed, with everybody simulated.
    pub fn of(seed: u64, run: u64) -> Self {
        Self {
            seed,
            run,
            recording: true,
            ..Self::default()
        }
    }

    /// The same draws with people who behave otherwise.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }
}

/// Runs of one exercise, side by side in one world.
pub struct Simulation {
    world: World,
    schedule: Schedule,
    lanes: Vec<bevy_ecs::entity::Entity>,
    access: SystemState<(Query<'static, 'static, Stored>, Res<'static, Stage>)>,
}

impl Simulation {
    /// A world with one lane for each run.
    pub fn new(exercise: Arc<Exercise>, setups: &[Setup]) -> Self {
        let mut world = World::new();
        let stage = Stage::new(exercise);
        let lanes = setups
            .iter()
            .map(|_| world.spawn(Concerns::default()).id())
            .collect();
        world.insert_resource(stage);
        let mut schedule = Schedule::default();
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems(advance_lanes);
        let mut simulation = Self {
            access: SystemState::new(&mut world),
            world,
            schedule,
            lanes,
        };
        for (lane, setup) in setups.iter().enumerate() {
            simulation.reset(lane, setup);
        }
        simulation
    }

    /// Leaves out what debug builds check at each settled instant, so that what a run itself asks for can be
    /// counted in them.
    #[cfg(any(test, feature = "generator"))]
    pub fn leave_unchecked(&mut self) {
        self.world.resource_mut::<Stage>().checked = false;
    }

    /// Makes a lane ready for another run.
    pub fn reset(&mut self, lane: usize, setup: &Setup) {
        self.with_lane(lane, |item, stage| item.reset(stage, setup));
    }

    /// Runs every lane up to and including an instant.
    pub fn advance_to(&mut self, until: ExerciseTime) {
        for lane in 0..self.lanes.len() {
            self.with_lane(lane, |item, _| item.run.until = until);
        }
        self.schedule.run(&mut self.world);
    }

    /// Runs every lane to its end.
    pub fn finish(&mut self) {
        let limit = self.world.resource::<Stage>().exercise.parts().limit;
        self.advance_to(limit);
        // What came too late leaves an entry as well.
        for lane in 0..self.lanes.len() {
            self.with_lane(lane, |item, stage| {
                step::afterwards(item, stage, ExerciseTime(i64::MAX));
            });
        }
    }

    /// What the clock on the wall shows from now on, in ms since 1970 UTC: entries are stamped with it. It is
    /// told, since the engine reads no clock, and nothing in a run depends on it.
    pub fn tell_time(&mut self, lane: usize, wall: Option<i64>) {
        self.with_lane(lane, |item, _| item.out.tell_time(wall));
    }

    /// Adds an act of a human to a lane; it takes effect at its time, or at once if that is over.
    pub fn submit(&mut self, lane: usize, action: Action) {
        self.with_lane(lane, |item, _| item.humans.submit(action));
    }

    /// Whether an act of a human would be possible now, or why not.
    pub fn possible(&mut self, lane: usize, action: &Action) -> Result<(), Refusal> {
        self.with_lane(lane, |item, stage| {
            let moment = item.moment();
            step::possible(item, Scene::new(stage, &moment), action)
        })
    }

    /// Whether an act of a human would wait, since its doer is busy.
    pub fn would_wait(&mut self, lane: usize, action: &Action) -> bool {
        self.with_lane(lane, |item, _| step::waits(item, action))
    }

    /// When something is due next in a lane that no act of a human brings about.
    pub fn next_due(&mut self, lane: usize) -> Option<ExerciseTime> {
        self.with_lane(lane, |item, _| match item.run.ended {
            None => item.agenda.next_time(),
            Some(_) => None,
        })
    }

    /// How a lane ended, if it has.
    pub fn ended(&mut self, lane: usize) -> Option<EndKind> {
        self.with_lane(lane, |item, _| item.run.ended)
    }

    /// How far a lane has come.
    pub fn now(&mut self, lane: usize) -> ExerciseTime {
        self.with_lane(lane, |item, _| item.run.now)
    }

    /// How many entries a lane has made, recorded or not.
    pub fn events(&mut self, lane: usize) -> u32 {
        self.with_lane(lane, |item, _| item.out.last())
    }

    /// The entries of a lane so far.
    pub fn entries(&mut self, lane: usize) -> Vec<Entry> {
        self.with_lane(lane, |item, _| item.out.entries().to_vec())
    }

    /// Looks at the recorded entries of a lane, which keeps their memory for its next run.
    pub fn with_entries<T>(&mut self, lane: usize, look: impl FnOnce(&[Entry]) -> T) -> T {
        self.with_lane(lane, |item, _| look(item.out.entries()))
    }

    /// Takes the entries of a lane.
    pub fn take_entries(&mut self, lane: usize) -> Vec<Entry> {
        self.with_lane(lane, |item, _| item.out.take_entries())
    }

    fn with_lane<T>(&mut self, lane: usize, act: impl FnOnce(&mut Lane<'_>, &Stage) -> T) -> T {
        let borrowed = self.access.get_mut(&mut self.world);
        let (mut lanes, stage) = borrowed.expect("the stage lives as long as its simulation");
        let stored = lanes.get_mut(self.lanes[lane]);
        let stored = stored.expect("lanes live as long as their simulation");
        act(&mut stored.into(), &stage)
    }
}

/// The one system: drains every lane, lane after lane. Lanes share nothing, so their order is free.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a system takes its resources by value"
)]
fn advance_lanes(mut lanes: Query<'_, '_, Stored>, stage: Res<'_, Stage>) {
    for stored in &mut lanes {
        let mut lane = Lane::from(stored);
        lane.drain(&stage);
    }
}

impl Lane<'_> {
    /// Runs a lane as far as it may go, wherever it is stored.
    fn drain(&mut self, stage: &Stage) {
        let until = self.run.until;
        step::advance(self, stage, until);
    }
}

/// What is played beside the exercise itself, for the head of a record.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// The files that the exercise was made of.
    pub definitions: Vec<DefinitionHash>,
    /// The SHA-256 of the file of actions, where one was played.
    pub actions: Option<String>,
}

/// Runs an exercise once, and returns its record.
pub fn simulate(exercise: &Arc<Exercise>, setup: &Setup, provenance: Provenance) -> Record {
    let recorded = Setup {
        recording: true,
        ..setup.clone()
    };
    let mut simulation = Simulation::new(Arc::clone(exercise), std::slice::from_ref(&recorded));
    simulation.finish();
    let header = header(exercise, setup, provenance);
    Record {
        header,
        entries: simulation.take_entries(0),
    }
}

/// By person: when they sleep in a run of an exercise whom nobody calls and nothing keeps up, from the evening
/// before its onset to its limit. What kept somebody from it stands in the record of the run.
pub fn usual_nights(exercise: &Arc<Exercise>, seed: u64, run: u64) -> Vec<Vec<Interval>> {
    let stage = Stage::new(Arc::clone(exercise));
    let moment = scene::Moment {
        dice: Dice::new(seed, run),
        now: ExerciseTime::STARTEX,
        policy: Policy::People,
    };
    let scene = scene::Scene::new(&stage, &moment);
    let within = (exercise.parts().onset, exercise.parts().limit);
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    people
        .map(|person| people::usual_nights(scene, person, within))
        .collect()
}

/// The head of the record of a run.
pub fn header(exercise: &Arc<Exercise>, setup: &Setup, provenance: Provenance) -> Header {
    let played = setup.played.iter();
    let played = played.map(|person| (*person, Attendance::Played));
    let absent = setup.absent.iter();
    let absent = absent.map(|person| (*person, Attendance::Absent));
    // Who is named in both is there.
    let mut attendance: Vec<(PersonId, Attendance)> = played.chain(absent).collect();
    attendance.sort_unstable();
    attendance.dedup_by_key(|(person, _)| *person);
    Header {
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: setup.seed,
        run: setup.run,
        mode: setup.mode,
        assisted: setup.assisted,
        definitions: provenance.definitions,
        actions: provenance.actions,
        attendance,
        exercise: Arc::clone(exercise),
    }
}
