//! Law 4: the yardstick is not the plan's.

use super::Law;
use super::change::varied;
use super::claim::Finding;
use super::figures::Figures;
use super::lab::{Ground, Lab, on_all_threads};
use hotwash_engine::exercise::{BasisPoints, Condition, Fact, Limit, Parts, Span};

/// Law 4.
pub const LAW: Law = Law {
    name: "4 yardstick",
    says: "The yardstick is not the plan's: with other targets, weights or ends of phases in the plan the \
           score of every run is the same.",
    find: yardstick,
};

const SHORT: u64 = 15;
/// A change of a plan by what it is called.
type Named = (&'static str, fn(&mut Parts));

const CHANGES: [Named; 7] = [
    ("no targets", |parts| parts.plan.targets.clear()),
    ("targets of a minute", |parts| targets(parts, Span::MINUTE)),
    ("targets of 90 days", |parts| targets(parts, Span::days(90))),
    ("weights of phases", |parts| {
        let rest = BasisPoints(200);
        parts.plan.scoring.phases = [BasisPoints(9_000), rest, rest, rest, rest, rest];
        parts.plan.scoring.parts = [BasisPoints(1_000), BasisPoints(8_000), BasisPoints(1_000)];
        parts.plan.scoring.reached_share = BasisPoints::ONE;
    }),
    ("weights of tasks", |parts| {
        let tasks = parts.plan.tasks.iter_mut().enumerate();
        tasks.for_each(|(i, task)| task.weight = 100 * (1 + i as u32 % 7));
    }),
    ("weights of duties", |parts| {
        let duties = parts.plan.obligations.iter_mut();
        duties
            .filter(|duty| !duty.is_of_law())
            .for_each(|duty| duty.weight = 700);
    }),
    ("phases end when declared", |parts| {
        let declared = |parts: &Parts| {
            let mut tasks = parts.plan.tasks.iter();
            tasks.position(|task| task.slug.as_str() == "declare")
        };
        let Some(place) = declared(parts) else { return };
        let done = Fact::Done(hotwash_engine::exercise::TaskId::new(place));
        for stage in &mut parts.plan.lifecycle {
            stage.exit = Some(Condition::Is(done.clone()));
        }
    }),
];

fn targets(parts: &mut Parts, within: Span) {
    for target in &mut parts.plan.targets {
        let limit = Limit::Elapsed(within);
        target.reached = target.reached.map(|_| limit);
        target.completed = target.completed.map(|_| limit);
    }
}

/// Targets, weights of phases, parts, tasks and duties, and the plan's own ends of phases are changed:
/// what is carried out, the score and whether it was passed are the same in every run, to the byte.
fn yardstick(lab: &Lab) -> Vec<Finding> {
    let pairs: Vec<(&Ground, &Named)> = lab
        .grounds
        .iter()
        .flat_map(|ground| CHANGES.iter().map(move |change| (ground, change)))
        .filter(|(_, (name, _))| name.contains(lab.only))
        .collect();
    let runs = lab.runs(SHORT, 300);
    on_all_threads(pairs.len(), |i| {
        let (ground, (name, change)) = pairs[i];
        let after = lab.course(varied(&ground.shipped.exercise, change));
        let (before, after) = (ground.shipped.runs(0..runs), after.runs(0..runs));
        let scored = |of: &Figures| (of.carried_out, of.score, of.passed);
        let pairs = before.iter().zip(&after).zip(0..);
        let broken = pairs.filter(|((before, after), _)| scored(before) != scored(after));
        let broken: Vec<u64> = broken.map(|(_, run)| run).collect();
        Finding::of_each_run(
            LAW.name,
            (ground.id, name),
            "carried out, score, passed: other in no run",
            (&broken, runs),
        )
    })
}
