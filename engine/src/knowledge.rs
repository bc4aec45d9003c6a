//! What people know, and what follows from it.
//!
//! Knowledge is a set of [`Knowable`]s. The simulation keeps one for every role; evaluation rebuilds them
//! from the record. The severity that known facts
//! give, and what a condition of the plan says on them, are found here once for both.

mod belief;
mod breach;
mod states;

pub use belief::{Belief, Claims, NoClaims, severity, worst_of};

use self::states::{DOWN, States};
use crate::exercise::{
    AssetId, AssetState, Effect, Exercise, ExerciseTime, IncidentId, Knowable, StepId,
};

/// Facts that a role, or several together, know.
///
/// What is known lies in tables by incident, asset and step, so that a fact is found and added by its place,
/// and what one party knows and another does not is found by their bits. When a fact was learned is kept
/// where something depends on it: of what is out of service, for its objective.
#[derive(Debug, Default)]
pub struct Known {
    /// How many assets there are.
    assets: usize,
    /// By incident, then asset: what is known of it.
    held: Vec<Held>,
    /// By incident: the assets of which something is known, as bits in words of 64.
    told: Vec<u64>,
    /// The states in which any asset is known to be, or to have been.
    seen: States,
    /// By incident: the kinds of facts that are known of it, one bit for each, but steps and assets.
    said: Vec<u8>,
    /// By step: whether it is known.
    steps: Vec<bool>,
    /// What is known to be out of service.
    down: Vec<Down>,
    /// How many facts are known.
    len: usize,
}

impl Clone for Known {
    fn clone(&self) -> Self {
        let mut known = Self::default();
        known.clone_from(self);
        known
    }

    /// The same in the memory of what was known before.
    fn clone_from(&mut self, other: &Self) {
        let Self {
            assets,
            held,
            told,
            seen,
            said,
            steps,
            down,
            len,
        } = self;
        held.clone_from(&other.held);
        told.clone_from(&other.told);
        said.clone_from(&other.said);
        steps.clone_from(&other.steps);
        down.clone_from(&other.down);
        (*assets, *seen, *len) = (other.assets, other.seen, other.len);
    }
}

/// The same facts, each known since the same instant; in which order they were learned is no matter.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        let tables = (&self.held, &self.said, &self.steps, self.len);
        let others = (&other.held, &other.said, &other.steps, other.len);
        let same = self.down.len() == other.down.len();
        same && tables == others && self.down.iter().all(|down| other.down.contains(down))
    }
}

impl Eq for Known {}

/// What is known of an asset because of an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Held {
    /// The states in which it is known to be, or to have been.
    states: States,
    /// The newest entry by which one of these was learned.
    newest: u32,
}

/// An asset that is known to be out of service, or encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Down {
    incident: IncidentId,
    asset: AssetId,
    state: AssetState,
    since: ExerciseTime,
}

impl Down {
    const fn fact(&self) -> Knowable {
        Knowable::Asset(self.incident, self.asset, self.state)
    }
}

/// The kinds of facts of an incident but those of steps and assets, in order: each has the bit of its place
/// here.
const SAID: [fn(IncidentId) -> Knowable; 6] = [
    Knowable::Alerted,
    Knowable::Real,
    Knowable::Declared,
    Knowable::PersonalData,
    Knowable::Scope,
    Knowable::Cause,
];

/// Where a fact has its place in what is known.
enum Place {
    /// A bit of what was said of an incident.
    Said(IncidentId, u8),
    Step(StepId),
    Asset(IncidentId, AssetId, AssetState),
}

impl Place {
    const fn of(fact: Knowable) -> Self {
        match fact {
            Knowable::Alerted(of) => Self::Said(of, 1),
            Knowable::Real(of) => Self::Said(of, 1 << 1),
            Knowable::Declared(of) => Self::Said(of, 1 << 2),
            Knowable::PersonalData(of) => Self::Said(of, 1 << 3),
            Knowable::Scope(of) => Self::Said(of, 1 << 4),
            Knowable::Cause(of) => Self::Said(of, 1 << 5),
            Knowable::Step(step) => Self::Step(step),
            Knowable::Asset(of, asset, state) => Self::Asset(of, asset, state),
        }
    }
}

/// Nothing that anybody knows.
static NOTHING: Known = Known {
    assets: 0,
    held: Vec::new(),
    told: Vec::new(),
    seen: States::NONE,
    said: Vec::new(),
    steps: Vec::new(),
    down: Vec::new(),
    len: 0,
};

impl Known {
    /// Nothing, with room for what can be learned in an exercise.
    pub fn with_room(exercise: &Exercise) -> Self {
        let (scenario, assets) = (exercise.scenario(), exercise.organisation().assets.len());
        let incidents = scenario.incidents.len();
        Self {
            assets,
            held: vec![Held::default(); incidents * assets],
            told: vec![0; incidents * assets.div_ceil(64)],
            seen: States::NONE,
            said: vec![0; incidents],
            steps: vec![false; scenario.steps.len()],
            down: Vec::new(),
            len: 0,
        }
    }

    /// Whether a fact is one of the exercise for which this has room.
    pub fn has_room_for(&self, fact: Knowable) -> bool {
        match Place::of(fact) {
            Place::Said(incident, _) => incident.index() < self.said.len(),
            Place::Step(step) => step.index() < self.steps.len(),
            Place::Asset(incident, asset, _) => {
                asset.index() < self.assets && self.place(incident, asset) < self.held.len()
            }
        }
    }

    /// Adds a fact; says whether it is new.
    pub fn learn(&mut self, fact: Knowable, at: ExerciseTime) -> bool {
        self.note(fact, at, 0)
    }

    /// Adds a fact that was known at an instant, wherever that stands among what was added before: it is
    /// known since the earliest.
    pub fn learn_earlier(&mut self, fact: Knowable, at: ExerciseTime) {
        if !self.note(fact, at, 0)
            && let Some(down) = self.down.iter_mut().find(|down| down.fact() == fact)
        {
            down.since = down.since.min(at);
        }
    }

    /// Notes that one of the party learned a fact, by this entry; says whether it is new to all.
    pub fn note(&mut self, fact: Knowable, at: ExerciseTime, entry: u32) -> bool {
        let new = match Place::of(fact) {
            Place::Said(incident, bit) => {
                let said = &mut self.said[incident.index()];
                let new = *said & bit == 0;
                *said |= bit;
                new
            }
            Place::Step(step) => !std::mem::replace(&mut self.steps[step.index()], true),
            Place::Asset(incident, asset, state) => {
                let place = self.place(incident, asset);
                let (held, of) = (&mut self.held[place], States::of(&[state]));
                let new = !held.states.has(of);
                held.states = held.states.and(of);
                held.newest = held.newest.max(entry);
                let word = self.word(incident, asset.index() / 64);
                self.told[word] |= 1 << (asset.index() % 64);
                self.seen = self.seen.and(of);
                if new && DOWN.has(of) {
                    self.down.push(Down {
                        incident,
                        asset,
                        state,
                        since: at,
                    });
                }
                new
            }
        };
        self.len += usize::from(new);
        new
    }

    /// Adds all facts of another: what both know is known since the earlier, by the later entry.
    pub fn learn_all(&mut self, other: &Self) {
        if self.is_empty() {
            self.clone_from(other);
            return;
        }
        let mut new = 0;
        for (own, other) in self.held.iter_mut().zip(&other.held) {
            new += own.states.lacks(other.states);
            own.states = own.states.and(other.states);
            own.newest = own.newest.max(other.newest);
        }
        for (own, other) in self.told.iter_mut().zip(&other.told) {
            *own |= other;
        }
        for (own, other) in self.said.iter_mut().zip(&other.said) {
            new += (other & !*own).count_ones();
            *own |= other;
        }
        for (own, other) in self.steps.iter_mut().zip(&other.steps) {
            new += u32::from(*other && !*own);
            *own |= other;
        }
        self.len += new as usize;
        self.seen = self.seen.and(other.seen);
        for down in &other.down {
            let own = self.down.iter_mut().find(|own| own.fact() == down.fact());
            match own {
                Some(own) => own.since = own.since.min(down.since),
                None => self.down.push(*down),
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        if !self.is_empty() {
            self.held.fill(Held::default());
            self.told.fill(0);
            self.seen = States::NONE;
            self.said.fill(0);
            self.steps.fill(false);
            self.down.clear();
            self.len = 0;
        }
    }

    /// Whether a fact is known.
    #[inline]
    pub fn has(&self, fact: Knowable) -> bool {
        match Place::of(fact) {
            Place::Said(incident, bit) => self.said(incident) & bit != 0,
            Place::Step(step) => self.knows_step(step),
            Place::Asset(incident, asset, state) => {
                self.states(incident, asset).has(States::of(&[state]))
            }
        }
    }

    /// The kinds of facts that are known of an incident, but steps and assets.
    fn said(&self, incident: IncidentId) -> u8 {
        self.said.get(incident.index()).copied().unwrap_or_default()
    }

    fn knows_step(&self, step: StepId) -> bool {
        self.steps.get(step.index()).copied().unwrap_or_default()
    }

    /// Since when an asset is known to be in one of the states in which it does not serve.
    fn down_since(
        &self,
        incident: IncidentId,
        asset: AssetId,
        state: AssetState,
    ) -> Option<ExerciseTime> {
        let fact = Knowable::Asset(incident, asset, state);
        let down = self.down.iter().find(|down| down.fact() == fact);
        down.map(|down| down.since)
    }

    /// The facts of an incident, in order.
    pub fn of<'a>(
        &'a self,
        exercise: &'a Exercise,
        incident: IncidentId,
    ) -> impl Iterator<Item = Knowable> + 'a {
        self.beyond(&NOTHING, exercise, incident)
    }

    /// The facts of an incident that another does not know, in order.
    pub(crate) fn beyond<'a>(
        &'a self,
        other: &'a Self,
        exercise: &'a Exercise,
        incident: IncidentId,
    ) -> impl Iterator<Item = Knowable> + 'a {
        let said = self.said(incident) & !other.said(incident);
        let said = (SAID.iter().enumerate()).filter(move |(i, _)| said & (1 << i) != 0);
        let said = said.map(move |(_, fact)| fact(incident));
        let steps = (0..self.steps.len()).map(StepId::new).filter(move |step| {
            let new = self.knows_step(*step) && !other.knows_step(*step);
            new && exercise.step(*step).incident == incident
        });
        let held = self.held(incident).filter_map(move |(asset, states)| {
            let states = states.without(other.states(incident, asset));
            (states != States::NONE).then_some((asset, states))
        });
        let assets = held.flat_map(move |(asset, states)| {
            let each = states.each();
            each.map(move |state| Knowable::Asset(incident, asset, state))
        });
        said.chain(steps.map(Knowable::Step)).chain(assets)
    }

    /// Where an asset has its place among what is known because of an incident.
    const fn place(&self, incident: IncidentId, asset: AssetId) -> usize {
        incident.index() * self.assets + asset.index()
    }

    /// Where a word of the assets has its place of which something is known because of an incident.
    const fn word(&self, incident: IncidentId, word: usize) -> usize {
        incident.index() * self.assets.div_ceil(64) + word
    }

    /// The assets of which something is known because of an incident, as bits: those of a word of 64.
    pub(crate) fn told_of(&self, incident: IncidentId, word: usize) -> u64 {
        let told = self.told.get(self.word(incident, word));
        told.copied().unwrap_or_default()
    }

    /// By asset: what is known of it because of an incident.
    fn of_assets(&self, incident: IncidentId) -> &[Held] {
        let from = incident.index() * self.assets;
        let held = self.held.get(from..from + self.assets);
        held.unwrap_or_default()
    }

    /// The assets of which something is known because of an incident, in order, each with the states in
    /// which it is known to be, or to have been.
    fn held(&self, incident: IncidentId) -> impl Iterator<Item = (AssetId, States)> + '_ {
        let held = self.of_assets(incident).iter().enumerate();
        let held = held.filter(|(_, held)| held.states != States::NONE);
        held.map(|(asset, held)| (AssetId::new(asset), held.states))
    }

    /// The newest entry by which something was learned of an asset because of an incident.
    pub(crate) fn newest_of(&self, incident: IncidentId, asset: AssetId) -> Option<u32> {
        let held = self.held.get(self.place(incident, asset))?;
        (held.states != States::NONE).then_some(held.newest)
    }

    /// Says of an asset whether something was learned of it because of an incident after an entry.
    pub(crate) fn told_after(
        &self,
        incident: IncidentId,
        since: u32,
    ) -> impl Fn(AssetId) -> bool + '_ {
        let held = self.of_assets(incident);
        // Of an asset of which nothing is known, nothing was learned by any entry.
        move |asset| {
            let held = held.get(asset.index());
            held.is_some_and(|held| held.newest > since)
        }
    }

    /// The newest entry by which something was learned of any asset because of an incident.
    pub(crate) fn newest_of_assets(&self, incident: IncidentId) -> Option<u32> {
        let held = self.of_assets(incident).iter();
        let held = held.filter(|held| held.states != States::NONE);
        held.map(|held| held.newest).max()
    }

    /// The states in which an asset is known to be, or to have been, because of an incident.
    #[inline]
    fn states(&self, incident: IncidentId, asset: AssetId) -> States {
        let held = self.held.get(self.place(incident, asset));
        held.map(|held| held.states).unwrap_or_default()
    }

    /// The assets known to be, or to have been, in a state because of an incident.
    pub fn assets(&self, incident: IncidentId, state: AssetState) -> impl Iterator<Item = AssetId> {
        let of = States::of(&[state]);
        let held = self.held(incident);
        held.filter_map(move |(asset, states)| states.has(of).then_some(asset))
    }

    /// The assets known to be affected by an incident, in order; see [`Known::is_affected`].
    pub fn affected<'a>(
        &'a self,
        exercise: &'a Exercise,
        incident: IncidentId,
    ) -> impl Iterator<Item = AssetId> + 'a {
        let held = self.held(incident).map(|(asset, _)| asset);
        held.filter(move |asset| self.is_affected(exercise, incident, *asset))
    }

    /// Whether an asset is known to be affected by an incident: it has a foothold, is encrypted or
    /// altered, or is out of service without that being explained by something that it depends on.
    /// A theft that is over affects nothing any more.
    pub fn is_affected(&self, exercise: &Exercise, incident: IncidentId, asset: AssetId) -> bool {
        const STRUCK: States = States::of(&[
            AssetState::Compromised,
            AssetState::Encrypted,
            AssetState::Altered,
        ]);
        const OUT: States = States::of(&[AssetState::OutOfService]);
        let states = self.states(incident, asset);
        let explained = |below: &AssetId| {
            let below = self.states(incident, *below);
            below.has(STRUCK) || below.has(OUT)
        };
        let depends_on = &exercise.asset(asset).depends_on;
        states.has(STRUCK) || (states.has(OUT) && !depends_on.iter().any(explained))
    }

    /// How many facts are known.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// Whether an asset in this state needs a measure of the response.
pub const fn affects(state: AssetState) -> bool {
    matches!(
        state,
        AssetState::Compromised
            | AssetState::Encrypted
            | AssetState::Altered
            | AssetState::OutOfService
    )
}

/// The state of an asset that a step of the attack leaves behind, as somebody sees it.
pub const fn state_after(effect: Effect) -> AssetState {
    effect.row().leaves
}
