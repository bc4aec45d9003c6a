//! From where a step is still taken, and what harm is still possible.

use super::{Play, parts, server};
use crate::exercise::{
    AssetId, Effect, ExerciseTime, Measure, Parts, Selector, Span, Step, StepId,
};
use crate::record::StepOutcome;
use crate::simulation::fixture;

const fn at(span: Span) -> ExerciseTime {
    ExerciseTime(span.0)
}

fn on(asset: usize) -> Selector {
    Selector::Asset(AssetId::new(asset))
}

/// A foothold on `a` after one hour and on `b` after two; `c` is encrypted from one to four.
fn two_footholds() -> Parts {
    let enter = Step {
        targets: on(0),
        ..fixture::step("a-enter", Effect::Compromise)
    };
    let second = Step {
        after: vec![StepId::new(0)],
        targets: on(1),
        ..fixture::step("b-second", Effect::Compromise)
    };
    let encrypt = Step {
        after: vec![StepId::new(0)],
        targets: on(2),
        takes: crate::exercise::Law::Fixed(Span::hours(3)),
        stopped_by: vec![Measure::Isolate],
        ..fixture::step("c-encrypt", Effect::Encrypt)
    };
    parts(
        vec![server("a"), server("b"), server("c")],
        vec![enter, second, encrypt],
    )
}

#[test]
fn a_step_goes_on_from_a_foothold_that_was_gained_since_it_started() {
    for (cut, outcome) in [
        (vec!["a"], StepOutcome::TookEffect),
        (vec!["a", "b"], StepOutcome::Stopped),
    ] {
        let stage = fixture::stage(two_footholds());
        let mut play = Play::new(&stage, 0);
        play.run_until(&stage, at(Span::hours(3)), &mut |_| true);
        for asset in &cut {
            play.take(&stage, Measure::Isolate, asset);
        }
        play.finish(&stage);
        assert!(play.outcomes().contains(&(2, outcome)), "{cut:?} cut off");
    }
}

/// A step, and the same kind of step on the same asset a day later.
fn twice(effect: Effect, stopped_by: Vec<Measure>) -> Parts {
    let again = Step {
        at: Some(at(Span::DAY)),
        stopped_by,
        ..fixture::step("b-again", effect)
    };
    parts(
        vec![server("files")],
        vec![fixture::step("a-first", effect), again],
    )
}

#[test]
fn what_is_done_already_is_no_harm_that_is_still_possible() {
    for (effect, harm) in [
        (Effect::Encrypt, false),
        (Effect::Compromise, false),
        (Effect::Alter, false),
        (Effect::Expose, false),
        (Effect::Disrupt, false),
        // Records can leave again, and money can be taken again.
        (Effect::Exfiltrate, true),
        (Effect::Steal, true),
    ] {
        let stage = fixture::stage(twice(effect, Vec::new()));
        let mut play = Play::new(&stage, 0);
        assert!(play.can_harm(&stage), "{effect:?} before it is done");
        play.run_until(&stage, at(Span::hours(2)), &mut |_| true);
        assert_eq!(play.can_harm(&stage), harm, "{effect:?} once it is done");
    }
}

#[test]
fn a_step_that_a_measure_stops_on_every_asset_that_it_could_choose_can_do_no_harm() {
    let stage = fixture::stage(twice(Effect::Exfiltrate, vec![Measure::Block]));
    let mut play = Play::new(&stage, 0);
    play.run_until(&stage, at(Span::hours(2)), &mut |_| true);
    assert!(play.can_harm(&stage));
    play.take(&stage, Measure::Block, "files");
    assert!(!play.can_harm(&stage));
}
