//! A situation is total: whatever entries it is given, it answers.

mod folds;
mod sights;

use super::Situation;
use super::knowledge::Source;
use crate::exercise::{
    AssetId, ExerciseTime, IncidentId, Instance, MessageId, PersonId, RoleId, TaskId,
};
use crate::generator::{self, Numbers};
use crate::record::{Entry, Event, Record};
use crate::simulation::{Provenance, Setup, simulate};

fn record(seed: u64) -> Record {
    let exercise = generator::exercise(seed);
    let (played, actions) = generator::acts(&exercise, seed);
    let setup = Setup {
        played,
        actions,
        ..Setup::of(seed, 0)
    };
    simulate(&exercise, &setup, Provenance::default())
}

/// Asks everything that takes an id, with ids that are there and that are not.
fn ask_everything(situation: &Situation) {
    for i in [0, 1, 7, 65_535] {
        let (person, role) = (PersonId::new(i), RoleId::new(i));
        let (incident, asset) = (IncidentId::new(i), AssetId::new(i));
        let instance = Instance {
            task: TaskId::new(i),
            incident,
            ordinal: i as u16,
        };
        let _ = situation.presences().presence_at(person, situation.now());
        let _ = (
            situation.presences().since(person),
            situation.presences().rests_until(person),
        );
        let _ = situation.participants().players(person).count();
        let _ = situation.rooms().present_before(incident, u32::MAX);
        let _ = (
            situation.rooms().team(incident),
            situation.rooms().opened(incident),
        );
        let _ = (
            situation.messages().inbox(person),
            situation.messages().reading(person),
        );
        let _ = situation.messages().get(MessageId(i as u32));
        let _ = situation.knowledge().learned(role);
        let _ = (
            situation.work().get(instance),
            situation.work().in_hand(person).count(),
        );
        let _ = situation.work().of_task(instance.task, incident).count();
        let _ = situation.assets().states(asset).count();
        let _ = (
            situation.assets().records_out(incident),
            situation.assets().money_lost(),
        );
        let _ = situation.courses().get(incident);
        if i < situation.exercise().scenario().incidents.len() {
            let _ = situation.board(incident);
        }
    }
    let _ = situation.clocks().running();
    let _ = situation.story().due(situation.exercise());
}

#[test]
fn entries_that_are_missing_doubled_or_out_of_order_give_an_answer() {
    for seed in 0..40 {
        let mut numbers = Numbers::new(seed);
        let Record { header, entries } = record(seed);
        let mut forged: Vec<Entry> = Vec::new();
        for entry in &entries {
            if numbers.percent(70) {
                forged.push(entry.clone());
            }
            if numbers.percent(10) {
                let place = numbers.below(forged.len() + 1);
                forged.insert(place, entry.clone());
            }
        }
        ask_everything(&Situation::after(&header, &forged));
        let backwards = Situation::after(&header, entries.iter().rev());
        ask_everything(&backwards);
    }
}

#[test]
fn entries_of_another_exercise_give_an_answer() {
    for seed in 0..40 {
        let foreign = record(seed + 1_000);
        ask_everything(&Situation::after(&record(seed).header, &foreign.entries));
        let strange = Entry {
            number: u32::MAX,
            at: ExerciseTime(i64::MAX),
            event: Event::MessageRead {
                message: MessageId(u32::MAX),
                person: PersonId::new(65_535),
            },
            ..foreign.entries[0].clone()
        };
        let mut situation = Situation::of(&foreign.header);
        situation.apply(&strange);
        situation.apply(&strange);
        ask_everything(&situation);
    }
}

#[test]
fn who_knows_a_fact_has_it_from_somewhere() {
    let mut from = [0_u32; 4];
    for seed in 0..60 {
        let record = record(seed);
        let situation = Situation::after(&record.header, &record.entries);
        for role in 0..record.header.exercise.organisation().roles.len() {
            for learned in situation.knowledge().learned(RoleId::new(role)) {
                let place = match learned.source {
                    Source::Message(_) => 0,
                    Source::Role(_) => 1,
                    Source::Itself => 2,
                    Source::Work(_) => 3,
                    Source::Unsaid => panic!("exercise {seed}: {learned:?}"),
                };
                from[place] += 1;
            }
        }
    }
    assert!(from.iter().all(|count| *count > 0), "{from:?}");
}
