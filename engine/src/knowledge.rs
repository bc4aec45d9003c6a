//! What people know, and what follows from it.
//!
//! Knowledge is a set of [`Knowable`]s with the instant at which each was learned. The simulation
//! keeps one for every role; evaluation rebuilds them from the record. The severity that known facts
//! give, and what a condition of the plan says on them, are found here once for both.

mod belief;

pub use belief::{Belief, Claims, NoClaims, severity, worst_rule};

use crate::exercise::{AssetId, AssetState, Effect, Exercise, ExerciseTime, IncidentId, Knowable};

/// Facts that a role, or several together, know, each with when it was learned first and by which
/// entry last.
///
/// Facts are kept as sorted numbers: a party knows some dozens, is asked often, and learns rarely.
#[derive(Debug, Default)]
pub struct Known {
    keys: Vec<u64>,
    learned: Vec<Learned>,
    /// By incident, then asset: what is known of it.
    held: Vec<Vec<Held>>,
    /// The states in which any asset is known to be, or to have been.
    seen: States,
    /// By incident: the kinds of facts that are known of it, one bit for each, but steps and assets.
    said: Vec<u8>,
    /// By step: whether it is known.
    steps: Vec<bool>,
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
            keys,
            learned,
            held,
            seen,
            said,
            steps,
        } = self;
        keys.clone_from(&other.keys);
        learned.clone_from(&other.learned);
        // Lists of further incidents are kept for their memory.
        for (own, other) in held.iter_mut().zip(&other.held) {
            own.clone_from(other);
        }
        let further = other.held.len();
        held.iter_mut().skip(further).for_each(Vec::clear);
        held.extend_from_slice(other.held.get(held.len()..).unwrap_or_default());
        *seen = other.seen;
        said.clone_from(&other.said);
        steps.clone_from(&other.steps);
    }
}

/// A fact, and how it was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Learned {
    fact: Knowable,
    since: ExerciseTime,
    entry: u32,
}

/// What is known of an asset because of an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Held {
    /// The states in which it is known to be, or to have been.
    states: States,
    /// The newest entry by which one of these was learned.
    newest: u32,
}

/// A fact as a number; the numbers are in the order of the facts.
const fn key(fact: Knowable) -> u64 {
    let (kind, one, other, state) = match fact {
        Knowable::Alerted(incident) => (0, incident.index(), 0, 0),
        Knowable::Real(incident) => (1, incident.index(), 0, 0),
        Knowable::Declared(incident) => (2, incident.index(), 0, 0),
        Knowable::PersonalData(incident) => (3, incident.index(), 0, 0),
        Knowable::Scope(incident) => (4, incident.index(), 0, 0),
        Knowable::Cause(incident) => (5, incident.index(), 0, 0),
        Knowable::Step(step) => (6, step.index(), 0, 0),
        Knowable::Asset(incident, asset, state) => {
            (7, incident.index(), asset.index(), state as u64)
        }
    };
    (kind << 56) | ((one as u64) << 32) | ((other as u64) << 8) | state
}

/// The bit of the kind of a fact that is neither of a step nor of an asset.
const fn kind(key: u64) -> u8 {
    1 << (key >> 56)
}

/// Sets what a list says of a place, which it may not have yet.
fn set<T: Clone + Default>(list: &mut Vec<T>, place: usize, value: T) {
    if list.len() <= place {
        list.resize(place + 1, T::default());
    }
    list[place] = value;
}

/// How many facts a party has room for from the first.
const ROOM: usize = 64;

impl Known {
    /// Nothing, with room for what may be learned in an exercise.
    pub fn with_room(exercise: &Exercise) -> Self {
        let (scenario, assets) = (exercise.scenario(), exercise.organisation().assets.len());
        let incidents = scenario.incidents.len();
        Self {
            keys: Vec::with_capacity(ROOM),
            learned: Vec::with_capacity(ROOM),
            held: (0..incidents).map(|_| Vec::with_capacity(assets)).collect(),
            seen: States::default(),
            said: Vec::with_capacity(incidents),
            steps: Vec::with_capacity(scenario.steps.len()),
        }
    }

    /// Adds a fact; says whether it is new.
    #[inline]
    pub fn learn(&mut self, fact: Knowable, at: ExerciseTime) -> bool {
        self.learn_by(fact, at, 0)
    }

    /// Adds a fact with the entry that says so; says whether it is new.
    #[inline]
    pub fn learn_by(&mut self, fact: Knowable, at: ExerciseTime, entry: u32) -> bool {
        // Most of what is told is known already.
        !self.has(fact) && self.add(fact, at, entry)
    }

    fn add(&mut self, fact: Knowable, at: ExerciseTime, entry: u32) -> bool {
        let key = key(fact);
        let Err(place) = self.keys.binary_search(&key) else {
            return false;
        };
        let learned = Learned {
            fact,
            since: at,
            entry,
        };
        self.insert(place, key, learned);
        true
    }

    /// Adds a fact that was known at an instant, wherever that stands among what was added before: it is
    /// known since the earliest.
    pub fn learn_earlier(&mut self, fact: Knowable, at: ExerciseTime) {
        let key = key(fact);
        match self.keys.binary_search(&key) {
            Ok(place) => {
                let known = &mut self.learned[place];
                known.since = known.since.min(at);
            }
            Err(place) => {
                let learned = Learned {
                    fact,
                    since: at,
                    entry: 0,
                };
                self.insert(place, key, learned);
            }
        }
    }

    fn insert(&mut self, place: usize, key: u64, learned: Learned) {
        self.keys.insert(place, key);
        self.learned.insert(place, learned);
        self.hold(learned.fact, learned.entry);
    }

    /// A fact is known, or was learned again, by an entry.
    fn hold(&mut self, fact: Knowable, entry: u32) {
        let (incident, asset, state) = match fact {
            Knowable::Asset(incident, asset, state) => (incident, asset, state),
            Knowable::Step(step) => {
                set(&mut self.steps, step.index(), true);
                return;
            }
            other => {
                let of = (other.incident()).map_or(0, IncidentId::index);
                let said = self.said.get(of).copied().unwrap_or_default();
                set(&mut self.said, of, said | kind(key(fact)));
                return;
            }
        };
        let (incident, asset) = (incident.index(), asset.index());
        if self.held.len() <= incident {
            self.held.resize_with(incident + 1, Vec::new);
        }
        let held = &mut self.held[incident];
        let states = States::of(&[state]);
        let before = held.get(asset).copied().unwrap_or_default();
        let now = Held {
            states: before.states.and(states),
            newest: before.newest.max(entry),
        };
        set(held, asset, now);
        self.seen = self.seen.and(states);
    }

    /// Adds all facts of another: what both know is known since the earlier, by the later entry.
    pub fn learn_all(&mut self, other: &Self) {
        if self.keys.is_empty() {
            self.clone_from(other);
            return;
        }
        // Both are sorted, so the next place is no earlier than the last.
        let mut place = 0;
        for (key, learned) in other.keys.iter().zip(&other.learned) {
            while self.keys.get(place).is_some_and(|own| own < key) {
                place += 1;
            }
            if self.keys.get(place) == Some(key) {
                let known = &mut self.learned[place];
                known.since = known.since.min(learned.since);
                known.entry = known.entry.max(learned.entry);
                self.hold(learned.fact, learned.entry);
            } else {
                self.insert(place, *key, *learned);
            }
        }
    }

    /// Notes that one of the party learned a fact, by this entry; says whether it is new to all.
    pub fn note(&mut self, fact: Knowable, at: ExerciseTime, entry: u32) -> bool {
        let key = key(fact);
        match self.keys.binary_search(&key) {
            Ok(place) => {
                let known = &mut self.learned[place];
                known.entry = known.entry.max(entry);
                self.hold(fact, entry);
                false
            }
            Err(place) => {
                let learned = Learned {
                    fact,
                    since: at,
                    entry,
                };
                self.insert(place, key, learned);
                true
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.learned.clear();
        self.held.iter_mut().for_each(Vec::clear);
        self.seen = States::default();
        self.said.clear();
        self.steps.clear();
    }

    /// Whether a fact is known.
    #[inline]
    pub fn has(&self, fact: Knowable) -> bool {
        match fact {
            Knowable::Asset(incident, asset, state) => {
                self.states(incident, asset).has(States::of(&[state]))
            }
            Knowable::Step(step) => self.steps.get(step.index()).copied().unwrap_or_default(),
            other => {
                let of = (other.incident()).map_or(0, IncidentId::index);
                self.said
                    .get(of)
                    .is_some_and(|said| said & kind(key(other)) != 0)
            }
        }
    }

    /// When a fact was learned.
    pub fn since(&self, fact: Knowable) -> Option<ExerciseTime> {
        let place = self.keys.binary_search(&key(fact)).ok()?;
        Some(self.learned[place].since)
    }

    /// The newest entry by which a fact was learned.
    pub fn entry(&self, fact: Knowable) -> Option<u32> {
        let place = self.keys.binary_search(&key(fact)).ok()?;
        Some(self.learned[place].entry)
    }

    /// The newest entry by which a fact was learned.
    pub(crate) fn newest(&self) -> Option<u32> {
        self.learned.iter().map(|learned| learned.entry).max()
    }

    /// The newest entry by which a fact was learned that a test accepts.
    pub fn latest(&self, accepts: impl Fn(Knowable) -> bool) -> Option<u32> {
        let mut latest = None;
        for learned in &self.learned {
            if Some(learned.entry) > latest && accepts(learned.fact) {
                latest = Some(learned.entry);
            }
        }
        latest
    }

    /// Every fact, in order.
    pub fn iter(&self) -> impl Iterator<Item = Knowable> + '_ {
        self.learned.iter().map(|learned| learned.fact)
    }

    /// The facts of an incident, in order.
    pub fn of<'a>(
        &'a self,
        exercise: &'a Exercise,
        incident: IncidentId,
    ) -> impl Iterator<Item = Knowable> + 'a {
        self.iter().filter(move |fact| match fact {
            Knowable::Step(step) => exercise.step(*step).incident == incident,
            other => other.incident() == Some(incident),
        })
    }

    /// Adds them to a list.
    pub(crate) fn list(&self, exercise: &Exercise, incident: IncidentId, list: &mut Vec<Knowable>) {
        if exercise.scenario().incidents.len() == 1 {
            list.extend(self.iter());
        } else {
            list.extend(self.of(exercise, incident));
        }
    }

    /// The assets of which something is known because of an incident, in order, each with the states in
    /// which it is known to be, or to have been.
    fn held(&self, incident: IncidentId) -> impl Iterator<Item = (AssetId, States)> + '_ {
        let held = self.held.get(incident.index()).into_iter().flatten();
        let held = held.enumerate().filter(|(_, held)| held.states.0 != 0);
        held.map(|(asset, held)| (AssetId::new(asset), held.states))
    }

    /// The newest entry by which something was learned of an asset because of an incident.
    pub(crate) fn newest_of(&self, incident: IncidentId, asset: AssetId) -> Option<u32> {
        let held = self.held.get(incident.index())?.get(asset.index())?;
        (held.states.0 != 0).then_some(held.newest)
    }

    /// Says of an asset whether something was learned of it because of an incident after an entry.
    pub(crate) fn told_after(
        &self,
        incident: IncidentId,
        since: u32,
    ) -> impl Fn(AssetId) -> bool + '_ {
        let held = self.held.get(incident.index());
        let held = held.map(Vec::as_slice).unwrap_or_default();
        // Of an asset of which nothing is known, nothing was learned by any entry.
        move |asset| {
            let held = held.get(asset.index());
            held.is_some_and(|held| held.newest > since)
        }
    }

    /// The newest entry by which something was learned of any asset because of an incident.
    pub(crate) fn newest_of_assets(&self, incident: IncidentId) -> Option<u32> {
        let held = self.held.get(incident.index())?.iter();
        let held = held.filter(|held| held.states.0 != 0);
        held.map(|held| held.newest).max()
    }

    /// The states in which an asset is known to be, or to have been, because of an incident.
    fn states(&self, incident: IncidentId, asset: AssetId) -> States {
        let held = self.held.get(incident.index());
        let held = held.and_then(|held| held.get(asset.index()));
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
        const DOWN: States = States::of(&[AssetState::OutOfService]);
        let states = self.states(incident, asset);
        let explained = |below: &AssetId| {
            let below = self.states(incident, *below);
            below.has(STRUCK) || below.has(DOWN)
        };
        let depends_on = &exercise.asset(asset).depends_on;
        states.has(STRUCK) || (states.has(DOWN) && !depends_on.iter().any(explained))
    }

    /// How many facts are known.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// Some states of an asset: one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct States(u16);

impl States {
    const fn of(states: &[AssetState]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < states.len() {
            bits |= 1 << states[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether it holds one of others.
    const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// The known states by which an asset is believed to be in a state.
const fn shown_by(state: AssetState) -> States {
    match state {
        AssetState::PastRto | AssetState::OutOfService => {
            States::of(&[AssetState::OutOfService, AssetState::Encrypted])
        }
        other => States::of(&[other]),
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
    match effect {
        Effect::Compromise => AssetState::Compromised,
        Effect::Encrypt => AssetState::Encrypted,
        Effect::Exfiltrate | Effect::Steal => AssetState::Exfiltrated,
        Effect::Disrupt => AssetState::OutOfService,
        Effect::Alter => AssetState::Altered,
        Effect::Expose => AssetState::Exposed,
    }
}
