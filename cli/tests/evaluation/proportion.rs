//! Harm of one's own, from the text of the rules.

use super::{Oracle, float};
use hotwash_engine::exercise::{AssetId, AssetState, Exercise, Severity};
use hotwash_engine::record::{Entry, Event};

/// An hour, in milliseconds.
const HOUR: f64 = 3_600_000.0;

/// What the measures themselves cost, beside what the attack would have, and what can be borne.
pub(super) struct OwnHarm {
    pub(super) own: f64,
    /// What the run in which nobody acts costs at the same time, and what was stolen in it.
    pub(super) without: f64,
    stolen: f64,
    pub(super) bearable: f64,
}

impl OwnHarm {
    /// How far the measures were in proportion.
    pub(super) fn share(&self) -> f64 {
        (1.0 - self.own / self.bearable).max(0.0)
    }

    pub(super) fn is_out(&self) -> bool {
        let outages = self.without - self.stolen;
        self.own - outages > self.bearable.max(self.stolen)
    }
}

/// A stretch during which an asset did not serve: from an entry, until then.
struct Outage<'a> {
    asset: AssetId,
    from: &'a Entry,
    until: i64,
}

impl Oracle<'_> {
    /// What the measures did; `None` where nothing is at stake.
    pub(super) fn own_harm(&self) -> Option<OwnHarm> {
        let rates = self.assets().map(|asset| rate(self.exercise, asset));
        let bearable = 8.0 * rates.sum::<f64>();
        let end = self.end_at();
        let own = outages(self.entries, end).into_iter().filter(|outage| {
            let by = self.by_a_measure_on(outage.from, outage.asset);
            by.is_some_and(|on| !was_hit(self.entries, on) && !was_hit(self.without, on))
        });
        let own: Vec<Outage<'_>> = own.collect();
        let harm: f64 = own.iter().map(|outage| self.cost(outage)).sum();
        let same_time = self.same_time(&own, &outages(self.without, end));
        let before = self.without.iter().filter(|entry| entry.at.0 <= end);
        let stolen = before.map(|entry| match entry.event {
            Event::StepTookEffect { money, .. } => float(money.0),
            _ => 0.0,
        });
        let stolen: f64 = stolen.sum();
        (bearable > 0.0).then_some(OwnHarm {
            own: harm,
            without: if own.is_empty() {
                0.0
            } else {
                same_time + stolen
            },
            stolen: if own.is_empty() { 0.0 } else { stolen },
            bearable,
        })
    }

    /// What other outages cost while some last, at each instant at most as much as these: piece by piece, between
    /// each two instants at which something changes.
    fn same_time(&self, own: &[Outage<'_>], other: &[Outage<'_>]) -> f64 {
        let both = own.iter().chain(other);
        let mut instants: Vec<i64> = both.flat_map(|of| [of.from.at.0, of.until]).collect();
        instants.sort_unstable();
        let down = |outages: &[Outage<'_>], at: i64| -> f64 {
            let down = outages
                .iter()
                .filter(|of| of.from.at.0 <= at && at < of.until);
            down.map(|of| rate(self.exercise, of.asset)).sum()
        };
        let pieces = instants.windows(2);
        pieces
            .map(|piece| {
                let hours = float(piece[1] - piece[0]) / HOUR;
                hours * down(own, piece[0]).min(down(other, piece[0]))
            })
            .sum()
    }

    fn cost(&self, outage: &Outage<'_>) -> f64 {
        let hours = float((outage.until - outage.from.at.0).max(0)) / HOUR;
        hours * rate(self.exercise, outage.asset)
    }

    /// The asset on which work was done or a measure taken because of which another went down with it.
    fn by_a_measure_on(&self, from: &Entry, mut on: AssetId) -> Option<AssetId> {
        let mut cause = from.cause;
        loop {
            let entry = &self.entries[cause? as usize - 1];
            cause = entry.cause;
            match entry.event {
                Event::AssetChanged {
                    asset,
                    state: AssetState::OutOfService,
                    ..
                } => on = asset,
                Event::MeasureTaken { .. }
                | Event::TaskStarted { .. }
                | Event::TaskResumed { .. }
                | Event::TaskEnded { .. } => return Some(on),
                _ => return None,
            }
        }
    }
}

/// What an hour of outage counts for, in minor units: the loss, else by availability.
fn rate(exercise: &Exercise, asset: AssetId) -> f64 {
    let of = exercise.asset(asset);
    match (of.loss_per_hour.0, of.availability) {
        (0, Severity::Low) => 0.0,
        (0, Severity::Medium) => 50_000.0,
        (0, Severity::High) => 300_000.0,
        (0, Severity::Critical) => 1_000_000.0,
        (given, _) => float(given),
    }
}

/// Every outage as far as it lasted by an instant.
fn outages(entries: &[Entry], end: i64) -> Vec<Outage<'_>> {
    let mut all: Vec<Outage<'_>> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.at.0 <= end) {
        let Event::AssetChanged {
            asset,
            state: AssetState::OutOfService,
            on,
            ..
        } = entry.event
        else {
            continue;
        };
        let mut open = all
            .iter_mut()
            .filter(|of| of.asset == asset && of.until == i64::MAX);
        match (open.next(), on) {
            (Some(open), false) => open.until = entry.at.0,
            (None, true) => all.push(Outage {
                asset,
                from: entry,
                until: i64::MAX,
            }),
            _ => {}
        }
    }
    for outage in &mut all {
        outage.until = outage.until.min(end);
    }
    all
}

fn was_hit(entries: &[Entry], of: AssetId) -> bool {
    let hit =
        |entry: &Entry| matches!(entry.event, Event::StepTookEffect { asset, .. } if asset == of);
    entries.iter().any(hit)
}
