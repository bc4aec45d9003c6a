//! Who may see what, and who is told of which entry.

use super::super::Situation;
use super::super::sight::{Notice, Topic};
use super::super::view::{ClockView, Letter, PlayerView, Stage, View, Viewer};
use crate::exercise::{
    Addressee, Exercise, ExerciseTime, Few, Function, IncidentId, InjectId, Instance, Knowable,
    MessageId, ObjectiveId, ObligationId, PersonId, Phase, Priority, RoleId, Span, StakeholderKind,
    TaskId,
};
use crate::record::{Actor, Entry, Event, HumanAct, MessageKind, Origin, Presence, Rating, Remark};
use crate::simulation::fixture;
use std::sync::Arc;

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bo() -> PersonId {
    PersonId::new(1)
}

fn incident() -> IncidentId {
    IncidentId::new(0)
}

const TEXT: &str = "the shares are gone";

/// Ada is the analyst, whose the task is, and Bo leads, and sees to the duty.
fn two() -> Situation {
    let mut parts = fixture::parts();
    let organisation = &mut parts.organisation;
    organisation.people.push(fixture::person("bo"));
    let (mut analyst, mut lead) = (fixture::role("analyst"), fixture::role("lead"));
    analyst.functions = vec![Function::Analyst];
    (lead.functions, lead.holders) = (vec![Function::IncidentManager], vec![bo()]);
    organisation.roles = vec![analyst, lead];
    let mut call = fixture::inject("call");
    call.text = TEXT.to_owned();
    parts.scenario.injects = vec![call];
    let mut work = fixture::task("work", Phase::Response, crate::exercise::Measure::Log);
    work.by = Addressee::Function(Function::Analyst);
    parts.plan.tasks = vec![work];
    parts.plan.obligations = vec![fixture::obligation("tell", StakeholderKind::Bank)];
    let exercise = Exercise::new(parts).expect("the fixture is an exercise");
    Situation::new(&Arc::new(exercise))
}

fn entry(number: u32, actor: Actor, event: Event) -> Entry {
    Entry {
        number,
        at: ExerciseTime(i64::from(number)),
        wall: None,
        actor,
        cause: None,
        event,
    }
}

/// What is so after these events.
fn after(events: impl IntoIterator<Item = Event>) -> Situation {
    let mut situation = two();
    for (number, event) in (1..).zip(events) {
        situation.apply(&entry(number, Actor::Rules {}, event));
    }
    situation
}

fn plays(person: PersonId) -> Viewer {
    Viewer::Player(Few::from_slice(&[person]))
}

fn seen(situation: &Situation, person: PersonId) -> PlayerView {
    match situation.view_for(&plays(person)) {
        View::Player(view) => *view,
        View::All(_) | View::Wall(_) => panic!("a player sees what a player may see"),
    }
}

/// What of the view of a player is otherwise by what happened last.
fn told(events: Vec<Event>, actor: &Actor, person: PersonId) -> Option<Topic> {
    let mut situation = two();
    let mut last = None;
    for (number, event) in (1..).zip(events) {
        let entry = entry(number, actor.clone(), event);
        situation.apply(&entry);
        last = Some(entry);
    }
    let notice = situation.notice(&plays(person), &last?);
    notice.map(|Notice { what, .. }| what)
}

fn sent() -> Event {
    Event::MessageSent {
        message: MessageId(1),
        kind: MessageKind::Inject,
        origin: Origin::Inject {
            inject: InjectId::new(0),
            ordinal: 1,
        },
        to: RoleId::new(0),
        people: vec![ada(), bo()].into(),
        channel: None,
        reveals: vec![Knowable::Real(incident())],
    }
}

fn noticed() -> Event {
    Event::MessageNoticed {
        message: MessageId(1),
        person: ada(),
    }
}

fn begun() -> Event {
    Event::ReadingStarted {
        message: MessageId(1),
        person: ada(),
    }
}

fn read() -> Event {
    Event::MessageRead {
        message: MessageId(1),
        person: ada(),
    }
}

fn letter(events: Vec<Event>, person: PersonId) -> Option<Letter> {
    seen(&after(events), person).letters.pop()
}

#[test]
fn a_message_is_seen_by_who_noticed_it_its_text_from_when_they_read_and_what_it_reveals_after_that()
{
    let known = vec![Knowable::Real(incident())];
    let all = [
        (vec![sent(), noticed()], Stage::Unread, "", Vec::new()),
        (
            vec![sent(), noticed(), begun()],
            Stage::BeingRead,
            TEXT,
            Vec::new(),
        ),
        (
            vec![sent(), noticed(), begun(), read()],
            Stage::Read,
            TEXT,
            known,
        ),
    ];
    assert_eq!(letter(vec![sent()], ada()), None);
    for (events, stage, text, reveals) in all {
        assert_eq!(letter(events.clone(), bo()), None, "{stage:?}");
        let letter = letter(events, ada()).expect("she noticed it");
        assert_eq!((letter.stage, &letter.text[..]), (stage, text));
        assert_eq!(letter.reveals, reveals, "{stage:?}");
        assert_eq!(letter.inject.is_some(), stage != Stage::Unread);
    }
}

#[test]
fn a_player_is_told_of_their_own_messages_and_of_how_they_stand_and_of_nobody_elses() {
    let mail = vec![sent(), noticed()];
    let rules = || Actor::Rules {};
    assert_eq!(
        told(mail.clone(), &rules(), ada()),
        Some(Topic::Message(MessageId(1)))
    );
    assert_eq!(told(mail, &rules(), bo()), None);
    let turns = |person| Event::PresenceChanged {
        person,
        presence: Presence::OnDuty,
        since: ExerciseTime::STARTEX,
    };
    let own = Some(Topic::Person(ada()));
    assert_eq!(told(vec![turns(ada())], &rules(), ada()), own);
    assert_eq!(told(vec![turns(ada())], &rules(), bo()), None);
}

#[test]
fn a_player_is_told_what_their_own_people_did() {
    let act = HumanAct::Log {
        text: "it began at nine".to_owned(),
    };
    let taken = || vec![Event::ActionTaken { act: act.clone() }];
    let by = || Actor::Played { person: ada() };
    assert_eq!(told(taken(), &by(), ada()), Some(Topic::Act(ada())));
    assert_eq!(told(taken(), &by(), bo()), None);
    assert_eq!(told(taken(), &Actor::Facilitator {}, bo()), None);
}

#[test]
fn work_is_seen_by_its_role_once_somebody_of_it_knows_and_by_who_had_it_in_hand() {
    let instance = Instance {
        task: TaskId::new(0),
        incident: incident(),
        ordinal: 1,
    };
    let ready = || Event::TaskReady {
        instance,
        priority: Priority::P1,
    };
    let jobs = |events: Vec<Event>, person| seen(&after(events), person).work.len();
    let told = || vec![ready(), Event::TaskTold { instance }];
    assert_eq!(jobs(vec![ready()], ada()), 0);
    assert_eq!((jobs(told(), ada()), jobs(told(), bo())), (1, 0));
    let started = Event::TaskStarted {
        instance,
        people: vec![bo()].into(),
        role: RoleId::new(1),
        attempt: 1,
    };
    assert_eq!(jobs(vec![ready(), started], bo()), 1);
}

#[test]
fn a_room_is_seen_by_who_is_there_and_a_clock_by_who_sees_to_it() {
    let opened = Event::RoomOpened {
        incident: incident(),
        team: None,
    };
    let joined = Event::RoomJoined {
        incident: incident(),
        person: ada(),
    };
    let clock = Event::ClockStarted {
        obligation: ObligationId::new(0),
        incident: incident(),
        due: ExerciseTime(Span::HOUR.0),
    };
    let situation = after([opened, joined, clock]);
    let count = |person| {
        let view = seen(&situation, person);
        (view.rooms.len(), view.clocks.len())
    };
    assert_eq!((count(ada()), count(bo())), ((1, 0), (0, 1)));
}

#[test]
fn the_clock_stands_by_the_stop_word_where_that_was_said_before_it_was_stopped() {
    let clock = |events: Vec<Event>| -> ClockView { seen(&after(events), ada()).clock };
    let (said, paused) = (Event::StopWordSaid {}, Event::ExercisePaused {});
    let by_the_word = clock(vec![said.clone(), paused.clone()]);
    assert!(by_the_word.paused && by_the_word.stopped);
    let already = clock(vec![paused.clone(), said.clone()]);
    assert!(already.paused && !already.stopped);
    let goes_on = clock(vec![said, paused, Event::ExerciseResumed {}]);
    assert!(!goes_on.paused && !goes_on.stopped);
}

#[test]
fn what_the_facilitator_notes_is_for_facilitators_and_ratings_are_not_for_who_only_watches() {
    let note = HumanAct::Note {
        text: "they are tired".to_owned(),
    };
    let rate = HumanAct::Rate {
        objective: ObjectiveId::new(0),
        rating: Rating::S,
        remark: Box::new(Remark {
            by: "Ines".to_owned(),
            seen: None,
            note: String::new(),
            corrects: None,
        }),
    };
    let taken = |actor, act: &HumanAct| entry(1, actor, Event::ActionTaken { act: act.clone() });
    let noted = taken(Actor::Facilitator {}, &note);
    let played = taken(Actor::Played { person: ada() }, &note);
    let rated = taken(Actor::Evaluator {}, &rate);
    let may = |viewer: &Viewer| [&noted, &played, &rated].map(|of| Situation::may_read(viewer, of));
    assert_eq!(may(&Viewer::Facilitator), [true, true, true]);
    assert_eq!(may(&Viewer::Evaluator), [false, true, true]);
    assert_eq!(may(&Viewer::Observer), [false, true, false]);
    assert_eq!(may(&plays(ada())), [false; 3]);
    assert_eq!(may(&Viewer::Wall), [false; 3]);
}
