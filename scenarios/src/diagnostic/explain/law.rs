//! What is said about duties of law.

use super::{Code, Parts};

pub(super) const fn of_law(code: Code) -> Parts {
    match code {
        Code::UnknownCountry => (
            "Which law holds for an organisation follows from its country, so that it has to be one.",
            "Write its two letters of ISO 3166, such as `IE`. Great Britain is `GB`, Greece is `GR`.",
            "country: \"Ireland\"",
        ),
        Code::UnknownDuty => (
            "A clause says who keeps a duty of law. The duties are those of the regimes that ship; each has a name.",
            "Write the name of one of them. Of a law that does not ship, write `to`, `law`, `aware` and `within` instead.",
            "(id: \"authority\", duty: \"gdpr-autority\", by: DataProtection)",
        ),
        Code::DutyTwice => (
            "One notification keeps a duty. With two clauses for it, nobody could say which of them is to keep it.",
            "Keep one clause; who else helps stands in the task.",
            "(id: \"a\", duty: \"gdpr-authority\", by: Legal), (id: \"b\", duty: \"gdpr-authority\", by: Ciso)",
        ),
        Code::LawUnknown => (
            "Some asset holds data of persons, and law protects them. Which law, follows from the country, and none is given; or none that ships holds there, and no clause of the plan cites one. The country is not guessed from the time zone. No duty of law is judged, whatever the plan says; the score is partial, and `--require` fails.",
            "Write the `country` of the organisation, name the `regimes` that hold for it, or give a clause the `law` that it rests on.",
            "Organisation(name: \"House\", assets: [(id: \"records\", data: [PersonalData], ..)])",
        ),
        Code::NoClause => (
            "What law asks for follows from the country, the sector and the data of the organisation, and is judged whether or not the plan speaks of it. Without a clause nobody is charged with it, and nobody is told of the facts that start its clock.",
            "Add a clause that names the duty and says who sees to it and by which task.",
            "communication: [], in a plan for a hospital in Ireland",
        ),
        _ => (
            "Whoever works to the plan's limit is late by the law's, and the law's is judged. A shorter limit of the plan is shown beside it.",
            "Write a shorter limit, or none.",
            "(id: \"authority\", duty: \"gdpr-authority\", within: \"5d\", by: DataProtection)",
        ),
    }
}
