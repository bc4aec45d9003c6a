//! States that stand for themselves, and where no path leads.

use super::{INCIDENT, World, parts, server};
use crate::exercise::{Asset, AssetId, AssetKind, AssetState, Effect, Measure};
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
fn what_was_verified_stays_so_when_something_else_takes_it_down_and_not_when_it_goes_down_itself() {
    let web = Asset {
        depends_on: vec![AssetId::new(0)],
        ..server("web")
    };
    let mut world = World::of(vec![server("db"), web], vec![]);
    assert!(world.take(Measure::Verify, "web"));
    assert!(world.take(Measure::Isolate, "db"));
    assert!(!world.serves("web") && world.is("web", AssetState::Verified));
    assert!(world.take(Measure::Verify, "db"));
    assert!(world.serves("web") && world.is("web", AssetState::Verified));
    // It is cut off itself, once while it serves and once while it is down anyway.
    for first in [None, Some("db")] {
        if let Some(below) = first {
            assert!(world.take(Measure::Shutdown, below));
        }
        assert!(world.take(Measure::Isolate, "web"));
        assert!(!world.is("web", AssetState::Verified));
        world.take(Measure::Reconnect, "db");
        assert!(world.take(Measure::Verify, "web"));
    }
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
        let reach = world.assets.within_reach(INCIDENT());
        let reached = (0..4).map(|asset| reach.leads_to(AssetId::new(asset)));
        let reached: Vec<bool> = reached.collect();
        assert_eq!(reached, [true, true, false, false], "drawn: {drawn}");
    }
}

/// The words of a name, in order.
fn words(name: &str) -> Vec<String> {
    let apart: String = name
        .chars()
        .flat_map(|c| c.is_uppercase().then_some(' ').into_iter().chain([c]))
        .collect();
    let mut words: Vec<String> = apart.split_whitespace().map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}

#[test]
fn each_kind_of_asset_holds_the_evidence_of_the_table() {
    let page = include_str!("../../../../../docs/semantics.md");
    let table = page
        .split("| kind | items |\n")
        .nth(1)
        .expect("the table is written");
    let rows: Vec<(&str, &str)> = table
        .lines()
        .skip(1)
        .map_while(|line| {
            line.trim_matches(|c| c == '|' || c == ' ')
                .split_once(" | ")
        })
        .collect();
    assert_eq!(rows.len(), 7);
    for kind in AssetKind::ALL {
        let of_kind = |(kinds, _): &&(&str, &str)| {
            let mut kinds = kinds.split(", ");
            kinds.any(|one| words(one) == words(kind.name()))
        };
        let exception = rows.iter().find(of_kind).map(|(_, items)| *items);
        let listed = exception.unwrap_or("memory, disk, logs");
        let mut expected: Vec<Vec<String>> = listed
            .split(", ")
            .filter(|item| *item != "none")
            .map(words)
            .collect();
        let mut items: Vec<Vec<String>> = crate::simulation::evidence_items(*kind)
            .iter()
            .map(|item| words(item.name()))
            .collect();
        expected.sort_unstable();
        items.sort_unstable();
        assert_eq!(items, expected, "{kind}");
    }
}
