//! The organisation: what it has, whom it has to tell, what it fears.

use super::binder::{Binder, tidy, title};
use super::names::{Index, sorted};
use super::zone;
use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, Hours, PerYear};
use hotwash_engine::exercise::{
    AssetId, Channel, ChannelId, ChannelKind, Data, Day, GapKind, Organisation, PerRecord, Risk,
    Slug, Stakeholder, TellingHours, WeeklyHours,
};

/// The name of the zone in which an organisation lives.
pub(super) fn zone_of(organisation: &definition::Organisation) -> &str {
    let zone = organisation.time_zone.as_ref();
    zone.map_or("UTC", |zone| zone.value.0.as_str())
}

/// Days, sorted.
pub(super) fn days(all: &[crate::source::Spanned<Day>]) -> Vec<Day> {
    tidy(all.iter().map(|day| day.value).collect())
}

/// Hours of the week, or others.
pub(super) fn hours(
    given: Option<&crate::source::Spanned<Hours>>,
    otherwise: &WeeklyHours,
) -> WeeklyHours {
    given.map_or_else(|| otherwise.clone(), |hours| hours.value.0.clone())
}

impl Binder {
    /// The organisation.
    pub(super) fn organisation(&mut self, given: &definition::Organisation) -> Organisation {
        const PLACE: &str = "organisation";
        self.ledger.given(2 + usize::from(given.country.is_some()));
        self.ledger.given(given.sector.len() + given.regimes.len());
        if given.time_zone.is_none() {
            self.ledger
                .assume(PLACE, "time_zone", "UTC".to_owned(), LANGUAGE);
        }
        let weekend = given.days_off();
        if given.weekend.is_none() {
            let written = "[Sat, Sun]".to_owned();
            self.ledger.assume(PLACE, "weekend", written, LANGUAGE);
        }
        let open = hours(given.hours.as_ref(), &defaults::office_hours(&weekend));
        if given.hours.is_none() {
            let written = "08:00-18:00 on every day but the weekend".to_owned();
            self.ledger.assume(PLACE, "hours", written, ILLUSTRATIVE);
        }
        self.ledger.given(given.holidays.len().min(1));
        self.ledger.given(usize::from(given.revenue.is_some()));
        self.ledger.given(usize::from(given.currency.is_some()));
        // Channels come first: where none are named, there are some all the same.
        let channels = self.channels(given);
        let network = given.network.as_ref().map(|links| self.network(links));
        if network.is_none() {
            let all = "all assets are connected".to_owned();
            self.ledger.assume(PLACE, "network", all, ILLUSTRATIVE);
        } else {
            self.ledger.given(1);
        }
        Organisation {
            name: given.name.value.clone(),
            country: given.country.as_ref().map(|of| of.value.0.clone()),
            sectors: tidy(given.sector.iter().map(|of| of.value).collect()),
            zone: zone::around(zone_of(given), self.startex),
            holidays: days(&given.holidays),
            weekend,
            revenue: given.revenue.map(|money| money.value),
            currency: given.currency.as_ref().map(|of| of.value.0.clone()),
            per_record: self.per_record(given),
            people: self.people(given, &open, &channels),
            roles: self.roles(given),
            teams: self.teams(given),
            groups: self.groups(given, &open),
            hours: open,
            assets: self.all_assets(given),
            network,
            channels,
            sources: self.sources(given),
            stakeholders: self.stakeholders(given),
            risks: self.risks(given),
            tireless: given.tireless.is_some_and(|tireless| tireless.value),
        }
    }

    /// What a record costs that is out. A default is said where an asset holds such records.
    fn per_record(&mut self, given: &definition::Organisation) -> PerRecord {
        let mut price = |data: Data| {
            let said = given.per_record.get(&data);
            let held = |asset: &definition::Asset| {
                let some = asset.holds.is_some_and(|count| count.value > 0);
                let kinds: Vec<Data> = asset.data.iter().map(|kind| kind.value).collect();
                // What an asset holds beside this is not asked for where this is the dearest.
                let dearest = kinds.iter().copied().max_by_key(|kind| rank(*kind));
                some && dearest.unwrap_or(Data::Records) == data
            };
            let default = defaults::per_record(data);
            if said.is_none() && !given.assets.iter().any(held) {
                return default;
            }
            let field = defaults::data_name(data);
            let ledger = &mut self.ledger;
            ledger.or(
                said,
                "organisation.per_record",
                field,
                default,
                ILLUSTRATIVE,
            )
        };
        PerRecord {
            records: price(Data::Records),
            personal_data: price(Data::PersonalData),
            special_category: price(Data::SpecialCategory),
        }
    }

    fn channels(&mut self, given: &definition::Organisation) -> Vec<Channel> {
        if given.channels.is_empty() {
            return self.default_channels();
        }
        let mut channels = Vec::new();
        for channel in sorted(&given.channels) {
            let place = format!("organisation.channels.{}", channel.id.value);
            self.ledger.given(1);
            let by_kind = defaults::acknowledgeable(channel.kind.value);
            let ledger = &mut self.ledger;
            let acknowledgeable = ledger.or(
                channel.acknowledgeable.as_ref(),
                &place,
                "acknowledgeable",
                by_kind,
                LANGUAGE,
            );
            channels.push(Channel {
                slug: channel.id.value.clone(),
                kind: channel.kind.value,
                depends_on: self.assets(&channel.depends_on),
                out_of_band: channel.out_of_band.is_some_and(|out| out.value),
                acknowledgeable,
                verified_days_ago: channel.verified_on.map(|age| self.days_ago(age.value)),
            });
        }
        channels
    }

    fn default_channels(&mut self) -> Vec<Channel> {
        let kinds = defaults::CHANNELS.map(|(_, kind)| kind.name()).join(", ");
        self.ledger
            .assume("organisation", "channels", kinds, ILLUSTRATIVE);
        let slug = |id| Slug::new(id).expect("the default ids keep to the alphabet");
        let slugs = defaults::CHANNELS.map(|(id, _)| slug(id));
        self.names.channels = Index::new(slugs.to_vec());
        let channel = |(id, kind)| Channel {
            slug: slug(id),
            kind,
            depends_on: Vec::new(),
            out_of_band: false,
            acknowledgeable: defaults::acknowledgeable(kind),
            verified_days_ago: None,
        };
        defaults::CHANNELS.map(channel).to_vec()
    }

    /// Links, each once, in order.
    fn network(
        &mut self,
        links: &[crate::source::Spanned<(definition::Name, definition::Name)>],
    ) -> Vec<(AssetId, AssetId)> {
        let mut all = Vec::new();
        for link in links {
            let (one, other) = (self.asset(&link.value.0), self.asset(&link.value.1));
            if let (Some(one), Some(other)) = (one, other)
                && one != other
            {
                all.push((one.min(other), one.max(other)));
            }
        }
        tidy(all)
    }

    fn stakeholders(&mut self, given: &definition::Organisation) -> Vec<Stakeholder> {
        let mut stakeholders = Vec::new();
        for one in sorted(&given.stakeholders) {
            self.ledger.given(1 + usize::from(one.time_zone.is_some()));
            let zone = one.time_zone.as_ref();
            let told = self.told(given, one);
            let channels = one.channels.iter().filter_map(|name| self.channel(name));
            stakeholders.push(Stakeholder {
                slug: one.id.value.clone(),
                title: title(one.title.as_ref(), one.kind.name()),
                kind: one.kind.value,
                channels: in_order(channels),
                zone: zone.map(|zone| zone::around(&zone.value.0, self.startex)),
                holidays: days(&one.holidays),
                weekend: one.weekend.as_deref().map(definition::sorted_days),
                verified_days_ago: one.verified_on.map(|age| self.days_ago(age.value)),
                hours: told,
            });
        }
        stakeholders
    }

    /// When somebody is told; `None`: at any hour.
    fn told(
        &mut self,
        organisation: &definition::Organisation,
        one: &definition::Stakeholder,
    ) -> Option<WeeklyHours> {
        self.ledger.given(usize::from(one.hours.is_some()));
        if let Some(hours) = &one.hours {
            let hours = &hours.value.0;
            return (*hours != WeeklyHours::always()).then(|| hours.clone());
        }
        let mut portals = organisation.channels.iter();
        let has_portal = portals.any(|channel| {
            let is_it = |name: &definition::Name| name.as_str() == channel.id.as_str();
            channel.kind.value == ChannelKind::Portal && one.channels.iter().any(is_it)
        });
        let (hours, written) = match one.kind.value.telling_hours() {
            TellingHours::Any => return None,
            _ if has_portal => return None,
            TellingHours::Daytime => (defaults::daytime(), "08:00-20:00 on every day"),
            TellingHours::Office => {
                let open = defaults::office_hours(&organisation.days_off());
                (hours(organisation.hours.as_ref(), &open), "office hours")
            }
        };
        let place = format!("organisation.stakeholders.{}", one.id.value);
        let ledger = &mut self.ledger;
        ledger.assume(&place, "hours", written.to_owned(), ILLUSTRATIVE);
        Some(hours)
    }

    fn risks(&mut self, given: &definition::Organisation) -> Vec<Risk> {
        let mut risks = Vec::new();
        for risk in sorted(&given.risks) {
            let place = format!("organisation.risks.{}", risk.id.value);
            let per_year = self.ledger.or(
                risk.per_year.as_ref(),
                &place,
                "per_year",
                PerYear(defaults::PER_THOUSAND_YEARS),
                ILLUSTRATIVE,
            );
            risks.push(Risk {
                slug: risk.id.value.clone(),
                title: title(risk.title.as_ref(), risk.id.as_str()),
                owner: risk.owner.as_ref().and_then(|role| self.role(role)),
                per_thousand_years: per_year.0,
                scenario: risk.scenario.as_ref().map(|name| name.value.to_string()),
                treatment: title(risk.treatment.as_ref(), ""),
                appetite: risk.appetite.map(|money| money.value),
                accepted_outage: risk.accepted_outage.map(|span| span.value),
            });
        }
        risks
    }

    /// Roles that nobody holds.
    pub(super) fn unheld(&mut self, organisation: &Organisation, id: Option<&definition::Id>) {
        let whose = id.map_or_else(
            || "organisation".to_owned(),
            |id| format!("organisation {}", id.value),
        );
        for role in &organisation.roles {
            if role.holders.is_empty() {
                let by = if role.deputies.is_empty() {
                    whose.clone()
                } else {
                    format!("{whose}, though it has deputies")
                };
                self.gap(GapKind::NoHolder, format!("Role {}", role.slug), &by);
            }
        }
    }
}

/// The place of a kind of data among all, the most protected last.
fn rank(data: Data) -> Option<usize> {
    Data::ALL.iter().position(|kind| *kind == data)
}

/// Each once, in the author's order.
fn in_order(all: impl Iterator<Item = ChannelId>) -> Vec<ChannelId> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}
