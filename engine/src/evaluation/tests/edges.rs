//! The rules of scoring at the very instant at which they turn.

use crate::evaluation::fixture::{
    ISOLATE, NOTHING, NOTIFY, RESTORE, Story, incident, plan_and_attack, target, work,
};
use crate::evaluation::{
    CoverageStatus, Evaluation, FindingKind, ItemKind, JudgedKind, NotScored, PhaseEvaluation,
};
use crate::exercise::{
    AssetId, AssetState, Condition, Content, ExerciseTime, ExpectationId, Fact, Mark, Measure,
    Money, ObligationId, Phase, RoleId, Span, StakeholderKind, TaskId,
};
use crate::record::{EndKind, Event, SkipReason, Verdict};

fn phase(evaluation: &Evaluation, phase: Phase) -> PhaseEvaluation {
    evaluation.main().phases[phase.index()].clone()
}

fn has(evaluation: &Evaluation, kind: FindingKind) -> bool {
    evaluation.every_finding().any(|found| found.kind == kind)
}

fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

#[test]
fn a_phase_had_its_time_only_after_the_instant_of_its_target() {
    for (end, left_out) in [(180, Some(NotScored::NoTime)), (181, None)] {
        let (mut story, _) = Story::declared(plan_and_attack());
        story.end(end, EndKind::Limit);
        let response = phase(&story.evaluation(), Phase::Response);
        assert_eq!(response.not_scored, left_out, "ended after {end} minutes");
    }
}

#[test]
fn a_milestone_at_its_origin_is_not_early() {
    for (reached, early) in [(119, true), (120, false)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        story.completed(reached, declared, Phase::Response);
        let response = phase(&story.evaluation(), Phase::Response);
        assert_eq!(response.timing[1].early, early);
    }
}

#[test]
fn an_outage_as_long_as_its_objective_is_not_past_it() {
    for (until, past) in [(70, false), (71, true)] {
        let mut parts = plan_and_attack();
        parts.organisation.assets[0].rto = Some(Span::HOUR);
        let (mut story, declared) = Story::declared(parts);
        story.state(10, declared, 0, AssetState::OutOfService, true);
        story.state(until, declared, 0, AssetState::OutOfService, false);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        assert_eq!(evaluation.impact.actual.outages[0].past_rto, past);
        assert_eq!(has(&evaluation, FindingKind::ObjectiveExceeded), past);
    }
}

#[test]
fn the_longest_loss_of_data_counts_and_one_as_long_as_its_objective_is_accepted() {
    for (objective, exceeded) in [(2, false), (1, true)] {
        let mut parts = plan_and_attack();
        parts.organisation.assets[0].rpo = Some(Span::hours(objective));
        let (mut story, declared) = Story::declared(parts);
        for hours in [1, 2] {
            let (asset, span) = (AssetId::new(0), Span::hours(hours));
            story.add(40, declared, Event::DataLost { asset, span });
        }
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        assert_eq!(evaluation.impact.actual.data_lost, Span::hours(2));
        assert_eq!(has(&evaluation, FindingKind::DataLossExceeded), exceeded);
    }
}

#[test]
fn money_that_came_back_is_no_loss() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    story.add(
        35,
        NOTHING,
        Event::StepTookEffect {
            step: crate::exercise::StepId::new(0),
            asset: AssetId::new(0),
            records: 0,
            money: Money(900),
        },
    );
    let money = Money(400);
    story.add(40, declared, Event::MoneyReturned { money });
    story.end(400, EndKind::Condition);
    assert_eq!(story.evaluation().impact.actual.loss, Money(500));
}

#[test]
fn the_log_is_kept_with_an_entry_within_thirty_minutes_of_each_act_that_had_them() {
    for (logged, last, sound) in [(50, 380, true), (51, 380, false), (50, 370, false)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let (incident, about) = (incident(), declared);
        story.add(logged, declared, Event::LogWritten { incident, about });
        story.done(60, last, declared, ISOLATE);
        story.end(400, EndKind::Condition);
        let items = phase(&story.evaluation(), Phase::Response).judged_items;
        let mut log = items
            .iter()
            .filter(|item| item.kind == JudgedKind::IncidentLog);
        assert_eq!(
            log.next().map(|item| item.sound),
            Some(sound),
            "{logged} {last}"
        );
    }
}

#[test]
fn an_expectation_is_in_time_at_its_limit_and_not_missed_when_the_end_is_there() {
    let status = |met: Option<i64>, end: i64| {
        let (mut story, _) = Story::declared(plan_and_attack());
        let call = story.inject(40, NOTHING);
        if let Some(at) = met {
            story.declares(at, call);
        }
        story.end(end, EndKind::Condition);
        let items = phase(&story.evaluation(), Phase::Assessment).coverage_items;
        let kind = ItemKind::Expectation(ExpectationId::new(0));
        let item = items.into_iter().find(|item| item.kind == kind);
        item.map(|item| item.status)
    };
    assert_eq!(status(Some(100), 400), Some(CoverageStatus::Done));
    assert_eq!(status(Some(101), 400), Some(CoverageStatus::Late));
    assert_eq!(status(None, 400), Some(CoverageStatus::Missed));
}

#[test]
fn a_task_that_is_optional_or_was_left_out_by_a_decision_is_not_due() {
    let counts = |optional: bool, reason: Option<SkipReason>| {
        let mut parts = plan_and_attack();
        parts.plan.tasks[NOTIFY].optional = optional;
        let (mut story, declared) = Story::declared(parts);
        if let Some(reason) = reason {
            let ready = story.ready(30, declared, NOTIFY);
            let instance = work(NOTIFY);
            story.add(40, ready, Event::TaskSkipped { instance, reason });
        }
        story.end(400, EndKind::Condition);
        let items = phase(&story.evaluation(), Phase::Response).coverage_items;
        let kind = ItemKind::Task(TaskId::new(NOTIFY));
        items.iter().any(|item| item.kind == kind)
    };
    assert!(counts(false, None));
    assert!(!counts(true, None));
    assert!(!counts(false, Some(SkipReason::Decided)));
}

#[test]
fn a_clock_that_nobody_closed_is_kept_until_the_instant_at_which_it_is_due() {
    let verdict = |met: Option<i64>, end: i64| {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let (obligation, incident) = (ObligationId::new(0), incident());
        let due = at(200);
        story.add(
            40,
            declared,
            Event::ClockStarted {
                obligation,
                incident,
                due,
            },
        );
        if let Some(at) = met {
            let event = Event::ObligationMet {
                obligation,
                incident,
            };
            story.add(at, declared, event);
        }
        story.end(end, EndKind::Limit);
        story.evaluation().obligations[0].verdict
    };
    assert_eq!(verdict(Some(200), 400), Verdict::Met);
    assert_eq!(verdict(Some(201), 400), Verdict::Late);
    assert_eq!(verdict(None, 200), Verdict::Running);
    assert_eq!(verdict(None, 201), Verdict::Breached);
}

#[test]
fn assessment_is_shown_from_reported() {
    let (mut story, _) = Story::declared(plan_and_attack());
    story.end(900, EndKind::Limit);
    let evaluation = story.evaluation();
    let (_, origin) = phase(&evaluation, Phase::Assessment).origin.unwrap();
    assert_eq!(origin.at, at(20));
}

#[test]
fn no_scored_origin_is_before_startex() {
    let mut parts = plan_and_attack();
    parts.onset = at(-120);
    let mut story = Story::of(parts);
    let hit = story.hit(-60, 0);
    let sent = story.signal(-60, hit, 1);
    story.add(0, NOTHING, Event::ExerciseStarted {});
    let read = story.read(10, sent, 1);
    story.mark(10, read, Mark::Seen);
    story.end(400, EndKind::Condition);
    let identification = phase(&story.evaluation(), Phase::Identification);
    // Nor is the shown one, where nobody began early: the first sign is not before STARTEX.
    assert_eq!(identification.origin.unwrap().1.at, at(0));
    assert_eq!(identification.scored_from, Some(at(0)));
}

#[test]
fn a_recovery_that_came_late_leaves_closure_no_less_to_answer_for() {
    let mut parts = plan_and_attack();
    let close = crate::simulation::fixture::task("zz-close", Phase::Closure, Measure::Close);
    parts.plan.tasks.push(close);
    parts.yardstick.targets.push(target(Phase::Closure));
    let (mut story, declared) = Story::declared(parts);
    let restored = story.done(30, 3_000, declared, RESTORE);
    story.completed(3_000, restored, Phase::Recovery);
    // Half an hour after Recovery, of the hour that Closure has.
    story.end(3_030, EndKind::Limit);
    let closure = phase(&story.evaluation(), Phase::Closure);
    assert_eq!(closure.scored_from, Some(at(3_000)));
    assert_eq!(
        (closure.not_scored, closure.timeliness.map(|of| of.0)),
        (None, Some(0))
    );
}

#[test]
fn an_end_by_a_condition_is_a_limit_only_at_the_time_that_the_scenario_names() {
    for (named, left_out) in [(180, Some(NotScored::NoTime)), (400, None)] {
        let mut parts = plan_and_attack();
        let elapsed = Fact::Elapsed(Span::minutes(named));
        parts.scenario.ends = Condition::Any(vec![
            Condition::Is(Fact::PhaseCompleted(Phase::Closure)),
            Condition::Is(elapsed),
        ]);
        let (mut story, _) = Story::declared(parts);
        // Response is due at 190.
        story.end(180, EndKind::Condition);
        let response = phase(&story.evaluation(), Phase::Response);
        assert_eq!(response.not_scored, left_out, "Elapsed({named}m)");
    }
}

#[test]
fn what_a_notice_did_not_say_makes_it_incomplete() {
    for (content, verdict) in [
        (vec![Content::Nature, Content::Cause], Verdict::Met),
        (vec![Content::Cause], Verdict::Incomplete),
    ] {
        let mut parts = plan_and_attack();
        parts.plan.obligations[0].content = vec![Content::Nature, Content::Cause];
        let (mut story, declared) = Story::declared(parts);
        let (obligation, incident) = (ObligationId::new(0), incident());
        let started = Event::ClockStarted {
            obligation,
            incident,
            due: at(200),
        };
        story.add(40, declared, started);
        let told = Event::StakeholderNotified {
            instance: work(NOTIFY),
            role: RoleId::new(0),
            stakeholder: StakeholderKind::SectorRegulator,
            content: content.into(),
        };
        let told = story.add(50, declared, told);
        let met = Event::ObligationMet {
            obligation,
            incident,
        };
        story.add(50, told, met);
        // The record is cut off before its clocks are closed.
        assert_eq!(story.evaluation().obligations[0].verdict, verdict);
    }
}

#[test]
fn a_cause_that_is_later_than_what_it_is_said_to_have_caused_does_not_count() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    let restored = story.done(30, 500, declared, RESTORE);
    story.completed(200, restored, Phase::Recovery);
    let recovery = phase(&story.evaluation(), Phase::Recovery);
    // By the completion itself, eighty minutes after the scored origin.
    assert_eq!(recovery.timing[1].taken, Some(Span::minutes(80)));
}
