//! Who stands in for a function that no role has, and office hours.

use hotwash_engine::exercise::{DayHours, Function, Weekday, WeeklyHours};

/// For each function, who stands in where no role has it: the first that somebody has. Work on
/// systems goes to whoever is nearest to the systems, words go to whoever leads. For a function
/// outside the organisation only somebody who is asked to speak for it stands in.
pub(crate) const STAND_INS: &[(Function, &[Function])] = {
    use Function as F;
    const LEADS: [Function; 5] = [
        F::IncidentManager,
        F::Ciso,
        F::CrisisLead,
        F::Executive,
        F::Analyst,
    ];
    const LOOKS: [Function; 8] = [
        F::Analyst,
        F::Handler,
        F::ItOperations,
        F::TechnicalLead,
        F::ServiceDesk,
        F::ManagedService,
        F::IncidentManager,
        F::Ciso,
    ];
    const OPERATES: [Function; 7] = [
        F::ItOperations,
        F::TechnicalLead,
        F::Handler,
        F::Analyst,
        F::ManagedService,
        F::IncidentManager,
        F::Ciso,
    ];
    const RULES: [Function; 7] = [
        F::Compliance,
        F::Legal,
        F::DataProtection,
        F::Ciso,
        F::IncidentManager,
        F::Executive,
        F::Analyst,
    ];
    const SPEAKS: [Function; 6] = [
        F::Communications,
        F::Spokesperson,
        F::CrisisLead,
        F::IncidentManager,
        F::Executive,
        F::Analyst,
    ];
    const RUNS: [Function; 7] = [
        F::BusinessLead,
        F::Continuity,
        F::CrisisLead,
        F::Executive,
        F::IncidentManager,
        F::Ciso,
        F::Analyst,
    ];
    const RULES_OVER: [Function; 6] = [
        F::Executive,
        F::CrisisLead,
        F::Ciso,
        F::BusinessLead,
        F::IncidentManager,
        F::Analyst,
    ];
    const TAKES: [Function; 6] = [
        F::PointOfContact,
        F::ServiceDesk,
        F::Analyst,
        F::Handler,
        F::ItOperations,
        F::IncidentManager,
    ];
    &[
        (F::Reporter, &TAKES),
        (F::PointOfContact, &TAKES),
        (F::ServiceDesk, &TAKES),
        (F::Analyst, &LOOKS),
        (F::Handler, &OPERATES),
        (F::Forensics, &LOOKS),
        (F::ThreatIntelligence, &LOOKS),
        (F::IncidentManager, &LEADS),
        (F::Scribe, &LEADS),
        (F::TechnicalLead, &OPERATES),
        (F::ItOperations, &OPERATES),
        (F::Network, &OPERATES),
        (F::Identity, &OPERATES),
        (F::BackupOperator, &OPERATES),
        (F::Developer, &OPERATES),
        (F::OtEngineer, &OPERATES),
        (F::AssetOwner, &RUNS),
        (F::BusinessLead, &RUNS),
        (F::Continuity, &RUNS),
        (F::CrisisLead, &RULES_OVER),
        (F::Executive, &RULES_OVER),
        (F::Ciso, &RULES_OVER),
        (F::RiskOwner, &RULES_OVER),
        (F::Legal, &RULES),
        (F::DataProtection, &RULES),
        (F::Compliance, &RULES),
        (F::Communications, &SPEAKS),
        (F::Spokesperson, &SPEAKS),
        (F::CustomerCare, &SPEAKS),
        (F::HumanResources, &RUNS),
        (F::Finance, &RUNS),
        (F::Procurement, &RUNS),
        (F::SupplierManager, &RUNS),
        (F::PhysicalSecurity, &RUNS),
        (F::Trainer, &LEADS),
        (F::Retainer, &[]),
        (F::OutsideCounsel, &[F::Legal]),
        (F::Insurer, &[]),
        (F::ManagedService, &[F::ItOperations]),
    ]
};

/// Who stands in for a function, in order.
pub(crate) fn stand_ins_of(function: Function) -> &'static [Function] {
    let found = STAND_INS.iter().find(|(of, _)| *of == function);
    found.map_or(&[], |(_, stand_ins)| stand_ins)
}

/// 08:00 to 18:00 on every day but those of the weekend.
pub(crate) fn office_hours(weekend: &[Weekday]) -> WeeklyHours {
    let day = |weekday: &Weekday| DayHours {
        weekday: weekday.index() as u8,
        from: 8 * 60,
        until: 18 * 60,
    };
    let days = Weekday::ALL.iter().filter(|day| !weekend.contains(day));
    WeeklyHours(days.map(day).collect())
}

/// 08:00 to 20:00 on every day: when people outside are told who have no office.
pub(crate) fn daytime() -> WeeklyHours {
    let day = |weekday: &Weekday| DayHours {
        weekday: weekday.index() as u8,
        from: 8 * 60,
        until: 20 * 60,
    };
    WeeklyHours(Weekday::ALL.iter().map(day).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_a_row() {
        let listed: Vec<Function> = STAND_INS.iter().map(|(function, _)| *function).collect();
        assert_eq!(listed, Function::ALL);
    }

    #[test]
    fn an_incident_manager_or_an_analyst_alone_stands_in_for_every_inner_function() {
        let outside = [
            Function::Retainer,
            Function::OutsideCounsel,
            Function::Insurer,
            Function::ManagedService,
        ];
        for (function, stand_ins) in STAND_INS.iter().filter(|(f, _)| !outside.contains(f)) {
            let all = [Function::IncidentManager];
            let covered = all.contains(function) || stand_ins.contains(&Function::IncidentManager);
            assert!(covered, "{function}");
        }
    }
}
