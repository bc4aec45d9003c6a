//! A lane: one run, with each of its concerns as a component of one entity.

use super::agenda::Agenda;
use super::assets::Assets;
use super::attack::Attack;
use super::clocks::Clocks;
use super::draw::Dice;
use super::humans::Humans;
use super::incidents::Incidents;
use super::messages::Messages;
use super::minds::Minds;
use super::mirror::Mirror;
use super::monitoring::Monitoring;
use super::out::Out;
use super::people::People;
use super::scene::{Moment, Policy, Scene, Stage};
use super::story::Story;
use super::view::View;
use super::watch::Watch;
use super::work::Work;
use crate::exercise::{ExerciseTime, Mode};
use crate::record::EndKind;
use bevy_ecs::bundle::Bundle;
use bevy_ecs::component::Component;
use bevy_ecs::query::QueryData;

/// What a run is, and how far it has come.
#[derive(Debug, Component, Default)]
pub(crate) struct Run {
    pub(crate) dice: Dice,
    pub(crate) policy: Policy,
    pub(crate) now: ExerciseTime,
    /// How far it may go for now.
    pub(crate) until: ExerciseTime,
    pub(crate) started: bool,
    /// Whether somebody runs it, who ends it: it does not end since nothing can happen any more.
    pub(crate) held_open: bool,
    pub(crate) ended: Option<EndKind>,
    /// When that was.
    pub(crate) ended_at: Option<ExerciseTime>,
    /// Entries handled in the current instant, against a run that never settles.
    pub(crate) handled: u32,
}

/// The components of a run.
#[derive(Debug, Bundle, Default)]
pub(crate) struct Concerns {
    run: Run,
    agenda: Agenda,
    out: Out,
    attack: Attack,
    assets: Assets,
    monitoring: Monitoring,
    clocks: Clocks,
    story: Story,
    messages: Messages,
    people: People,
    minds: Minds,
    work: Work,
    watch: Watch,
    incidents: Incidents,
    humans: Humans,
    mirror: Mirror,
}

/// A run, as the world stores it.
#[derive(QueryData)]
#[query_data(mutable)]
pub(crate) struct Stored {
    run: &'static mut Run,
    agenda: &'static mut Agenda,
    out: &'static mut Out,
    attack: &'static mut Attack,
    assets: &'static mut Assets,
    monitoring: &'static mut Monitoring,
    clocks: &'static mut Clocks,
    story: &'static mut Story,
    messages: &'static mut Messages,
    people: &'static mut People,
    minds: &'static mut Minds,
    work: &'static mut Work,
    watch: &'static mut Watch,
    incidents: &'static mut Incidents,
    humans: &'static mut Humans,
    mirror: &'static mut Mirror,
}

/// A run, borrowed from wherever it is stored: rules know nothing of the world. What the world notes
/// when something changes is asked for by nobody, so that it is noted once for each time that a lane is
/// borrowed, and not at every touch.
pub(crate) struct Lane<'w> {
    pub(crate) run: &'w mut Run,
    pub(crate) agenda: &'w mut Agenda,
    pub(crate) out: &'w mut Out,
    pub(crate) attack: &'w mut Attack,
    pub(crate) assets: &'w mut Assets,
    pub(crate) monitoring: &'w mut Monitoring,
    pub(crate) clocks: &'w mut Clocks,
    pub(crate) story: &'w mut Story,
    pub(crate) messages: &'w mut Messages,
    pub(crate) people: &'w mut People,
    pub(crate) minds: &'w mut Minds,
    pub(crate) work: &'w mut Work,
    pub(crate) watch: &'w mut Watch,
    pub(crate) incidents: &'w mut Incidents,
    pub(crate) humans: &'w mut Humans,
    pub(crate) mirror: &'w mut Mirror,
}

impl<'w> From<StoredItem<'w, '_>> for Lane<'w> {
    fn from(stored: StoredItem<'w, '_>) -> Self {
        Self {
            run: stored.run.into_inner(),
            agenda: stored.agenda.into_inner(),
            out: stored.out.into_inner(),
            attack: stored.attack.into_inner(),
            assets: stored.assets.into_inner(),
            monitoring: stored.monitoring.into_inner(),
            clocks: stored.clocks.into_inner(),
            story: stored.story.into_inner(),
            messages: stored.messages.into_inner(),
            people: stored.people.into_inner(),
            minds: stored.minds.into_inner(),
            work: stored.work.into_inner(),
            watch: stored.watch.into_inner(),
            incidents: stored.incidents.into_inner(),
            humans: stored.humans.into_inner(),
            mirror: stored.mirror.into_inner(),
        }
    }
}

#[cfg(any(test, feature = "generator"))]
impl Concerns {
    /// The same run, stored as a plain struct.
    pub(super) fn lane(&mut self) -> Lane<'_> {
        Lane {
            run: &mut self.run,
            agenda: &mut self.agenda,
            out: &mut self.out,
            attack: &mut self.attack,
            assets: &mut self.assets,
            monitoring: &mut self.monitoring,
            clocks: &mut self.clocks,
            story: &mut self.story,
            messages: &mut self.messages,
            people: &mut self.people,
            minds: &mut self.minds,
            work: &mut self.work,
            watch: &mut self.watch,
            incidents: &mut self.incidents,
            humans: &mut self.humans,
            mirror: &mut self.mirror,
        }
    }
}

/// Makes the view of a lane without borrowing the rest of it.
macro_rules! view {
    ($lane:expr, $scene:expr) => {
        $crate::simulation::view::View {
            scene: $scene,
            attack: &$lane.attack,
            assets: &$lane.assets,
            minds: &$lane.minds,
            messages: &$lane.messages,
            work: &$lane.work,
            incidents: &$lane.incidents,
            story: &$lane.story,
        }
    };
}
pub(crate) use view;

impl Lane<'_> {
    /// The moment at which the run is.
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            dice: self.run.dice,
            now: self.run.now,
            policy: self.run.policy,
        }
    }

    /// The state of the run, for conditions.
    pub(crate) fn view<'v>(&'v self, scene: Scene<'v>) -> View<'v> {
        view!(self, scene)
    }

    /// Makes the lane ready for a run, whatever it was used for before.
    pub(crate) fn reset(&mut self, stage: &Stage, setup: &super::Setup) {
        let onset = stage.exercise.parts().onset;
        *self.run = Run {
            dice: Dice::new(setup.seed, setup.run),
            policy: setup.policy,
            now: onset,
            until: onset,
            held_open: setup.mode != Mode::Simulated,
            ..Run::default()
        };
        let moment = self.moment();
        let scene = Scene::new(stage, &moment);
        self.agenda.reset(onset);
        self.out.reset(onset, setup.recording);
        self.out.tell_time(setup.wall);
        self.attack.reset(scene);
        self.assets.reset(scene);
        self.monitoring.reset(scene);
        self.clocks.reset(scene);
        self.story.reset(scene, self.agenda);
        self.messages.reset();
        self.people.reset(scene, &setup.played, &setup.absent);
        self.minds.reset(scene);
        self.work.reset(scene);
        self.watch.reset(scene);
        self.incidents.reset(scene);
        self.humans.reset(&setup.actions);
        self.mirror.reset(stage, setup);
    }
}
