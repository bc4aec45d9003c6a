//! Assets and monitoring.

use super::binder::{Binder, tidy, title};
use super::names::sorted;
use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, FalseAlarms};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    Asset, AssetId, AssetKind, BasisPoints, ExerciseTime, Law, Money, Schedule, Severity, Sight,
    Source,
};

impl Binder {
    /// The assets.
    pub(super) fn all_assets(&mut self, given: &definition::Organisation) -> Vec<Asset> {
        let assets = sorted(&given.assets).into_iter();
        let assets: Vec<Asset> = assets.map(|asset| self.one_asset(asset)).collect();
        let held = assets.iter().any(|asset| !asset.named_backups().is_empty());
        let backups = assets.iter().any(|asset| asset.kind.is_backup());
        let unsaid = assets.iter().any(|asset| asset.backed_up_by.is_none());
        if !held && !backups && unsaid {
            let implied = "an offline backup of every asset".to_owned();
            self.ledger
                .assume("organisation.assets", "backups", implied, ILLUSTRATIVE);
        }
        assets
    }

    fn one_asset(&mut self, asset: &definition::Asset) -> Asset {
        let place = format!("organisation.assets.{}", asset.id.value);
        let kind = asset.kind.value;
        let ledger = &mut self.ledger;
        ledger.given(1);
        let mut value = |given: &Option<crate::source::Spanned<Severity>>, field| {
            ledger.or(given.as_ref(), &place, field, defaults::VALUE, ILLUSTRATIVE)
        };
        let confidentiality = value(&asset.confidentiality, "confidentiality");
        let integrity = value(&asset.integrity, "integrity");
        let availability = value(&asset.availability, "availability");
        let every = asset.backed_up_every.as_ref();
        let backed_up_every = if kind.is_backup() {
            every.map(|span| span.value)
        } else {
            let default = defaults::BACKED_UP_EVERY;
            Some(ledger.or(every, &place, "backed_up_every", default, ILLUSTRATIVE))
        };
        let given = [
            asset.rto.is_some(),
            asset.rpo.is_some(),
            asset.loss_per_hour.is_some(),
            asset.holds.is_some(),
            asset.standby.is_some(),
            asset.logs_kept.is_some(),
            asset.run_by.is_some(),
        ];
        ledger.given(given.into_iter().filter(|given| *given).count());
        let rate = asset.loss_per_hour.as_ref().map(|rate| rate.value.value);
        let theirs = kind == AssetKind::Supplier || asset.run_by.is_some();
        let restores_in = theirs.then(|| {
            let given = asset.restores_in.as_ref();
            ledger.or(
                given,
                &place,
                "restores_in",
                defaults::RESTORES_IN,
                ILLUSTRATIVE,
            )
        });
        Asset {
            slug: asset.id.value.clone(),
            title: title(asset.title.as_ref(), asset.id.as_str()),
            kind,
            confidentiality,
            integrity,
            availability,
            owner: asset.owner.as_ref().and_then(|role| self.role(role)),
            depends_on: self.assets(&asset.depends_on),
            rto: asset.rto.map(|span| span.value),
            rpo: asset.rpo.map(|span| span.value),
            loss_per_hour: rate.unwrap_or(Money(0)),
            worth_per_hour: rate.unwrap_or_else(|| defaults::worth_per_hour(availability)),
            holds: asset.holds.map_or(0, |count| count.value),
            data: tidy(asset.data.iter().map(|data| data.value).collect()),
            backed_up_by: asset.backed_up_by.as_ref().map(|of| self.assets(of)),
            backed_up_every,
            standby: asset.standby.is_some_and(|standby| standby.value),
            logs_kept: asset.logs_kept.map(|span| span.value),
            run_by: asset.run_by.as_ref().map(|text| text.value.clone()),
            restores_in,
        }
    }

    /// The monitoring.
    pub(super) fn sources(&mut self, given: &definition::Organisation) -> Vec<Source> {
        let sources = sorted(&given.monitoring).into_iter();
        sources.map(|source| self.one_source(source)).collect()
    }

    fn one_source(&mut self, source: &definition::Source) -> Source {
        let place = format!("organisation.monitoring.{}", source.id.value);
        let by = format!("source {}", source.id.value);
        self.ledger.given(1);
        let sees = self.sights(source, &place);
        let tells = if let Some(tells) = &source.tells {
            self.ledger.given(1);
            self.addressee(tells, defaults::TOLD, &by)
        } else {
            let told = defaults::TOLD;
            self.ledger
                .assume(&place, "tells", told.name().to_owned(), LANGUAGE);
            self.function(told, &by)
        };
        let via = source.via.as_ref();
        let (false_alarms, quiet) = self.false_alarms(source, &place);
        Source {
            slug: source.id.value.clone(),
            title: title(source.title.as_ref(), source.id.as_str()),
            kind: source.kind.value,
            sees,
            runs_on: source.runs_on.as_ref().and_then(|asset| self.asset(asset)),
            tells,
            via: via.and_then(|name| self.channel(name)),
            escalates: source.escalates.is_some_and(|escalates| escalates.value),
            false_alarms,
            quiet,
            schedule: self.schedule(source, &place),
            raises: source.raises.map_or(BasisPoints::ZERO, |share| share.value),
        }
    }

    /// The time between false alarms of a source, or why it raises none.
    fn false_alarms(
        &mut self,
        source: &definition::Source,
        place: &str,
    ) -> (Option<Law>, Option<String>) {
        let every = match source
            .false_alarms
            .as_ref()
            .map(|given| (&given.value, given.place))
        {
            Some((FalseAlarms::Never(reason), _)) => {
                self.ledger.given(1);
                return (None, Some(reason.value.clone()));
            }
            Some((FalseAlarms::Every(law), place)) => Some(Spanned {
                value: law.clone(),
                place,
            }),
            None => None,
        };
        let default = defaults::false_alarms(source.kind.value);
        let ledger = &mut self.ledger;
        let law = ledger.or(every.as_ref(), place, "false_alarms", default, ILLUSTRATIVE);
        (Some(law), None)
    }

    /// When a periodic source looks. A first look before the attack began is moved on by whole
    /// intervals.
    fn schedule(&mut self, source: &definition::Source, place: &str) -> Option<Schedule> {
        let every = source.every?.value;
        let first = source.first.as_ref();
        let first = self
            .ledger
            .or(first, place, "first", self.onset + every, ILLUSTRATIVE);
        let behind = (self.onset.0 - first.0).max(0);
        let step = every.0.max(1);
        let missed = behind / step + i64::from(behind % step > 0);
        Some(Schedule {
            first: ExerciseTime(first.0.saturating_add(missed.saturating_mul(step))),
            every,
        })
    }

    fn sights(&mut self, source: &definition::Source, place: &str) -> Vec<Sight> {
        let kind = source.kind.value;
        let (chance, after) = (defaults::chance_to_see(kind), defaults::time_to_see(kind));
        if source.sees.is_empty() {
            if source.raises.is_some() {
                // Threat intelligence sees nothing itself.
                return Vec::new();
            }
            self.ledger.assume(
                place,
                "sees",
                format!("any technique, by the defaults of {kind}"),
                ILLUSTRATIVE,
            );
            return vec![Sight {
                techniques: Vec::new(),
                kinds: Vec::new(),
                assets: Vec::new(),
                chance,
                after,
            }];
        }
        let mut sights = Vec::new();
        for sight in &source.sees {
            let ledger = &mut self.ledger;
            let given = sight.chance.as_ref();
            let chance = ledger.or(given, place, "sees.chance", chance, ILLUSTRATIVE);
            let given = sight.after.as_ref();
            let after = ledger.or(given, place, "sees.after", after.clone(), ILLUSTRATIVE);
            let techniques = sight.techniques.iter().map(|one| one.value.0.clone());
            sights.push(Sight {
                techniques: tidy(techniques.collect()),
                kinds: tidy(sight.kinds.iter().map(|kind| kind.value).collect()),
                assets: self.assets(&sight.assets),
                chance,
                after,
            });
        }
        sights.sort_by_key(sight_key);
        sights
    }
}

/// An order of sights that does not depend on how they were listed.
fn sight_key(sight: &Sight) -> impl Ord + use<> {
    let assets: Vec<AssetId> = sight.assets.clone();
    let after = format!("{:?}", sight.after);
    (
        sight.techniques.clone(),
        sight.kinds.clone(),
        assets,
        sight.chance,
        after,
    )
}
