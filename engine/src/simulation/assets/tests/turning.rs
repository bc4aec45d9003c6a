//! What single rules of assets refuse, and the instants at which they turn.

use super::{World, server};
use crate::exercise::{
    Asset, AssetKind, AssetState, Effect, EvidenceItem, Measure, Money, Span, Step,
};
use crate::record::Event;
use crate::simulation::fixture;

#[test]
fn what_has_a_foothold_is_not_reconnected() {
    let mut world = World::of(
        vec![server("a")],
        vec![fixture::step("enter", Effect::Compromise)],
    );
    world.strike("enter", "a");
    world.take(Measure::Isolate, "a");
    assert!(!world.take(Measure::Reconnect, "a"));
    world.take(Measure::Evict, "a");
    assert!(world.take(Measure::Reconnect, "a"));
    assert!(world.serves("a"));
}

#[test]
fn an_encrypted_backup_restores_nothing() {
    let backup = fixture::asset("backup", AssetKind::BackupOffline);
    let mut world = World::of(
        vec![server("a"), backup],
        vec![fixture::step("encrypt", Effect::Encrypt)],
    );
    world.strike("encrypt", "a");
    world.strike("encrypt", "backup");
    assert!(!world.take(Measure::Restore, "a"));
}

#[test]
fn failover_loses_no_data_and_restoring_what_came_since_the_last_copy() {
    for (measure, loses) in [(Measure::Failover, false), (Measure::Restore, true)] {
        let asset = Asset {
            standby: true,
            backed_up_every: Some(Span::DAY),
            ..server("a")
        };
        let mut world = World::of(vec![asset], vec![fixture::step("encrypt", Effect::Encrypt)]);
        world.advance(Span::HOUR);
        world.strike("encrypt", "a");
        assert!(world.take(measure, "a"));
        let lost = fixture::events(&world.out)
            .iter()
            .any(|event| matches!(event, Event::DataLost { .. }));
        assert_eq!(lost, loses, "{measure:?}");
    }
}

#[test]
fn evidence_is_lost_only_where_the_attack_did_something() {
    let mut world = World::of(
        vec![server("a")],
        vec![fixture::step("enter", Effect::Compromise)],
    );
    world.take(Measure::Shutdown, "a");
    assert!(!world.assets.is_lost(world.asset("a"), EvidenceItem::Memory));
    world.strike("enter", "a");
    world.take(Measure::Shutdown, "a");
    assert!(world.assets.is_lost(world.asset("a"), EvidenceItem::Memory));
}

#[test]
fn what_rests_on_something_out_of_service_is_not_verified() {
    let web = Asset {
        depends_on: vec![crate::exercise::AssetId::new(0)],
        ..server("web")
    };
    let mut world = World::of(
        vec![server("db"), web],
        vec![fixture::step("flood", Effect::Disrupt)],
    );
    assert!(world.take(Measure::Verify, "web"));
    world.strike("flood", "db");
    assert!(!world.take(Measure::Verify, "web"));
}

#[test]
fn an_asset_is_past_its_objective_from_the_first_instant_after_it() {
    let asset = Asset {
        rto: Some(Span::HOUR),
        ..server("a")
    };
    let mut world = World::of(vec![asset], vec![fixture::step("flood", Effect::Disrupt)]);
    world.strike("flood", "a");
    world.advance(Span::HOUR);
    assert!(!world.is("a", AssetState::PastRto));
    world.advance(Span(1));
    assert!(world.is("a", AssetState::PastRto));
}

#[test]
fn one_theft_is_returned_once() {
    let steal = Step {
        money: Money(500),
        ..fixture::step("steal", Effect::Steal)
    };
    let mut returned = Vec::new();
    for name in ["a", "b", "c", "d", "e"] {
        let bank = fixture::asset(name, AssetKind::BankAccount);
        let mut world = World::of(vec![bank], vec![steal.clone()]);
        world.strike("steal", name);
        returned.push(world.take(Measure::RecallPayment, name));
        assert!(!world.take(Measure::RecallPayment, name));
    }
    assert!(returned.contains(&true));
}

#[test]
fn altered_data_is_put_right_without_a_backup_and_without_loss() {
    let asset = Asset {
        backed_up_every: Some(Span::DAY),
        ..server("a")
    };
    let backup = fixture::asset("backup", AssetKind::BackupOffline);
    let steps = vec![
        fixture::step("alter", Effect::Alter),
        fixture::step("encrypt", Effect::Encrypt),
    ];
    let mut world = World::of(vec![asset, backup], steps);
    world.strike("encrypt", "backup");
    assert!(
        !world.take(Measure::Correct, "a"),
        "there is nothing to put right"
    );
    world.advance(Span::HOUR);
    world.strike("alter", "a");
    assert!(!world.take(Measure::Verify, "a"));
    assert!(world.take(Measure::Correct, "a"));
    assert!(!world.is("a", AssetState::Altered) && world.take(Measure::Verify, "a"));
    let lost = |world: &World| {
        let mut events = fixture::events(&world.out).into_iter();
        events.find_map(|event| match event {
            Event::DataLost { span, .. } => Some(*span),
            _ => None,
        })
    };
    assert_eq!(lost(&world), None);
    // What is altered once more has to be put right once more.
    world.strike("alter", "a");
    let a = world.asset("a");
    assert!(!world.assets.in_effect(Measure::Correct, a));
    assert!(!world.is("a", AssetState::Verified));
    assert!(world.take(Measure::Correct, "a"));
    // Data that is damaged later is lost back to the last copy from then, not from when it was altered.
    world.advance(Span::hours(2));
    world.strike("encrypt", "a");
    assert!(world.take(Measure::Rebuild, "a"));
    assert_eq!(lost(&world), Some(Span::hours(12)));
}

#[test]
fn an_account_that_is_closed_leads_nowhere_until_it_gets_new_credentials() {
    for closing in [Measure::DisableAccount, Measure::Revoke] {
        let account = fixture::asset("account", AssetKind::Account);
        let mut world = World::of(
            vec![account, server("db")],
            vec![fixture::step("enter", Effect::Compromise)],
        );
        world.strike("enter", "account");
        let reached = |world: &World| world.assets.reachable(world.asset("db"));
        assert!(reached(&world));
        assert!(world.take(closing, "account"));
        assert!(!reached(&world), "{closing}");
        let account = world.asset("account");
        assert!(!world.assets.is_open(account) && world.assets.contained(account));
        assert!(world.take(Measure::RotateCredentials, "account"));
        assert!(world.assets.is_open(account));
        // Accounts that are closed on a server do not cut the server off.
        assert!(world.take(closing, "db"));
        assert!(world.assets.is_open(world.asset("db")));
    }
}
