//! Conditions, choices of assets, acts and addressees.

use super::Binder;
use super::names::List;
use crate::definition::{self, About, Condition, Name, Selector};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    self as engine, AssetState, Fact, IncidentId, Knowable, Measure, Object,
};

impl Binder<'_> {
    /// The position of a name, or a problem.
    pub(super) fn find<I>(
        &mut self,
        name: &Name,
        list: for<'a> fn(&'a super::Lists<'_>) -> &'a List,
        make: fn(usize) -> I,
        (code, kind): (Code, &str),
    ) -> Option<I> {
        let list = list(&self.lists);
        if let Some(at) = list.find(name.value.as_str()) {
            return Some(make(at));
        }
        let near = nearest(name.value.as_str(), list.names());
        let message = format!("no {kind} has the id `{}`", name.value);
        let problem = Diagnostic::new(code, message, name.place).did_you_mean(near, true);
        self.ledger.problem(problem);
        None
    }

    pub(super) fn asset(&mut self, name: &Name) -> Option<engine::AssetId> {
        let kind = (Code::UnknownAsset, "asset");
        self.find(name, |lists| &lists.assets, engine::AssetId::new, kind)
    }

    pub(super) fn role(&mut self, name: &Name) -> Option<engine::RoleId> {
        let kind = (Code::UnknownRole, "role");
        self.find(name, |lists| &lists.roles, engine::RoleId::new, kind)
    }

    pub(super) fn person(&mut self, name: &Name) -> Option<engine::PersonId> {
        let kind = (Code::UnknownPerson, "person");
        self.find(name, |lists| &lists.people, engine::PersonId::new, kind)
    }

    pub(super) fn channel(&mut self, name: &Name) -> Option<engine::ChannelId> {
        let kind = (Code::UnknownChannel, "channel");
        self.find(name, |lists| &lists.channels, engine::ChannelId::new, kind)
    }

    pub(super) fn task(&mut self, name: &Name) -> Option<engine::TaskId> {
        let kind = (Code::UnknownTask, "task");
        self.find(name, |lists| &lists.tasks, engine::TaskId::new, kind)
    }

    pub(super) fn step(&mut self, name: &Name) -> Option<engine::StepId> {
        let kind = (Code::UnknownStep, "step of the attack");
        self.find(name, |lists| &lists.steps, engine::StepId::new, kind)
    }

    pub(super) fn inject(&mut self, name: &Name) -> Option<engine::InjectId> {
        let kind = (Code::UnknownInject, "inject");
        self.find(name, |lists| &lists.injects, engine::InjectId::new, kind)
    }

    pub(super) fn expectation(&mut self, name: &Name) -> Option<engine::ExpectationId> {
        let kind = (Code::UnknownExpectation, "expectation");
        self.find(
            name,
            |lists| &lists.expectations,
            engine::ExpectationId::new,
            kind,
        )
    }

    pub(super) fn obligation(&mut self, name: &Name) -> Option<engine::ObligationId> {
        let kind = (Code::UnknownObligation, "obligation");
        self.find(
            name,
            |lists| &lists.obligations,
            engine::ObligationId::new,
            kind,
        )
    }

    /// An incident by its name, else the one that is spoken of.
    pub(super) fn incident(&mut self, name: Option<&Name>, spoken_of: IncidentId) -> IncidentId {
        let kind = (Code::UnknownIncident, "incident");
        let found =
            name.map(|name| self.find(name, |lists| &lists.incidents, IncidentId::new, kind));
        found.flatten().unwrap_or(spoken_of)
    }

    /// Several names of one list, sorted.
    pub(super) fn each<I: Ord>(
        &mut self,
        names: &[Name],
        find: fn(&mut Self, &Name) -> Option<I>,
    ) -> Vec<I> {
        super::sorted(names.iter().filter_map(|name| find(self, name)))
    }

    pub(super) fn addressee(&mut self, to: &definition::Addressee) -> Option<engine::Addressee> {
        match to {
            definition::Addressee::Function(function) => {
                Some(engine::Addressee::Function(function.value))
            }
            definition::Addressee::Role(name) => self.role(name).map(engine::Addressee::Role),
        }
    }

    pub(super) fn addressees(&mut self, to: &[definition::Addressee]) -> Vec<engine::Addressee> {
        super::sorted(to.iter().filter_map(|to| self.addressee(to)))
    }

    /// A choice of assets. What cannot be found selects nothing.
    pub(super) fn selector(&mut self, choice: &Selector) -> engine::Selector {
        match choice {
            Selector::Everything => engine::Selector::Everything,
            Selector::Affected => engine::Selector::Affected,
            Selector::Kind(kind) => engine::Selector::Kind(kind.value),
            Selector::Asset(name) => self
                .asset(name)
                .map_or(engine::Selector::Both(Vec::new()), engine::Selector::Asset),
            Selector::Holding(data) => engine::Selector::Holding(data.value),
            Selector::Valued(dimension, level) => {
                engine::Selector::Valued(dimension.value, level.value)
            }
            Selector::InState(state) => engine::Selector::InState(state.value),
            Selector::All(parts) => {
                let parts = parts.iter().map(|part| self.selector(part));
                engine::Selector::Both(parts.collect())
            }
        }
    }

    /// A measure with its object. Assets that are not said are those affected.
    pub(super) fn act(&mut self, act: &definition::Act) -> engine::Act {
        let measure = act.measure.value;
        let assets = act
            .on
            .as_ref()
            .map_or(engine::Selector::Affected, |choice| self.selector(choice));
        let on = match act.stakeholder {
            Some(stakeholder) => Object::Stakeholder(stakeholder.value),
            None if measure == Measure::Preserve => {
                Object::Evidence(act.item.map(|item| item.value), assets)
            }
            None if act.on.is_none() && !measure.is_taken_on_assets() => Object::Incident,
            None => Object::Assets(assets),
        };
        engine::Act { measure, on }
    }

    pub(super) fn optional(
        &mut self,
        condition: Option<&Spanned<Condition>>,
        incident: IncidentId,
    ) -> Option<engine::Condition> {
        condition.map(|condition| self.condition(condition, incident))
    }

    /// A condition that belongs to an incident.
    pub(super) fn condition(
        &mut self,
        condition: &Condition,
        incident: IncidentId,
    ) -> engine::Condition {
        let mut parts = |parts: &[Spanned<Condition>]| -> Vec<engine::Condition> {
            parts
                .iter()
                .map(|part| self.condition(part, incident))
                .collect()
        };
        match condition {
            Condition::All(all) => engine::Condition::All(parts(all)),
            Condition::Any(any) => engine::Condition::Any(parts(any)),
            Condition::Not(part) => {
                engine::Condition::Not(Box::new(self.condition(part, incident)))
            }
            fact => match self.fact(fact, incident) {
                Some(fact) => engine::Condition::Is(fact),
                // A fact about something unknown never holds.
                None => engine::Condition::Any(Vec::new()),
            },
        }
    }

    fn fact(&mut self, condition: &Condition, incident: IncidentId) -> Option<Fact> {
        Some(match condition {
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => return None,
            Condition::AlertRaised => Fact::AlertRaised,
            Condition::MessageRead(sender) => Fact::MessageRead(of_sender(sender.value)),
            Condition::Done(task) => Fact::Done(self.task(task)?),
            Condition::Decided(decision, option) => self.decided(decision, option)?,
            Condition::Taken(measure, choice) => {
                let assets = choice
                    .as_ref()
                    .map_or(engine::Selector::Everything, |choice| self.selector(choice));
                Fact::Taken(measure.value, assets)
            }
            Condition::Reached(step) => Fact::Reached(self.step(step)?),
            Condition::InState(choice, state) => Fact::InState(self.selector(choice), state.value),
            Condition::SeverityAtLeast(level) => Fact::SeverityAtLeast(level.value),
            Condition::PhaseReached(phase) => Fact::PhaseReached(phase.value),
            Condition::PhaseCompleted(phase) => Fact::PhaseCompleted(phase.value),
            Condition::Known(about) => Fact::Known(self.knowable(about, incident)?),
            Condition::PersonalDataInvolved => Fact::Known(Knowable::PersonalData(incident)),
            Condition::Impact => {
                Fact::InState(engine::Selector::Everything, AssetState::OutOfService)
            }
            Condition::Scope => Fact::Known(Knowable::Scope(incident)),
            Condition::RecordsExposed(count) => Fact::RecordsExposed(count.value),
            Condition::MoneyLost(money) => Fact::MoneyLost(money.value),
            Condition::Notified(stakeholder) => Fact::Notified(stakeholder.value),
            Condition::InjectDelivered(inject) => Fact::InjectDelivered(self.inject(inject)?),
            Condition::Elapsed(span) => Fact::Elapsed(span.value),
            Condition::Since(mark, span) => Fact::Since(mark.value, span.value),
        })
    }

    fn knowable(&mut self, about: &About, incident: IncidentId) -> Option<Knowable> {
        Some(match about {
            About::Alerted(of) => Knowable::Alerted(self.incident(of.as_ref(), incident)),
            About::Real(of) => Knowable::Real(self.incident(of.as_ref(), incident)),
            About::Declared(of) => Knowable::Declared(self.incident(of.as_ref(), incident)),
            About::PersonalData(of) => Knowable::PersonalData(self.incident(of.as_ref(), incident)),
            About::Scope(of) => Knowable::Scope(self.incident(of.as_ref(), incident)),
            About::Cause(of) => Knowable::Cause(self.incident(of.as_ref(), incident)),
            About::Step(step) => Knowable::Step(self.step(step)?),
            About::Asset(asset, state) => {
                Knowable::Asset(incident, self.asset(asset)?, state.value)
            }
        })
    }

    fn decided(&mut self, decision: &Name, option: &Name) -> Option<Fact> {
        let kind = (Code::UnknownDecision, "decision");
        let id = self.find(
            decision,
            |lists| &lists.decisions,
            engine::DecisionId::new,
            kind,
        )?;
        let mut asked = self.lists.asked.iter();
        let (asked, _) = asked.find(|(known, _)| known.id.value == decision.value)?;
        let at = asked
            .options
            .iter()
            .position(|known| known.id.value == option.value);
        if at.is_none() {
            let message = format!("`{}` has no option `{}`", decision.value, option.value);
            let problem = Diagnostic::new(Code::UnknownDecision, message, option.place);
            self.ledger.problem(problem);
        }
        Some(Fact::Decided(id, engine::OptionId::new(at?)))
    }
}

/// A sender in the engine's words.
pub(super) const fn of_sender(sender: definition::Sender) -> engine::Sender {
    match sender {
        definition::Sender::Function(function) => engine::Sender::Function(function),
        definition::Sender::Stakeholder(kind) => engine::Sender::Stakeholder(kind),
        definition::Sender::Source(kind) => engine::Sender::Source(kind),
    }
}
