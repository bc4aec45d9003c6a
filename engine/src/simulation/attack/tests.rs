//! Who is attacked, when, and what stops it.

mod prospect;

use super::{Attack, delay_over, effect_due, open, start};
use crate::exercise::{
    Asset, AssetId, AssetKind, BasisPoints, Condition, Effect, ExerciseTime, IncidentId, Instance,
    Law, Measure, Organisation, Parts, Pick, Scenario, Selector, Span, Step, StepId, TaskId,
};
use crate::record::{Actor, Event, StepOutcome};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::assets::{Assets, Taking, struck, take};
use crate::simulation::fixture;
use crate::simulation::out::Out;
use crate::simulation::scene::{Scene, Stage};

/// An attack that is played alone.
struct Play {
    attack: Attack,
    assets: Assets,
    agenda: Agenda,
    out: Out,
    now: ExerciseTime,
    run: u64,
}

impl Play {
    fn new(stage: &Stage, run: u64) -> Self {
        let (agenda, out) = fixture::agenda_and_out(stage);
        let now = stage.exercise.parts().onset;
        let (mut attack, mut assets) = (Attack::default(), Assets::default());
        let scene = fixture::scene_of_run(stage, now, run);
        attack.reset(scene);
        assets.reset(scene);
        let mut play = Self {
            attack,
            assets,
            agenda,
            out,
            now,
            run,
        };
        open(&mut play.attack, &mut play.agenda, scene);
        play.settle(scene, &mut |_| true);
        play
    }

    fn settle(&mut self, scene: Scene, holds: &mut dyn FnMut(&Condition) -> bool) {
        loop {
            while let Some(entry) = self.out.next_entry() {
                if let Event::StepTookEffect { step, asset, .. } = entry.event {
                    let (assets, agenda, out) = (&mut self.assets, &mut self.agenda, &mut self.out);
                    struck(assets, agenda, out, scene, step, asset, entry.number);
                }
            }
            let ready = self
                .attack
                .startable(scene, &mut |condition, _| holds(condition));
            if ready.is_empty() {
                return;
            }
            for step in ready {
                let (assets, agenda) = (&self.assets, &mut self.agenda);
                start(&mut self.attack, assets, agenda, &mut self.out, scene, step);
            }
        }
    }

    fn run_until(
        &mut self,
        stage: &Stage,
        until: ExerciseTime,
        holds: &mut dyn FnMut(&Condition) -> bool,
    ) {
        while let Some(at) = self.agenda.next_time().filter(|at| *at <= until) {
            self.now = at;
            self.out.advance(at);
            let scene = fixture::scene_of_run(stage, at, self.run);
            while let Some(due) = self.agenda.take(at) {
                match due.rank {
                    Rank::StepDelay => delay_over(&mut self.attack, &mut self.out, scene, due.slot),
                    Rank::StepEffect => {
                        let (assets, out) = (&self.assets, &mut self.out);
                        effect_due(&mut self.attack, assets, out, scene, due.slot);
                    }
                    _ => {}
                }
            }
            self.settle(scene, holds);
        }
        self.now = until;
        self.out.advance(until);
    }

    fn finish(&mut self, stage: &Stage) {
        self.run_until(stage, ExerciseTime::NEVER, &mut |_| true);
    }

    fn take(&mut self, stage: &Stage, measure: Measure, asset: &str) {
        let taking = Taking {
            role: crate::exercise::RoleId::new(0),
            instance: Instance {
                task: TaskId::new(0),
                incident: IncidentId::new(0),
                ordinal: 1,
            },
            measure,
            asset: fixture::id(stage, asset),
            actor: Actor::Rules {},
            cause: None,
        };
        let scene = fixture::scene_of_run(stage, self.now, self.run);
        take(&mut self.assets, &mut self.out, scene, taking);
    }

    fn can_harm(&self, stage: &Stage) -> bool {
        let scene = fixture::scene_of_run(stage, self.now, self.run);
        let incident = IncidentId::new(0);
        self.attack
            .can_still_harm(&self.assets, scene, incident, &mut |_| true)
    }

    fn outcomes(&self) -> Vec<(usize, StepOutcome)> {
        let ended = fixture::events(&self.out).into_iter();
        ended
            .filter_map(|event| match event {
                Event::StepEnded { step, outcome } => Some((step.index(), *outcome)),
                _ => None,
            })
            .collect()
    }
}

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

fn server(name: &str) -> Asset {
    fixture::asset(name, AssetKind::FileServer)
}

/// Getting in over remote access, then encrypting every server that is reached.
fn ransomware() -> Parts {
    let enter = Step {
        pick: Pick::One,
        targets: Selector::Kind(AssetKind::RemoteAccess),
        ..fixture::step("a-enter", Effect::Compromise)
    };
    let encrypt = Step {
        after: vec![StepId::new(0)],
        targets: Selector::Kind(AssetKind::FileServer),
        stopped_by: vec![Measure::Isolate, Measure::Evict],
        ..fixture::step("b-encrypt", Effect::Encrypt)
    };
    let entry = fixture::asset("entry", AssetKind::RemoteAccess);
    parts(
        vec![entry, server("files"), server("mail")],
        vec![enter, encrypt],
    )
}

const NOON: ExerciseTime = ExerciseTime(Span::minutes(90).0);

#[test]
fn an_attack_that_nobody_stops_runs_through() {
    let stage = fixture::stage(ransomware());
    let mut play = Play::new(&stage, 0);
    assert!(play.can_harm(&stage));
    play.finish(&stage);
    assert_eq!(
        play.outcomes(),
        [(0, StepOutcome::TookEffect), (1, StepOutcome::TookEffect)]
    );
    assert_eq!(
        play.attack.affected_by(StepId::new(1)),
        [AssetId::new(1), AssetId::new(2)]
    );
    assert_eq!(
        play.attack.first_effect(StepId::new(1)),
        Some(ExerciseTime(Span::hours(2).0))
    );
    assert!(!play.can_harm(&stage));
    let causes = play
        .out
        .entries()
        .iter()
        .all(|entry| entry.cause.is_none_or(|cause| cause < entry.number));
    assert!(causes);
}

#[test]
fn a_measure_stops_a_step_on_the_target_or_on_every_source() {
    for (measure, on, stopped) in [
        (Measure::Isolate, "files", 1),
        (Measure::Isolate, "entry", 2),
        (Measure::Evict, "entry", 2),
        (Measure::Shutdown, "entry", 0),
    ] {
        let stage = fixture::stage(ransomware());
        let mut play = Play::new(&stage, 0);
        play.run_until(&stage, NOON, &mut |_| true);
        play.take(&stage, measure, on);
        assert_eq!(play.can_harm(&stage), stopped < 2, "{measure} on {on}");
        play.finish(&stage);
        let stops = fixture::events(&play.out)
            .into_iter()
            .filter(|event| matches!(event, Event::StepStopped { by, .. } if *by == measure));
        assert_eq!(stops.count(), stopped, "{measure} on {on}");
    }
}

#[test]
fn a_step_without_reach_ends_and_what_waits_for_it_is_called_off() {
    let mut parts = ransomware();
    parts.scenario.steps.push(Step {
        after: vec![StepId::new(1)],
        ..fixture::step("c-boast", Effect::Expose)
    });
    parts.organisation.network = Some(vec![]);
    let stage = fixture::stage(parts);
    let mut play = Play::new(&stage, 0);
    play.finish(&stage);
    let expected = [
        (0, StepOutcome::TookEffect),
        (1, StepOutcome::NoTarget),
        (2, StepOutcome::Called),
    ];
    assert_eq!(play.outcomes(), expected);
}

#[test]
fn a_step_of_an_attack_that_gains_no_foothold_needs_no_path() {
    let again = Step {
        after: vec![StepId::new(0)],
        ..fixture::step("b-again", Effect::Disrupt)
    };
    let mut parts = parts(
        vec![server("shop")],
        vec![fixture::step("a-flood", Effect::Disrupt), again],
    );
    parts.organisation.network = Some(vec![]);
    let stage = fixture::stage(parts);
    let mut play = Play::new(&stage, 0);
    play.finish(&stage);
    assert_eq!(
        play.outcomes(),
        [(0, StepOutcome::TookEffect), (1, StepOutcome::TookEffect)]
    );
}

#[test]
fn one_of_several_predecessors_is_enough_where_the_step_says_so() {
    let never = Step {
        chance: BasisPoints::ZERO,
        ..fixture::step("a-never", Effect::Compromise)
    };
    let late = Step {
        takes: Law::Fixed(Span::hours(3)),
        ..fixture::step("b-late", Effect::Compromise)
    };
    let any = Step {
        after_any: vec![StepId::new(0), StepId::new(1)],
        ..fixture::step("c-any", Effect::Encrypt)
    };
    let all = Step {
        after: vec![StepId::new(0), StepId::new(1)],
        ..fixture::step("d-all", Effect::Encrypt)
    };
    let stage = fixture::stage(parts(vec![server("a")], vec![never, late, any, all]));
    let mut play = Play::new(&stage, 0);
    play.finish(&stage);
    let expected = [
        (0, StepOutcome::Stopped),
        (3, StepOutcome::Called),
        (1, StepOutcome::TookEffect),
        (2, StepOutcome::TookEffect),
    ];
    assert_eq!(play.outcomes(), expected);
}

#[test]
fn a_step_starts_no_earlier_than_its_time_and_only_while_its_condition_holds() {
    let nothing = || Condition::All(vec![]);
    let step = Step {
        at: Some(ExerciseTime(Span::HOUR.0)),
        when: Some(nothing()),
        delay: Some(Law::Fixed(Span::minutes(10))),
        ..fixture::step("encrypt", Effect::Encrypt)
    };
    let stage = fixture::stage(parts(vec![server("a")], vec![step]));
    let mut play = Play::new(&stage, 0);
    // The condition holds when the step is first due, no longer when its delay is over.
    let mut asked = 0;
    play.run_until(&stage, ExerciseTime(Span::hours(2).0), &mut |_| {
        asked += 1;
        asked <= 1
    });
    assert!(play.outcomes().is_empty());
    assert_eq!(play.attack.took_effect(StepId::new(0)), None);
    let scene = fixture::scene(&stage, play.now);
    play.settle(scene, &mut |_| true);
    play.finish(&stage);
    let started = Span::hours(2) + Span::minutes(10);
    let took = play.attack.first_effect(StepId::new(0)).unwrap();
    assert_eq!(took, ExerciseTime((started + Span::HOUR).0));
}

#[test]
fn each_candidate_is_picked_as_often_as_any_other() {
    let names = ["a", "b", "c", "d"];
    let two = Step {
        pick: Pick::AtMost(2),
        ..fixture::step("spread", Effect::Compromise)
    };
    let stage = fixture::stage(parts(names.map(server).to_vec(), vec![two.clone()]));
    let fewer = fixture::stage(parts(
        names[..3].iter().map(|n| server(n)).collect(),
        vec![two],
    ));
    let runs = 2_000;
    let mut picked = [0; 4];
    for run in 0..runs {
        let mut play = Play::new(&stage, run);
        play.finish(&stage);
        let of_four = play.attack.affected_by(StepId::new(0)).to_vec();
        assert_eq!(of_four.len(), 2);
        for asset in &of_four {
            picked[asset.index()] += 1;
        }
        let mut play = Play::new(&fewer, run);
        play.finish(&fewer);
        let of_three = play.attack.affected_by(StepId::new(0));
        let won = of_four.contains(&AssetId::new(3));
        assert_eq!(
            of_three == of_four,
            !won,
            "a candidate changes the choice only if it wins"
        );
    }
    // Two of four: each in half of the runs, with a standard deviation of 22.
    for count in picked {
        assert!((900..=1_100).contains(&count), "{picked:?}");
    }
}

#[test]
fn draws_of_one_target_do_not_depend_on_the_others() {
    let of = |names: &[&str]| {
        let spread = Step {
            takes: Law::Range {
                low: Span::minutes(5),
                high: Span::hours(5),
            },
            ..fixture::step("spread", Effect::Compromise)
        };
        let stage = fixture::stage(parts(
            names.iter().map(|n| server(n)).collect(),
            vec![spread],
        ));
        let mut play = Play::new(&stage, 3);
        play.finish(&stage);
        let zed: AssetId = fixture::id(&stage, "zed");
        let at = |entry: &crate::record::Entry| match entry.event {
            Event::StepTookEffect { asset, .. } if asset == zed => Some(entry.at),
            _ => None,
        };
        play.out.entries().iter().find_map(at).unwrap()
    };
    assert_eq!(of(&["zed"]), of(&["alpha", "beta", "zed"]));
}

#[test]
fn isolating_a_fixed_set_earlier_leaves_a_subset_compromised() {
    let names = ["a", "b", "c", "d", "e"];
    let random = |subject: u64, n: u64| {
        let dice = crate::simulation::draw::Dice::new(8, 8);
        let subject = crate::simulation::draw::Subject(subject);
        dice.part(subject, crate::simulation::draw::Purpose::Choice, 0, n)
    };
    let spread = |name: &str, after: usize| Step {
        after: vec![StepId::new(after)],
        takes: Law::About(Span::HOUR),
        stopped_by: vec![Measure::Isolate],
        ..fixture::step(name, Effect::Compromise)
    };
    for case in 0..40 {
        let mut assets = vec![fixture::asset("a-entry", AssetKind::RemoteAccess)];
        assets.extend(names.map(|name| server(&format!("s-{name}"))));
        let enter = Step {
            targets: Selector::Kind(AssetKind::RemoteAccess),
            ..fixture::step("a-enter", Effect::Compromise)
        };
        let mut parts = parts(
            assets,
            vec![enter, spread("b", 0), spread("c", 1), spread("d", 2)],
        );
        let pairs = (0..6_usize).flat_map(|i| (i + 1..6).map(move |j| (i, j)));
        let linked = |(i, j): &(usize, usize)| random(case * 100 + (i * 6 + j) as u64, 2) == 0;
        let links = pairs.filter(linked);
        let links = links.map(|(i, j)| (AssetId::new(i), AssetId::new(j)));
        parts.organisation.network = Some(links.collect());
        let stage = fixture::stage(parts);
        let compromised = |after: Span| {
            let mut play = Play::new(&stage, case);
            play.run_until(&stage, ExerciseTime(after.0), &mut |_| true);
            for name in names.iter().filter(|name| name.as_bytes()[0] % 2 == 0) {
                play.take(&stage, Measure::Isolate, &format!("s-{name}"));
            }
            play.finish(&stage);
            let footholds: Vec<AssetId> = play.assets.footholds(IncidentId::new(0)).collect();
            footholds
        };
        let earlier = compromised(Span::minutes(30));
        for hours in 1..6 {
            let later = compromised(Span::hours(hours));
            assert!(
                earlier.iter().all(|asset| later.contains(asset)),
                "case {case}"
            );
        }
    }
}
