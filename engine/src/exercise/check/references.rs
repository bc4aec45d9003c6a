//! Every id of an exercise points into its list, wherever it stands.

#[cfg(test)]
mod tests;

use super::{Checked, ExerciseError};
use crate::exercise::{
    Act, Addressee, Asks, Asset, Choice, Condition, Consequence, Decision, Expectation, Fact,
    Inject, Knowable, Object, Obligation, Parts, Reveal, Selector, Slug, Source, Step, Task,
    Trigger,
};

/// Fails if an id points nowhere.
pub(super) fn check(parts: &Parts) -> Checked {
    organisation(parts)?;
    assets(parts)?;
    plan(parts)?;
    scenario(parts)?;
    for (function, role) in &parts.stand_ins {
        let of = Slug::new(function.name()).unwrap_or_else(|| parts.scenario.slug.clone());
        Ids::new(parts, &of).role(role.index())?;
    }
    Ok(())
}

/// The lists that ids point into, and what refers to them.
#[derive(Clone, Copy)]
struct Ids<'a> {
    parts: &'a Parts,
    of: &'a Slug,
}

macro_rules! within_lists {
    ($($name:ident $what:literal $($part:ident).+,)+) => {
        $(fn $name(self, index: usize) -> Checked {
            self.within($what, index, self.parts.$($part).+.len())
        })+
    };
}

impl<'a> Ids<'a> {
    const fn new(parts: &'a Parts, of: &'a Slug) -> Self {
        Self { parts, of }
    }

    fn within(self, to: &'static str, index: usize, len: usize) -> Checked {
        if index < len {
            return Ok(());
        }
        Err(ExerciseError::NoSuch {
            of: self.of.clone(),
            to,
            index,
        })
    }

    within_lists! {
        person "person" organisation.people,
        role "role" organisation.roles,
        asset "asset" organisation.assets,
        channel "channel" organisation.channels,
        task "task" plan.tasks,
        decision "decision" plan.decisions,
        obligation "obligation" plan.obligations,
        incident "incident" scenario.incidents,
        step "step" scenario.steps,
        inject "inject" scenario.injects,
        expectation "expectation" scenario.expectations,
    }

    fn addressees<'i>(self, all: impl IntoIterator<Item = &'i Addressee>) -> Checked {
        all.into_iter().try_for_each(|addressee| match addressee {
            Addressee::Function(_) => Ok(()),
            Addressee::Role(role) => self.role(role.index()),
        })
    }

    fn selector(self, selector: &Selector) -> Checked {
        match selector {
            Selector::Asset(asset) => self.asset(asset.index()),
            Selector::Both(all) => all.iter().try_for_each(|one| self.selector(one)),
            Selector::Everything
            | Selector::Kind(_)
            | Selector::Holding(_)
            | Selector::Valued(..)
            | Selector::InState(_)
            | Selector::Affected => Ok(()),
        }
    }

    fn act(self, act: &Act) -> Checked {
        match &act.on {
            Object::Assets(selector) | Object::Evidence(_, selector) => self.selector(selector),
            Object::Incident | Object::Stakeholder(_) => Ok(()),
        }
    }

    fn conditions<'i>(self, all: impl IntoIterator<Item = &'i Condition>) -> Checked {
        let mut facts = all.into_iter().flat_map(Condition::facts);
        facts.try_for_each(|fact| self.fact(fact))
    }

    fn fact(self, fact: &Fact) -> Checked {
        match fact {
            Fact::Done(task) => self.task(task.index()),
            Fact::Decided(decision, option) => {
                self.decision(decision.index())?;
                let options = &self.parts.plan.decisions[decision.index()].options;
                self.within("option", option.index(), options.len())
            }
            Fact::Taken(_, selector) | Fact::InState(selector, _) => self.selector(selector),
            Fact::Reached(step) => self.step(step.index()),
            Fact::Known(knowable) => self.knowable(*knowable),
            Fact::InjectDelivered(inject) => self.inject(inject.index()),
            Fact::AlertRaised
            | Fact::MessageRead(_)
            | Fact::SeverityAtLeast(_)
            | Fact::PhaseReached(_)
            | Fact::PhaseCompleted(_)
            | Fact::RecordsExposed(_)
            | Fact::MoneyLost(_)
            | Fact::Notified(_)
            | Fact::Elapsed(_)
            | Fact::Since(..) => Ok(()),
        }
    }

    fn knowable(self, knowable: Knowable) -> Checked {
        match knowable {
            Knowable::Step(step) => self.step(step.index()),
            Knowable::Asset(incident, asset, _) => {
                self.incident(incident.index())?;
                self.asset(asset.index())
            }
            Knowable::Alerted(incident)
            | Knowable::Real(incident)
            | Knowable::Declared(incident)
            | Knowable::PersonalData(incident)
            | Knowable::Scope(incident)
            | Knowable::Cause(incident) => self.incident(incident.index()),
        }
    }

    fn choice(self, choice: &Choice) -> Checked {
        choice.then.iter().try_for_each(|then| match then {
            Consequence::Undo(_) => Ok(()),
            Consequence::Start(task) | Consequence::Omit(task) => self.task(task.index()),
            Consequence::Fire(inject) | Consequence::Skip(inject) => self.inject(inject.index()),
            Consequence::NotRequired(obligation) => self.obligation(obligation.index()),
        })
    }
}

/// Fails if one of some ids is not within its list, by a check of [`Ids`].
macro_rules! all {
    ($ids:expr, $check:ident, $of:expr) => {
        $of.into_iter().try_for_each(|id| $ids.$check(id.index()))?
    };
}

fn organisation(parts: &Parts) -> Checked {
    let organisation = &parts.organisation;
    for role in &organisation.roles {
        let ids = Ids::new(parts, &role.slug);
        all!(ids, person, role.holders.iter().chain(&role.deputies));
    }
    for team in &organisation.teams {
        let ids = Ids::new(parts, &team.slug);
        all!(ids, role, &team.roles);
        all!(ids, channel, &team.bridge);
    }
    for person in &organisation.people {
        all!(Ids::new(parts, &person.slug), channel, &person.channels);
    }
    for group in &organisation.groups {
        let ids = Ids::new(parts, &group.slug);
        all!(ids, asset, &group.uses);
        all!(ids, channel, &group.channel);
    }
    for stakeholder in &organisation.stakeholders {
        let ids = Ids::new(parts, &stakeholder.slug);
        all!(ids, channel, &stakeholder.channels);
    }
    for risk in &organisation.risks {
        all!(Ids::new(parts, &risk.slug), role, &risk.owner);
    }
    Ok(())
}

fn assets(parts: &Parts) -> Checked {
    let organisation = &parts.organisation;
    for asset in &organisation.assets {
        one_asset(Ids::new(parts, &asset.slug), asset)?;
    }
    for channel in &organisation.channels {
        all!(Ids::new(parts, &channel.slug), asset, &channel.depends_on);
    }
    for source in &organisation.sources {
        one_source(Ids::new(parts, &source.slug), source)?;
    }
    for (one, other) in organisation.network.iter().flatten() {
        all!(Ids::new(parts, &parts.scenario.slug), asset, [one, other]);
    }
    Ok(())
}

fn one_asset(ids: Ids<'_>, asset: &Asset) -> Checked {
    all!(ids, role, &asset.owner);
    all!(
        ids,
        asset,
        asset.depends_on.iter().chain(asset.named_backups())
    );
    Ok(())
}

fn one_source(ids: Ids<'_>, source: &Source) -> Checked {
    ids.addressees([&source.tells])?;
    all!(ids, asset, &source.runs_on);
    all!(ids, channel, &source.via);
    all!(
        ids,
        asset,
        source.sees.iter().flat_map(|sight| &sight.assets)
    );
    Ok(())
}

fn plan(parts: &Parts) -> Checked {
    let plan = &parts.plan;
    let whole = Ids::new(parts, &parts.scenario.slug);
    whole.addressees(plan.owner.iter().chain(&plan.approved_by))?;
    whole.addressees(plan.classification.by.iter().chain(&plan.escalation.to))?;
    whole.conditions(plan.classification.rules.iter().map(|rule| &rule.when))?;
    let stages = plan.lifecycle.iter();
    whole.conditions(stages.flat_map(|stage| stage.entry.iter().chain(&stage.exit)))?;
    let softer = parts.softer.iter().map(|of| &of.default);
    for yardstick in softer.chain([&parts.yardstick]) {
        whole.conditions(yardstick.rules.iter().map(|rule| &rule.when))?;
        let criteria = yardstick.criteria.iter();
        whole.conditions(criteria.flat_map(|of| of.entry.iter().chain(&of.exit)))?;
    }
    for task in &plan.tasks {
        one_task(Ids::new(parts, &task.slug), task)?;
    }
    for decision in &plan.decisions {
        one_decision(Ids::new(parts, &decision.slug), decision)?;
    }
    for obligation in &plan.obligations {
        one_obligation(Ids::new(parts, &obligation.slug), obligation)?;
    }
    Ok(())
}

fn one_task(ids: Ids<'_>, task: &Task) -> Checked {
    ids.addressees([&task.by])?;
    ids.addressees(task.accountable.iter().chain(&task.approval))?;
    ids.addressees(task.consulted.iter().chain(&task.informed))?;
    all!(ids, task, task.after.iter().chain(&task.after_any));
    all!(ids, channel, &task.via);
    all!(ids, obligation, &task.notifies_for);
    ids.conditions(&task.when)?;
    task.does.iter().try_for_each(|act| ids.act(act))
}

fn one_decision(ids: Ids<'_>, decision: &Decision) -> Checked {
    ids.addressees([&decision.by])?;
    ids.conditions(&decision.when)?;
    let mut options = decision.options.iter();
    options.try_for_each(|choice| ids.choice(choice))
}

fn one_obligation(ids: Ids<'_>, obligation: &Obligation) -> Checked {
    ids.addressees([&obligation.by])?;
    all!(ids, task, &obligation.task);
    match &obligation.from {
        Trigger::After(parent) => ids.obligation(parent.index()),
        Trigger::Aware { what, .. } => ids.conditions([what]),
    }
}

fn scenario(parts: &Parts) -> Checked {
    let scenario = &parts.scenario;
    let whole = Ids::new(parts, &scenario.slug);
    whole.incident(scenario.main.index())?;
    whole.conditions([&scenario.ends])?;
    for step in &scenario.steps {
        one_step(Ids::new(parts, &step.slug), step)?;
    }
    for inject in &scenario.injects {
        one_inject(Ids::new(parts, &inject.slug), inject)?;
    }
    for expectation in &scenario.expectations {
        one_expectation(Ids::new(parts, &expectation.slug), expectation)?;
    }
    for objective in &scenario.objectives {
        let ids = Ids::new(parts, &objective.slug);
        let items = objective.critical.iter().chain(&objective.supporting);
        all!(ids, expectation, items);
        ids.conditions(objective.success.iter().chain(&objective.harm))?;
    }
    Ok(())
}

fn one_step(ids: Ids<'_>, step: &Step) -> Checked {
    ids.incident(step.incident.index())?;
    all!(ids, step, step.after.iter().chain(&step.after_any));
    ids.conditions(step.when.iter().chain(&step.unless))?;
    ids.selector(&step.targets)
}

fn one_inject(ids: Ids<'_>, inject: &Inject) -> Checked {
    ids.incident(inject.incident.index())?;
    ids.addressees([&inject.to])?;
    ids.conditions(inject.when.iter().chain(&inject.unless))?;
    all!(ids, decision, &inject.decide);
    inject.reveals.iter().try_for_each(|reveal| match reveal {
        Reveal::Step(step) => ids.step(step.index()),
        Reveal::Impact | Reveal::PersonalData | Reveal::Cause | Reveal::Real => Ok(()),
    })
}

fn one_expectation(ids: Ids<'_>, expectation: &Expectation) -> Checked {
    ids.addressees([&expectation.of])?;
    all!(ids, inject, [&expectation.inject]);
    ids.incident(expectation.incident.index())?;
    expectation
        .asks
        .act()
        .iter()
        .try_for_each(|act| ids.act(act))?;
    if let Asks::Refrains(_, until) = &expectation.asks {
        ids.conditions(until)?;
    }
    expectation.before.iter().try_for_each(|act| ids.act(act))
}
