//! States that stand for themselves, and where no path leads.

use super::{INCIDENT, World, parts, server};
use crate::exercise::{AssetId, AssetKind, AssetState, Effect, Measure};
use crate::record::Edit;
use crate::simulation::assets::overrule;
use crate::simulation::fixture;

#[test]
fn an_account_whose_foothold_went_with_its_credentials_is_contained() {
    let account = fixture::asset("account", AssetKind::Account);
    let enter = fixture::step("enter", Effect::Compromise);
    let mut world = World::of(vec![account], vec![enter]);
    world.strike("enter", "account");
    let id = world.asset("account");
    assert!(!world.assets.contained(id));
    world.take(Measure::RotateCredentials, "account");
    assert!(world.is("account", AssetState::Evicted));
    assert!(!Measure::RotateCredentials.contains());
    assert!(world.assets.contained(id));
}

#[test]
fn what_the_facilitator_says_is_wiped_is_contained_without_a_measure() {
    let mut world = World::of(vec![server("a")], vec![]);
    let asset = world.asset("a");
    let scene = fixture::scene(&world.stage, world.now);
    let edit = Edit {
        asset,
        state: AssetState::Wiped,
        on: true,
    };
    overrule(&mut world.assets, &mut world.out, scene, edit, 0);
    assert!(world.assets.contained(asset));
}

#[test]
fn no_path_leads_to_an_offline_backup_nor_to_an_archive_on_paper() {
    for drawn in [false, true] {
        let assets = vec![
            fixture::asset("files", AssetKind::FileServer),
            fixture::asset("mail", AssetKind::MailServer),
            fixture::asset("paper", AssetKind::PaperArchive),
            fixture::asset("tape", AssetKind::BackupOffline),
        ];
        let mut parts = parts(assets, vec![fixture::step("enter", Effect::Compromise)]);
        let link = |to| (AssetId::new(0), AssetId::new(to));
        parts.organisation.network = drawn.then(|| vec![link(1), link(2), link(3)]);
        let mut world = World::new(parts);
        world.strike("enter", "files");
        let reached = world.assets.within_reach(INCIDENT());
        assert_eq!(reached, [true, true, false, false], "drawn: {drawn}");
    }
}
