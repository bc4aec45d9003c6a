//! Conditions, choices of assets and measures, with ids for names.

use super::binder::Binder;
use crate::definition::{self, About, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    Act, AssetId, AssetKind, AssetState, Condition, DecisionId, Fact, GapKind, IncidentId,
    InjectId, Knowable, Measure, Object, OptionId, Selector, Sender, Slug, StepId, TaskId,
};
use std::collections::BTreeMap;

/// Where a condition stands: which incident it is about, and which decisions its names mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// The incident it is about where it names none.
    pub(super) incident: IncidentId,
    /// Its decisions.
    pub(super) decisions: &'a Decisions,
    /// Who asks, for gaps.
    pub(super) wanted_by: &'a str,
}

/// Decisions by the names by which their definition calls them.
#[derive(Debug, Default)]
pub(super) struct Decisions(pub(super) BTreeMap<Slug, (DecisionId, Vec<Slug>)>);

impl Decisions {
    fn find(&self, decision: &Name, option: &Name) -> Option<(DecisionId, OptionId)> {
        let (id, options) = self.0.get(&decision.value)?;
        let at = options.iter().position(|known| *known == option.value)?;
        Some((*id, OptionId::new(at)))
    }
}

impl Binder {
    /// A condition. What names something that is not there is reported and never holds.
    pub(super) fn condition(
        &mut self,
        condition: &definition::Condition,
        around: Around<'_>,
    ) -> Condition {
        use definition::Condition as Given;
        match condition {
            Given::All(of) => Condition::All(self.conditions(of, around)),
            Given::Any(of) => Condition::Any(self.conditions(of, around)),
            Given::Not(of) => Condition::Not(Box::new(self.condition(of, around))),
            fact => self
                .fact(fact, around)
                .map_or(Condition::Any(Vec::new()), Condition::Is),
        }
    }

    fn conditions(
        &mut self,
        of: &[Spanned<definition::Condition>],
        around: Around<'_>,
    ) -> Vec<Condition> {
        of.iter().map(|one| self.condition(one, around)).collect()
    }

    /// A condition that may not be there.
    pub(super) fn condition_if(
        &mut self,
        condition: Option<&Spanned<definition::Condition>>,
        around: Around<'_>,
    ) -> Option<Condition> {
        condition.map(|condition| self.condition(condition, around))
    }

    fn fact(&mut self, fact: &definition::Condition, around: Around<'_>) -> Option<Fact> {
        use definition::Condition as Given;
        let everything = || Selector::Everything;
        Some(match fact {
            Given::All(_) | Given::Any(_) | Given::Not(_) => return None,
            Given::AlertRaised => Fact::AlertRaised,
            Given::MessageRead(from) => Fact::MessageRead(sender(from.value)),
            Given::Done(task) => Fact::Done(TaskId::new(self.task(task)?)),
            Given::Decided(decision, option) => {
                let (decision, option) = self.decided(decision, option, around)?;
                Fact::Decided(decision, option)
            }
            Given::Taken(measure, of) => {
                let of = of.as_ref().map(|of| self.selector(of, around.wanted_by));
                Fact::Taken(measure.value, of.unwrap_or_else(everything))
            }
            Given::Reached(step) => Fact::Reached(StepId::new(self.step(step)?)),
            Given::InState(of, state) => {
                Fact::InState(self.selector(of, around.wanted_by), state.value)
            }
            Given::SeverityAtLeast(level) => Fact::SeverityAtLeast(level.value),
            Given::PhaseReached(phase) => Fact::PhaseReached(phase.value),
            Given::PhaseCompleted(phase) => Fact::PhaseCompleted(phase.value),
            Given::Known(about) => Fact::Known(self.knowable(about, around)?),
            Given::PersonalDataInvolved => Fact::Known(Knowable::PersonalData(around.incident)),
            Given::Impact => Fact::InState(everything(), AssetState::OutOfService),
            Given::Scope => Fact::Known(Knowable::Scope(around.incident)),
            Given::RecordsExposed(count) => Fact::RecordsExposed(count.value),
            Given::MoneyLost(sum) => Fact::MoneyLost(sum.value),
            Given::Notified(kind) => Fact::Notified(kind.value),
            Given::InjectDelivered(inject) => {
                Fact::InjectDelivered(InjectId::new(self.inject(inject)?))
            }
            Given::Elapsed(span) => Fact::Elapsed(span.value),
            Given::Since(mark, span) => Fact::Since(mark.value, span.value),
        })
    }

    fn decided(
        &mut self,
        decision: &Name,
        option: &Name,
        around: Around<'_>,
    ) -> Option<(DecisionId, OptionId)> {
        let found = around.decisions.find(decision, option);
        if found.is_none() {
            let message = format!(
                "no decision `{}` has an option `{}`",
                decision.value, option.value
            );
            let place = decision.place.to(option.place);
            self.problems
                .push(Diagnostic::new(Code::UnknownDecision, message, place));
        }
        found
    }

    fn knowable(&mut self, about: &About, around: Around<'_>) -> Option<Knowable> {
        let mut of = |incident: &Option<Name>| match incident {
            Some(name) => self.incident(name).map(IncidentId::new),
            None => Some(around.incident),
        };
        Some(match about {
            About::Alerted(incident) => Knowable::Alerted(of(incident)?),
            About::Real(incident) => Knowable::Real(of(incident)?),
            About::Declared(incident) => Knowable::Declared(of(incident)?),
            About::PersonalData(incident) => Knowable::PersonalData(of(incident)?),
            About::Scope(incident) => Knowable::Scope(of(incident)?),
            About::Cause(incident) => Knowable::Cause(of(incident)?),
            About::Step(step) => Knowable::Step(StepId::new(self.step(step)?)),
            About::Asset(asset, state) => {
                let asset = self.asset_if(asset, around.wanted_by)?;
                Knowable::Asset(around.incident, asset, state.value)
            }
        })
    }

    /// An asset that a plan names; one that this organisation does not have is a gap.
    fn asset_if(&mut self, name: &Name, wanted_by: &str) -> Option<AssetId> {
        let found = self.names.assets.find(name.as_str());
        if found.is_none() {
            let missing = format!("Asset {}", name.value);
            self.gap(GapKind::NoAsset, missing, wanted_by);
        }
        found.map(AssetId::new)
    }

    /// A choice of assets.
    pub(super) fn selector(
        &mut self,
        selector: &definition::Selector,
        wanted_by: &str,
    ) -> Selector {
        use definition::Selector as Given;
        match selector {
            Given::Everything => Selector::Everything,
            Given::Affected => Selector::Affected,
            Given::Kind(kind) => Selector::Kind(kind.value),
            Given::Asset(name) => match self.asset_if(name, wanted_by) {
                Some(asset) => Selector::Asset(asset),
                None => nothing(),
            },
            Given::Holding(data) => Selector::Holding(data.value),
            Given::Valued(dimension, level) => Selector::Valued(dimension.value, level.value),
            Given::InState(state) => Selector::InState(state.value),
            Given::All(of) => {
                let all = of.iter().map(|one| self.selector(one, wanted_by));
                Selector::Both(all.collect())
            }
        }
    }

    /// A measure with what it is taken on: on affected assets, where none are said.
    pub(super) fn act(&mut self, act: &definition::Act, wanted_by: &str) -> Act {
        let measure = act.measure.value;
        let on = act.on.as_ref();
        let on = on.map(|on| self.selector(on, wanted_by));
        let on = on.unwrap_or(Selector::Affected);
        let on = match (measure, act.stakeholder) {
            (_, Some(kind)) => Object::Stakeholder(kind.value),
            (Measure::Preserve, _) => Object::Evidence(act.item.map(|item| item.value), on),
            (measure, _) if measure.is_taken_on_assets() => Object::Assets(on),
            // Without assets it is the incident as a whole that is accepted.
            (Measure::Accept, _) if act.on.is_some() => Object::Assets(on),
            _ => Object::Incident,
        };
        Act { measure, on }
    }
}

/// A choice that selects no asset: an asset has one kind only.
fn nothing() -> Selector {
    Selector::Both(vec![
        Selector::Kind(AssetKind::Workstation),
        Selector::Kind(AssetKind::MobileDevice),
    ])
}

/// Who a message came from.
pub(super) const fn sender(sender: definition::Sender) -> Sender {
    match sender {
        definition::Sender::Function(function) => Sender::Function(function),
        definition::Sender::Stakeholder(kind) => Sender::Stakeholder(kind),
        definition::Sender::Source(kind) => Sender::Source(kind),
    }
}
