//! What must not be done, by the acts of the record; and what only a person can judge, by what evaluators said.

use crate::evaluation::fixture::{ISOLATE, NOTHING, Story, plan_and_attack, work};
use crate::evaluation::{ExpectationVerdict, NotExercised, Rating, Standing};
use crate::exercise::{
    Asks, AssetId, AssetState, Condition, ExpectationId, Fact, Measure, Object, Parts, PersonId,
    Phase, RoleId, Selector, Span,
};
use crate::record::{Actor, EndKind, Event, HumanAct, Remark, Tick, Ticked};
use crate::simulation::fixture::{act, person, role};

/// An expectation not to cut off what is affected, which an objective cannot do without. The inject comes at 35.
fn restraint(until: Option<Condition>, within: Span) -> Parts {
    let mut parts = plan_and_attack();
    let affected = Object::Assets(Selector::Affected);
    let expectation = &mut parts.scenario.expectations[0];
    expectation.asks = Asks::Refrains(act(Measure::Isolate, affected), until);
    expectation.within = within;
    parts
}

/// How it stands where the first asset is cut off at these minutes.
fn kept(parts: Parts, acts: &[i64]) -> ExpectationVerdict {
    let (mut story, _) = Story::declared(parts);
    let mut asked = false;
    for at in acts {
        if *at >= 35 && !asked {
            story.inject(35, NOTHING);
            asked = true;
        }
        story.taken(*at, NOTHING, ISOLATE, Measure::Isolate, 0);
    }
    if !asked {
        story.inject(35, NOTHING);
    }
    story.end(400, EndKind::Condition);
    story.evaluation().expectations[0].clone()
}

#[test]
fn what_must_not_be_done_is_missed_by_one_act_after_it_was_asked_for_and_met_without_one() {
    for (acts, standing, share) in [
        (&[][..], Standing::Met, 10_000),
        (&[31], Standing::Met, 10_000),
        (&[40], Standing::Missed, 0),
        (&[31, 399], Standing::Missed, 0),
    ] {
        let verdict = kept(restraint(None, Span::FOR_GOOD), acts);
        assert_eq!(
            (verdict.standing, verdict.share.0),
            (standing, share),
            "{acts:?}"
        );
        let broken: Vec<_> = verdict.broken.iter().map(|of| of.asset).collect();
        let first = (standing == Standing::Missed).then_some(Some(AssetId::new(0)));
        assert_eq!(broken, Vec::from_iter(first));
    }
}

/// An independent reading: an act counts from the inject on, before the time is over.
#[test]
fn for_every_time_and_length_it_is_missed_where_and_only_where_an_act_lies_within() {
    for within in [0, 1, 5, 60, 500] {
        for at in (31..120).chain([399]) {
            let verdict = kept(restraint(None, Span::minutes(within)), &[at]);
            let lies_within = at >= 35 && at < 35 + within;
            assert_eq!(
                verdict.standing == Standing::Missed,
                lies_within,
                "at {at}, within {within}"
            );
        }
    }
}

#[test]
fn what_must_hold_first_ends_it_by_the_truth_and_by_nothing_else() {
    let reached = |at: Option<i64>, done: i64| {
        let until = Condition::Is(Fact::PhaseReached(Phase::Recovery));
        let (mut story, _) = Story::declared(restraint(Some(until), Span::FOR_GOOD));
        story.inject(35, NOTHING);
        if let Some(at) = at {
            story.reached(at, NOTHING, Phase::Recovery);
        }
        story.taken(done, NOTHING, ISOLATE, Measure::Isolate, 0);
        story.end(400, EndKind::Condition);
        story.evaluation().expectations[0].standing
    };
    assert_eq!(reached(Some(50), 60), Standing::Met);
    assert_eq!(reached(Some(50), 50), Standing::Met);
    assert_eq!(reached(None, 60), Standing::Missed);
    // It held before anybody asked, and nothing more turned.
    let (mut story, _) = Story::declared(restraint(
        Some(Condition::Is(Fact::PhaseReached(Phase::Recovery))),
        Span::FOR_GOOD,
    ));
    story.reached(33, NOTHING, Phase::Recovery);
    story.inject(35, NOTHING);
    story.taken(60, NOTHING, ISOLATE, Measure::Isolate, 0);
    story.end(400, EndKind::Condition);
    let standing = story.evaluation().expectations[0].standing;
    assert_eq!(standing, Standing::Met);
    let by_time = |done| {
        let until = Condition::Is(Fact::Elapsed(Span::HOUR));
        kept(restraint(Some(until), Span::FOR_GOOD), &[done]).standing
    };
    assert_eq!(by_time(59), Standing::Missed);
    assert_eq!(by_time(60), Standing::Met);
}

#[test]
fn it_is_broken_by_whomever_and_by_that_measure_alone() {
    let by = |measure, role_index| {
        let mut parts = restraint(None, Span::FOR_GOOD);
        parts.organisation.people = vec![person("ann"), person("bob")];
        let mut other = role("zz-legal");
        other.functions = vec![crate::exercise::Function::Legal];
        other.holders = vec![PersonId::new(1)];
        parts.organisation.roles.push(other);
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        let taken = Event::MeasureTaken {
            instance: work(ISOLATE),
            role: RoleId::new(role_index),
            measure,
            asset: Some(AssetId::new(0)),
            effect: true,
        };
        story.add(40, NOTHING, taken);
        story.end(400, EndKind::Condition);
        story.evaluation().expectations[0].standing
    };
    assert_eq!(by(Measure::Isolate, 1), Standing::Missed);
    assert_eq!(by(Measure::Isolate, 0), Standing::Missed);
    assert_eq!(by(Measure::Shutdown, 0), Standing::Met);
}

#[test]
fn what_nobody_could_break_is_not_exercised() {
    let (mut story, _) = Story::declared(restraint(None, Span::FOR_GOOD));
    story.taken(40, NOTHING, ISOLATE, Measure::Isolate, 0);
    story.end(400, EndKind::Condition);
    let standing = story.evaluation().expectations[0].standing;
    assert_eq!(standing, Standing::NotExercised(NotExercised::NeverAsked));
    let mut parts = restraint(None, Span::FOR_GOOD);
    let encrypted = Object::Assets(Selector::InState(AssetState::Encrypted));
    parts.scenario.expectations[0].asks = Asks::Refrains(act(Measure::Isolate, encrypted), None);
    let standing = kept(parts, &[40]).standing;
    assert_eq!(
        standing,
        Standing::NotExercised(NotExercised::NothingToActOn)
    );
}

#[test]
fn an_objective_is_not_achieved_where_something_was_done_that_it_cannot_bear() {
    for (acts, rating) in [(&[][..], Rating::P), (&[40][..], Rating::U)] {
        let (mut story, _) = Story::declared(restraint(None, Span::FOR_GOOD));
        story.inject(35, NOTHING);
        for at in acts {
            story.taken(*at, NOTHING, ISOLATE, Measure::Isolate, 0);
        }
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let got = evaluation.objectives[0].rating;
        assert_eq!(got == Rating::U, rating == Rating::U, "{acts:?}: {got:?}");
    }
}

/// An expectation that only a person can judge, which an objective cannot do without.
fn watched() -> Parts {
    let mut parts = plan_and_attack();
    parts.scenario.expectations[0].asks = Asks::Observed;
    parts
}

fn tick(story: &mut Story, at: i64, (by, how): (&str, Tick), corrects: Option<u32>) -> u32 {
    let act = HumanAct::Tick {
        what: Ticked::KeyPoint {
            id: "declared".to_owned(),
        },
        how,
        remark: Box::new(Remark {
            by: by.to_owned(),
            seen: None,
            note: String::new(),
            corrects,
        }),
    };
    story.add_by(at, Actor::Facilitator {}, Event::ActionTaken { act })
}

fn seen(ticks: &[(&str, Tick)]) -> (Standing, u16) {
    let (mut story, _) = Story::declared(watched());
    story.inject(35, NOTHING);
    story.end(400, EndKind::Condition);
    for of in ticks {
        tick(&mut story, 500, *of, None);
    }
    let verdict = story.evaluation().expectations[0].clone();
    (verdict.standing, verdict.share.0)
}

#[test]
fn what_only_a_person_can_judge_is_judged_by_what_evaluators_said_also_after_the_end() {
    let nobody = Standing::NotExercised(NotExercised::NotJudged);
    assert_eq!(seen(&[]), (nobody, 0));
    assert_eq!(seen(&[("Ines", Tick::NotSeen)]), (nobody, 0));
    assert_eq!(seen(&[("Ines", Tick::Met)]), (Standing::Met, 10_000));
    assert_eq!(seen(&[("Ines", Tick::Not)]), (Standing::Missed, 0));
    assert_eq!(seen(&[("Ines", Tick::Partly)]), (Standing::Partly, 5_000));
    let two = [("Ines", Tick::Met), ("Noor", Tick::Not)];
    assert_eq!(seen(&two), (Standing::Partly, 5_000));
    let unseen = [("Ines", Tick::Met), ("Noor", Tick::NotSeen)];
    assert_eq!(seen(&unseen), (Standing::Met, 10_000));
    // Of each evaluator the last word counts.
    let again = [("Ines", Tick::Not), ("Ines", Tick::Met)];
    assert_eq!(seen(&again), (Standing::Met, 10_000));
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects_and_the_expectation_may_be_named_itself() {
    let (mut story, _) = Story::declared(watched());
    let first = tick(&mut story, 40, ("Ines", Tick::Not), None);
    tick(&mut story, 41, ("Noor", Tick::Met), Some(first));
    let act = HumanAct::Tick {
        what: Ticked::Expectation {
            expectation: ExpectationId::new(0),
        },
        how: Tick::Met,
        remark: Box::new(Remark {
            by: "Kim".to_owned(),
            seen: None,
            note: String::new(),
            corrects: None,
        }),
    };
    story.add_by(42, Actor::Facilitator {}, Event::ActionTaken { act });
    story.end(400, EndKind::Condition);
    let verdict = story.evaluation().expectations[0].clone();
    assert_eq!(verdict.standing, Standing::Met);
    let by: Vec<&str> = verdict.judged.iter().map(|of| of.by.as_str()).collect();
    assert_eq!(by, ["Noor", "Kim"]);
}

#[test]
fn a_key_point_that_nobody_judged_changes_no_score_and_one_that_was_not_seen_costs() {
    let scored = |ticks: &[Tick]| {
        let (mut story, _) = Story::declared(watched());
        story.inject(35, NOTHING);
        for how in ticks {
            tick(&mut story, 50, ("Ines", *how), None);
        }
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let response = &evaluation.incidents[0].phases[Phase::Response.index()];
        (response.coverage, evaluation.objectives[0].rating)
    };
    let without = {
        let mut parts = watched();
        parts.scenario.expectations.clear();
        parts.scenario.objectives.clear();
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.end(400, EndKind::Condition);
        story.evaluation().incidents[0].phases[Phase::Response.index()].coverage
    };
    let (unjudged, rating) = scored(&[]);
    assert_eq!((unjudged, rating), (without, Rating::N));
    assert!(scored(&[Tick::Met]).0 > scored(&[Tick::Not]).0);
    assert_eq!(scored(&[Tick::Not]).1, Rating::U);
}

#[test]
fn what_is_expected_is_written_and_read_back_as_it_was() {
    let until = Condition::Is(Fact::Elapsed(Span::HOUR));
    let isolate = || act(Measure::Isolate, Object::Assets(Selector::Affected));
    for asks in [
        Asks::Does(isolate()),
        Asks::Refrains(isolate(), None),
        Asks::Refrains(isolate(), Some(until)),
        Asks::Observed,
    ] {
        let text = serde_json::to_string(&asks).expect("it can be written");
        let read: Asks = serde_json::from_str(&text).expect("it can be read");
        assert_eq!(read, asks, "{text}");
    }
    let act = serde_json::to_string(&isolate()).expect("it can be written");
    let does = serde_json::to_string(&Asks::Does(isolate())).expect("it can be written");
    assert_eq!(act, does, "records of before read alike");
    for odd in ["{}", r#"{"not":true}"#, r#"{"observed":true,"not":true}"#] {
        assert!(serde_json::from_str::<Asks>(odd).is_err(), "{odd}");
    }
}
