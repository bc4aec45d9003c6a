//! Obligations: what starts them, who sees to them, which task meets them.

use super::binder::{Binder, tidy, title};
use super::condition::Decisions;
use super::dues::Due;
use super::names::Index;
use super::plan::around;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::{self, Weight};
use hotwash_engine::exercise::{
    Addressee, Clause, Condition, Function, GapKind, Measure, Obligation, ObligationId,
    SeverityRule, Slug, StakeholderKind, TaskId, Trigger,
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
    /// None: the plan has no clause for it, or its clause is wrong, which is reported.
    None,
}

/// Which tasks meet the obligations, in the order of the dues.
#[derive(Debug, Default)]
pub(super) struct Clocks(pub(super) Vec<Clock>);

impl Clocks {
    /// The task that meets an obligation.
    pub(super) fn task_of(&self, obligation: usize) -> Option<&Slug> {
        match self.0.get(obligation)? {
            Clock::Named(slug) | Clock::Found(slug) | Clock::Implied(slug) => Some(slug),
            Clock::None => None,
        }
    }
}

impl Binder {
    /// Finds the tasks that meet obligations, and gives names to those that are implied. What the plan has no
    /// clause for has no task.
    pub(super) fn clocks(&mut self, plan: &definition::Plan, dues: &[Due<'_>]) -> Clocks {
        let named = plan
            .communication
            .iter()
            .filter_map(|one| one.task.as_ref());
        let mut claimed: BTreeSet<Slug> = named.map(|name| name.value.clone()).collect();
        let mut taken: BTreeSet<Slug> = self.names.tasks.slugs().iter().cloned().collect();
        let mut clocks = Vec::new();
        for due in dues {
            let (Some(clause), Some(to)) = (due.clause, due.to()) else {
                clocks.push(Clock::None);
                continue;
            };
            if let Some(name) = &clause.task {
                clocks.push(match self.task(name) {
                    Some(_) => Clock::Named(name.value.clone()),
                    None => Clock::None,
                });
                continue;
            }
            let found = only_task(plan, to, &claimed);
            if let (Some(slug), None) = (found, due.parent(dues)) {
                claimed.insert(slug.clone());
                clocks.push(Clock::Found(slug));
                continue;
            }
            let slug = fresh(&format!("notify-{}", due.slug), &taken);
            taken.insert(slug.clone());
            clocks.push(Clock::Implied(slug));
        }
        self.names.tasks = Index::new(taken.into_iter().collect());
        Clocks(clocks)
    }

    /// Who sees to an obligation: whom its clause names, else who does its task, else Legal. Nobody sees to what
    /// the plan has no clause for: nobody is asked for.
    pub(super) fn notifier(
        &mut self,
        due: &Due<'_>,
        task: Option<&Slug>,
        plan: &definition::Plan,
    ) -> Addressee {
        let Some(clause) = due.clause else {
            return Addressee::Function(defaults::NOTIFIES);
        };
        let by = due.asker();
        if let Some(one) = &clause.by {
            return self.addressee(one, defaults::NOTIFIES, &by);
        }
        let task = plan.tasks.iter().find(|one| Some(&one.id.value) == task);
        match task {
            Some(task) => self.addressee(&task.by, defaults::NOTIFIES, &by),
            None => self.function(defaults::NOTIFIES, &by),
        }
    }

    /// Who has to know what before a clock starts that hangs on no other.
    pub(super) fn awareness(
        &mut self,
        due: &Due<'_>,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> (Vec<Function>, Condition) {
        let by = due.asker();
        let Some(aware) = due.aware() else {
            let to = due.to().unwrap_or(StakeholderKind::Executives);
            return (defaults::AWARE.to_vec(), defaults::aware_of(to, rules));
        };
        let who = tidy(aware.who.iter().map(|one| one.value).collect());
        let who = if who.is_empty() {
            defaults::AWARE.to_vec()
        } else {
            who
        };
        (who, self.condition(&aware.what, around(decisions, &by)))
    }

    /// The obligations: each due with what it takes to keep it.
    pub(super) fn obligations(
        &mut self,
        plan: &definition::Plan,
        dues: &[Due<'_>],
        clocks: &Clocks,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> Vec<Obligation> {
        let mut obligations = Vec::new();
        for (i, due) in dues.iter().enumerate() {
            let task = clocks.task_of(i);
            let by = self.notifier(due, task, plan);
            let (Some(to), Some(within)) = (due.to(), due.within()) else {
                continue;
            };
            let task = task.and_then(|slug| self.names.tasks.find(slug.as_str()));
            let source = due.clause.and_then(|clause| clause.source.as_ref());
            let checked = due.clause.and_then(|clause| clause.verified_on);
            let of_law = due.of_law;
            obligations.push(Obligation {
                slug: due.slug.clone(),
                title: due.title(),
                to,
                law: self.law(due),
                source: title(source.or(of_law.map(|of| &of.regime.source)), ""),
                verified_on: checked
                    .or(of_law.map(|of| of.regime.checked_on))
                    .map(|day| day.value),
                from: self.trigger(due, dues, rules, decisions),
                within,
                task: task.map(TaskId::new),
                by,
                content: due.content(),
                rest_within: due.rest_within(),
                weight: self.weight(due).0,
                clause: match (due.holds, due.clause) {
                    (false, _) => Clause::Own,
                    (true, None) => Clause::Missing,
                    (true, Some(_)) => Clause::Bound {
                        within: due.own_limit().filter(|own| *own != within),
                    },
                },
            });
        }
        obligations
    }

    /// The law that a due rests on. Where nothing tells the law of the organisation, no clause is one of law,
    /// whatever it says; else a law that no regime describes is taken at its word.
    fn law(&mut self, due: &Due<'_>) -> Option<String> {
        if let (true, Some(of)) = (due.holds, due.of_law) {
            if due.clause.is_none() {
                self.gap(
                    GapKind::NoClause,
                    of.duty.title.value.clone(),
                    &of.passage(),
                );
            }
            return Some(of.law());
        }
        let said = due.clause?.law.as_ref()?;
        (!self.law_is_unknown && due.of_law.is_none()).then(|| said.value.clone())
    }

    /// How much it weighs in judgement: a duty of law as much as any other, whatever the plan says.
    fn weight(&mut self, due: &Due<'_>) -> Weight {
        let default = Weight(defaults::OBLIGATION_WEIGHT);
        let Some(clause) = due.clause else {
            return default;
        };
        let place = format!("plan.communication.{}", due.slug);
        self.ledger.given(2);
        if clause.by.is_none() {
            let who = "who does its task, else Legal".to_owned();
            self.ledger.assume(&place, "by", who, ILLUSTRATIVE);
        } else {
            self.ledger.given(1);
        }
        let own = clause.weight.as_ref().filter(|_| !due.holds);
        self.ledger.or(own, &place, "weight", default, ILLUSTRATIVE)
    }

    fn trigger(
        &mut self,
        due: &Due<'_>,
        dues: &[Due<'_>],
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> Trigger {
        if let Some(parent) = due.parent(dues) {
            self.ledger.given(1);
            return Trigger::After(ObligationId::new(parent));
        }
        if due.aware().is_some() {
            self.ledger.given(1);
        } else {
            let what = match due.to() {
                Some(StakeholderKind::DataProtectionAuthority | StakeholderKind::DataSubjects) => {
                    "known to be real, and personal data to be affected"
                }
                _ => "known to be real, with facts that classify High or more",
            };
            let place = format!("plan.communication.{}", due.slug);
            self.ledger
                .assume(&place, "aware", what.to_owned(), ILLUSTRATIVE);
        }
        let (who, what) = self.awareness(due, rules, decisions);
        for function in &who {
            self.function(*function, &due.asker());
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
