//! Data and money that leave: what that undoes, and what it leaves alone.

use super::{INCIDENT, World, server};
use crate::exercise::{AssetKind, AssetState, BasisPoints, Effect, Measure, Span, Step};
use crate::record::Event;
use crate::simulation::fixture;

/// Everything that people do to bring an asset back, in the order in which they do it.
const BACK: [Measure; 4] = [
    Measure::Evict,
    Measure::Restore,
    Measure::Verify,
    Measure::Accept,
];

fn brought_back(effect: Effect) -> World {
    let db = fixture::records("db", AssetKind::Database, 1_000);
    let leave = Step {
        share: BasisPoints(6_000),
        ..fixture::step("leave", effect)
    };
    let steps = vec![
        fixture::step("copy", Effect::Exfiltrate),
        fixture::step("encrypt", Effect::Encrypt),
        fixture::step("enter", Effect::Compromise),
        leave,
    ];
    let mut world = World::of(vec![db, server("other")], steps);
    for step in ["enter", "copy", "encrypt"] {
        world.strike(step, "db");
    }
    for measure in BACK {
        assert!(world.take(measure, "db"), "{measure}");
    }
    world.advance(Span::HOUR);
    world
}

#[test]
fn what_leaves_later_leaves_alone_what_was_brought_back() {
    for effect in [Effect::Exfiltrate, Effect::Expose, Effect::Steal] {
        let mut world = brought_back(effect);
        let before = fixture::events(&world.out).len();
        world.strike("leave", "db");
        assert!(world.is("db", AssetState::Verified), "{effect}");
        assert!(world.serves("db"), "{effect}");
        for measure in BACK {
            let db = world.asset("db");
            assert!(world.assets.in_effect(measure, db), "{effect}, {measure}");
        }
        let later = &fixture::events(&world.out)[before..];
        let ends = |event: &&Event| {
            matches!(
                event,
                Event::AssetChanged { on: false, .. } | Event::MeasureLifted { .. }
            )
        };
        assert!(!later.iter().any(ends), "{effect}: {later:?}");
    }
}

#[test]
fn records_that_left_already_are_counted_no_second_time_when_they_are_published() {
    for effect in [Effect::Exfiltrate, Effect::Expose] {
        let mut world = brought_back(effect);
        assert_eq!(world.assets.records_exposed(INCIDENT()), 1_000);
        world.strike("leave", "db");
        assert_eq!(world.assets.records_exposed(INCIDENT()), 1_000, "{effect}");
    }
}

#[test]
fn what_is_published_again_has_to_be_taken_down_again() {
    let mut world = brought_back(Effect::Expose);
    world.strike("leave", "db");
    assert!(world.take(Measure::Takedown, "db"));
    assert!(!world.is("db", AssetState::Exposed));
    world.strike("leave", "db");
    let db = world.asset("db");
    assert!(!world.assets.in_effect(Measure::Takedown, db));
    assert!(world.is("db", AssetState::Verified));
}
