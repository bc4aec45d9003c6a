//! Sleep, at an instant.

use super::{Habits, Rested, Sleep, Up, rested, usual};
use crate::exercise::{DayHours, ExerciseTime, Interval, Parts, PersonId, Span, WeeklyHours};
use crate::simulation::agenda::Agenda;
use crate::simulation::fixture::{office_hours, parts, scene_of_run, stage};
use crate::simulation::people::{People, Someone};
use crate::simulation::scene::Stage;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn ada() -> PersonId {
    PersonId::new(0)
}

/// STARTEX is at nine; Ada works from nine to five and gets up at eight. She sleeps for 7 h 30 min, from
/// half an hour after midnight.
fn office() -> Parts {
    let mut parts = parts();
    parts.organisation.tireless = true;
    parts.organisation.people[0].shift = office_hours();
    parts
}

fn hours(tenths: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(6 * tenths).0)
}

fn at(stage: &Stage, up: Option<Up>, tenths: i64) -> Rested {
    let scene = scene_of_run(stage, hours(tenths), 0);
    let someone = Someone {
        habits: Habits::of(scene, ada()),
        up,
        ..Someone::default()
    };
    rested(scene, &someone, ada(), hours(tenths))
}

#[test]
fn who_is_left_alone_is_awake_from_getting_up_to_going_to_bed() {
    let stage = stage(office());
    assert_eq!(at(&stage, None, 120), Rested::Awake(hours(-10)));
    assert_eq!(at(&stage, None, 154), Rested::Awake(hours(-10)));
    assert_eq!(at(&stage, None, 231), Rested::Awake(hours(230)));
    let whole = Span::minutes(450);
    let sleep = Sleep {
        from: hours(155),
        woke: hours(-10),
        whole,
    };
    assert_eq!(at(&stage, None, 155), Rested::Asleep(sleep));
    assert_eq!(at(&stage, None, 229), Rested::Asleep(sleep));
}

#[test]
fn sleep_takes_tiredness_away_in_proportion() {
    let stage = stage(office());
    let Rested::Asleep(sleep) = at(&stage, None, 170) else {
        panic!("asleep at two in the morning");
    };
    // Awake for 16 h 30 min, and a fifth of the night.
    assert_eq!(sleep.left(hours(170)), Span::minutes(60 * 132 / 10));
    assert_eq!(sleep.left(hours(230)), Span::ZERO);
    let up = Up {
        since: hours(170),
        tired: sleep.left(hours(170)),
        kept_until: hours(200),
    };
    // Called at two and kept up until five: by then as tired as if awake since before one in the afternoon.
    assert_eq!(at(&stage, Some(up), 180), Rested::Awake(hours(38)));
    // Three hours of sleep take two fifths of the 16 h 12 min away.
    let left = Span(Span::minutes(60 * 162 / 10).0 * 3 / 5);
    assert_eq!(at(&stage, Some(up), 240), Rested::Awake(hours(230) - left));
    // Who is kept up through the night is not rested by it, and is by the next.
    let through = Up {
        kept_until: hours(300),
        ..up
    };
    assert_eq!(at(&stage, Some(through), 310), Rested::Awake(hours(38)));
    assert_eq!(at(&stage, Some(through), 471), Rested::Awake(hours(470)));
}

/// The fourth night after STARTEX, which is on a Tuesday, is that before a Saturday: from 86 to 93.5 h.
#[test]
fn who_goes_to_bed_late_sleeps_on_where_no_shift_calls_them() {
    let stage = stage(office());
    let up = Up {
        since: hours(870),
        tired: Span::hours(14),
        kept_until: hours(930),
    };
    assert!(matches!(at(&stage, Some(up), 1000), Rested::Asleep(_)));
    assert_eq!(at(&stage, Some(up), 1010), Rested::Awake(hours(1005)));
    // On a working day she gets up with two and a half hours of sleep.
    let (since, kept_until) = (hours(150), hours(205));
    let up = Up {
        since,
        kept_until,
        ..up
    };
    let Rested::Awake(woke) = at(&stage, Some(up), 235) else {
        panic!("up at half past eight");
    };
    assert!(hours(235) - woke > Span::hours(13), "{woke:?}");
}

#[test]
fn from_whom_a_whole_night_was_taken_sleeps_by_day() {
    let stage = stage(office());
    // Up since five in the afternoon, kept up until ten in the morning of a Saturday.
    let up = Up {
        since: hours(860),
        tired: Span::hours(6),
        kept_until: hours(970),
    };
    assert!(matches!(at(&stage, Some(up), 969), Rested::Awake(_)));
    assert!(matches!(at(&stage, Some(up), 971), Rested::Asleep(_)));
    assert_eq!(at(&stage, Some(up), 1050), Rested::Awake(hours(1045)));
    // The next night is one like others.
    assert_eq!(at(&stage, Some(up), 1180), Rested::Awake(hours(1175)));
}

#[test]
fn who_comes_tired_to_a_shift_has_to_rest_in_the_course_of_it() {
    let stage = stage(office());
    let mut people = People::default();
    let scene = scene_of_run(&stage, hours(200), 0);
    people.reset(scene, &[], &[]);
    people.begin_to_act(&mut Agenda::default());
    assert!(!people.rests_on_shift(scene, ada()));
    // Kept up until half past five, she has to get up at eight, for nine.
    people.get_mut(ada()).up = Some(Up {
        since: hours(150),
        tired: Span::hours(14),
        kept_until: hours(205),
    });
    assert!(people.rests_on_shift(scene, ada()));
}

#[test]
fn people_differ_and_a_person_differs_between_runs() {
    let mut parts = parts();
    parts.organisation.people[0].shift = office_hours();
    parts.organisation.people[0].awake_before_shift = None;
    let stage = stage(parts);
    let night = |run| {
        let scene = scene_of_run(&stage, ExerciseTime::STARTEX, run);
        usual(scene, ada(), (ExerciseTime::STARTEX, hours(100)))[1]
    };
    let nights: Vec<Interval> = (0..200).map(night).collect();
    let beds: BTreeSet<i64> = nights.iter().map(|night| night.from.0).collect();
    assert!(beds.len() > 150, "{} bedtimes in 200 runs", beds.len());
    let ends: BTreeSet<i64> = nights.iter().map(|night| night.until.0).collect();
    assert!(ends.len() > 150, "{} times of getting up", ends.len());
    for night in nights {
        assert!(hours(125) <= night.from && night.from < hours(220));
        let slept = night.until - night.from;
        assert!(
            Span::hours(3) <= slept && slept <= Span::hours(9),
            "{slept:?}"
        );
    }
}

proptest! {
    #[test]
    fn nobody_sleeps_on_their_shift_nor_twice_at_once(
        from in 0_u16..1_440,
        length in 60_u16..900,
        run in 0_u64..1_000,
    ) {
        let mut parts = parts();
        let day = |weekday| DayHours { weekday, from, until: from + length };
        parts.organisation.people[0].shift = WeeklyHours((0..7).map(day).collect());
        parts.organisation.people[0].awake_before_shift = None;
        let stage = stage(parts);
        let scene = scene_of_run(&stage, ExerciseTime::STARTEX, run);
        let nights = usual(scene, ada(), (hours(0), hours(1_000)));
        prop_assert!(nights.len() >= 3, "{nights:?}");
        for two in nights.windows(2) {
            prop_assert!(two[0].until <= two[1].from, "{two:?}");
        }
        for night in nights {
            let duty = scene.calendar().duty(ada());
            let meets = duty.at(night.from).or_else(|| duty.next(night.from));
            prop_assert!(meets.is_none_or(|shift| shift.from >= night.until), "{night:?}");
        }
    }
}
