//! What is wrong or weak about definitions that could be read.
//!
//! One rule is one function, documented as what it finds, why that matters, and an example. Rules
//! look at definitions only: nothing is bound yet, and each rule works with whichever of the three
//! kinds are there.

mod clocks;
mod conditions;
mod cover;
mod cycles;
mod expected;
mod hands;
mod ids;
pub(crate) mod law;
mod learn;
mod numbers;
mod order;
mod people;
mod plausible;
mod portable;
mod references;
mod shifts;
mod staff;
mod telling;
mod waiting;
mod walk;
mod whole;

use crate::definition::{Addressee, Organisation, Person, Plan, Role, Scenario};
use crate::diagnostic::{Diagnostic, Level};
use crate::load::{Definition, Definitions};
use staff::Staff;
use std::collections::BTreeSet;

/// One organisation, plan and scenario, as far as they are there.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'d> {
    pub(crate) organisation: Option<&'d Organisation>,
    pub(crate) plan: Option<&'d Plan>,
    pub(crate) scenario: Option<&'d Scenario>,
    /// Ids of things that could not be read.
    pub(crate) lost: &'d BTreeSet<String>,
    /// Who holds which role.
    staff: &'d Staff<'d>,
}

/// A rule: it adds what it finds.
type Rule = fn(Scene<'_>, &mut Vec<Diagnostic>);

/// Every rule, in the order in which its findings are listed for one place.
const RULES: &[Rule] = &[
    ids::duplicates,
    references::of_organisation,
    references::of_plan,
    references::of_scenario,
    portable::scenario_speaks_in_functions,
    portable::facts_in_their_place,
    clocks::triggers,
    clocks::acts_in_triggers,
    law::clauses,
    law::twice,
    cycles::tasks,
    cycles::steps,
    cycles::assets,
    cycles::clocks,
    numbers::order_of_time,
    numbers::weights,
    numbers::free_outages,
    numbers::durations,
    numbers::weekends,
    plausible::too_fast,
    plausible::wide,
    plausible::false_alarms,
    conditions::constants,
    expected::asks_for_one,
    conditions::contradictions,
    conditions::unless,
    waiting::circles,
    whole::decisions,
    whole::incidents,
    whole::organisation_can_act,
    whole::plan_has_tasks,
    whole::scenario_has_events,
    whole::objectives,
    whole::injects_can_come,
    whole::without_effect,
    order::open,
    hands::one_for_many,
    hands::not_ours,
    hands::restored_too_soon,
    telling::hours,
    whole::targets,
    whole::review,
    law::country,
    law::missing,
    law::limits,
    law::said_by_law,
    people::functions,
    people::holders,
    people::too_few,
    people::own_approval,
    people::all_on_leave,
    plausible::hands,
    plausible::on_call,
    plausible::on_shift,
    shifts::a_minute_missing,
    cover::tasks_at_night,
    cover::approvals_at_night,
    cover::approval_without_deputy,
    learn::alerts,
    learn::measures,
    ids::unused,
];

/// Everything that is wrong or weak about the definitions, errors first within a file's order.
///
/// Where something could not be read, only errors are listed: a weakness may be no more than a
/// consequence of what is missing.
pub fn check(definitions: &Definitions) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (organisation, plan, scenario) in scenes(definitions) {
        let staff = Staff::of(organisation);
        let scene = Scene {
            organisation,
            plan,
            scenario,
            lost: &definitions.lost,
            staff: &staff,
        };
        for rule in RULES {
            rule(scene, &mut found);
        }
    }
    let broken = !definitions.lost.is_empty();
    found.retain(|problem| !broken || problem.level == Level::Error);
    found.sort_by_key(|problem| (problem.level, problem.place(), problem.code));
    found.dedup();
    found
}

/// An organisation, a plan and a scenario that are looked at together.
type Together<'d> = (
    Option<&'d Organisation>,
    Option<&'d Plan>,
    Option<&'d Scenario>,
);

/// The combinations that are looked at: the first of each kind together, and every further one
/// with the first of the others.
fn scenes(definitions: &Definitions) -> Vec<Together<'_>> {
    let (mut organisations, mut plans, mut scenarios) = (Vec::new(), Vec::new(), Vec::new());
    for definition in &definitions.all {
        match definition {
            Definition::Organisation(organisation) => organisations.push(&**organisation),
            Definition::Plan(plan) => plans.push(&**plan),
            Definition::Scenario(scenario) => scenarios.push(&**scenario),
            Definition::Exercise(exercise) => {
                organisations.push(&exercise.organisation);
                plans.push(&exercise.plan);
                scenarios.push(&exercise.scenario);
            }
        }
    }
    let count = organisations.len().max(plans.len()).max(scenarios.len());
    let together = |i: usize| {
        (
            organisations.get(i).or(organisations.first()).copied(),
            plans.get(i).or(plans.first()).copied(),
            scenarios.get(i).or(scenarios.first()).copied(),
        )
    };
    (0..count).map(together).collect()
}

impl<'d> Scene<'d> {
    /// Whether something with this id could not be read.
    pub(crate) fn is_lost(&self, id: &str) -> bool {
        self.lost.contains(id)
    }

    /// Whether everything could be read: only then is an empty list what its author wrote.
    pub(crate) fn is_complete(&self) -> bool {
        self.lost.is_empty()
    }

    /// The people who hold a role: those it names, and those who name it.
    pub(crate) fn holders(&self, role: &Role) -> Vec<&'d Person> {
        self.staff.holders(role).to_vec()
    }

    /// The people who stand in for a role.
    pub(crate) fn deputies(&self, role: &Role) -> Vec<&'d Person> {
        self.staff.deputies(role).to_vec()
    }

    /// The roles that a person holds.
    pub(crate) fn held(&self, person: &Person) -> &'d [&'d Role] {
        self.staff.held(person)
    }

    /// The roles that are addressed.
    pub(crate) fn roles(&self, addressee: &Addressee) -> Vec<&'d Role> {
        self.staff.roles(addressee).to_vec()
    }
}
