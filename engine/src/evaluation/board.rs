//! What the board of an incident knew at an instant, and what could be known of it at all.

use super::facts::{Facts, Learned};
use crate::exercise::{AssetId, Exercise, IncidentId, Instance, Knowable, RoleId, Severity};
use crate::knowledge::{Belief, Known, state_after, worst_of};

/// The roles whose knowledge makes the board of an incident.
#[derive(Debug)]
pub(super) struct Board {
    /// By role: whether it is on it.
    roles: Vec<bool>,
}

impl Board {
    fn add(&mut self, role: RoleId) {
        if let Some(on) = self.roles.get_mut(role.index()) {
            *on = true;
        }
    }

    /// What these roles together knew just before an entry, each fact since the first of them did.
    pub(super) fn known(&self, facts: &Facts<'_>, number: u32) -> Known {
        let mut known = Known::with_room(facts.exercise);
        for learned in self.learned(facts, number) {
            known.learn(learned.fact, learned.entry.at);
        }
        known
    }

    /// What each of these roles learned before an entry, in order.
    pub(super) fn learned<'f, 'a>(
        &self,
        facts: &'f Facts<'a>,
        number: u32,
    ) -> impl Iterator<Item = &'f Learned<'a>> {
        let before = facts.learned.iter();
        let before = before.take_while(move |learned| learned.entry.number < number);
        before.filter(|learned| {
            let on = self.roles.get(learned.role.index());
            on.copied().unwrap_or_default()
        })
    }
}

/// The board of an incident when a role acts, just before an entry: those that finished a task of the
/// incident and those present in its room. Without a room it is the role itself, with those that did
/// what its work came after.
pub(super) fn board(
    facts: &Facts<'_>,
    incident: IncidentId,
    role: RoleId,
    work: Option<Instance>,
    number: u32,
) -> Board {
    let opened = facts.rooms.was_open_before(incident, number);
    let mut board = Board {
        roles: vec![false; facts.exercise.organisation().roles.len()],
    };
    board.add(role);
    for (instance, done) in facts.works_of(incident) {
        let came_before = || work.is_some_and(|work| precedes(facts.exercise, instance, work));
        let finished = || done.claimed().is_some_and(|entry| entry.number < number);
        if (opened || came_before()) && finished() {
            done.role().into_iter().for_each(|role| board.add(role));
        }
    }
    if opened {
        for person in facts.rooms.present_before(incident, number) {
            let held = facts.exercise.roles_held(person).iter();
            held.for_each(|role| board.add(*role));
        }
    }
    board
}

fn precedes(exercise: &Exercise, earlier: Instance, later: Instance) -> bool {
    let task = exercise.task(later.task);
    task.after.contains(&earlier.task) || task.after_any.contains(&earlier.task)
}

/// Time is scored for no less than this, unless the truth is.
const LEAST: Severity = Severity::Medium;

/// The severity for which time is scored: the true one, or what the yardstick's table gives on everything
/// that could be known, where that is less. What could be known is what messages told, what anybody
/// learned, and every asset hit that a dependency or path connects to one of those: an
/// investigation would have found it. A fact counts as known since the first of these, and not since
/// its turn in any list. Never under Medium unless the truth is.
pub(super) fn knowable_severity(facts: &Facts<'_>, incident: IncidentId) -> Severity {
    let exercise = facts.exercise;
    let truth = exercise.scenario().incidents[incident.index()].severity;
    if facts.omniscient || truth <= LEAST {
        return truth;
    }
    let known = knowable(facts, incident);
    let belief = Belief {
        exercise,
        incident,
        known: &known,
        now: facts.ended_at,
    };
    let row = worst_of(&facts.yardstick.rules, &belief);
    truth.min(row.map_or(Severity::Low, |row| row.level).max(LEAST))
}

/// Everything that could be known of an incident, each fact since the first instant at which it could.
fn knowable(facts: &Facts<'_>, incident: IncidentId) -> Known {
    let mut known = Known::with_room(facts.exercise);
    for learned in &facts.learned {
        known.learn(learned.fact, learned.entry.at);
    }
    for letter in facts.revealing(incident) {
        let Some(sent) = letter.sent() else { continue };
        for fact in letter.reveals() {
            known.learn_earlier(*fact, sent.at);
        }
    }
    let clusters = &facts.criteria.clusters;
    let mut found: Vec<usize> = known
        .affected(facts.exercise, incident)
        .map(|asset| clusters[asset.index()])
        .collect();
    found.sort_unstable();
    found.dedup();
    let hits = facts.hits.iter().filter(|hit| hit.incident == incident);
    for hit in hits.filter(|hit| found.binary_search(&clusters[hit.asset.index()]).is_ok()) {
        let fact = Knowable::Asset(incident, hit.asset, state_after(hit.effect));
        known.learn_earlier(fact, hit.entry.at);
        known.learn_earlier(Knowable::Step(hit.step), hit.entry.at);
    }
    known
}

/// For each asset, a number that it shares with all that paths and dependencies connect it to.
pub(super) fn clusters(exercise: &Exercise) -> Vec<usize> {
    let organisation = exercise.organisation();
    let Some(network) = &organisation.network else {
        return vec![0; organisation.assets.len()];
    };
    let mut cluster: Vec<usize> = (0..organisation.assets.len()).collect();
    let mut join = |a: AssetId, b: AssetId| {
        let (one, other) = (cluster[a.index()], cluster[b.index()]);
        for of in &mut cluster {
            if *of == other {
                *of = one;
            }
        }
    };
    for (a, b) in network {
        join(*a, *b);
    }
    for (i, asset) in organisation.assets.iter().enumerate() {
        for needed in &asset.depends_on {
            join(AssetId::new(i), *needed);
        }
    }
    cluster
}
