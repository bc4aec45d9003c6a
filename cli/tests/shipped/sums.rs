//! What the time of phases was made of, in every run of what ships.

use crate::runs::ALL;
use hotwash_engine::evaluation::Category;
use hotwash_engine::exercise::Span;
use std::collections::BTreeSet;

#[test]
fn the_time_of_every_phase_is_the_sum_of_its_parts_to_the_millisecond() {
    let mut seen: BTreeSet<Category> = BTreeSet::new();
    for run in ALL.iter().flatten() {
        let judged = &run.evaluation;
        for phase in judged.incidents.iter().flat_map(|of| &of.phases) {
            let Some((_, origin)) = phase.origin.filter(|_| !phase.made_of.is_empty()) else {
                continue;
            };
            let until = phase.completed.map_or(judged.ended_at, |timed| timed.at);
            let parts = &phase.made_of;
            assert_eq!(
                (parts[0].from, parts[parts.len() - 1].until),
                (origin.at, until)
            );
            assert!(parts.windows(2).all(|pair| pair[0].until == pair[1].from));
            let sum: Span = parts.iter().map(|part| part.until - part.from).sum();
            assert_eq!(sum, until - origin.at, "{}", phase.phase);
            seen.extend(parts.iter().map(|part| part.category));
        }
    }
    // That nothing could happen is so where only others could act, which no shipped plan waits for; and no phase of it
    // ends with telling those who have hours.
    let rare = [Category::NothingCouldHappen, Category::HoursOfOthers];
    let usual = Category::ALL.iter().filter(|of| !rare.contains(of));
    assert!(seen.iter().eq(usual), "{seen:?}");
}
