//! The organisation as a whole, its stakeholders and its risks.

use super::{
    Age, Asset, Channel, Country, Currency, Hours, Id, Map, Name, Person, RegimeName, Role, Source,
    StaffGroup, Team, Text, Yardstick, ZoneName,
};
use crate::read::PerYear;
use crate::source::Spanned;
use hotwash_engine::exercise::{Data, Day, Money, Sector, Span, StakeholderKind, Weekday};

record! {
    /// The organisation whose response is rehearsed.
    Organisation, "an organisation" {
        /// Its id. Default: the name of its file.
        id: Option<Id>,
        /// Its name, for people.
        name: Text,
        /// The country whose law holds for it, as two letters of ISO 3166. It is not guessed from the time zone:
        /// without it, no law is judged.
        country: Option<Spanned<Country>>,
        /// What it does, in words of the vocabulary. Some law holds for some sectors only.
        sector: Vec<Spanned<Sector>>,
        /// Regimes of law that hold for it beside those that follow from its country, its sector and its data.
        regimes: Vec<Spanned<RegimeName>>,
        /// Its time zone, as in the IANA database. Default: `UTC`.
        time_zone: Option<Spanned<ZoneName>>,
        /// Its office hours. Default: 08:00 to 18:00 on every day but the weekend.
        hours: Option<Spanned<Hours>>,
        /// Days on which nobody is on shift unless on call.
        holidays: Vec<Spanned<Day>>,
        /// The days of the week that are no business days, such as `[Fri, Sat]`; `[]`: none are.
        /// Default: `[Sat, Sun]`.
        weekend: Option<Vec<Spanned<Weekday>>>,
        /// The currency of all money in the definitions, as three letters of ISO 4217, such as `EUR`. Pages show it
        /// beside each amount; without it they show the number alone. Nothing is converted.
        currency: Option<Spanned<Currency>>,
        /// Yearly revenue, to put money lost in proportion.
        revenue: Option<Spanned<Money>>,
        /// What each record that is out costs, by what it is about: telling people, answering them, making
        /// it good. The dearest kind of data of an asset counts. Default: 1 for `Records`, 5 for
        /// `PersonalData`, 20 for `SpecialCategory`.
        per_record: Map<Data, Spanned<Money>>,
        /// Its people, by id: their names and contact details are not for definitions.
        people: Vec<Person>,
        /// Its roles.
        roles: Vec<Role>,
        /// Its teams.
        teams: Vec<Team>,
        /// Groups of staff, who see and may report.
        groups: Vec<StaffGroup>,
        /// Its assets.
        assets: Vec<Asset>,
        /// Which assets are linked, in pairs. Where not given, all are connected.
        network: Option<Vec<Spanned<(Name, Name)>>>,
        /// Its channels. Where none are given: mail, desk phone, and a mobile phone for people on call.
        channels: Vec<Channel>,
        /// Its monitoring.
        monitoring: Vec<Source>,
        /// Whom it may have to tell.
        stakeholders: Vec<Stakeholder>,
        /// Its risk register.
        risks: Vec<Risk>,
        /// What it is judged by. Default: the defaults of a plan.
        yardstick: Option<Yardstick>,
        /// Whether people are without friction: no fatigue, no errors, no time to notice or read.
        /// Tasks have no floors either. For checking the engine against theory: a laboratory, whose
        /// scores are partial.
        tireless: Option<Spanned<bool>>,
    }
}

impl Organisation {
    /// The days of its weekend.
    pub fn days_off(&self) -> Vec<Weekday> {
        match &self.weekend {
            Some(days) => sorted_days(days),
            None => Weekday::WEEKEND.to_vec(),
        }
    }
}

/// Days of the week, sorted, each once.
pub fn sorted_days(days: &[Spanned<Weekday>]) -> Vec<Weekday> {
    let mut days: Vec<Weekday> = days.iter().map(|day| day.value).collect();
    days.sort_unstable();
    days.dedup();
    days
}

record! {
    /// Somebody who may have to be told.
    Stakeholder, "a stakeholder" {
        /// Its id.
        id: Id,
        /// Its name, for people. Default: its kind.
        title: Option<Text>,
        /// Its kind.
        kind: Spanned<StakeholderKind>,
        /// How it is reached.
        channels: Vec<Name>,
        /// Its own time zone for counting days. Default: the organisation's.
        time_zone: Option<Spanned<ZoneName>>,
        /// Its own holidays for counting business days.
        holidays: Vec<Spanned<Day>>,
        /// Its own weekend for counting business days. Default: the organisation's.
        weekend: Option<Vec<Spanned<Weekday>>>,
        /// When its contact was last verified.
        verified_on: Option<Spanned<Age>>,
        /// When it is told, in its own time zone. Default: at any hour if it is an authority, has a portal, or is of a
        /// kind that is; else from 08:00 to 20:00 or in office hours, by its kind.
        hours: Option<Spanned<Hours>>,
    }
}

record! {
    /// A risk of the register.
    Risk, "a risk" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// The role that owns it.
        owner: Option<Name>,
        /// How often a year it is expected. Default: 0.1.
        per_year: Option<Spanned<PerYear>>,
        /// The id of the scenario that exercises it.
        scenario: Option<Name>,
        /// What is done about it, for people.
        treatment: Option<Text>,
        /// The loss of one occurrence that is accepted.
        appetite: Option<Spanned<Money>>,
        /// The outage of any one asset that is accepted.
        accepted_outage: Option<Spanned<Span>>,
    }
}
