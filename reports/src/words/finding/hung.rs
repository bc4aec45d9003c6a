//! What hangs on a finding, in a sentence for each kind of thing.

use super::about;
use crate::words::Subject;
use hotwash_engine::evaluation::{Finding, FindingKind, FindingSubject};

/// How many things a sentence names.
const NAMED: usize = 3;
/// How many sentences there are.
const SENTENCES: usize = 3;

/// What came of the same root, in sentences; empty where nothing hangs on it.
pub(crate) fn hung(subject: &Subject, finding: &Finding) -> Vec<String> {
    let mut kinds: Vec<(Said, Vec<String>)> = Vec::new();
    for of in &finding.hung {
        let (said, name) = (Said::of(of.kind), name(subject, of));
        match kinds.iter_mut().find(|(known, _)| *known == said) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => kinds.push((said, vec![name])),
        }
    }
    let more = kinds.len().saturating_sub(SENTENCES);
    let said = kinds.into_iter().take(SENTENCES);
    let mut said: Vec<String> = said.map(|(kind, names)| kind.sentence(&names)).collect();
    if more > 0 {
        said.push("The report has the rest.".to_owned());
    }
    said
}

/// What hangs on it, within a list.
fn name(subject: &Subject, of: &Finding) -> String {
    match (of.kind, of.subject) {
        (FindingKind::TimeLost { phase, .. } | FindingKind::NotCompleted { phase, .. }, _) => {
            phase.name().to_owned()
        }
        (FindingKind::NoDeputy, FindingSubject::Role(_, Some(task))) => {
            format!("\"{}\"", subject.names.task(task))
        }
        _ => about(subject, of),
    }
}

/// What kinds of finding are told in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Out,
    DataLost,
    HeldUp,
    NotComplete,
    Late,
    NotDone,
    Waited,
    Duty,
    Other,
}

impl Said {
    const fn of(kind: FindingKind) -> Self {
        match kind {
            FindingKind::ObjectiveExceeded => Self::Out,
            FindingKind::DataLossExceeded => Self::DataLost,
            FindingKind::TimeLost { .. } => Self::HeldUp,
            FindingKind::NotCompleted { .. } => Self::NotComplete,
            FindingKind::MetLate => Self::Late,
            FindingKind::Missed | FindingKind::PartlyDone => Self::NotDone,
            FindingKind::NoDeputy => Self::Waited,
            FindingKind::ClockNotKept(_) => Self::Duty,
            _ => Self::Other,
        }
    }

    fn sentence(self, names: &[String]) -> String {
        let names = listed(names);
        match self {
            Self::Out => format!("Out of service for too long with it: {names}."),
            Self::DataLost => format!("More data lost than accepted with it: {names}."),
            Self::HeldUp => format!("It held up as well: {names}."),
            Self::NotComplete => format!("Not complete because of it: {names}."),
            Self::Late => format!("Late because of it: {names}."),
            Self::NotDone => format!("Not done, or in part, because of it: {names}."),
            Self::Waited => format!("Who waited likewise: {names}."),
            Self::Duty => format!("Not kept because of it: {names}."),
            Self::Other => format!("The same goes for: {names}."),
        }
    }
}

/// The first few of some names, and how many there are beside.
fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let shown = &names[..names.len().min(NAMED)];
    match (shown, more) {
        (_, 1..) => format!("{} and {more} more", shown.join(", ")),
        ([before @ .., last], 0) if !before.is_empty() => {
            format!("{} and {last}", before.join(", "))
        }
        _ => shown.join(", "),
    }
}
