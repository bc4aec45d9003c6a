//! What conditions look at in truth: kinds of facts.

use super::ages;
use crate::exercise::{AssetState, Condition, Exercise, Fact, Trigger};
use crate::simulation::out::Changed;

/// The kinds of facts that change whether something truly holds.
#[derive(Debug, Default)]
pub(crate) struct Truths {
    /// What truth has to say for it to call for an obligation.
    pub(crate) obligations: Vec<Changed>,
    /// What arms an inject.
    pub(crate) injects: Vec<Changed>,
}

impl Truths {
    /// What the conditions of an exercise look at.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let obligations = exercise.plan().obligations.iter();
        let obligations = obligations.map(|obligation| match &obligation.from {
            // Truth calls for nothing before it can be observed.
            Trigger::Aware { what, .. } => kinds(what).and(Changed::INCIDENT),
            Trigger::After(_) => Changed::default(),
        });
        let injects = exercise.scenario().injects.iter().map(|inject| {
            let when = inject.when.as_ref().map(kinds);
            // Its own time opens its condition.
            when.map_or(Changed::default(), |when| when.and(Changed::TIME))
        });
        Self {
            obligations: obligations.collect(),
            injects: injects.collect(),
        }
    }
}

/// The kinds of facts that a condition looks at; all where time alone changes them.
fn kinds(condition: &Condition) -> Changed {
    let mut kinds = Changed::default();
    condition.each_fact(&mut |fact| {
        let of = match fact {
            Fact::AlertRaised | Fact::PhaseReached(_) | Fact::PhaseCompleted(_) => {
                Changed::INCIDENT
            }
            Fact::MessageRead(_) => Changed::KNOWLEDGE,
            Fact::Done(_) => Changed::WORK,
            Fact::Decided(..) | Fact::Notified(_) | Fact::InjectDelivered(_) => Changed::STORY,
            Fact::Taken(..) => Changed::WORLD.and(Changed::INCIDENT).and(Changed::STORY),
            Fact::InState(selector, state) if *state != AssetState::PastRto && !ages(selector) => {
                Changed::WORLD
            }
            Fact::Reached(_) | Fact::RecordsExposed(_) | Fact::MoneyLost(_) => Changed::WORLD,
            Fact::Known(_) => Changed::WORLD.and(Changed::INCIDENT),
            Fact::SeverityAtLeast(_) => Changed::default(),
            Fact::InState(..) | Fact::Elapsed(_) | Fact::Since(..) => Changed::ALL,
        };
        kinds = kinds.and(of);
    });
    kinds
}
