//! Law 7: what is out is out once.

use super::Law;
use super::change::varied;
use super::claim::Finding;
use super::figures::Figures;
use super::lab::{Lab, on_all_threads};
use hotwash_engine::exercise::{
    AssetState, BasisPoints, Condition, Effect, Exercise, Fact, Money, Phase, Pick, Selector, Slug,
    Span, Step, StepId,
};
use std::sync::Arc;

/// Law 7.
pub const LAW: Law = Law {
    name: "7 leak",
    says: "What is out is out once: a later leak of data that has left already changes nothing in \
           Identification, Resolution or Recovery, and counts no record twice.",
    find: leak,
};

/// The step that is added, last in the order of names.
pub const STEP: &str = "zz-leak-again";

const SHORT: u64 = 60;
/// How long after Resolution and Recovery were complete the data leaks once more. An earlier leak is news to whoever
/// investigates, who then tells people sooner or later than before: that is no matter of judging.
const AFTER: [(&str, Span); 3] = [
    ("3d", Span::days(3)),
    ("1d", Span::days(1)),
    ("1h", Span::HOUR),
];
const UNTOUCHED: [Phase; 3] = [Phase::Identification, Phase::Resolution, Phase::Recovery];

/// Where data leaves, it leaks once more, and nobody sees it: in every run three phases are reached and
/// complete at the same times with the same score, and the records are as many.
fn leak(lab: &Lab) -> Vec<Finding> {
    let mut changes = Vec::new();
    for ground in &lab.grounds {
        for (name, after) in AFTER {
            if let Some(leaking) = leaking_again(&ground.shipped.exercise, after) {
                changes.push((
                    ground,
                    format!("leaks again {name} after the clean-up"),
                    leaking,
                ));
            }
        }
    }
    let runs = lab.runs(SHORT, 1_000);
    on_all_threads(changes.len(), |i| {
        let (ground, change, leaking) = &changes[i];
        let after = lab.course(Arc::clone(leaking)).runs(0..runs);
        let before = ground.shipped.runs(0..runs);
        let pairs = before.iter().zip(&after).zip(0..);
        let broken = pairs.filter(|((before, after), _)| kept(before) != kept(after));
        let broken: Vec<u64> = broken.map(|(_, run)| run).collect();
        let mut finding = Finding::of_each_run(
            LAW.name,
            (ground.id, change),
            "Identification, Resolution, Recovery, records: other in no run",
            (&broken, runs),
        );
        let felt = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one != other);
        let felt = format!("felt in {} runs", felt.count());
        let note = [finding.note.as_str(), &felt].join(" ");
        note.trim().clone_into(&mut finding.note);
        finding
    })
}

fn kept(of: &Figures) -> ([u64; 3], u64) {
    (UNTOUCHED.map(|phase| of.phases[phase.index()]), of.records)
}

/// The exercise with a last step that lays open, so long after Resolution and Recovery, a share of what was
/// taken. `None` where nothing is taken.
fn leaking_again(exercise: &Exercise, after: Span) -> Option<Arc<Exercise>> {
    let steps = &exercise.scenario().steps;
    let theft = steps
        .iter()
        .position(|step| step.effect == Effect::Exfiltrate)?;
    let step = Step {
        slug: Slug::new(STEP)?,
        // It needs no foothold: what was taken is in the attacker's hands.
        after: Vec::new(),
        after_any: Vec::new(),
        when: Some(Condition::All(vec![
            Condition::Is(Fact::Reached(StepId::new(theft))),
            Condition::Is(Fact::PhaseCompleted(Phase::Resolution)),
            Condition::Is(Fact::PhaseCompleted(Phase::Recovery)),
        ])),
        unless: None,
        at: None,
        delay: Some(hotwash_engine::exercise::Law::Fixed(after)),
        takes: hotwash_engine::exercise::Law::Fixed(Span::MINUTE),
        pick: Pick::Each,
        targets: Selector::InState(AssetState::Exfiltrated),
        effect: Effect::Expose,
        share: BasisPoints(1),
        money: Money(0),
        visibility: 0,
        stopped_by: Vec::new(),
        chance: BasisPoints::ONE,
        ..steps[theft].clone()
    };
    Some(varied(exercise, |parts| parts.scenario.steps.push(step)))
}
