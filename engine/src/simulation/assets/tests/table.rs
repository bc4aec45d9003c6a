//! What happens to an asset is what the tables of measures and effects say, cell by cell.

use super::{World, server};
use crate::exercise::{
    Asset, AssetKind, AssetState, Back, EFFECTS, Effect, EvidenceItem, Holds, MEASURES, Measure,
    MeasureRow, Money, Step,
};
use crate::record::Event;
use crate::simulation::fixture;

/// An asset of a kind with a standby, and a step of each effect; the step is called as its effect.
fn world(kind: AssetKind) -> World {
    stopped(kind, &[])
}

/// The same, where these measures stop each step.
fn stopped(kind: AssetKind, by: &[Measure]) -> World {
    let asset = Asset {
        standby: true,
        kind,
        ..fixture::records("a", kind, 1_000)
    };
    let mut steps: Vec<Step> = EFFECTS
        .iter()
        .map(|row| Step {
            money: Money(if row.effect == Effect::Steal { 500 } else { 0 }),
            stopped_by: by.to_vec(),
            ..fixture::step(&name(row.effect), row.effect)
        })
        .collect();
    steps.sort_by(|one, other| one.slug.cmp(&other.slug));
    World::of(vec![asset, server("b")], steps)
}

fn name(effect: Effect) -> String {
    effect.name().to_lowercase()
}

impl World {
    fn hit(&mut self, effect: Effect) {
        self.strike(&name(effect), "a");
    }

    fn open(&self) -> bool {
        self.assets.is_open(self.asset("a"))
    }
}

/// Each measure with a world in which it took effect on an asset that was struck like this. Whether it can be
/// taken there at all is not asked of the table.
fn each(kind: AssetKind, struck: &[Effect], look: impl FnMut(&MeasureRow, &mut World)) {
    each_of(|| world(kind), struck, look);
}

fn each_of(
    made: impl Fn() -> World,
    struck: &[Effect],
    mut look: impl FnMut(&MeasureRow, &mut World),
) {
    let mut looked = 0;
    for row in MEASURES {
        let mut world = made();
        for effect in struck {
            world.hit(*effect);
        }
        if world.take(row.measure, "a") {
            look(row, &mut world);
            looked += 1;
        }
    }
    assert!(looked + 9 > MEASURES.len(), "only {looked} were taken");
}

#[test]
fn what_contains_contains_and_what_cuts_cuts() {
    let struck = [Effect::Compromise, Effect::Steal];
    for in_the_way in [false, true] {
        let by = if in_the_way { Measure::ALL } else { &[] };
        let made = || stopped(AssetKind::FileServer, by);
        each_of(made, &struck, |row, world| {
            let holds = |of| of == Holds::Always || (in_the_way && of == Holds::InTheWay);
            let contained = world.assets.contained(world.asset("a"));
            assert_eq!(contained, holds(row.contains), "{}", row.measure);
            assert_eq!(world.open(), !holds(row.cuts), "{}", row.measure);
        });
    }
}

#[test]
fn what_one_step_does_not_name_is_in_the_way_of_nothing_where_two_affected_the_asset() {
    let mut enter = fixture::step("enter", Effect::Compromise);
    enter.stopped_by = vec![Measure::Block];
    let encrypt = fixture::step("lock", Effect::Encrypt);
    let mut world = World::of(vec![server("a")], vec![enter, encrypt]);
    let asset = world.asset("a");
    world.strike("enter", "a");
    assert!(world.take(Measure::Block, "a"));
    assert!(world.assets.contained(asset) && !world.assets.is_open(asset));
    world.strike("lock", "a");
    assert!(!world.assets.contained(asset) && world.assets.is_open(asset));
}

#[test]
fn an_account_is_contained_by_what_closes_it_whatever_stops_the_step_and_by_no_filter() {
    each(AssetKind::Account, &[Effect::Compromise], |row, world| {
        let contained = world.assets.contained(world.asset("a"));
        let expected = row.contains == Holds::Always || row.closes_account;
        // New credentials end the foothold on an account.
        if row.measure != Measure::RotateCredentials {
            assert_eq!(contained, expected, "{}", row.measure);
        }
    });
}

#[test]
fn what_takes_an_asset_out_does_so_until_it_is_connected_and_an_account_until_it_gets_credentials()
{
    each(AssetKind::FileServer, &[], |row, world| {
        let down = !world.serves("a");
        let back = down && world.take(Measure::Reconnect, "a") && world.serves("a");
        assert_eq!(back, row.takes_out, "{}", row.measure);
    });
    each(AssetKind::Account, &[], |row, world| {
        let down = !world.serves("a");
        let back = down && world.take(Measure::RotateCredentials, "a") && world.serves("a");
        assert_eq!(back, row.closes_account, "{}", row.measure);
    });
}

#[test]
fn an_effect_undoes_what_it_undoes_and_nothing_else() {
    for effect in Effect::ALL {
        // What each measure is for happened before, so that each can be taken.
        let before = [Effect::Compromise, Effect::Alter, Effect::Expose];
        for row in MEASURES {
            let mut world = world(AssetKind::FileServer);
            for effect in before {
                world.hit(effect);
            }
            if matches!(row.measure, Measure::Verify) {
                world.take(Measure::Evict, "a");
                world.take(Measure::Correct, "a");
            }
            if !world.take(row.measure, "a") {
                continue;
            }
            let from = fixture::events(&world.out).len();
            world.hit(*effect);
            let undone = fixture::events(&world.out)[from..].iter().any(|event| {
                matches!(event, Event::MeasureLifted { measure, .. } if *measure == row.measure)
            });
            let expected = row.measure.is_undone_by(*effect);
            assert_eq!(undone, expected, "{effect} on {}", row.measure);
        }
    }
}

#[test]
fn a_measure_destroys_the_evidence_that_it_destroys_and_no_other() {
    each(
        AssetKind::FileServer,
        &[Effect::Compromise],
        |row, world| {
            for item in [EvidenceItem::Memory, EvidenceItem::Disk, EvidenceItem::Logs] {
                let lost = world.assets.is_lost(world.asset("a"), item);
                assert_eq!(lost, row.measure.destroys(item), "{item}, {}", row.measure);
            }
        },
    );
}

#[test]
fn a_measure_brings_back_what_it_brings_back() {
    each(AssetKind::FileServer, &[Effect::Encrypt], |row, world| {
        let back = world.serves("a") && !world.is("a", AssetState::Encrypted);
        assert_eq!(back, row.measure.brings_back_whole(), "{}", row.measure);
    });
    each(AssetKind::FileServer, &[Effect::Alter], |row, world| {
        let right = !world.is("a", AssetState::Altered);
        let data = matches!(row.brings_back, Some(Back::Whole | Back::Data));
        assert_eq!(right, data, "{}", row.measure);
    });
    for row in MEASURES {
        let mut world = world(AssetKind::FileServer);
        world.take(Measure::Isolate, "a");
        // Who checks connects as well, and does not claim to have brought anything back.
        if row.measure != Measure::Verify && world.take(row.measure, "a") {
            let connects = matches!(row.brings_back, Some(Back::Whole | Back::Connection));
            assert_eq!(world.serves("a"), connects, "{}", row.measure);
        }
    }
}

#[test]
fn a_measure_leaves_an_asset_in_the_state_that_it_leaves_it_in_and_in_no_other() {
    let states = [
        AssetState::Isolated,
        AssetState::Off,
        AssetState::Evicted,
        AssetState::Wiped,
        AssetState::Verified,
    ];
    for struck in [&[][..], &[Effect::Compromise]] {
        for row in MEASURES {
            let mut world = world(AssetKind::FileServer);
            for effect in struck {
                world.hit(*effect);
            }
            if !world.take(row.measure, "a") {
                continue;
            }
            for state in states {
                let left = world.is("a", state);
                assert_eq!(
                    left,
                    row.leaves == Some(state),
                    "{state:?}, {}",
                    row.measure
                );
            }
        }
    }
    let leaving = MEASURES.iter().filter(|row| row.leaves.is_some());
    assert_eq!(leaving.count(), 6);
}

#[test]
fn a_foothold_ends_where_the_row_says_so_and_comes_back_with_a_copy() {
    let mut ended = 0;
    each(
        AssetKind::FileServer,
        &[Effect::Compromise],
        |row, world| {
            let gone = !world.is("a", AssetState::Compromised);
            assert_eq!(gone, row.ends_foothold, "{}", row.measure);
            ended += u32::from(gone);
        },
    );
    assert_eq!(ended, 4);
}

#[test]
fn an_effect_does_to_an_asset_what_its_row_says() {
    for row in EFFECTS {
        let mut world = world(AssetKind::FileServer);
        world.advance(crate::exercise::Span::hours(1));
        world.hit(row.effect);
        let (a, incident) = (world.asset("a"), super::INCIDENT());
        assert!(world.is("a", row.leaves), "{}", row.effect);
        assert_eq!(
            world.assets.is_affected(incident, a),
            row.affects,
            "{}",
            row.effect
        );
        assert_eq!(
            world.assets.was_affected(incident, a),
            row.affects,
            "{}",
            row.effect
        );
        assert_eq!(!world.serves("a"), row.takes_down, "{}", row.effect);
        let records = world.assets.records_exposed(incident);
        assert_eq!(records > 0, row.takes_records, "{}", row.effect);
        let damaged = world.assets.damaged[a.index()].is_some();
        assert_eq!(damaged, row.damages, "{}", row.effect);
    }
}
