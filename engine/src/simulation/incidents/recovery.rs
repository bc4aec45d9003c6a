//! Recovery: since when what was affected serves again, and for how long it has been watched.

use super::phases::{Surroundings, recovery_began};
use crate::exercise::{AssetState, Measure, Phase, Severity, Span};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::incidents::{Incidents, State};

/// How long what was restored is watched before it counts as recovered.
const fn watch(severity: Severity) -> Span {
    match severity {
        Severity::Low | Severity::Medium => Span::hours(4),
        Severity::High | Severity::Critical => Span::hours(24),
    }
}

/// Keeps since when everything that was affected serves again and is verified, and wakes the run when
/// the watch is over.
pub(super) fn recovery_clock(
    incidents: &mut Incidents,
    agenda: &mut Agenda,
    around: &Surroundings<'_>,
) {
    let incident = around.incident;
    let severity = around.exercise().scenario().incidents[incident.index()].severity;
    let slot = crate::simulation::timers::watch(incident);
    let state = incidents.get(incident);
    match (recovered_by(state, around), state.recovered_since) {
        (Some(entry), None) => {
            incidents.get_mut(incident).recovered_since = Some((around.scene.now, entry));
            agenda.schedule(Rank::Timer, slot, around.scene.now + watch(severity));
        }
        (None, Some(_)) => {
            incidents.get_mut(incident).recovered_since = None;
            agenda.cancel(Rank::Timer, slot);
        }
        _ => {}
    }
}

/// States of data that was not brought back.
const DAMAGED: [AssetState; 2] = [AssetState::Encrypted, AssetState::Altered];

/// The entry since which every asset that was affected serves, is verified and accepted.
fn recovered_by(state: &State, around: &Surroundings<'_>) -> Option<u32> {
    let (assets, incident) = (around.assets, around.incident);
    recovery_began(state)?;
    let mut affected = assets.ever_affected(incident).peekable();
    affected.peek()?;
    let mut last = 0;
    for asset in affected {
        let theirs = !around.exercise().asset(asset).is_ours();
        let is = |state: &AssetState| assets.in_state(around.scene, asset, *state);
        if !assets.serves(asset)
            || DAMAGED.iter().any(is)
            || (theirs && assets.is_affected(incident, asset))
        {
            return None;
        }
        // Nobody of us checks what others run; they say when it is restored.
        if around.has_task(Measure::Verify) && around.exercise().asset(asset).is_ours() {
            if !assets.in_state(around.scene, asset, AssetState::Verified) {
                return None;
            }
            // Without work that verified it, the facilitator said so.
            let by = state.verified[asset.index()];
            last = last.max(by.unwrap_or(assets.last_change()));
        }
    }
    if around.has_task(Measure::Accept) {
        last = last.max(state.taken.get(Measure::Accept)?);
    }
    let back = Measure::ALL
        .iter()
        .filter(|of| of.row().brings_back.is_some());
    let restored = back.filter_map(|of| state.taken.get(*of)).max();
    Some(last.max(restored.unwrap_or(0)))
}

pub(super) fn recovery_complete(state: &State, around: &Surroundings<'_>) -> Option<u32> {
    let (since, entry) = state.recovered_since?;
    let severity = around.exercise().scenario().incidents[around.incident.index()].severity;
    (around.scene.now - since >= watch(severity)).then_some(entry)
}

/// Whether there was nothing to bring back: the attack is over and no asset was ever affected.
pub(super) fn nothing_to_recover(state: &State, around: &Surroundings<'_>) -> bool {
    let response = state.phases[Phase::Response.index()].completed.is_some();
    let mut affected = around.assets.ever_affected(around.incident);
    response && affected.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::watch;
    use crate::documented::{holds, row, span};
    use crate::exercise::Severity;

    #[test]
    fn how_long_what_was_restored_is_watched_is_documented() {
        let of = |severity: &Severity| row(severity.name(), span(watch(*severity).0));
        let rows: Vec<_> = Severity::ALL.iter().map(of).collect();
        holds("watch after recovery", &rows);
    }
}
