//! What people who are played say in their own words.

use super::{clinic, exercise};
use crate::drill::Drill;
use crate::exercise::{ExerciseTime, Mode, OptionId, PersonId, RoleId, Span, StakeholderKind};
use crate::generator;
use crate::record::{Chosen, Event, HumanAct, MessageKind, Origin, Refusal, Seat};
use crate::replay;
use crate::simulation::{Provenance, Setup};
use crate::situation::view::{View, Viewer};

fn jonas() -> PersonId {
    PersonId::new(1)
}

fn begun(exercise: &std::sync::Arc<crate::exercise::Exercise>, played: &[PersonId]) -> Drill {
    let setup = Setup {
        played: played.to_vec(),
        mode: Mode::Mixed,
        ..Setup::of(1, 0)
    };
    let mut drill = Drill::new(exercise, &setup, Provenance::default());
    drill.advance_to(ExerciseTime::STARTEX, None);
    drill
}

fn tell(text: &str) -> HumanAct {
    HumanAct::Tell {
        to: RoleId::new(1),
        text: text.to_owned(),
    }
}

/// What the messages that people wrote themselves told, in their order.
fn told(drill: &Drill) -> Vec<(PersonId, usize)> {
    let entries = drill.record().entries.iter();
    let told = entries.filter_map(|entry| match &entry.event {
        Event::MessageSent {
            kind: MessageKind::Information,
            origin: Origin::Own { person, .. },
            reveals,
            ..
        } => Some((*person, reveals.len())),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_message_of_ones_own_tells_what_its_writer_knows() {
    let mut drill = begun(&exercise(clinic()), &[jonas()]);
    let seat = Seat::Plays { person: jonas() };
    assert_eq!(drill.submit(&seat, tell("All is well"), None).refused, None);
    assert_eq!(told(&drill), [(jonas(), 0)]);
    // The inject comes after 65 minutes; whoever reads it knows what it says.
    while drill.situation().known_to(jonas()).is_empty() {
        let soon = drill.settled() + Span::minutes(1);
        assert!(soon < ExerciseTime(Span::hours(12).0), "nothing is learned");
        drill.advance_to(soon, None);
        for offer in drill.possible(&seat) {
            if offer.refused.is_none() && matches!(offer.act, HumanAct::Read { .. }) {
                drill.submit(&seat, offer.act, None);
            }
        }
    }
    let told_of = drill.submit(&seat, tell("The records are encrypted"), None);
    assert_eq!(told_of.refused, None);
    let (_, facts) = told(&drill)[1];
    assert!(facts > 0, "the message tells nothing");
    let words = drill.situation().messages().all().last();
    let words = words.and_then(|message| message.words.clone());
    assert_eq!(words.as_deref(), Some("The records are encrypted"));
    let again = replay::replay(drill.record());
    let limit = drill.record().entries.len();
    assert_eq!(again.entries[..limit], drill.record().entries[..]);
}

#[test]
fn a_reason_a_question_and_an_answer_change_nothing_and_are_refused_where_nothing_was_decided_or_asked()
 {
    let mut drill = begun(&exercise(clinic()), &[jonas()]);
    let seat = Seat::Plays { person: jonas() };
    let asked = HumanAct::Ask {
        text: "Is the phone part of it?".to_owned(),
    };
    let answer = drill.submit(&seat, asked, None);
    let entry = answer.entries[0].number;
    let answered = HumanAct::Answer {
        entry,
        text: "It is".to_owned(),
    };
    let facilitator = Seat::Facilitator {};
    let first = drill.submit(&facilitator, answered.clone(), None);
    assert_eq!((first.refused, first.entries.len()), (None, 1));
    let second = drill.submit(&facilitator, answered, None);
    assert_eq!(second.refused, Some(Refusal::NothingAsked));
    let View::Player(view) = drill.situation().view_for(&Viewer::at(&seat)) else {
        unreachable!("a player has the view of a player");
    };
    assert_eq!(view.asked[0].answer.as_deref(), Some("It is"));
    for empty in [
        tell("  "),
        HumanAct::Ask {
            text: String::new(),
        },
        HumanAct::Inform {
            whom: StakeholderKind::Media,
            text: String::new(),
        },
    ] {
        let refused = drill.submit(&seat, empty, None).refused;
        assert_eq!(refused, Some(Refusal::NoText));
    }
}

#[test]
fn why_somebody_chose_is_said_by_who_decides_and_of_what_was_decided() {
    let mut explained = 0;
    for seed in 0..150 {
        let exercise = generator::exercise(seed);
        let everybody = 0..exercise.organisation().people.len();
        for person in everybody.map(PersonId::new) {
            let mut drill = begun(&exercise, &[person]);
            let seat = Seat::Plays { person };
            drill.advance_to(ExerciseTime(Span::hours(30).0), None);
            let offers = drill.possible(&seat);
            let decide = offers.into_iter().find_map(|offer| match offer.act {
                HumanAct::Decide { choice } if offer.refused.is_none() => Some(choice),
                _ => None,
            });
            let Some(choice) = decide else { continue };
            let why = |choice: Chosen| HumanAct::Explain {
                choice,
                reason: "Patients come first".to_owned(),
                sure: Some(80),
            };
            let early = drill.submit(&seat, why(choice), None).refused;
            assert_eq!(early, Some(Refusal::ChoseOtherwise), "exercise {seed}");
            drill.submit(&seat, HumanAct::Decide { choice }, None);
            let other = Chosen {
                option: OptionId::new(1 - choice.option.index()),
                ..choice
            };
            let wrong = drill.submit(&seat, why(other), None).refused;
            assert_eq!(wrong, Some(Refusal::ChoseOtherwise), "exercise {seed}");
            let right = drill.submit(&seat, why(choice), None).refused;
            explained += usize::from(right.is_none());
        }
    }
    assert!(explained > 5, "{explained} were explained");
}
