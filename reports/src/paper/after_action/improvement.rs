//! The analysis by capability, and the improvement plan.

use super::Handover;
use super::first::{gain_column, proposal, sentence};
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, Subject};
use hotwash_engine::evaluation::Finding;
use hotwash_engine::exercise::Capability;
use std::collections::BTreeSet;

/// How many findings the analysis and the improvement plan hold at most: real ones hold 4 to 22.
const MOST: usize = 20;

/// Strengths and areas for improvement by capability, each with its reference and its cause.
pub(super) fn analysis(subject: &Subject) -> Part {
    let findings = || subject.evaluation.findings.iter().take(MOST);
    let mut parts = Vec::new();
    for capability in Capability::ALL {
        let of: Vec<&Finding> = findings()
            .filter(|finding| capability_of(subject, finding) == Some(*capability))
            .collect();
        parts.push(by_capability(subject, capability.name(), &of));
    }
    let rest: Vec<&Finding> = findings()
        .filter(|finding| capability_of(subject, finding).is_none())
        .collect();
    parts.push(by_capability(subject, "Beyond the objectives", &rest));
    parts.retain(|part| !part.is_empty());
    Part {
        parts,
        ..Part::new("analysis", "Analysis by capability", Vec::new())
    }
}

/// The capability of the first objective that a finding bears on.
fn capability_of(subject: &Subject, finding: &Finding) -> Option<Capability> {
    let objective = finding.objectives.first()?;
    let objectives = &subject.exercise.scenario().objectives;
    Some(objectives.get(objective.index())?.capability)
}

fn by_capability(subject: &Subject, title: &str, findings: &[&Finding]) -> Part {
    let of_kind = |strength: bool| {
        let found = findings
            .iter()
            .filter(move |finding| finding.kind.is_strength() == strength);
        found
            .map(|finding| item(subject, finding))
            .collect::<Vec<Rich>>()
    };
    let mut blocks = Vec::new();
    for (heading, items) in [
        ("Strengths", of_kind(true)),
        ("Areas for improvement", of_kind(false)),
    ] {
        if !items.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(Block::List {
                numbered: false,
                items,
            });
        }
    }
    let anchor = format!("capability-{}", title.to_lowercase().replace(' ', "-"));
    Part::new(&anchor, title, blocks)
}

fn item(subject: &Subject, finding: &Finding) -> Rich {
    let said = Rich::strong(sentence(&words::finding(subject, finding)));
    let cause = finding.cause.map(|cause| {
        let element = words::element(cause.element());
        format!(" Cause: {} ({element}).", words::cause(cause))
    });
    let reference = (!finding.controls.is_empty())
        .then(|| format!(" Reference: {}.", finding.controls.join(", ")));
    // What hangs on it is proven by entries of its own.
    let hung = words::hung(subject, finding);
    let hung: String = hung.iter().flat_map(|of| [" ", of.as_str()]).collect();
    let entries: BTreeSet<u32> = finding
        .all()
        .flat_map(|of| of.evidence.iter().copied())
        .collect();
    said.and(hung)
        .and(cause.unwrap_or_default())
        .and(reference.unwrap_or_default())
        .proven_by(&entries.into_iter().collect::<Vec<_>>())
}

/// Who does what until when, with room to fill in.
pub(super) fn plan(subject: &Subject, handover: &Handover) -> Part {
    let all = subject.evaluation.findings.iter().enumerate();
    let weak = all
        .filter(|(_, finding)| !finding.kind.is_strength())
        .take(MOST);
    let rows = weak.enumerate().map(|(rank, (place, finding))| {
        let advice = (handover.advice.as_ref(), place);
        let (what, gain) = proposal(subject, finding, advice);
        let capability = capability_of(subject, finding).map_or("-", Capability::name);
        let element = finding
            .cause
            .map_or("-", |cause| words::element(cause.element()));
        let mut row = vec![
            Cell::Count(rank as u64 + 1),
            Cell::Text(what),
            Cell::Text(Rich::plain(capability)),
            Cell::Text(Rich::plain(words::upper_first(element))),
        ];
        row.extend(advice.0.map(|_| Cell::Text(Rich::plain(gain))));
        row.extend([Cell::Blank, Cell::Blank, Cell::Blank]);
        row
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("plan", "", Vec::new());
    }
    let mut columns = vec![
        Column::new("Priority", Width::Narrow),
        Column::new("Action, and why", Width::Wide),
        Column::new("Capability", Width::Narrow),
        Column::new("Element", Width::Narrow),
    ];
    columns.extend(handover.advice.as_ref().map(|_| gain_column()));
    columns.extend(["Owner", "Start", "Due"].map(|title| Column::new(title, Width::Narrow)));
    let table = Table {
        caption: "Improvement plan".to_owned(),
        columns,
        rows,
    };
    let note = "An action is proven when the same exercise, played again after it, no longer has the finding.";
    let blocks = vec![Block::Table(table), Block::Note(Rich::plain(note))];
    Part::new("plan", "Improvement plan", blocks)
}
