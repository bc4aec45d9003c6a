//! Which hands-on work asks for which skills, and who has them.

use crate::exercise::{Addressee, Exercise, Family, Function, PersonId};

/// Families of functions, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Crafts(u16);

impl Crafts {
    fn of(functions: impl Iterator<Item = Function>) -> Self {
        let hands_on = functions.map(Function::family);
        let hands_on = hands_on.filter(|family| family.is_hands_on());
        Self(hands_on.fold(0, |all, family: Family| all | 1 << family.index()))
    }

    /// By task: one of these is needed for it; none, where anybody may take it whom it reaches.
    pub(crate) fn of_tasks(exercise: &Exercise) -> Vec<Self> {
        let tasks = exercise.all_tasks().map(|task| {
            let hands_on = task.does.iter().any(|act| act.measure.is_hands_on());
            if !hands_on {
                return Self::default();
            }
            match task.by {
                Addressee::Function(function) if function.family().is_hands_on() => {
                    Self::of(std::iter::once(function))
                }
                by => {
                    let roles = exercise.roles(by).iter();
                    Self::of(roles.flat_map(|role| exercise.role(*role).functions.iter().copied()))
                }
            }
        });
        tasks.collect()
    }

    /// By person: those of the roles that they hold, and what they can take on beside.
    pub(crate) fn of_people(exercise: &Exercise) -> Vec<Self> {
        let organisation = exercise.organisation();
        let people = organisation.people.iter().enumerate();
        people
            .map(|(i, person)| {
                let holds = |holders: &[PersonId]| holders.contains(&PersonId::new(i));
                let held = organisation
                    .roles
                    .iter()
                    .filter(|role| holds(&role.holders));
                let held = held.flat_map(|role| role.functions.iter().copied());
                Self::of(held.chain(person.also.iter().copied()))
            })
            .collect()
    }

    /// Whether somebody with these can do what needs one of those, which may be nothing.
    pub(crate) const fn suffice(self, needed: Self) -> bool {
        needed.0 == 0 || self.0 & needed.0 != 0
    }
}
