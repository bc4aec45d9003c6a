//! The tables that stand for what an author leaves out. All illustrative, in the order of
//! `docs/semantics.md`, defaults.

use hotwash_engine::exercise::{
    AssetState, BasisPoints, Condition, Dimension, Fact, IncidentId, Knowable, Law, Limit, Measure,
    Money, Phase, Priority, Selector, Severity, SeverityRule, SourceKind, Span,
};

/// How likely a kind of source sees a step, and how late.
pub(super) const fn sight_of(kind: SourceKind) -> (BasisPoints, Law, &'static str) {
    let (chance, low, high, shown) = match kind {
        SourceKind::AvailabilityMonitor => (9_500, 1, 10, "0.95, 1m to 10m"),
        SourceKind::Deception => (7_000, 1, 15, "0.7, 1m to 15m"),
        SourceKind::Edr | SourceKind::ManagedSoc => (6_000, 5, 60, "0.6, 5m to 1h"),
        SourceKind::BackupMonitor => (6_000, 30, 720, "0.6, 30m to 12h"),
        SourceKind::Siem | SourceKind::MailGateway | SourceKind::FinancialControl => {
            (5_000, 10, 240, "0.5, 10m to 4h")
        }
        SourceKind::Antivirus
        | SourceKind::NetworkDetection
        | SourceKind::IdentityLogs
        | SourceKind::CloudAudit => (4_000, 10, 240, "0.4, 10m to 4h"),
        _ => (3_000, 60, 1_440, "0.3, 1h to 1d"),
    };
    (BasisPoints(chance), range(low, high), shown)
}

/// The time that work takes where the plan does not say: by the measure, else by the phase.
pub(super) const fn work_of(measure: Option<Measure>, phase: Phase) -> (Law, &'static str) {
    match measure {
        Some(Measure::Report | Measure::Log | Measure::Notify | Measure::Escalate) => {
            (range(5, 30), "5m to 30m")
        }
        Some(Measure::Declare | Measure::Reject | Measure::Classify | Measure::Decide) => {
            (range(2, 20), "2m to 20m")
        }
        Some(Measure::Investigate | Measure::Scope | Measure::FindCause) => {
            (range(30, 240), "30m to 4h")
        }
        _ => match phase {
            Phase::Identification => (range(3, 20), "3m to 20m"),
            Phase::Assessment => (range(5, 45), "5m to 45m"),
            Phase::Response => (range(15, 90), "15m to 90m"),
            Phase::Resolution => (range(120, 1_440), "2h to 1d"),
            Phase::Recovery => (range(240, 2_880), "4h to 2d"),
            Phase::Closure => (range(60, 240), "1h to 4h"),
        },
    }
}

/// How long deciding takes.
pub(super) const fn deciding() -> Law {
    range(5, 20)
}

const fn range(low: i64, high: i64) -> Law {
    Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    }
}

/// How long a phase may take at a severity: until reached, where that has a target, and until
/// complete.
pub(super) fn target_of(phase: Phase, severity: Severity) -> (Option<Limit>, Limit) {
    let minutes = |n| Limit::Elapsed(Span::minutes(n));
    let hours = |n| Limit::Elapsed(Span::hours(n));
    let row = severity.index();
    match phase {
        Phase::Identification | Phase::Assessment => (
            None,
            [Limit::BusinessDays(1), hours(4), hours(1), minutes(30)][row],
        ),
        Phase::Response => (
            Some([Limit::BusinessDays(1), hours(4), hours(1), minutes(30)][row]),
            [Limit::BusinessDays(3), hours(24), hours(8), hours(4)][row],
        ),
        Phase::Resolution => (None, Limit::Days([20, 10, 5, 3][row])),
        Phase::Recovery => (None, Limit::Days([20, 14, 7, 5][row])),
        Phase::Closure => (None, Limit::BusinessDays([20, 20, 15, 10][row])),
    }
}

/// Priority by severity, Low first, and urgency, contained first.
pub(super) const PRIORITIES: [[Priority; 3]; 4] = [
    [Priority::P4, Priority::P4, Priority::P3],
    [Priority::P4, Priority::P3, Priority::P2],
    [Priority::P3, Priority::P2, Priority::P1],
    [Priority::P2, Priority::P1, Priority::P1],
];

/// How long a classification stands, Low first.
pub(super) const REASSESS: [Span; 4] = [Span::days(3), Span::DAY, Span::hours(4), Span::HOUR];

/// How long a message may lie unnoticed, Low first.
pub(super) const UNNOTICED: [Span; 4] =
    [Span::HOUR, Span::HOUR, Span::minutes(15), Span::minutes(15)];

/// The weights of the phases, in their order.
pub(super) const PHASE_WEIGHTS: [BasisPoints; 6] = [
    BasisPoints(1_500),
    BasisPoints(1_500),
    BasisPoints(2_500),
    BasisPoints(1_500),
    BasisPoints(2_000),
    BasisPoints(1_000),
];

/// Severity by dimension of impact, on what is known.
pub(super) fn severity_rules(incident: IncidentId, revenue: Option<Money>) -> Vec<SeverityRule> {
    let rule = |level, dimension: &str, facts: Vec<Fact>| SeverityRule {
        level,
        dimension: dimension.to_owned(),
        when: Condition::Any(facts.into_iter().map(Condition::Is).collect()),
    };
    let state = |choice, state| Fact::InState(choice, state);
    let valued = |dimension, level| Selector::Valued(dimension, level);
    let (high, critical) = (Severity::High, Severity::Critical);
    let (available, secret) = (Dimension::Availability, Dimension::Confidentiality);
    let down = AssetState::OutOfService;
    let all = || Selector::Everything;
    let mut rules = vec![
        rule(Severity::Medium, "operations", vec![state(all(), down)]),
        rule(
            high,
            "operations",
            vec![state(valued(available, high), down)],
        ),
        rule(
            critical,
            "operations",
            vec![
                state(valued(available, critical), down),
                state(all(), AssetState::PastRto),
            ],
        ),
        rule(
            Severity::Medium,
            "information",
            vec![
                state(all(), AssetState::Compromised),
                Fact::RecordsExposed(1),
            ],
        ),
        rule(
            high,
            "information",
            vec![
                state(valued(secret, high), AssetState::Compromised),
                Fact::Known(Knowable::PersonalData(incident)),
            ],
        ),
        rule(critical, "information", vec![Fact::RecordsExposed(1_000)]),
        rule(
            high,
            "recoverability",
            vec![state(all(), AssetState::Encrypted)],
        ),
    ];
    if let Some(revenue) = revenue {
        let share = |per: i64| vec![Fact::MoneyLost(Money(revenue.0 / per))];
        rules.push(rule(Severity::Medium, "money", share(10_000)));
        rules.push(rule(high, "money", share(1_000)));
        rules.push(rule(critical, "money", share(100)));
    }
    rules
}
