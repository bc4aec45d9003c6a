//! Words for who responds, and with what.

use super::Phase;
use super::vocabulary;

vocabulary! {
    /// What a role is for, whatever the organisation calls it.
    Function {
        /// Anybody who reports an event.
        Reporter,
        /// Takes reports of events.
        PointOfContact,
        /// First help for users.
        ServiceDesk,
        /// Judges events and investigates.
        Analyst,
        /// Acts on systems during an incident.
        Handler,
        /// Secures and reads evidence.
        Forensics,
        /// Follows what attackers do elsewhere.
        ThreatIntelligence,
        /// Leads the response.
        IncidentManager,
        /// Keeps the incident log.
        Scribe,
        /// Leads the technical work.
        TechnicalLead,
        /// Runs servers and applications.
        ItOperations,
        /// Runs the network.
        Network,
        /// Runs accounts and access.
        Identity,
        /// Runs backups.
        BackupOperator,
        /// Writes software.
        Developer,
        /// Runs industrial controls.
        OtEngineer,
        /// Answers for an asset.
        AssetOwner,
        /// Leads a business area.
        BusinessLead,
        /// Keeps the business going without its systems.
        Continuity,
        /// Leads in a crisis.
        CrisisLead,
        /// Top management.
        Executive,
        /// Answers for information security.
        Ciso,
        /// Answers for a risk.
        RiskOwner,
        /// Legal advice.
        Legal,
        /// Data protection officer.
        DataProtection,
        /// Compliance.
        Compliance,
        /// Communications inside and outside.
        Communications,
        /// Speaks to the press.
        Spokesperson,
        /// Speaks to customers.
        CustomerCare,
        /// Human resources.
        HumanResources,
        /// Finance.
        Finance,
        /// Buys.
        Procurement,
        /// Manages suppliers.
        SupplierManager,
        /// Guards premises.
        PhysicalSecurity,
        /// Trains people and runs exercises.
        Trainer,
        /// External: an incident response retainer.
        Retainer,
        /// External: a law firm.
        OutsideCounsel,
        /// External: the insurer.
        Insurer,
        /// External: a managed service provider.
        ManagedService,
    }
}

impl Function {
    /// The functions without which a response cannot be led: `check` warns if nobody has one of them.
    pub const ESSENTIAL: &'static [Self] = &[
        Self::PointOfContact,
        Self::Analyst,
        Self::Handler,
        Self::IncidentManager,
        Self::Scribe,
        Self::Executive,
        Self::Legal,
        Self::DataProtection,
        Self::Communications,
    ];
}

vocabulary! {
    /// What a task of the plan does to the incident.
    Measure {
        /// Registers an event with the point of contact.
        Report,
        /// Writes into the team's own incident log.
        Log,
        /// Tells the next level.
        Escalate,
        /// Judges whether an event is real, and what it concerns.
        Triage,
        /// Declares an incident.
        Declare,
        /// Decides, with reason, that it is not an incident.
        Reject,
        /// Gives severity, category and priority.
        Classify,
        /// Finds out what happened.
        Investigate,
        /// States what is affected.
        Scope,
        /// Assembles the team and opens its room.
        Activate,
        /// Secures volatile or other evidence.
        Preserve,
        /// Cuts an asset off from its paths.
        Isolate,
        /// Cuts a path.
        Block,
        /// Disables an account.
        DisableAccount,
        /// Takes back sessions and access.
        Revoke,
        /// Removes the load of a denial of service, or unwanted traffic.
        Filter,
        /// Calls a payment back.
        RecallPayment,
        /// Deletes data on a device at a distance.
        WipeRemotely,
        /// Has a page or account of the attacker removed.
        Takedown,
        /// Unplugs an asset.
        Disconnect,
        /// Switches an asset off.
        Shutdown,
        /// Removes the attacker's footholds.
        Evict,
        /// Closes a weakness by an update.
        Patch,
        /// Closes a weakness by a setting.
        Harden,
        /// Replaces exposed credentials.
        RotateCredentials,
        /// Finds the entry and the cause.
        FindCause,
        /// Moves service to a standby.
        Failover,
        /// Builds an asset anew.
        Rebuild,
        /// Restores an asset from backup.
        Restore,
        /// Connects an asset again.
        Reconnect,
        /// Checks that an asset serves and is clean.
        Verify,
        /// Watches for recurrence.
        Watch,
        /// The owner takes the asset back.
        Accept,
        /// Tells a stakeholder.
        Notify,
        /// Tells people inside where things stand.
        Brief,
        /// Takes a decision of the plan.
        Decide,
        /// Hands the incident over.
        HandOver,
        /// Holds the review.
        Review,
        /// Issues the incident report.
        IssueReport,
        /// Gives corrective actions an owner and a date.
        AssignAction,
        /// Closes the incident.
        Close,
    }
}

impl Measure {
    /// The phase in which this measure is at home; `None` for measures of any phase.
    pub const fn home(self) -> Option<Phase> {
        match self {
            Self::Report | Self::Log | Self::Escalate => Some(Phase::Identification),
            Self::Triage
            | Self::Declare
            | Self::Reject
            | Self::Classify
            | Self::Investigate
            | Self::Scope => Some(Phase::Assessment),
            Self::Activate
            | Self::Preserve
            | Self::Isolate
            | Self::Block
            | Self::DisableAccount
            | Self::Revoke
            | Self::Filter
            | Self::RecallPayment
            | Self::WipeRemotely
            | Self::Takedown
            | Self::Disconnect
            | Self::Shutdown => Some(Phase::Response),
            Self::Evict
            | Self::Patch
            | Self::Harden
            | Self::RotateCredentials
            | Self::FindCause => Some(Phase::Resolution),
            Self::Failover
            | Self::Rebuild
            | Self::Restore
            | Self::Reconnect
            | Self::Verify
            | Self::Watch
            | Self::Accept => Some(Phase::Recovery),
            Self::Notify | Self::Brief | Self::Decide | Self::HandOver => None,
            Self::Review | Self::IssueReport | Self::AssignAction | Self::Close => {
                Some(Phase::Closure)
            }
        }
    }

    /// Whether this measure is taken on assets: on those affected, where none are said.
    pub const fn is_taken_on_assets(self) -> bool {
        match self.home() {
            Some(Phase::Response) => !matches!(self, Self::Activate),
            Some(Phase::Resolution) => !matches!(self, Self::FindCause),
            Some(Phase::Recovery) => !matches!(self, Self::Watch | Self::Accept),
            _ => false,
        }
    }

    /// Whether whoever takes it works on the asset itself, one after the other: what others run, our people
    /// do not have in hand. Cutting off, blocking and closing accounts is done on our side, for all at once.
    pub const fn needs_it_in_hand(self) -> bool {
        matches!(
            self,
            Self::Preserve
                | Self::Shutdown
                | Self::WipeRemotely
                | Self::Evict
                | Self::Patch
                | Self::RotateCredentials
                | Self::Failover
                | Self::Rebuild
                | Self::Restore
                | Self::Verify
        )
    }

    /// Whether this measure, truly in effect, contains an affected asset by itself.
    pub const fn contains(self) -> bool {
        matches!(
            self,
            Self::Isolate
                | Self::Disconnect
                | Self::Shutdown
                | Self::WipeRemotely
                | Self::Evict
                | Self::DisableAccount
                | Self::Revoke
                | Self::Block
                | Self::Filter
                | Self::Takedown
                | Self::RecallPayment
        )
    }
}

vocabulary! {
    /// Evidence that can be secured, and lost.
    EvidenceItem {
        /// Memory of a running system; lost when it is switched off.
        Memory,
        /// A disk image; lost when the asset is wiped or rebuilt.
        Disk,
        /// Logs; they expire.
        Logs,
        /// A mailbox.
        Mailbox,
        /// Audit trails of a cloud service.
        CloudAudit,
    }
}
