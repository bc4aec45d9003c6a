//! Harm of one's own in a sentence.

use super::about;
use crate::words::{self, Subject, plural};
use hotwash_engine::evaluation::{Finding, FindingSubject};
use hotwash_engine::exercise::{AssetState, RoleId};
use hotwash_engine::record::Event;
use std::collections::BTreeSet;

/// What was brought down by which measure of whom, where the attack was not.
pub(super) fn own(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let by = subject.among(&finding.evidence, |event| match event {
        Event::MeasureTaken { measure, role, .. } => {
            Some(said(subject, words::measure(*measure), *role))
        }
        Event::TaskStarted { instance, role, .. } | Event::TaskResumed { instance, role, .. } => {
            let task = subject.names.task(instance.task);
            Some(said(subject, &format!("\"{task}\""), *role))
        }
        _ => None,
    });
    let by = by.unwrap_or_else(|| "a measure".to_owned());
    let down = subject
        .entries(&finding.evidence)
        .filter_map(|entry| match entry.event {
            Event::AssetChanged {
                asset,
                state: AssetState::OutOfService,
                ..
            } if finding.subject != FindingSubject::Asset(asset) => Some(asset),
            _ => None,
        });
    let others = down.collect::<BTreeSet<_>>().len() as u64;
    let others = match others {
        0 => String::new(),
        n => format!(
            ", and {n} {} with it",
            plural(n, "other asset", "other assets")
        ),
    };
    format!(
        "{by} took {what} out of service{others}; the attack hit it neither in this run nor in the one in which \
         nobody acts"
    )
}

fn said(subject: &Subject, what: &str, role: RoleId) -> String {
    format!("{what} by {}", subject.names.the_role(role))
}
