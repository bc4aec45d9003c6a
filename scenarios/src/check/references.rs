//! Names of things that are not there.

use super::walk::{self, Site};
use super::{Scene, ids};
use crate::definition::{
    About, Addressee, Condition, Consequence, Decision, Id, Name, Organisation, Plan, Reveal,
    Scenario,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Spanned;

/// The ids of one kind, against which names are held. `None`: the definition is not loaded.
struct Known<'d> {
    code: Code,
    what: &'static str,
    ids: Option<Vec<&'d str>>,
}

impl<'d> Known<'d> {
    fn new(code: Code, what: &'static str, ids: Option<impl Iterator<Item = &'d Id>>) -> Self {
        let ids = ids.map(|ids| ids.map(|id| id.value.as_str()).collect());
        Self { code, what, ids }
    }

    /// Reports a name that is not known.
    fn hold(&self, scene: Scene<'_>, name: &Name, out: &mut Vec<Diagnostic>) {
        let Some(ids) = &self.ids else {
            return;
        };
        let written = name.as_str();
        if ids.contains(&written) || scene.is_lost(written) {
            return;
        }
        let near = nearest(written, ids.iter().copied());
        let message = format!("no {} is called `{written}`", self.what);
        let mut problem = Diagnostic::new(self.code, message, name.place).did_you_mean(near, true);
        if near.is_none() {
            problem = problem.help(format!("add it, or name one that is there: {}", some(ids)));
        }
        out.push(problem);
    }

    fn all<'n>(
        &self,
        scene: Scene<'_>,
        names: impl IntoIterator<Item = &'n Name>,
        out: &mut Vec<Diagnostic>,
    ) {
        for name in names {
            self.hold(scene, name, out);
        }
    }
}

/// So many names are shown whole: more than these nobody reads.
const SHOWN: usize = 40;

/// The names that there are, for a hint.
fn some(ids: &[&str]) -> String {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let more = sorted.len().saturating_sub(SHOWN);
    sorted.truncate(SHOWN);
    let listed: Vec<String> = sorted.iter().map(|id| format!("`{id}`")).collect();
    match (listed.is_empty(), more) {
        (true, _) => "there is none".to_owned(),
        (false, 0) => listed.join(", "),
        (false, more) => format!("{} and {more} more", listed.join(", ")),
    }
}

/// Everything that can be named.
struct Index<'d> {
    people: Known<'d>,
    roles: Known<'d>,
    assets: Known<'d>,
    channels: Known<'d>,
    tasks: Known<'d>,
    obligations: Known<'d>,
    incidents: Known<'d>,
    steps: Known<'d>,
    injects: Known<'d>,
    expectations: Known<'d>,
}

impl<'d> Index<'d> {
    fn new(scene: Scene<'d>) -> Self {
        let (o, p, s) = (scene.organisation, scene.plan, scene.scenario);
        let people = o.map(|o| o.people.iter().map(|x| &x.id));
        let roles = o.map(|o| o.roles.iter().map(|x| &x.id));
        let assets = o.map(|o| o.assets.iter().map(|x| &x.id));
        let channels = o.map(|o| o.channels.iter().map(|x| &x.id));
        let tasks = p.map(|p| p.tasks.iter().map(|x| &x.id));
        let obligations = p.map(|p| p.communication.iter().map(|x| &x.id));
        let incidents = s.map(|s| s.incidents.iter().map(|x| &x.id));
        let steps = s.map(|s| s.attack.iter().map(|x| &x.id));
        let injects = s.map(|s| s.injects.iter().map(|x| &x.id));
        let expect = |s: &'d Scenario| s.injects.iter().flat_map(|inject| &inject.expect);
        let expectations = s.map(|s| expect(s).map(|x| &x.id));
        Self {
            people: Known::new(Code::UnknownPerson, "person", people),
            roles: Known::new(Code::UnknownRole, "role", roles),
            assets: Known::new(Code::UnknownAsset, "asset", assets),
            channels: Known::new(Code::UnknownChannel, "channel", channels),
            tasks: Known::new(Code::UnknownTask, "task", tasks),
            obligations: Known::new(Code::UnknownObligation, "obligation", obligations),
            incidents: Known::new(Code::UnknownIncident, "incident", incidents),
            steps: Known::new(Code::UnknownStep, "step of the attack", steps),
            injects: Known::new(Code::UnknownInject, "inject", injects),
            expectations: Known::new(Code::UnknownExpectation, "expectation", expectations),
        }
    }

    fn addressees<'n>(
        &self,
        scene: Scene<'_>,
        addressees: impl IntoIterator<Item = &'n Addressee>,
        out: &mut Vec<Diagnostic>,
    ) {
        for addressee in addressees {
            if let Addressee::Role(name) = addressee {
                self.roles.hold(scene, name, out);
            }
        }
    }
}

/// What: a person, role, asset or channel that the organisation names and does not define.
/// Why: the reference would silently mean nobody or nothing.
/// Example: `deputies: ["jonsa"]` where the person is `jonas`.
pub(super) fn of_organisation(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(organisation), index) = (scene.organisation, Index::new(scene)) else {
        return;
    };
    people_and_roles(scene, organisation, &index, out);
    for asset in &organisation.assets {
        index.roles.all(scene, &asset.owner, out);
        index.assets.all(
            scene,
            asset
                .depends_on
                .iter()
                .chain(asset.backed_up_by.iter().flatten()),
            out,
        );
    }
    for pair in organisation.network.iter().flatten() {
        index.assets.all(scene, [&pair.0, &pair.1], out);
    }
    for channel in &organisation.channels {
        index.assets.all(scene, &channel.depends_on, out);
    }
    for source in &organisation.monitoring {
        index.assets.all(scene, &source.runs_on, out);
        index.channels.all(scene, &source.via, out);
        index.addressees(scene, &source.tells, out);
        let seen = source.sees.iter().flat_map(|sight| &sight.assets);
        index.assets.all(scene, seen, out);
    }
    for stakeholder in &organisation.stakeholders {
        index.channels.all(scene, &stakeholder.channels, out);
    }
    for risk in &organisation.risks {
        index.roles.all(scene, &risk.owner, out);
    }
}

fn people_and_roles(
    scene: Scene<'_>,
    organisation: &Organisation,
    index: &Index<'_>,
    out: &mut Vec<Diagnostic>,
) {
    for person in &organisation.people {
        index.roles.all(scene, &person.roles, out);
        index.channels.all(scene, &person.channels, out);
    }
    for role in &organisation.roles {
        index
            .people
            .all(scene, role.holders.iter().chain(&role.deputies), out);
    }
    for team in &organisation.teams {
        index.roles.all(scene, &team.roles, out);
        index.channels.all(scene, &team.bridge, out);
    }
    for group in &organisation.groups {
        index.assets.all(scene, &group.uses, out);
        index.channels.all(scene, &group.channel, out);
    }
}

/// What: a task, role, channel, asset, decision or obligation that the plan names and that is not
/// defined.
/// Why: a task after one that does not exist would never be ready.
/// Example: `after: ["triaeg"]` where the task is `triage`.
pub(super) fn of_plan(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), index) = (scene.plan, Index::new(scene)) else {
        return;
    };
    tasks_of(scene, plan, &index, out);
    index.addressees(scene, plan.owner.iter().chain(&plan.approved_by), out);
    let classifiers = plan.classification.iter().flat_map(|c| &c.by);
    index.addressees(scene, classifiers, out);
    let escalated = plan.escalation.iter().flat_map(|escalation| &escalation.to);
    index.addressees(scene, escalated, out);
    for obligation in &plan.communication {
        index.tasks.all(scene, &obligation.task, out);
        index.obligations.all(scene, &obligation.after, out);
        index.channels.all(scene, &obligation.via, out);
        index.addressees(scene, obligation.by.iter().chain(&obligation.approval), out);
    }
    for decision in &plan.decisions {
        index.addressees(scene, &decision.by, out);
        consequences(scene, decision, &index, out);
    }
    let organisation = scene.organisation;
    let yardstick = organisation.and_then(|organisation| organisation.yardstick.as_ref());
    for condition in yardstick.into_iter().flat_map(walk::of_yardstick) {
        condition_names(scene, Site::Plan, condition, &index, out);
    }
    for (_, condition) in walk::of_plan(plan) {
        condition_names(scene, Site::Plan, condition, &index, out);
    }
    for act in walk::acts_of_plan(plan) {
        if let Some(selector) = &act.on {
            walk::parts_of(selector, &mut |part| {
                index.assets.all(scene, ids::names_asset(&part.value), out);
            });
        }
    }
}

fn tasks_of(scene: Scene<'_>, plan: &Plan, index: &Index<'_>, out: &mut Vec<Diagnostic>) {
    for task in &plan.tasks {
        index
            .tasks
            .all(scene, task.after.iter().chain(&task.after_any), out);
        index.channels.all(scene, &task.via, out);
        let people = [
            Some(&task.by),
            task.accountable.as_ref(),
            task.approval.as_ref(),
        ];
        index.addressees(scene, people.into_iter().flatten(), out);
        index.addressees(scene, task.consulted.iter().chain(&task.informed), out);
    }
}

fn consequences(
    scene: Scene<'_>,
    decision: &Decision,
    index: &Index<'_>,
    out: &mut Vec<Diagnostic>,
) {
    for consequence in decision.options.iter().flat_map(|option| &option.then) {
        match &consequence.value {
            Consequence::Undo(_) => {}
            Consequence::Start(task) | Consequence::Omit(task) => {
                index.tasks.hold(scene, task, out);
            }
            Consequence::Fire(inject) | Consequence::Skip(inject) => {
                index.injects.hold(scene, inject, out);
            }
            Consequence::NotRequired(duty) => index.obligations.hold(scene, duty, out),
        }
    }
}

/// What: a step, inject, expectation, decision or incident that the scenario names and does not
/// define.
/// Why: a step after one that does not exist would never run, and the attack would end early.
/// Example: `reveals: [Step("encypt")]` where the step is `encrypt`.
pub(super) fn of_scenario(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(scenario), index) = (scene.scenario, Index::new(scene)) else {
        return;
    };
    for step in &scenario.attack {
        index
            .steps
            .all(scene, step.after.iter().chain(&step.after_any), out);
        incident(scene, step.incident.as_ref(), scenario, &index, out);
    }
    for inject in &scenario.injects {
        incident(scene, inject.incident.as_ref(), scenario, &index, out);
        for reveal in &inject.reveals {
            if let Reveal::Step(step) = &reveal.value {
                index.steps.hold(scene, step, out);
            }
        }
    }
    for decision in walk::decisions_of_scenario(scenario) {
        for consequence in decision.options.iter().flat_map(|option| &option.then) {
            if let Consequence::Fire(inject) | Consequence::Skip(inject) = &consequence.value {
                index.injects.hold(scene, inject, out);
            }
        }
    }
    for objective in &scenario.objectives {
        let named = objective.critical.iter().chain(&objective.supporting);
        index.expectations.all(scene, named, out);
    }
    for condition in walk::of_scenario(scenario) {
        condition_names(scene, Site::Scenario, condition, &index, out);
    }
}

/// A scenario with one incident calls it `main`.
fn incident(
    scene: Scene<'_>,
    name: Option<&Name>,
    scenario: &Scenario,
    index: &Index<'_>,
    out: &mut Vec<Diagnostic>,
) {
    if let Some(name) = name
        && !(scenario.incidents.is_empty() && name.as_str() == "main")
    {
        index.incidents.hold(scene, name, out);
    }
}

fn condition_names(
    scene: Scene<'_>,
    site: Site,
    condition: &Spanned<Condition>,
    index: &Index<'_>,
    out: &mut Vec<Diagnostic>,
) {
    walk::each(condition, &mut |part| {
        index.steps.all(scene, ids::names_step(&part.value), out);
        match &part.value {
            Condition::Done(task) if site == Site::Plan => index.tasks.hold(scene, task, out),
            Condition::InjectDelivered(inject) if site == Site::Scenario => {
                index.injects.hold(scene, inject, out);
            }
            Condition::Decided(decision, option) => decided(scene, decision, option, out),
            Condition::Known(about) => known(scene, &about.value, index, out),
            _ => {}
        }
    });
    if site == Site::Plan {
        walk::selectors(condition, &mut |selector| {
            index
                .assets
                .all(scene, ids::names_asset(&selector.value), out);
        });
    }
}

fn known(scene: Scene<'_>, about: &About, index: &Index<'_>, out: &mut Vec<Diagnostic>) {
    let incident = match about {
        About::Alerted(of)
        | About::Real(of)
        | About::Declared(of)
        | About::PersonalData(of)
        | About::Scope(of)
        | About::Cause(of) => of.as_ref(),
        About::Step(_) => None,
        About::Asset(asset, _) => {
            index.assets.hold(scene, asset, out);
            None
        }
    };
    if let (Some(name), Some(scenario)) = (incident, scene.scenario) {
        self::incident(scene, Some(name), scenario, index, out);
    }
}

/// A decision, and one of its options, by name.
fn decided(scene: Scene<'_>, decision: &Name, option: &Name, out: &mut Vec<Diagnostic>) {
    let planned = scene.plan.iter().flat_map(|plan| &plan.decisions);
    let asked = scene
        .scenario
        .into_iter()
        .flat_map(walk::decisions_of_scenario);
    let all: Vec<&Decision> = planned.chain(asked).collect();
    let Some(found) = all.iter().find(|known| known.id.value == decision.value) else {
        let ids = all.iter().map(|known| &known.id);
        return Known::new(Code::UnknownDecision, "decision", Some(ids)).hold(scene, decision, out);
    };
    let options = found.options.iter().map(|option| &option.id);
    Known::new(
        Code::UnknownDecision,
        "option of this decision",
        Some(options),
    )
    .hold(scene, option, out);
}
