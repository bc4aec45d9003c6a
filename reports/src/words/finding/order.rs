//! What overtook an expectation, where the plan leaves the order open, in words.

use crate::words::{self, Subject};
use hotwash_engine::evaluation::{Finding, FindingSubject};

/// That something overtook the expectation of a finding, as it follows a sentence about that; empty where
/// nothing did.
pub(super) fn said(subject: &Subject, finding: &Finding) -> String {
    let FindingSubject::Expectation(id) = finding.subject else {
        return String::new();
    };
    let verdict = subject.evaluation.expectations.get(id.index());
    let mut items = verdict.into_iter().flat_map(|of| &of.items);
    let first = items.find_map(|item| item.overtaken);
    first.map_or_else(String::new, |of| {
        let (what, at) = (words::measure(of.measure), subject.clock.label(of.done.at));
        format!("; {what} came first, at {at}, and the plan leaves the order open")
    })
}
