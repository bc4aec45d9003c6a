//! How expectations are answered: by acts, on what was asked for, in time, and by whom.

use crate::evaluation::fixture::{
    DECLARE, ISOLATE, NOTHING, RESTORE, Story, incident, plan_and_attack, work,
};
use crate::evaluation::{Act, ExpectationVerdict, NotExercised, Rating, Standing};
use crate::exercise::{
    Asks, AssetId, AssetKind, AssetState, Condition, Effect, EvidenceItem, ExpectationId, Fact,
    Function, Mark, Measure, Object, Parts, PersonId, RoleId, Selector, Span, StepId,
};
use crate::record::{Actor, EndKind, Event};
use crate::simulation::fixture::{self, act, person, role};

/// An expectation to cut off what is affected within an hour of the inject, which an objective cannot do
/// without. Both assets lie on one network.
fn cut_off() -> Parts {
    let mut parts = plan_and_attack();
    let affected = Object::Assets(Selector::Affected);
    parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Isolate, affected));
    parts
}

fn verdict(story: &Story) -> ExpectationVerdict {
    story.evaluation().expectations[0].clone()
}

/// How the expectation stands, and its share in basis points.
fn stands(story: &Story) -> (Standing, u16) {
    let verdict = verdict(story);
    (verdict.standing, verdict.share.0)
}

fn isolated(story: &mut Story, at: i64, asset: usize) -> u32 {
    story.taken(at, NOTHING, ISOLATE, Measure::Isolate, asset)
}

#[test]
fn each_asset_that_was_hit_by_the_limit_counts_alike_and_half_where_it_came_late() {
    let at = |first: Option<i64>, second: Option<i64>| {
        let (mut story, _) = Story::declared(cut_off());
        story.inject(35, NOTHING);
        story.hit(36, 1);
        let mut acts = [(first, 0), (second, 1)];
        acts.sort_unstable();
        for (at, asset) in acts {
            if let Some(at) = at {
                isolated(&mut story, at, asset);
            }
        }
        story.end(400, EndKind::Condition);
        stands(&story)
    };
    assert_eq!(at(Some(40), Some(95)), (Standing::Met, 10_000));
    assert_eq!(at(Some(40), Some(96)), (Standing::Late, 7_500));
    assert_eq!(at(Some(96), Some(96)), (Standing::Late, 5_000));
    assert_eq!(at(Some(40), None), (Standing::Partly, 5_000));
    assert_eq!(at(None, Some(99)), (Standing::Partly, 2_500));
    assert_eq!(at(None, None), (Standing::Missed, 0));
}

#[test]
fn what_was_hit_after_the_limit_is_not_asked_for() {
    for (hit_at, share) in [(95, 5_000), (96, 10_000)] {
        let (mut story, _) = Story::declared(cut_off());
        story.inject(35, NOTHING);
        isolated(&mut story, 40, 0);
        story.hit(hit_at, 1);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story).1, share, "hit at {hit_at}");
    }
}

#[test]
fn what_no_investigation_would_have_found_is_not_asked_for() {
    for (network, share) in [
        (None, 5_000),
        (Some(vec![(AssetId::new(0), AssetId::new(1))]), 5_000),
        (Some(Vec::new()), 10_000),
    ] {
        let mut parts = cut_off();
        parts.organisation.network = network.clone();
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.hit(36, 1);
        isolated(&mut story, 40, 0);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story).1, share, "{network:?}");
    }
}

#[test]
fn a_measure_on_what_was_not_hit_yet_answers_nothing() {
    let (mut story, _) = Story::declared(cut_off());
    story.inject(35, NOTHING);
    isolated(&mut story, 40, 0);
    isolated(&mut story, 40, 1);
    story.hit(50, 1);
    story.end(400, EndKind::Condition);
    assert_eq!(stands(&story), (Standing::Partly, 5_000));
}

#[test]
fn what_was_done_counts_also_where_it_was_undone_later() {
    let (mut story, _) = Story::declared(cut_off());
    story.inject(35, NOTHING);
    isolated(&mut story, 40, 0);
    let (measure, asset) = (Measure::Isolate, AssetId::new(0));
    story.add(41, NOTHING, Event::MeasureLifted { measure, asset });
    story.end(400, EndKind::Condition);
    assert_eq!(stands(&story), (Standing::Met, 10_000));
}

#[test]
fn what_another_measure_contained_in_time_need_not_be_cut_off_unless_it_was_only_switched_off() {
    let (met, partly) = ((Standing::Met, 10_000), (Standing::Partly, 5_000));
    for (other, stopped_by, at, expected) in [
        (Measure::WipeRemotely, None, 90, met),
        (Measure::WipeRemotely, None, 96, partly),
        (Measure::Shutdown, None, 90, partly),
        (Measure::Harden, None, 90, partly),
        // A filter or a block contains what came by what it stops, and nothing else.
        (Measure::Block, None, 90, partly),
        (Measure::Filter, Some(Measure::Block), 90, partly),
        (Measure::Block, Some(Measure::Block), 90, met),
        (Measure::Block, Some(Measure::Block), 96, partly),
    ] {
        let mut parts = cut_off();
        parts.scenario.steps[0].stopped_by = stopped_by.into_iter().collect();
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.hit(36, 1);
        isolated(&mut story, 40, 0);
        story.taken(at, NOTHING, ISOLATE, other, 1);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story), expected, "{other:?} at {at}");
    }
}

#[test]
fn bringing_back_is_asked_for_what_was_lost_and_not_for_what_had_only_a_foothold() {
    for (effect, expected) in [
        (Effect::Encrypt, Standing::Missed),
        (Effect::Alter, Standing::Missed),
        (Effect::Disrupt, Standing::Missed),
        (
            Effect::Compromise,
            Standing::NotExercised(NotExercised::NothingToActOn),
        ),
    ] {
        let mut parts = cut_off();
        parts.scenario.steps[0].effect = effect;
        let affected = Object::Assets(Selector::Affected);
        parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Restore, affected));
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story).0, expected, "{effect:?}");
    }
}

#[test]
fn evidence_is_asked_for_where_the_kind_of_asset_holds_it() {
    for (kind, expected) in [
        (AssetKind::FileServer, Standing::Missed),
        (
            AssetKind::Account,
            Standing::NotExercised(NotExercised::NothingToActOn),
        ),
    ] {
        let mut parts = cut_off();
        parts.organisation.assets[0] = fixture::asset("files", kind);
        let memory = Object::Evidence(Some(EvidenceItem::Memory), Selector::Affected);
        parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Preserve, memory));
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story).0, expected, "{kind:?}");
    }
}

#[test]
fn by_kind_it_is_asked_for_on_all_whether_or_not_they_were_hit() {
    let mut parts = cut_off();
    let mail = Object::Assets(Selector::Kind(AssetKind::MailServer));
    parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Isolate, mail));
    for done in [true, false] {
        let (mut story, _) = Story::declared(parts.clone());
        story.inject(35, NOTHING);
        if done {
            isolated(&mut story, 40, 1);
        }
        story.end(400, EndKind::Condition);
        let expected = if done {
            Standing::Met
        } else {
            Standing::Missed
        };
        assert_eq!(stands(&story).0, expected);
    }
}

#[test]
fn who_acted_before_anybody_asked_has_answered_whether_or_not_the_inject_comes() {
    for inject in [Some(60), None] {
        let (mut story, _) = Story::declared(cut_off());
        isolated(&mut story, 40, 0);
        if let Some(at) = inject {
            story.inject(at, NOTHING);
        }
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story), (Standing::Met, 10_000), "{inject:?}");
    }
    let (mut story, _) = Story::declared(cut_off());
    story.end(400, EndKind::Condition);
    let never = Standing::NotExercised(NotExercised::NeverAsked);
    assert_eq!(stands(&story).0, never);
}

#[test]
fn what_had_to_come_first_and_did_not_is_missed_asset_by_asset_whenever_the_inject_comes() {
    for inject in [35, 80] {
        for (first, second, expected) in [
            (50, 50, (Standing::Met, 10_000)),
            (70, 50, (Standing::Partly, 5_000)),
            (70, 70, (Standing::Missed, 0)),
        ] {
            let mut parts = cut_off();
            let logs = Object::Evidence(Some(EvidenceItem::Logs), Selector::Affected);
            let expectation = &mut parts.scenario.expectations[0];
            expectation.asks = Asks::Does(act(Measure::Preserve, logs));
            expectation.before = Some(act(Measure::Restore, Object::Assets(Selector::Affected)));
            let (mut story, _) = Story::declared(parts);
            story.hit(34, 1);
            if inject == 35 {
                story.inject(inject, NOTHING);
            }
            let mut acts = [
                (first, 0, true),
                (second, 1, true),
                (60, 0, false),
                (60, 1, false),
            ];
            acts.sort_by_key(|(at, ..)| *at);
            for (at, asset, secures) in acts {
                if secures {
                    let secured = Event::EvidencePreserved {
                        instance: work(ISOLATE),
                        role: RoleId::new(0),
                        asset: AssetId::new(asset),
                        item: EvidenceItem::Logs,
                    };
                    story.add(at, NOTHING, secured);
                } else {
                    story.taken(at, NOTHING, RESTORE, Measure::Restore, asset);
                }
            }
            if inject == 80 {
                story.inject(inject, NOTHING);
            }
            story.end(400, EndKind::Condition);
            assert_eq!(
                stands(&story),
                expected,
                "{first} {second}, asked at {inject}"
            );
        }
    }
}

/// Two roles with a person each: the first is the incident manager's, the second that of legal advice.
fn two_roles(of: Function) -> Parts {
    let mut parts = plan_and_attack();
    parts.organisation.people = vec![person("ann"), person("bob")];
    let mut lead = parts.organisation.roles[0].clone();
    lead.functions
        .retain(|function| *function != Function::Legal);
    lead.holders = vec![PersonId::new(0)];
    let mut legal = role("zz-legal");
    legal.functions = vec![Function::Legal];
    legal.holders = vec![PersonId::new(1)];
    parts.organisation.roles = vec![lead, legal];
    parts.scenario.expectations[0].of = crate::exercise::Addressee::Function(of);
    parts
}

/// Declared at 40 in a role, by a person.
fn declared_by(parts: Parts, role: usize, doer: usize) -> ExpectationVerdict {
    let (mut story, _) = Story::declared(parts);
    story.inject(35, NOTHING);
    let taken = Event::MeasureTaken {
        instance: work(DECLARE),
        role: RoleId::new(role),
        measure: Measure::Declare,
        asset: None,
        effect: true,
    };
    let person = PersonId::new(doer);
    story.add_by(40, Actor::Simulated { person }, taken);
    story.end(400, EndKind::Condition);
    verdict(&story)
}

#[test]
fn an_act_by_somebody_without_the_function_does_not_answer_and_is_named() {
    let right = declared_by(two_roles(Function::IncidentManager), 0, 0);
    assert_eq!(right.standing, Standing::Met);
    let wrong = declared_by(two_roles(Function::Legal), 0, 0);
    assert_eq!(wrong.standing, Standing::Missed);
    let by: Vec<(RoleId, Option<PersonId>)> = wrong
        .by_others
        .iter()
        .map(|act: &Act| (act.role, act.person))
        .collect();
    assert_eq!(by, [(RoleId::new(0), Some(PersonId::new(0)))]);
}

#[test]
fn who_has_the_function_beside_the_role_answers() {
    let mut parts = two_roles(Function::Legal);
    parts.organisation.people[0].also = vec![Function::Legal];
    assert_eq!(declared_by(parts.clone(), 0, 0).standing, Standing::Met);
    assert_eq!(declared_by(parts, 0, 1).standing, Standing::Missed);
}

#[test]
fn who_took_the_very_piece_by_escalation_answers_and_another_role_does_not() {
    let mut parts = two_roles(Function::IncidentManager);
    assert_eq!(declared_by(parts.clone(), 1, 1).standing, Standing::Missed);
    parts.plan.escalation.to = vec![crate::exercise::Addressee::Role(RoleId::new(1))];
    assert_eq!(declared_by(parts, 1, 1).standing, Standing::Met);
}

#[test]
fn a_later_act_by_the_right_function_answers() {
    let (mut story, _) = Story::declared(two_roles(Function::IncidentManager));
    story.inject(35, NOTHING);
    for (at, role) in [(40, 1), (50, 0)] {
        let taken = Event::MeasureTaken {
            instance: work(DECLARE),
            role: RoleId::new(role),
            measure: Measure::Declare,
            asset: None,
            effect: true,
        };
        story.add(at, NOTHING, taken);
    }
    story.end(400, EndKind::Condition);
    let verdict = verdict(&story);
    let act = verdict.items[0].act.expect("it is answered");
    assert_eq!(
        (act.done.at.0, act.role),
        (Span::minutes(50).0, RoleId::new(0))
    );
}

#[test]
fn a_limit_past_an_end_that_the_team_did_not_bring_about_is_not_exercised() {
    let ends = |ends: Condition, end: EndKind| {
        let mut parts = cut_off();
        parts.scenario.ends = ends;
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.end(60, end);
        stands(&story).0
    };
    let no_time = Standing::NotExercised(NotExercised::NoTime);
    let never = || Condition::Is(Fact::Notified(crate::exercise::StakeholderKind::Media));
    let attack = Condition::Is(Fact::Reached(StepId::new(0)));
    let free = Condition::Is(Fact::InState(Selector::Everything, AssetState::Encrypted));
    assert_eq!(ends(never(), EndKind::Limit), no_time);
    assert_eq!(ends(attack, EndKind::Condition), no_time);
    assert_eq!(ends(never(), EndKind::Condition), Standing::Missed);
    assert_eq!(
        ends(Condition::Not(Box::new(free)), EndKind::Condition),
        Standing::Missed
    );
    assert_eq!(ends(never(), EndKind::Stalled), Standing::Missed);
}

#[test]
fn the_time_of_an_expectation_counts_from_its_mark_where_that_came() {
    for (at, standing) in [(80, Standing::Met), (81, Standing::Late)] {
        let mut parts = plan_and_attack();
        parts.scenario.expectations[0].since = Some(Mark::Reported);
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        // Reported at 20.
        story.declares(at, NOTHING);
        story.end(400, EndKind::Condition);
        assert_eq!(stands(&story).0, standing);
    }
}

/// The rating where a first asset is cut off at 40, another at some time, and the harm comes at 60.
fn harmed(second: i64, hit: i64) -> (Rating, Vec<ExpectationId>) {
    let mut parts = cut_off();
    let step = fixture::step("zz-lock", Effect::Encrypt);
    parts.scenario.steps.push(step);
    let harm = Fact::Reached(StepId::new(1));
    parts.scenario.objectives[0].harm = Some(Condition::Is(harm));
    let (mut story, _) = Story::declared(parts);
    story.inject(35, NOTHING);
    let mut told: Vec<(i64, u8)> = vec![(40, 0), (60, 1), (second, 2), (hit, 3)];
    told.sort_unstable();
    for (at, what) in told {
        match what {
            0 => isolated(&mut story, at, 0),
            1 => story.hit_by(at, 1, 1),
            2 => isolated(&mut story, at, 1),
            _ => story.hit(at, 1),
        };
    }
    story.end(400, EndKind::Condition);
    let rated = story.evaluation().objectives[0].clone();
    (rated.rating, rated.too_late)
}

#[test]
fn an_objective_is_unable_where_something_asked_for_was_open_when_its_harm_came() {
    let all = vec![ExpectationId::new(0)];
    assert_eq!(
        harmed(59, 38),
        (Rating::M, Vec::new()),
        "done, and it did not prevent it"
    );
    assert_eq!(harmed(61, 38), (Rating::U, all));
    // Hit by the harm alone: that could not be cut off before.
    assert_eq!(harmed(61, 70), (Rating::M, Vec::new()));
}

#[test]
fn a_critical_expectation_is_unable_below_a_half_and_a_major_challenge_from_there_on() {
    for (first, second, rating) in [
        (40, Some(40), Rating::P),
        (40, Some(100), Rating::M),
        (40, None, Rating::M),
        (100, Some(100), Rating::M),
        (100, None, Rating::U),
    ] {
        let (mut story, declared) = Story::declared(cut_off());
        story.completed(30, declared, crate::exercise::Phase::Assessment);
        story.inject(35, NOTHING);
        story.hit(36, 1);
        isolated(&mut story, first, 0);
        if let Some(at) = second {
            isolated(&mut story, at, 1);
        }
        story.completed(100, declared, crate::exercise::Phase::Response);
        story.end(400, EndKind::Condition);
        assert_eq!(
            story.evaluation().objectives[0].rating,
            rating,
            "{first} {second:?}"
        );
    }
}

#[test]
fn two_objectives_that_one_late_act_answers_are_one_gate() {
    for (same_act, gates) in [(true, 1), (false, 2)] {
        let mut parts = plan_and_attack();
        let mut other = fixture::expectation("zz-other", act(Measure::Declare, Object::Incident));
        if !same_act {
            other.asks = Asks::Does(act(Measure::Triage, Object::Incident));
        }
        parts.scenario.expectations.push(other);
        let mut second = fixture::objective("o2", crate::exercise::Capability::Detect);
        second.critical = vec![ExpectationId::new(1)];
        parts.scenario.objectives.push(second);
        for objective in &mut parts.scenario.objectives {
            objective.harm = Some(Condition::Is(Fact::Elapsed(Span::minutes(60))));
        }
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.state(60, NOTHING, 1, AssetState::Exposed, true);
        story.declares(70, NOTHING);
        let triaged = Event::MeasureTaken {
            instance: work(DECLARE),
            role: RoleId::new(0),
            measure: Measure::Triage,
            asset: None,
            effect: true,
        };
        story.add(70, NOTHING, triaged);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        assert!(
            evaluation
                .objectives
                .iter()
                .all(|of| of.rating == Rating::U)
        );
        assert_eq!(evaluation.score.expect("it is scored").gates.len(), gates);
        assert_eq!(incident().index(), 0);
    }
}
