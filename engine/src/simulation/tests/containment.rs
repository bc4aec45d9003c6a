//! When an incident is contained, when it no longer is, and what that has to do with Response.

use super::staffing::times;
use super::{clinic, exercise};
use crate::evaluation::{Baselines, Evaluation, evaluate};
use crate::exercise::{
    Act, AssetKind, Condition, Effect, EvidenceItem, ExerciseTime, Fact, Law, Measure, Object,
    Parts, Phase, Reveal, Selector, Span, StepId, TaskId,
};
use crate::record::{Event, Record};
use crate::simulation::fixture::{inject, step, task};
use crate::simulation::{Policy, Provenance, Setup, simulate};

/// The attack takes an hour.
const STRUCK: ExerciseTime = ExerciseTime(Span::HOUR.0);

fn played(parts: Parts, policy: Policy) -> Record {
    let setup = Setup::of(1, 0).with_policy(policy);
    simulate(&exercise(parts), &setup, Provenance::default())
}

/// When it came to be contained, and when it no longer was.
fn turns(record: &Record) -> [Vec<ExerciseTime>; 2] {
    [
        times(record, |event| matches!(event, Event::Contained { .. })),
        times(record, |event| {
            matches!(event, Event::ContainmentLost { .. })
        }),
    ]
}

fn took_effect(record: &Record, of: Measure) -> Vec<ExerciseTime> {
    times(
        record,
        |event| matches!(event, Event::MeasureTaken { measure, effect: true, .. } if *measure == of),
    )
}

fn judged(record: &Record) -> Evaluation {
    let exercise = &record.header.exercise;
    evaluate(exercise, record, Baselines::default())
}

/// The clinic without friction, whose every task takes half an hour, up to eight days.
fn quick() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    for task in &mut parts.plan.tasks {
        task.takes = Law::Fixed(Span::minutes(30));
    }
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(8)));
    parts
}

/// The same, whose memory is imaged six hours after it was cut off.
fn imaged_late() -> Parts {
    let mut parts = quick();
    // In the order of ids: declare, isolate, restore, triage.
    let mut image = task("y-image", Phase::Response, Measure::Preserve);
    let memory = Object::Evidence(Some(EvidenceItem::Memory), Selector::Affected);
    image.does = vec![Act {
        measure: Measure::Preserve,
        on: memory,
    }];
    image.after = vec![TaskId::new(1)];
    image.takes = Law::Fixed(Span::hours(6));
    parts.plan.tasks[2].after = vec![TaskId::new(4)];
    parts.plan.tasks.push(image);
    parts
}

#[test]
fn it_is_contained_with_the_cut_off_and_response_complete_with_the_evidence() {
    let record = played(imaged_late(), Policy::People);
    let cut = took_effect(&record, Measure::Isolate);
    assert_eq!(turns(&record), [cut.clone(), vec![]]);
    let secured = times(&record, |event| {
        matches!(event, Event::EvidencePreserved { .. })
    });
    let complete = times(&record, |event| {
        let phase = Phase::Response;
        matches!(event, Event::PhaseCompleted { phase: of, .. } if *of == phase)
    });
    assert_eq!(complete[0], secured[0]);
    assert_eq!(complete[0] - cut[0], Span::hours(6));
    let evaluation = judged(&record);
    let contained = evaluation.main().contained;
    assert_eq!(contained.lasting.map(|of| of.at), Some(cut[0]));
    assert!(contained.called_for && contained.cut_off);
}

/// The quick clinic, whose database is encrypted again after four days.
fn hit_again() -> Parts {
    let mut parts = quick();
    let mut again = step("encrypt-b", Effect::Encrypt);
    again.targets = Selector::Kind(AssetKind::Database);
    again.when = Some(Condition::Is(Fact::Elapsed(Span::days(4))));
    parts.scenario.steps.push(again);
    let mut call = inject("locked-again");
    call.at = Some(ExerciseTime((Span::days(4) + Span::minutes(65)).0));
    call.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(1))];
    parts.scenario.injects.push(call);
    parts
}

#[test]
fn an_asset_that_is_hit_again_ends_it_and_only_the_last_one_stands() {
    let record = played(hit_again(), Policy::People);
    let cut = took_effect(&record, Measure::Isolate);
    // From the step on that can do harm again: before it does.
    let [contained, lost] = turns(&record);
    assert_eq!(lost, [ExerciseTime(Span::days(4).0)]);
    assert_eq!(contained, cut);
    assert_eq!(contained.len(), 2);
    let evaluation = judged(&record);
    let marks = evaluation.main().contained;
    let at = [marks.first, marks.lasting, marks.lost].map(|of| of.map(|of| of.at));
    assert_eq!(at, [Some(cut[0]), Some(cut[1]), Some(lost[0])]);
    let read = evaluation.main().mark(crate::exercise::Mark::Seen).unwrap();
    let after = evaluation.main().contained_after();
    assert_eq!(after, Some(cut[1] - read.at));
}

#[test]
fn what_is_hit_again_and_not_cut_off_is_not_contained_in_the_end() {
    let mut parts = hit_again();
    // Two minutes after it was encrypted again.
    let ends = Span::days(4) + Span::minutes(62);
    parts.scenario.ends = Condition::Is(Fact::Elapsed(ends));
    let record = played(parts, Policy::People);
    let [contained, lost] = turns(&record);
    assert_eq!((contained.len(), lost.len()), (1, 1));
    let evaluation = judged(&record);
    let marks = evaluation.main().contained;
    assert!(marks.first.is_some() && marks.lost.is_some());
    assert_eq!(marks.stands(), Some(false));
    assert_eq!(evaluation.main().contained_after(), None);
}

#[test]
fn where_nobody_acts_what_is_encrypted_is_never_contained() {
    let record = played(quick(), Policy::NoResponse);
    assert_eq!(turns(&record), [vec![], vec![]]);
    assert_eq!(judged(&record).main().contained.stands(), Some(false));
}

#[test]
fn an_attack_that_is_over_and_affects_nothing_is_contained_by_itself_whoever_knows() {
    let mut parts = quick();
    parts.scenario.steps[0].effect = Effect::Exfiltrate;
    parts.scenario.injects[0].reveals = vec![Reveal::Step(StepId::new(0))];
    parts.onset = ExerciseTime(-Span::hours(3).0);
    let record = played(parts, Policy::People);
    let over = ExerciseTime(-Span::hours(2).0);
    assert_eq!(turns(&record), [vec![over], vec![]]);
    let evaluation = judged(&record);
    assert_eq!(evaluation.main().contained_after(), Some(Span::ZERO));
}

#[test]
fn before_a_step_takes_effect_there_is_nothing_to_contain() {
    let mut parts = quick();
    parts.scenario.steps[0].when = Some(Condition::Is(Fact::Elapsed(Span::days(400))));
    let record = played(parts, Policy::People);
    assert_eq!(turns(&record), [vec![], vec![]]);
    assert_eq!(judged(&record).main().contained.stands(), None);
    // What is affected is open until it is cut off, however short that is.
    let record = played(quick(), Policy::People);
    let [contained, _] = turns(&record);
    assert!(contained[0] > STRUCK);
}
