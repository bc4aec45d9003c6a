//! Measures outside the plan, as pieces of work: who takes one goes on with it without being told.
//!
//! Called where acts of humans are applied. No rule makes such a piece ready by itself, hands it on while it is
//! new, or calls anybody to it; once it was laid aside it is work like any other.

use super::finish::hand_to;
use super::queue::{Assignment, has_authority, roles_of};
use super::{Approval, DueTask, Piece, Standing, State, Work, make_ready};
use crate::exercise::{AssetId, Few, IncidentId, Instance, PersonId, RoleId, TaskId};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::out::Out;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;
use smallvec::smallvec;

/// A measure outside the plan that somebody takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    /// The task that stands for it.
    pub(crate) task: TaskId,
    pub(crate) incident: IncidentId,
    /// The asset it is taken on, where it is taken on one.
    pub(crate) asset: Option<AssetId>,
    pub(crate) person: PersonId,
    /// The role in which they take it.
    pub(crate) role: RoleId,
}

impl Work {
    /// Whether this is under way, whoever does it.
    pub(crate) fn is_under_way(&self, own: Own) -> bool {
        let pieces = self.slot_of(own.task, own.incident).pieces.iter();
        let mut pieces = pieces.map(|piece| &self.pieces[*piece]);
        pieces.any(|piece| piece.is_open() && piece.target == own.asset)
    }
}

/// Somebody takes up a measure of their own, because of an entry. Returns the piece.
pub(crate) fn take_up(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (own, standing): (Own, Standing),
    cause: u32,
) -> usize {
    let due = DueTask {
        task: own.task,
        incident: own.incident,
        cause,
        asset: own.asset,
    };
    make_ready(work, agenda, out, scene, standing, due, cause);
    let index = work.len() - 1;
    agenda.cancel(Rank::WorkEscalation, index);
    hand_to(work, out, scene, index, own.role);
    work.change(scene, index, |piece| {
        piece.own = Some(own.person);
        piece.before = smallvec![own.person];
    });
    index
}

/// Whose request an approval of a piece is: of those whose work it is, and of who takes it as a measure of their
/// own.
pub(crate) fn asked_by(work: &Work, scene: Scene<'_>, instance: Instance) -> Few<PersonId> {
    let Some(index) = work.find(instance) else {
        return Few::new();
    };
    let piece = work.piece(index);
    let roles = roles_of(scene, piece).iter();
    let holders = roles.flat_map(|role| scene.exercise().role(*role).holders.iter().copied());
    holders.chain(piece.own).collect()
}

/// Who took a measure of their own begins with it, played or not, once they may, are there and are free. Others of
/// their role who hear of it may as well.
pub(super) fn by_its_taker(
    people: &People,
    scene: Scene<'_>,
    piece: &Piece,
    index: usize,
) -> Option<Assignment> {
    let (person, role) = (piece.own?, piece.handed_to?);
    let task = scene.exercise().task(piece.instance.task);
    let approved = task.approval.is_none()
        || piece.approval == Approval::Given
        || has_authority(people, scene, task, role, person);
    let able =
        people.is_free(person) && people.on_duty(scene, person) && people.is_fit(scene, person);
    let begins = piece.state == State::Waiting && approved && able;
    begins.then(|| Assignment {
        piece: index,
        people: smallvec![person],
        role,
    })
}
