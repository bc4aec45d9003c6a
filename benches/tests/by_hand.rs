//! The loop written by hand lives the same story as the engine.

use hotwash_benches::by_hand::{ByHand, Milestone, milestones};
use hotwash_benches::peers;
use hotwash_engine::record::Outcome;
use hotwash_engine::simulation::{Provenance, Setup, simulate};

#[test]
fn every_milestone_of_the_loop_by_hand_is_that_of_the_engines_record() {
    let exercise = peers();
    let mut by_hand = ByHand::new(&exercise);
    let mut all = Vec::new();
    // In the last of these runs two tasks that rest on one another are done again.
    let runs = (0..50).map(|run| (7, run)).chain([(1, 1_851)]);
    for (seed, run) in runs {
        let record = simulate(&exercise, &Setup::of(seed, run), Provenance::default());
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
