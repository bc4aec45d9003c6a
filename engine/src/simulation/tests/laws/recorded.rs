//! The situation that is folded from the record equals the world, at every settled instant of every run of a
//! debug build, or it panics. Here it is shown that a world that was tampered with is found, in each respect,
//! and that each kind of event that says what no other says does come about.

use crate::exercise::{
    AssetId, AssetState, ExerciseTime, IncidentId, Mark, MessageId, PersonId, Phase, RoleId,
};
use crate::generator::{self, Numbers};
use crate::record::{Action, Edit, Entry, Event, HumanAct, Record};
use crate::simulation::lane::Lane;
use crate::simulation::messages::MessageState;
use crate::simulation::scene::Scene;
use crate::simulation::work::{Approval, State};
use crate::simulation::{Provenance, Setup, Simulation, invariants, simulate};
use crate::situation::Situation;

/// Tampers with worlds halfway, and fails unless the record is found to say otherwise in this respect.
fn found_out(respect: &str, tamper: impl Fn(&mut Lane<'_>, Scene<'_>) -> bool) {
    let mut tampered = 0;
    for seed in 0..60 {
        let mut simulation = Simulation::new(generator::exercise(seed), &[Setup::of(seed, 1)]);
        simulation.advance_to(ExerciseTime(Numbers::new(seed).minutes(1_500).0));
        let found = simulation.with_lane(0, |lane, stage| {
            let moment = lane.moment();
            let scene = Scene::new(stage, &moment);
            // It is an instant, at which who came or went is stated.
            lane.out.advance(scene.now);
            lane.people.state(lane.out, scene);
            lane.mirror.follow(lane.out.entries());
            assert_eq!(invariants::fold::otherwise(lane, scene), None);
            let done = lane.run.ended.is_none() && lane.people.act() && tamper(lane, scene);
            done.then(|| invariants::fold::otherwise(lane, scene))
        });
        if let Some(found) = found {
            let found = found.unwrap_or_default();
            assert!(found.contains(respect), "exercise {seed}: `{found}`");
            tampered += 1;
        }
    }
    assert!(tampered > 0, "nothing to tamper with");
}

#[test]
fn who_went_to_rest_without_a_word_is_found() {
    found_out("rest is", |lane, scene| {
        let person = PersonId::new(0);
        let awake = !lane.people.rests(scene, person);
        lane.people.rest(scene, person);
        awake
    });
}

#[test]
fn a_message_that_was_read_without_a_word_is_found() {
    found_out("message is", |lane, _| {
        let mut all = (1..=lane.messages.len() as u32).map(MessageId);
        let unread = all.find(|id| lane.messages.get(*id).state == MessageState::Unnoticed);
        if let Some(id) = unread {
            lane.messages.get_mut(id).state = MessageState::Read;
        }
        unread.is_some()
    });
}

#[test]
fn what_lies_in_an_inbox_without_a_word_is_found() {
    found_out("inbox is", |lane, _| {
        let someone = lane.people.get_mut(PersonId::new(0));
        someone.inbox.push(MessageId(1));
        true
    });
}

#[test]
fn what_was_learned_without_a_word_is_found() {
    found_out("is not what it learned", |lane, scene| {
        let fact = crate::exercise::Knowable::Cause(IncidentId::new(0));
        let new = !lane.minds.role(RoleId::new(0)).has(fact);
        if new {
            let mut unheard = crate::simulation::out::Out::default();
            unheard.reset(scene.now, false);
            let role = RoleId::new(0);
            crate::simulation::minds::learn(lane.minds, &mut unheard, scene, role, &[fact], 1);
        }
        new
    });
}

#[test]
fn work_that_was_approved_or_given_up_without_a_word_is_found() {
    found_out("approval is", |lane, _| {
        let open = lane
            .work
            .next_piece(0, |piece| piece.approval == Approval::NotAsked);
        if let Some(index) = open {
            lane.work.piece_mut(index).approval = Approval::Given;
        }
        open.is_some()
    });
    found_out("state is", |lane, _| {
        let open = lane
            .work
            .next_piece(0, |piece| piece.state == State::Waiting);
        if let Some(index) = open {
            lane.work.piece_mut(index).state = State::Failed;
        }
        open.is_some()
    });
}

#[test]
fn a_mark_or_a_phase_without_a_word_is_found() {
    found_out("mark is", |lane, scene| {
        let state = lane.incidents.get_mut(IncidentId::new(0));
        let mark = &mut state.marks[Mark::ALL[Mark::ALL.len() - 1].index()];
        let new = mark.is_none();
        mark.get_or_insert((scene.now, 1));
        new
    });
    found_out("declared is", |lane, _| {
        let state = lane.incidents.get_mut(IncidentId::new(0));
        let phase = &mut state.phases[Phase::Closure.index()];
        let new = phase.declared.is_none();
        phase.declared.get_or_insert(1);
        new
    });
}

#[test]
fn an_asset_that_was_changed_without_a_word_is_found() {
    found_out("state is", |lane, scene| {
        let edit = Edit {
            asset: AssetId::new(0),
            state: AssetState::Exposed,
            on: !lane
                .assets
                .in_state(scene, AssetId::new(0), AssetState::Exposed),
        };
        let mut unheard = crate::simulation::out::Out::default();
        unheard.reset(scene.now, false);
        crate::simulation::assets::overrule(lane.assets, &mut unheard, scene, edit, 1);
        true
    });
}

/// The records of generated exercises with acts at random.
fn with_acts(seeds: std::ops::Range<u64>) -> impl Iterator<Item = Record> {
    seeds.map(|seed| {
        let exercise = generator::exercise(seed);
        let (played, actions) = generator::acts(&exercise, seed);
        let setup = Setup {
            played,
            actions,
            ..Setup::of(seed, 1)
        };
        simulate(&exercise, &setup, Provenance::default())
    })
}

#[test]
fn the_asset_for_which_work_is_done_is_said() {
    let mut records = with_acts(0..200);
    let aimed = |entry: &Entry| matches!(entry.event, Event::TaskAimed { .. });
    assert!(records.any(|record| record.entries.iter().any(aimed)));
}

#[test]
fn a_measure_that_the_facilitator_puts_in_effect_is_said() {
    let exercise = generator::exercise(1);
    let asset = AssetId::new(0);
    let overrule = |on| HumanAct::Overrule {
        change: Edit {
            asset,
            state: AssetState::Isolated,
            on,
        },
    };
    let act = |at: i64, does| Action {
        at: ExerciseTime(at),
        person: None,
        does,
        hand: None,
    };
    let setup = Setup {
        actions: vec![act(1_000, overrule(true)), act(2_000, overrule(false))],
        ..Setup::of(1, 1)
    };
    let record = simulate(&exercise, &setup, Provenance::default());
    let named = |kind: &str| {
        let mut names = record.entries.iter().map(|entry| entry.event.name());
        names.any(|name| name == kind)
    };
    assert!(named("MeasureImposed") && named("MeasureLifted"));
}

#[test]
fn the_record_of_a_run_gives_the_situation_in_one_go_as_entry_by_entry() {
    for record in with_acts(0..20) {
        let mut one_by_one = Situation::of(&record.header);
        for entry in &record.entries {
            let before =
                matches!(entry.event, Event::ActionRejected { .. }).then(|| one_by_one.clone());
            one_by_one.apply(entry);
            if let Some(before) = before {
                assert_eq!(before.work(), one_by_one.work());
            }
        }
        let at_once = Situation::after(&record.header, &record.entries);
        assert_eq!(at_once, one_by_one);
    }
}
