//! Words that describe an incident and how well it was handled.

use super::vocabulary;

vocabulary! {
    /// One of the six phases onto which every plan's own lifecycle is mapped.
    Phase {
        /// From the first thing that could be noticed to its registration with the point of contact.
        Identification,
        /// Finding out whether it is an incident, how bad, and who leads.
        Assessment,
        /// Containing it and keeping evidence.
        Response,
        /// Removing its cause and every foothold.
        Resolution,
        /// Bringing affected assets back into verified service.
        Recovery,
        /// Review, report, lessons and hand-over of what stays open.
        Closure,
    }
}

vocabulary! {
    /// How bad an incident is: the worst row of the severity table. Four classes, as in ISO/IEC 27035.
    Severity {
        /// An inconvenience.
        Low,
        /// One team is degraded.
        Medium,
        /// A key service is down within its recovery time objective, or confidential data is affected.
        High,
        /// Key services are down beyond their objective, many persons' data, or danger to people.
        Critical,
    }
}

vocabulary! {
    /// A dimension of impact by which severity is found.
    ImpactDimension {
        /// What the organisation can no longer do.
        Operations,
        /// Data that was read, changed or taken.
        Information,
        /// How hard it is to get back to where one was.
        Recoverability,
        /// Money that was lost.
        Money,
        /// Duties by law or contract.
        Legal,
        /// Harm to people.
        Safety,
        /// What others think of the organisation.
        Reputation,
    }
}

vocabulary! {
    /// How fast an incident gets worse. With severity it gives the priority.
    Urgency {
        /// Contained.
        Contained,
        /// It could spread or worsen today.
        CouldWorsen,
        /// It is spreading or losing data now.
        Spreading,
    }
}

vocabulary! {
    /// The order in which work is queued. It decides nothing else.
    Priority {
        /// First.
        P1,
        /// Second.
        P2,
        /// Third.
        P3,
        /// Last.
        P4,
    }
}

vocabulary! {
    /// What kind of incident it is: the classes of the RSIT taxonomy of ENISA and TF-CSIRT.
    Category {
        /// Spam, harmful speech, violence.
        AbusiveContent,
        /// Infected systems, command servers, distribution of malware.
        MaliciousCode,
        /// Scanning, sniffing, social engineering.
        InformationGathering,
        /// Attempts that did not succeed.
        IntrusionAttempts,
        /// Accounts, applications, systems or premises that were taken over.
        Intrusions,
        /// Denial of service, sabotage, misconfiguration, outage.
        Availability,
        /// Information read, changed, lost or leaked without authority.
        InformationContentSecurity,
        /// Masquerade, phishing, unauthorised use, copyright.
        Fraud,
        /// Weaknesses that somebody could use.
        Vulnerable,
        /// None of the others.
        Other,
        /// An exercise as seen from outside. The played incident keeps its real category.
        Test,
    }
}

vocabulary! {
    /// What an objective exercises.
    Capability {
        /// Notice that something is wrong.
        Detect,
        /// Declare, and assemble the people.
        Activate,
        /// Work as the plan says.
        Respond,
        /// Stop it from getting worse.
        Contain,
        /// Tell those who must know.
        Communicate,
        /// Keep a log and evidence.
        Document,
        /// Bring service back.
        Recover,
        /// Draw lessons.
        Learn,
    }
}

vocabulary! {
    /// The element of a capability in which a finding's cause lies (HSEEP's POETE).
    CapabilityElement {
        /// The plan and its procedures.
        Planning,
        /// Who is there, with which authority.
        Organisation,
        /// Tools, channels, monitoring, assets.
        Equipment,
        /// What people have learned.
        Training,
        /// What has been practised.
        Exercises,
    }
}

vocabulary! {
    /// Why something went as it did.
    CauseCode {
        /// The plan has nothing for it.
        NoProcedure,
        /// The plan's words can be read in two ways.
        UnclearProcedure,
        /// The plan says so, and what it says is not right.
        WrongProcedure,
        /// A contact has not been verified for too long.
        OutdatedContact,
        /// Nobody there was allowed to.
        NoAuthority,
        /// Nobody stands in for a role.
        NoDeputy,
        /// Too much work for those there.
        Overloaded,
        /// Who could have done it slept, and nobody took over.
        Asleep,
        /// Nobody could be reached.
        Unreachable,
        /// There is no tool for it.
        ToolMissing,
        /// The tool failed when it was needed.
        ToolFailed,
        /// No source could see it.
        NotVisible,
        /// People had not learned it.
        NotTrained,
        /// People had learned it but never done it.
        NotPractised,
        /// It was seen and judged wrongly.
        Misjudged,
        /// A supplier.
        Supplier,
        /// The exercise itself. Never a finding about the organisation.
        ExerciseArtefact,
    }
}

impl CauseCode {
    /// The capability element under which this cause is listed.
    pub const fn element(self) -> CapabilityElement {
        match self {
            Self::NoProcedure
            | Self::UnclearProcedure
            | Self::WrongProcedure
            | Self::OutdatedContact => CapabilityElement::Planning,
            Self::NoAuthority
            | Self::NoDeputy
            | Self::Overloaded
            | Self::Asleep
            | Self::Unreachable
            | Self::Supplier => CapabilityElement::Organisation,
            Self::ToolMissing | Self::ToolFailed | Self::NotVisible => CapabilityElement::Equipment,
            Self::NotTrained | Self::Misjudged => CapabilityElement::Training,
            Self::NotPractised | Self::ExerciseArtefact => CapabilityElement::Exercises,
        }
    }
}

vocabulary! {
    /// A point in the life of an incident from which time is counted.
    Mark {
        /// The attack began.
        Onset,
        /// The first signal or revealing message exists.
        Observable,
        /// Somebody read one.
        Seen,
        /// It was registered with the point of contact, an analyst or the incident manager.
        Reported,
        /// It was declared an incident.
        Declared,
    }
}

vocabulary! {
    /// What an attack step does to its target.
    Effect {
        /// The attacker gains a foothold.
        Compromise,
        /// Data is encrypted; the asset no longer serves.
        Encrypt,
        /// Records leave the organisation.
        Exfiltrate,
        /// The asset no longer serves.
        Disrupt,
        /// Data is changed; its integrity is lost.
        Alter,
        /// Money is taken.
        Steal,
        /// Records become readable by others where they are.
        Expose,
    }
}

vocabulary! {
    /// How the people of an exercise acted.
    Mode {
        /// Nobody took part; people were drawn at random, or played from a file.
        Simulated,
        /// People talked it through.
        Discussed,
        /// People acted.
        Drilled,
        /// Some acted, the others were drawn.
        Mixed,
        /// A real incident, logged.
        Real,
    }
}

/// Unless somebody says that people took part, nobody did.
impl Default for Mode {
    fn default() -> Self {
        Self::Simulated
    }
}
