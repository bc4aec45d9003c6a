//! How long work usually takes, by its measure. Illustrative.
//!
//! A task that says no time takes this long, and so does what a declaration stands for as well. It is also the range
//! in which what an author says is plausible.

use super::{Law, Measure, Span, together};

/// A task without a measure, in minutes.
const WITHOUT: (i64, i64) = (15, 90);

/// How long a task takes that takes these measures with so many people: one person takes one after the
/// other. It is also the range in which what an author says is plausible.
pub fn usual(measures: &[Measure], people: u16) -> Law {
    let ends = |end: fn((Span, Span)) -> Span| {
        let of = |measure: &Measure| end(measure.usual());
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

impl Measure {
    /// What who declares does as well where no task of the plan does it.
    pub const DECLARED_WITH: [Self; 2] = [Self::Classify, Self::Activate];

    /// The range in which nine in ten of a measure lie (`docs/defaults.md`).
    pub const fn usual(self) -> (Span, Span) {
        let (low, high) = match self {
            Self::Report | Self::Log | Self::Escalate => (3, 15),
            Self::Declare | Self::Reject | Self::Decide | Self::HandOver => (2, 20),
            Self::Triage | Self::Classify => (5, 45),
            Self::Investigate => (30, 300),
            Self::Scope => (20, 180),
            Self::Activate | Self::Brief | Self::Notify => (10, 45),
            Self::Preserve => (20, 120),
            Self::Isolate
            | Self::Block
            | Self::DisableAccount
            | Self::Revoke
            | Self::Filter
            | Self::Disconnect
            | Self::Shutdown
            | Self::WipeRemotely => (5, 60),
            Self::RecallPayment | Self::Reconnect => (10, 60),
            Self::Evict => (30, 720),
            Self::RotateCredentials => (15, 720),
            Self::Patch | Self::Harden => (30, 480),
            Self::FindCause => (180, 2_880),
            Self::Failover => (15, 120),
            Self::Accept => (10, 120),
            Self::Rebuild => (240, 2_880),
            Self::Restore | Self::Takedown => (60, 1_440),
            Self::Verify => (20, 240),
            Self::Watch | Self::Correct => (30, 240),
            Self::Review => (90, 240),
            Self::IssueReport => (180, 1_440),
            Self::AssignAction => (30, 180),
            Self::Close => (10, 30),
        };
        (Span::minutes(low), Span::minutes(high))
    }

    /// The law of that time.
    pub const fn usual_law(self) -> Law {
        let (low, high) = self.usual();
        Law::Range { low, high }
    }
}
