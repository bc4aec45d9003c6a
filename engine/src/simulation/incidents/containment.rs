//! Contained: the incident can do no further harm, and every asset that it affects is cut off.
//!
//! A mark of its own, true in the world whether or not anybody knows of the incident. It is settled whenever
//! something changed that it goes by: the states of assets, measures, steps of the attack and what these wait
//! for. Response reads it where it is settled.

use super::Incidents;
use crate::exercise::{Condition, IncidentId};
use crate::record::Event;
use crate::simulation::assets::Assets;
use crate::simulation::attack::Attack;
use crate::simulation::out::Out;
use crate::simulation::scene::Scene;

/// Whether an incident can do no further harm now, and leaves no asset both affected and open.
pub(crate) fn is_harmless(
    (attack, assets): (&Attack, &Assets),
    scene: Scene<'_>,
    incident: IncidentId,
    holds: &dyn Fn(&Condition) -> bool,
) -> bool {
    let mut affected = assets.affected(incident);
    // The cheap and the likely first: while an affected asset is open, nothing else is asked.
    affected.all(|asset| assets.contained(asset))
        && !attack.can_still_harm(assets, scene, incident, &mut |condition| holds(condition))
}

/// What an incident can still do, in truth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Danger {
    /// It can do further harm, or leaves an affected asset open.
    #[default]
    Open,
    /// It cannot, and never did anything: there is nothing to contain.
    Idle,
    /// It did something, and can do no more.
    Contained,
}

/// An incident came to be harmless, or no longer is. Where there was something to contain, an entry says so.
pub(crate) fn settle_containment(
    incidents: &mut Incidents,
    out: &mut Out,
    (attack, assets): (&Attack, &Assets),
    scene: Scene<'_>,
    (incident, harmless): (IncidentId, bool),
) {
    let state = incidents.get(incident);
    let before = state.danger;
    let now = if !harmless {
        Danger::Open
    } else if before == Danger::Contained || attack.has_struck(scene, incident) {
        Danger::Contained
    } else {
        Danger::Idle
    };
    if now == before {
        return;
    }
    let changed = assets.last_change();
    let of = |entry: u32| (entry > 0).then_some(entry);
    if now == Danger::Contained {
        let last = changed.max(state.contained_last.unwrap_or(0));
        out.rule(of(last), Event::Contained { incident });
    } else if before == Danger::Contained {
        out.rule(of(changed), Event::ContainmentLost { incident });
    }
    incidents.get_mut(incident).danger = now;
}
