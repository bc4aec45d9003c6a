//! Which hands-on work asks for which skills, and who has them.

use crate::exercise::{Addressee, Exercise, Family, Function, PersonId, Task, TaskId};
use crate::simulation::scene::Scene;

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
        let tasks = exercise.all_tasks().enumerate();
        let tasks = tasks.map(|(i, task)| {
            if exercise.is_own(TaskId::new(i)) {
                Self::of_own(exercise, task)
            } else {
                Self::of_planned(exercise, task)
            }
        });
        tasks.collect()
    }

    fn of_planned(exercise: &Exercise, task: &Task) -> Self {
        if !is_hands_on(task) {
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
    }

    /// What a measure outside the plan needs: what the tasks of the plan that take it need; where those say
    /// nothing, any family that works with its hands.
    fn of_own(exercise: &Exercise, task: &Task) -> Self {
        if !is_hands_on(task) {
            return Self::default();
        }
        let like = task
            .does
            .iter()
            .flat_map(|act| exercise.tasks_taking(act.measure));
        let needed = like.fold(0, |all, id| {
            all | Self::of_planned(exercise, exercise.task(*id)).0
        });
        if needed == 0 {
            Self::of(Function::ALL.iter().copied())
        } else {
            Self(needed)
        }
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

fn is_hands_on(task: &Task) -> bool {
    task.does.iter().any(|act| act.measure.is_hands_on())
}

/// Whether a person can do a measure outside the plan: they have the skills for it, or hold, or stand in for, a role
/// whose work it is by the plan.
pub(crate) fn can_do_own(scene: Scene<'_>, task: TaskId, person: PersonId) -> bool {
    let exercise = scene.exercise();
    if scene.stage.skills[person.index()].suffice(scene.stage.crafts[task.index()]) {
        return true;
    }
    let does = exercise.task(task).does.iter();
    let mut like = does.flat_map(|act| exercise.tasks_taking(act.measure));
    like.any(|id| {
        let mut owners = exercise.roles(exercise.task(*id).by).iter();
        owners.any(|role| {
            let role = exercise.role(*role);
            role.holders.contains(&person) || role.deputies.contains(&person)
        })
    })
}
