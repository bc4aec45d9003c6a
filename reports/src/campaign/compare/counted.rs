//! What counts in a comparison, criterion by criterion, in figures of their own: the harm, the objectives and the
//! duties before the score, what it cost after the phases.
//!
//! The page of a comparison calls it. It judges nothing: which side is better, the comparison says.

use super::{Compared, Part, Section, Table, Text, Tone, change, change_span, section};
use crate::document::{Block, Column};
use crate::words::count;
use hotwash_engine::campaign::statistics::Interval;
use hotwash_engine::campaign::{Criterion, Effect};

/// What counts before how well it was carried out.
pub(super) fn harm(of: &Compared<'_>) -> Section {
    harm_that_differs(of, 0)
}

/// Of that, for a page of one screen, what differs in any run.
pub(super) fn harm_of_page(of: &Compared<'_>) -> Section {
    harm_that_differs(of, 1)
}

fn harm_that_differs(of: &Compared<'_>, least: u64) -> Section {
    let weighty = Criterion::ALL.into_iter().filter(|by| by.is_weighty());
    let differs = |by: &Criterion| {
        let effect = of.comparison.effect(*by);
        effect.is_some_and(|effect| effect.differing >= least)
    };
    let rows = weighty.filter(differs).filter_map(|by| row(of, by));
    counted(Part::Impact, "Harm", rows.collect())
}

/// What it cost.
pub(super) fn cost(of: &Compared<'_>) -> Section {
    let cost = [Criterion::Loss, Criterion::Outage, Criterion::Records];
    let rows = cost.into_iter().filter_map(|by| row(of, by));
    counted(Part::Impact, "Cost", rows.collect())
}

fn counted(part: Part, title: &str, rows: Vec<Vec<Text>>) -> Section {
    if rows.is_empty() {
        return section(part, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::wrapping("what"),
            Column::right("change"),
            Column::right("runs that differ"),
        ],
        rows,
        titled: true,
    };
    section(part, title, vec![Block::Table(table)])
}

/// What it is called, the change of its mean with its interval, and in how many runs it differs.
fn row(of: &Compared<'_>, by: Criterion) -> Option<Vec<Text>> {
    let effect = of.comparison.effect(by)?;
    let tone = match effect.is_better() {
        Some(true) => Tone::Good,
        Some(false) => Tone::Bad,
        None => Tone::Plain,
    };
    Some(vec![
        Text::plain(name(by)),
        Text::toned(changed(effect), tone),
        Text::plain(count(effect.differing)),
    ])
}

fn name(by: Criterion) -> String {
    let text = match by {
        Criterion::Harm => "harmful effects of the attack, a run",
        Criterion::Objectives => "failed critical objectives, in 100 runs",
        Criterion::OwnHarm => {
            "runs in which own measures did more harm than the attack would have done, of 100"
        }
        Criterion::Duties => "missed duties, in 100 runs",
        Criterion::CarriedOut => "carried out, in points",
        Criterion::Score => "for ranking, in points",
        Criterion::Phase(phase) => phase.name(),
        Criterion::Loss => "money lost, a run",
        Criterion::Outage => "outage summed over assets, a run",
        Criterion::Records => "records out or open, a run",
    };
    text.to_owned()
}

/// The change of a mean, second less first, or why there is none to show.
fn changed(effect: &Effect) -> String {
    if effect.differing == 0 {
        return "same in all".to_owned();
    }
    let Some((gain, interval)) = effect
        .gain
        .and_then(|gain| Some((gain.value, gain.interval?)))
    else {
        return "too few differ".to_owned();
    };
    let by = effect.by;
    let scale = match by {
        Criterion::Objectives | Criterion::OwnHarm | Criterion::Duties => 100.0,
        Criterion::CarriedOut | Criterion::Score | Criterion::Loss => 0.01,
        Criterion::Harm | Criterion::Phase(_) | Criterion::Outage | Criterion::Records => 1.0,
    };
    // A gain is turned so that more is better; the page shows what there is more of.
    let more_is_better = matches!(by, Criterion::CarriedOut | Criterion::Score);
    let scale = if more_is_better { scale } else { -scale };
    let (one, other) = (interval.low * scale, interval.high * scale);
    let interval = Some(Interval {
        low: one.min(other),
        high: one.max(other),
    });
    match by {
        Criterion::Phase(_) | Criterion::Outage => change_span(gain * scale, interval),
        _ => change(gain * scale, interval),
    }
}
