//! Clocks that were kept, or not, in sentences.

use super::about;
use crate::words::{self, Subject, duration, upper_first};
use hotwash_engine::evaluation::{Finding, FindingSubject};
use hotwash_engine::exercise::{ExerciseTime, ObligationId, Span};
use hotwash_engine::record::Verdict;

/// How a clock stood, with its times.
pub(super) fn clock(subject: &Subject, finding: &Finding, verdict: Verdict) -> String {
    let FindingSubject::Obligation(obligation, _) = finding.subject else {
        let what = about(subject, finding);
        return format!(
            "{}: {}.",
            upper_first(&what),
            words::verdict(verdict).to_lowercase()
        );
    };
    let title = upper_first(&subject.names.obligation(obligation));
    let (due, met) = times(subject, obligation, finding);
    let margin = due
        .zip(met)
        .map(|(due, met)| duration(Span((met.0 - due.0).abs())));
    let due = due.map(|due| subject.clock.label(due));
    match (verdict, margin, due) {
        (Verdict::Late, Some(margin), _) => format!("{title} was met {margin} late."),
        (Verdict::Met, Some(margin), _) => format!("{title} was met, {margin} before it was due."),
        (Verdict::WrongRecipient, ..) => {
            format!("{title} was due, and the wrong one was told.")
        }
        (Verdict::Breached, _, Some(due)) => {
            format!("{title} was due {due}, and nobody was told.")
        }
        (Verdict::Breached, _, None) => format!("{title} was due, and nobody was told."),
        (Verdict::NotRecognised, _, _) => {
            format!("{title} was due, and nobody who should have known it ever did.")
        }
        (Verdict::Incomplete, _, _) => {
            format!("{title} was met in time without all that it has to say.")
        }
        (Verdict::Needless, _, _) => format!("{title} was sent though nothing called for it."),
        (other, _, _) => format!("{title}: {}.", words::verdict(other).to_lowercase()),
    }
}

/// When a clock was due, and when it was met; of several, the one that the finding cites.
fn times(
    subject: &Subject,
    obligation: ObligationId,
    finding: &Finding,
) -> (Option<ExerciseTime>, Option<ExerciseTime>) {
    let mut of_it = subject
        .evaluation
        .obligations
        .iter()
        .filter(|v| v.obligation == obligation);
    let cited = of_it.clone().find(|verdict| {
        verdict
            .evidence
            .iter()
            .any(|entry| finding.evidence.contains(entry))
    });
    let verdict = cited.or_else(|| of_it.next());
    verdict.map_or((None, None), |v| (v.due, v.met.map(|met| met.at)))
}
