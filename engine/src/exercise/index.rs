//! Indexes over the parts of an exercise, made once.

use super::{
    AssetId, ChannelId, DecisionId, ExpectationId, Function, GroupId, IncidentId, InjectId,
    Measure, ObjectiveId, ObligationId, OptionId, Parts, PersonId, RiskId, RoleId, Slug, SourceId,
    StakeholderId, StepId, Task, TaskId, TeamId,
};

/// The slug of everything that has an id, list by list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    people: Vec<Slug>,
    roles: Vec<Slug>,
    teams: Vec<Slug>,
    groups: Vec<Slug>,
    assets: Vec<Slug>,
    channels: Vec<Slug>,
    sources: Vec<Slug>,
    stakeholders: Vec<Slug>,
    risks: Vec<Slug>,
    tasks: Vec<Slug>,
    own: Vec<Slug>,
    decisions: Vec<Slug>,
    options: Vec<Vec<Slug>>,
    obligations: Vec<Slug>,
    incidents: Vec<Slug>,
    steps: Vec<Slug>,
    injects: Vec<Slug>,
    expectations: Vec<Slug>,
    objectives: Vec<Slug>,
}

macro_rules! slugs {
    ($list:expr) => {
        $list.iter().map(|item| item.slug.clone()).collect()
    };
}

impl Names {
    pub(super) fn of(parts: &Parts, own: &[Task]) -> Self {
        let (organisation, plan, scenario) = (&parts.organisation, &parts.plan, &parts.scenario);
        Self {
            people: slugs!(organisation.people),
            roles: slugs!(organisation.roles),
            teams: slugs!(organisation.teams),
            groups: slugs!(organisation.groups),
            assets: slugs!(organisation.assets),
            channels: slugs!(organisation.channels),
            sources: slugs!(organisation.sources),
            stakeholders: slugs!(organisation.stakeholders),
            risks: slugs!(organisation.risks),
            tasks: slugs!(plan.tasks),
            own: slugs!(own),
            decisions: slugs!(plan.decisions),
            options: plan.decisions.iter().map(|d| slugs!(d.options)).collect(),
            obligations: slugs!(plan.obligations),
            incidents: slugs!(scenario.incidents),
            steps: slugs!(scenario.steps),
            injects: slugs!(scenario.injects),
            expectations: slugs!(scenario.expectations),
            objectives: slugs!(scenario.objectives),
        }
    }

    /// The slug of an option of a decision.
    pub fn option(&self, decision: DecisionId, option: OptionId) -> &Slug {
        &self.options[decision.index()][option.index()]
    }

    /// The option of a decision by its slug.
    pub fn find_option(&self, decision: DecisionId, slug: &str) -> Option<OptionId> {
        let options = &self.options[decision.index()];
        options
            .iter()
            .position(|option| option.as_str() == slug)
            .map(OptionId::new)
    }
}

/// An id whose slug [`Names`] holds.
pub trait Identified: Copy {
    /// What such a thing is called, for messages.
    const KIND: &'static str;
    /// The slug of an id.
    fn slug(self, names: &Names) -> &Slug;
    /// The id of a slug.
    fn find(names: &Names, slug: &str) -> Option<Self>;
}

macro_rules! identified {
    ($($id:ident $list:ident $kind:literal,)+) => {
        $(
            impl Identified for $id {
                const KIND: &'static str = $kind;
                fn slug(self, names: &Names) -> &Slug {
                    &names.$list[self.index()]
                }
                fn find(names: &Names, slug: &str) -> Option<Self> {
                    let at = names.$list.binary_search_by(|known| known.as_str().cmp(slug));
                    at.ok().map(Self::new)
                }
            }
        )+
    };
}

identified! {
    PersonId people "person",
    RoleId roles "role",
    TeamId teams "team",
    GroupId groups "staff group",
    AssetId assets "asset",
    ChannelId channels "channel",
    SourceId sources "source",
    StakeholderId stakeholders "stakeholder",
    RiskId risks "risk",
    DecisionId decisions "decision",
    ObligationId obligations "obligation",
    IncidentId incidents "incident",
    StepId steps "step",
    InjectId injects "inject",
    ExpectationId expectations "expectation",
    ObjectiveId objectives "objective",
}

/// A task of the plan, or behind these one for a measure outside it.
impl Identified for TaskId {
    const KIND: &'static str = "task";
    fn slug(self, names: &Names) -> &Slug {
        let of_plan = &names.tasks;
        of_plan
            .get(self.index())
            .unwrap_or_else(|| &names.own[self.index() - of_plan.len()])
    }
    fn find(names: &Names, slug: &str) -> Option<Self> {
        let among = |list: &[Slug]| list.binary_search_by(|known| known.as_str().cmp(slug)).ok();
        let own = || Some(names.tasks.len() + among(&names.own)?);
        among(&names.tasks).or_else(own).map(Self::new)
    }
}

/// The roles that each function, and then each role, addresses.
pub(super) fn roles_of(parts: &Parts) -> Vec<Vec<RoleId>> {
    let organisation = &parts.organisation;
    let by_function = Function::ALL.iter().map(|function| {
        let own: Vec<RoleId> = organisation.roles_of(*function).collect();
        if own.is_empty() {
            stand_ins(parts, *function)
        } else {
            own
        }
    });
    let by_role = (0..organisation.roles.len()).map(|role| vec![RoleId::new(role)]);
    by_function.chain(by_role).collect()
}

fn stand_ins(parts: &Parts, function: Function) -> Vec<RoleId> {
    let of_function = parts.stand_ins.iter().filter(|(f, _)| *f == function);
    of_function.map(|(_, role)| *role).collect()
}

/// The roles that each person holds.
pub(super) fn roles_held(parts: &Parts) -> Vec<Vec<RoleId>> {
    let people = parts.organisation.people.len();
    let mut held = vec![Vec::new(); people];
    for (i, role) in parts.organisation.roles.iter().enumerate() {
        for holder in &role.holders {
            held[holder.index()].push(RoleId::new(i));
        }
    }
    held
}

/// The tasks that take each measure.
pub(super) fn tasks_taking(parts: &Parts) -> Vec<Vec<TaskId>> {
    let taking = |measure: &Measure| parts.plan.tasks_taking(*measure).collect();
    Measure::ALL.iter().map(taking).collect()
}

/// By asset: whether it holds records about persons, or something rests on it that does.
pub(super) fn bears_persons(parts: &Parts) -> Vec<bool> {
    let assets = &parts.organisation.assets;
    let mut bears = vec![false; assets.len()];
    let about = assets.iter().enumerate();
    let about = about.filter(|(_, asset)| asset.is_about_persons());
    let mut open: Vec<usize> = about.map(|(i, _)| i).collect();
    while let Some(asset) = open.pop() {
        if !std::mem::replace(&mut bears[asset], true) {
            open.extend(assets[asset].depends_on.iter().map(|below| below.index()));
        }
    }
    bears
}
