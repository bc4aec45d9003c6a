//! Words for what surrounds the people: assets, channels, monitoring and stakeholders.

use super::vocabulary;
use crate::exercise::Day;

vocabulary! {
    /// What an asset is.
    AssetKind {
        /// A desktop or laptop.
        Workstation,
        /// A phone or tablet.
        MobileDevice,
        /// A stick, a disk, a tape that travels.
        RemovableMedia,
        /// A file server or share.
        FileServer,
        /// A mail server.
        MailServer,
        /// A database.
        Database,
        /// An application server.
        ApplicationServer,
        /// A web shop or public site.
        WebShop,
        /// A domain controller.
        DomainController,
        /// An identity provider.
        IdentityProvider,
        /// A host of virtual machines.
        VirtualizationHost,
        /// A tenant in a cloud.
        CloudTenant,
        /// Object storage.
        ObjectStorage,
        /// A source repository.
        SourceRepository,
        /// A build pipeline.
        BuildPipeline,
        /// A backup server that is online.
        BackupServer,
        /// A backup that no network reaches.
        BackupOffline,
        /// A network segment.
        Network,
        /// A firewall.
        Firewall,
        /// Remote access.
        RemoteAccess,
        /// The telephone system.
        TelephonySystem,
        /// Chat, calendar and shared documents.
        CollaborationSuite,
        /// Payments.
        PaymentSystem,
        /// A medical device.
        MedicalDevice,
        /// An industrial controller.
        IndustrialController,
        /// Sensors.
        SensorNetwork,
        /// A building.
        Building,
        /// An archive on paper.
        PaperArchive,
        /// A supplier as seen from here.
        Supplier,
        /// A set of data wherever it lies.
        Dataset,
        /// An account and its credentials.
        Account,
        /// A bank account.
        BankAccount,
        /// A security tool.
        SecurityTool,
        /// A store of logs.
        LogStore,
    }
}

impl AssetKind {
    /// Whether assets of this kind hold backups of others.
    pub const fn is_backup(self) -> bool {
        matches!(self, Self::BackupServer | Self::BackupOffline)
    }
}

vocabulary! {
    /// How a message travels.
    ChannelKind {
        /// Mail: stored and forwarded.
        Mail,
        /// Chat: stored and forwarded.
        Chat,
        /// A phone on a desk: live voice, for somebody on site.
        DeskPhone,
        /// A mobile phone: interrupts.
        MobilePhone,
        /// A short message.
        TextMessage,
        /// A pager: interrupts.
        Pager,
        /// A conference bridge: interrupts.
        ConferenceBridge,
        /// In person: live voice, for somebody on site.
        InPerson,
        /// A ticket.
        Ticket,
        /// A portal of a recipient.
        Portal,
        /// The intranet.
        Intranet,
        /// A status page.
        StatusPage,
        /// Loudspeakers.
        PublicAddress,
        /// Radio: live voice.
        Radio,
        /// A letter.
        Letter,
        /// The press.
        Press,
        /// Social media.
        SocialMedia,
        /// Any kind, on assets of its own.
        OutOfBand,
    }
}

impl ChannelKind {
    /// Whether somebody is reached on such a channel as a matter of course. Phones to carry are for those on
    /// call; what is published reaches nobody in person.
    pub const fn is_usual(self, on_call: bool) -> bool {
        match self {
            Self::MobilePhone | Self::Pager => on_call,
            Self::Portal | Self::StatusPage | Self::Letter | Self::Press | Self::SocialMedia => {
                false
            }
            _ => true,
        }
    }

    /// Whether a message over this channel interrupts work: phone, pager and bridge do.
    pub const fn interrupts(self) -> bool {
        matches!(
            self,
            Self::DeskPhone
                | Self::MobilePhone
                | Self::Pager
                | Self::ConferenceBridge
                | Self::InPerson
                | Self::PublicAddress
                | Self::Radio
                | Self::OutOfBand
        )
    }

    /// Whether the channel reaches only somebody on site at that instant.
    pub const fn on_site_only(self) -> bool {
        matches!(
            self,
            Self::DeskPhone | Self::InPerson | Self::PublicAddress | Self::Radio
        )
    }

    /// Whether the channel reaches people away from work: those on call are called over these.
    pub const fn reaches_anywhere(self) -> bool {
        matches!(
            self,
            Self::MobilePhone | Self::Pager | Self::TextMessage | Self::OutOfBand
        )
    }
}

vocabulary! {
    /// Who outside the response has to be told.
    StakeholderKind {
        /// The executives.
        Executives,
        /// The board.
        Board,
        /// All staff.
        Staff,
        /// Representatives of staff.
        StaffRepresentatives,
        /// Customers.
        Customers,
        /// Persons whose data is concerned.
        DataSubjects,
        /// Patients.
        Patients,
        /// Partners.
        Partners,
        /// Suppliers.
        Suppliers,
        /// Owners of the organisation.
        Owners,
        /// The insurer.
        Insurer,
        /// The bank.
        Bank,
        /// Payment card brands.
        PaymentBrands,
        /// The data protection authority.
        DataProtectionAuthority,
        /// The regulator of the sector.
        SectorRegulator,
        /// The national response team.
        NationalCsirt,
        /// The police.
        LawEnforcement,
        /// The authority of a securities market.
        MarketAuthority,
        /// The media.
        Media,
        /// The public.
        Public,
        /// A law firm.
        OutsideCounsel,
        /// Responders from outside.
        Responders,
    }
}

vocabulary! {
    /// What can notice something.
    SourceKind {
        /// Log correlation.
        Siem,
        /// Endpoint detection.
        Edr,
        /// Antivirus.
        Antivirus,
        /// Network detection.
        NetworkDetection,
        /// The mail gateway.
        MailGateway,
        /// Sign-in logs.
        IdentityLogs,
        /// Audit trails of a cloud.
        CloudAudit,
        /// Data loss prevention.
        DataLossPrevention,
        /// Decoys.
        Deception,
        /// The watch over backups.
        BackupMonitor,
        /// The watch over availability.
        AvailabilityMonitor,
        /// A sensor of the building.
        PhysicalSensor,
        /// Controls over payments.
        FinancialControl,
        /// A managed security service.
        ManagedSoc,
        /// Users.
        UserReport,
        /// The help desk.
        HelpDesk,
        /// A customer.
        Customer,
        /// A supplier.
        Supplier,
        /// A researcher.
        Researcher,
        /// An authority.
        Authority,
        /// Threat intelligence: it raises what the others see.
        ThreatIntelligence,
        /// The attacker, who says so.
        Attacker,
        /// The press.
        Press,
        /// Periodic: a scan for weaknesses.
        VulnerabilityScan,
        /// Periodic: a penetration test.
        PenetrationTest,
        /// Periodic: an internal audit.
        InternalAudit,
        /// Periodic: a review of access.
        AccessReview,
        /// Periodic: a review of logs.
        LogReview,
    }
}

vocabulary! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Mon,
        /// Tuesday.
        Tue,
        /// Wednesday.
        Wed,
        /// Thursday.
        Thu,
        /// Friday.
        Fri,
        /// Saturday.
        Sat,
        /// Sunday.
        Sun,
    }
}

impl Weekday {
    /// Saturday and Sunday: the weekend where nobody says otherwise.
    pub const WEEKEND: &'static [Self] = &[Self::Sat, Self::Sun];

    /// The weekday of a day.
    pub const fn of(day: Day) -> Self {
        Self::ALL[day.weekday() as usize]
    }
}

vocabulary! {
    /// What an organisation does, as far as duties can hang on it. The first two groups are those of annexes I
    /// and II of Directive (EU) 2022/2555; the third is all else.
    Sector {
        /// Electricity, heat, oil, gas, hydrogen (annex I, 1).
        Energy,
        /// Air, rail, water, road (annex I, 2).
        Transport,
        /// Credit institutions (annex I, 3).
        Banking,
        /// Trading venues and central counterparties (annex I, 4).
        FinancialMarkets,
        /// Providers of health care, laboratories, makers of medicines (annex I, 5).
        Health,
        /// Suppliers and distributors of drinking water (annex I, 6).
        DrinkingWater,
        /// Collection and treatment of waste water (annex I, 7).
        WasteWater,
        /// Exchange points, name services, clouds, data centres, networks, trust services (annex I, 8).
        DigitalInfrastructure,
        /// Managed services and managed security for other businesses (annex I, 9).
        IctServices,
        /// Central and regional government, and local where the state says so (annex I, 10).
        PublicAdministration,
        /// Operators of ground infrastructure of space services (annex I, 11).
        Space,
        /// Postal and courier services (annex II, 1).
        Postal,
        /// Collection and treatment of waste (annex II, 2).
        WasteManagement,
        /// Makers and distributors of chemicals (annex II, 3).
        Chemicals,
        /// Wholesale, production and processing of food (annex II, 4).
        Food,
        /// Makers of medical devices, computers, electronics, machines and vehicles (annex II, 5).
        Manufacturing,
        /// Marketplaces, search engines, social networks (annex II, 6).
        DigitalProviders,
        /// Research organisations (annex II, 7).
        Research,
        /// Farming, forestry, fishing.
        Agriculture,
        /// Building.
        Construction,
        /// Schools and universities.
        Education,
        /// Hotels and restaurants.
        Hospitality,
        /// Insurance and pensions.
        Insurance,
        /// Sports, arts, museums.
        Leisure,
        /// Press, broadcasting, publishing.
        Media,
        /// Associations and charities.
        NonProfit,
        /// Law, accounting, consulting, agencies.
        ProfessionalServices,
        /// Letting and managing of buildings.
        RealEstate,
        /// Shops.
        Retail,
        /// None of these.
        Other,
    }
}
