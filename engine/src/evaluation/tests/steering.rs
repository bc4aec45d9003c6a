//! The plan's severity table steers people; by the yardstick's they are judged. Where following the one
//! is wrong by the other, the finding says so of the table and not of the people.

use crate::evaluation::fixture::{NOTHING, Story, incident, plan_and_attack};
use crate::evaluation::{ByPlan, Correction, Finding, FindingKind};
use crate::exercise::{
    Category, CauseCode, Condition, Fact, ImpactDimension, Knowable, Priority, RoleId, Severity,
    SeverityRule,
};
use crate::record::{EndKind, Event};

fn on_cause(level: Severity, impact: Option<ImpactDimension>) -> SeverityRule {
    let when = Condition::Is(Fact::Known(Knowable::Cause(incident())));
    SeverityRule {
        level,
        impact,
        when,
    }
}

/// What is found of a classification as Low, at 40 or before the cause is known at 35 and then never
/// again, where the yardstick gives High on it.
fn found(plan: Vec<SeverityRule>, classified_at: i64) -> Finding {
    let mut parts = plan_and_attack();
    parts.yardstick.rules = vec![on_cause(Severity::High, None)];
    parts.plan.classification.rules = plan;
    let (mut story, declared) = Story::declared(parts);
    let classified = Event::Classified {
        incident: incident(),
        role: RoleId::new(0),
        severity: Severity::Low,
        category: Category::Other,
        priority: Priority::P4,
    };
    let learns = |story: &mut Story| {
        story.learned(35, NOTHING, Knowable::Cause(incident()));
    };
    if classified_at > 35 {
        learns(&mut story);
        story.add(classified_at, declared, classified);
    } else {
        story.add(classified_at, declared, classified);
        learns(&mut story);
    }
    story.end(9_000, EndKind::Condition);
    let mut found = story.evaluation().findings;
    found.retain(|of| of.kind == FindingKind::WrongClassification);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn a_wrong_classification_that_the_plans_own_table_gives_is_the_tables_fault() {
    let of = Some(ImpactDimension::Information);
    let high = on_cause(Severity::High, of);
    let cases = [
        (vec![on_cause(Severity::Low, of)], ByPlan::Row(of)),
        (vec![on_cause(Severity::Low, None)], ByPlan::Row(None)),
        (Vec::new(), ByPlan::NoRow),
        (vec![on_cause(Severity::Medium, of)], ByPlan::No),
        (vec![high], ByPlan::No),
    ];
    for classified_at in [30, 40] {
        for (plan, by) in cases.clone() {
            let found = found(plan, classified_at);
            let (cause, correction) = if by == ByPlan::No {
                let role = RoleId::new(0);
                (CauseCode::Misjudged, Correction::TrainClassifying(role))
            } else {
                let mend = Correction::MendSeverityTable(by);
                (CauseCode::WrongProcedure, mend)
            };
            assert_eq!(found.cause, Some(cause), "{by:?} at {classified_at}");
            assert_eq!(found.corrections, [correction], "{by:?} at {classified_at}");
        }
    }
}
