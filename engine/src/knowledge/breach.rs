//! When it is known that data about persons cannot be used because of the attack.
//!
//! That is a breach of personal data as much as a leak is (GDPR, article 4(12); EDPB guidelines 9/2022, on
//! the loss of availability). Whoever learns of it knows that personal data is affected.

use super::{Known, States};
use crate::exercise::{AssetId, AssetState, Effect, Exercise, IncidentId, Knowable, StepId};

const ENCRYPTED: States = States::of(&[AssetState::Encrypted]);

impl Known {
    /// That personal data is affected, where a fact that was just learned makes it known.
    ///
    /// An asset that holds records about persons is known to be encrypted; or it is known to be out of
    /// service, and the attack to be why: what it rests on is known to be encrypted, or a step is known that
    /// disrupts. What is out of service for a reason that nobody knows, or because it was cut off, is none.
    pub fn breach_shown_by(&self, exercise: &Exercise, fact: Knowable) -> Option<Knowable> {
        let incident = match fact {
            Knowable::Asset(of, _, AssetState::Encrypted | AssetState::OutOfService) => of,
            Knowable::Step(step) if exercise.step(step).effect == Effect::Disrupt => {
                exercise.step(step).incident
            }
            _ => return None,
        };
        let breach = Knowable::PersonalData(incident);
        if self.has(breach) {
            return None;
        }
        let disrupted = || self.knows_disruption(exercise, incident);
        let mut down = self.down.iter().filter(|down| down.incident == incident);
        let shown = down.any(|down| {
            let locked = down.state == AssetState::Encrypted;
            exercise.asset(down.asset).is_about_persons()
                && (locked
                    || disrupted()
                    || self.rests_on_encrypted(exercise, incident, down.asset))
        });
        shown.then_some(breach)
    }

    fn knows_disruption(&self, exercise: &Exercise, incident: IncidentId) -> bool {
        let mut steps = exercise.scenario().steps.iter().enumerate();
        steps.any(|(i, step)| {
            let disrupts = step.incident == incident && step.effect == Effect::Disrupt;
            disrupts && self.knows_step(StepId::new(i))
        })
    }

    /// Whether something that an asset depends on, however deep, is known to be encrypted.
    fn rests_on_encrypted(&self, exercise: &Exercise, incident: IncidentId, of: AssetId) -> bool {
        exercise.asset(of).depends_on.iter().any(|below| {
            self.states(incident, *below).has(ENCRYPTED)
                || self.rests_on_encrypted(exercise, incident, *below)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::exercise::{
        AssetId, AssetKind, AssetState, Effect, Exercise, ExerciseTime, IncidentId, Knowable,
        StepId,
    };
    use crate::knowledge::Known;
    use crate::simulation::fixture;

    /// A database of personal data that rests on a host, a plain server, and two steps.
    fn exercise() -> Exercise {
        let mut parts = fixture::parts();
        let mut db = fixture::records("a-db", AssetKind::Database, 100);
        db.depends_on = vec![AssetId::new(1)];
        parts.organisation.assets = vec![
            db,
            fixture::asset("b-host", AssetKind::VirtualizationHost),
            fixture::asset("c-server", AssetKind::FileServer),
        ];
        parts.scenario.steps = vec![
            fixture::step("disrupt", Effect::Disrupt),
            fixture::step("enter", Effect::Compromise),
        ];
        Exercise::new(parts).unwrap()
    }

    const DB: usize = 0;
    const HOST: usize = 1;
    const SERVER: usize = 2;

    fn down(asset: usize) -> Knowable {
        let out = AssetState::OutOfService;
        Knowable::Asset(IncidentId::new(0), AssetId::new(asset), out)
    }

    fn locked(asset: usize) -> Knowable {
        let locked = AssetState::Encrypted;
        Knowable::Asset(IncidentId::new(0), AssetId::new(asset), locked)
    }

    fn step(step: usize) -> Knowable {
        Knowable::Step(StepId::new(step))
    }

    /// Whether the last of some facts, learned one after another, shows a breach.
    fn shows(facts: &[Knowable]) -> bool {
        let exercise = exercise();
        let mut known = Known::with_room(&exercise);
        for fact in facts {
            known.learn(*fact, ExerciseTime::STARTEX);
        }
        let last = facts.last().unwrap();
        let shown = known.breach_shown_by(&exercise, *last);
        assert!(shown.is_none_or(|of| of == Knowable::PersonalData(IncidentId::new(0))));
        shown.is_some()
    }

    #[test]
    fn data_of_persons_that_is_known_to_be_encrypted_or_down_because_of_the_attack_is_a_breach() {
        assert!(shows(&[locked(DB)]));
        assert!(shows(&[locked(HOST), down(DB)]));
        assert!(shows(&[down(DB), locked(HOST)]));
        assert!(shows(&[step(0), down(DB)]));
        assert!(shows(&[down(DB), step(0)]));
    }

    #[test]
    fn what_is_down_for_a_reason_that_nobody_knows_or_holds_nothing_of_persons_is_no_breach() {
        assert!(!shows(&[down(DB)]));
        assert!(!shows(&[locked(SERVER), down(DB)]));
        assert!(!shows(&[locked(HOST)]));
        assert!(!shows(&[step(0), down(SERVER)]));
        assert!(!shows(&[down(DB), step(1)]));
    }

    #[test]
    fn what_is_known_already_is_not_shown_again() {
        let breach = Knowable::PersonalData(IncidentId::new(0));
        assert!(!shows(&[breach, locked(DB)]));
    }
}
