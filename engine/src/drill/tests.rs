//! Laws of drills, over generated exercises and acts, possible and not.

use super::Drill;
use crate::exercise::{Addressee, ExerciseTime, InjectId, MessageId, Mode, PersonId, Span, TaskId};
use crate::generator::{self, Numbers};
use crate::record::{
    Action, EndKind, Entry, Event, Hand, HumanAct, Record, Refusal, Remark, Seat, Which,
};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};
use crate::situation::view::{View, Viewer};

const EXERCISES: std::ops::Range<u64> = 0..300;

fn seat_of(person: Option<PersonId>) -> Seat {
    person.map_or(Seat::Facilitator {}, |person| Seat::Plays { person })
}

/// A drill of the exercise of a seed that has come to STARTEX, with whom humans play.
fn begun(seed: u64) -> (Drill, Vec<PersonId>) {
    let exercise = generator::exercise(seed);
    let (played, _) = generator::acts(&exercise, seed);
    let setup = Setup {
        played: played.clone(),
        mode: Mode::Mixed,
        ..Setup::of(seed, 1)
    };
    let mut drill = Drill::new(&exercise, &setup, Provenance::default());
    drill.advance_to(ExerciseTime::STARTEX, None);
    (drill, played)
}

/// Lets time pass to an instant in several steps.
fn wander(drill: &mut Drill, n: &mut Numbers, until: ExerciseTime) {
    while drill.settled() < until && n.percent(60) {
        let left = until - drill.settled();
        drill.advance_to(
            drill.settled() + Span(left.0 * n.below(100) as i64 / 100),
            None,
        );
    }
    drill.advance_to(until, None);
}

/// One of the things that are offered to somebody and possible, if there is one.
fn something_possible(drill: &mut Drill, n: &mut Numbers, seat: &Seat) -> Option<HumanAct> {
    let offers = drill.possible(seat);
    let possible: Vec<HumanAct> = offers
        .into_iter()
        .filter(|offer| offer.refused.is_none() && offer.act != HumanAct::End {})
        .map(|offer| offer.act)
        .collect();
    (!possible.is_empty()).then(|| n.pick(&possible))
}

/// A whole drill: acts at random and acts that were offered, one by one, with time that passes in steps.
fn played(seed: u64) -> Record {
    let (mut drill, played) = begun(seed);
    let n = &mut Numbers::new(seed ^ 0xD211);
    let exercise = generator::exercise(seed);
    for action in generator::acts(&exercise, seed).1 {
        wander(&mut drill, n, action.at);
        let seat = seat_of(action.person);
        drill.submit(&seat, action.does, None);
        let someone = Seat::Plays {
            person: n.pick(&played),
        };
        if let Some(act) = something_possible(&mut drill, n, &someone) {
            drill.submit(&someone, act, None);
        }
    }
    wander(&mut drill, n, exercise.parts().limit);
    let voted = drill.submit(&Seat::Observer {}, vote("The call list"), None);
    assert_eq!(voted.refused, None);
    drill.record().clone()
}

fn vote(what: &str) -> HumanAct {
    HumanAct::Vote {
        what: what.to_owned(),
        remark: Box::new(Remark {
            by: "Noor".to_owned(),
            seen: None,
            note: String::new(),
            corrects: None,
        }),
    }
}

/// What a simulation makes of the acts of a record.
fn simulated(record: &Record) -> Vec<Entry> {
    let setup = replay::setup_of(record);
    simulate(&record.header.exercise, &setup, Provenance::default()).entries
}

#[test]
fn the_record_of_a_drill_is_the_one_that_a_simulation_makes_of_its_acts() {
    let mut acts = 0;
    for seed in EXERCISES {
        let record = played(seed);
        acts += replay::human_acts(&record).len();
        let again = Record {
            header: record.header.clone(),
            entries: simulated(&record),
        };
        assert_eq!(
            replay::first_difference(&record, &again),
            None,
            "exercise {seed}"
        );
    }
    assert!(acts > 1_000, "{acts} acts try little");
}

#[test]
fn a_record_that_was_played_otherwise_is_told_apart() {
    let record = played(3);
    let mut entries = simulated(&record);
    let last = entries.len() - 1;
    entries[last].at = entries[last].at + Span(1);
    let again = Record {
        header: record.header.clone(),
        entries,
    };
    assert!(replay::first_difference(&record, &again).is_some());
}

/// The first entries of a record.
fn cut(record: &Record, entries: usize) -> Record {
    Record {
        header: record.header.clone(),
        entries: record.entries[..entries].to_vec(),
    }
}

/// Goes on with a drill as its record went on.
fn go_on(drill: &mut Drill, rest: &[Action]) {
    for action in rest {
        drill.advance_to(ExerciseTime(action.at.0 - 1), None);
        drill.submit(&seat_of(action.person), action.does.clone(), None);
    }
    let limit = drill.record().header.exercise.parts().limit;
    drill.advance_to(limit, None);
}

#[test]
fn a_drill_that_was_broken_off_anywhere_goes_on_as_it_would_have() {
    let (mut resumed, mut whole) = (0, 0);
    for seed in EXERCISES {
        let record = played(seed);
        let n = &mut Numbers::new(seed ^ 0xC4A5);
        let at = n.below(record.entries.len() + 1);
        let (mut drill, missing) = Drill::resume(&cut(&record, at)).expect("it is its own record");
        let known = at + missing.len();
        assert_eq!(
            record.entries[at..known],
            missing,
            "exercise {seed}, broken off after entry {at}"
        );
        resumed += usize::from(!missing.is_empty());
        let acts = replay::human_acts(&record);
        let done = replay::human_acts(drill.record()).len();
        let settled = drill.settled();
        let rest = &acts[done..];
        // An act of the instant that was broken off was confirmed to nobody, and comes at the next.
        if rest.first().is_none_or(|next| next.at > settled) {
            go_on(&mut drill, rest);
            assert_eq!(
                replay::first_difference(&record, drill.record()),
                None,
                "exercise {seed}, broken off after entry {at}"
            );
            whole += 1;
        }
    }
    assert!(resumed > 20 && whole > 200, "{resumed}, {whole}");
}

#[test]
fn a_record_that_its_exercise_does_not_make_again_is_not_gone_on_with() {
    let mut record = played(5);
    let forged = record.entries.len() / 2;
    record.entries[forged].at = record.entries[forged - 1].at;
    record.entries[forged].event = Event::StopWordSaid {};
    let diverged = Drill::resume(&record).err().expect("it was forged");
    assert_eq!(diverged.entry as usize, forged + 1);
}

#[test]
fn at_a_standing_clock_each_act_lies_a_millisecond_behind_the_one_before() {
    let (mut drill, _) = begun(1);
    drill.advance_to(ExerciseTime(60_000), None);
    for n in 1..=5 {
        let answer = drill.submit(&Seat::Observer {}, vote("The door"), Some(7));
        assert_eq!(answer.at, ExerciseTime(60_000 + n));
        assert!(answer.entries.iter().all(|entry| entry.wall == Some(7)));
    }
}

#[test]
fn what_is_offered_is_possible_and_what_is_refused_is_not() {
    let (mut taken, mut refused) = (0, 0);
    for seed in EXERCISES {
        let (mut drill, played) = begun(seed);
        let n = &mut Numbers::new(seed ^ 0x0FFE);
        for _ in 0..12 {
            let next = drill.settled() + n.minutes(240);
            drill.advance_to(next, None);
            let soon = drill.settled() + Span(1);
            if drill.ended().is_some() || drill.next_due().is_none_or(|due| due <= soon) {
                continue;
            }
            let seat = Seat::Plays {
                person: n.pick(&played),
            };
            let offers = drill.possible(&seat);
            let offer = n.pick(&offers);
            let busy = drill.submit(&seat, offer.act.clone(), None);
            match offer.refused {
                None => taken += usize::from(busy.refused.is_none()),
                Some(_) => refused += 1,
            }
            let waits = busy.refused == Some(Refusal::Busy);
            assert!(
                waits || busy.refused == offer.refused,
                "exercise {seed}: {offer:?} {:?}",
                busy.refused
            );
        }
    }
    assert!(taken > 300 && refused > 300, "{taken}, {refused}");
}

#[test]
fn a_drill_in_which_nothing_is_due_goes_on_until_somebody_ends_it() {
    let mut quiet = 0;
    for seed in EXERCISES {
        let (mut drill, _) = begun(seed);
        while let Some(due) = drill.next_due() {
            drill.advance_to(due, None);
        }
        match drill.ended() {
            Some(end) => assert_ne!(end, EndKind::Stalled, "exercise {seed}"),
            None => quiet += 1,
        }
    }
    let (mut drill, _) = begun(1);
    drill.submit(&Seat::Facilitator {}, HumanAct::End {}, None);
    assert_eq!(drill.ended(), Some(EndKind::Facilitator));
    assert_eq!(quiet, 0, "the latest ENDEX is always due");
}

#[test]
fn nobody_does_what_is_not_for_their_seat() {
    let (mut drill, played) = begun(2);
    let someone = Seat::Plays { person: played[0] };
    let fire = HumanAct::Fire {
        inject: InjectId::new(0),
    };
    let excluded = [
        (someone, fire.clone(), Refusal::OnlyTheFacilitator),
        (Seat::Observer {}, fire.clone(), Refusal::OnlyTheFacilitator),
        (Seat::Evaluator {}, fire, Refusal::OnlyTheFacilitator),
        (
            Seat::Facilitator {},
            HumanAct::Declare {},
            Refusal::OnlyAPerson,
        ),
        (
            Seat::Observer {},
            HumanAct::Declare {},
            Refusal::OnlyAPerson,
        ),
    ];
    let entries = drill.record().entries.len();
    for (seat, act, reason) in excluded {
        assert_eq!(drill.check(&seat, &act), Err(reason));
        let answer = drill.submit(&seat, act, None);
        assert_eq!((answer.refused, answer.entries.len()), (Some(reason), 0));
    }
    assert_eq!(drill.record().entries.len(), entries);
}

/// Things of which a player sees nothing: messages, and pieces of work.
fn unseen(drill: &Drill, person: PersonId) -> (Vec<MessageId>, Vec<TaskId>) {
    let viewer = Viewer::at(&Seat::Plays { person });
    let View::Player(view) = drill.situation().view_for(&viewer) else {
        return (Vec::new(), Vec::new());
    };
    let messages = (1..=40).map(MessageId);
    let messages = messages.filter(|id| !view.letters.iter().any(|letter| letter.message == *id));
    let exercise = drill.situation().exercise();
    let tasks = (0..exercise.plan().tasks.len()).map(TaskId::new);
    let stands_in = |of: Addressee| {
        let mut roles = exercise.roles(of).iter();
        roles.any(|role| exercise.role(*role).deputies.contains(&person))
    };
    let approves = |of: Addressee| {
        let mut roles = exercise.roles(of).iter();
        roles.any(|role| exercise.role(*role).holders.contains(&person))
    };
    let tasks = tasks.filter(|id| {
        let task = exercise.task(*id);
        // Who may approve a task may do so unasked.
        let approval = task.approval;
        let may_approve = approval.is_some_and(|of| stands_in(of) || approves(of));
        if may_approve {
            return false;
        }
        let asked = view.approvals.iter().any(|instance| instance.task == *id);
        !asked && !view.work.iter().any(|job| job.instance.task == *id)
    });
    (messages.collect(), tasks.collect())
}

#[test]
fn trying_teaches_nothing_that_one_does_not_see() {
    for seed in EXERCISES {
        let (mut drill, played) = begun(seed);
        let n = &mut Numbers::new(seed ^ 0x7A9);
        for _ in 0..6 {
            let next = drill.settled() + n.minutes(480);
            drill.advance_to(next, None);
            if drill.ended().is_some() {
                break;
            }
            let person = n.pick(&played);
            let seat = Seat::Plays { person };
            let (messages, tasks) = unseen(&drill, person);
            let mut answers = |acts: Vec<HumanAct>| {
                let mut answers: Vec<_> = acts.iter().map(|act| drill.check(&seat, act)).collect();
                answers.sort_unstable();
                answers.dedup();
                answers
            };
            let reads = messages.iter().map(|id| HumanAct::Read { message: *id });
            let told = answers(reads.collect());
            assert!(told.len() <= 1, "exercise {seed}: {told:?}");
            for act in [
                |task| HumanAct::Start {
                    task,
                    with: Vec::new(),
                },
                |task| HumanAct::Approve {
                    task,
                    granted: true,
                },
            ] {
                let exercise = generator::exercise(seed);
                let by = |task: &TaskId| exercise.task(*task).by;
                for addressee in tasks.iter().map(by) {
                    let same = tasks.iter().filter(|task| by(task) == addressee);
                    let acts = same.map(|task| act(Which::of(*task)));
                    let told = answers(acts.collect());
                    assert!(told.len() <= 1, "exercise {seed}: {told:?}");
                    assert!(!told.contains(&Ok(())), "exercise {seed}: {told:?}");
                }
            }
        }
    }
}

#[test]
fn what_a_scribe_enters_stands_with_when_it_was_said() {
    let (mut drill, played) = begun(4);
    drill.advance_to(ExerciseTime(600_000), None);
    let hand = Hand {
        scribe: "Tomas".to_owned(),
        said: ExerciseTime(300_000),
    };
    let log = HumanAct::Log {
        text: "The phones are down".to_owned(),
    };
    let answer = drill.enter((played[0], hand), log, None);
    let by_hand = |entry: &Entry| matches!(entry.event, Event::EnteredByHand { .. });
    assert!(answer.entries.iter().any(by_hand));
    let fire = HumanAct::Fire {
        inject: InjectId::new(0),
    };
    let hand = Hand {
        scribe: "Tomas".to_owned(),
        said: ExerciseTime(300_000),
    };
    let answer = drill.enter((played[0], hand), fire, None);
    assert_eq!(answer.refused, Some(Refusal::OnlyTheFacilitator));
}
