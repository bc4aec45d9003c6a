//! Telling: which duties a notification meets, and which it only seems to.

use super::{Clocks, Notice, Said, Told, is_chained, met};
use crate::exercise::{Few, Object, ObligationId};
use crate::record::Event;
use crate::simulation::agenda::Agenda;
use crate::simulation::out::{Changed, Out};
use crate::simulation::scene::Scene;

/// A stakeholder was told: every obligation of this incident that this notification meets is met.
///
/// It meets an obligation if its task is the obligation's, or says that it notifies for it; where
/// the obligation names no task, or the notification is nobody's task, it meets it if the
/// stakeholder is the one to be told. A duty of law is also met by whatever tells the one whom it names
/// all that it asks for: law asks what was said to whom, and not by which task. Where the plan has no
/// clause for it, nothing else meets it. A task of an obligation that tells somebody else instead meets
/// nothing. A clock that starts because of it waits for the next one.
pub(crate) fn notified(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    notice: Notice,
    cause: u32,
) {
    let incident = notice.incident;
    let all = 0..scene.exercise().plan().obligations.len();
    let could: Few<(ObligationId, bool)> = all
        .map(ObligationId::new)
        .filter_map(|obligation| Some((obligation, recipient(scene, notice, obligation)?)))
        .filter(|(obligation, _)| {
            !is_chained(scene, *obligation) || clocks.get(*obligation, incident).running.is_some()
        })
        .collect();
    for (obligation, right) in could {
        if right {
            told(clocks, agenda, out, scene, (obligation, notice), cause);
        } else {
            misdirected(clocks, out, (obligation, notice), cause);
        }
    }
    out.mark(Changed::STORY);
}

/// The one whom an obligation names was told something.
fn told(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    (obligation, notice): (ObligationId, Notice),
    cause: u32,
) {
    let (incident, at) = (notice.incident, scene.now);
    let needed = Said::of(&scene.exercise().obligation(obligation).content);
    let said = notice.said;
    let clock = clocks.of(obligation, incident);
    let in_time = clock.running.is_none_or(|clock| at <= clock.due);
    let complete = said.covers(needed);
    if let Some(told) = &mut clock.told {
        told.complete |= complete && in_time;
        told.said = told.said.and(said);
        if told.all_at.is_none() && told.said.covers(needed) {
            told.all_at = Some(at);
            let event = Event::ObligationCompleted {
                obligation,
                incident,
            };
            out.rule(Some(cause), event);
        }
        return;
    }
    clock.told = Some(Told {
        at,
        complete,
        said,
        all_at: complete.then_some(at),
    });
    if clock.running.is_some() {
        met(clocks, agenda, out, scene, (obligation, incident), cause);
    }
}

/// The task of an obligation told somebody else than whom it names.
fn misdirected(
    clocks: &mut Clocks,
    out: &mut Out,
    (obligation, notice): (ObligationId, Notice),
    cause: u32,
) {
    let incident = notice.incident;
    clocks.of(obligation, incident).misdirected = true;
    let event = Event::ObligationMisdirected {
        obligation,
        incident,
        stakeholder: notice.stakeholder,
    };
    out.rule(Some(cause), event);
}

/// Whether a notification is one for an obligation, and then whether it goes to whom that names.
fn recipient(scene: Scene, notice: Notice, obligation: ObligationId) -> Option<bool> {
    let described = scene.exercise().obligation(obligation);
    let same = described.to == notice.stakeholder;
    let says_all = || notice.said.covers(Said::of(&described.content));
    if same && described.is_of_law() && says_all() {
        return Some(true);
    }
    if !described.is_in_plan() {
        return None;
    }
    let Some(id) = notice.task else {
        return same.then_some(true);
    };
    let task = scene.exercise().task(id);
    let serves = match (described.task, task.notifies_for) {
        (_, Some(of)) if of == obligation => true,
        (Some(of), _) => of == id,
        (None, Some(_)) => false,
        (None, None) => return same.then_some(true),
    };
    let named = Object::Stakeholder(described.to);
    let tells_both = task.does.iter().any(|act| act.on == named);
    (serves && (same || !tells_both)).then_some(same)
}
