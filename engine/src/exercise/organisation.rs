//! The organisation: its people, roles, teams and staff, and whom it has to tell.

use super::{
    Asset, AssetId, BasisPoints, Channel, ChannelId, ChannelKind, Data, Day, ExerciseTime,
    Function, Law, Measure, Money, PersonId, Phase, RoleId, Sector, Slug, Source, Span,
    StakeholderKind, Weekday, WeeklyHours, Zone,
};
use serde::{Deserialize, Serialize};

/// The organisation whose response is rehearsed. Every list is sorted by slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name, for people.
    pub name: String,
    /// The country whose law holds for it, as two letters of ISO 3166, where it is given; for people.
    pub country: Option<String>,
    /// What it does, for people; sorted.
    pub sectors: Vec<Sector>,
    /// Its time zone.
    pub zone: Zone,
    /// Its office hours.
    pub hours: WeeklyHours,
    /// Days on which nobody is on shift unless on call; sorted.
    pub holidays: Vec<Day>,
    /// The days of the week that are no business days; sorted, never all seven.
    pub weekend: Vec<Weekday>,
    /// Yearly revenue, to put money lost in proportion.
    pub revenue: Option<Money>,
    /// The currency of all money, as the three letters of ISO 4217, where it is given; for people.
    #[serde(default)]
    pub currency: Option<String>,
    /// What each record that is out costs it.
    #[serde(default)]
    pub per_record: PerRecord,
    /// Its people, who are simulated or played.
    pub people: Vec<Person>,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its teams.
    pub teams: Vec<Team>,
    /// Groups of staff, who see and may report.
    pub groups: Vec<StaffGroup>,
    /// Its assets.
    pub assets: Vec<Asset>,
    /// Links between assets, each pair once and in order; `None` where all are connected.
    pub network: Option<Vec<(AssetId, AssetId)>>,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// Its monitoring.
    pub sources: Vec<Source>,
    /// Whom it may have to tell.
    pub stakeholders: Vec<Stakeholder>,
    /// Its risk register.
    pub risks: Vec<Risk>,
    /// Whether friction is off: no fatigue, no errors, no reading or notice time, and no floors of work.
    /// A laboratory, for checking the engine against theory.
    pub tireless: bool,
}

/// What a record that is out costs: telling those whose it is, answering them, making it good. By what an
/// asset holds; where that is several kinds of data, the dearest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerRecord {
    /// A record of any kind.
    pub records: Money,
    /// One about a person.
    pub personal_data: Money,
    /// One about a person that law protects more strongly.
    pub special_category: Money,
}

impl PerRecord {
    /// What a record of a kind of data costs.
    pub const fn of(self, data: Data) -> Money {
        match data {
            Data::Records => self.records,
            Data::PersonalData => self.personal_data,
            Data::SpecialCategory => self.special_category,
        }
    }

    /// What a record of an asset costs.
    pub fn on(self, asset: &Asset) -> Money {
        let kinds = Data::ALL.into_iter().filter(|data| asset.holds(*data));
        kinds.map(|data| self.of(data)).max().unwrap_or_default()
    }
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The person's id; names live in a file of their own.
    pub slug: Slug,
    /// The weekly shift, without leave and holidays.
    pub shift: WeeklyHours,
    /// Whether public holidays are days off.
    pub keeps_holidays: bool,
    /// When the person is on call, beyond the shift.
    pub on_call: WeeklyHours,
    /// Days of absence, first and last, sorted.
    pub leave: Vec<(Day, Day)>,
    /// The channels by which the person can be reached, sorted.
    pub channels: Vec<ChannelId>,
    /// How fast the person notices: exceptions from the table of defaults, sorted by kind.
    pub notice: Vec<Notice>,
    /// Experience by phase, in the order of the phases.
    pub experience: [Experience; 6],
    /// Days since the last training or exercise by phase, where there was one.
    pub trained_days_ago: [Option<u32>; 6],
    /// Hours between waking up and the start of a shift; `None`: drawn for each run.
    pub awake_before_shift: Option<Span>,
    /// Functions that the person can take on beside those of the roles held; sorted.
    pub also: Vec<Function>,
}

/// How fast a person notices messages of a kind of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The kind of channel.
    pub channel: ChannelKind,
    /// The median on duty.
    pub on_duty: Span,
    /// The median off duty; `None`: not before the next shift.
    pub off_duty: Option<Span>,
}

/// How much somebody has done of a kind of work.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Experience {
    /// Never done for real.
    Little,
    /// Knows the work.
    #[default]
    Nominal,
    /// Does it often.
    Much,
}

/// A role: the organisation's own name for one or more functions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// What it is for; sorted.
    pub functions: Vec<Function>,
    /// Who holds it; sorted.
    pub holders: Vec<PersonId>,
    /// Who stands in, in this order.
    pub deputies: Vec<PersonId>,
    /// Measures that it may take without asking; sorted.
    pub may: Vec<Measure>,
}

/// A team that is activated as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its id.
    pub slug: Slug,
    /// Its roles; sorted.
    pub roles: Vec<RoleId>,
    /// How many people make it able to act.
    pub quorum: u16,
    /// The channel on which it meets.
    pub bridge: Option<ChannelId>,
}

/// A group of staff who are not responders: they see what happens to the assets they use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffGroup {
    /// Its id.
    pub slug: Slug,
    /// How many they are.
    pub size: u32,
    /// When they work.
    pub hours: WeeklyHours,
    /// The assets they use; sorted.
    pub uses: Vec<AssetId>,
    /// The share who know how to report.
    pub knows_channel: BasisPoints,
    /// The chance that one who sees something reports it, in hours.
    pub reports: BasisPoints,
    /// How long one takes to report.
    pub after: Law,
    /// The channel by which they report.
    pub channel: Option<ChannelId>,
    /// Days since their awareness training, where there was one.
    pub trained_days_ago: Option<u32>,
}

/// Somebody who may have to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stakeholder {
    /// Its id.
    pub slug: Slug,
    /// Its name, for people.
    pub title: String,
    /// Its kind.
    pub kind: StakeholderKind,
    /// How it is reached.
    pub channels: Vec<ChannelId>,
    /// Its own zone for counting days; `None`: the organisation's.
    pub zone: Option<Zone>,
    /// Its own holidays for counting business days; sorted.
    pub holidays: Vec<Day>,
    /// Its own weekend, as the organisation's; `None`: the organisation's.
    pub weekend: Option<Vec<Weekday>>,
    /// Days since its contact was last verified, where it ever was.
    pub verified_days_ago: Option<u32>,
    /// When it is told, in its own zone; `None`: at any hour.
    #[serde(default)]
    pub hours: Option<WeeklyHours>,
}

/// A risk of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// Who owns it.
    pub owner: Option<RoleId>,
    /// How often per thousand years it is expected.
    pub per_thousand_years: u32,
    /// The id of the scenario that exercises it.
    pub scenario: Option<String>,
    /// What is done about it, for people.
    pub treatment: String,
    /// The loss of one occurrence that is accepted.
    pub appetite: Option<Money>,
    /// The outage of any one asset that is accepted.
    pub accepted_outage: Option<Span>,
}

impl Organisation {
    /// The experience of a person in a phase.
    pub fn experience(&self, person: PersonId, phase: Phase) -> Experience {
        self.people[person.index()].experience[phase.index()]
    }

    /// The roles that have a function, in order.
    pub fn roles_of(&self, function: Function) -> impl Iterator<Item = RoleId> + '_ {
        self.roles
            .iter()
            .enumerate()
            .filter(move |(_, role)| role.functions.binary_search(&function).is_ok())
            .map(|(i, _)| RoleId::new(i))
    }
}

/// A half-open interval of exercise time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The first instant in it.
    pub from: ExerciseTime,
    /// The first instant after it.
    pub until: ExerciseTime,
}
