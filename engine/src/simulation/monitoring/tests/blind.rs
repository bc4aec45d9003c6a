//! What a source cannot see, and what is not its to see.

use super::{Play, encrypt, parts, server, siem};
use crate::exercise::{
    Asset, AssetId, BasisPoints, ExerciseTime, Law, Measure, Parts, Sight, Source, SourceKind,
    Span, StaffGroup, TaskId,
};
use crate::record::{Actor, Event};
use crate::simulation::assets::{Taking, take};
use crate::simulation::fixture;
use crate::simulation::scene::Stage;

impl Play {
    /// A measure brings an asset back.
    fn restore(&mut self, stage: &Stage, at: Span, asset: usize) {
        let now = ExerciseTime(at.0);
        self.out.advance(now);
        let taking = Taking {
            role: crate::exercise::RoleId::new(0),
            instance: crate::exercise::Instance {
                task: TaskId::new(0),
                incident: crate::exercise::IncidentId::new(0),
                ordinal: 1,
            },
            measure: Measure::Rebuild,
            asset: AssetId::new(asset),
            actor: Actor::Rules {},
            cause: None,
        };
        let scene = fixture::scene(stage, now);
        assert!(take(&mut self.assets, &mut self.out, scene, taking));
    }

    fn signals(&self) -> usize {
        let events = fixture::events(&self.out).into_iter();
        let raised = events.filter(|event| matches!(event, Event::SignalRaised { .. }));
        raised.count()
    }
}

/// A source on `host` that sees an hour late what happens to `db`, and nothing else.
fn watched() -> Parts {
    let source = Source {
        runs_on: Some(AssetId::new(1)),
        ..siem(vec![Sight {
            assets: vec![AssetId::new(0)],
            after: Law::Fixed(Span::HOUR),
            ..fixture::sight()
        }])
    };
    parts(
        vec![server("db"), server("host")],
        vec![source],
        vec![],
        encrypt(),
    )
}

/// How many signals come of the database struck at one hour, if the host is down from and until.
fn signals(down: Option<(Span, Span)>) -> usize {
    let stage = fixture::stage(watched());
    let mut play = Play::new(&stage, 0);
    let strikes = |play: &mut Play, at: Span, asset| {
        play.strike(&stage, 0, ExerciseTime(at.0), asset);
    };
    let before = down.filter(|(from, _)| *from < Span::HOUR);
    if let Some((from, _)) = before {
        strikes(&mut play, from, 1);
    }
    strikes(&mut play, Span::HOUR, 0);
    if let Some((from, until)) = down {
        if before.is_none() {
            strikes(&mut play, from, 1);
        }
        play.restore(&stage, until, 1);
    }
    play.run_until(&stage, 0, ExerciseTime(Span::days(1).0));
    play.signals()
}

#[test]
fn a_source_that_is_down_when_something_happens_never_sees_it() {
    assert_eq!(signals(None), 1);
    let back_before_it_would_tell = Some((Span::minutes(30), Span::minutes(90)));
    assert_eq!(signals(back_before_it_would_tell), 0);
}

#[test]
fn a_source_that_is_down_when_it_would_tell_tells_nothing() {
    let back_before = Some((Span::minutes(70), Span::minutes(110)));
    assert_eq!(signals(back_before), 1);
    let stage = fixture::stage(watched());
    let mut play = Play::new(&stage, 0);
    for (at, asset) in [(Span::HOUR, 0), (Span::minutes(70), 1)] {
        play.strike(&stage, 0, ExerciseTime(at.0), asset);
    }
    play.run_until(&stage, 0, ExerciseTime(Span::days(1).0));
    assert_eq!(play.signals(), 0);
}

#[test]
fn of_several_sights_that_cover_a_step_the_best_counts() {
    let blind = Sight {
        chance: BasisPoints::ZERO,
        ..fixture::sight()
    };
    for sights in [
        vec![blind.clone(), fixture::sight()],
        vec![fixture::sight(), blind],
    ] {
        let found = super::seen(vec![server("a")], vec![siem(sights)], encrypt());
        assert!(found.is_some());
    }
}

#[test]
fn a_source_that_is_down_raises_what_no_other_sees() {
    let hardly = Sight {
        chance: BasisPoints(1),
        assets: vec![AssetId::new(0)],
        ..fixture::sight()
    };
    let intelligence = Source {
        sees: vec![],
        raises: BasisPoints(9_999),
        runs_on: Some(AssetId::new(1)),
        ..fixture::source("ti", SourceKind::ThreatIntelligence)
    };
    let sees = |down: bool| {
        let assets = vec![server("db"), server("host")];
        let sources = vec![siem(vec![hardly.clone()]), intelligence.clone()];
        let stage = fixture::stage(parts(assets, sources, vec![], encrypt()));
        let mut play = Play::new(&stage, 0);
        if down {
            play.strike(&stage, 0, ExerciseTime(1), 1);
        }
        play.strike(&stage, 0, ExerciseTime(2), 0);
        play.run_until(&stage, 0, ExerciseTime(Span::HOUR.0));
        play.signals() > 0
    };
    assert!(sees(false));
    assert!(!sees(true));
}

#[test]
fn only_a_monitor_of_availability_tells_an_owner_of_an_outage() {
    let told = |kind: SourceKind| {
        let source = Source {
            kind,
            ..siem(vec![fixture::sight()])
        };
        let stage = fixture::stage(parts(vec![server("a")], vec![source], vec![], encrypt()));
        let mut play = Play::new(&stage, 0);
        play.strike(&stage, 0, ExerciseTime(Span::HOUR.0), 0);
        play.run_until(&stage, 0, ExerciseTime(Span::DAY.0));
        Span(play.told[0].0.0) - Span::HOUR
    };
    assert_eq!(told(SourceKind::AvailabilityMonitor), Span::MINUTE);
    assert_eq!(told(SourceKind::Siem), Span::minutes(30));
}

#[test]
fn staff_report_what_a_step_took_down_and_not_what_was_down_before() {
    let users = StaffGroup {
        uses: vec![AssetId::new(0)],
        ..fixture::group("users")
    };
    let other: Asset = server("other");
    let stage = fixture::stage(parts(
        vec![server("db"), other],
        vec![],
        vec![users],
        encrypt(),
    ));
    let mut play = Play::new(&stage, 0);
    play.strike(&stage, 0, ExerciseTime(1), 0);
    play.strike(&stage, 0, ExerciseTime(2), 1);
    play.run_until(&stage, 0, ExerciseTime(Span::HOUR.0));
    let events = fixture::events(&play.out).into_iter();
    let reports = events.filter(|event| matches!(event, Event::StaffReported { .. }));
    assert_eq!(reports.count(), 1);
}
