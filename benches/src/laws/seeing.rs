//! Law 3: seeing is worth something.

use super::Law;
use super::change::varied;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use hotwash_engine::campaign::Change;
use hotwash_engine::exercise::{Exercise, SourceId};
use std::sync::Arc;

/// Law 3.
pub const LAW: Law = Law {
    name: "3 seeing",
    says: "Seeing is worth something: without any source the team surely carries out less well, without one \
           not better, and a source that raises nothing false does no harm.",
    find: seeing,
};

const SHORT: u64 = 100;
const SLACK: f64 = 0.5;
/// What the best source is worth at least, in points.
const WORTH: f64 = 2.0;
/// How the change is named in which every source is taken away.
const ALL: &str = "without any source";

/// All sources taken away: surely lower, in each scenario. One of them: never surely higher by more than
/// half a point, and at least one is worth two points. A source that raises nothing false never surely
/// lowers what is carried out by more than half a point.
fn seeing(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    let mut found = compare(lab, LAW.name, trials);
    if lab.only.is_empty() {
        let worth: Vec<Finding> = lab
            .grounds
            .iter()
            .filter_map(|of| best(&found, of.id))
            .collect();
        found.extend(worth);
    }
    found
}

fn trials(lab: &Lab, ground: &Ground) -> Vec<Trial> {
    let exercise = &ground.shipped.exercise;
    let sources: Vec<SourceId> = (0..exercise.organisation().sources.len())
        .map(SourceId::new)
        .collect();
    let trial = |change: String, before, after, says| Trial {
        scenario: ground.id,
        change,
        before,
        after: lab.course(after),
        claims: vec![Claim::new(Figure::CarriedOut, says)],
        short: SHORT,
    };
    let mut blind = Arc::clone(exercise);
    for source in &sources {
        blind = without(&blind, *source);
    }
    let shipped = || Arc::clone(&ground.shipped);
    let mut trials = vec![trial(ALL.to_owned(), shipped(), blind, Says::Lower(0.0))];
    for source in sources {
        let of = &exercise.organisation().sources[source.index()];
        let after = without(exercise, source);
        let change = format!("without {}", of.slug);
        trials.push(trial(change, shipped(), after, Says::NotHigher(SLACK)));
        if of.false_alarms.is_some() {
            let quiet = varied(exercise, |parts| {
                parts.organisation.sources[source.index()].false_alarms = None;
            });
            let after = without(&quiet, source);
            let change = format!("without {} that raises nothing false", of.slug);
            let says = Says::NotHigher(SLACK);
            trials.push(trial(change, lab.course(quiet), after, says));
        }
    }
    trials
}

fn without(exercise: &Exercise, source: SourceId) -> Arc<Exercise> {
    let made = Change::WithoutSource(source).made(exercise);
    made.expect("an exercise with a source less is one")
}

/// Whether the source that is worth most is worth enough.
fn best(found: &[Finding], scenario: &str) -> Option<Finding> {
    let single = found
        .iter()
        .filter(|it| it.scenario == scenario && it.change != ALL && !it.change.contains("false"));
    let worth = |it: &Finding| it.before - it.after;
    let best = single.max_by(|a, b| worth(a).total_cmp(&worth(b)))?;
    let surely = best.interval.is_some_and(|it| it.high < 0.0);
    Some(Finding {
        change: "the best source".to_owned(),
        claim: format!("carried out: at least {WORTH} points"),
        holds: surely && worth(best) >= WORTH,
        note: best.change.clone(),
        ..best.clone()
    })
}
