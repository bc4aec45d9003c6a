//! Two ways to look at a run: the truth, which the scenario's conditions see, and belief, which the
//! plan's do.

use super::assets::Assets;
use super::attack::Attack;
use super::incidents::Incidents;
use super::messages::{MessageState, Messages};
use super::minds::Minds;
use super::scene::{Policy, Scene};
use super::story::{DecisionState, InjectState, Story};
use super::work::{Found, Readiness, State, Work};
use crate::exercise::{
    Act, Addressee, AssetId, AssetState, Condition, Each, Fact, Function, IncidentId, Knowable,
    Mark, Measure, Object, Phase, Priority, RoleId, Selector, Sender, Severity, Task, Urgency,
};
use crate::knowledge::{Belief, Claims, Known, severity};
use crate::record::Origin;
use std::collections::BTreeSet;

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

    fn assets_where(&self, test: impl Fn(AssetId) -> bool) -> impl Iterator<Item = AssetId> {
        let all = 0..self.scene.exercise().organisation().assets.len();
        all.map(AssetId::new).filter(move |asset| test(*asset))
    }

    /// Since when a measure is in effect: on a selected asset, or for the incident.
    fn taken(&self, measure: Measure, selector: &Selector, incident: IncidentId) -> Option<u32> {
        let entry = self.incidents.get(incident).taken.get(&measure).copied();
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
            Knowable::PersonalData(_) => described.personal_data.then_some(0),
            Knowable::Scope(_) => state.scope,
            Knowable::Cause(_) => state.taken.get(&Measure::FindCause).copied(),
            Knowable::Step(step) => self.attack.took_effect(step),
            Knowable::Asset(_, asset, asked) => self
                .assets
                .in_state(self.scene, asset, asked)
                .then(|| self.assets.last_change()),
        }
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
    fn known_by(&self, roles: &[RoleId], incident: IncidentId) -> Known {
        if self.scene.policy == Policy::Ideal {
            return self.everything_true(incident);
        }
        self.minds.together(roles.iter().copied())
    }

    /// What the board of an incident knows; in an ideal response, all that is true.
    fn board(&self, incident: IncidentId) -> Known {
        if self.scene.policy == Policy::Ideal {
            return self.everything_true(incident);
        }
        self.minds.board(self.scene.exercise(), incident)
    }

    /// Every fact that is true of an incident once it can be observed.
    fn everything_true(&self, incident: IncidentId) -> Known {
        let mut known = Known::default();
        if self.incidents.mark(incident, Mark::Observable).is_none() {
            return known;
        }
        for fact in self.true_facts(incident) {
            known.learn(fact, self.scene.now);
        }
        known
    }

    /// The facts that a thorough investigation of an incident finds.
    pub(crate) fn true_facts(&self, incident: IncidentId) -> Vec<Knowable> {
        let described = &self.scene.exercise().scenario().incidents[incident.index()];
        let mut facts = vec![Knowable::Alerted(incident)];
        if described.real {
            facts.push(Knowable::Real(incident));
        }
        let steps = self.scene.exercise().scenario().steps.iter().enumerate();
        for (i, step) in steps.filter(|(_, step)| step.incident == incident) {
            let id = crate::exercise::StepId::new(i);
            if self.attack.took_effect(id).is_some() {
                facts.push(Knowable::Step(id));
                let state = crate::knowledge::state_after(step.effect);
                let hit = self.attack.affected_by(id).iter();
                facts.extend(hit.map(|asset| Knowable::Asset(incident, *asset, state)));
            }
        }
        let down = self.assets.ever_affected(incident);
        facts.extend(
            down.filter(|asset| {
                self.assets
                    .in_state(self.scene, *asset, AssetState::OutOfService)
            })
            .map(|asset| Knowable::Asset(incident, asset, AssetState::OutOfService)),
        );
        if described.personal_data && self.assets.records_exposed(incident) > 0 {
            facts.push(Knowable::PersonalData(incident));
        }
        facts
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
        let learned = self.minds.latest(roles.iter().copied(), |fact| {
            super::minds::names(condition, fact)
        });
        let facts = condition.facts().into_iter();
        let claimed = facts.filter_map(|fact| claims.since(fact)).max();
        Some(learned.max(claimed).unwrap_or(0))
    }

    /// The severity that the facts known to the board give.
    pub(crate) fn board_severity(&self, incident: IncidentId) -> Severity {
        let known = self.board(incident);
        severity(&self.belief(&known, incident))
    }

    /// The roles of several functions.
    fn roles_of(&self, functions: &[Function]) -> Vec<RoleId> {
        let exercise = self.scene.exercise();
        let roles = functions
            .iter()
            .flat_map(|f| exercise.roles(Addressee::Function(*f)));
        let roles: BTreeSet<RoleId> = roles.copied().collect();
        roles.into_iter().collect()
    }

    /// How fast an incident gets worse, as the board sees it.
    fn urgency(&self, incident: IncidentId) -> Urgency {
        let affected = self.board(incident).affected(incident);
        if affected.is_empty() {
            return Urgency::CouldWorsen;
        }
        let contains = |measure: &&Measure| measure.contains();
        let treated = |asset: &AssetId| {
            Measure::ALL
                .iter()
                .filter(contains)
                .any(|m| self.work.applied(incident, *m, *asset).is_some())
        };
        if affected.iter().all(treated) {
            Urgency::Contained
        } else {
            Urgency::Spreading
        }
    }

    /// The assets that a selector of the plan means, as the board of an incident knows.
    pub(crate) fn known_targets(
        &self,
        measure: Measure,
        selector: &Selector,
        incident: IncidentId,
    ) -> Vec<AssetId> {
        let known = self.board(incident);
        let belief = self.belief(&known, incident);
        // What the response itself took out of service has to come back as well.
        let brings_back = measure.home() == Some(Phase::Recovery);
        let taken_out = |asset: AssetId| {
            brings_back
                && measure != Measure::Restore
                && selector_means_affected(selector)
                && [Measure::Isolate, Measure::Disconnect, Measure::Shutdown]
                    .iter()
                    .any(|m| self.work.applied(incident, *m, asset).is_some())
        };
        self.assets_where(|asset| belief.selects(selector, asset) || taken_out(asset))
            .collect()
    }
}

fn selector_means_affected(selector: &Selector) -> bool {
    match selector {
        Selector::Affected => true,
        Selector::Both(all) => all.iter().any(selector_means_affected),
        _ => false,
    }
}

impl Readiness for View<'_> {
    fn condition(&self, task: &Task, incident: IncidentId) -> Option<u32> {
        let roles = self.scene.exercise().roles(task.by);
        let rooted = task.after.is_empty() && task.after_any.is_empty();
        let alerted = || {
            let known = self.known_by(roles, incident);
            let knows = known.has(Knowable::Alerted(incident));
            knows.then(|| {
                let learned = self
                    .minds
                    .latest(roles.iter().copied(), |f| f == Knowable::Alerted(incident));
                let observable = self
                    .incidents
                    .mark(incident, Mark::Observable)
                    .map(|(_, e)| e);
                learned.or(observable).unwrap_or(0)
            })
        };
        let mut cause = match &task.when {
            Some(when) => self.believed(when, roles, incident)?,
            None if rooted => alerted()?,
            None => 0,
        };
        if task.phase == Phase::Closure {
            cause = cause.max(self.closure_may_start(incident)?);
        }
        Some(cause)
    }

    fn targets(&self, act: &Act, task: &Task, incident: IncidentId) -> Option<Found> {
        let (Object::Assets(selector) | Object::Evidence(_, selector)) = &act.on else {
            return None;
        };
        let mut assets = self.known_targets(act.measure, selector, incident);
        assets.retain(|asset| self.work.applied(incident, act.measure, *asset).is_none());
        if matches!(
            act.measure,
            Measure::Verify | Measure::Accept | Measure::Reconnect | Measure::Watch
        ) {
            // Only what claims to serve again can be checked.
            assets.retain(|asset| self.claims_to_serve(incident, *asset));
        }
        let roles = self.minds.board_roles(self.scene.exercise(), incident);
        let learned = self.minds.latest(roles, |fact| {
            matches!(fact, Knowable::Asset(of, asset, _) if of == incident && assets.contains(&asset))
        });
        let _ = task;
        let restored = assets
            .iter()
            .filter_map(|a| self.brought_back(incident, *a))
            .max();
        Some(Found {
            assets,
            entry: learned.max(restored),
        })
    }

    fn severity(&self, incident: IncidentId) -> Severity {
        if self.scene.policy == Policy::Ideal {
            return self.true_severity(incident);
        }
        if let Some(classified) = self.incidents.get(incident).classified {
            return classified.severity;
        }
        let roles = self.roles_of(&[Function::PointOfContact, Function::Analyst]);
        let known = self.minds.together(roles);
        severity(&self.belief(&known, incident)).max(Severity::Medium)
    }

    fn priority(&self, incident: IncidentId) -> Priority {
        let table = &self.scene.exercise().plan().classification;
        table.priority(self.severity(incident), self.urgency(incident))
    }

    fn is_open(&self, incident: IncidentId) -> bool {
        let state = self.incidents.get(incident);
        let closed = state.phases[Phase::Closure.index()].completed.is_some();
        state.marks[Mark::Observable.index()].is_some() && !closed && state.rejected.is_none()
    }

    fn closure_may_start(&self, incident: IncidentId) -> Option<u32> {
        let phases = &self.incidents.get(incident).phases;
        let recovery = &phases[Phase::Recovery.index()];
        let over = phases[Phase::Response.index()].completed;
        recovery
            .completed
            .or(recovery.not_applicable.then_some(over).flatten())
    }
}

impl View<'_> {
    /// Whether the team believes that an asset serves: it brought it back, or never took it away.
    fn claims_to_serve(&self, incident: IncidentId, asset: AssetId) -> bool {
        let known = self.board(incident);
        let belief = self.belief(&known, incident);
        let was_down = belief.in_state(asset, AssetState::OutOfService);
        let evicted = self.work.applied(incident, Measure::Evict, asset).is_some();
        self.brought_back(incident, asset).is_some() || (!was_down && evicted)
    }

    fn brought_back(&self, incident: IncidentId, asset: AssetId) -> Option<u32> {
        let back = [
            Measure::Restore,
            Measure::Rebuild,
            Measure::Failover,
            Measure::Reconnect,
        ];
        back.iter()
            .filter_map(|m| self.work.applied(incident, *m, asset))
            .max()
    }

    /// Whether every asset of an incident that a measure of the plan is for is treated, as claimed.
    pub(crate) fn phase_looks_complete(&self, incident: IncidentId, phase: Phase) -> Option<u32> {
        let exercise = self.scene.exercise();
        let mut last = None;
        for (i, task) in exercise.plan().tasks.iter().enumerate() {
            if task.phase != phase || task.optional || task.each != Each::Incident {
                continue;
            }
            let id = crate::exercise::TaskId::new(i);
            if task
                .from_severity
                .is_some_and(|from| self.severity(incident) < from)
            {
                continue;
            }
            if self.work.open(id, incident).is_some() {
                return None;
            }
            match self.work.claimed_done(id, incident) {
                Some(entry) => last = last.max(Some(entry)),
                None if self.work.is_skipped(id, incident) => {}
                // A task whose own condition never came does not apply, as far as anybody knows.
                None if task.when.is_some() => {}
                None => return None,
            }
        }
        last
    }
}

/// What a party of the plan can say beyond what it knows.
struct PlanClaims<'v, 'a> {
    view: &'v View<'a>,
    roles: &'v [RoleId],
    incident: IncidentId,
}

impl PlanClaims<'_, '_> {
    /// The entry since which a claim holds; 0 where no entry says so.
    fn since(&self, fact: &Fact) -> Option<u32> {
        let (view, incident) = (self.view, self.incident);
        let state = view.incidents.get(incident);
        match fact {
            Fact::MessageRead(sender) => view.read_from(*sender, Some(self.roles)),
            Fact::Done(task) => view.work.claimed_done(*task, incident),
            Fact::Decided(..) | Fact::Notified(_) | Fact::Since(..) => {
                view.true_since(fact, incident)
            }
            Fact::Taken(measure, _) => {
                view.work
                    .claimed_measure(view.scene.exercise(), incident, *measure)
            }
            Fact::SeverityAtLeast(least) => {
                let classified = state.classified.filter(|c| c.severity >= *least);
                let ideal =
                    view.scene.policy == Policy::Ideal && view.true_severity(incident) >= *least;
                classified.map(|c| c.entry).or(ideal.then_some(0))
            }
            Fact::PhaseReached(phase) => state.phases[phase.index()].reached,
            Fact::PhaseCompleted(phase) => {
                let phase = &state.phases[phase.index()];
                phase.declared.or(phase.completed)
            }
            _ => None,
        }
    }
}

impl Claims for PlanClaims<'_, '_> {
    fn claims(&self, fact: &Fact) -> bool {
        self.since(fact).is_some()
    }
}

impl View<'_> {
    /// Whether what an inject reveals has happened.
    pub(crate) fn revealed(&self, inject: crate::exercise::InjectId) -> bool {
        use crate::exercise::Reveal;
        let described = self.scene.exercise().inject(inject);
        described.reveals.iter().all(|reveal| match reveal {
            Reveal::Step(step) => self.attack.took_effect(*step).is_some(),
            Reveal::Impact => self.out_of_service(described.incident).next().is_some(),
            Reveal::PersonalData | Reveal::Cause | Reveal::Real => true,
        })
    }

    fn out_of_service(&self, incident: IncidentId) -> impl Iterator<Item = AssetId> {
        let affected: Vec<AssetId> = self.assets.ever_affected(incident).collect();
        let all = 0..self.scene.exercise().organisation().assets.len();
        let assets = self.assets;
        let because = move |asset: AssetId| {
            affected.contains(&asset)
                || assets
                    .outage(asset)
                    .is_some_and(|outage| outage.incident == Some(incident))
        };
        all.map(AssetId::new)
            .filter(move |asset| !assets.serves(*asset) && because(*asset))
    }

    /// What somebody who reads an inject learns.
    pub(crate) fn facts_of_inject(&self, inject: crate::exercise::InjectId) -> Vec<Knowable> {
        use crate::exercise::Reveal;
        let described = self.scene.exercise().inject(inject);
        let incident = described.incident;
        let mut facts = Vec::new();
        for reveal in &described.reveals {
            facts.push(Knowable::Alerted(incident));
            match reveal {
                Reveal::Step(step) => facts.extend(self.facts_of_step(*step)),
                Reveal::Impact => facts.extend(
                    self.out_of_service(incident)
                        .map(|asset| Knowable::Asset(incident, asset, AssetState::OutOfService)),
                ),
                Reveal::PersonalData => facts.push(Knowable::PersonalData(incident)),
                Reveal::Cause => facts.push(Knowable::Cause(incident)),
                Reveal::Real => facts.push(Knowable::Real(incident)),
            }
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// That a step happened, and what it left behind.
    fn facts_of_step(&self, step: crate::exercise::StepId) -> Vec<Knowable> {
        let described = self.scene.exercise().step(step);
        let state = crate::knowledge::state_after(described.effect);
        let assets = self.attack.affected_by(step).iter();
        let found = assets.map(|asset| Knowable::Asset(described.incident, *asset, state));
        std::iter::once(Knowable::Step(step)).chain(found).collect()
    }

    /// Whether an inject is still to come that could matter: for the rule of a stalled run.
    pub(crate) fn awaits_inject(&self, inject: crate::exercise::InjectId) -> bool {
        matches!(
            self.story.inject(inject),
            InjectState::Armed(_) | InjectState::Held(_)
        )
    }

    /// Messages nobody has noticed: for the findings of a stalled run.
    pub(crate) fn unnoticed(&self) -> usize {
        self.messages.count(MessageState::Unnoticed)
    }

    /// Pieces of work that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.work
            .pieces()
            .filter(|(_, piece)| piece.state == State::Waiting)
            .count()
    }
}
