//! How long work takes where the plan does not say, by its measure. Illustrative.

use hotwash_engine::exercise::{Law, Measure, Span};

/// How long a task takes whose first measure is this one; `None`: a task without a measure.
pub(crate) const fn work(measure: Option<Measure>) -> Law {
    let Some(measure) = measure else {
        return range(15, 90);
    };
    match measure {
        Measure::Report | Measure::Log | Measure::Escalate => range(3, 15),
        Measure::Declare | Measure::Reject | Measure::Decide | Measure::HandOver => range(2, 20),
        Measure::Triage | Measure::Classify => range(5, 45),
        Measure::Investigate => range(30, 300),
        Measure::Scope => range(20, 180),
        Measure::Activate | Measure::Brief | Measure::Notify => range(10, 45),
        Measure::Preserve => range(20, 120),
        Measure::Isolate
        | Measure::Block
        | Measure::DisableAccount
        | Measure::Revoke
        | Measure::Filter
        | Measure::Disconnect
        | Measure::Shutdown
        | Measure::WipeRemotely => range(5, 60),
        Measure::RecallPayment | Measure::Reconnect => range(10, 60),
        Measure::Takedown => range(60, 1_440),
        Measure::Evict | Measure::RotateCredentials => range(60, 720),
        Measure::Patch | Measure::Harden => range(30, 480),
        Measure::FindCause => range(180, 2_880),
        Measure::Failover | Measure::Accept => range(15, 120),
        Measure::Rebuild => range(240, 2_880),
        Measure::Restore => range(120, 1_440),
        Measure::Verify | Measure::Watch | Measure::Correct => range(30, 240),
        Measure::Review => range(90, 240),
        Measure::IssueReport => range(180, 1_440),
        Measure::AssignAction => range(30, 180),
        Measure::Close => range(10, 30),
    }
}

const fn range(low: i64, high: i64) -> Law {
    Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    }
}
