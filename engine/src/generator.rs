//! Small valid exercises at random, for tests and benchmarks.
//!
//! It draws a spread of what an exercise can hold: shifts, leave, people on call and deputies;
//! approvals, teams and channels that go down with an asset; monitoring and false alarms; an attack of
//! a few steps in one or two incidents; a plan that lacks some of what it should have, with decisions,
//! chained clocks and severities that change with what is known; and acts of humans, of which some
//! are not possible. The same seed always gives the same.
//!
//! It belongs to tests and benchmarks: the product is built without the feature `generator`.

mod acts;
mod numbers;
mod organisation;
mod plan;
mod scenario;

pub use acts::acts;
#[cfg(test)]
pub(crate) use acts::said;
pub use numbers::Numbers;

use crate::exercise::{
    AssetKind, Exercise, ExerciseTime, Measure, Parts, Span, StakeholderKind, Yardstick,
};
use crate::simulation::fixture;
use std::sync::Arc;

/// Whom the exercises have to tell.
const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

/// The parts of the exercise of a seed.
pub fn parts(seed: u64) -> Parts {
    let mut numbers = Numbers::new(seed);
    let n = &mut numbers;
    let day = Span::days(n.below(400) as i64).0;
    let organisation = organisation::organisation(n);
    let mut plan = plan::plan(n);
    let scenario = scenario::scenario(n);
    if n.percent(60) {
        plan.decisions[0].options[0].then.clear();
    }
    Parts {
        startex: fixture::TUESDAY_MORNING + day + n.minutes(1_440).0,
        onset: ExerciseTime(-n.minutes(600).0),
        limit: ExerciseTime(Span::days(12).0),
        organisation,
        yardstick: Yardstick::of_plan(&plan),
        plan,
        scenario,
        ..fixture::parts()
    }
}

/// The exercise of a seed.
pub fn exercise(seed: u64) -> Arc<Exercise> {
    Arc::new(Exercise::new(parts(seed)).expect("what is generated is valid"))
}

/// Whether a measure of a generated plan is taken on assets.
fn is_on_assets(measure: Measure) -> bool {
    measure.is_taken_on_assets() || measure == Measure::Accept
}

/// Kinds of asset with which a generated attack and plan have to do.
const KINDS: [AssetKind; 8] = [
    AssetKind::FileServer,
    AssetKind::Database,
    AssetKind::MailServer,
    AssetKind::RemoteAccess,
    AssetKind::BackupServer,
    AssetKind::BackupOffline,
    AssetKind::Workstation,
    AssetKind::Account,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{Condition, Each, Phase, Trigger, WeeklyHours};

    /// Fails unless between a tenth and nine tenths of the exercises have a property, so that every
    /// law is tried with it and without.
    fn spread(what: &str, has: impl Fn(&Parts) -> bool) {
        let with = (0..200).filter(|seed| has(&parts(*seed))).count();
        assert!((12..=190).contains(&with), "{what}: {with} of 200");
    }

    #[test]
    fn every_seed_gives_a_valid_exercise_and_always_the_same() {
        for seed in 0..300 {
            assert!(Exercise::new(parts(seed)).is_ok(), "seed {seed}");
        }
        assert_eq!(parts(7), parts(7));
        assert_ne!(parts(7), parts(8));
    }

    #[test]
    fn people_and_what_surrounds_them_are_a_spread() {
        spread("leave", |p| {
            p.organisation.people.iter().any(|x| !x.leave.is_empty())
        });
        spread("holidays", |p| !p.organisation.holidays.is_empty());
        spread("nights", |p| {
            p.organisation
                .people
                .iter()
                .any(|x| x.shift == organisation::nights())
        });
        spread("nobody on call", |p| {
            let none = WeeklyHours::default();
            p.organisation.people.iter().all(|x| x.on_call == none)
        });
        spread("deputies", |p| {
            p.organisation.roles.iter().all(|x| x.deputies.is_empty())
        });
        spread("teams", |p| !p.organisation.teams.is_empty());
        spread("channels that depend on assets", |p| {
            p.organisation
                .channels
                .iter()
                .any(|x| !x.depends_on.is_empty())
        });
        spread("networks", |p| p.organisation.network.is_some());
        spread("false alarms", |p| {
            p.organisation
                .sources
                .iter()
                .any(|x| x.false_alarms.is_some())
        });
        spread("staff", |p| !p.organisation.groups.is_empty());
    }

    #[test]
    fn plans_and_scenarios_are_a_spread() {
        spread("approvals", |p| {
            p.plan.tasks.iter().all(|x| x.approval.is_none())
        });
        spread("work for two", |p| {
            p.plan.tasks.iter().any(|x| x.people > 1)
        });
        spread("work for each", |p| {
            p.plan.tasks.iter().any(|x| x.each == Each::Asset)
        });
        spread("conditions", |p| {
            p.plan.tasks.iter().any(|x| x.when.is_some())
        });
        spread("re-classification", |p| {
            p.plan.classification.rules.len() > 2
        });
        spread("chained clocks", |p| {
            p.plan
                .obligations
                .iter()
                .any(|x| matches!(x.from, Trigger::After(_)))
        });
        spread("targets", |p| !p.plan.targets.is_empty());
        spread("several incidents", |p| p.scenario.incidents.len() > 1);
        spread("false leads", |p| {
            p.scenario.incidents.iter().any(|x| !x.real)
        });
        spread("attackers who look around", |p| {
            p.scenario.steps.iter().any(|x| x.unless.is_some())
        });
        spread("other ends", |p| {
            p.scenario.ends != Condition::Is(crate::exercise::Fact::PhaseCompleted(Phase::Closure))
        });
    }
}
