//! What findings say of causes, and how much they weigh.

use crate::evaluation::fixture::{
    ISOLATE, NOTHING, NOTIFY, Story, incident, plan_and_attack, work,
};
use crate::evaluation::{Category, Correction, Evaluation, Finding, FindingKind, FindingSubject};
use crate::exercise::{CauseCode, Function, ObligationId, Parts, Phase, RoleId, TaskId};
use crate::record::{EndKind, Event, Verdict};
use crate::simulation::fixture;

fn found(evaluation: &Evaluation, is: impl Fn(&Finding) -> bool) -> Option<&Finding> {
    evaluation.every_finding().find(|finding| is(finding))
}

#[test]
fn time_was_lost_to_waiting_from_three_tenths_of_it_on_and_work_is_no_finding() {
    // Of the two hundred minutes from the declaration on.
    for (started, category) in [(90, Some(Category::WaitingForPerson)), (89, None)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let ready = story.ready(30, declared, ISOLATE);
        let start = story.start(started, ready, ISOLATE, 1);
        let ended = story.ended(230, start, ISOLATE, crate::record::Outcome::Done);
        story.completed(230, ended, Phase::Response);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let lost = evaluation.findings.iter().find_map(|of| match of.kind {
            FindingKind::TimeLost {
                phase: Phase::Response,
                category,
                ..
            } => Some(category),
            _ => None,
        });
        assert_eq!(lost, category, "started at {started}");
    }
}

fn breached(law: Option<&str>) -> Evaluation {
    let mut parts = plan_and_attack();
    parts.plan.obligations[0].law = law.map(str::to_owned);
    let (mut story, _) = Story::declared(parts);
    let closed = Event::ObligationClosed {
        obligation: ObligationId::new(0),
        incident: incident(),
        verdict: Verdict::Breached,
    };
    story.add(400, NOTHING, closed);
    story.end(400, EndKind::Condition);
    story.evaluation()
}

#[test]
fn a_broken_duty_of_law_weighs_more_than_anything_that_costs_points() {
    let kind = FindingKind::ClockNotKept(Verdict::Breached);
    assert_eq!(breached(Some("Act")).findings[0].kind, kind);
    let without = breached(None);
    assert_ne!(without.findings[0].kind, kind);
    assert!(found(&without, |of| of.kind == kind).is_some());
}

/// The plan's log was not kept; the incident manager leads, and a second role may be the scribe.
fn unlogged(scribe: bool) -> Option<Correction> {
    let mut parts: Parts = plan_and_attack();
    if scribe {
        let roles = &mut parts.organisation.roles;
        roles[0].functions.retain(|of| *of != Function::Scribe);
        let mut second = fixture::role("scribe");
        second.functions = vec![Function::Scribe];
        roles.push(second);
    }
    let (mut story, declared) = Story::declared(parts);
    story.done(30, 40, declared, ISOLATE);
    story.end(400, EndKind::Condition);
    let evaluation = story.evaluation();
    let finding = found(&evaluation, |of| of.kind == FindingKind::LogNotKept)?;
    finding.corrections.first().copied()
}

#[test]
fn the_log_is_for_the_scribe_to_keep_and_else_for_the_incident_manager() {
    let named = |role| Some(Correction::NameScribe(RoleId::new(role)));
    assert_eq!(unlogged(true), named(1));
    assert_eq!(unlogged(false), named(0));
}

#[test]
fn work_that_asked_for_approval_in_vain_was_missed_for_want_of_authority() {
    for (asked, cause) in [(true, CauseCode::NoAuthority), (false, CauseCode::NoDeputy)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let ready = story.ready(30, declared, NOTIFY);
        if asked {
            let (instance, of) = (work(NOTIFY), RoleId::new(0));
            story.add(31, ready, Event::ApprovalAsked { instance, of });
        }
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let subject = FindingSubject::Task(TaskId::new(NOTIFY));
        let missed = found(&evaluation, |of| {
            of.subject == subject && of.kind == FindingKind::Missed
        });
        assert_eq!(missed.and_then(|of| of.cause), Some(cause));
    }
}
