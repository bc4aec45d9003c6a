//! Who is in the room, whose knowledge the board is, and what nobody passes on.

use super::{Minds, duties, gather, learn, leave, open_room};
use crate::exercise::{
    Condition, ExerciseTime, Fact, Function, IncidentId, Knowable, Obligation, Parts, PersonId,
    RoleId, Span, StakeholderKind, Trigger, WeeklyHours,
};
use crate::simulation::fixture::{self, agenda_and_out, obligation, office_hours, person, role};
use crate::simulation::out::Changed;
use crate::simulation::people::People;

fn incident() -> IncidentId {
    IncidentId::new(0)
}

/// An analyst around the clock, and a lead in office hours who sees to a duty about personal data.
fn parts() -> Parts {
    let mut parts = fixture::parts();
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.people[1].shift = office_hours();
    parts.organisation.roles = vec![role("analyst"), role("lead")];
    parts.organisation.roles[0].functions = vec![Function::Analyst];
    parts.organisation.roles[1].functions = vec![Function::DataProtection];
    parts.organisation.roles[1].holders = vec![PersonId::new(1)];
    let data = Condition::Is(Fact::Known(Knowable::PersonalData(incident())));
    parts.plan.obligations = vec![Obligation {
        from: Trigger::Aware {
            who: vec![Function::DataProtection],
            what: data,
        },
        by: crate::exercise::Addressee::Function(Function::DataProtection),
        ..obligation("duty", StakeholderKind::DataProtectionAuthority)
    }];
    parts
}

#[test]
fn nobody_passes_on_for_a_duty_what_nobody_has_found_to_be_real() {
    let stage = fixture::stage(parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (_, mut out) = agenda_and_out(&stage);
    let mut minds = Minds::default();
    minds.reset(scene);
    let analyst = RoleId::new(0);
    let data = Knowable::PersonalData(incident());
    learn(&mut minds, &mut out, scene, analyst, &[data], 0);
    assert_eq!(duties(&mut minds, scene)[..], []);
    let real = Knowable::Real(incident());
    learn(&mut minds, &mut out, scene, analyst, &[real], 0);
    let passed = duties(&mut minds, scene);
    assert_eq!(passed.len(), 1);
    assert_eq!((passed[0].from, passed[0].to), (analyst, RoleId::new(1)));
    assert_eq!(duties(&mut minds, scene)[..], [], "it is passed on once");
}

#[test]
fn the_room_is_of_those_on_duty_and_the_board_is_what_they_know() {
    let stage = fixture::stage(parts());
    // At six in the evening the lead is gone; at ten in the morning both are there.
    let evening = fixture::scene(&stage, ExerciseTime::STARTEX + Span::hours(9));
    let morning = fixture::scene(&stage, ExerciseTime::STARTEX + Span::hours(25));
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let (mut minds, mut people) = (Minds::default(), People::default());
    minds.reset(evening);
    people.reset(evening, &[], &[]);
    let alerted = Knowable::Alerted(incident());
    let cause = Knowable::Cause(incident());
    for role in [0, 1] {
        learn(
            &mut minds,
            &mut out,
            evening,
            RoleId::new(role),
            &[alerted],
            0,
        );
    }
    learn(&mut minds, &mut out, evening, RoleId::new(1), &[cause], 0);
    open_room(&mut minds, &mut out, evening, incident(), 0);
    assert!(!minds.board(incident()).has(alerted));
    gather(&mut minds, &people, &mut agenda, &mut out, evening);
    let (ada, bo) = (PersonId::new(0), PersonId::new(1));
    assert_eq!(minds.present(incident()), [ada]);
    let board = minds.board(incident());
    assert!(board.has(alerted) && !board.has(cause));
    // Whoever looks at what the board knows looks again when somebody joins, and when somebody leaves.
    out.take_changed();
    people.turn(morning);
    gather(&mut minds, &people, &mut agenda, &mut out, morning);
    assert_eq!(minds.present(incident()), [ada, bo]);
    assert!(minds.board(incident()).has(cause));
    assert!(out.take_changed().touches(Changed::KNOWLEDGE));
    leave(&mut minds, &mut out, morning, bo);
    assert!(out.take_changed().touches(Changed::KNOWLEDGE));
    let board = minds.board(incident());
    assert!(board.has(alerted) && !board.has(cause));
}

#[test]
fn who_is_never_there_joins_no_room() {
    let mut parts = parts();
    parts.organisation.people[1].shift = WeeklyHours::default();
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let (mut minds, mut people) = (Minds::default(), People::default());
    minds.reset(scene);
    people.reset(scene, &[], &[]);
    let alerted = Knowable::Alerted(incident());
    learn(&mut minds, &mut out, scene, RoleId::new(1), &[alerted], 0);
    open_room(&mut minds, &mut out, scene, incident(), 0);
    gather(&mut minds, &people, &mut agenda, &mut out, scene);
    assert_eq!(minds.present(incident()), []);
}
