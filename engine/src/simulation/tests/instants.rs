//! What happens at the very instant at which a rule starts or ceases to hold.

use crate::exercise::{AssetKind, Effect, Exercise, ExerciseTime, Law, Span};
use crate::record::{EndKind, Event};
use crate::simulation::agenda::{Agenda, MAX_SLOTS, Rank};
use crate::simulation::draw::{Dice, Purpose, Subject, inverse};
use crate::simulation::fixture::{asset, parts, slug, step};
use crate::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

fn agenda() -> Agenda {
    let mut agenda = Agenda::default();
    agenda.reset(ExerciseTime::STARTEX);
    agenda
}

#[test]
fn what_takes_no_time_is_due_a_millisecond_later() {
    let mut agenda = agenda();
    agenda.after(Rank::WorkEnded, 0, ExerciseTime(7), Span::ZERO);
    assert_eq!(agenda.next_time(), Some(ExerciseTime(8)));
}

#[test]
fn more_slots_than_a_key_holds_overflow_the_agenda() {
    let mut agenda = agenda();
    agenda.schedule(Rank::Delivery, MAX_SLOTS - 1, ExerciseTime(1));
    assert!(!agenda.overflowed());
    agenda.schedule(Rank::Delivery, MAX_SLOTS, ExerciseTime(1));
    assert!(agenda.overflowed());
    assert_eq!(
        agenda.take(ExerciseTime(1)).map(|due| due.slot),
        Some(MAX_SLOTS - 1)
    );
}

#[test]
fn more_than_twenty_thousand_entries_in_one_instant_end_the_run() {
    let mut parts = parts();
    let name = |i: usize| format!("n{i:03}");
    parts.organisation.assets = (0..145)
        .map(|i| asset(&name(i), AssetKind::Workstation))
        .collect();
    parts.scenario.steps = (0..145)
        .map(|i| step(&name(i), Effect::Exfiltrate))
        .collect();
    let exercise = Arc::new(Exercise::new(parts).expect("a fixture is valid"));
    assert_eq!(limit_hit(&exercise), "entries per instant");
}

/// The limit that ends a run.
fn limit_hit(exercise: &Arc<Exercise>) -> String {
    let record = simulate(exercise, &Setup::of(1, 0), Provenance::default());
    let last = record.entries.last().map(|entry| &entry.event);
    assert!(matches!(
        last,
        Some(Event::ExerciseEnded {
            end: EndKind::LimitBroken
        })
    ));
    let limit = record.entries.iter().find_map(|entry| match &entry.event {
        Event::LimitHit { limit } => Some(limit.clone()),
        _ => None,
    });
    limit.expect("the limit is named")
}

#[test]
fn more_steps_on_assets_than_can_be_pending_end_the_run_and_the_limit_is_named() {
    const MANY: usize = 725;
    let mut parts = parts();
    let name = |i: usize| format!("n{i:03}");
    parts.organisation.assets = (0..MANY)
        .map(|i| asset(&name(i), AssetKind::Workstation))
        .collect();
    parts.scenario.steps = (0..MANY)
        .map(|i| step(&name(i), Effect::Exfiltrate))
        .collect();
    // Only the last has a number that is too great, on the last assets.
    for step in &mut parts.scenario.steps[..MANY - 1] {
        step.at = Some(parts.limit);
    }
    let exercise = Arc::new(Exercise::new(parts).expect("a fixture is valid"));
    assert_eq!(limit_hit(&exercise), "things of a kind that can be pending");
}

#[test]
fn a_list_is_drawn_from_evenly_and_a_mean_is_that_of_its_draws() {
    let law = Law::Observed(vec![Span(1), Span(2), Span(3), Span(4)]);
    for (u, drawn) in [(0.1, 1), (0.3, 2), (0.6, 3), (0.9, 4)] {
        assert_eq!(inverse(&law, u), Span(drawn));
    }
    let dice = Dice::new(1, 0);
    let subject = Subject::of("task", &slug("a"));
    let about = Law::About(Span(10_000));
    let sum: i64 = (0..20_000)
        .map(|i| dice.duration(&about, subject, Purpose::TaskDuration, i).0)
        .sum();
    assert!((9_700..=10_300).contains(&(sum / 20_000)), "{sum}");
}

#[test]
fn a_triangle_splits_at_its_likely_value() {
    let law = Law::Triangle {
        least: Span(0),
        likely: Span(2_000),
        most: Span(10_000),
    };
    assert_eq!(inverse(&law, 0.2), Span(2_000));
    // Beyond it: the upper end, less the square root of what is left.
    assert_eq!(inverse(&law, 0.5), Span(3_675));
}

#[test]
fn a_drawn_duration_is_rounded_half_up() {
    let law = Law::Triangle {
        least: Span(0),
        likely: Span(1),
        most: Span(2),
    };
    // The exact value is the square root of twice the draw.
    assert_eq!(inverse(&law, 0.125), Span(1));
    assert_eq!(inverse(&law, 0.12), Span(0));
}

#[test]
fn half_of_all_demands_are_at_most_one_median() {
    let dice = Dice::new(1, 0);
    let subject = Subject::of("message", &slug("a"));
    let within = (0..4_000)
        .filter(|i| dice.demand(subject.nth(*i)) <= 1 << 32)
        .count();
    assert!((1_880..=2_120).contains(&within), "{within}");
}

#[test]
fn no_drawn_duration_is_longer_than_ten_years() {
    let forever = Law::About(Span::days(1_000_000));
    let dice = Dice::new(1, 0);
    let subject = Subject::of("task", &slug("a"));
    let drawn = (0..100).map(|i| dice.duration(&forever, subject, Purpose::TaskDuration, i));
    assert_eq!(drawn.max(), Some(Span::days(3_660)));
}
