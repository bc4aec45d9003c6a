//! Two ways to look at a run: the truth, which the scenario's conditions see, and belief, which the
//! plan's do.

mod applies;
mod belief;
mod coming;
mod complete;
mod down_with;
mod reach;
mod reveal;

pub(crate) use complete::MissingWork;
pub(crate) use reach::Reaches;

use belief::PlanClaims;

use super::assets::Assets;
use super::attack::Attack;
use super::incidents::Incidents;
use super::messages::Messages;
use super::minds::{Asked, Minds, Party, Seen};
use super::scene::{Policy, Scene};
use super::story::{DecisionState, Story};
use super::work::Work;
use crate::exercise::{
    AssetId, AssetState, Condition, Fact, Few, IncidentId, Knowable, Mark, Measure, RoleId,
    Selector, Sender, Severity, StepId, Task, TaskId, Urgency,
};
use crate::knowledge::{Belief, Known, severity};
use crate::record::Origin;

/// Everything that a condition can ask for.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) scene: Scene<'a>,
    pub(crate) attack: &'a Attack,
    pub(crate) assets: &'a Assets,
    pub(crate) minds: &'a Minds,
    pub(crate) messages: &'a Messages,
    pub(crate) work: &'a Work,
    pub(crate) incidents: &'a Incidents,
    pub(crate) story: &'a Story,
}

impl<'a> View<'a> {
    /// Whether a condition holds in truth, with the entry that made it so last (0: none did).
    pub(crate) fn truth(&self, condition: &Condition, incident: IncidentId) -> Option<u32> {
        let mut latest = 0;
        let holds = condition.holds(&mut |fact| {
            let since = self.true_since(fact, incident);
            latest = latest.max(since.unwrap_or(0));
            since.is_some()
        });
        holds.then_some(latest)
    }

    /// The entry since which a fact is true; 0 where no entry says so.
    fn true_since(&self, fact: &Fact, incident: IncidentId) -> Option<u32> {
        let state = self.incidents.get(incident);
        let mark = |mark: Mark| state.marks[mark.index()].map(|(_, entry)| entry);
        match fact {
            Fact::AlertRaised => mark(Mark::Seen),
            Fact::MessageRead(sender) => self.read_from(*sender, None),
            Fact::Done(task) => self.work.claimed_done(*task, incident),
            Fact::Decided(decision, option) => match self.story.decision(*decision) {
                DecisionState::Taken(taken, entry) if taken == *option => Some(entry),
                _ => None,
            },
            Fact::Taken(measure, selector) => self.taken(*measure, selector, incident),
            Fact::Reached(step) => self.attack.took_effect(*step),
            Fact::InState(selector, asked) => self
                .assets_where(|asset| {
                    self.assets.in_state(self.scene, asset, *asked)
                        && self.selects(selector, asset, incident)
                })
                .next()
                .map(|_| self.assets.last_change()),
            Fact::SeverityAtLeast(least) => (self.true_severity(incident) >= *least).then_some(0),
            Fact::PhaseReached(phase) => state.phases[phase.index()].reached,
            Fact::PhaseCompleted(phase) => state.phases[phase.index()].completed,
            Fact::Known(knowable) => self.is_true(*knowable, incident),
            Fact::RecordsExposed(least) => {
                (self.assets.records_exposed(incident) >= *least).then(|| self.assets.last_change())
            }
            Fact::MoneyLost(least) => {
                (self.assets.money_lost(incident) >= *least).then(|| self.assets.last_change())
            }
            Fact::Notified(kind) => self.story.notified(*kind),
            Fact::InjectDelivered(inject) => self.story.delivered(*inject),
            Fact::Elapsed(span) => (self.scene.now.0 >= span.0).then_some(0),
            Fact::Since(Mark::Onset, span) => {
                (self.scene.now - self.scene.exercise().parts().onset >= *span).then_some(0)
            }
            Fact::Since(of, span) => state.marks[of.index()]
                .filter(|(at, _)| self.scene.now - *at >= *span)
                .map(|(_, entry)| entry),
        }
    }

    fn true_severity(&self, incident: IncidentId) -> Severity {
        self.scene.exercise().scenario().incidents[incident.index()].severity
    }

    fn selects(&self, selector: &Selector, asset: AssetId, incident: IncidentId) -> bool {
        self.assets
            .selects(self.scene, selector, asset, Some(incident))
    }

    fn assets(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.scene.exercise().organisation().assets.len()).map(AssetId::new)
    }

    fn assets_where(&self, test: impl Fn(AssetId) -> bool) -> impl Iterator<Item = AssetId> {
        self.assets().filter(move |asset| test(*asset))
    }

    /// Since when a measure is in effect: on a selected asset, or for the incident.
    fn taken(&self, measure: Measure, selector: &Selector, incident: IncidentId) -> Option<u32> {
        let entry = self.incidents.get(incident).taken.get(measure);
        let on_incident = *selector == Selector::Everything;
        let in_effect = |asset| {
            self.assets.in_effect(measure, asset)
                && (on_incident || self.selects(selector, asset, incident))
        };
        let somewhere = self.assets_where(in_effect).next().is_some();
        (somewhere || (on_incident && entry.is_some())).then(|| entry.unwrap_or(0))
    }

    fn is_true(&self, knowable: Knowable, incident: IncidentId) -> Option<u32> {
        let described = &self.scene.exercise().scenario().incidents[incident.index()];
        let state = self.incidents.get(incident);
        match knowable {
            Knowable::Alerted(_) => state.marks[Mark::Observable.index()].map(|(_, entry)| entry),
            Knowable::Real(_) => described.real.then_some(0),
            Knowable::Declared(_) => state.marks[Mark::Declared.index()].map(|(_, entry)| entry),
            Knowable::PersonalData(_) => {
                let said = described.personal_data.then_some(0);
                said.or_else(|| self.data_unavailable(incident))
            }
            Knowable::Scope(_) => state.scope,
            Knowable::Cause(_) => state.taken.get(Measure::FindCause),
            Knowable::Step(step) => self.attack.took_effect(step),
            Knowable::Asset(_, asset, asked) => self
                .assets
                .in_state(self.scene, asset, asked)
                .then(|| self.assets.last_change()),
        }
    }

    /// The entry by which the attack made data about persons unavailable: the asset that holds it, or one on
    /// which that rests, was encrypted or disrupted.
    fn data_unavailable(&self, incident: IncidentId) -> Option<u32> {
        let exercise = self.scene.exercise();
        let steps = exercise.scenario().steps.iter().enumerate();
        let taking =
            steps.filter(|(_, step)| step.incident == incident && step.effect.row().takes_down);
        let struck = taking.filter(|(i, _)| {
            let mut on = self.attack.affected_by(StepId::new(*i)).iter();
            on.any(|asset| exercise.bears_persons(*asset))
        });
        let entries = struck.filter_map(|(i, _)| self.attack.took_effect(StepId::new(i)));
        entries.min()
    }

    /// The entry by which a message from a sender was read, by one of some roles.
    fn read_from(&self, sender: Sender, roles: Option<&[RoleId]>) -> Option<u32> {
        self.messages
            .read()
            .find(|message| {
                let to = roles.is_none_or(|roles| roles.contains(&message.to));
                to && self.sent_by(&message.origin, sender)
            })
            .map(|message| message.last_entry)
    }

    fn sent_by(&self, origin: &Origin, sender: Sender) -> bool {
        let exercise = self.scene.exercise();
        match origin {
            Origin::Inject { inject, .. } => exercise.inject(*inject).sender == Some(sender),
            Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. } => {
                let kind = exercise.organisation().sources[source.index()].kind;
                sender == Sender::Source(kind)
            }
            Origin::Staff { .. } => {
                sender == Sender::Source(crate::exercise::SourceKind::UserReport)
            }
            _ => false,
        }
    }

    /// What a role knows; in an ideal response, all that is true.
    fn known_by(&self, roles: &[RoleId], incident: IncidentId) -> Seen<'a> {
        if self.scene.policy == Policy::Ideal {
            return Seen::Kept(self.minds.truth(incident));
        }
        self.minds.together(roles)
    }

    /// What the board of an incident knows; in an ideal response, all that is true.
    fn board(&self, incident: IncidentId) -> &'a Known {
        if self.scene.policy == Policy::Ideal {
            return self.minds.truth(incident);
        }
        self.minds.board(incident)
    }

    /// Lets somebody know every fact that is true of an incident once it can be observed.
    pub(crate) fn tell_everything(&self, incident: IncidentId, known: &mut Known) {
        if self.incidents.mark(incident, Mark::Observable).is_some() {
            for fact in self.true_facts(incident) {
                known.learn(fact, self.scene.now);
            }
        }
    }

    /// The facts that a thorough investigation of an incident finds.
    pub(crate) fn true_facts(&self, incident: IncidentId) -> impl Iterator<Item = Knowable> + 'a {
        let described = &self.scene.exercise().scenario().incidents[incident.index()];
        let (attack, assets) = (self.attack, self.assets);
        let first = [Some(Knowable::Alerted(incident))].into_iter();
        let first = first.chain([described.real.then_some(Knowable::Real(incident))]);
        let steps = self.scene.exercise().scenario().steps.iter().enumerate();
        let steps = steps.map(|(i, step)| (crate::exercise::StepId::new(i), step));
        let steps = steps.filter(move |(id, step)| {
            step.incident == incident && attack.took_effect(*id).is_some()
        });
        let by_steps = steps.flat_map(move |(id, step)| {
            let state = crate::knowledge::state_after(step.effect);
            let hit = attack.affected_by(id).iter();
            let hit = hit.map(move |asset| Knowable::Asset(incident, *asset, state));
            std::iter::once(Knowable::Step(id)).chain(hit)
        });
        let down = assets.ever_affected(incident);
        let down = down.filter(|asset| !assets.serves(*asset));
        let down =
            down.map(move |asset| Knowable::Asset(incident, asset, AssetState::OutOfService));
        let exposed = described.personal_data && assets.records_exposed(incident) > 0;
        let exposed = exposed || self.data_unavailable(incident).is_some();
        let exposed = exposed.then_some(Knowable::PersonalData(incident));
        first.flatten().chain(by_steps).chain(down).chain(exposed)
    }

    /// What a party that knows something believes.
    pub(crate) fn belief<'k>(&self, known: &'k Known, incident: IncidentId) -> Belief<'k>
    where
        'a: 'k,
    {
        Belief {
            exercise: self.scene.exercise(),
            incident,
            known,
            now: self.scene.now,
        }
    }

    /// Whether some roles know of an alert about an incident, with the newest entry that told one of them.
    pub(crate) fn alerted(&self, roles: &[RoleId], incident: IncidentId) -> Option<u32> {
        let alerted = Knowable::Alerted(incident);
        if !self.known_by(roles, incident).has(alerted) {
            return None;
        }
        let learned = roles.iter();
        let learned = learned.filter_map(|role| self.minds.entry(*role, alerted));
        let observable = self.incidents.mark(incident, Mark::Observable);
        let observable = observable.map(|(_, entry)| entry);
        Some(learned.max().or(observable).unwrap_or(0))
    }

    /// Whether a condition holds for what some roles know and claim, with the entry that made it so.
    pub(crate) fn believed(
        &self,
        condition: &Condition,
        roles: &[RoleId],
        incident: IncidentId,
    ) -> Option<u32> {
        let known = self.known_by(roles, incident);
        let claims = PlanClaims {
            view: self,
            roles,
            incident,
        };
        if !self.belief(&known, incident).holds(condition, &claims) {
            return None;
        }
        let asked = Asked::by(condition);
        let learned = self
            .minds
            .latest(roles.iter().copied(), |fact| asked.names(fact));
        let mut claimed = None;
        condition.each_fact(&mut |fact| claimed = claimed.max(claims.since(fact)));
        Some(learned.max(claimed).unwrap_or(0))
    }

    /// The severity that the facts known to the board give.
    pub(crate) fn board_severity(&self, incident: IncidentId) -> Severity {
        let work_out = || severity(&self.belief(self.board(incident), incident));
        self.remembered(incident, Party::Board, work_out)
    }

    /// The severity that the table gives on what counts for a role that classifies by such work: what the board knows,
    /// and the role itself. Until there is a room it is what the role knows and those that did what the work came
    /// after: nobody else has told it anything.
    pub(crate) fn severity_for(
        &self,
        (role, work): (RoleId, Option<TaskId>),
        incident: IncidentId,
    ) -> Severity {
        let has_room = self.minds.has_room(incident);
        let on_board = self.minds.is_on_board(incident, role);
        if self.scene.policy == Policy::Ideal || (has_room && on_board) {
            return self.board_severity(incident);
        }
        if has_room {
            let known = self.minds.join(self.board(incident), std::iter::once(role));
            return severity(&self.belief(&known, incident));
        }
        let task = work.map(|task| self.scene.exercise().task(task));
        let before = task
            .iter()
            .flat_map(|task| task.after.iter().chain(&task.after_any));
        let before = before.flat_map(|task| self.work.done_by(*task, incident));
        let mut roles: Few<RoleId> = Few::new();
        for of in std::iter::once(role).chain(before) {
            if !roles.contains(&of) {
                roles.push(of);
            }
        }
        severity(&self.belief(&self.minds.together(&roles), incident))
    }

    /// A severity worked out anew only where it may have changed.
    fn remembered(
        &self,
        incident: IncidentId,
        party: Party,
        work_out: impl FnOnce() -> Severity,
    ) -> Severity {
        if self.scene.policy == Policy::Ideal || self.scene.stage.severity_ages {
            return work_out();
        }
        self.minds.severity(incident, party, work_out)
    }

    /// How fast an incident gets worse, as the board sees it.
    pub(crate) fn urgency(&self, incident: IncidentId) -> Urgency {
        self.urgency_by(incident, &mut None)
    }

    /// The same. `spreads_on`: an asset because of which it spread when this was last asked, if it did: as
    /// long as that is affected and not treated, no other needs to be looked at.
    pub(crate) fn urgency_by(
        &self,
        incident: IncidentId,
        spreads_on: &mut Option<AssetId>,
    ) -> Urgency {
        let (board, exercise) = (self.board(incident), self.scene.exercise());
        let untreated = |asset: &AssetId| !self.work.is_treated(incident, *asset);
        let still = |asset: &AssetId| board.is_affected(exercise, incident, *asset);
        if spreads_on
            .as_ref()
            .is_some_and(|on| still(on) && untreated(on))
        {
            return Urgency::Spreading;
        }
        let mut affected = board.affected(exercise, incident).peekable();
        let nothing = affected.peek().is_none();
        *spreads_on = affected.find(untreated);
        if nothing {
            Urgency::CouldWorsen
        } else if spreads_on.is_none() {
            Urgency::Contained
        } else {
            Urgency::Spreading
        }
    }

    /// The roles whose knowledge counts as on the board for a task though they are not on it: while the
    /// incident has no room, those whose work the task is, and who does it.
    fn off_board<'t>(
        &'t self,
        task: &'t Task,
        incident: IncidentId,
        doers: &'t [RoleId],
    ) -> impl Iterator<Item = RoleId> + 't {
        let alone = self.scene.policy != Policy::Ideal && !self.minds.has_room(incident);
        let own = self.scene.exercise().owners(task).iter().chain(doers);
        let own = own.copied().filter(move |_| alone);
        own.filter(move |role| !self.minds.is_on_board(incident, *role))
    }

    /// What counts as on the board of an incident for a task.
    pub(crate) fn board_for(
        &self,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
    ) -> Seen<'a> {
        if self.scene.policy == Policy::Ideal || self.minds.has_room(incident) {
            return Seen::Kept(self.board(incident));
        }
        let others = self.off_board(task, incident, doers);
        self.minds.join(self.board(incident), others)
    }

    /// What counts as on the board of an incident for who holds some roles.
    pub(crate) fn board_of(&self, incident: IncidentId, held: &[RoleId]) -> Seen<'a> {
        let off_board = held.iter().copied();
        let off_board = off_board.filter(|role| !self.minds.is_on_board(incident, *role));
        self.minds.join(self.board(incident), off_board)
    }

    /// The assets that a selector of the plan means, for who knows something.
    pub(crate) fn known_targets<'t>(
        &'t self,
        measure: Measure,
        selector: &'t Selector,
        incident: IncidentId,
        known: &'t Known,
    ) -> impl Iterator<Item = AssetId> + 't {
        let aim = Aim::of(measure, selector, false);
        let belief = self.belief(known, incident);
        self.assets_where(move |asset| self.is_target(aim, selector, &belief, asset))
    }

    /// Whether an asset is one that a measure of the plan is for, for who believes something.
    fn is_target(
        &self,
        aim: Aim,
        selector: &Selector,
        belief: &Belief<'_>,
        asset: AssetId,
    ) -> bool {
        let told_of = !aim.by_state || belief.known.newest_of(belief.incident, asset).is_some();
        (told_of && belief.selects(selector, asset))
            || (aim.brings_back && self.took_out(belief.incident, asset))
    }
}

/// Which assets a measure of the plan is for.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is the answer to a question of its own"
)]
struct Aim {
    /// Whether it is only for assets of which something is known.
    by_state: bool,
    /// Whether it is also for what the response itself took out of service, which has to come back.
    brings_back: bool,
    /// Whether it may be for assets of which nothing is known.
    unknown_too: bool,
    /// Whether it restores what it chooses by its state.
    restores: bool,
    /// Whether it cuts off what it chooses by its state.
    cuts: bool,
    /// Whether it checks, which only what claims to serve again can be.
    checks: bool,
    /// Whether something else may make it needless.
    spares: bool,
}
