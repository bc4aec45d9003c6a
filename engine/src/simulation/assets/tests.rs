//! What is true of assets, against brute force and by example.

mod brute_force;
mod leaving;
mod states;
mod table;
mod turning;

use super::{Assets, Taking, overrule, preserve, struck, take, undo};
use crate::exercise::{
    Asset, AssetId, AssetKind, AssetState, Effect, EvidenceItem, ExerciseTime, IncidentId,
    Instance, Measure, Money, Organisation, Parts, Scenario, Selector, Span, Step, StepId, TaskId,
};
use crate::record::{Actor, Edit, Event};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::fixture;
use crate::simulation::out::Out;
use crate::simulation::scene::Stage;

/// The assets of a run, and what a rule needs to change them.
struct World {
    stage: Stage,
    assets: Assets,
    agenda: Agenda,
    out: Out,
    now: ExerciseTime,
}

impl World {
    fn new(parts: Parts) -> Self {
        let stage = fixture::stage(parts);
        let (agenda, out) = fixture::agenda_and_out(&stage);
        let mut assets = Assets::default();
        assets.reset(fixture::scene(&stage, ExerciseTime::STARTEX));
        Self {
            stage,
            assets,
            agenda,
            out,
            now: ExerciseTime::STARTEX,
        }
    }

    /// Assets and steps, the rest as in the fixture.
    fn of(assets: Vec<Asset>, steps: Vec<Step>) -> Self {
        Self::new(parts(assets, steps))
    }

    fn asset(&self, name: &str) -> AssetId {
        fixture::id(&self.stage, name)
    }

    fn advance(&mut self, span: Span) {
        self.now = self.now + span;
        self.out.advance(self.now);
    }

    fn strike(&mut self, step: &str, asset: &str) {
        let (step, asset): (StepId, AssetId) = (fixture::id(&self.stage, step), self.asset(asset));
        let scene = fixture::scene(&self.stage, self.now);
        struck(
            &mut self.assets,
            &mut self.agenda,
            &mut self.out,
            scene,
            step,
            asset,
            0,
        );
    }

    fn take(&mut self, measure: Measure, asset: &str) -> bool {
        let taking = Taking {
            instance: work(),
            role: crate::exercise::RoleId::new(0),
            measure,
            asset: self.asset(asset),
            actor: Actor::Rules {},
            cause: None,
        };
        let scene = fixture::scene(&self.stage, self.now);
        take(&mut self.assets, &mut self.out, scene, taking)
    }

    fn is(&self, asset: &str, state: AssetState) -> bool {
        let scene = fixture::scene(&self.stage, self.now);
        self.assets.in_state(scene, self.asset(asset), state)
    }

    fn serves(&self, asset: &str) -> bool {
        self.assets.serves(self.asset(asset))
    }
}

const INCIDENT: fn() -> IncidentId = || IncidentId::new(0);

fn parts(assets: Vec<Asset>, steps: Vec<Step>) -> Parts {
    Parts {
        organisation: Organisation {
            assets,
            ..fixture::organisation()
        },
        scenario: Scenario {
            steps,
            ..fixture::scenario()
        },
        ..fixture::parts()
    }
}

fn work() -> Instance {
    Instance {
        task: TaskId::new(0),
        incident: INCIDENT(),
        ordinal: 1,
    }
}

fn server(name: &str) -> Asset {
    fixture::asset(name, AssetKind::FileServer)
}

#[test]
fn an_outage_takes_down_what_depends_on_it_and_ends_with_it() {
    let web = Asset {
        depends_on: vec![AssetId::new(0)],
        ..server("web")
    };
    let mut world = World::of(
        vec![server("db"), web],
        vec![fixture::step("flood", Effect::Disrupt)],
    );
    world.strike("flood", "db");
    assert!(!world.serves("db") && !world.serves("web"));
    let down: Vec<Option<u32>> = world
        .out
        .entries()
        .iter()
        .filter(|entry| {
            matches!(
                &entry.event,
                Event::AssetChanged {
                    state: AssetState::OutOfService,
                    on: true,
                    ..
                }
            )
        })
        .map(|entry| entry.cause)
        .collect();
    assert_eq!(
        down,
        [None, Some(1)],
        "the second outage has the first as its cause"
    );
    assert!(world.take(Measure::Restore, "db"));
    assert!(world.serves("db") && world.serves("web"));
}

#[test]
fn a_healthy_asset_that_is_isolated_goes_down_all_the_same() {
    let mut world = World::of(vec![server("db")], vec![]);
    assert!(world.take(Measure::Isolate, "db"));
    assert!(!world.serves("db"));
    assert_eq!(world.assets.affected(INCIDENT()).count(), 0);
    assert_eq!(world.assets.ever_affected(INCIDENT()).count(), 1);
    assert!(
        world.take(Measure::Verify, "db"),
        "verifying connects a clean asset again"
    );
    assert!(world.serves("db") && world.is("db", AssetState::Verified));
}

#[test]
fn a_foothold_that_was_not_evicted_comes_back_on_what_is_restored() {
    let steps = vec![
        fixture::step("break-in", Effect::Compromise),
        fixture::step("encrypt", Effect::Encrypt),
    ];
    let mut world = World::of(vec![server("a"), server("b")], steps);
    world.strike("break-in", "a");
    world.strike("break-in", "b");
    world.strike("encrypt", "a");
    assert!(world.take(Measure::Isolate, "a"));
    assert!(world.take(Measure::Evict, "a"));
    assert!(world.take(Measure::Restore, "a"));
    assert!(
        world.serves("a") && world.is("a", AssetState::Compromised),
        "b still reaches a"
    );
    assert!(!world.assets.in_effect(Measure::Evict, world.asset("a")));
    assert!(world.take(Measure::Evict, "b"));
    assert!(world.take(Measure::Evict, "a"));
    assert!(world.take(Measure::Restore, "a"));
    assert!(!world.is("a", AssetState::Compromised));
    assert!(world.take(Measure::Verify, "a"));
}

#[test]
fn a_copy_brings_its_own_foothold_back_and_a_clean_build_does_not() {
    for (measure, comes_back) in [(Measure::Restore, true), (Measure::Rebuild, false)] {
        let mut world = World::of(
            vec![server("a")],
            vec![fixture::step("in", Effect::Compromise)],
        );
        world.strike("in", "a");
        assert!(world.take(measure, "a"));
        assert_eq!(
            world.is("a", AssetState::Compromised),
            comes_back,
            "{measure}"
        );
    }
}

#[test]
fn restoring_needs_a_backup_that_holds_the_asset_and_is_whole() {
    let backup = fixture::asset("backup", AssetKind::BackupServer);
    let steps = vec![
        fixture::step("disrupt", Effect::Disrupt),
        fixture::step("encrypt", Effect::Encrypt),
    ];
    let mut world = World::of(vec![backup, server("db")], steps);
    world.strike("encrypt", "db");
    world.strike("disrupt", "backup");
    assert!(
        world.take(Measure::Restore, "db"),
        "a backup that is out, but whole, comes first"
    );
    assert!(world.serves("backup") && world.serves("db"));
    world.strike("encrypt", "db");
    world.strike("encrypt", "backup");
    assert!(!world.take(Measure::Restore, "db"));
    assert!(!world.serves("db"));
    assert!(world.take(Measure::Rebuild, "db"));
    assert!(world.serves("db"));
}

#[test]
fn damaged_data_is_lost_back_to_the_last_copy() {
    let db = Asset {
        backed_up_every: Some(Span::DAY),
        ..server("db")
    };
    let mut world = World::of(vec![db], vec![fixture::step("encrypt", Effect::Encrypt)]);
    world.advance(Span::hours(3));
    world.strike("encrypt", "db");
    world.advance(Span::DAY);
    assert!(world.take(Measure::Restore, "db"));
    // The exercise starts at nine; copies are made at midnight.
    let lost = Event::DataLost {
        asset: world.asset("db"),
        span: Span::hours(12),
    };
    assert!(fixture::events(&world.out).contains(&&lost));
    assert!(world.take(Measure::Restore, "db"));
    let times = fixture::events(&world.out)
        .iter()
        .filter(|event| ***event == lost)
        .count();
    assert_eq!(times, 1, "data that is whole is not lost");
}

#[test]
fn evidence_is_secured_once_and_lost_once() {
    let mut world = World::of(
        vec![server("a"), server("b")],
        vec![fixture::step("in", Effect::Compromise)],
    );
    world.strike("in", "a");
    world.strike("in", "b");
    let a = world.asset("a");
    let actor = || (Actor::Rules {}, None);
    let memory = Some(EvidenceItem::Memory);
    assert!(preserve(
        &mut world.assets,
        &mut world.out,
        (work(), crate::exercise::RoleId::new(0)),
        a,
        memory,
        actor()
    ));
    assert!(!preserve(
        &mut world.assets,
        &mut world.out,
        (work(), crate::exercise::RoleId::new(0)),
        a,
        memory,
        actor()
    ));
    assert!(world.take(Measure::Shutdown, "a"));
    assert!(world.take(Measure::Shutdown, "b"));
    assert!(!world.assets.is_lost(a, EvidenceItem::Memory));
    assert!(world.assets.is_lost(world.asset("b"), EvidenceItem::Memory));
    assert!(
        world.take(Measure::Preserve, "b"),
        "disk and logs are still there"
    );
    assert!(!world.take(Measure::Preserve, "b"), "now nothing is left");
}

#[test]
fn logs_expire_from_the_first_trace() {
    let kept = Asset {
        logs_kept: Some(Span::DAY),
        ..server("a")
    };
    let mut world = World::of(vec![kept], vec![fixture::step("in", Effect::Compromise)]);
    world.strike("in", "a");
    world.advance(Span::HOUR);
    world.strike("in", "a");
    let due = world.agenda.due(Rank::Expiry, 0);
    assert_eq!(due, Some(ExerciseTime(Span::DAY.0)));
    super::expired(&mut world.assets, &mut world.out, 0);
    assert!(world.assets.is_lost(world.asset("a"), EvidenceItem::Logs));
}

#[test]
fn a_load_is_taken_off_by_what_stops_its_step_and_by_nothing_else() {
    let flood = Step {
        stopped_by: vec![Measure::Filter],
        ..fixture::step("flood", Effect::Disrupt)
    };
    let mut world = World::of(vec![server("shop")], vec![flood]);
    world.strike("flood", "shop");
    assert!(world.take(Measure::Block, "shop"));
    assert!(!world.serves("shop"));
    assert!(world.take(Measure::Filter, "shop"));
    assert!(world.serves("shop"));
}

#[test]
fn money_comes_back_by_a_chance_that_falls_to_nothing() {
    let steal = Step {
        money: Money(900),
        ..fixture::step("steal", Effect::Steal)
    };
    let returned = |after: Span| {
        let bank = fixture::asset("bank", AssetKind::BankAccount);
        let stage = fixture::stage(parts(vec![bank], vec![steal.clone()]));
        let of_run = |run| {
            let (mut agenda, mut out) = fixture::agenda_and_out(&stage);
            let mut assets = Assets::default();
            let scene = fixture::scene_of_run(&stage, ExerciseTime::STARTEX, run);
            assets.reset(scene);
            let (step, asset) = (StepId::new(0), AssetId::new(0));
            struck(&mut assets, &mut agenda, &mut out, scene, step, asset, 0);
            assert_eq!(assets.money_lost(INCIDENT()), Money(900));
            let taking = Taking {
                instance: work(),
                role: crate::exercise::RoleId::new(0),
                measure: Measure::RecallPayment,
                asset,
                actor: Actor::Rules {},
                cause: None,
            };
            let scene = fixture::scene_of_run(&stage, ExerciseTime(after.0), run);
            let effect = take(&mut assets, &mut out, scene, taking);
            assert_eq!(effect, assets.money_lost(INCIDENT()) == Money(0));
            u32::from(effect)
        };
        (0..400).map(of_run).sum::<u32>()
    };
    let (at_once, late, too_late) = (
        returned(Span(1)),
        returned(Span::hours(54)),
        returned(Span::days(3)),
    );
    assert!((280..=350).contains(&at_once), "{at_once} of 400");
    assert!((50..=110).contains(&late), "{late} of 400");
    assert_eq!(too_late, 0);
}

#[test]
fn a_disabled_account_serves_again_once_its_credentials_are_rotated() {
    let account = fixture::asset("account", AssetKind::Account);
    let mut world = World::of(
        vec![account, server("db")],
        vec![fixture::step("in", Effect::Compromise)],
    );
    world.strike("in", "account");
    assert!(world.take(Measure::DisableAccount, "account"));
    assert!(!world.serves("account"));
    assert!(world.take(Measure::RotateCredentials, "account"));
    assert!(world.serves("account") && !world.is("account", AssetState::Compromised));
    assert!(world.take(Measure::DisableAccount, "db"));
    assert!(
        world.serves("db"),
        "disabling the accounts on a server does not take it down"
    );
}

#[test]
fn what_is_undone_is_lifted_everywhere() {
    let mut world = World::of(vec![server("a"), server("b")], vec![]);
    assert!(world.take(Measure::Isolate, "a") && world.take(Measure::Isolate, "b"));
    assert!(world.take(Measure::Disconnect, "b"));
    let scene = fixture::scene(&world.stage, world.now);
    undo(
        &mut world.assets,
        &mut world.out,
        scene,
        Measure::Isolate,
        (Actor::Rules {}, None),
    );
    assert!(world.serves("a"));
    assert!(!world.serves("b"), "it is still unplugged");
}

#[test]
fn the_facilitator_may_overrule_every_state_and_take_it_back() {
    for state in [
        AssetState::Compromised,
        AssetState::Encrypted,
        AssetState::Isolated,
        AssetState::Off,
        AssetState::Evicted,
        AssetState::Wiped,
        AssetState::Verified,
        AssetState::OutOfService,
    ] {
        let mut world = World::of(vec![server("a")], vec![]);
        for on in [true, false] {
            let edit = Edit {
                asset: world.asset("a"),
                state,
                on,
            };
            let scene = fixture::scene(&world.stage, world.now);
            overrule(&mut world.assets, &mut world.out, scene, edit, 0);
            assert_eq!(world.is("a", state), on, "{state:?} {on}");
        }
        assert!(world.serves("a"), "{state:?}");
    }
}

#[test]
fn records_of_one_asset_are_counted_once() {
    let db = fixture::records("db", AssetKind::Database, 1_000);
    let half = Step {
        share: crate::exercise::BasisPoints(6_000),
        ..fixture::step("leak", Effect::Exfiltrate)
    };
    let mut world = World::of(vec![db], vec![half]);
    world.strike("leak", "db");
    assert_eq!(world.assets.records_exposed(INCIDENT()), 600);
    world.strike("leak", "db");
    assert_eq!(world.assets.records_exposed(INCIDENT()), 1_000);
    assert_eq!(
        world.assets.affected(INCIDENT()).count(),
        0,
        "a theft that is over affects nothing"
    );
    assert_eq!(world.assets.ever_affected(INCIDENT()).count(), 0);
}

#[test]
fn incidents_are_told_apart_on_one_asset() {
    let mut parts = parts(vec![server("a")], vec![]);
    parts.scenario.incidents = vec![fixture::incident("first"), fixture::incident("second")];
    let of_second = Step {
        incident: IncidentId::new(1),
        ..fixture::step("other", Effect::Compromise)
    };
    parts.scenario.steps = vec![fixture::step("one", Effect::Compromise), of_second];
    let mut world = World::new(parts);
    world.strike("other", "a");
    let (first, second) = (IncidentId::new(0), IncidentId::new(1));
    assert!(!world.assets.is_affected(first, world.asset("a")));
    assert!(world.assets.is_affected(second, world.asset("a")));
    let scene = fixture::scene(&world.stage, world.now);
    let compromised = Selector::InState(AssetState::Compromised);
    let chosen = |incident| {
        world
            .assets
            .selects(scene, &compromised, AssetId::new(0), incident)
    };
    assert!(!chosen(Some(first)) && chosen(Some(second)) && chosen(None));
}
