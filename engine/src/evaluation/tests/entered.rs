//! What a scribe entered, and when it and what follows from it count as done.

use crate::evaluation::as_said::as_said;
use crate::evaluation::fixture::{ISOLATE, NOTHING, Story, plan_and_attack};
use crate::exercise::{ExerciseTime, Mark, Span};
use crate::record::{Event, HumanAct};

#[test]
fn what_is_entered_counts_as_of_when_it_was_done_and_the_work_that_it_begins_does_not() {
    let mut story = Story::started(plan_and_attack());
    let act = HumanAct::Declare {};
    let taken = story.add(60, NOTHING, Event::ActionTaken { act });
    let entered = Event::EnteredByHand {
        scribe: "Noor".to_owned(),
        said: ExerciseTime(Span::minutes(20).0),
    };
    story.add(60, taken, entered);
    let declared = story.mark(60, taken, Mark::Declared);
    story.ready(60, declared, ISOLATE);
    // Later is not at once.
    story.mark(70, taken, Mark::Reported);
    let record = story.record();
    let judged = as_said(&record.entries);
    let minutes: Vec<i64> = judged.iter().map(|of| of.at.0 / Span::MINUTE.0).collect();
    assert_eq!(minutes, [0, 20, 60, 20, 60, 70]);
}
