//! Classification, from the text of the rules: what the yardstick's table gives on what a board knew.

use super::Oracle;
use hotwash_engine::exercise::{
    AssetId, AssetState, Condition, Dimension, Effect, Fact, Instance, Knowable, RoleId, Selector,
    Severity, StepId,
};
use hotwash_engine::record::{Entry, Event, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What is known, and since when.
type Known = BTreeMap<Knowable, i64>;

impl Oracle<'_> {
    /// The roles whose knowledge counts when a role classifies, just before an entry: those that finished
    /// work of the incident and those of the people in its room; without a room, the role itself and those
    /// that did what its work came after.
    fn board(&self, role: RoleId, work: Option<Instance>, before: u32) -> BTreeSet<RoleId> {
        let entries = || self.entries.iter().filter(|entry| entry.number < before);
        let has_room = entries().any(|entry| matches!(entry.event, Event::RoomOpened { .. }));
        let mut board = BTreeSet::from([role]);
        let mut doing = BTreeMap::new();
        let mut present = BTreeSet::new();
        for entry in entries() {
            match &entry.event {
                Event::TaskStarted { instance, role, .. }
                | Event::TaskResumed { instance, role, .. } => {
                    doing.insert(*instance, *role);
                }
                Event::TaskEnded {
                    instance,
                    outcome: Outcome::Done | Outcome::Flawed,
                } => {
                    let came_before = work.is_some_and(|work| {
                        let task = self.exercise.task(work.task);
                        task.after.contains(&instance.task)
                            || task.after_any.contains(&instance.task)
                    });
                    if has_room || came_before {
                        board.extend(doing.get(instance));
                    }
                }
                Event::RoomJoined { person, .. } if has_room => {
                    present.insert(*person);
                }
                Event::RoomLeft { person, .. } => {
                    present.remove(person);
                }
                _ => {}
            }
        }
        for person in present {
            board.extend(self.exercise.roles_held(person));
        }
        board
    }

    /// What the yardstick's table gives on facts, at an instant.
    fn table(&self, known: &Known, now: i64) -> Severity {
        let rules = self.exercise.yardstick().rules.iter();
        let holding = rules.filter(|rule| self.believed(&rule.when, known, now));
        holding
            .map(|rule| rule.level)
            .max()
            .unwrap_or(Severity::Low)
    }

    fn believed(&self, condition: &Condition, known: &Known, now: i64) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|one| self.believed(one, known, now)),
            Condition::Any(all) => all.iter().any(|one| self.believed(one, known, now)),
            Condition::Not(one) => !self.believed(one, known, now),
            Condition::Is(fact) => self.believes(fact, known, now),
        }
    }

    fn believes(&self, fact: &Fact, known: &Known, now: i64) -> bool {
        match fact {
            Fact::Known(of) => known.contains_key(of),
            Fact::InState(selector, wanted) => self.assets().any(|asset| {
                self.picks(selector, asset, known) && self.is_known(known, asset, *wanted, now)
            }),
            // Whoever knows that records left takes it that all of the asset's did.
            Fact::RecordsExposed(least) => {
                let out = |asset: &AssetId| {
                    let known = |state| self.is_known(known, *asset, state, now);
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
    fn is_known(&self, known: &Known, of: AssetId, wanted: AssetState, now: i64) -> bool {
        let since = |state| {
            known
                .get(&Knowable::Asset(self.incident, of, state))
                .copied()
        };
        let down = since(AssetState::OutOfService).or(since(AssetState::Encrypted));
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
        let given: Vec<(&Entry, RoleId, Severity)> = self
            .entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::Classified { role, severity, .. } => Some((entry, role, severity)),
                _ => None,
            })
            .collect();
        let nexts = given.iter().skip(1).map(|(next, ..)| Some(*next));
        let mut all = given.iter().zip(nexts.chain([None]));
        let sound = all.all(|((entry, role, severity), next)| {
            let work = entry
                .cause
                .and_then(|cause| match self.entries[cause as usize - 1].event {
                    Event::TaskEnded { instance, .. } | Event::MeasureTaken { instance, .. } => {
                        Some(instance)
                    }
                    _ => None,
                });
            let known = self.known_to(&self.board(*role, work, entry.number), entry.number);
            let last = next.map_or(u32::MAX, |next| next.number);
            let until = next.map_or(self.end_at(), |next| next.at.0);
            let board = self.board(*role, work, last);
            self.table(&known, entry.at.0) == *severity
                && self.stays(*severity, (entry.number, last), until, &board)
        });
        (!given.is_empty()).then_some(sound)
    }

    /// What some roles know just before an entry, each fact since the first of them learned it.
    fn known_to(&self, board: &BTreeSet<RoleId>, before: u32) -> Known {
        let mut known = Known::new();
        for entry in self.entries.iter().filter(|entry| entry.number < before) {
            if let Event::FactLearned { role, fact } = entry.event
                && board.contains(&role)
            {
                known.entry(fact).or_insert(entry.at.0);
            }
        }
        known
    }

    /// Whether new facts never gave another severity than the one given for longer than that may stand.
    fn stays(
        &self,
        given: Severity,
        (after, before): (u32, u32),
        until: i64,
        board: &BTreeSet<RoleId>,
    ) -> bool {
        let within = self.exercise.yardstick().reassess_within;
        let mut known = self.known_to(board, after);
        let mut due: Option<i64> = None;
        let later = self.entries.iter();
        for entry in later.filter(|entry| entry.number > after && entry.number < before) {
            let Event::FactLearned { role, fact } = entry.event else {
                continue;
            };
            if !board.contains(&role) || known.contains_key(&fact) {
                continue;
            }
            known.insert(fact, entry.at.0);
            if due.is_some_and(|due| entry.at.0 > due) {
                return false;
            }
            let right = self.table(&known, entry.at.0);
            due = match due {
                _ if right == given => None,
                None => Some(entry.at.0 + within[right.index()].0),
                open => open,
            };
        }
        due.is_none_or(|due| until <= due)
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
                    for fact in reveals {
                        known.entry(*fact).or_insert(entry.at.0);
                    }
                }
                _ => {}
            }
        }
        let told = known.keys().filter_map(|fact| match fact {
            Knowable::Asset(_, asset, _) => Some(*asset),
            _ => None,
        });
        let reach = self.connected(told.collect());
        for entry in self.entries {
            let Event::StepTookEffect { step, asset, .. } = entry.event else {
                continue;
            };
            if reach.contains(&asset) {
                let left = match self.exercise.step(step).effect {
                    Effect::Compromise => AssetState::Compromised,
                    Effect::Encrypt => AssetState::Encrypted,
                    Effect::Disrupt => AssetState::OutOfService,
                    Effect::Alter => AssetState::Altered,
                    Effect::Exfiltrate | Effect::Steal => AssetState::Exfiltrated,
                    Effect::Expose => AssetState::Exposed,
                };
                for fact in [
                    Knowable::Asset(self.incident, asset, left),
                    Knowable::Step(step),
                ] {
                    let since = known.entry(fact).or_insert(entry.at.0);
                    *since = (*since).min(entry.at.0);
                }
            }
        }
        let truth = self.exercise.scenario().incidents[self.incident.index()].severity;
        let least = truth.min(Severity::Medium);
        self.table(&known, self.end_at()).clamp(least, truth)
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
