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
use super::monitoring::Monitoring;
use super::out::Out;
use super::people::People;
use super::scene::{Policy, Scene, Stage};
use super::story::Story;
use super::view::View;
use super::watch::Watch;
use super::work::Work;
use crate::exercise::{ExerciseTime, PersonId};
use crate::record::EndKind;
use bevy_ecs::bundle::Bundle;
use bevy_ecs::component::Component;
use bevy_ecs::query::QueryData;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// What a run is, and how far it has come.
#[derive(Debug, Component, Default)]
pub(crate) struct Run {
    pub(crate) dice: Dice,
    pub(crate) policy: Policy,
    pub(crate) now: ExerciseTime,
    /// How far it may go for now.
    pub(crate) until: ExerciseTime,
    pub(crate) started: bool,
    pub(crate) ended: Option<EndKind>,
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
}

/// A concern, borrowed from wherever it is stored.
pub(crate) struct At<'w, T>(&'w mut T);

impl<T> Deref for At<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

impl<T> DerefMut for At<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0
    }
}

/// A run, borrowed from wherever it is stored: rules know nothing of the world. What the world notes
/// when something changes is asked for by nobody, so that it is noted once for each time that a lane is
/// borrowed, and not at every touch.
pub(crate) struct LaneItem<'w, 's> {
    pub(crate) run: At<'w, Run>,
    pub(crate) agenda: At<'w, Agenda>,
    pub(crate) out: At<'w, Out>,
    pub(crate) attack: At<'w, Attack>,
    pub(crate) assets: At<'w, Assets>,
    pub(crate) monitoring: At<'w, Monitoring>,
    pub(crate) clocks: At<'w, Clocks>,
    pub(crate) story: At<'w, Story>,
    pub(crate) messages: At<'w, Messages>,
    pub(crate) people: At<'w, People>,
    pub(crate) minds: At<'w, Minds>,
    pub(crate) work: At<'w, Work>,
    pub(crate) watch: At<'w, Watch>,
    pub(crate) incidents: At<'w, Incidents>,
    pub(crate) humans: At<'w, Humans>,
    /// A query borrows what it found, and itself.
    query: PhantomData<&'s ()>,
}

impl<'w, 's> From<StoredItem<'w, 's>> for LaneItem<'w, 's> {
    fn from(stored: StoredItem<'w, 's>) -> Self {
        Self {
            run: At(stored.run.into_inner()),
            agenda: At(stored.agenda.into_inner()),
            out: At(stored.out.into_inner()),
            attack: At(stored.attack.into_inner()),
            assets: At(stored.assets.into_inner()),
            monitoring: At(stored.monitoring.into_inner()),
            clocks: At(stored.clocks.into_inner()),
            story: At(stored.story.into_inner()),
            messages: At(stored.messages.into_inner()),
            people: At(stored.people.into_inner()),
            minds: At(stored.minds.into_inner()),
            work: At(stored.work.into_inner()),
            watch: At(stored.watch.into_inner()),
            incidents: At(stored.incidents.into_inner()),
            humans: At(stored.humans.into_inner()),
            query: PhantomData,
        }
    }
}

#[cfg(any(test, feature = "generator"))]
impl Concerns {
    /// The same run, stored as a plain struct.
    pub(super) fn lane(&mut self) -> LaneItem<'_, '_> {
        LaneItem {
            run: At(&mut self.run),
            agenda: At(&mut self.agenda),
            out: At(&mut self.out),
            attack: At(&mut self.attack),
            assets: At(&mut self.assets),
            monitoring: At(&mut self.monitoring),
            clocks: At(&mut self.clocks),
            story: At(&mut self.story),
            messages: At(&mut self.messages),
            people: At(&mut self.people),
            minds: At(&mut self.minds),
            work: At(&mut self.work),
            watch: At(&mut self.watch),
            incidents: At(&mut self.incidents),
            humans: At(&mut self.humans),
            query: PhantomData,
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

impl LaneItem<'_, '_> {
    /// What rules of this lane may look at.
    pub(crate) fn scene<'s>(&self, stage: &'s Stage) -> Scene<'s> {
        Scene {
            stage,
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
            ..Run::default()
        };
        let scene = self.scene(stage);
        self.agenda.reset(onset);
        self.out.reset(onset, setup.recording);
        self.attack.reset(scene);
        self.assets.reset(scene);
        self.monitoring.reset(scene);
        self.clocks.reset(scene);
        self.story.reset(scene, &mut self.agenda);
        self.messages.reset();
        let played: Vec<PersonId> = setup.played.clone();
        self.people.reset(scene, &played);
        self.minds.reset(scene);
        self.work.reset(scene);
        self.watch.reset(scene);
        self.incidents.reset(scene);
        self.humans.reset(&setup.actions);
    }
}
