//! The loop written by hand lives the same story as the engine.

use hotwash_benches::by_hand::{ByHand, Milestone, milestones};
use hotwash_benches::peers;
use hotwash_engine::exercise::{Exercise, Measure};
use hotwash_engine::record::{Entry, Event, Outcome, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};

/// Whether somebody looks again at what is affected because of a sign, which the loop by hand does not do.
fn looks_again(exercise: &Exercise, record: &Record) -> bool {
    let again = |entry: &Entry| {
        let Event::TaskReady { instance, .. } = entry.event else {
            return false;
        };
        let task = exercise.task(instance.task);
        let looks = [Measure::Investigate, Measure::Scope];
        let learned = entry
            .cause
            .map(|cause| &record.entries[cause as usize - 1].event);
        instance.ordinal > 1
            && looks.iter().any(|measure| task.takes_measure(*measure))
            && matches!(learned, Some(Event::FactLearned { .. }))
    };
    record.entries.iter().any(again)
}

#[test]
fn every_milestone_of_the_loop_by_hand_is_that_of_the_engines_record() {
    let exercise = peers();
    let mut by_hand = ByHand::new(&exercise);
    let mut all = Vec::new();
    let mut compared = 0;
    // In the last of these runs two tasks that rest on one another are done again.
    let runs = (0..300).map(|run| (7, run)).chain([(1, 1_851)]);
    for (seed, run) in runs {
        let record = simulate(&exercise, &Setup::of(seed, run), Provenance::default());
        if looks_again(&exercise, &record) {
            continue;
        }
        compared += 1;
        let expected = milestones(&record);
        let mut found = Vec::new();
        by_hand.play(seed, run, &mut found);
        let same = expected.iter().zip(&found).take_while(|(a, b)| a == b);
        let same = same.count();
        assert_eq!(
            (expected.get(same), expected.len()),
            (found.get(same), found.len()),
            "run {run} of seed {seed} differs after {same} milestones"
        );
        all.extend(found.into_iter().map(|(_, what)| what));
    }
    assert!(compared > 20, "only {compared} runs were compared");
    let occurs = |what: fn(&Milestone) -> bool| all.iter().any(what);
    assert!(occurs(|what| matches!(what, Milestone::Resent(_))));
    assert!(occurs(|what| matches!(what, Milestone::Unreachable(_))));
    assert!(occurs(|what| matches!(what, Milestone::Withdrawn(_))));
    assert!(occurs(|what| matches!(what, Milestone::HandedOver(_))));
    assert!(occurs(|what| matches!(what, Milestone::Stopped(_))));
    assert!(occurs(|what| matches!(
        what,
        Milestone::Ended(_, Outcome::Redo)
    )));
    assert!(occurs(|what| matches!(
        what,
        Milestone::Ended(_, Outcome::Flawed)
    )));
}
