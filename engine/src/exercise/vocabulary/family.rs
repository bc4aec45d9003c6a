//! Which functions are alike: what one person can learn, and do at a time.

use super::vocabulary;
use super::{Function, Measure};

vocabulary! {
    /// A family of functions that ask for the same skills.
    Family {
        /// Leads, decides and answers for it.
        Lead,
        /// Takes reports, helps users and writes down what is done.
        Desk,
        /// Looks into what happened.
        Analysis,
        /// Works on servers, workstations and applications.
        Systems,
        /// Works on the network.
        Network,
        /// Works on accounts and access.
        Identity,
        /// Works on backups.
        Backups,
        /// Works on software.
        Software,
        /// Works on industrial controls.
        Plant,
        /// Keeps the business going, and answers for what it uses.
        Business,
        /// Says what the law asks for.
        Law,
        /// Tells people, inside and outside.
        Word,
        /// Comes from outside.
        Outside,
    }
}

impl Family {
    /// Whether its work is done on systems or data with one's own hands: it needs skills and access that
    /// few people have in many of these families.
    pub const fn is_hands_on(self) -> bool {
        matches!(
            self,
            Self::Analysis
                | Self::Systems
                | Self::Network
                | Self::Identity
                | Self::Backups
                | Self::Software
                | Self::Plant
        )
    }
}

impl Function {
    /// The family it belongs to (`docs/defaults.md`).
    pub const fn family(self) -> Family {
        match self {
            Self::IncidentManager
            | Self::TechnicalLead
            | Self::CrisisLead
            | Self::Executive
            | Self::Ciso
            | Self::RiskOwner
            | Self::Trainer => Family::Lead,
            Self::Reporter | Self::PointOfContact | Self::ServiceDesk | Self::Scribe => {
                Family::Desk
            }
            Self::Analyst | Self::Forensics | Self::ThreatIntelligence => Family::Analysis,
            Self::Handler | Self::ItOperations => Family::Systems,
            Self::Network => Family::Network,
            Self::Identity => Family::Identity,
            Self::BackupOperator => Family::Backups,
            Self::Developer => Family::Software,
            Self::OtEngineer => Family::Plant,
            Self::AssetOwner
            | Self::BusinessLead
            | Self::Continuity
            | Self::HumanResources
            | Self::Finance
            | Self::Procurement
            | Self::SupplierManager
            | Self::PhysicalSecurity => Family::Business,
            Self::Legal | Self::DataProtection | Self::Compliance => Family::Law,
            Self::Communications | Self::Spokesperson | Self::CustomerCare => Family::Word,
            Self::Retainer | Self::OutsideCounsel | Self::Insurer | Self::ManagedService => {
                Family::Outside
            }
        }
    }
}

impl Measure {
    /// Whether it is taken with one's own hands on systems or data, or by looking into them: by who holds a
    /// function of the family whose work it is.
    pub const fn is_hands_on(self) -> bool {
        matches!(
            self,
            Self::Investigate
                | Self::Scope
                | Self::Preserve
                | Self::Isolate
                | Self::Disconnect
                | Self::Block
                | Self::DisableAccount
                | Self::Revoke
                | Self::Filter
                | Self::WipeRemotely
                | Self::Shutdown
                | Self::Evict
                | Self::Patch
                | Self::Harden
                | Self::RotateCredentials
                | Self::FindCause
                | Self::Failover
                | Self::Rebuild
                | Self::Restore
                | Self::Correct
                | Self::Reconnect
                | Self::Verify
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::{holds, row};

    #[test]
    fn the_family_of_every_function_is_documented() {
        let shown = |function: &Function| row(function.name(), function.family());
        let rows: Vec<_> = Function::ALL.iter().map(shown).collect();
        holds("a function belongs to the family", &rows);
        let shown = |family: &Family| {
            let hands_on = if family.is_hands_on() { "yes" } else { "no" };
            row(family.name(), hands_on)
        };
        let rows: Vec<_> = Family::ALL.iter().map(shown).collect();
        holds("a family works with its hands", &rows);
        let named = Measure::ALL.iter().filter(|measure| measure.is_hands_on());
        let rows: Vec<_> = named.map(|measure| row(measure.name(), "yes")).collect();
        holds("a measure is hands-on work", &rows);
    }
}
