//! Who can do hands-on work that nobody of its role is there for, and who approves whose request.

use super::super::fixture::{inject, parts, person, role, task};
use super::presence::play;
use crate::exercise::{
    Addressee, Day, Function, Law, Measure, Parts, PersonId, Phase, Reveal, Span, TaskId,
};
use crate::record::{Event, MessageKind, Record};

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bob() -> PersonId {
    PersonId::new(1)
}

fn carla() -> PersonId {
    PersonId::new(2)
}

const FIND: usize = 1;

/// Ada is the analyst, and away for the month. Bob answers for all of it, hears of the trouble and writes it down;
/// Carla has no role. Behind that somebody has to find the cause.
fn stranded() -> Parts {
    let mut parts = parts();
    parts.organisation.tireless = true;
    let organisation = &mut parts.organisation;
    organisation.people = vec![person("ada"), person("bob"), person("carla")];
    let tuesday = Day::from_civil(2026, 3, 3);
    organisation.people[0].leave = vec![(tuesday, Day(tuesday.0 + 40))];
    let (mut board, mut team) = (role("board"), role("team"));
    board.functions = vec![Function::Executive, Function::IncidentManager];
    board.functions.sort_unstable();
    board.holders = vec![bob()];
    team.functions = vec![Function::Analyst];
    organisation.roles = vec![board, team];
    let mut call = inject("call");
    call.to = Addressee::Function(Function::Executive);
    call.reveals = vec![Reveal::Real];
    parts.scenario.injects = vec![call];
    let mut begin = task("begin", Phase::Assessment, Measure::Log);
    begin.by = Addressee::Function(Function::IncidentManager);
    let mut find = task("find", Phase::Resolution, Measure::FindCause);
    find.after = vec![TaskId::new(0)];
    parts.plan.tasks = vec![begin, find];
    parts
}

/// Who starts a task, first of all.
fn started(record: &Record, of: usize) -> Option<Vec<PersonId>> {
    record.entries.iter().find_map(|entry| match &entry.event {
        Event::TaskStarted {
            instance, people, ..
        } if instance.task == TaskId::new(of) => Some(people.to_vec()),
        _ => None,
    })
}

#[test]
fn hands_on_work_escalates_only_to_who_holds_a_function_of_its_family_or_takes_one_on() {
    let record = play(stranded());
    assert_eq!(started(&record, 0), Some(vec![bob()]));
    assert_eq!(started(&record, FIND), None);
    // What is no hands-on work goes to whom it reaches.
    let mut talk = stranded();
    talk.plan.tasks[FIND].does[0].measure = Measure::Log;
    assert_eq!(started(&play(talk), FIND), Some(vec![bob()]));
    let mut able = stranded();
    able.organisation.people[1].also = vec![Function::Forensics];
    assert_eq!(started(&play(able), FIND), Some(vec![bob()]));
}

#[test]
fn deputies_of_the_role_whose_work_it_is_are_able_to_do_it() {
    let mut parts = stranded();
    parts.organisation.roles[1].deputies = vec![carla()];
    assert_eq!(started(&play(parts), FIND), Some(vec![carla()]));
}

/// Bob and Carla both answer for all of it, and Bob is the analyst as well. What he is to do needs a word of
/// who answers.
fn approved() -> Parts {
    let mut parts = stranded();
    let roles = &mut parts.organisation.roles;
    roles[0].holders = vec![bob(), carla()];
    (roles[1].holders, roles[1].may) = (vec![bob()], Vec::new());
    roles[0].may.clear();
    parts.plan.tasks[FIND].approval = Some(Addressee::Function(Function::Executive));
    parts
}

/// Who is asked for an approval, and who gives it.
fn request(record: &Record) -> (Option<Vec<PersonId>>, Option<PersonId>) {
    let asked = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageSent {
            kind: MessageKind::ApprovalRequest,
            people,
            ..
        } => Some(people.to_vec()),
        _ => None,
    });
    let given = record.entries.iter().find_map(|entry| match entry.event {
        Event::ApprovalGiven { person, .. } => Some(person),
        _ => None,
    });
    (asked, given)
}

#[test]
fn ones_own_request_goes_to_the_next_who_may_approve() {
    let record = play(approved());
    assert_eq!(request(&record), (Some(vec![carla()]), Some(carla())));
    assert_eq!(started(&record, FIND), Some(vec![bob()]));
    // Where nobody else may, who does it decides.
    let mut alone = approved();
    alone.organisation.roles[0].holders = vec![bob()];
    let record = play(alone);
    assert_eq!(request(&record), (None, None));
    assert_eq!(started(&record, FIND), Some(vec![bob()]));
}

#[test]
fn work_for_several_starts_with_as_many_as_it_takes_and_waits_for_them() {
    let mut parts = stranded();
    parts.organisation.people[0].leave.clear();
    parts.organisation.roles[1].holders = vec![ada(), carla()];
    let busy = Span::hours(3);
    let mut vigil = task("vigil", Phase::Response, Measure::Log);
    vigil.takes = Law::Fixed(busy);
    vigil.after = vec![TaskId::new(0)];
    parts.plan.tasks[FIND].people = 2;
    parts.plan.tasks.push(vigil);
    let record = play(parts);
    let when = |of: usize| {
        record.entries.iter().find_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } if instance.task == TaskId::new(of) => Some((entry.at, people.len())),
            _ => None,
        })
    };
    let (vigil, find) = (when(2).expect("it starts"), when(FIND).expect("it starts"));
    assert_eq!((vigil.1, find.1), (1, 2));
    assert!(find.0 - vigil.0 >= busy, "{find:?} after {vigil:?}");
}
