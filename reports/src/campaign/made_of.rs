//! What the time to a phase was made of, over runs.

use super::Campaign;
use super::document::section as plain;
use super::figure::{share, two_figures};
use super::phases::mark;
use crate::document::{Bar, Bars, Block, Part, Section, Text};
use crate::words::{self, duration};
use hotwash_engine::campaign::{PhaseSummary, ShareOf};
use hotwash_engine::evaluation::Category;
use hotwash_engine::exercise::{BasisPoints, Span};
use std::collections::BTreeMap;

/// What the time to the phase that is least often in time was made of; of the others, the greatest part.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let phases = campaign.summary.phases.iter();
    // Of a phase in which there is nothing to do, no time is asked for.
    let made: Vec<&PhaseSummary> = phases
        .filter(|of| of.applies.hits > 0 && !of.made_of.is_empty())
        .collect();
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
    "shares of its time summed over all runs".clone_into(&mut section.aside);
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

/// Parts with a smaller share are one bar together.
const LEAST: f64 = 0.005;

fn bars(campaign: &Campaign<'_>, of: &PhaseSummary) -> Bars {
    let runs = i128::from(campaign.summary.runs.max(1));
    let mean = |sum: i128| Span((sum / runs) as i64);
    let bar = |(category, part, sum, parts): (Category, f64, i128, Vec<ShareOf>)| Bar {
        name: words::made_of(category).to_owned(),
        span: two_figures(mean(sum)),
        share: BasisPoints((part * 10_000.0).round() as u16),
        note: roles(campaign, &parts),
        entries: Vec::new(),
    };
    let total = mean(of.made_of.iter().map(|part| part.sum).sum());
    let (shown, small): (Vec<_>, Vec<_>) = by_category(of)
        .into_iter()
        .partition(|(_, part, _, _)| *part >= LEAST);
    let mut bars: Vec<Bar> = shown.into_iter().map(bar).collect();
    match small.len() {
        0 | 1 => bars.extend(small.into_iter().map(bar)),
        others => {
            let (share, sum) = (
                small.iter().map(|it| it.1).sum(),
                small.iter().map(|it| it.2).sum(),
            );
            bars.push(Bar {
                name: format!("{others} others"),
                ..bar((small[0].0, share, sum, Vec::new()))
            });
        }
    }
    let open = if of.times.not_reached.hits > 0 {
        ", to the end where it was not complete"
    } else {
        ""
    };
    Bars {
        caption: format!(
            "On average over runs {} {}{open}; of it, with the role behind most of each",
            duration(two_figures(total)),
            mark(of.phase),
        ),
        total,
        bars,
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
