//! Messages that nobody notices: they are sent again, stage by stage.

use super::route::{escalation_target, resend};
use super::{MessageState, Messages};
use crate::exercise::{Few, MessageId, PersonId};
use crate::record::{Event, MessageKind, Resend};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::assets::Assets;
use crate::simulation::out::Out;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;

const STAGES: [Resend; 3] = [Resend::OtherChannel, Resend::Deputies, Resend::Escalation];

/// A message has lain unnoticed for the escalation time: its next stage, each once. A stage in which
/// nobody has a channel that works is passed over. A request for approval goes to those who asked for it, `asked_by`,
/// only where nobody else of the role may give it.
pub(crate) fn escalate(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (id, asked_by): (MessageId, &[PersonId]),
) {
    if messages.get(id).state != MessageState::Unnoticed {
        return;
    }
    let role = scene.exercise().role(messages.get(id).to);
    let escalation = &scene.exercise().plan().escalation;
    let mut all = role.holders.iter().chain(&role.deputies);
    let others_may = all.any(|person| !asked_by.contains(person));
    let is_own = |person: &PersonId| others_may && asked_by.contains(person);
    while let Some(stage) = STAGES.get(messages.get(id).stage).copied() {
        messages.get_mut(id).stage += 1;
        let called;
        let to = match stage {
            // Of those on call or at home, not everybody is called.
            Resend::OtherChannel if messages.get(id).kind == MessageKind::CallOut => {
                called = messages.recipients(id);
                &called[..]
            }
            Resend::OtherChannel => &role.holders,
            Resend::Deputies => &role.deputies[..],
            Resend::Escalation => escalation_target(scene, escalation),
        };
        let others: Few<PersonId> = to.iter().copied().filter(|to| !is_own(to)).collect();
        let sent = resend(messages, people, assets, agenda, scene, id, &others);
        if sent.is_empty() {
            continue;
        }
        let cause = messages.get(id).last_entry;
        for delivery in sent {
            let event = Event::MessageResent {
                message: id,
                stage,
                people: delivery.people,
                channel: delivery.channel,
            };
            messages.get_mut(id).last_entry = out.rule(Some(cause), event);
        }
        let after = escalation.after[messages.get(id).severity.index()];
        agenda.schedule(Rank::Escalation, id.0 as usize, scene.now + after);
        return;
    }
    // It lies there: who comes to work may still find it.
    let cause = messages.get(id).last_entry;
    out.rule(Some(cause), Event::MessageUnreachable { message: id });
}
