//! Assets, channels and monitoring.

use super::clock::days_ago;
use super::names::{USUAL_CHANNELS, in_order};
use super::organisation::{function, title};
use super::tables::sight_of;
use super::{Binder, sorted};
use crate::definition;
use hotwash_engine::exercise::{
    Asset, BasisPoints, Channel, ChannelKind, ExerciseTime, Function, Money, Schedule, Severity,
    Sight, Slug, Source, Span,
};

impl Binder<'_> {
    pub(super) fn assets(&mut self) -> Vec<Asset> {
        let given = in_order(&self.organisation.assets, |x| &x.id);
        if !given.iter().any(|asset| asset.kind.value.is_backup()) {
            let shown = "an offline backup of every asset";
            let source = super::ledger::ILLUSTRATIVE;
            self.ledger.table("organisation.assets", shown, source);
        }
        given
            .into_iter()
            .map(|given| self.one_asset(given))
            .collect()
    }

    fn one_asset(&mut self, given: &definition::Asset) -> Asset {
        let id = given.id.value.clone();
        let place = |field: &str| format!("organisation.assets.{id}.{field}");
        let mut value = |given, field| {
            self.ledger
                .take(given, || place(field), Severity::Medium, "Medium")
        };
        let confidentiality = value(given.confidentiality.as_ref(), "confidentiality");
        let integrity = value(given.integrity.as_ref(), "integrity");
        let availability = value(given.availability.as_ref(), "availability");
        let every = self.ledger.take(
            given.backed_up_every.as_ref(),
            || place("backed_up_every"),
            Span::DAY,
            "1d",
        );
        Asset {
            title: title(given.title.as_ref(), id.as_str()),
            slug: id,
            kind: given.kind.value,
            confidentiality,
            integrity,
            availability,
            owner: given.owner.as_ref().and_then(|owner| self.role(owner)),
            depends_on: self.each(&given.depends_on, Self::asset),
            rto: given.rto.map(|span| span.value),
            rpo: given.rpo.map(|span| span.value),
            loss_per_hour: given.loss_per_hour.map_or(Money(0), |money| money.value),
            holds: given.holds.map_or(0, |count| count.value),
            data: sorted(given.data.iter().map(|data| data.value)),
            backed_up_by: self.each(&given.backed_up_by, Self::asset),
            backed_up_every: Some(every),
            standby: given.standby.is_some_and(|standby| standby.value),
            logs_kept: given.logs_kept.map(|span| span.value),
        }
    }

    pub(super) fn channels(&mut self) -> Vec<Channel> {
        if self.organisation.channels.is_empty() {
            let shown = "mail, desk phone, and a mobile phone for people on call";
            let source = super::ledger::ILLUSTRATIVE;
            self.ledger.table("organisation.channels", shown, source);
            return usual_channels();
        }
        let given = in_order(&self.organisation.channels, |x| &x.id);
        let bound = given.into_iter().map(|given| Channel {
            slug: given.id.value.clone(),
            title: title(given.title.as_ref(), given.id.value.as_str()),
            kind: given.kind.value,
            depends_on: self.each(&given.depends_on, Self::asset),
            out_of_band: given.out_of_band.is_some_and(|given| given.value),
            acknowledgeable: given
                .acknowledgeable
                .map_or_else(|| acknowledged(given.kind.value), |given| given.value),
            verified_days_ago: given
                .verified_on
                .map(|age| days_ago(age.value, self.first_day)),
        });
        bound.collect()
    }

    pub(super) fn sources(&mut self) -> Vec<Source> {
        let given = in_order(&self.organisation.monitoring, |x| &x.id);
        given.into_iter().map(|given| self.source(given)).collect()
    }

    fn source(&mut self, given: &definition::Source) -> Source {
        let id = given.id.value.clone();
        let mut sees: Vec<Sight> = given
            .sees
            .iter()
            .map(|sight| self.sight(given, sight))
            .collect();
        if sees.is_empty() {
            let (chance, after, shown) = sight_of(given.kind.value);
            let place = format!("organisation.monitoring.{id}.sees");
            self.ledger.table(
                place,
                &format!("any technique, {shown}"),
                super::ledger::ILLUSTRATIVE,
            );
            sees.push(Sight {
                techniques: Vec::new(),
                kinds: Vec::new(),
                assets: Vec::new(),
                chance,
                after,
            });
        }
        let tells = given.tells.as_ref().and_then(|tells| self.addressee(tells));
        let schedule = given.every.map(|every| Schedule {
            first: given.first.map_or_else(
                || ExerciseTime(self.onset.0 + every.value.0),
                |first| first.value.max(self.onset),
            ),
            every: every.value,
        });
        Source {
            title: title(given.title.as_ref(), id.as_str()),
            slug: id,
            kind: given.kind.value,
            sees,
            runs_on: given.runs_on.as_ref().and_then(|name| self.asset(name)),
            tells: tells.unwrap_or(function(Function::Analyst)),
            via: given.via.as_ref().and_then(|name| self.channel(name)),
            escalates: given.escalates.is_some_and(|escalates| escalates.value),
            false_alarms: given.false_alarms.as_ref().map(|law| law.value.clone()),
            schedule,
            raises: given
                .raises
                .map_or(BasisPoints::ZERO, |raises| raises.value),
        }
    }

    fn sight(&mut self, source: &definition::Source, given: &definition::Sight) -> Sight {
        let (chance, after, _) = sight_of(source.kind.value);
        let place =
            |field: &str| format!("organisation.monitoring.{}.sees.{field}", source.id.value);
        let shown = format!("{}.{:02}", chance.0 / 10_000, chance.0 % 10_000 / 100);
        Sight {
            techniques: sorted(given.techniques.iter().map(|id| id.value.0.clone())),
            kinds: sorted(given.kinds.iter().map(|kind| kind.value)),
            assets: self.each(&given.assets, Self::asset),
            chance: self
                .ledger
                .take(given.chance.as_ref(), || place("chance"), chance, &shown),
            after: self.ledger.take(
                given.after.as_ref(),
                || place("after"),
                after,
                "by the kind of the source",
            ),
        }
    }
}

fn usual_channels() -> Vec<Channel> {
    let kinds = [
        ChannelKind::DeskPhone,
        ChannelKind::Mail,
        ChannelKind::MobilePhone,
    ];
    let channel = |(slug, kind): (&str, ChannelKind)| Channel {
        slug: Slug::new(slug).expect("the usual channels have ids"),
        title: slug.replace('-', " "),
        kind,
        depends_on: Vec::new(),
        out_of_band: false,
        acknowledgeable: acknowledged(kind),
        verified_days_ago: None,
    };
    USUAL_CHANNELS.into_iter().zip(kinds).map(channel).collect()
}

/// Whether a sender sees that a message arrived: somebody answers, or the channel says so.
const fn acknowledged(kind: ChannelKind) -> bool {
    kind.interrupts() || matches!(kind, ChannelKind::Chat | ChannelKind::Ticket)
}
