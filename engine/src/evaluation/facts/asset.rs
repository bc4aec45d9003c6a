//! What happened to assets, in truth.

use super::chains::Chains;
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
        self.effect.row().affects
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

/// Every stretch, in the order in which they began.
#[derive(Debug)]
pub(crate) struct States<'a> {
    spans: Vec<StateSpan<'a>>,
    /// Those of the same asset.
    chains: Chains,
}

impl<'a> States<'a> {
    /// None yet, of so many assets.
    pub(super) fn none(assets: usize) -> Self {
        Self {
            spans: Vec::new(),
            chains: Chains::none(assets),
        }
    }

    /// Begins or ends a stretch. A second beginning without an end between is the same stretch.
    pub(super) fn add(&mut self, entry: &'a Entry) {
        let Event::AssetChanged {
            asset,
            incident,
            state,
            on,
        } = entry.event
        else {
            return;
        };
        let spans = &self.spans;
        let is_open = |span: &StateSpan<'_>| span.state == state && span.until.is_none();
        let open = (self.chains.of(asset)).find(|place| is_open(&spans[*place]));
        match (open, on) {
            (Some(place), false) => self.spans[place].until = Some(entry),
            (None, true) => {
                self.chains.add(Some(asset));
                self.spans.push(StateSpan {
                    asset,
                    state,
                    incident,
                    from: entry,
                    until: None,
                });
            }
            _ => {}
        }
    }

    /// Each of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &StateSpan<'a>> {
        self.spans.iter()
    }

    /// Those of an asset, the last one first.
    pub(crate) fn of(&self, asset: AssetId) -> impl Iterator<Item = &StateSpan<'a>> {
        self.chains.of(asset).map(|place| &self.spans[place])
    }
}

/// What calls for measures on an asset that an incident touched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Struck {
    /// The incident.
    pub(crate) incident: IncidentId,
    /// The asset.
    pub(crate) asset: AssetId,
    /// What happened to it.
    pub(crate) calls: Calls,
}

/// A set of what can happen to an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Calls(u8);

impl Calls {
    /// A step got a foothold on it.
    pub(crate) const FOOTHOLD: Self = Self(1);
    /// A step took money by it.
    pub(crate) const STOLEN: Self = Self(1 << 1);
    /// A step laid it open.
    pub(crate) const EXPOSED: Self = Self(1 << 2);
    /// A step did something that the response has to undo.
    pub(crate) const AFFECTED: Self = Self(1 << 3);
    /// It was out of service.
    pub(crate) const DOWN: Self = Self(1 << 4);
    /// A step altered its data.
    pub(crate) const ALTERED: Self = Self(1 << 5);
    /// A step took it down.
    pub(crate) const LOST: Self = Self(1 << 6);

    /// All of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they have something in common.
    pub(crate) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What a step that took effect calls for.
    pub(crate) const fn of(hit: &Hit<'_>) -> Self {
        let own = match hit.effect {
            Effect::Compromise => Self::FOOTHOLD,
            Effect::Steal => Self::STOLEN,
            Effect::Expose => Self::EXPOSED,
            Effect::Alter => Self::ALTERED,
            Effect::Encrypt | Effect::Disrupt => Self::LOST,
            Effect::Exfiltrate => Self(0),
        };
        if hit.affects() {
            own.and(Self::AFFECTED)
        } else {
            own
        }
    }
}

/// The assets that each incident touched, by incident, then asset.
/// What went down only with something that it depends on was not out of service itself: nobody has to check
/// it. `entry` finds an entry by its number.
pub(super) fn struck<'a>(
    hits: &[Hit<'_>],
    states: &States<'_>,
    entry: &dyn Fn(u32) -> Option<&'a Entry>,
) -> Vec<Struck> {
    let hit = hits.iter().map(|hit| Struck {
        incident: hit.incident,
        asset: hit.asset,
        calls: Calls::of(hit),
    });
    let down = states.iter().filter_map(|span| {
        let down = match span.state {
            AssetState::OutOfService => {
                let cause = span.from.cause.and_then(entry).map(|cause| &cause.event);
                let with = |cause: &Event| {
                    matches!(cause, Event::AssetChanged { asset, state, on: true, .. }
                        if *asset != span.asset && *state == AssetState::OutOfService)
                };
                !cause.is_some_and(with)
            }
            _ => false,
        };
        Some(Struck {
            incident: span.incident.filter(|_| down)?,
            asset: span.asset,
            calls: Calls::DOWN,
        })
    });
    let mut all: Vec<Struck> = Vec::with_capacity(hits.len() + states.spans.len());
    all.extend(hit.chain(down));
    all.sort_unstable_by_key(|of| (of.incident, of.asset));
    all.dedup_by(|later, first| {
        let same = (later.incident, later.asset) == (first.incident, first.asset);
        if same {
            first.calls = first.calls.and(later.calls);
        }
        same
    });
    all
}
