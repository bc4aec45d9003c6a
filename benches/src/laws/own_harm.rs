//! Law 6: harm of one's own counts.

use super::Law;
use super::change::varied;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use hotwash_engine::exercise::{Act, Exercise, Measure, Object, Selector};
use std::sync::Arc;

/// Law 6.
pub const LAW: Law = Law {
    name: "6 own harm",
    says: "Harm of one's own counts: who cuts off, switches off or restores everything scores surely below who \
           does it to what is affected, at the same time.",
    find: own_harm,
};

const SHORT: u64 = 100;

/// The measures, with the task that takes each.
const MEASURES: [(&str, Measure); 3] = [
    ("cut-off", Measure::Isolate),
    ("cut-off", Measure::Shutdown),
    ("restore", Measure::Restore),
];

/// What is affected, against everything, with a cut that waits for no approval.
fn own_harm(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> [Trial; 3] {
    MEASURES.map(|(task, measure)| {
        let on = |selector| taken_on(&ground.shipped.exercise, (task, measure), selector);
        Trial {
            scenario: ground.id,
            change: format!("{measure} everything, not what is affected"),
            before: lab.course(on(Selector::Affected)),
            after: lab.course(on(Selector::Everything)),
            claims: vec![Claim::new(Figure::Score, Says::Lower(0.0))],
            short: SHORT,
        }
    })
}

/// The exercise in which a task takes one measure, on these assets, and asks nobody.
pub fn taken_on(
    exercise: &Exercise,
    (task, measure): (&str, Measure),
    on: Selector,
) -> Arc<Exercise> {
    varied(exercise, |parts| {
        let mut tasks = parts.plan.tasks.iter_mut();
        let task = tasks.find(|of| of.slug.as_str() == task);
        let task = task.expect("the plan has it");
        task.approval = None;
        task.does = vec![Act {
            measure,
            on: Object::Assets(on),
        }];
    })
}
