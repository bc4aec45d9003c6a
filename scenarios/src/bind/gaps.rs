//! What the definitions ask for and do not have: named, and played without.

use super::sorted;
use hotwash_engine::exercise::{
    Act, Addressee, AssetKind, Function, Gap, GapKind, Measure, Object, Parts, Phase, RoleId,
    Selector, StakeholderKind,
};

/// Finds who stands in for functions that no role has, and what is missing.
pub(super) fn fill(parts: &mut Parts) {
    let mut gaps = Vec::new();
    roles(parts, &mut gaps);
    holders(parts, &mut gaps);
    phases(parts, &mut gaps);
    assets(parts, &mut gaps);
    stakeholders(parts, &mut gaps);
    channels(parts, &mut gaps);
    tasks(parts, &mut gaps);
    sights(parts, &mut gaps);
    parts.gaps = sorted(gaps);
}

fn gap(kind: GapKind, missing: String, wanted_by: String) -> Gap {
    Gap {
        kind,
        missing,
        wanted_by,
    }
}

/// Every addressee, with what addresses it.
fn addressed(parts: &Parts) -> Vec<(Addressee, String)> {
    let mut found = Vec::new();
    for task in &parts.plan.tasks {
        let wants = format!("task {}", task.slug);
        let to = [Some(task.by), task.accountable, task.approval];
        let told = task.consulted.iter().chain(&task.informed).copied();
        found.extend(
            to.into_iter()
                .flatten()
                .chain(told)
                .map(|to| (to, wants.clone())),
        );
    }
    for decision in &parts.plan.decisions {
        found.push((decision.by, format!("decision {}", decision.slug)));
    }
    for obligation in &parts.plan.obligations {
        found.push((obligation.by, format!("clock {}", obligation.slug)));
    }
    for source in &parts.organisation.sources {
        found.push((source.tells, format!("source {}", source.slug)));
    }
    for inject in &parts.scenario.injects {
        found.push((inject.to, format!("inject {}", inject.slug)));
    }
    for expectation in &parts.scenario.expectations {
        found.push((expectation.of, format!("expectation {}", expectation.slug)));
    }
    found
}

fn roles(parts: &mut Parts, gaps: &mut Vec<Gap>) {
    let mut stand_ins = Vec::new();
    for (to, wanted_by) in addressed(parts) {
        let Addressee::Function(function) = to else {
            continue;
        };
        if parts.organisation.roles_of(function).next().is_some() {
            continue;
        }
        stand_ins.extend(stand_in(parts, function).map(|role| (function, role)));
        gaps.push(gap(
            GapKind::NoRole,
            format!("Function {function}"),
            wanted_by,
        ));
    }
    parts.stand_ins = sorted(stand_ins);
}

/// The role that stands in for a function: that of the nearest function that some role has.
fn stand_in(parts: &Parts, function: Function) -> Option<RoleId> {
    use Function as F;
    let near: &[Function] = match function {
        F::Reporter | F::PointOfContact | F::ServiceDesk => &[F::PointOfContact, F::ServiceDesk],
        F::Forensics | F::ThreatIntelligence => &[F::Analyst],
        F::Handler
        | F::TechnicalLead
        | F::ItOperations
        | F::Network
        | F::Identity
        | F::BackupOperator
        | F::Developer
        | F::OtEngineer => &[F::Handler, F::TechnicalLead, F::ItOperations],
        F::Legal | F::DataProtection | F::Compliance | F::OutsideCounsel => {
            &[F::Legal, F::DataProtection, F::Compliance]
        }
        F::Communications | F::Spokesperson | F::CustomerCare => {
            &[F::Communications, F::Spokesperson]
        }
        F::Executive | F::CrisisLead | F::BusinessLead | F::Continuity | F::RiskOwner => {
            &[F::Executive, F::CrisisLead, F::BusinessLead]
        }
        F::IncidentManager | F::Ciso => &[F::Ciso, F::IncidentManager],
        _ => &[],
    };
    let last = [F::Analyst, F::IncidentManager, F::Ciso, F::Executive];
    let leads = matches!(
        function,
        F::Scribe | F::Legal | F::Communications | F::Executive
    );
    let last = if leads {
        [last[1], last[2], last[3], last[0]]
    } else {
        last
    };
    let mut found = near
        .iter()
        .chain(&last)
        .filter_map(|function| parts.organisation.roles_of(*function).next());
    let any = (!parts.organisation.roles.is_empty()).then(|| RoleId::new(0));
    found.next().or(any)
}

fn holders(parts: &Parts, gaps: &mut Vec<Gap>) {
    for role in &parts.organisation.roles {
        if role.holders.is_empty() && role.deputies.is_empty() {
            let missing = format!("Role {}", role.slug);
            gaps.push(gap(GapKind::NoHolder, missing, "organisation".to_owned()));
        }
    }
}

/// Phases that no task of the plan can reach.
fn phases(parts: &Parts, gaps: &mut Vec<Gap>) {
    for phase in Phase::ALL {
        let reaches = |measure: Measure| match phase {
            // Reading a revealing message is enough.
            Phase::Identification => true,
            Phase::Assessment => matches!(
                measure,
                Measure::Triage | Measure::Investigate | Measure::Declare
            ),
            Phase::Response => measure.contains() || measure == Measure::Activate,
            Phase::Resolution => measure.home() == Some(Phase::Resolution),
            Phase::Recovery => {
                matches!(
                    measure,
                    Measure::Restore | Measure::Rebuild | Measure::Failover
                )
            }
            Phase::Closure => matches!(measure, Measure::Review | Measure::Close),
        };
        let tasks = &parts.plan.tasks;
        let any = tasks
            .iter()
            .flat_map(|task| &task.does)
            .any(|act| reaches(act.measure));
        if *phase != Phase::Identification && !any {
            let missing = format!("Phase {phase}");
            gaps.push(gap(GapKind::PhaseNotInPlan, missing, "plan".to_owned()));
        }
    }
}

fn assets(parts: &Parts, gaps: &mut Vec<Gap>) {
    let has = |kind: AssetKind| {
        parts
            .organisation
            .assets
            .iter()
            .any(|asset| asset.kind == kind)
    };
    let mut wanted: Vec<(AssetKind, String)> = Vec::new();
    for step in &parts.scenario.steps {
        let by = format!("step {}", step.slug);
        wanted.extend(
            kinds(&step.targets)
                .into_iter()
                .map(|kind| (kind, by.clone())),
        );
    }
    for expectation in &parts.scenario.expectations {
        let by = format!("expectation {}", expectation.slug);
        let of = on_assets(&expectation.act).map(kinds).unwrap_or_default();
        wanted.extend(of.into_iter().map(|kind| (kind, by.clone())));
    }
    for task in &parts.plan.tasks {
        let by = format!("task {}", task.slug);
        let of = task.does.iter().filter_map(on_assets).flat_map(kinds);
        wanted.extend(of.map(|kind| (kind, by.clone())));
    }
    for (kind, by) in wanted.into_iter().filter(|(kind, _)| !has(*kind)) {
        gaps.push(gap(GapKind::NoAsset, format!("Kind {kind}"), by));
    }
}

fn on_assets(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(assets) | Object::Evidence(_, assets) => Some(assets),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}

fn kinds(assets: &Selector) -> Vec<AssetKind> {
    match assets {
        Selector::Kind(kind) => vec![*kind],
        Selector::Both(parts) => parts.iter().flat_map(kinds).collect(),
        _ => Vec::new(),
    }
}

fn stakeholders(parts: &Parts, gaps: &mut Vec<Gap>) {
    let known = &parts.organisation.stakeholders;
    let has = |kind: StakeholderKind| known.iter().any(|stakeholder| stakeholder.kind == kind);
    let told = |act: &Act| match act.on {
        Object::Stakeholder(kind) => Some(kind),
        _ => None,
    };
    let by_tasks = parts.plan.tasks.iter().flat_map(|task| {
        let kinds = task.does.iter().filter_map(told);
        kinds.map(|kind| (kind, format!("task {}", task.slug)))
    });
    let expected = parts
        .scenario
        .expectations
        .iter()
        .filter_map(|expectation| {
            Some((
                told(&expectation.act)?,
                format!("expectation {}", expectation.slug),
            ))
        });
    for (kind, by) in by_tasks.chain(expected).filter(|(kind, _)| !has(*kind)) {
        gaps.push(gap(
            GapKind::NoStakeholder,
            format!("Stakeholder {kind}"),
            by,
        ));
    }
}

fn channels(parts: &mut Parts, gaps: &mut Vec<Gap>) {
    let known: Vec<_> = parts
        .organisation
        .channels
        .iter()
        .map(|channel| channel.kind)
        .collect();
    for inject in &mut parts.scenario.injects {
        let Some(kind) = inject.via.filter(|kind| !known.contains(kind)) else {
            continue;
        };
        // It comes by the best channel that works instead.
        inject.via = None;
        gaps.push(gap(
            GapKind::NoChannel,
            format!("Channel {kind}"),
            format!("inject {}", inject.slug),
        ));
    }
}

/// Expected measures that no task of the plan takes.
fn tasks(parts: &Parts, gaps: &mut Vec<Gap>) {
    let taken = |wanted: &Act| {
        parts
            .plan
            .tasks
            .iter()
            .flat_map(|task| &task.does)
            .any(|act| {
                let same = act.measure == wanted.measure;
                match (&act.on, &wanted.on) {
                    (Object::Stakeholder(told), Object::Stakeholder(asked)) => {
                        same && told == asked
                    }
                    _ => same,
                }
            })
    };
    for expectation in &parts.scenario.expectations {
        if !taken(&expectation.act) {
            let missing = match expectation.act.on {
                Object::Stakeholder(kind) => format!("{}({kind})", expectation.act.measure),
                _ => expectation.act.measure.to_string(),
            };
            let by = format!("expectation {}", expectation.slug);
            gaps.push(gap(GapKind::NoTask, missing, by));
        }
    }
}

/// Steps that nothing can see.
fn sights(parts: &Parts, gaps: &mut Vec<Gap>) {
    for step in &parts.scenario.steps {
        let covers = |techniques: &[String]| {
            techniques.is_empty()
                || techniques.iter().any(|known| {
                    step.technique == *known
                        || step
                            .technique
                            .strip_prefix(known.as_str())
                            .is_some_and(|rest| rest.starts_with('.'))
                })
        };
        let mut sights = parts
            .organisation
            .sources
            .iter()
            .flat_map(|source| &source.sees);
        let revealed = parts.scenario.injects.iter().any(|inject| {
            let steps = &parts.scenario.steps;
            inject.reveals.iter().any(|reveal| match reveal {
                hotwash_engine::exercise::Reveal::Step(id) => steps[id.index()].slug == step.slug,
                _ => false,
            })
        });
        if !revealed && !sights.any(|sight| covers(&sight.techniques)) {
            let missing = format!("Technique {}", step.technique);
            gaps.push(gap(
                GapKind::NotVisible,
                missing,
                format!("step {}", step.slug),
            ));
        }
    }
}
