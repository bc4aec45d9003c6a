//! What happened to assets, in truth.

use crate::exercise::{AssetId, AssetState, Effect, Exercise, IncidentId, Money, StepId};
use crate::record::{Entry, Event};

/// A step that took effect on an asset.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'a> {
    /// The entry that says so.
    pub(crate) entry: &'a Entry,
    /// The incident.
    pub(crate) incident: IncidentId,
    /// The step.
    pub(crate) step: StepId,
    /// The asset.
    pub(crate) asset: AssetId,
    /// What it did.
    pub(crate) effect: Effect,
    /// Records that left or lie open.
    pub(crate) records: u64,
    /// Money that was taken.
    pub(crate) money: Money,
}

impl<'a> Hit<'a> {
    /// The hit of an entry.
    pub(super) fn new(exercise: &Exercise, entry: &'a Entry, step: StepId, asset: AssetId) -> Self {
        let (records, money) = match &entry.event {
            Event::StepTookEffect { records, money, .. } => (*records, *money),
            _ => (0, Money(0)),
        };
        let described = exercise.step(step);
        Self {
            entry,
            incident: described.incident,
            step,
            asset,
            effect: described.effect,
            records,
            money,
        }
    }

    /// Whether the asset needs a measure of the response because of it. A theft that is over does not.
    pub(crate) const fn affects(&self) -> bool {
        matches!(
            self.effect,
            Effect::Compromise | Effect::Encrypt | Effect::Disrupt | Effect::Alter
        )
    }
}

/// A stretch of time during which an asset was in a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StateSpan<'a> {
    /// The asset.
    pub(crate) asset: AssetId,
    /// The state.
    pub(crate) state: AssetState,
    /// The incident behind it.
    pub(crate) incident: Option<IncidentId>,
    /// The entry at which it began.
    pub(crate) from: &'a Entry,
    /// The entry at which it ended; none: it held to the end.
    pub(crate) until: Option<&'a Entry>,
}

/// Begins or ends a stretch. A second beginning without an end between is the same stretch.
pub(super) fn add<'a>(states: &mut Vec<StateSpan<'a>>, entry: &'a Entry) {
    let Event::AssetChanged {
        asset,
        incident,
        state,
        on,
    } = entry.event
    else {
        return;
    };
    let open = states
        .iter_mut()
        .rev()
        .find(|span| span.asset == asset && span.state == state && span.until.is_none());
    match (open, on) {
        (Some(span), false) => span.until = Some(entry),
        (None, true) => states.push(StateSpan {
            asset,
            state,
            incident,
            from: entry,
            until: None,
        }),
        _ => {}
    }
}
