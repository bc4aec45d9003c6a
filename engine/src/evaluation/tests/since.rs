//! Since when something counts as known: a severity rule may ask how long an asset has been down.

use crate::evaluation::fixture::{NOTHING, Story, incident, plan_and_attack};
use crate::evaluation::{Evaluation, JudgedKind};
use crate::exercise::{
    AssetId, AssetState, Category, Condition, Effect, Fact, Knowable, MessageId, Parts, PersonId,
    Phase, Priority, RoleId, Selector, Severity, SeverityRule, Span,
};
use crate::record::{EndKind, Event, MessageKind, Origin};
use crate::simulation::fixture;

/// The plan gives High to an asset that is out of service for longer than its objective of an hour. One
/// person holds two roles.
fn objective_of_an_hour() -> Parts {
    let mut parts = plan_and_attack();
    parts.organisation.roles.push(fixture::role("second"));
    parts.organisation.assets[0].rto = Some(Span::HOUR);
    parts.yardstick.rules = vec![SeverityRule {
        level: Severity::High,
        impact: None,
        when: Condition::Is(Fact::InState(Selector::Everything, AssetState::PastRto)),
    }];
    parts
}

fn down() -> Knowable {
    Knowable::Asset(incident(), AssetId::new(0), AssetState::OutOfService)
}

fn learned(story: &mut Story, at: i64, role: usize) {
    let role = RoleId::new(role);
    let fact = down();
    story.add(at, NOTHING, Event::FactLearned { role, fact });
}

fn told(story: &mut Story, at: i64) {
    let sent = Event::MessageSent {
        message: MessageId(2),
        kind: MessageKind::Alert,
        origin: Origin::Outage {
            asset: AssetId::new(0),
            ordinal: 1,
        },
        to: RoleId::new(0),
        people: vec![PersonId::new(0)].into(),
        channel: None,
        reveals: vec![down()],
    };
    story.add(at, NOTHING, sent);
}

fn ended(mut story: Story) -> Evaluation {
    story.end(100, EndKind::Condition);
    story.evaluation()
}

#[test]
fn a_board_knows_a_fact_since_the_first_of_its_roles_learned_it() {
    // Past the objective at 95 for who knows it since 20, and for nobody else.
    for (first, second, high) in [(20, 90, true), (90, 20, true), (50, 90, false)] {
        let (mut story, declared) = Story::declared(objective_of_an_hour());
        let incident = incident();
        let person = PersonId::new(0);
        story.add(
            30,
            declared,
            Event::RoomOpened {
                incident,
                team: None,
            },
        );
        story.add(30, declared, Event::RoomJoined { incident, person });
        let mut learning = [(first, 0), (second, 1)];
        learning.sort_unstable();
        for (at, role) in learning {
            learned(&mut story, at, role);
        }
        let given = Event::Classified {
            incident,
            role: RoleId::new(0),
            severity: Severity::High,
            category: Category::Other,
            priority: Priority::P1,
        };
        story.add(95, declared, given);
        let evaluation = ended(story);
        let judged = &evaluation.main().phases[Phase::Assessment.index()].judged_items;
        let right = judged.iter().find_map(|item| match item.kind {
            JudgedKind::Classification { right, .. } => Some(right),
            _ => None,
        });
        let wanted = if high { Severity::High } else { Severity::Low };
        assert_eq!(right, Some(wanted), "{first} {second}");
    }
}

#[test]
fn what_could_be_known_could_be_since_the_first_that_told_it() {
    let scored = |tell: &dyn Fn(&mut Story)| {
        let (mut story, _) = Story::declared(objective_of_an_hour());
        tell(&mut story);
        ended(story).main().scored_severity
    };
    // Never under Medium: at 100, an hour has not passed since 50.
    assert_eq!(scored(&|story| learned(story, 50, 0)), Severity::Medium);
    assert_eq!(
        scored(&|story| {
            learned(story, 20, 1);
            learned(story, 90, 0);
        }),
        Severity::High
    );
    assert_eq!(
        scored(&|story| {
            learned(story, 20, 0);
            told(story, 90);
        }),
        Severity::High
    );
    assert_eq!(
        scored(&|story| {
            told(story, 20);
            learned(story, 90, 0);
        }),
        Severity::High
    );
}

#[test]
fn what_an_investigation_would_have_found_could_be_known_since_its_step() {
    let mut parts = objective_of_an_hour();
    parts.scenario.steps[0].effect = Effect::Disrupt;
    let (mut story, _) = Story::declared(parts);
    learned(&mut story, 90, 0);
    assert_eq!(ended(story).main().scored_severity, Severity::High);
}
