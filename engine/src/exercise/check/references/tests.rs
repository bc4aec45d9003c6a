//! A forged id is an error, wherever it stands.

use crate::exercise::{
    Act, Addressee, AssetId, AssetKind, AssetState, Capability, ChannelId, ChannelKind, Condition,
    Consequence, Criterion, DecisionId, Effect, Exercise, ExpectationId, Fact, Function,
    IncidentId, InjectId, Knowable, Mark, Measure, Object, ObligationId, OptionId, Parts, PersonId,
    Phase, Reveal, Risk, RoleId, Selector, Severity, SeverityRule, SourceKind, Span, Stage,
    StakeholderKind, StepId, TaskId, Team, Trigger,
};
use crate::simulation::fixture;
use serde_json::Value;
use std::collections::BTreeSet;

/// Where ids stand: the last two keys or words on the way to each.
const IDS: &[&str] = &[
    "/stand_ins",
    "Both/Asset",
    "Is/Decided",
    "Is/Done",
    "Is/InjectDelivered",
    "Is/Reached",
    "Known/Alerted",
    "Known/Asset",
    "Known/Cause",
    "Known/Declared",
    "Known/PersonalData",
    "Known/Real",
    "Known/Scope",
    "Known/Step",
    "accountable/Role",
    "approval/Role",
    "approved_by/Role",
    "assets/backed_up_by",
    "assets/depends_on",
    "assets/owner",
    "by/Role",
    "channels/depends_on",
    "consulted/Role",
    "expectations/incident",
    "expectations/inject",
    "from/After",
    "groups/channel",
    "groups/uses",
    "informed/Role",
    "injects/decide",
    "injects/incident",
    "objectives/critical",
    "objectives/supporting",
    "obligations/task",
    "of/Role",
    "organisation/network",
    "owner/Role",
    "people/channels",
    "reveals/Step",
    "risks/owner",
    "roles/deputies",
    "roles/holders",
    "scenario/main",
    "sees/assets",
    "sources/runs_on",
    "sources/via",
    "stakeholders/channels",
    "steps/after",
    "steps/after_any",
    "steps/incident",
    "tasks/after",
    "tasks/after_any",
    "tasks/notifies_for",
    "tasks/via",
    "teams/bridge",
    "teams/roles",
    "tells/Role",
    "then/Fire",
    "then/NotRequired",
    "then/Omit",
    "then/Skip",
    "then/Start",
    "to/Role",
];

/// Where other numbers stand. A new field belongs into one of the two lists.
const NUMBERS: &[&str] = &[
    "/inputs",
    "/limit",
    "/onset",
    "/startex",
    "Is/Elapsed",
    "Is/RecordsExposed",
    "Is/Since",
    "after/Fixed",
    "assets/holds",
    "assets/loss_per_hour",
    "assets/worth_per_hour",
    "channels/verified_days_ago",
    "classification/reassess_within",
    "decisions/weight",
    "escalation/after",
    "expectations/weight",
    "expectations/within",
    "groups/knows_channel",
    "groups/reports",
    "groups/size",
    "groups/trained_days_ago",
    "hours/from",
    "hours/until",
    "hours/weekday",
    "injects/at",
    "obligations/weight",
    "people/awake_before_shift",
    "per_record/personal_data",
    "per_record/records",
    "per_record/special_category",
    "risks/per_thousand_years",
    "scenario/difficulty",
    "scoring/parts",
    "scoring/phases",
    "scoring/reached_share",
    "sees/chance",
    "shift/from",
    "shift/until",
    "shift/weekday",
    "sources/raises",
    "stakeholders/verified_days_ago",
    "steps/chance",
    "steps/money",
    "steps/share",
    "steps/visibility",
    "takes/Fixed",
    "tasks/people",
    "tasks/weight",
    "teams/quorum",
    "within/Elapsed",
    "yardstick/reassess_within",
    "zone/offsets",
];

fn role() -> Addressee {
    Addressee::Role(RoleId::new(0))
}

fn asset() -> Selector {
    Selector::Both(vec![Selector::Asset(AssetId::new(0))])
}

fn act(measure: Measure) -> Act {
    fixture::act(measure, Object::Assets(asset()))
}

/// A condition with every fact that names something.
fn facts() -> Condition {
    let incident = IncidentId::new(0);
    let step = StepId::new(0);
    let known = [
        Knowable::Alerted(incident),
        Knowable::Real(incident),
        Knowable::Declared(incident),
        Knowable::PersonalData(incident),
        Knowable::Scope(incident),
        Knowable::Cause(incident),
        Knowable::Step(step),
        Knowable::Asset(incident, AssetId::new(0), AssetState::Encrypted),
    ];
    let named = [
        Fact::Done(TaskId::new(0)),
        Fact::Decided(DecisionId::new(0), OptionId::new(0)),
        Fact::Taken(Measure::Isolate, asset()),
        Fact::Reached(step),
        Fact::InState(asset(), AssetState::Encrypted),
        Fact::InjectDelivered(InjectId::new(0)),
        Fact::RecordsExposed(1),
        Fact::Elapsed(Span::HOUR),
        Fact::Since(Mark::Declared, Span::HOUR),
    ];
    let all = named.into_iter().chain(known.map(Fact::Known));
    let all: Vec<Condition> = all.map(Condition::Is).collect();
    Condition::Not(Box::new(Condition::Any(vec![Condition::All(all)])))
}

/// An exercise in which something stands wherever an id can.
fn full() -> Parts {
    let mut parts = fixture::parts();
    organisation(&mut parts);
    plan(&mut parts);
    scenario(&mut parts);
    parts.stand_ins = vec![(Function::Legal, RoleId::new(0))];
    parts
}

fn organisation(parts: &mut Parts) {
    let (first, channel) = (AssetId::new(0), ChannelId::new(0));
    let organisation = &mut parts.organisation;
    organisation.roles[0].deputies = vec![PersonId::new(0)];
    organisation.teams = vec![Team {
        slug: fixture::slug("team"),
        roles: vec![RoleId::new(0)],
        quorum: 1,
        bridge: Some(channel),
    }];
    let mut group = fixture::group("staff");
    (group.uses, group.channel) = (vec![first], Some(channel));
    organisation.groups = vec![group];
    let mut second = fixture::asset("b", AssetKind::FileServer);
    second.owner = Some(RoleId::new(0));
    second.depends_on = vec![first];
    second.backed_up_by = Some(vec![first]);
    organisation.assets = vec![fixture::asset("a", AssetKind::BackupServer), second];
    organisation.network = Some(vec![(first, AssetId::new(1))]);
    let mut phone = fixture::channel("phone", ChannelKind::MobilePhone);
    phone.depends_on = vec![first];
    organisation.channels = vec![phone];
    let mut source = fixture::source("siem", SourceKind::Siem);
    (source.runs_on, source.via, source.tells) = (Some(first), Some(channel), role());
    source.sees[0].assets = vec![first];
    organisation.sources = vec![source];
    let mut authority = fixture::stakeholder("authority", StakeholderKind::NationalCsirt);
    authority.channels = vec![channel];
    organisation.stakeholders = vec![authority];
    organisation.risks = vec![Risk {
        slug: fixture::slug("risk"),
        title: String::new(),
        owner: Some(RoleId::new(0)),
        per_thousand_years: 1,
        scenario: None,
        treatment: String::new(),
        appetite: None,
        accepted_outage: None,
    }];
}

fn plan(parts: &mut Parts) {
    let plan = &mut parts.plan;
    (plan.owner, plan.approved_by) = (Some(role()), Some(role()));
    plan.classification.by = vec![role()];
    plan.classification.rules = vec![SeverityRule {
        level: Severity::High,
        impact: None,
        when: facts(),
    }];
    plan.lifecycle = vec![Stage {
        name: String::new(),
        phase: Phase::Response,
        entry: Some(facts()),
        exit: Some(facts()),
    }];
    parts.yardstick.criteria = vec![Criterion {
        phase: Phase::Response,
        entry: Some(facts()),
        exit: Some(facts()),
    }];
    parts.yardstick.rules = plan.classification.rules.clone();
    plan.escalation.to = vec![role()];
    let first = fixture::task("a", Phase::Response, Measure::Isolate);
    let mut second = fixture::task("b", Phase::Response, Measure::Isolate);
    second.by = role();
    (second.accountable, second.approval) = (Some(role()), Some(role()));
    (second.consulted, second.informed) = (vec![role()], vec![role()]);
    (second.after, second.after_any) = (vec![TaskId::new(0)], vec![TaskId::new(0)]);
    (second.when, second.via) = (Some(facts()), Some(ChannelId::new(0)));
    let evidence = Object::Evidence(None, asset());
    second.does = vec![
        act(Measure::Isolate),
        fixture::act(Measure::Preserve, evidence),
    ];
    second.notifies_for = Some(ObligationId::new(0));
    plan.tasks = vec![first, second];
    let mut option = fixture::choice("yes");
    option.then = vec![
        Consequence::Undo(Measure::Isolate),
        Consequence::Start(TaskId::new(0)),
        Consequence::Omit(TaskId::new(0)),
        Consequence::Fire(InjectId::new(0)),
        Consequence::Skip(InjectId::new(0)),
        Consequence::NotRequired(ObligationId::new(0)),
    ];
    let mut decision = fixture::decision("decision", vec![option]);
    (decision.by, decision.when) = (role(), Some(facts()));
    plan.decisions = vec![decision];
    let mut parent = fixture::obligation("a", StakeholderKind::NationalCsirt);
    (parent.by, parent.task) = (role(), Some(TaskId::new(0)));
    let mut child = fixture::obligation("b", StakeholderKind::NationalCsirt);
    child.from = Trigger::After(ObligationId::new(0));
    plan.obligations = vec![parent, child];
}

fn scenario(parts: &mut Parts) {
    let scenario = &mut parts.scenario;
    let first = fixture::step("a", Effect::Compromise);
    let mut second = fixture::step("b", Effect::Encrypt);
    (second.after, second.after_any) = (vec![StepId::new(0)], vec![StepId::new(0)]);
    (second.when, second.unless) = (Some(facts()), Some(facts()));
    second.targets = asset();
    scenario.steps = vec![first, second];
    let mut inject = fixture::inject("inject");
    (inject.to, inject.decide) = (role(), Some(DecisionId::new(0)));
    (inject.when, inject.unless) = (Some(facts()), Some(facts()));
    inject.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(0))];
    scenario.injects = vec![inject];
    let mut expected = fixture::expectation("expected", act(Measure::Isolate));
    (expected.of, expected.before) = (role(), Some(act(Measure::Restore)));
    scenario.expectations = vec![expected];
    let mut objective = fixture::objective("objective", Capability::Contain);
    (objective.critical, objective.supporting) =
        (vec![ExpectationId::new(0)], vec![ExpectationId::new(0)]);
    (objective.success, objective.harm) = (Some(facts()), Some(facts()));
    scenario.objectives = vec![objective];
    scenario.ends = facts();
}

/// The place of every number: the way to it, and the last two keys or words on it.
fn numbers(value: &Value, way: &str, key: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Number(_) => found.push((way.to_owned(), key.to_owned())),
        Value::Array(all) => {
            for (i, one) in all.iter().enumerate() {
                numbers(one, &format!("{way}/{i}"), key, found);
            }
        }
        Value::Object(fields) => {
            for (name, one) in fields {
                let (_, last) = key.rsplit_once('/').unwrap_or(("", key));
                let key = format!("{last}/{name}");
                numbers(one, &format!("{way}/{name}"), &key, found);
            }
        }
        _ => {}
    }
}

/// The parts with another number in one place; `None` where it does not fit there at all.
fn forged(whole: &Value, way: &str, number: u64) -> Option<Result<Exercise, String>> {
    let mut forged = whole.clone();
    *forged.pointer_mut(way)? = Value::from(number);
    let parts: Parts = serde_json::from_value(forged).ok()?;
    Some(Exercise::new(parts).map_err(|error| error.to_string()))
}

#[test]
fn every_id_that_points_nowhere_is_an_error_and_never_a_panic() {
    let parts = full();
    Exercise::new(parts.clone()).expect("it is valid as it is");
    let whole = serde_json::to_value(&parts).expect("parts are data");
    let mut found = Vec::new();
    numbers(&whole, "", "", &mut found);
    let (mut ids, mut others) = (BTreeSet::new(), BTreeSet::new());
    for (way, key) in &found {
        let error = forged(&whole, way, 60_000).and_then(Result::err);
        let nowhere = error.is_some_and(|error| error.contains("number 60000"));
        let kind = if nowhere { &mut ids } else { &mut others };
        kind.insert(key.as_str());
    }
    // Whatever is not found to point nowhere is a number that is no id, and stands in this list.
    assert_eq!(others.into_iter().collect::<Vec<_>>(), NUMBERS);
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), IDS);
}
