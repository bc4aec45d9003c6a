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

/// A run, borrowed from the world.
#[derive(QueryData)]
#[query_data(mutable)]
pub(crate) struct Lane {
    pub(crate) run: &'static mut Run,
    pub(crate) agenda: &'static mut Agenda,
    pub(crate) out: &'static mut Out,
    pub(crate) attack: &'static mut Attack,
    pub(crate) assets: &'static mut Assets,
    pub(crate) monitoring: &'static mut Monitoring,
    pub(crate) clocks: &'static mut Clocks,
    pub(crate) story: &'static mut Story,
    pub(crate) messages: &'static mut Messages,
    pub(crate) people: &'static mut People,
    pub(crate) minds: &'static mut Minds,
    pub(crate) work: &'static mut Work,
    pub(crate) watch: &'static mut Watch,
    pub(crate) incidents: &'static mut Incidents,
    pub(crate) humans: &'static mut Humans,
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
