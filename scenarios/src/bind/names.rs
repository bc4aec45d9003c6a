//! The ids of everything, as positions in lists sorted by slug.

use crate::definition::{
    Asset, Channel, Choice, Decision, Expectation, Id, Incident, Inject, Objective, Obligation,
    Organisation, Person, Plan, Programme, Risk, Role, Scenario, Source, StaffGroup, Stakeholder,
    Step, Task, Team,
};
use hotwash_engine::exercise::Slug;

/// Something with an id.
pub(super) trait Named {
    /// Its id.
    fn id(&self) -> &Id;
}

macro_rules! named {
    ($($type:ty),+) => {
        $(impl Named for $type {
            fn id(&self) -> &Id {
                &self.id
            }
        })+
    };
}

named!(
    Asset,
    Channel,
    Choice,
    Decision,
    Expectation,
    Incident,
    Inject,
    Objective,
    Obligation,
    Person,
    Programme,
    Risk,
    Role,
    Source,
    StaffGroup,
    Stakeholder,
    Step,
    Task,
    Team
);

/// The things of a list in the order of their slugs. Of two with one id, which is an error, the
/// first stays.
pub(super) fn sorted<T: Named>(list: &[T]) -> Vec<&T> {
    let mut all: Vec<&T> = list.iter().collect();
    all.sort_by(|a, b| a.id().value.cmp(&b.id().value));
    all.dedup_by(|later, earlier| later.id().value == earlier.id().value);
    all
}

/// The slugs of a list, sorted.
#[derive(Debug, Default, Clone)]
pub(super) struct Index(Vec<Slug>);

impl Index {
    /// The slugs of a list.
    pub(super) fn of<T: Named>(list: &[T]) -> Self {
        let slugs = sorted(list).into_iter().map(|item| item.id().value.clone());
        Self(slugs.collect())
    }

    /// Slugs in any order.
    pub(super) fn new(mut slugs: Vec<Slug>) -> Self {
        slugs.sort_unstable();
        slugs.dedup();
        Self(slugs)
    }

    /// The position of a slug.
    pub(super) fn find(&self, slug: &str) -> Option<usize> {
        self.0
            .binary_search_by(|known| known.as_str().cmp(slug))
            .ok()
    }

    /// The slugs.
    pub(super) fn slugs(&self) -> &[Slug] {
        &self.0
    }
}

/// The slugs of everything that is referred to.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) people: Index,
    pub(super) roles: Index,
    pub(super) assets: Index,
    pub(super) channels: Index,
    pub(super) tasks: Index,
    pub(super) obligations: Index,
    pub(super) incidents: Index,
    pub(super) steps: Index,
    pub(super) injects: Index,
}

impl Names {
    /// The names of definitions, without what binding adds.
    pub(super) fn of(organisation: &Organisation, plan: &Plan, scenario: &Scenario) -> Self {
        Self {
            people: Index::of(&organisation.people),
            roles: Index::of(&organisation.roles),
            assets: Index::of(&organisation.assets),
            channels: Index::of(&organisation.channels),
            tasks: Index::of(&plan.tasks),
            obligations: Index::of(&plan.communication),
            incidents: Index::of(&scenario.incidents),
            steps: Index::of(&scenario.attack),
            injects: Index::of(&scenario.injects),
        }
    }
}
