//! Who sees what, when, and how often.

mod blind;

use super::{Monitoring, false_alarm_due, look, open, outage_began, outage_due, sighting_due};
use crate::documented::{holds, row, span};
use crate::exercise::{
    Asset, AssetId, AssetKind, BasisPoints, Effect, ExerciseTime, Law, Organisation, Parts,
    Scenario, Schedule, Sight, Source, SourceId, SourceKind, Span, StaffGroup, Step, StepId,
    WeeklyHours,
};
use crate::record::Event;
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::assets::{Assets, struck};
use crate::simulation::fixture;
use crate::simulation::out::Out;
use crate::simulation::scene::Stage;

struct Play {
    monitoring: Monitoring,
    assets: Assets,
    agenda: Agenda,
    out: Out,
    told: Vec<(ExerciseTime, AssetId)>,
}

impl Play {
    fn new(stage: &Stage, run: u64) -> Self {
        let (agenda, out) = fixture::agenda_and_out(stage);
        let (mut monitoring, mut assets) = (Monitoring::default(), Assets::default());
        let onset = stage.exercise.parts().onset;
        let scene = fixture::scene_of_run(stage, onset, run);
        monitoring.reset(scene);
        assets.reset(scene);
        let mut play = Self {
            monitoring,
            assets,
            agenda,
            out,
            told: Vec::new(),
        };
        open(&mut play.monitoring, &mut play.agenda, scene);
        play
    }

    /// The first step takes effect on an asset at an instant.
    fn strike(&mut self, stage: &Stage, run: u64, at: ExerciseTime, asset: usize) {
        let scene = fixture::scene_of_run(stage, at, run);
        self.out.advance(at);
        let (step, asset) = (StepId::new(0), AssetId::new(asset));
        let agenda = &mut self.agenda;
        struck(
            &mut self.assets,
            agenda,
            &mut self.out,
            scene,
            step,
            asset,
            0,
        );
        let down: Vec<AssetId> = std::iter::from_fn(|| self.out.next_entry())
            .filter_map(|entry| match entry.event {
                Event::AssetChanged {
                    asset,
                    state: crate::exercise::AssetState::OutOfService,
                    on: true,
                    ..
                } => Some(asset),
                _ => None,
            })
            .collect();
        for asset in down {
            outage_began(&self.assets, agenda, scene, asset);
        }
        look(
            &mut self.monitoring,
            &self.assets,
            agenda,
            scene,
            (step, asset),
            0,
        );
    }

    fn run_until(&mut self, stage: &Stage, run: u64, until: ExerciseTime) {
        while let Some(at) = self.agenda.next_time().filter(|at| *at <= until) {
            self.out.advance(at);
            let scene = fixture::scene_of_run(stage, at, run);
            while let Some(due) = self.agenda.take(at) {
                let (monitoring, assets, out) = (&mut self.monitoring, &self.assets, &mut self.out);
                match due.rank {
                    Rank::Sighting => sighting_due(monitoring, assets, out, scene, due.slot),
                    Rank::FalseAlarm => {
                        let agenda = &mut self.agenda;
                        false_alarm_due(monitoring, assets, agenda, out, scene, due.slot);
                    }
                    Rank::Outage => {
                        self.told
                            .extend(outage_due(assets, due.slot).map(|asset| (at, asset)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// When the first signal or report came.
    fn first_seen(&self) -> Option<ExerciseTime> {
        let seen = |event: &Event| {
            matches!(
                event,
                Event::SignalRaised { .. } | Event::StaffReported { .. }
            )
        };
        let mut entries = self.out.entries().iter();
        entries
            .find(|entry| seen(&entry.event))
            .map(|entry| entry.at)
    }
}

fn parts(assets: Vec<Asset>, sources: Vec<Source>, groups: Vec<StaffGroup>, step: Step) -> Parts {
    Parts {
        organisation: Organisation {
            groups,
            assets,
            sources,
            ..fixture::organisation()
        },
        scenario: Scenario {
            steps: vec![step],
            ..fixture::scenario()
        },
        ..fixture::parts()
    }
}

fn server(name: &str) -> Asset {
    fixture::asset(name, AssetKind::FileServer)
}

/// What comes of the first step's effect on the first asset, a minute into run 0.
fn seen(assets: Vec<Asset>, sources: Vec<Source>, step: Step) -> Option<ExerciseTime> {
    let stage = fixture::stage(parts(assets, sources, vec![], step));
    let mut play = Play::new(&stage, 0);
    play.strike(&stage, 0, ExerciseTime(Span::MINUTE.0), 0);
    play.run_until(&stage, 0, ExerciseTime(Span::days(9).0));
    play.first_seen()
}

fn siem(sights: Vec<Sight>) -> Source {
    Source {
        sees: sights,
        ..fixture::source("siem", SourceKind::Siem)
    }
}

fn encrypt() -> Step {
    fixture::step("encrypt", Effect::Encrypt)
}

#[test]
fn a_source_sees_what_its_sights_cover() {
    let after_two = Some(ExerciseTime(Span::minutes(2).0));
    let technique = |known: &str| Sight {
        techniques: vec![known.to_owned()],
        ..fixture::sight()
    };
    let sub = || Step {
        technique: "T1021.002".to_owned(),
        ..encrypt()
    };
    let cases = [
        (fixture::sight(), encrypt(), true),
        (technique("T1486"), encrypt(), true),
        (technique("T1021"), sub(), true),
        (technique("T1021.002"), sub(), true),
        (technique("T1021.001"), sub(), false),
        (technique("T102"), sub(), false),
        (
            Sight {
                kinds: vec![AssetKind::Database],
                ..fixture::sight()
            },
            encrypt(),
            false,
        ),
        (
            Sight {
                kinds: vec![AssetKind::FileServer],
                ..fixture::sight()
            },
            encrypt(),
            true,
        ),
        (
            Sight {
                assets: vec![AssetId::new(1)],
                ..fixture::sight()
            },
            encrypt(),
            false,
        ),
        (
            Sight {
                chance: BasisPoints::ZERO,
                ..fixture::sight()
            },
            encrypt(),
            false,
        ),
    ];
    for (sight, step, sees) in cases {
        let assets = vec![server("a"), server("b")];
        let found = seen(assets, vec![siem(vec![sight.clone()])], step);
        assert_eq!(found, after_two.filter(|_| sees), "{sight:?}");
    }
}

#[test]
fn a_source_whose_asset_does_not_serve_sees_nothing() {
    let on_victim = Source {
        runs_on: Some(AssetId::new(0)),
        ..siem(vec![fixture::sight()])
    };
    assert_eq!(
        seen(vec![server("a")], vec![on_victim.clone()], encrypt()),
        None
    );
    let quiet = fixture::step("enter", Effect::Compromise);
    assert!(seen(vec![server("a")], vec![on_victim], quiet).is_some());
}

#[test]
fn a_periodic_source_sees_at_its_next_look() {
    let weekly = Source {
        schedule: Some(Schedule {
            first: ExerciseTime(0),
            every: Span::days(7),
        }),
        ..siem(vec![fixture::sight()])
    };
    let expected = Span::days(7) + Span::MINUTE;
    assert_eq!(
        seen(vec![server("a")], vec![weekly], encrypt()),
        Some(ExerciseTime(expected.0))
    );
}

#[test]
fn visibility_and_threat_intelligence_change_how_often_something_is_seen() {
    let half = Sight {
        chance: BasisPoints(5_000),
        ..fixture::sight()
    };
    let intelligence = Source {
        sees: vec![],
        raises: BasisPoints(2_000),
        ..fixture::source("ti", SourceKind::ThreatIntelligence)
    };
    let share = |sources: Vec<Source>, visibility: u32| {
        let step = Step {
            visibility,
            ..encrypt()
        };
        let stage = fixture::stage(parts(vec![server("a")], sources, vec![], step));
        let times = |run| {
            let mut play = Play::new(&stage, run);
            play.strike(&stage, run, ExerciseTime(1), 0);
            play.run_until(&stage, run, ExerciseTime(Span::HOUR.0));
            u32::from(play.first_seen().is_some())
        };
        (0..1_000).map(times).sum::<u32>()
    };
    let plain = share(vec![siem(vec![half.clone()])], 1_000);
    let hidden = share(vec![siem(vec![half.clone()])], 500);
    let raised = share(vec![siem(vec![half]), intelligence], 1_000);
    // Standard deviations of about 16: five of them on either side.
    assert!((420..=580).contains(&plain), "{plain}");
    assert!((180..=320).contains(&hidden), "{hidden}");
    assert!((630..=770).contains(&raised), "{raised}");
}

#[test]
fn false_alarms_come_from_the_onset_on_and_stop_while_the_source_is_blind() {
    let noisy = Source {
        false_alarms: Some(Law::Fixed(Span::HOUR)),
        runs_on: Some(AssetId::new(0)),
        ..siem(vec![])
    };
    let mut parts = parts(vec![server("a")], vec![noisy], vec![], encrypt());
    parts.onset = ExerciseTime(-Span::hours(3).0);
    let stage = fixture::stage(parts);
    let mut play = Play::new(&stage, 0);
    play.run_until(&stage, 0, ExerciseTime(0));
    assert_eq!(play.monitoring.false_alarms(SourceId::new(0)), 3);
    play.strike(&stage, 0, ExerciseTime(1), 0);
    play.run_until(&stage, 0, ExerciseTime(Span::hours(5).0));
    let raised = fixture::events(&play.out);
    let raised = raised
        .iter()
        .filter(|event| matches!(event, Event::FalseAlarmRaised { .. }));
    assert_eq!(raised.count(), 3);
}

#[test]
fn staff_report_an_outage_of_what_they_use_when_they_are_at_work() {
    let office = StaffGroup {
        hours: fixture::office_hours(),
        uses: vec![AssetId::new(1)],
        // Certain for many, and next to nothing for the one who happens to be about at night.
        reports: BasisPoints(100),
        size: 5_000,
        ..fixture::group("office")
    };
    let web = Asset {
        depends_on: vec![AssetId::new(0)],
        ..server("web")
    };
    let stage = fixture::stage(parts(
        vec![server("db"), web],
        vec![],
        vec![office],
        encrypt(),
    ));
    // STARTEX is nine on a Tuesday: an hour later they are there, twelve hours later they are not.
    for (struck, reported) in [
        (Span::HOUR, Span::HOUR + Span::MINUTE),
        (Span::hours(12), Span::DAY + Span::MINUTE),
    ] {
        let mut play = Play::new(&stage, 0);
        play.strike(&stage, 0, ExerciseTime(struck.0), 0);
        play.run_until(&stage, 0, ExerciseTime(Span::days(3).0));
        assert_eq!(play.first_seen(), Some(ExerciseTime(reported.0)));
    }
}

#[test]
fn staff_do_not_see_what_still_serves() {
    let users = StaffGroup {
        uses: vec![AssetId::new(0)],
        ..fixture::group("users")
    };
    let quiet = fixture::step("enter", Effect::Compromise);
    let stage = fixture::stage(parts(vec![server("db")], vec![], vec![users], quiet));
    let mut play = Play::new(&stage, 0);
    play.strike(&stage, 0, ExerciseTime(1), 0);
    play.run_until(&stage, 0, ExerciseTime(Span::days(3).0));
    assert_eq!(play.first_seen(), None);
}

#[test]
fn an_owner_learns_of_an_outage_by_the_monitor_or_on_duty_or_on_call() {
    let monitor = Source {
        sees: vec![Sight {
            kinds: vec![AssetKind::FileServer],
            after: Law::Fixed(Span::minutes(4)),
            ..fixture::sight()
        }],
        ..fixture::source("uptime", SourceKind::AvailabilityMonitor)
    };
    let told_if = |sources: Vec<Source>, at: Span, hours: WeeklyHours, on_call: WeeklyHours| {
        let mut parts = parts(vec![server("a")], sources, vec![], encrypt());
        let owner = &mut parts.organisation.people[0];
        (owner.shift, owner.on_call) = (hours, on_call);
        let stage = fixture::stage(parts);
        let mut play = Play::new(&stage, 0);
        play.strike(&stage, 0, ExerciseTime(at.0), 0);
        play.run_until(&stage, 0, ExerciseTime(Span::days(5).0));
        let told: Vec<Span> = play.told.iter().map(|(at, _)| Span(at.0)).collect();
        told
    };
    let told = |sources, at, hours| told_if(sources, at, hours, WeeklyHours::default());
    let office = fixture::office_hours;
    let night = Span::hours(12);
    let on_call = told_if(vec![], night, office(), WeeklyHours::always());
    assert_eq!(on_call, [night + Span::minutes(30)]);
    assert_eq!(
        told(vec![monitor], night, office()),
        [night + Span::minutes(4)]
    );
    assert_eq!(
        told(vec![], Span::HOUR, office()),
        [Span::HOUR + Span::minutes(30)]
    );
    assert_eq!(told(vec![], night, office()), [Span::DAY]);
    assert_eq!(
        told(vec![], night, WeeklyHours::always()),
        [night + Span::minutes(30)]
    );
}

#[test]
fn when_an_owner_hears_of_an_outage_that_no_monitor_sees_is_documented() {
    let told = row(
        "told, on duty or on call, after",
        span(super::TOLD_IN_HOURS.0),
    );
    holds("outage without a monitor", &[told]);
}
