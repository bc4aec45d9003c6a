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

/// An incident came to be harmless, or no longer is. It is contained where there was something to contain:
/// an entry says so.
pub(crate) fn settle_containment(
    incidents: &mut Incidents,
    out: &mut Out,
    (attack, assets): (&Attack, &Assets),
    scene: Scene<'_>,
    (incident, harmless): (IncidentId, bool),
) {
    let state = incidents.get(incident);
    let contained = harmless && (state.contained || attack.has_struck(scene, incident));
    if (state.harmless, state.contained) == (harmless, contained) {
        return;
    }
    let changed = assets.last_change();
    let of = |entry: u32| (entry > 0).then_some(entry);
    match (state.contained, contained) {
        (false, true) => {
            let last = changed.max(state.contained_last.unwrap_or(0));
            out.rule(of(last), Event::Contained { incident });
        }
        (true, false) => {
            out.rule(of(changed), Event::ContainmentLost { incident });
        }
        _ => {}
    }
    let state = incidents.get_mut(incident);
    (state.harmless, state.contained) = (harmless, contained);
}
