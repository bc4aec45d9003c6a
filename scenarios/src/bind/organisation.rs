//! The organisation as a whole, its stakeholders and risks.

use super::clock::{days_ago, resolved};
use super::names::in_order;
use super::{Binder, sorted};
use crate::definition::{self, Hours};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    self as engine, DayHours, Organisation, Risk, Stakeholder, WeeklyHours, Zone,
};

impl Binder<'_> {
    pub(super) fn organisation(&mut self) -> Organisation {
        let given = self.organisation;
        let hours = self.ledger.take(
            given.hours.as_ref(),
            || "organisation.hours".to_owned(),
            Hours(office_hours()),
            "Mon-Fri 08:00-18:00",
        );
        let name = given.time_zone.as_ref();
        let zone = self.zone(name.map_or("UTC", |name| name.value.0.as_str()));
        let network = given.network.as_ref().map(|links| {
            let pairs = links.iter().filter_map(|link| {
                let (a, b) = (self.asset(&link.value.0)?, self.asset(&link.value.1)?);
                Some((a.min(b), a.max(b)))
            });
            sorted(pairs)
        });
        if network.is_none() {
            self.ledger.table(
                "organisation.network",
                "all assets are connected",
                super::ledger::ILLUSTRATIVE,
            );
        }
        Organisation {
            name: given.name.value.clone(),
            sector: words(given.sector.as_ref()),
            zone,
            holidays: sorted(given.holidays.iter().map(|day| day.value)),
            revenue: given.revenue.map(|money| money.value),
            people: self.people(&hours.0),
            roles: self.roles(),
            teams: self.teams(),
            groups: self.groups(&hours.0),
            assets: self.assets(),
            network,
            channels: self.channels(),
            sources: self.sources(),
            stakeholders: self.stakeholders(),
            risks: self.risks(),
            tireless: given.tireless.is_some_and(|tireless| tireless.value),
            hours: hours.0,
        }
    }

    fn zone(&self, name: &str) -> Zone {
        resolved(name, self.startex, self.onset, self.limit)
    }

    fn stakeholders(&mut self) -> Vec<Stakeholder> {
        let given = in_order(&self.organisation.stakeholders, |x| &x.id);
        let bound = given.into_iter().map(|given| Stakeholder {
            slug: given.id.value.clone(),
            title: title(given.title.as_ref(), given.kind.value.name()),
            kind: given.kind.value,
            channels: self.each(&given.channels, Self::channel),
            zone: given
                .time_zone
                .as_ref()
                .map(|name| self.zone(&name.value.0)),
            holidays: sorted(given.holidays.iter().map(|day| day.value)),
            verified_days_ago: given
                .verified_on
                .map(|age| days_ago(age.value, self.first_day)),
        });
        bound.collect()
    }

    fn risks(&mut self) -> Vec<Risk> {
        let given = in_order(&self.organisation.risks, |x| &x.id);
        let bound = given.into_iter().map(|given| Risk {
            slug: given.id.value.clone(),
            title: title(given.title.as_ref(), given.id.value.as_str()),
            owner: given.owner.as_ref().and_then(|owner| self.role(owner)),
            per_thousand_years: given.per_year.map_or(100, |rate| rate.value.0),
            scenario: given.scenario.as_ref().map(|id| id.value.to_string()),
            treatment: words(given.treatment.as_ref()),
            appetite: given.appetite.map(|money| money.value),
            accepted_outage: given.accepted_outage.map(|span| span.value),
        });
        bound.collect()
    }
}

fn office_hours() -> WeeklyHours {
    let day = |weekday| DayHours {
        weekday,
        from: 480,
        until: 1_080,
    };
    WeeklyHours((0..5).map(day).collect())
}

/// A title for people, else what stands for it.
pub(super) fn title(given: Option<&definition::Text>, otherwise: &str) -> String {
    given.map_or_else(|| otherwise.to_owned(), |text| text.value.clone())
}

/// A text for people; empty where none is given.
pub(super) fn words(given: Option<&Spanned<String>>) -> String {
    given.map_or_else(String::new, |text| text.value.clone())
}

/// The texts of a list, in its order.
pub(super) fn all_words(given: &[definition::Text]) -> Vec<String> {
    given.iter().map(|text| text.value.clone()).collect()
}

/// The engine's words for somebody addressed by function.
pub(super) const fn function(function: engine::Function) -> engine::Addressee {
    engine::Addressee::Function(function)
}
