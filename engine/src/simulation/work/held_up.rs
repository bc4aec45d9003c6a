//! Which lesser work keeps people from a piece that waits.

use super::queue::{eligible, preference, takers};
use super::{Look, Work};
use crate::exercise::{Few, PersonId};
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::{Policy, Scene};

/// The first piece that waits for people who do lesser work, with that.
pub(crate) fn next_held_up(
    work: &mut Work,
    people: &People,
    scene: Scene<'_>,
    above: usize,
) -> Option<(usize, Few<usize>)> {
    work.first(scene, Look::PREEMPT, None, |work, index| {
        let held = held_up_by(work, people, scene, index, above)?;
        Some((index, held))
    })
}

/// Lesser work that keeps the best people for a piece from it, where enough would be free without: work
/// of a lower priority for an incident that is so many severities below.
pub(crate) fn held_up_by(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
    above: usize,
) -> Option<Few<usize>> {
    let severity = |index| work.severity(work.piece(index).instance.incident).index();
    let own = severity(index);
    if scene.policy != Policy::People || work.least_severity()?.index() + above > own {
        return None;
    }
    let piece = work.piece(index);
    // Work of the same priority is taken by its age: who had begun it would begin it again.
    let is_lesser =
        |running| severity(running) + above <= own && work.piece(running).priority > piece.priority;
    let task = scene.exercise().task(piece.instance.task);
    let needed = usize::from(task.people.max(1));
    takers(scene, piece).find_map(|role| {
        let able = eligible(people, scene, piece, task, role);
        let mut able: Few<PersonId> = able.filter(|person| !people.is_played(*person)).collect();
        let free = able.iter().filter(|p| people.is_free(**p)).count();
        let lesser = |person: &PersonId| match people.get(*person).busy {
            Busy::Working(on) if is_lesser(on) => Some(on),
            _ => None,
        };
        able.retain(|person| lesser(person).is_some());
        able.sort_by_key(|person| preference(people, scene, piece, task, role, *person));
        let missing = needed.saturating_sub(free);
        let mut held: Few<usize> = able.iter().filter_map(lesser).take(missing).collect();
        let enough = missing > 0 && held.len() == missing;
        held.sort_unstable();
        held.dedup();
        enough.then_some(held)
    })
}
