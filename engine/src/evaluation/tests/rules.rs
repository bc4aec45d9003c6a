//! The rules of scoring, one by one, on records that were worked by hand.

use crate::evaluation::fixture::{
    DECLARE, ISOLATE, NOTHING, NOTIFY, RESTORE, Story, incident, plan_and_attack,
};
use crate::evaluation::{
    ByPlan, ClockStart, CoverageItem, CoverageStatus, Evaluation, FindingKind, ItemKind,
    JudgedKind, NotScored, PartialReason, PhaseEvaluation, Rating,
};
use crate::exercise::{
    AssetState, BasisPoints, Category, Choice, Condition, Decision, DecisionId, ExerciseTime,
    ExpectationId, Fact, InjectId, Knowable, Limit, Mark, Measure, OptionId, Phase, Priority,
    RoleId, Severity, Soundness, Span, Step, TaskId,
};
use crate::record::{Chosen, EndKind, Event, Outcome, SkipReason};
use crate::simulation::fixture::{choice, decision, slug};

fn phase(evaluation: &Evaluation, phase: Phase) -> &PhaseEvaluation {
    &evaluation.main().phases[phase.index()]
}

fn item(evaluation: &Evaluation, of: Phase, kind: ItemKind) -> Option<CoverageItem> {
    let items = &phase(evaluation, of).coverage_items;
    items.iter().find(|item| item.kind == kind).cloned()
}

const fn points(share: u16) -> BasisPoints {
    BasisPoints(share)
}

#[test]
fn response_is_timed_from_the_first_visible_step_and_the_targets_before_it() {
    for declared_late in [0, 600] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let end = story.done(30 + declared_late, 200 + declared_late, declared, ISOLATE);
        story.completed(240, end, Phase::Response);
        let evaluation = story.evaluation();
        let response = phase(&evaluation, Phase::Response);
        // Seen at 10; to be seen from 0 on, and an hour for Identification and one for Assessment.
        assert_eq!(
            response.scored_from,
            Some(ExerciseTime(Span::minutes(120).0))
        );
        let timing = response.timing[1];
        assert_eq!(timing.taken, Some(Span::minutes(120)));
        // Twice the target of an hour.
        assert_eq!(response.timeliness, Some(points(5_000)));
        let (start, origin) = response.origin.unwrap();
        assert_eq!(start, ClockStart::Mark(Mark::Declared));
        assert_eq!(origin.at, ExerciseTime(Span::minutes(30).0));
    }
}

#[test]
fn time_is_scored_from_the_first_message_where_that_comes_before_the_first_visible_step() {
    for (visibility, from) in [(1, 0), (0, 5)] {
        let mut parts = plan_and_attack();
        let later = parts.scenario.steps[0].clone();
        parts.scenario.steps[0].visibility = visibility;
        parts.scenario.steps.push(Step {
            slug: slug("zz-later"),
            visibility: 1,
            ..later
        });
        let mut story = Story::started(parts);
        let hit = story.hit(0, 0);
        let sent = story.signal(5, hit, 1);
        story.mark(5, sent, Mark::Observable);
        story.hit_by(300, 1, 0);
        story.end(400, EndKind::Stalled);
        let evaluation = story.evaluation();
        let identification = phase(&evaluation, Phase::Identification);
        let from = Some(ExerciseTime(Span::minutes(from).0));
        assert_eq!(identification.scored_from, from, "visibility {visibility}");
    }
}

#[test]
fn the_plans_own_decisions_are_shown_and_weigh_nothing() {
    let mut parts = plan_and_attack();
    let asked = |name, when| Decision {
        weight: 300,
        when,
        ..decision(
            name,
            vec![Choice {
                judged: Some(Soundness::Sound),
                ..choice("yes")
            }],
        )
    };
    let own = Some(Condition::Is(Fact::AlertRaised));
    parts.plan.decisions = vec![
        asked("a", own.clone()),
        asked("b", own),
        asked("c-of-the-scenario", None),
    ];
    let (mut story, declared) = Story::declared(parts);
    for decision in [0, 1, 2].map(DecisionId::new) {
        let choice = Chosen {
            decision,
            option: OptionId::new(0),
        };
        let incident = incident();
        story.add(50, declared, Event::Decided { choice, incident });
    }
    let evaluation = story.evaluation();
    let phases = evaluation.main().phases.iter();
    let items = phases.flat_map(|phase| &phase.judged_items);
    let decided = items.filter(|item| matches!(item.kind, JudgedKind::Decision(_)));
    let weights: Vec<u32> = decided.map(|item| item.weight).collect();
    assert_eq!(weights, [0, 0, 300]);
}

#[test]
fn a_milestone_before_its_origin_took_no_time() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    let end = story.done(30, 40, declared, ISOLATE);
    story.completed(40, end, Phase::Response);
    let timing = phase(&story.evaluation(), Phase::Response).timing[1];
    assert!(timing.early);
    assert_eq!(timing.taken, Some(Span::ZERO));
    assert_eq!(timing.score, Some(points(10_000)));
}

#[test]
fn both_marks_with_a_target_count_a_quarter_and_three() {
    let mut parts = plan_and_attack();
    parts.yardstick.targets[2].reached = Some(Limit::Elapsed(Span::minutes(30)));
    let (mut story, declared) = Story::declared(parts);
    // Reached after 60 of 30 minutes, completed after 120 of 60: both are half.
    story.reached(180, declared, Phase::Response);
    story.completed(180, declared, Phase::Response);
    let response = phase(&story.evaluation(), Phase::Response).clone();
    assert_eq!(response.timing[0].score, Some(points(5_000)));
    assert_eq!(response.timing[1].score, Some(points(10_000)));
    assert_eq!(response.timeliness, Some(points(8_750)));
}

#[test]
fn what_was_not_reached_is_nothing_or_left_out_by_how_the_exercise_ended() {
    let end = |minutes, end| {
        let (mut story, _) = Story::declared(plan_and_attack());
        story.end(minutes, end);
        let evaluation = story.evaluation();
        let response = phase(&evaluation, Phase::Response).clone();
        (response.timeliness, response.not_scored)
    };
    // It was due at 180.
    assert_eq!(end(170, EndKind::Limit), (None, Some(NotScored::NoTime)));
    assert_eq!(end(181, EndKind::Limit), (Some(points(0)), None));
    assert_eq!(end(170, EndKind::Stalled), (Some(points(0)), None));
    assert_eq!(end(170, EndKind::Condition), (Some(points(0)), None));
}

#[test]
fn slowness_before_leaves_nothing_out() {
    let mut story = Story::started(plan_and_attack());
    let hit = story.hit(0, 0);
    let sent = story.signal(0, hit, 1);
    let read = story.read(500, sent, 1);
    story.mark(500, read, Mark::Seen);
    story.end(600, EndKind::Limit);
    let evaluation = story.evaluation();
    // Whenever it was seen, Response was due at 180.
    let response = phase(&evaluation, Phase::Response);
    assert_eq!(response.timeliness, Some(points(0)));
}

#[test]
fn the_watch_is_no_scored_time() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    let end = story.done(30, 180, declared, RESTORE);
    story.completed(180 + 1_440, end, Phase::Recovery);
    let evaluation = story.evaluation();
    let recovery = phase(&evaluation, Phase::Recovery);
    assert_eq!(recovery.timing[1].taken, Some(Span::minutes(60)));
    assert_eq!(
        recovery.completed.unwrap().at,
        ExerciseTime(Span::minutes(1_620).0)
    );
}

#[test]
fn a_phase_that_was_reopened_is_not_complete() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    let end = story.done(30, 40, declared, ISOLATE);
    story.completed(40, end, Phase::Response);
    let again = Event::PhaseReopened {
        incident: incident(),
        phase: Phase::Response,
    };
    story.add(60, NOTHING, again);
    let evaluation = story.evaluation();
    let response = phase(&evaluation, Phase::Response);
    assert_eq!((response.completed, response.reopened), (None, 1));
    let found = evaluation.every_finding().map(|of| of.kind);
    assert!(
        found
            .into_iter()
            .any(|kind| kind == FindingKind::Reopened(Phase::Response))
    );
}

#[test]
fn a_task_counts_by_the_share_of_assets_on_which_it_took_effect() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    story.hit(25, 1);
    let end = story.done(30, 40, declared, ISOLATE);
    story.taken(40, end, ISOLATE, Measure::Isolate, 0);
    story.end(400, EndKind::Condition);
    let isolate = ItemKind::Task(TaskId::new(ISOLATE));
    let item = item(&story.evaluation(), Phase::Response, isolate).unwrap();
    assert_eq!(
        (item.done, item.status),
        (points(5_000), CoverageStatus::Partly)
    );
}

#[test]
fn work_without_effect_covers_nothing() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    let ready = story.ready(30, declared, NOTIFY);
    let start = story.start(30, ready, NOTIFY, 1);
    story.ended(40, start, NOTIFY, Outcome::Flawed);
    story.end(400, EndKind::Condition);
    let notify = ItemKind::Task(TaskId::new(NOTIFY));
    let item = item(&story.evaluation(), Phase::Response, notify).unwrap();
    assert_eq!(
        (item.done, item.status),
        (points(0), CoverageStatus::Flawed)
    );
}

#[test]
fn what_applies_comes_from_the_truth_and_not_from_the_classification() {
    let mut parts = plan_and_attack();
    parts.plan.tasks[NOTIFY].from_severity = Some(Severity::High);
    parts.plan.tasks[RESTORE].from_severity = Some(Severity::Critical);
    let (mut story, declared) = Story::declared(parts);
    story.add(
        30,
        declared,
        Event::Classified {
            incident: incident(),
            role: RoleId::new(0),
            severity: Severity::Low,
            category: Category::Other,
            priority: Priority::P4,
        },
    );
    story.end(9_000, EndKind::Condition);
    let evaluation = story.evaluation();
    let notify = ItemKind::Task(TaskId::new(NOTIFY));
    let missed = item(&evaluation, Phase::Response, notify).unwrap();
    assert_eq!(missed.status, CoverageStatus::Missed);
    let restore = ItemKind::Task(TaskId::new(RESTORE));
    assert_eq!(item(&evaluation, Phase::Recovery, restore), None);
    let judged = &phase(&evaluation, Phase::Assessment).judged_items[0];
    let wrong = JudgedKind::Classification {
        given: Severity::Low,
        right: Severity::High,
        impact: None,
        by_plan: ByPlan::No,
    };
    assert_eq!((judged.kind, judged.sound), (wrong, false));
}

#[test]
fn a_task_that_answers_an_expectation_counts_in_both_halves() {
    let (mut story, _) = Story::declared(plan_and_attack());
    let call = story.inject(35, NOTHING);
    let expectation = ExpectationId::new(0);
    story.declares(40, call);
    story.end(400, EndKind::Condition);
    let evaluation = story.evaluation();
    let expected = ItemKind::Expectation(expectation);
    assert!(item(&evaluation, Phase::Assessment, expected).is_some());
    let named = ItemKind::Task(TaskId::new(DECLARE));
    assert!(item(&evaluation, Phase::Assessment, named).is_some());
}

#[test]
fn a_late_expectation_counts_half() {
    for (at, done, status) in [
        (95, 10_000, CoverageStatus::Done),
        (96, 5_000, CoverageStatus::Late),
    ] {
        let (mut story, _) = Story::declared(plan_and_attack());
        let call = story.inject(35, NOTHING);
        let expectation = ExpectationId::new(0);
        story.declares(at, call);
        story.end(400, EndKind::Condition);
        let expected = ItemKind::Expectation(expectation);
        let item = item(&story.evaluation(), Phase::Assessment, expected).unwrap();
        assert_eq!((item.done, item.status), (points(done), status));
    }
}

#[test]
fn a_critical_expectation_is_met_where_the_team_acted_before_it_could_be_asked() {
    let rating = |acted: bool| {
        let (mut story, declared) = Story::declared(plan_and_attack());
        if acted {
            story.declares(30, declared);
        }
        let (inject, reason) = (InjectId::new(0), SkipReason::Prevented);
        story.add(50, NOTHING, Event::InjectSkipped { inject, reason });
        story.end(60, EndKind::Limit);
        story.evaluation().objectives[0].rating
    };
    assert_ne!(rating(true), Rating::N);
    assert_eq!(rating(false), Rating::N);
}

#[test]
fn a_critical_expectation_that_was_missed_is_unable_and_a_gate() {
    let (mut story, _) = Story::declared(plan_and_attack());
    story.inject(35, NOTHING);
    story.end(400, EndKind::Condition);
    let evaluation = story.evaluation();
    assert_eq!(evaluation.objectives[0].rating, Rating::U);
    let score = evaluation.score.unwrap();
    assert_eq!(score.gates.len(), 1);
    assert!(!score.passed);
    let deducted: Vec<u16> = score.deductions.iter().map(|of| of.points.0).collect();
    assert_eq!(deducted, [400]);
    let left = u32::from(score.carried_out.0) * 59;
    assert_eq!(u32::from(score.score.0), (left + 50) / 100);
}

#[test]
fn a_critical_item_after_its_harm_is_unable_and_a_late_one_a_major_challenge() {
    for (harmed_at, rating) in [(100, Rating::U), (130, Rating::M)] {
        let mut parts = plan_and_attack();
        let harm = Fact::Elapsed(Span::minutes(harmed_at));
        parts.scenario.objectives[0].harm = Some(Condition::Is(harm));
        let (mut story, _) = Story::declared(parts);
        let call = story.inject(35, NOTHING);
        story.state(100, NOTHING, 0, AssetState::Exposed, true);
        story.declares(120, call);
        story.end(400, EndKind::Condition);
        assert_eq!(story.evaluation().objectives[0].rating, rating);
    }
}

#[test]
fn a_phase_without_a_task_that_reaches_it_is_left_out_and_the_score_is_partial() {
    let (mut story, _) = Story::declared(plan_and_attack());
    story.end(9_000, EndKind::Condition);
    let evaluation = story.evaluation();
    let closure = phase(&evaluation, Phase::Closure);
    assert_eq!(closure.not_scored, Some(NotScored::NotInPlan));
    let score = evaluation.score.as_ref().unwrap();
    let partial = [PartialReason::PhaseNotInPlan(Phase::Closure)];
    assert_eq!(score.partial, partial);
    assert!(!score.passed);
    assert_eq!(score.weights[Phase::Closure.index()], points(0));
    let gap = evaluation
        .findings
        .iter()
        .find(|of| of.kind == FindingKind::NotInPlan);
    assert!(gap.is_some());
}

#[test]
fn an_exercise_in_which_nothing_could_be_seen_has_no_score() {
    let mut story = Story::started(plan_and_attack());
    story.end(400, EndKind::Limit);
    let evaluation = story.evaluation();
    assert_eq!(evaluation.score, None);
    assert_eq!(evaluation.objectives[0].rating, Rating::N);
    // What nobody saw could be seen all the same: they are judged by it.
    let mut story = Story::started(plan_and_attack());
    story.hit(0, 0);
    story.end(400, EndKind::Limit);
    let score = story
        .evaluation()
        .score
        .expect("there was something to see");
    assert_eq!(score.mean, points(0));
}

#[test]
fn an_order_of_measures_is_judged_on_each_asset_on_which_both_were_taken() {
    for (evicted, restored, sound) in [(40, 50, true), (50, 40, false)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let mut acts = [(evicted, Measure::Evict), (restored, Measure::Restore)];
        acts.sort_unstable();
        for (at, measure) in acts {
            story.taken(at, declared, RESTORE, measure, 0);
        }
        story.end(9_000, EndKind::Condition);
        let evaluation = story.evaluation();
        let judged = &phase(&evaluation, Phase::Recovery).judged_items;
        assert_eq!(judged.len(), 1);
        assert_eq!(judged[0].sound, sound);
        let early = |of: &crate::evaluation::Finding| of.kind == FindingKind::RestoredTooEarly;
        assert_eq!(evaluation.every_finding().any(early), !sound);
    }
}

#[test]
fn a_classification_stands_only_as_long_as_the_plan_lets_it() {
    // High gives four hours before new facts must be answered.
    for (end, sound) in [(275, true), (276, false)] {
        let mut parts = plan_and_attack();
        let stronger = crate::exercise::SeverityRule {
            level: Severity::High,
            impact: None,
            when: Condition::Is(Fact::Known(Knowable::Cause(incident()))),
        };
        parts.yardstick.rules = vec![stronger];
        let (mut story, declared) = Story::declared(parts);
        let classified = Event::Classified {
            incident: incident(),
            role: RoleId::new(0),
            severity: Severity::Low,
            category: Category::Other,
            priority: Priority::P4,
        };
        story.add(30, declared, classified);
        story.learned(35, NOTHING, Knowable::Cause(incident()));
        story.end(end, EndKind::Condition);
        let judged = phase(&story.evaluation(), Phase::Assessment)
            .judged_items
            .clone();
        assert_eq!(judged[0].sound, sound, "at {end}");
    }
}
