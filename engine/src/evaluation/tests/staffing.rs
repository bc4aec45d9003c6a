//! Work for which nobody who can do it came, and who approved what.

use crate::evaluation::fixture::{ISOLATE, NOTIFY, Story, plan_and_attack, work};
use crate::evaluation::{FindingKind, FindingSubject};
use crate::exercise::{Addressee, Function, Parts, PersonId, RoleId, TaskId};
use crate::record::{EndKind, Event};
use crate::simulation::fixture;

/// What is found about a task, of these kinds.
fn found(story: &Story, task: usize) -> Vec<FindingKind> {
    let subject = FindingSubject::Task(TaskId::new(task));
    let evaluation = story.evaluation();
    let about = evaluation.every_finding();
    let about = about.filter(|finding| finding.subject == subject);
    let kinds = about.map(|finding| finding.kind);
    let kinds = kinds.filter(|kind| {
        matches!(
            kind,
            FindingKind::OwnApproval | FindingKind::NobodyCan { .. }
        )
    });
    kinds.collect()
}

/// Two people hold the only role, and telling the authority is approved by one who may.
fn approved() -> Parts {
    let mut parts = plan_and_attack();
    parts.organisation.people.push(fixture::person("bo"));
    parts.organisation.roles[0].holders.push(PersonId::new(1));
    parts.plan.tasks[NOTIFY].approval = Some(Addressee::Function(Function::Executive));
    parts
}

/// The first of them tells the authority, with the approval of one of them or of nobody.
fn told(parts: Parts, by: Option<usize>) -> Vec<FindingKind> {
    let (mut story, declared) = Story::declared(parts);
    let mut cause = story.ready(30, declared, NOTIFY);
    if let Some(by) = by {
        let (instance, of) = (work(NOTIFY), RoleId::new(0));
        let asked = story.add(31, cause, Event::ApprovalAsked { instance, of });
        let person = PersonId::new(by);
        cause = story.add(35, asked, Event::ApprovalGiven { instance, person });
    }
    let start = story.start(35, cause, NOTIFY, 1);
    let ended = story.ended(45, start, NOTIFY, crate::record::Outcome::Done);
    story.tells(45, ended);
    story.end(400, EndKind::Condition);
    found(&story, NOTIFY)
}

#[test]
fn that_somebody_approved_their_own_request_is_found() {
    assert_eq!(told(approved(), Some(0)), [FindingKind::OwnApproval]);
    assert_eq!(told(approved(), Some(1)), []);
    // Who may take the measure without asking needs nobody's word; who may not, and decides, has only their own.
    assert_eq!(told(approved(), None), []);
    let mut alone = approved();
    alone.organisation.roles[0].may.clear();
    assert_eq!(told(alone, None), [FindingKind::OwnApproval]);
}

#[test]
fn work_that_takes_more_people_than_there_are_is_found() {
    let kinds = |people| {
        let mut parts = approved();
        parts.plan.tasks[NOTIFY].people = people;
        let (mut story, _) = Story::declared(parts);
        story.end(400, EndKind::Condition);
        found(&story, NOTIFY)
    };
    assert_eq!(kinds(3), [FindingKind::NobodyCan { needs: 3, could: 2 }]);
    assert_eq!(kinds(2), []);
}

#[test]
fn hands_on_work_that_nobody_came_for_is_found_once_it_waited_for_the_escalation_time() {
    let kinds = |ended, task| {
        let (mut story, declared) = Story::declared(plan_and_attack());
        story.ready(30, declared, task);
        story.end(ended, EndKind::Condition);
        found(&story, task)
    };
    let nobody = FindingKind::NobodyCan { needs: 1, could: 1 };
    assert_eq!(kinds(46, ISOLATE), [nobody]);
    assert_eq!(kinds(45, ISOLATE), []);
    // Telling somebody is no work of the hands.
    assert_eq!(kinds(46, NOTIFY), []);
}
