//! Classification, from the text of the rules: what the plan's table gives on what a board knew.

use super::Oracle;
use hotwash_engine::exercise::{
    AssetId, AssetState, Condition, Dimension, Fact, Instance, Knowable, RoleId, Selector,
    Severity, StepId,
};
use hotwash_engine::record::{Entry, Event, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What is known, and since when.
type Known = BTreeMap<Knowable, i64>;

/// What each role has learned so far, and whose knowledge counts: the roles that finished work of the
/// incident, and those of the people in its room.
#[derive(Default)]
struct Board {
    learned: BTreeMap<RoleId, Known>,
    doing: BTreeMap<Instance, RoleId>,
    roles: BTreeSet<RoleId>,
}

impl Board {
    /// Takes an entry in; whether the board may know more now.
    fn add(&mut self, oracle: &Oracle<'_>, entry: &Entry) -> bool {
        match &entry.event {
            Event::FactLearned { role, fact } => {
                let known = self.learned.entry(*role).or_default();
                known.entry(*fact).or_insert(entry.at.0);
                self.roles.contains(role)
            }
            Event::TaskStarted { instance, role, .. }
            | Event::TaskResumed { instance, role, .. } => {
                self.doing.insert(*instance, *role);
                false
            }
            Event::TaskEnded {
                instance,
                outcome: Outcome::Done | Outcome::Flawed,
            } => {
                let role = self.doing.get(instance);
                role.is_some_and(|role| self.roles.insert(*role))
            }
            Event::RoomJoined { person, .. } => {
                let before = self.roles.len();
                self.roles.extend(oracle.exercise.roles_held(*person));
                self.roles.len() > before
            }
            _ => false,
        }
    }

    /// What the board knows, with what the one who classifies does.
    fn known(&self, own: RoleId) -> Known {
        let mut all = Known::new();
        let roles = self.learned.iter();
        for (_, known) in roles.filter(|(role, _)| self.roles.contains(role) || **role == own) {
            for (fact, at) in known {
                let first = all.entry(*fact).or_insert(*at);
                *first = (*first).min(*at);
            }
        }
        all
    }
}

impl Oracle<'_> {
    /// What the plan's table gives on facts.
    fn table(&self, known: &Known, before: u32) -> Severity {
        let rules = self.exercise.plan().classification.rules.iter();
        let holding = rules.filter(|rule| self.believed(&rule.when, known, before));
        holding
            .map(|rule| rule.level)
            .max()
            .unwrap_or(Severity::Low)
    }

    fn believed(&self, condition: &Condition, known: &Known, before: u32) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|one| self.believed(one, known, before)),
            Condition::Any(all) => all.iter().any(|one| self.believed(one, known, before)),
            Condition::Not(one) => !self.believed(one, known, before),
            Condition::Is(fact) => self.believes(fact, known, before),
        }
    }

    fn believes(&self, fact: &Fact, known: &Known, before: u32) -> bool {
        match fact {
            Fact::Known(of) => known.contains_key(of),
            Fact::InState(selector, wanted) => self.assets().any(|asset| {
                self.picks(selector, asset, known) && self.is_known(known, asset, *wanted, before)
            }),
            // Whoever knows that records left takes it that all of the asset's did.
            Fact::RecordsExposed(least) => {
                let out = |asset: &AssetId| {
                    let known = |state| self.is_known(known, *asset, state, before);
                    known(AssetState::Exfiltrated) || known(AssetState::Exposed)
                };
                let held = self.assets().filter(out);
                held.map(|asset| self.exercise.asset(asset).holds)
                    .sum::<u64>()
                    >= *least
            }
            Fact::MoneyLost(least) => {
                let steps = self.exercise.scenario().steps.iter().enumerate();
                let known =
                    steps.filter(|(i, _)| known.contains_key(&Knowable::Step(StepId::new(*i))));
                known.map(|(_, step)| step.money.0).sum::<i64>() >= least.0
            }
            other => panic!("no rule of the table asks for {other:?}"),
        }
    }

    /// Whether an asset is known to be in a state. One that is known to be encrypted is known not to
    /// serve, and it is past its objective once that has been known for longer.
    fn is_known(&self, known: &Known, of: AssetId, wanted: AssetState, before: u32) -> bool {
        let since = |state| {
            known
                .get(&Knowable::Asset(self.incident, of, state))
                .copied()
        };
        let down = since(AssetState::OutOfService).or(since(AssetState::Encrypted));
        let now = self.entries.get(before as usize - 1);
        let now = now.map_or(0, |entry| entry.at.0);
        match wanted {
            AssetState::OutOfService => down.is_some(),
            AssetState::PastRto => {
                let rto = self.exercise.asset(of).rto;
                down.zip(rto)
                    .is_some_and(|(since, rto)| now - since > rto.0)
            }
            other => since(other).is_some(),
        }
    }

    /// Whether each classification was right when it was given, and repeated in time.
    pub(super) fn is_classified_soundly(&self) -> Option<bool> {
        let within = self.exercise.plan().classification.reassess_within;
        let mut board = Board::default();
        let mut given: Option<(Severity, RoleId)> = None;
        let mut open: Option<(Severity, i64)> = None;
        let mut sound = true;
        for entry in self.entries {
            if let Event::Classified { role, severity, .. } = entry.event {
                sound &= severity == self.table(&board.known(role), entry.number);
                sound &= open.is_none_or(|(_, due)| entry.at.0 <= due);
                (given, open) = (Some((severity, role)), None);
            }
            let more = board.add(self, entry);
            if let Some((given, role)) = given.filter(|_| more) {
                let now = self.table(&board.known(role), entry.number + 1);
                open = match open {
                    _ if now == given => None,
                    Some((of, due)) if of == now => Some((of, due)),
                    _ => Some((now, entry.at.0 + within[now.index()].0)),
                };
            }
        }
        let end = self.entries.last().map_or(0, |entry| entry.at.0);
        sound &= open.is_none_or(|(_, due)| end <= due);
        given.map(|_| sound)
    }

    fn picks(&self, selector: &Selector, of: AssetId, known: &Known) -> bool {
        let asset = self.exercise.asset(of);
        match selector {
            Selector::Everything => true,
            Selector::Kind(kind) => asset.kind == *kind,
            Selector::Holding(data) => asset.holds(*data),
            Selector::Valued(Dimension::Confidentiality, least) => asset.confidentiality >= *least,
            Selector::Valued(Dimension::Integrity, least) => asset.integrity >= *least,
            Selector::Valued(Dimension::Availability, least) => asset.availability >= *least,
            Selector::InState(state) => {
                known.contains_key(&Knowable::Asset(self.incident, of, *state))
            }
            Selector::Both(all) => all.iter().all(|one| self.picks(one, of, known)),
            other => panic!("no rule of the table asks for {other:?}"),
        }
    }

    /// The severity at which time is scored: the true one as far as it could be known from what
    /// messages told, what anybody learned, and what an investigation would have found.
    pub(super) fn knowable(&self) -> Severity {
        let mut known = Known::new();
        for entry in self.entries {
            match &entry.event {
                Event::FactLearned { fact, .. } => _ = known.entry(*fact).or_insert(entry.at.0),
                Event::MessageSent { reveals, .. } => {
                    known.extend(reveals.iter().map(|fact| (*fact, entry.at.0)));
                }
                _ => {}
            }
        }
        let told: BTreeSet<AssetId> = known
            .keys()
            .filter_map(|fact| match fact {
                Knowable::Asset(_, asset, _) => Some(*asset),
                _ => None,
            })
            .collect();
        let reach = self.connected(told);
        for entry in self.entries {
            if let Event::AssetChanged {
                asset,
                incident: Some(_),
                state,
                on: true,
            } = entry.event
                && reach.contains(&asset)
                && self.hit(asset)
            {
                let fact = Knowable::Asset(self.incident, asset, state);
                known.entry(fact).or_insert(entry.at.0);
            }
        }
        let end = self.entries.last().map_or(1, |entry| entry.number);
        let truth = self.exercise.scenario().incidents[self.incident.index()].severity;
        let least = truth.min(Severity::Medium);
        self.table(&known, end).clamp(least, truth)
    }

    /// Assets that paths and dependencies connect to these.
    fn connected(&self, mut all: BTreeSet<AssetId>) -> BTreeSet<AssetId> {
        let organisation = self.exercise.organisation();
        let mut links: Vec<(AssetId, AssetId)> = organisation.network.clone().unwrap_or_default();
        for asset in self.assets() {
            let below = self.exercise.asset(asset).depends_on.iter();
            links.extend(below.map(|below| (asset, *below)));
        }
        loop {
            let before = all.len();
            for (one, other) in &links {
                if all.contains(one) || all.contains(other) {
                    all.extend([*one, *other]);
                }
            }
            if all.len() == before {
                return all;
            }
        }
    }
}
