//! Who stands in where nobody has a function, and what the definitions ask for in vain.

use super::Given;
use super::binder::Binder;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::Id;
use hotwash_engine::exercise::{
    Act, AssetId, Effect, Function, GapKind, Measure, Object, Organisation, Phase, Plan, RoleId,
    Scenario, Selector, Step, Task,
};

/// Functions that every exercise asks for, whatever its plan and scenario say.
const ALWAYS: [Function; 3] = [
    Function::PointOfContact,
    Function::Analyst,
    Function::IncidentManager,
];

impl Binder {
    /// Who stands in for functions that no role has. Those that something asks for are said: as a
    /// default where somebody stands in, else as a gap.
    pub(super) fn stand_ins(&mut self, organisation: &Organisation) -> Vec<(Function, RoleId)> {
        for function in ALWAYS {
            self.function(function, "every exercise");
        }
        let mut all = Vec::new();
        for function in Function::ALL {
            if organisation.roles_of(*function).next().is_some() {
                continue;
            }
            let mut others = defaults::stand_ins_of(*function).iter();
            let found = others.find_map(|other| organisation.roles_of(*other).next());
            all.extend(found.map(|role| (*function, role)));
            let wanted = self.wanted.get(function).cloned();
            for (i, by) in wanted.into_iter().flatten().enumerate() {
                match found {
                    Some(role) if i == 0 => {
                        let role = &organisation.roles[role.index()].slug;
                        let place = format!("organisation.roles.{function}");
                        let written = format!("role {role} stands in");
                        self.ledger.assume(&place, "", written, ILLUSTRATIVE);
                    }
                    Some(_) => {}
                    None => self.gap(GapKind::NoRole, format!("Function {function}"), &by),
                }
            }
        }
        all
    }

    /// Everything else that is asked for and not there.
    pub(super) fn gaps_of(
        &mut self,
        organisation: &Organisation,
        plan: &Plan,
        scenario: &Scenario,
        given: &Given<'_>,
    ) {
        self.unheld(organisation, given.organisation.id.as_ref());
        self.phases_not_in_plan(plan, given.plan.id.as_ref());
        for step in &scenario.steps {
            self.gaps_of_step(organisation, step);
        }
        for expectation in &scenario.expectations {
            let by = format!("expectation {}", expectation.slug);
            let Some(act) = expectation.asks.done() else {
                continue;
            };
            self.gaps_of_act(organisation, act, &by);
            if !takes(plan, act) {
                self.gap(GapKind::NoTask, described(act), &by);
            }
        }
        for task in &plan.tasks {
            let by = format!("task {}", task.slug);
            for act in &task.does {
                if let Object::Stakeholder(_) = act.on {
                    self.gaps_of_act(organisation, act, &by);
                }
            }
        }
        for obligation in plan.obligations.iter().filter(|of| of.is_in_plan()) {
            let by = format!("obligation {}", obligation.slug);
            self.stakeholder(organisation, obligation.to, &by);
        }
    }

    fn stakeholder(
        &mut self,
        organisation: &Organisation,
        kind: hotwash_engine::exercise::StakeholderKind,
        by: &str,
    ) {
        if !organisation.stakeholders.iter().any(|one| one.kind == kind) {
            self.gap(GapKind::NoStakeholder, format!("Stakeholder {kind}"), by);
        }
    }

    fn gaps_of_act(&mut self, organisation: &Organisation, act: &Act, by: &str) {
        match &act.on {
            Object::Stakeholder(kind) => self.stakeholder(organisation, *kind, by),
            Object::Assets(selector) | Object::Evidence(_, selector) => {
                if candidates(organisation, selector).next().is_none() {
                    self.gap(GapKind::NoAsset, choice(selector), by);
                }
            }
            Object::Incident => {}
        }
    }

    fn gaps_of_step(&mut self, organisation: &Organisation, step: &Step) {
        let by = format!("step {}", step.slug);
        let targets: Vec<AssetId> = candidates(organisation, &step.targets).collect();
        if targets.is_empty() {
            self.gap(GapKind::NoAsset, choice(&step.targets), &by);
            return;
        }
        if !targets
            .iter()
            .any(|asset| is_seen(organisation, step, *asset))
        {
            let missing = match step.technique.as_str() {
                "" => format!("Source for {}", step.effect),
                technique => format!("Source for {technique}"),
            };
            self.gap(GapKind::NotVisible, missing, &by);
        }
    }

    fn phases_not_in_plan(&mut self, plan: &Plan, id: Option<&Id>) {
        let whose = id.map_or_else(|| "plan".to_owned(), |id| format!("plan {}", id.value));
        for phase in Phase::ALL {
            let own = plan.lifecycle.iter();
            let mut own = own.filter(|stage| stage.phase == *phase);
            let own = own.any(|stage| stage.entry.is_some());
            let able = |measure: &Measure| plan.tasks_taking(*measure).next().is_some();
            if !own && !reaching(*phase).iter().any(able) {
                let missing = format!("Phase {phase}");
                self.gap(GapKind::PhaseNotInPlan, missing, &whose);
            }
        }
    }
}

/// The measures with which a phase is reached, or without which it cannot be registered.
fn reaching(phase: Phase) -> Vec<Measure> {
    use Measure as M;
    match phase {
        Phase::Identification => vec![M::Report, M::Log, M::Triage],
        Phase::Assessment => vec![M::Triage, M::Investigate, M::Declare, M::Reject],
        Phase::Response => {
            let all = M::ALL.iter().copied();
            all.filter(|measure| measure.contains() || *measure == M::Activate)
                .collect()
        }
        Phase::Resolution => vec![
            M::Evict,
            M::Revoke,
            M::Patch,
            M::Harden,
            M::RotateCredentials,
            M::FindCause,
        ],
        Phase::Recovery => vec![M::Restore, M::Rebuild, M::Failover],
        Phase::Closure => vec![M::Review, M::IssueReport, M::AssignAction, M::Close],
    }
}

/// Whether some task of a plan answers an expected act.
fn takes(plan: &Plan, expected: &Act) -> bool {
    plan.tasks.iter().any(|task| answers(task, expected))
}

/// Whether a task takes an expected measure, or one that implies it or stands for it, on whatever asset.
pub(crate) fn answers(task: &Task, expected: &Act) -> bool {
    task.does.iter().any(|act| is_answer(act, expected))
}

/// Whether an act is the expected one, implies it or stands for it, on whatever asset.
pub(crate) fn is_answer(act: &Act, expected: &Act) -> bool {
    use Measure as M;
    let implied: &[M] = match expected.measure {
        M::Classify => &[M::Declare],
        M::Report | M::Log => &[M::Triage],
        M::Scope => &[M::Triage, M::Investigate],
        M::Verify => &[M::Restore],
        M::Reconnect => &[M::Verify, M::Restore, M::Rebuild, M::Failover],
        // Whatever brings service and data back stands for each of the others, and puts data right.
        wanted if M::PUTTING_RIGHT.contains(&wanted) => M::BRINGING_BACK,
        _ => &[],
    };
    match (&act.on, &expected.on) {
        (Object::Stakeholder(told), Object::Stakeholder(kind)) => told == kind,
        (Object::Evidence(item, _), Object::Evidence(wanted, _)) => {
            item.is_none() || wanted.is_none() || item == wanted
        }
        _ => act.measure == expected.measure || implied.contains(&act.measure),
    }
}

/// An act in words, such as `Measure Notify Media`.
fn described(act: &Act) -> String {
    match &act.on {
        Object::Stakeholder(kind) => format!("Measure {} {kind}", act.measure),
        Object::Evidence(Some(item), _) => format!("Measure {} {item}", act.measure),
        _ => format!("Measure {}", act.measure),
    }
}

/// The assets that a choice can ever select: what an asset is is known, its state is not.
pub(crate) fn candidates<'o>(
    organisation: &'o Organisation,
    selector: &'o Selector,
) -> impl Iterator<Item = AssetId> + 'o {
    let all = (0..organisation.assets.len()).map(AssetId::new);
    all.filter(move |asset| may_be(organisation, *asset, selector))
}

/// Whether a choice can ever select an asset.
pub(crate) fn may_be(organisation: &Organisation, id: AssetId, selector: &Selector) -> bool {
    let asset = &organisation.assets[id.index()];
    match selector {
        Selector::Everything | Selector::Affected | Selector::InState(_) => true,
        Selector::Kind(kind) => asset.kind == *kind,
        Selector::Asset(named) => *named == id,
        Selector::Holding(data) => asset.holds(*data),
        Selector::Valued(dimension, level) => asset.value(*dimension) >= *level,
        Selector::Both(of) => of.iter().all(|one| may_be(organisation, id, one)),
    }
}

/// A choice in words, such as `Kind BackupServer`.
fn choice(selector: &Selector) -> String {
    match selector {
        Selector::Everything | Selector::Affected | Selector::Asset(_) => "Asset".to_owned(),
        Selector::Kind(kind) => format!("Kind {kind}"),
        Selector::Holding(data) => format!("Holding {data:?}"),
        Selector::Valued(dimension, level) => format!("Valued {dimension:?} {level}"),
        Selector::InState(state) => format!("{state:?}"),
        Selector::Both(of) => {
            let all: Vec<String> = of.iter().map(choice).collect();
            all.join(" and ")
        }
    }
}

/// Whether some source could see a step on an asset, or staff who use it could.
fn is_seen(organisation: &Organisation, step: &Step, asset: AssetId) -> bool {
    let kind = organisation.assets[asset.index()].kind;
    let mut sources = organisation.sources.iter();
    let by_source = sources.any(|source| {
        source.sees.iter().any(|sight| {
            sight.chance.0 > 0
                && step.visibility > 0
                && covers(&sight.techniques, &step.technique)
                && among(&sight.kinds, &kind)
                && among(&sight.assets, &asset)
        })
    });
    let felt = matches!(step.effect, Effect::Encrypt | Effect::Disrupt);
    let mut groups = organisation.groups.iter();
    by_source || (felt && groups.any(|group| group.uses.contains(&asset)))
}

fn among<T: PartialEq>(list: &[T], one: &T) -> bool {
    list.is_empty() || list.contains(one)
}

/// Whether techniques cover one: a technique covers its sub-techniques; none named covers all.
pub(super) fn covers(techniques: &[String], technique: &str) -> bool {
    let parent = technique.split_once('.').map_or(technique, |(id, _)| id);
    let mut all = techniques.iter();
    techniques.is_empty() || all.any(|known| known == technique || known == parent)
}
