//! The example of each code, as it is once it was mended.

use super::Code;

/// How the example looks when it is right.
pub(super) const fn mended(code: Code) -> &'static str {
    match code {
        Code::NotText
        | Code::TooLarge
        | Code::EmptyFile
        | Code::ByteOrderMark
        | Code::SmartQuote
        | Code::OpenText
        | Code::OpenComment
        | Code::BadEscape
        | Code::StrayCharacter
        | Code::Percent
        | Code::Bracket
        | Code::MissingComma
        | Code::MissingColon
        | Code::Unexpected
        | Code::TooDeep
        | Code::Extension
        | Code::NotRon
        | Code::InsideWord
        | Code::OtherBlank
        | Code::HashComment
        | Code::OtherFormat => written(code),
        Code::WrongFile => "Plan(title: \"Response\", tasks: [..])",
        Code::UnknownField | Code::UnknownWord | Code::QuotedWord => {
            "(id: \"triage\", phase: Assessment)"
        }
        Code::MissingField => {
            "tasks: [(id: \"triage\", phase: Assessment, by: Analyst, takes: \"5m to 45m\")]"
        }
        Code::DuplicateField | Code::UnquotedName => "(id: \"triage\")",
        Code::WrongKind => "after: [\"triage\"]",
        Code::WrongArguments => "when: Not(AlertRaised)",
        Code::BadId => "(id: \"file-server\", title: \"File server\")",
        Code::BadDuration => "takes: \"5m to 40m\"",
        Code::BadNumber => "chance: 0.15",
        Code::UnknownRole => "by: Analyst",
        Code::BadTime => "start: \"Fri 18:40\"",
        Code::BadHours => "hours: \"Mon-Fri 09:00-17:00\"",
        Code::HoursOfAuthority => "(id: \"authority\", kind: DataProtectionAuthority)",
        Code::StrangeHours => "hours: \"Mon-Fri 08:00-18:00\"",
        Code::UnknownZone => "time_zone: \"Europe/Lisbon\"",
        Code::BadTechnique => "technique: \"T1486\"",
        Code::UnknownCountry => "country: \"IE\"",
        Code::UnknownCurrency => "currency: \"EUR\"",
        _ => meant(code),
    }
}

const fn written(code: Code) -> &'static str {
    match code {
        Code::NotText => "organisation.ron",
        Code::TooLarge => "several files, each of what one person can read",
        Code::EmptyFile => "Plan(tasks: [..])",
        Code::ByteOrderMark => "nothing before `Plan(`",
        Code::SmartQuote | Code::OpenText => "title: \"Response\",",
        Code::OpenComment => "/* who owns this plan? */",
        Code::BadEscape => "text: \"See C:\\\\plans\"",
        Code::StrayCharacter => "phase: Assessment, by: Analyst",
        Code::Percent => "reports: 0.7",
        Code::Bracket => "after: [\"triage\"], takes: \"5m\"",
        Code::MissingComma => "(id: \"triage\", phase: Assessment)",
        Code::MissingColon => "(id: \"triage\")",
        Code::Unexpected => "after: [\"triage\", \"declare\"]",
        Code::TooDeep => "when: All([AlertRaised, Elapsed(\"1h\")])",
        Code::Extension => "no such line",
        Code::InsideWord | Code::OtherBlank => "phase: Assessment",
        Code::HashComment => "// who owns this plan?",
        Code::OtherFormat => "Plan(title: \"Response plan\", tasks: [..])",
        _ => "the same file without it",
    }
}

/// Of what is wrong with what is said, not with how it is written.
const fn meant(code: Code) -> &'static str {
    match code {
        Code::DuplicateId => "[(id: \"triage\", ..), (id: \"triage-again\", ..)]",
        Code::UnknownPerson => "deputies: [\"jonas\"]",
        Code::UnknownAsset => "depends_on: [\"network\"]",
        Code::UnknownChannel => "via: \"phone\"",
        Code::UnknownTask => "after: [\"triage\"]",
        Code::UnknownObligation => "after: \"early-warning\"",
        Code::UnknownDecision => "when: Decided(\"pay\", \"no\")",
        Code::UnknownIncident => "incident: \"second\"",
        Code::UnknownStep => "reveals: [Step(\"encrypt\")]",
        Code::UnknownInject => "then: [Fire(\"press\")]",
        Code::UnknownExpectation => "critical: [\"contain\"]",
        Code::Cycle => "(id: \"a\"), (id: \"b\", after: [\"a\"])",
        Code::NotPortable => "to: PointOfContact",
        Code::FactOutOfPlace => "injects: [(when: Taken(Triage), ..)]",
        Code::ActInTrigger => "aware: (what: Known(Real))",
        Code::SeveralAsked => {
            "(id: \"declared\", of: IncidentManager, does: Declare), (id: \"calm\", not: Shutdown(Affected))"
        }
        Code::TwoTriggers => "(after: \"early-warning\")",
        Code::TwoTruths => "incidents: [..]",
        Code::NothingToDecide => {
            "decisions: [(id: \"pay\", by: Executive, question: \"Pay?\", options: [..])]"
        }
        Code::TimeOrder => "attack_began: \"-2h\"",
        Code::Weights => "scoring: (timeliness: 0.6, coverage: 0.2, judgement: 0.2)",
        Code::FreeOutage => {
            "assets: [(id: \"archive\", kind: FileServer, loss_per_hour: (0, because: \"nobody works with it\"))]"
        }
        Code::NobodyActs => "Organisation(name: \"Marsh Lane\", people: [..], roles: [..])",
        Code::NoTasks => "Plan(tasks: [(id: \"triage\", ..)])",
        Code::NothingHappens => "Scenario(title: \"A day\", injects: [(id: \"call\", ..)])",
        Code::NoFunction => "(id: \"lead\", function: IncidentManager)",
        Code::MissingPart => "hotwash check -p plan.ron",
        Code::NoExercise => "attack_began: \"-30d\", limit: \"30d\"",
        Code::NoBusinessDay => "weekend: [Sat, Sun]",
        Code::UnknownDuty => "(id: \"authority\", duty: \"gdpr-authority\", by: DataProtection)",
        Code::DutyTwice => "(id: \"a\", duty: \"gdpr-authority\", by: Legal)",
        _ => weak(code),
    }
}

/// Of warnings and notes.
const fn weak(code: Code) -> &'static str {
    match code {
        Code::NoInjects => "Scenario(attack: [..], injects: [(id: \"locked\", ..)])",
        Code::NeverComes => {
            "(id: \"press\", at: \"2h\", from: \"..\", to: Communications, text: \"..\")"
        }
        Code::AfterEnd => "limit: \"8h\", injects: [(at: \"6h\", ..)]",
        Code::FunctionMissing => {
            "roles: [(id: \"lead\", function: IncidentManager), (id: \"analyst\", function: Analyst)]"
        }
        Code::NobodyHolds => "people: [(id: \"ana\", roles: [\"press\"])]",
        Code::NobodyAtNight => {
            "people: [(id: \"ines\", roles: [\"legal\"], on_call: \"Sat-Sun 08:00-20:00\")]"
        }
        Code::NobodyApproves => "approval: Executive, with an executive on call or a deputy",
        Code::NoDeputy => "(id: \"director\", function: Executive, deputies: [\"emil\"])",
        Code::CannotLearn => "(id: \"warn\", by: Legal, when: Known(Declared))",
        Code::ConstantCondition => "when: Any([AlertRaised, Known(Declared)])",
        Code::StrangeDuration => "takes: \"90m\"",
        Code::NoEffect => "reveals: [Impact]",
        Code::EmptyObjective => {
            "(id: \"O1\", capability: Contain, text: \"..\", critical: [\"cut-off\"])"
        }
        Code::TargetTooShort => {
            "targets: {Response: \"8h\"}, tasks: [(phase: Response, does: Isolate, takes: \"2h to 6h\", ..)]"
        }
        Code::RevealedEarly => {
            "(id: \"locked\", at: \"6h\", reveals: [Step(\"encrypt\")], ..), where `encrypt` takes \"1h to 4h\""
        }
        Code::NoTargets => "targets: One(Kind(FileServer)), where the organisation has one",
        Code::TooFast => "takes: \"20m to 2h\", does: [Triage, Investigate, Isolate(Affected)]",
        Code::WideRange => "takes: \"20m to 4h\"",
        Code::ManyHands => {
            "roles: [(id: \"it\", function: [Analyst, Handler]), (id: \"net\", function: [Network, Identity])], each with a holder of its own"
        }
        Code::AlwaysOnCall => "(id: \"emil\", on_call: \"Mon-Wed 17:00-08:00\")",
        Code::NoFalseAlarms => "monitoring: [(id: \"siem\", kind: Siem, false_alarms: \"2d\")]",
        Code::LawUnknown => {
            "Organisation(name: \"House\", country: \"IE\", assets: [(id: \"records\", data: [PersonalData], ..)])"
        }
        Code::NoClause => {
            "communication: [(id: \"authority\", duty: \"gdpr-authority\", by: DataProtection)]"
        }
        Code::LongerThanLaw => {
            "(id: \"authority\", duty: \"gdpr-authority\", within: \"72h\", by: DataProtection)"
        }
        Code::OneForMany => "each: Asset, does: Restore(Affected), takes: \"4h to 1d\"",
        Code::OpenOrder => "(id: \"restore\", after: [\"secure-memory\"], does: Restore(Affected))",
        Code::TooFewPeople => "(id: \"review\", by: IncidentManager, people: 1)",
        Code::OwnApproval => "approval: \"director\", whose deputy does not ask for it",
        Code::AllOnLeave => "the same with a deputy: `deputies: [\"emil\"]`",
        Code::CannotMeet => {
            "tasks: [(id: \"tell-insurer\", phase: Response, by: Legal, does: Notify(Insurer))]"
        }
        Code::WaitsInCircle => {
            "(id: \"cut\", does: Isolate(Affected), when: Decided(\"cut\", \"yes\")), where the decision comes up `when: AlertRaised`"
        }
        Code::MinuteMissing => "hours: \"Mon-Fri 00:00-24:00\"",
        Code::BetweenClocks => "start: \"2027-03-28 03:30\", with `time_zone: \"Europe/Berlin\"`",
        Code::ManyMessages => "monitoring: [(id: \"edr\", kind: Edr, false_alarms: \"2d\")]",
        Code::PlayedInPart => "the same with fewer assets, where that says as much",
        Code::NoTarget => "Plan(targets: {Response: \"4h\"}, tasks: [..])",
        Code::NoObjective => "objectives: [(id: \"O1\", critical: [\"log-open\"], ..)]",
        Code::NoObjectives => "Scenario(injects: [..], objectives: [..])",
        _ => "no such channel, or somebody with `channels: [\"fax\"]`",
    }
}
