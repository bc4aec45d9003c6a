//! Which lesser work keeps people from a piece that waits.

use super::Work;
use super::queue::{eligible, preference, takers};
use crate::exercise::PersonId;
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::Scene;

/// Lesser work that keeps the best people for a piece from it, where enough would be free without.
pub(crate) fn held_up_by(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
    is_lesser: &dyn Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let piece = work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    let needed = usize::from(task.people.max(1));
    takers(scene, piece).find_map(|role| {
        let able = eligible(people, scene, piece, task, role);
        let mut able: Vec<PersonId> = able.filter(|person| !people.is_played(*person)).collect();
        let free = able.iter().filter(|p| people.is_free(**p)).count();
        let lesser = |person: &PersonId| match people.get(*person).busy {
            Busy::Working(on) if is_lesser(on) => Some(on),
            _ => None,
        };
        able.retain(|person| lesser(person).is_some());
        able.sort_by_key(|person| preference(people, scene, piece, task, role, *person));
        let missing = needed.saturating_sub(free);
        let mut held: Vec<usize> = able.iter().filter_map(lesser).take(missing).collect();
        let enough = missing > 0 && held.len() == missing;
        held.sort_unstable();
        held.dedup();
        enough.then_some(held)
    })
}
