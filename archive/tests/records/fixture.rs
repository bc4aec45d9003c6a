//! A small record with every shape of content: numbers, names, other scripts and quoted text.

use hotwash_archive::Key;
use hotwash_engine::exercise::{
    Addressee, BasisPoints, Category, Classification, Condition, Escalation, Exercise,
    ExerciseTime, Experience, Fact, Function, Incident, IncidentId, Instance, Law, Mode,
    Organisation, Parts, PerRecord, Person, PersonId, Phase, Plan, Priority, Role, RoleId,
    Scenario, Scoring, Severity, Slug, Span, Task, TaskId, Weekday, WeeklyHours, Zone,
};
use hotwash_engine::record::{
    Actor, DefinitionHash, EndKind, Entry, Event, Header, HumanAct, Record,
};
use std::sync::Arc;

/// A key that only tests use.
pub(crate) fn key() -> Key {
    Key::from_seed(&[9; 32])
}

/// A record with these notes between STARTEX and ENDEX.
pub(crate) fn record(notes: &[String]) -> Record {
    let mut events = vec![(Actor::Rules {}, None, Event::ExerciseStarted {})];
    for (index, text) in notes.iter().enumerate() {
        let person = PersonId::new(0);
        let act = HumanAct::Note { text: text.clone() };
        events.push((
            Actor::Played { person },
            Some(1),
            Event::ActionTaken { act },
        ));
        let instance = Instance {
            task: TaskId::new(0),
            incident: IncidentId::new(0),
            ordinal: u16::try_from(index + 1).expect("a handful of notes"),
        };
        let priority = Priority::ALL[index % Priority::ALL.len()];
        events.push((
            Actor::Rules {},
            None,
            Event::TaskReady { instance, priority },
        ));
    }
    let end = EndKind::Condition;
    events.push((Actor::Rules {}, None, Event::ExerciseEnded { end }));
    let entries = (1..)
        .zip(events)
        .map(|(number, (actor, cause, event))| Entry {
            number,
            at: ExerciseTime(i64::from(number) * 60_000 - 60_000),
            wall: (number % 2 == 0).then_some(1_700_000_000_000),
            actor,
            cause,
            event,
        });
    Record {
        header: header(),
        entries: entries.collect(),
    }
}

/// Notes with what a text can hold.
pub(crate) fn notes() -> Vec<String> {
    [
        "",
        "plain",
        "\"quoted\"\n\\",
        "患者の記録が開かない",
        "},\"hash\":\"0\"}",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub(crate) fn header() -> Header {
    Header {
        engine_version: "0.1.0".to_owned(),
        seed: u64::MAX,
        run: 0,
        mode: Mode::Simulated,
        assisted: false,
        definitions: vec![DefinitionHash {
            name: "plan.ron".to_owned(),
            sha256: "0".repeat(64),
        }],
        actions: None,
        attendance: Vec::new(),
        exercise: Arc::new(exercise()),
    }
}

fn exercise() -> Exercise {
    let parts = Parts {
        startex: 0,
        onset: ExerciseTime(-1),
        limit: ExerciseTime(Span::DAY.0),
        organisation: organisation(),
        yardstick: hotwash_engine::exercise::Yardstick::of_plan(&plan()),
        softer: None,
        plan: plan(),
        scenario: scenario(),
        stand_ins: Vec::new(),
        gaps: Vec::new(),
        law_is_unknown: false,
        defaults: Vec::new(),
        inputs: 1,
    };
    Exercise::new(parts).expect("the fixture is sound")
}

fn slug(text: &str) -> Slug {
    Slug::new(text).expect("the fixture's names are slugs")
}

fn organisation() -> Organisation {
    Organisation {
        name: "Ward \"7\"".to_owned(),
        country: None,
        sectors: Vec::new(),
        zone: Zone {
            name: "UTC".to_owned(),
            offsets: vec![(ExerciseTime(i64::MIN), 0)],
        },
        hours: WeeklyHours::default(),
        holidays: Vec::new(),
        weekend: Weekday::WEEKEND.to_vec(),
        revenue: None,
        currency: None,
        per_record: PerRecord::default(),
        people: vec![Person {
            slug: slug("amara"),
            shift: WeeklyHours::default(),
            keeps_holidays: false,
            on_call: WeeklyHours::default(),
            leave: Vec::new(),
            channels: Vec::new(),
            notice: Vec::new(),
            experience: [Experience::Nominal; 6],
            trained_days_ago: [None; 6],
            awake_before_shift: Some(Span::HOUR),
            also: Vec::new(),
        }],
        roles: vec![Role {
            slug: slug("analyst"),
            title: "Analyst".to_owned(),
            functions: vec![Function::Analyst],
            holders: vec![PersonId::new(0)],
            deputies: Vec::new(),
            may: Vec::new(),
        }],
        teams: Vec::new(),
        groups: Vec::new(),
        assets: Vec::new(),
        network: None,
        channels: Vec::new(),
        sources: Vec::new(),
        stakeholders: Vec::new(),
        risks: Vec::new(),
        tireless: false,
    }
}

fn plan() -> Plan {
    let tenth = BasisPoints(1_000);
    Plan {
        title: "Plan".to_owned(),
        version: "1".to_owned(),
        owner: None,
        approved_by: None,
        reviewed_on: None,
        next_review: None,
        lifecycle: Vec::new(),
        targets: Vec::new(),
        classification: Classification {
            rules: Vec::new(),
            priorities: [[Priority::ALL[0]; 3]; 4],
            by: Vec::new(),
            reassess_within: [Span::HOUR; 4],
        },
        tasks: vec![task()],
        decisions: Vec::new(),
        escalation: Escalation {
            after: [Span::HOUR; 4],
            to: Vec::new(),
        },
        obligations: Vec::new(),
        programme: Vec::new(),
        scoring: Scoring {
            phases: [BasisPoints(5_000), tenth, tenth, tenth, tenth, tenth],
            parts: [BasisPoints(8_000), tenth, tenth],
            reached_share: BasisPoints::ZERO,
        },
    }
}

fn task() -> Task {
    Task {
        slug: slug("triage"),
        title: "Triage".to_owned(),
        phase: Phase::Assessment,
        by: Addressee::Role(RoleId::new(0)),
        accountable: None,
        consulted: Vec::new(),
        informed: Vec::new(),
        people: 1,
        after: Vec::new(),
        after_any: Vec::new(),
        even_if_skipped: false,
        when: None,
        delay: None,
        takes: Law::Fixed(Span::MINUTE),
        because: None,
        does: Vec::new(),
        approval: None,
        from_severity: None,
        optional: false,
        each: hotwash_engine::exercise::Each::Incident,
        via: None,
        keeps_log: false,
        controls: Vec::new(),
        difficulty: hotwash_engine::exercise::Difficulty::Routine,
        weight: 1,
        notifies_for: None,
    }
}

fn scenario() -> Scenario {
    Scenario {
        slug: slug("fixture"),
        title: "Fixture".to_owned(),
        difficulty: 1,
        synopsis: String::new(),
        actor: String::new(),
        sources: Vec::new(),
        incidents: vec![Incident {
            slug: slug("main"),
            severity: Severity::Low,
            category: Category::MaliciousCode,
            personal_data: false,
            real: true,
            tags: Vec::new(),
        }],
        main: IncidentId::new(0),
        steps: Vec::new(),
        injects: Vec::new(),
        expectations: Vec::new(),
        objectives: Vec::new(),
        ends: Condition::Is(Fact::Elapsed(Span::HOUR)),
        debrief: Vec::new(),
        prompts: Vec::new(),
        early: false,
        awaits_injects: false,
    }
}
