//! How long work usually takes, by its measures, where nobody says otherwise. Illustrative
//! (`docs/defaults.md`).

use super::{Law, Measure, Span, together};

/// How long a task takes that takes these measures with so many people: one person takes one after the
/// other. It is also the range in which what an author says is plausible.
pub fn usual(measures: &[Measure], people: u16) -> Law {
    let ends = |end: fn((i64, i64)) -> i64| {
        let of = |measure: &Measure| Span::minutes(end(range(*measure)));
        together(measures.iter().map(of), people)
    };
    match measures {
        [] => Law::Range {
            low: Span::minutes(WITHOUT.0),
            high: Span::minutes(WITHOUT.1),
        },
        _ => Law::Range {
            low: ends(|(low, _)| low),
            high: ends(|(_, high)| high),
        },
    }
}

/// A task without a measure, in minutes.
const WITHOUT: (i64, i64) = (15, 90);

/// The range in which nine in ten of a measure lie, in minutes.
const fn range(measure: Measure) -> (i64, i64) {
    match measure {
        Measure::Report | Measure::Log | Measure::Escalate => (3, 15),
        Measure::Declare | Measure::Reject | Measure::Decide | Measure::HandOver => (2, 20),
        Measure::Triage | Measure::Classify => (5, 45),
        Measure::Investigate => (30, 300),
        Measure::Scope => (20, 180),
        Measure::Activate | Measure::Brief | Measure::Notify => (10, 45),
        Measure::Preserve => (20, 120),
        Measure::Isolate
        | Measure::Block
        | Measure::DisableAccount
        | Measure::Revoke
        | Measure::Filter
        | Measure::Disconnect
        | Measure::Shutdown
        | Measure::WipeRemotely => (5, 60),
        Measure::RecallPayment | Measure::Reconnect => (10, 60),
        Measure::Evict => (30, 720),
        Measure::RotateCredentials => (15, 720),
        Measure::Patch | Measure::Harden => (30, 480),
        Measure::FindCause => (180, 2_880),
        Measure::Failover => (15, 120),
        Measure::Accept => (10, 120),
        Measure::Rebuild => (240, 2_880),
        Measure::Restore | Measure::Takedown => (60, 1_440),
        Measure::Verify => (20, 240),
        Measure::Watch | Measure::Correct => (30, 240),
        Measure::Review => (90, 240),
        Measure::IssueReport => (180, 1_440),
        Measure::AssignAction => (30, 180),
        Measure::Close => (10, 30),
    }
}
