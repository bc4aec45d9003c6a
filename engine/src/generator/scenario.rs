//! The scenario of an exercise at random.

use super::Numbers;
use crate::exercise::{
    Addressee, AssetKind, AssetState, BasisPoints, Capability, Condition, DecisionId, Effect,
    ExerciseTime, Expectation, ExpectationId, Fact, Function, IncidentId, Inject, InjectId,
    Measure, Object, Objective, Phase, Pick, Reveal, Scenario, Selector, Severity, Span, Step,
    StepId,
};
use crate::simulation::fixture;

pub(super) fn scenario(n: &mut Numbers) -> Scenario {
    let two = n.percent(30);
    let mut steps: Vec<Step> = (0..2 + n.below(4)).map(|i| step(n, i)).collect();
    let mut incidents = vec![fixture::incident("first")];
    incidents[0].severity = n.pick(&[Severity::Medium, Severity::High, Severity::Critical]);
    incidents[0].personal_data = n.percent(50);
    if two {
        incidents.push(fixture::incident("second"));
        incidents[1].real = n.percent(50);
        let other = Step {
            incident: IncidentId::new(1),
            ..step(n, 0)
        };
        steps.push(Step {
            slug: fixture::slug("z-other"),
            ..other
        });
    }
    let injects = injects(n, steps.len());
    let declare = fixture::act(Measure::Declare, Object::Incident);
    let isolate = fixture::act(Measure::Isolate, Object::Assets(Selector::Affected));
    let expectations = vec![
        Expectation {
            within: n.minutes(600),
            ..fixture::expectation("e0", declare)
        },
        Expectation {
            inject: InjectId::new(injects.len() - 1),
            within: n.minutes(600),
            ..fixture::expectation("e1", isolate)
        },
    ];
    let ends = if n.percent(75) {
        Condition::Is(Fact::PhaseCompleted(Phase::Closure))
    } else {
        Condition::Any(vec![
            Condition::Is(Fact::PhaseCompleted(Phase::Recovery)),
            Condition::Is(Fact::Elapsed(Span::days(6))),
        ])
    };
    Scenario {
        // Every other exercise waits for its injects, with no draw of its own: the others stay as they were.
        awaits_injects: injects.len().is_multiple_of(2),
        incidents,
        steps,
        injects,
        expectations,
        objectives: vec![Objective {
            critical: vec![ExpectationId::new(0)],
            supporting: vec![ExpectationId::new(1)],
            ..fixture::objective("contain", Capability::Contain)
        }],
        ends,
        ..fixture::scenario()
    }
}

fn step(n: &mut Numbers, i: usize) -> Step {
    let before: Vec<StepId> = (0..i).map(StepId::new).collect();
    let (after, after_any) = match n.below(3) {
        _ if i == 0 => (vec![], vec![]),
        0 => (n.some(&before, 30), vec![]),
        1 => (vec![], n.some(&before, 60)),
        _ => (vec![StepId::new(i - 1)], vec![]),
    };
    let effects = [
        Effect::Compromise,
        Effect::Compromise,
        Effect::Encrypt,
        Effect::Exfiltrate,
        Effect::Disrupt,
        Effect::Alter,
    ];
    let targets = [
        Selector::Everything,
        Selector::Kind(AssetKind::FileServer),
        Selector::Kind(AssetKind::Database),
        Selector::InState(AssetState::Compromised),
    ];
    let stops = [Measure::Isolate, Measure::Harden, Measure::Evict];
    let mut stopped_by = n.some(&stops, 50);
    stopped_by.sort_unstable();
    Step {
        after,
        after_any,
        at: n.percent(20).then(|| ExerciseTime(n.minutes(300).0)),
        delay: n.percent(20).then(|| n.law(300)),
        takes: n.law(2_000),
        pick: n.pick(&[Pick::One, Pick::AtMost(2), Pick::Each]),
        targets: if i == 0 {
            Selector::Everything
        } else {
            n.pick(&targets)
        },
        unless: n.percent(15).then_some(Condition::Is(Fact::Taken(
            Measure::Evict,
            Selector::Everything,
        ))),
        chance: n.pick(&[BasisPoints::ONE, BasisPoints::ONE, BasisPoints(7_000)]),
        stopped_by,
        ..fixture::step(
            &format!("x{i}"),
            if i == 0 {
                Effect::Compromise
            } else {
                n.pick(&effects)
            },
        )
    }
}

fn injects(n: &mut Numbers, steps: usize) -> Vec<Inject> {
    let at = |n: &mut Numbers| Some(ExerciseTime(n.minutes(900).0));
    let step = StepId::new(n.below(steps));
    vec![
        Inject {
            at: at(n),
            reveals: vec![Reveal::Real, Reveal::Impact],
            again: n.percent(50),
            ..fixture::inject("i0-real")
        },
        Inject {
            at: None,
            when: Some(Condition::Is(Fact::Reached(step))),
            delay: n.percent(50).then(|| n.law(90)),
            reveals: vec![Reveal::Step(step)],
            ..fixture::inject("i1-step")
        },
        Inject {
            at: at(n),
            noise: true,
            repeats: n.percent(50).then(|| n.law(1_500)),
            ..fixture::inject("i2-noise")
        },
        Inject {
            at: at(n),
            decide: Some(DecisionId::new(0)),
            to: Addressee::Function(Function::IncidentManager),
            ..fixture::inject("i3-decide")
        },
    ]
}
