//! What a source of a kind sees where its author does not say. Illustrative.

use hotwash_engine::exercise::{BasisPoints, Law, SourceKind, Span};

/// How likely a source of this kind sees a step of an attack.
pub(crate) const fn chance_to_see(kind: SourceKind) -> BasisPoints {
    BasisPoints(match kind {
        SourceKind::AvailabilityMonitor | SourceKind::BackupMonitor => 9_000,
        SourceKind::Edr | SourceKind::Attacker => 6_000,
        SourceKind::ManagedSoc | SourceKind::Deception => 5_000,
        SourceKind::Siem
        | SourceKind::CloudAudit
        | SourceKind::PenetrationTest
        | SourceKind::InternalAudit
        | SourceKind::AccessReview
        | SourceKind::LogReview => 4_000,
        SourceKind::Antivirus
        | SourceKind::NetworkDetection
        | SourceKind::MailGateway
        | SourceKind::DataLossPrevention
        | SourceKind::FinancialControl
        | SourceKind::VulnerabilityScan => 3_000,
        SourceKind::IdentityLogs
        | SourceKind::PhysicalSensor
        | SourceKind::UserReport
        | SourceKind::HelpDesk => 2_000,
        SourceKind::Customer
        | SourceKind::Supplier
        | SourceKind::Researcher
        | SourceKind::Authority
        | SourceKind::Press => 1_000,
        SourceKind::ThreatIntelligence => 0,
    })
}

/// How long it is from one false alarm of a source of this kind to the next.
pub(crate) const fn false_alarms(kind: SourceKind) -> Law {
    let (low, high) = match kind {
        SourceKind::Siem | SourceKind::NetworkDetection => (Span::hours(6), Span::days(3)),
        SourceKind::Edr => (Span::hours(9), Span::days(4)),
        SourceKind::Antivirus
        | SourceKind::MailGateway
        | SourceKind::CloudAudit
        | SourceKind::DataLossPrevention
        | SourceKind::UserReport
        | SourceKind::HelpDesk => (Span::days(1), Span::days(6)),
        SourceKind::IdentityLogs
        | SourceKind::ManagedSoc
        | SourceKind::ThreatIntelligence
        | SourceKind::AvailabilityMonitor
        | SourceKind::PhysicalSensor => (Span::days(2), Span::days(8)),
        SourceKind::BackupMonitor | SourceKind::FinancialControl => (Span::days(3), Span::days(21)),
        SourceKind::Deception
        | SourceKind::VulnerabilityScan
        | SourceKind::PenetrationTest
        | SourceKind::InternalAudit
        | SourceKind::AccessReview
        | SourceKind::LogReview => (Span::days(14), Span::days(90)),
        SourceKind::Attacker
        | SourceKind::Customer
        | SourceKind::Supplier
        | SourceKind::Researcher
        | SourceKind::Authority
        | SourceKind::Press => (Span::days(30), Span::days(180)),
    };
    Law::Range { low, high }
}

/// How long after a step took effect a source of this kind tells of it.
pub(crate) const fn time_to_see(kind: SourceKind) -> Law {
    let (low, high) = match kind {
        SourceKind::AvailabilityMonitor
        | SourceKind::Antivirus
        | SourceKind::Deception
        | SourceKind::PhysicalSensor => (Span::minutes(1), Span::minutes(15)),
        SourceKind::Edr
        | SourceKind::MailGateway
        | SourceKind::NetworkDetection
        | SourceKind::DataLossPrevention => (Span::minutes(2), Span::hours(2)),
        SourceKind::Siem
        | SourceKind::ManagedSoc
        | SourceKind::CloudAudit
        | SourceKind::IdentityLogs => (Span::minutes(15), Span::hours(8)),
        SourceKind::UserReport
        | SourceKind::HelpDesk
        | SourceKind::Attacker
        | SourceKind::ThreatIntelligence => (Span::minutes(15), Span::hours(12)),
        SourceKind::BackupMonitor | SourceKind::FinancialControl => {
            (Span::hours(1), Span::hours(24))
        }
        SourceKind::Customer
        | SourceKind::Supplier
        | SourceKind::Researcher
        | SourceKind::Authority
        | SourceKind::Press => (Span::days(1), Span::days(30)),
        SourceKind::VulnerabilityScan
        | SourceKind::PenetrationTest
        | SourceKind::InternalAudit
        | SourceKind::AccessReview
        | SourceKind::LogReview => (Span::hours(1), Span::days(3)),
    };
    Law::Range { low, high }
}
