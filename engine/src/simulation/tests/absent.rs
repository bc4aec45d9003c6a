//! What is said for who is played, leads, and is not there.

use super::{clinic, exercise};
use crate::exercise::{Addressee, Function, PersonId, WeeklyHours};
use crate::record::{Actor, Event, Record};
use crate::simulation::{Provenance, Setup, simulate};

/// Jonas does all the work, and Amara, whom a human plays, leads.
fn led_by_a_human(there: bool) -> Record {
    let mut parts = clinic();
    parts.plan.tasks[0].by = Addressee::Function(Function::Analyst);
    if !there {
        parts.organisation.people[0].shift = WeeklyHours::default();
    }
    let setup = Setup {
        played: vec![PersonId::new(0)],
        ..Setup::of(1, 0)
    };
    simulate(&exercise(parts), &setup, Provenance::default())
}

/// Who says that a phase is complete, each time.
fn said(record: &Record) -> Vec<Actor> {
    let said = record
        .entries
        .iter()
        .filter(|entry| matches!(entry.event, Event::PhaseDeclaredComplete { .. }));
    said.map(|entry| entry.actor.clone()).collect()
}

#[test]
fn the_rules_say_that_a_phase_is_complete_for_who_is_played_and_away() {
    let away = said(&led_by_a_human(false));
    assert!(!away.is_empty());
    assert!(
        away.iter().all(|actor| *actor == Actor::Rules {}),
        "{away:?}"
    );
    // Who is there says so, or it is not said.
    assert_eq!(said(&led_by_a_human(true)), []);
}
