//! What a party believes on what it knows, and the severity that the plan gives on it.

use super::Known;
use super::states::{States, shown_by};
use crate::exercise::{
    AssetId, AssetState, Condition, Exercise, ExerciseTime, Fact, IncidentId, Knowable, Money,
    Selector, Severity, SeverityRule, StepId,
};

/// What a party claims or has been told, beyond facts: everything else a plan's condition may ask.
pub trait Claims {
    /// Whether a fact that is not knowledge holds, as far as the party can say.
    fn claims(&self, fact: &Fact) -> bool;
}

/// No claims at all.
pub struct NoClaims;

impl Claims for NoClaims {
    fn claims(&self, _: &Fact) -> bool {
        false
    }
}

/// What a party believes about an incident at an instant.
pub struct Belief<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The incident.
    pub incident: IncidentId,
    /// What the party knows.
    pub known: &'a Known,
    /// When it is asked.
    pub now: ExerciseTime,
}

impl Belief<'_> {
    /// Whether a condition of the plan holds on this belief and these claims.
    pub fn holds(&self, condition: &Condition, claims: &dyn Claims) -> bool {
        condition.holds(&mut |fact| self.believes(fact).unwrap_or_else(|| claims.claims(fact)))
    }

    /// Whether a fact is believed; `None` where it is no matter of knowledge.
    fn believes(&self, fact: &Fact) -> Option<bool> {
        match fact {
            Fact::AlertRaised => Some(self.known.has(Knowable::Alerted(self.incident))),
            Fact::Known(knowable) => Some(self.known.has(self.about_this(*knowable))),
            Fact::Reached(step) => Some(self.known.has(Knowable::Step(*step))),
            Fact::InState(selector, state) => Some(self.any_in_state(selector, *state)),
            Fact::RecordsExposed(least) => Some(self.records() >= *least),
            Fact::MoneyLost(least) => Some(self.money() >= *least),
            Fact::Elapsed(span) => Some(self.now.0 >= span.0),
            _ => None,
        }
    }

    /// A plan speaks of "the incident": whichever it is evaluated for.
    fn about_this(&self, knowable: Knowable) -> Knowable {
        let incident = self.incident;
        match knowable {
            Knowable::Alerted(_) => Knowable::Alerted(incident),
            Knowable::Real(_) => Knowable::Real(incident),
            Knowable::Declared(_) => Knowable::Declared(incident),
            Knowable::PersonalData(_) => Knowable::PersonalData(incident),
            Knowable::Scope(_) => Knowable::Scope(incident),
            Knowable::Cause(_) => Knowable::Cause(incident),
            Knowable::Asset(_, asset, state) => Knowable::Asset(incident, asset, state),
            Knowable::Step(step) => Knowable::Step(step),
        }
    }

    fn any_in_state(&self, selector: &Selector, state: AssetState) -> bool {
        let shown_by = shown_by(state);
        // Nobody believes an asset of which nothing is known to be in any state.
        if !self.known.seen.has(shown_by) {
            return false;
        }
        let mut held = self.known.held(self.incident);
        held.any(|(asset, known)| {
            known.has(shown_by) && self.in_state(asset, state) && self.selects(selector, asset)
        })
    }

    /// Whether an asset is believed to be in a state.
    pub fn in_state(&self, asset: AssetId, state: AssetState) -> bool {
        let shown = self.known.states(self.incident, asset).has(shown_by(state));
        if !shown || state != AssetState::PastRto {
            return shown;
        }
        let since = |state| self.known.down_since(self.incident, asset, state);
        let down = since(AssetState::OutOfService).or_else(|| since(AssetState::Encrypted));
        let rto = self.exercise.asset(asset).rto;
        down.zip(rto)
            .is_some_and(|(since, rto)| self.now - since > rto)
    }

    /// Whether a selector chooses an asset, as believed.
    pub fn selects(&self, selector: &Selector, asset: AssetId) -> bool {
        let described = self.exercise.asset(asset);
        match selector {
            Selector::Everything => true,
            Selector::Kind(kind) => described.kind == *kind,
            Selector::Asset(named) => *named == asset,
            Selector::Holding(data) => described.holds(*data),
            Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
            Selector::InState(state) => self.in_state(asset, *state),
            Selector::Affected => self.known.is_affected(self.exercise, self.incident, asset),
            Selector::Both(all) => all.iter().all(|one| self.selects(one, asset)),
        }
    }

    /// Records believed to have left or to lie open: all that the assets known for it hold.
    fn records(&self) -> u64 {
        const OUT: States = States::of(&[AssetState::Exfiltrated, AssetState::Exposed]);
        let held = self.known.held(self.incident);
        let out = held.filter(|(_, states)| states.has(OUT));
        out.map(|(asset, _)| self.exercise.asset(asset).holds).sum()
    }

    /// Money believed to be lost: that of the known steps that took some.
    fn money(&self) -> Money {
        let steps = self.exercise.scenario().steps.iter().enumerate();
        let taken = steps.filter(|(i, step)| {
            step.incident == self.incident && self.known.has(Knowable::Step(StepId::new(*i)))
        });
        Money(taken.map(|(_, step)| step.money.0).sum())
    }
}

/// The severity that the plan's table gives on what is believed: its worst row that holds, else Low.
pub fn severity(belief: &Belief<'_>) -> Severity {
    let rules = &belief.exercise.plan().classification.rules;
    worst_of(rules, belief).map_or(Severity::Low, |rule| rule.level)
}

/// The first of the worst rows of a severity table that hold on what is believed.
pub fn worst_of<'r>(rules: &'r [SeverityRule], belief: &Belief<'_>) -> Option<&'r SeverityRule> {
    let first_of = |level: &Severity| {
        let mut of_level = rules.iter().filter(|rule| rule.level == *level);
        of_level.find(|rule| belief.holds(&rule.when, &NoClaims))
    };
    Severity::ALL.iter().rev().find_map(first_of)
}
