//! What is judged item by item, and what was not kept up.

use crate::evaluation::fixture::{RESTORE, Story, plan_and_attack, work};
use crate::evaluation::{Evaluation, Finding, FindingKind, FindingSubject, JudgedKind};
use crate::exercise::{
    AssetId, ChannelId, ChannelKind, Day, EvidenceItem, ExerciseTime, IncidentId, Measure,
    MessageId, ObligationId, Parts, Phase, RoleId, StakeholderKind,
};
use crate::record::{EndKind, Event, Resend};
use crate::simulation::fixture::{channel, obligation};

fn preserved_first(item: EvidenceItem, at: i64, destroyed_by: Measure) -> Option<bool> {
    let mut story = Story::started(plan_and_attack());
    let mut acts = [(at, true), (50, false)];
    acts.sort_unstable();
    for (at, secures) in acts {
        if secures {
            let (instance, asset) = (work(RESTORE), AssetId::new(0));
            story.add(
                at,
                1,
                Event::EvidencePreserved {
                    instance,
                    role: RoleId::new(0),
                    asset,
                    item,
                },
            );
        } else {
            story.taken(at, 1, RESTORE, destroyed_by, 0);
        }
    }
    story.end(9_000, EndKind::Condition);
    let evaluation = story.evaluation();
    let phases = &evaluation.main().phases;
    let mut items = phases[Phase::Response.index()].judged_items.iter();
    let found = items.find(|item| matches!(item.kind, JudgedKind::PreserveFirst(_)));
    found.map(|item| item.sound)
}

#[test]
fn evidence_is_judged_against_the_measures_that_destroy_that_item() {
    use EvidenceItem::{Disk, Logs, Memory};
    assert_eq!(preserved_first(Memory, 40, Measure::Restore), Some(true));
    assert_eq!(preserved_first(Memory, 60, Measure::Restore), Some(false));
    assert_eq!(preserved_first(Disk, 60, Measure::Restore), None);
    assert_eq!(preserved_first(Disk, 60, Measure::Rebuild), Some(false));
    assert_eq!(preserved_first(Logs, 60, Measure::Restore), None);
}

fn overdue(change: impl FnOnce(&mut Parts, Day)) -> Vec<FindingSubject> {
    let mut parts = plan_and_attack();
    parts.organisation.channels = vec![channel("pager", ChannelKind::Pager)];
    let law = obligation("law", StakeholderKind::DataProtectionAuthority);
    parts.plan.obligations = vec![law];
    parts.plan.obligations[0].source = "The law".to_owned();
    let today = parts
        .organisation
        .zone
        .local(parts.startex, ExerciseTime::STARTEX)
        .0;
    change(&mut parts, today);
    let mut story = Story::started(parts);
    let channel = Some(ChannelId::new(0));
    story.add(
        5,
        1,
        Event::MessageResent {
            message: MessageId(1),
            stage: Resend::Deputies,
            people: vec![].into(),
            channel,
        },
    );
    story.end(9_000, EndKind::Condition);
    subjects(&story.evaluation())
}

fn subjects(evaluation: &Evaluation) -> Vec<FindingSubject> {
    let findings = evaluation.every_finding();
    let overdue = findings.filter(|of: &&Finding| of.kind == FindingKind::Overdue);
    overdue.map(|of| of.subject).collect()
}

#[test]
fn a_plan_without_a_date_for_its_review_is_overdue_a_year_after_the_last() {
    let reviewed =
        |days: i32| overdue(|parts, today| parts.plan.reviewed_on = Some(Day(today.0 - days)));
    assert_eq!(reviewed(365), []);
    assert_eq!(reviewed(366), [FindingSubject::Run]);
}

#[test]
fn a_clock_of_law_is_overdue_without_a_source_or_a_year_after_it_was_checked() {
    let of_law = FindingSubject::Obligation(ObligationId::new(0), IncidentId::new(0));
    let law = |parts: &mut Parts| parts.plan.obligations[0].law = Some("The law".to_owned());
    let checked = |days: i32| {
        overdue(|parts, today| {
            law(parts);
            parts.plan.obligations[0].verified_on = Some(Day(today.0 - days));
        })
    };
    assert_eq!(checked(365), []);
    assert_eq!(checked(366), [of_law]);
    let unnamed = overdue(|parts, _| {
        law(parts);
        parts.plan.obligations[0].source.clear();
    });
    assert_eq!(unnamed, [of_law]);
}

#[test]
fn a_channel_that_was_used_and_not_verified_for_a_year_is_overdue() {
    let verified = |days: u32| {
        overdue(|parts, _| parts.organisation.channels[0].verified_days_ago = Some(days))
    };
    assert_eq!(verified(365), []);
    assert_eq!(verified(366), [FindingSubject::Channel(ChannelId::new(0))]);
}
