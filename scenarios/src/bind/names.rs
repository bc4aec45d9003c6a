//! Names become positions: every list of an exercise is sorted by id.

use crate::definition;
use hotwash_engine::exercise::Slug;

/// The ids of one list, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct List(Vec<Slug>);

impl List {
    pub(super) fn of(ids: impl IntoIterator<Item = Slug>) -> Self {
        Self(super::sorted(ids))
    }

    /// The position of an id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.0.binary_search_by(|known| known.as_str().cmp(id)).ok()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Slug::as_str)
    }
}

/// The lists of an exercise that things refer to.
pub(super) struct Lists<'d> {
    pub(super) people: List,
    pub(super) roles: List,
    pub(super) assets: List,
    pub(super) channels: List,
    pub(super) tasks: List,
    pub(super) decisions: List,
    pub(super) obligations: List,
    pub(super) incidents: List,
    pub(super) steps: List,
    pub(super) injects: List,
    pub(super) expectations: List,
    /// Every decision with the inject that asks for it, if one does.
    pub(super) asked: Vec<(&'d definition::Decision, Option<&'d definition::Inject>)>,
}

/// The id of the one incident of a scenario that lists none.
pub(super) const MAIN: &str = "main";

/// The channels of an organisation that lists none.
pub(super) const USUAL_CHANNELS: [&str; 3] = ["desk-phone", "mail", "mobile-phone"];

impl<'d> Lists<'d> {
    pub(super) fn of(
        organisation: &'d definition::Organisation,
        plan: &'d definition::Plan,
        scenario: &'d definition::Scenario,
    ) -> Self {
        let own = |id: &definition::Id| id.value.clone();
        let word = |word: &&str| Slug::new(word).expect("the word is an id");
        let asked = asked(plan, scenario);
        let channels = if organisation.channels.is_empty() {
            List::of(USUAL_CHANNELS.iter().map(word))
        } else {
            List::of(organisation.channels.iter().map(|x| own(&x.id)))
        };
        let incidents = if scenario.incidents.is_empty() {
            List::of([MAIN].iter().map(word))
        } else {
            List::of(scenario.incidents.iter().map(|x| own(&x.id)))
        };
        let implied = plan.communication.iter().filter(|x| x.task.is_none());
        let tasks = plan.tasks.iter().map(|x| own(&x.id));
        let expected = scenario.injects.iter().flat_map(|inject| &inject.expect);
        Self {
            people: List::of(organisation.people.iter().map(|x| own(&x.id))),
            roles: List::of(organisation.roles.iter().map(|x| own(&x.id))),
            assets: List::of(organisation.assets.iter().map(|x| own(&x.id))),
            channels,
            tasks: List::of(tasks.chain(implied.map(implied_task))),
            decisions: List::of(asked.iter().map(|(decision, _)| own(&decision.id))),
            obligations: List::of(plan.communication.iter().map(|x| own(&x.id))),
            incidents,
            steps: List::of(scenario.attack.iter().map(|x| own(&x.id))),
            injects: List::of(scenario.injects.iter().map(|x| own(&x.id))),
            expectations: List::of(expected.map(|x| own(&x.id))),
            asked,
        }
    }
}

fn asked<'d>(
    plan: &'d definition::Plan,
    scenario: &'d definition::Scenario,
) -> Vec<(&'d definition::Decision, Option<&'d definition::Inject>)> {
    let of_plan = plan.decisions.iter().map(|decision| (decision, None));
    let of_injects = scenario
        .injects
        .iter()
        .filter_map(|inject| Some((inject.decide.as_ref()?, Some(inject))));
    of_plan.chain(of_injects).collect()
}

/// The id of the notification that an obligation without a task implies.
pub(super) fn implied_task(obligation: &definition::Obligation) -> Slug {
    let id = obligation.id.value.as_str();
    let long = format!("notify-{id}");
    let short = long.get(..Slug::MAX_LEN).unwrap_or(&long);
    Slug::new(short).expect("an id after a word is an id")
}

/// The ids of things that come to the same order as the list they make.
pub(super) fn in_order<'t, T>(items: &'t [T], id: impl Fn(&T) -> &definition::Id) -> Vec<&'t T> {
    let mut items: Vec<&T> = items.iter().collect();
    items.sort_by(|a, b| id(a).value.cmp(&id(b).value));
    items
}
