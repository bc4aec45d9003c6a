//! Obligations: what starts them, who sees to them, which task meets them.

use super::binder::{Binder, tidy, title};
use super::condition::Decisions;
use super::names::{Index, sorted};
use super::plan::around;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::{self, Weight};
use hotwash_engine::exercise::{
    Addressee, Condition, Function, Measure, Obligation, ObligationId, SeverityRule, Slug,
    StakeholderKind, TaskId, Trigger,
};
use std::collections::BTreeSet;

/// Which task meets an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clock {
    /// The one that it names.
    Named(Slug),
    /// The plan's only task that tells this stakeholder and that nothing else names.
    Found(Slug),
    /// One that it implies.
    Implied(Slug),
    /// It names one that does not exist, which is reported.
    Unknown,
}

/// Which tasks meet the obligations, in the order of their slugs.
#[derive(Debug, Default)]
pub(super) struct Clocks(pub(super) Vec<Clock>);

impl Clocks {
    /// The task that meets an obligation.
    pub(super) fn task_of(&self, obligation: usize) -> Option<&Slug> {
        match self.0.get(obligation)? {
            Clock::Named(slug) | Clock::Found(slug) | Clock::Implied(slug) => Some(slug),
            Clock::Unknown => None,
        }
    }
}

impl Binder {
    /// Finds the tasks that meet obligations, and gives names to those that are implied.
    pub(super) fn clocks(&mut self, plan: &definition::Plan) -> Clocks {
        let named = plan
            .communication
            .iter()
            .filter_map(|one| one.task.as_ref());
        let mut claimed: BTreeSet<Slug> = named.map(|name| name.value.clone()).collect();
        let mut taken: BTreeSet<Slug> = self.names.tasks.slugs().iter().cloned().collect();
        let mut clocks = Vec::new();
        for obligation in sorted(&plan.communication) {
            if let Some(name) = &obligation.task {
                clocks.push(match self.task(name) {
                    Some(_) => Clock::Named(name.value.clone()),
                    None => Clock::Unknown,
                });
                continue;
            }
            let found = only_task(plan, obligation.to.value, &claimed);
            if let (Some(slug), None) = (found, &obligation.after) {
                claimed.insert(slug.clone());
                clocks.push(Clock::Found(slug));
                continue;
            }
            let slug = fresh(&format!("notify-{}", obligation.id.value), &taken);
            taken.insert(slug.clone());
            clocks.push(Clock::Implied(slug));
        }
        self.names.tasks = Index::new(taken.into_iter().collect());
        Clocks(clocks)
    }

    /// Who sees to an obligation: whom it names, else who does its task, else Legal.
    pub(super) fn notifier(
        &mut self,
        obligation: &definition::Obligation,
        plan: &definition::Plan,
        clocks: &Clocks,
    ) -> Addressee {
        let by = format!("obligation {}", obligation.id.value);
        if let Some(one) = &obligation.by {
            return self.addressee(one, defaults::NOTIFIES, &by);
        }
        let at = self.names.obligations.find(obligation.id.as_str());
        let slug = at.and_then(|at| clocks.task_of(at));
        let task = plan.tasks.iter().find(|task| Some(&task.id.value) == slug);
        match task {
            Some(task) => self.addressee(&task.by, defaults::NOTIFIES, &by),
            None => self.function(defaults::NOTIFIES, &by),
        }
    }

    /// Who has to know what before a clock starts that hangs on no other.
    pub(super) fn awareness(
        &mut self,
        obligation: &definition::Obligation,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> (Vec<Function>, Condition) {
        let by = format!("obligation {}", obligation.id.value);
        let Some(aware) = &obligation.aware else {
            let what = defaults::aware_of(obligation.to.value, rules);
            return (defaults::AWARE.to_vec(), what);
        };
        let who = tidy(aware.who.iter().map(|one| one.value).collect());
        let who = if who.is_empty() {
            defaults::AWARE.to_vec()
        } else {
            who
        };
        (who, self.condition(&aware.what, around(decisions, &by)))
    }

    /// The obligations.
    pub(super) fn obligations(
        &mut self,
        plan: &definition::Plan,
        clocks: &Clocks,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> Vec<Obligation> {
        let mut obligations = Vec::new();
        for (i, obligation) in sorted(&plan.communication).into_iter().enumerate() {
            let place = format!("plan.communication.{}", obligation.id.value);
            self.ledger.given(2);
            let weight = obligation.weight.as_ref();
            let default = Weight(defaults::OBLIGATION_WEIGHT);
            let weight = self
                .ledger
                .or(weight, &place, "weight", default, ILLUSTRATIVE);
            let by = self.notifier(obligation, plan, clocks);
            if obligation.by.is_none() {
                let who = "who does its task, else Legal".to_owned();
                self.ledger.assume(&place, "by", who, ILLUSTRATIVE);
            } else {
                self.ledger.given(1);
            }
            let task = clocks.task_of(i);
            let task = task.and_then(|slug| self.names.tasks.find(slug.as_str()));
            obligations.push(Obligation {
                slug: obligation.id.value.clone(),
                title: title(obligation.title.as_ref(), obligation.id.as_str()),
                to: obligation.to.value,
                law: obligation.law.as_ref().map(|law| law.value.clone()),
                source: title(obligation.source.as_ref(), ""),
                verified_on: obligation.verified_on.map(|day| day.value),
                from: self.trigger(obligation, &place, rules, decisions),
                within: obligation.within.value,
                task: task.map(TaskId::new),
                by,
                content: tidy(obligation.content.iter().map(|one| one.value).collect()),
                rest_within: obligation.rest_within.as_ref().map(|limit| limit.value),
                weight: weight.0,
            });
        }
        obligations
    }

    fn trigger(
        &mut self,
        obligation: &definition::Obligation,
        place: &str,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> Trigger {
        let parent = obligation.after.as_ref();
        if let Some(parent) = parent.and_then(|name| self.obligation(name)) {
            self.ledger.given(1);
            return Trigger::After(ObligationId::new(parent));
        }
        if obligation.aware.is_some() {
            self.ledger.given(1);
        } else {
            let what = match obligation.to.value {
                StakeholderKind::DataProtectionAuthority | StakeholderKind::DataSubjects => {
                    "known to be real, and personal data to be affected"
                }
                _ => "known to be real, with facts that classify High or more",
            };
            self.ledger
                .assume(place, "aware", what.to_owned(), ILLUSTRATIVE);
        }
        let by = format!("obligation {}", obligation.id.value);
        let (who, what) = self.awareness(obligation, rules, decisions);
        for function in &who {
            self.function(*function, &by);
        }
        Trigger::Aware { who, what }
    }
}

/// The only task that tells a stakeholder and is not claimed.
fn only_task(
    plan: &definition::Plan,
    to: StakeholderKind,
    claimed: &BTreeSet<Slug>,
) -> Option<Slug> {
    let tells = |task: &&definition::Task| {
        task.does.iter().any(|act| {
            act.value.measure.value == Measure::Notify
                && act.value.stakeholder.is_some_and(|kind| kind.value == to)
        })
    };
    let free = |task: &&definition::Task| !claimed.contains(&task.id.value);
    let mut found = plan.tasks.iter().filter(tells).filter(free);
    let only = found.next()?;
    found.next().is_none().then(|| only.id.value.clone())
}

/// A slug that nothing has, close to what is wished.
pub(super) fn fresh(wish: &str, taken: &BTreeSet<Slug>) -> Slug {
    let room = Slug::MAX_LEN - ".999999".len();
    let stem = &wish[..wish.len().min(room)];
    let numbered = (2..).map(|n: u32| format!("{stem}.{n}"));
    let mut candidates = std::iter::once(wish.to_owned()).chain(numbered);
    candidates
        .find_map(|text| Slug::new(&text).filter(|slug| !taken.contains(slug)))
        .expect("there are more numbers than names")
}
