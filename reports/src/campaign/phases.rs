//! Phases and clocks over runs, and what the time to a phase was made of.

use super::Campaign;
use super::document::section as plain;
use super::figure::{percent, percent_range, quantile, share};
use crate::document::{Bar, Bars, Block, Column, Part, Section, Table, Text, Tone};
use crate::words::{self, duration};
use hotwash_engine::campaign::statistics::{Chance, Interval};
use hotwash_engine::campaign::{ClockSummary, PhaseSummary, ShareOf};
use hotwash_engine::evaluation::Category;
use hotwash_engine::exercise::{BasisPoints, Phase, Span};
use std::collections::BTreeMap;

/// From where the times of a phase count that are shown: see `docs/scoring.md`.
const fn origin(phase: Phase) -> &'static str {
    match phase {
        Phase::Identification => "from the first sign",
        Phase::Assessment => "from the report",
        Phase::Response | Phase::Resolution => "from the declaration",
        Phase::Recovery => "from the first known harm",
        Phase::Closure => "from Recovery",
    }
}

/// The phases against their targets.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let phases = &campaign.summary.phases;
    let applying: Vec<&PhaseSummary> = phases.iter().filter(|of| of.applies.hits > 0).collect();
    if applying.is_empty() {
        return plain(Part::Phases, "Phases", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::wrapping("phase"),
            Column::right("p10").spare(2),
            Column::right("p50"),
            Column::right("p90"),
            Column::right("target"),
            Column::right("in time"),
            Column::right("never").spare(1),
        ],
        rows: applying.iter().map(|phase| row(phase)).collect(),
        titled: true,
    };
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(notes(campaign, &applying).map(Block::Paragraph));
    let mut section = plain(Part::Phases, "Phases", blocks);
    "how long until complete; p90: nine runs in ten took no longer".clone_into(&mut section.aside);
    section
}

fn row(of: &PhaseSummary) -> Vec<Text> {
    let times = of.times.quantiles;
    let target = of.target.map_or_else(|| "none".to_owned(), duration);
    let low = of.in_time.value().is_some_and(|share| share < 0.5);
    let tone = if low { Tone::Bad } else { Tone::Plain };
    vec![
        Text::plain(of.phase.name()).and_toned(format!(" {}", origin(of.phase)), Tone::Faint),
        Text::plain(quantile(times.map(|q| q.p10))),
        Text::plain(quantile(times.map(|q| q.p50))),
        Text::plain(quantile(times.map(|q| q.p90))),
        Text::plain(target),
        Text::toned(percent(of.in_time), tone),
        Text::plain(percent(of.times.not_reached)),
    ]
}

fn notes(campaign: &Campaign<'_>, phases: &[&PhaseSummary]) -> Option<Text> {
    let mut said = Vec::new();
    let intervals = phases.iter().filter_map(|of| of.in_time.interval());
    let halves = || intervals.clone().map(|interval| interval.half());
    let (widest, narrowest) = (
        halves().fold(0.0, f64::max),
        halves().fold(f64::MAX, f64::min),
    );
    if widest > 0.0 {
        let [widest, narrowest] = [widest, narrowest].map(|half| (half * 1_000.0).ceil() / 10.0);
        said.push(if widest > 2.0 * narrowest {
            format!(
                "Chances are sure to +/- {widest} points or better, those next to none or all to \
                 +/- {narrowest}."
            )
        } else {
            format!("Chances are sure to +/- {widest} points or better.")
        });
        said.push(
            "In time counts from when a phase should have begun by the targets of those before it, and \
             not before the exercise did. Never: not complete when it ended."
                .to_owned(),
        );
    }
    let texts: Vec<String> = phases
        .iter()
        .flat_map(|of| row(of))
        .map(|cell| cell.words())
        .collect();
    let shown = |sign: &str| texts.iter().any(|text| text == sign);
    if shown("-") {
        said.push("\"-\": that many runs did not get there, or there is no target.".to_owned());
    }
    if shown("?") {
        said.push("\"?\": too few runs; p10 and p90 need 36.".to_owned());
    }
    for of in phases.iter().filter(|of| of.applies.hits < of.applies.n) {
        said.push(format!(
            "{} had something to do in {} of runs.",
            of.phase,
            percent(of.applies)
        ));
    }
    let differ = phases.iter().filter(|of| of.targets_differ);
    let differ: Vec<&str> = differ.map(|of| of.phase.name()).collect();
    if !differ.is_empty() {
        said.push(format!(
            "Targets of {} differ between runs, by what could be known of the severity.",
            differ.join(", ")
        ));
    }
    said.push(declared(campaign));
    (!said.is_empty()).then(|| Text::toned(said.join(" "), Tone::Faint))
}

fn declared(campaign: &Campaign<'_>) -> String {
    let times = &campaign.summary.to_declare;
    let Some(q) = times.quantiles else {
        return String::new();
    };
    let never = if times.not_reached.hits > 0 {
        format!("; never in {} of runs", percent(times.not_reached))
    } else {
        String::new()
    };
    format!(
        "From the first sign to the declaration: p50 {}, p90 {}{never}.",
        quantile(Some(q.p50)),
        quantile(Some(q.p90)),
    )
}

/// The clocks, with the weakest marked.
pub(super) fn clocks(campaign: &Campaign<'_>) -> Section {
    let clocks = &campaign.summary.clocks;
    let shown: Vec<&ClockSummary> = clocks.iter().filter(|of| of.kept.n + of.open > 0).collect();
    let weakest = weakest(&shown);
    let several = campaign.exercise.scenario().incidents.len() > 1;
    let names = campaign.names();
    let rows = shown.iter().enumerate().map(|(i, of)| {
        let duty = campaign.exercise.obligation(of.obligation);
        let mut name = names.obligation(of.obligation);
        if several {
            name = format!("{name} ({})", names.incident(of.incident));
        }
        let range = of
            .kept
            .interval()
            .map(|range| format!("({})", percent_range(range)));
        vec![
            Text::plain(name),
            Text::plain(words::limit(duty.within)),
            Text::toned(
                percent(of.kept),
                if weakest == Some(i) {
                    Tone::Bad
                } else {
                    Tone::Plain
                },
            ),
            Text::plain(range.unwrap_or_default()),
            Text::plain(remark(of, weakest == Some(i))),
        ]
    });
    let rows: Vec<Vec<Text>> = rows.collect();
    if rows.is_empty() {
        return plain(Part::Clocks, "Clocks", Vec::new());
    }
    let columns = vec![
        Column::wrapping("duty"),
        Column::left("within"),
        Column::right("met"),
        Column::left("95 % interval").spare(1),
        Column::wrapping(""),
    ];
    let table = Table {
        columns,
        rows,
        titled: false,
    };
    let mut section = plain(Part::Clocks, "Clocks", vec![Block::Table(table)]);
    "chance to meet, of the runs in which it was decided".clone_into(&mut section.aside);
    section
}

fn remark(of: &ClockSummary, weakest: bool) -> String {
    let mut said = Vec::new();
    if weakest {
        said.push("<- weakest".to_owned());
    }
    if of.open > 0 {
        let n = of.kept.n + of.open;
        let open = Chance { hits: of.open, n };
        said.push(format!("not yet due in {}", percent(open)));
    }
    let n = of.kept.n + of.open + of.idle;
    if of.idle > 0 {
        let called = Chance {
            hits: n - of.idle,
            n,
        };
        said.push(format!("called for in {}", percent(called)));
    }
    said.join("; ")
}

/// The clock that is least often met, where no other could be as weak by what the runs show.
fn weakest(clocks: &[&ClockSummary]) -> Option<usize> {
    let mut by: Vec<(f64, f64, usize)> = clocks
        .iter()
        .enumerate()
        .filter_map(|(i, of)| {
            let Interval { low, high } = of.kept.interval()?;
            Some((low, high, i))
        })
        .collect();
    by.sort_by(|a, b| a.1.total_cmp(&b.1));
    match by.as_slice() {
        [first, second, ..] if first.1 < second.0 => Some(first.2),
        _ => None,
    }
}

/// What the time to the phase that is least often in time was made of; of the others, the greatest part.
pub(super) fn made_of(campaign: &Campaign<'_>) -> Section {
    let phases = campaign.summary.phases.iter();
    let made: Vec<&PhaseSummary> = phases.filter(|of| !of.made_of.is_empty()).collect();
    let chance = |of: &PhaseSummary| of.in_time.value().unwrap_or(2.0);
    let weakest = made.iter().min_by(|a, b| chance(a).total_cmp(&chance(b)));
    let Some(weakest) = weakest else {
        return plain(Part::TimeMadeOf, "", Vec::new());
    };
    let title = format!("What the time to {} was made of", weakest.phase);
    let mut blocks = vec![Block::Bars(bars(campaign, weakest))];
    let others = made.iter().filter(|of| of.phase != weakest.phase);
    let others: Vec<String> = others.filter_map(|of| greatest(campaign, of)).collect();
    if !others.is_empty() {
        let said = format!("The largest part of the others: {}.", others.join("; "));
        blocks.push(Block::Paragraph(Text::plain(said)));
    }
    let mut section = plain(Part::TimeMadeOf, &title, blocks);
    "shares of all time over runs".clone_into(&mut section.aside);
    section
}

/// The parts of a phase by category, the greatest first, each with its roles.
fn by_category(of: &PhaseSummary) -> Vec<(Category, f64, i128, Vec<ShareOf>)> {
    let mut sums: BTreeMap<Category, Vec<ShareOf>> = BTreeMap::new();
    for part in &of.made_of {
        sums.entry(part.category).or_default().push(*part);
    }
    let mut parts: Vec<_> = sums
        .into_iter()
        .map(|(category, parts)| {
            let share = parts.iter().map(|part| part.share).sum();
            let sum = parts.iter().map(|part| part.sum).sum();
            (category, share, sum, parts)
        })
        .collect();
    parts.sort_by_key(|(_, _, sum, _)| std::cmp::Reverse(*sum));
    parts
}

fn bars(campaign: &Campaign<'_>, of: &PhaseSummary) -> Bars {
    const SHOWN: usize = 7;
    let runs = i128::from(campaign.summary.runs.max(1));
    let bar = |(category, part, sum, parts): (Category, f64, i128, Vec<ShareOf>)| Bar {
        name: words::made_of(category).to_owned(),
        span: Span((sum / runs) as i64),
        share: BasisPoints((part * 10_000.0).round() as u16),
        note: roles(campaign, &parts),
        entries: Vec::new(),
    };
    let whole: i128 = of.made_of.iter().map(|part| part.sum).sum();
    let total = Span((whole / runs) as i64);
    Bars {
        caption: format!(
            "{} in the mean run, until ENDEX where it was not reached; of it",
            duration(Span(total.0 / Span::MINUTE.0 * Span::MINUTE.0))
        ),
        total,
        bars: by_category(of).into_iter().take(SHOWN).map(bar).collect(),
    }
}

/// The role with the greatest share of a part, with its share of the whole.
fn roles(campaign: &Campaign<'_>, parts: &[ShareOf]) -> String {
    let names = campaign.names();
    let of_roles = parts.iter().filter(|part| part.share >= 0.01);
    let mut of_roles = of_roles.filter_map(|part| Some((part.role?, part.share)));
    let said = of_roles.next();
    said.map_or_else(String::new, |(role, part)| {
        format!("{} {}", names.role(role), share(part))
    })
}

fn greatest(campaign: &Campaign<'_>, of: &PhaseSummary) -> Option<String> {
    let (category, part, _, parts) = by_category(of).into_iter().next()?;
    let who = parts.iter().find_map(|part| part.role);
    let who = who.map_or_else(String::new, |role| {
        format!(" ({})", campaign.names().role(role))
    });
    Some(format!(
        "{} {} {}{who}",
        of.phase,
        share(part),
        words::made_of(category)
    ))
}
