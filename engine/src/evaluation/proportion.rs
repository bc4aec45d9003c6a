//! Whether the harm that the measures themselves did is in proportion to what the attack would have done.

use super::facts::{Facts, StateSpan};
use super::share::Fine;
use crate::exercise::{AssetId, AssetState, ExerciseTime, Instance, Money, Span};
use crate::record::{Entry, Event};
use std::borrow::Cow;

/// The entries of the run on the same draws in which nobody acts, had when they are asked for.
pub(super) type NoResponse<'n, 'e> = &'n mut dyn FnMut() -> Option<Cow<'e, [Entry]>>;

/// For how long all assets could be down before harm of one's own is out of proportion whatever the
/// attack. Illustrative.
const BEARABLE: Span = Span::hours(8);

/// What the measures themselves cost, beside what the attack would have.
#[derive(Debug, Clone)]
pub(super) struct Proportion {
    /// The outage that they brought about where the attack was not, and would not have been.
    pub(super) own: Money,
    /// What the run in which nobody acts costs at the same time, at each instant at most as much, and what was
    /// stolen in it. It is looked at only where there is harm of one's own.
    pub(super) without: Money,
    /// What was stolen in it by the end of this one.
    stolen: Money,
    /// All assets down for eight hours.
    pub(super) bearable: Money,
    /// The entries of the outages.
    pub(super) evidence: Vec<u32>,
    /// The outages by which there is harm of one's own.
    pub(super) harms: Vec<Harm>,
}

/// An outage that a measure of one's own brought about where the attack was not, and would not have been.
#[derive(Debug, Clone, Copy)]
pub(super) struct Harm {
    /// On what the measure was taken: what was down, or something that it hangs on.
    pub(super) by: AssetId,
    /// The entry by which it went down.
    pub(super) down: u32,
    /// The entry of the measure, or of the work that took it out of service while it lasted.
    pub(super) done: u32,
    /// By which work.
    pub(super) instance: Instance,
    /// What it cost.
    pub(super) cost: Money,
}

impl Proportion {
    /// How well the measures were in proportion.
    pub(super) fn share(&self) -> Fine {
        let [own, bearable] = [self.own, self.bearable].map(|money| money.0.max(0).unsigned_abs());
        let lost = Fine::ratio(own, bearable).unwrap_or(Fine::ZERO);
        Fine::ONE.less(lost)
    }

    /// Whether they did more harm than the attack would have done at the same time, and more than can be borne.
    pub(super) fn is_out(&self) -> bool {
        let outages = self.without.0.saturating_sub(self.stolen.0);
        let beyond = Money(self.own.0.saturating_sub(outages));
        beyond > self.stolen.max(self.bearable)
    }
}

/// An outage that a measure of one's own brought about.
pub(super) struct OwnOutage<'a> {
    /// What was down.
    pub(super) asset: AssetId,
    /// On what the measure was taken: this asset, or one that it hangs on.
    pub(super) by: AssetId,
    /// From when.
    from: &'a Entry,
    /// For how long.
    pub(super) span: Span,
    /// The entry of the measure, or of the work that took it out of service while it lasted.
    done: &'a Entry,
    /// By which work.
    instance: Instance,
}

/// Judges the measures of a run. None where nothing is at stake, or where there is harm of one's own and
/// no run without response beside which it could be seen.
pub(super) fn proportion(facts: &Facts<'_>, no_response: NoResponse<'_, '_>) -> Option<Proportion> {
    let assets = facts.exercise.organisation().assets.iter();
    let at_stake = assets.map(|asset| i128::from(BEARABLE.0) * i128::from(asset.worth_per_hour.0));
    let mut of = Proportion {
        own: Money(0),
        without: Money(0),
        stolen: Money(0),
        bearable: per_hour(at_stake.sum()),
        evidence: facts.ended.map(|entry| entry.number).into_iter().collect(),
        harms: Vec::new(),
    };
    if of.bearable.0 <= 0 {
        return None;
    }
    let mut outages = own_outages(facts);
    outages.retain(|outage| !is_hit(facts, outage.by));
    if outages
        .iter()
        .all(|outage| cost(facts, outage.asset, outage.span) == 0)
    {
        return Some(of);
    }
    let entries = no_response()?;
    let without = Facts::read(facts.exercise, facts.criteria, &entries);
    outages.retain(|outage| !is_hit(&without, outage.by));
    let costs = outages
        .iter()
        .map(|outage| cost(facts, outage.asset, outage.span));
    of.own = per_hour(costs.sum());
    of.stolen = stolen_until(&without, facts.ended_at);
    let same_time = per_hour(at_the_same_time(facts, &outages, &without));
    of.without = Money(same_time.0.saturating_add(of.stolen.0));
    if of.own.0 > 0 {
        of.evidence = outages
            .iter()
            .map(|outage| outage.from.number)
            .take(12)
            .collect();
        of.evidence.sort_unstable();
        of.harms = outages
            .iter()
            .map(|outage| Harm {
                by: outage.by,
                down: outage.from.number,
                done: outage.done.number,
                instance: outage.instance,
                cost: per_hour(cost(facts, outage.asset, outage.span)),
            })
            .collect();
    }
    Some(of)
}

/// Every outage that a measure of one's own brought about.
pub(super) fn own_outages<'a>(facts: &Facts<'a>) -> Vec<OwnOutage<'a>> {
    let states = facts.states.iter();
    let down = states.filter(|span| span.state == AssetState::OutOfService);
    down.filter_map(|span| {
        let (by, done, instance) = by_own_measure(facts, span)?;
        Some(OwnOutage {
            asset: span.asset,
            by,
            from: span.from,
            span: length(facts, span),
            done,
            instance,
        })
    })
    .collect()
}

/// The asset on which a measure was taken by which another went down with it, by which entry and which work.
/// What hangs on something goes down because that does.
fn by_own_measure<'a>(
    facts: &Facts<'a>,
    span: &StateSpan<'a>,
) -> Option<(AssetId, &'a Entry, Instance)> {
    let mut first = span.asset;
    for cause in facts.causes(span.from) {
        match &cause.event {
            Event::AssetChanged {
                asset,
                state: AssetState::OutOfService,
                ..
            } => first = *asset,
            Event::MeasureTaken { instance, .. }
            | Event::TaskStarted { instance, .. }
            | Event::TaskResumed { instance, .. }
            | Event::TaskEnded { instance, .. } => return Some((first, cause, *instance)),
            _ => return None,
        }
    }
    None
}

fn length(facts: &Facts<'_>, span: &StateSpan<'_>) -> Span {
    let until = span.until.map_or(facts.ended_at, |entry| entry.at);
    (until - span.from.at).max(Span::ZERO)
}

/// Whether the attack hit an asset.
pub(super) fn is_hit(facts: &Facts<'_>, asset: AssetId) -> bool {
    facts.hits.iter().any(|hit| hit.asset == asset)
}

/// What an outage counts for, in milliseconds times money an hour.
fn cost(facts: &Facts<'_>, asset: AssetId, span: Span) -> i128 {
    i128::from(span.0) * i128::from(facts.exercise.asset(asset).worth_per_hour.0)
}

/// Rates are integrated over all outages before anything is divided.
fn per_hour(sum: i128) -> Money {
    let hour = i128::from(Span::HOUR.0);
    Money(i64::try_from((sum + hour / 2).div_euclid(hour)).unwrap_or(i64::MAX))
}

/// What was stolen by an instant.
fn stolen_until(facts: &Facts<'_>, end: ExerciseTime) -> Money {
    let hits = facts.hits.iter().filter(|hit| hit.entry.at <= end);
    Money(hits.map(|hit| hit.money.0).fold(0, i64::saturating_add))
}

/// A rate that begins or ends: of own harm, and of the outages of the run in which nobody acts.
type Turn = (ExerciseTime, i128, i128);

/// What the outages of the run in which nobody acts cost while there is own harm, at each instant at most as much as
/// that, in milliseconds times money an hour.
fn at_the_same_time(facts: &Facts<'_>, own: &[OwnOutage<'_>], without: &Facts<'_>) -> i128 {
    let rate = |asset: AssetId| i128::from(facts.exercise.asset(asset).worth_per_hour.0);
    let own = own.iter().flat_map(|outage| {
        let (from, of) = (outage.from.at, rate(outage.asset));
        [(from, of, 0), (from + outage.span, -of, 0)]
    });
    let down = without.states.iter();
    let down = down.filter(|span| span.state == AssetState::OutOfService);
    // A run in which nobody acts may end early; what it left down nobody brings back.
    let down = down.flat_map(|span| {
        let of = rate(span.asset);
        let ends = span.until.map(|entry| (entry.at, 0, -of));
        [Some((span.from.at, 0, of)), ends].into_iter().flatten()
    });
    let mut turns: Vec<Turn> = own.chain(down).collect();
    turns.sort_unstable_by_key(|(at, ..)| *at);
    let (mut sum, mut own, mut down) = (0, 0, 0);
    for (i, (at, more_own, more_down)) in turns.iter().enumerate() {
        own += more_own;
        down += more_down;
        let next = turns.get(i + 1).map_or(*at, |(at, ..)| *at);
        sum += i128::from((next - *at).0) * own.min(down);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::BEARABLE;
    use crate::documented::{holds, row, span};

    #[test]
    fn what_can_be_borne_is_documented() {
        let hours = row("all assets down can be borne for", span(BEARABLE.0));
        holds("proportion", &[hours]);
    }
}
