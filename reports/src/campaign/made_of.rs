//! What the time to a phase was made of, over runs.

use super::Campaign;
use super::document::section as plain;
use super::figure::{
    is_uneven, known, mean_span, percent_range, points_at_most, reach, share, to_ms,
};
use super::phases::mark;
use crate::document::{Bar, Bars, Block, Part, Section, Text, Tone};
use crate::words;
use hotwash_engine::campaign::statistics::MIN_DIFFERING;
use hotwash_engine::campaign::{MadeOfTime, PhaseSummary, ShareOf};
use hotwash_engine::exercise::BasisPoints;

/// What the time to the phase that is least often in time was made of; of the others, the greatest part.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let phases = campaign.summary.phases.iter();
    // Of a phase in which there is nothing to do, no time is asked for.
    let made: Vec<&PhaseSummary> = phases
        .filter(|of| of.applies.hits > 0 && !of.made_of.parts.is_empty())
        .collect();
    let chance = |of: &PhaseSummary| of.in_time.value().unwrap_or(2.0);
    let weakest = made.iter().min_by(|a, b| chance(a).total_cmp(&chance(b)));
    let Some(weakest) = weakest else {
        return plain(Part::TimeMadeOf, "", Vec::new());
    };
    let title = format!("Where the time of {} went", weakest.phase);
    let mut blocks = vec![Block::Bars(bars(campaign, weakest))];
    let others = made.iter().filter(|of| of.phase != weakest.phase);
    let others: Vec<&PhaseSummary> = others.copied().collect();
    let said = others.iter().filter_map(|of| greatest(campaign, of));
    let said: Vec<Text> = said.map(Text::plain).collect();
    if !said.is_empty() {
        blocks.push(Block::List(said));
    }
    let sure = [sure(campaign, weakest, &others), rare(campaign, &made)];
    let sure: Vec<String> = sure.into_iter().flatten().collect();
    if !sure.is_empty() {
        let said = Text::toned(sure.join(" "), Tone::Faint);
        blocks.push(Block::Paragraph(said));
    }
    let mut section = plain(Part::TimeMadeOf, &title, blocks);
    "of its time in all runs together".clone_into(&mut section.aside);
    section
}

/// Parts with a smaller share are one bar together.
const LEAST: f64 = 0.005;

/// Roles with a smaller share are not named.
const NAMED: f64 = 0.01;

/// The parts that have a bar of their own, and those that share one.
fn shown(of: &MadeOfTime) -> (Vec<&ShareOf>, Vec<&ShareOf>) {
    let (mut shown, small): (Vec<_>, Vec<_>) = of
        .categories
        .iter()
        .partition(|part| part.share.value >= LEAST);
    if small.len() == 1 {
        shown.extend(small);
        return (shown, Vec::new());
    }
    (shown, small)
}

fn bars(campaign: &Campaign<'_>, of: &PhaseSummary) -> Bars {
    let share = |part: f64| BasisPoints((part * 10_000.0).round() as u16);
    let bar = |part: &ShareOf| Bar {
        name: words::made_of(part.category).to_owned(),
        span: known(&part.mean),
        share: share(part.share.value),
        note: role(campaign, of, part),
        entries: Vec::new(),
    };
    let (parts, small) = shown(&of.made_of);
    let mut bars: Vec<Bar> = parts.into_iter().map(bar).collect();
    if let Some(first) = small.first() {
        let sum = |value: fn(&ShareOf) -> f64| small.iter().map(|part| value(part)).sum::<f64>();
        let mut mean = first.mean;
        mean.value = sum(|part| part.mean.value);
        bars.push(Bar {
            name: format!("{} others", small.len()),
            span: known(&mean),
            share: share(sum(|part| part.share.value)),
            note: String::new(),
            entries: Vec::new(),
        });
    }
    let open = if of.times.not_reached.hits > 0 {
        ", or to its end where it is never complete"
    } else {
        ""
    };
    let whole = of.made_of.whole;
    let total = whole.map_or_else(String::new, |whole| mean_span(whole.value, whole.interval));
    Bars {
        caption: format!(
            "A run takes {total} on average {}{open}. Beside each part stands the role behind most of it.",
            mark(of.phase),
        ),
        total: to_ms(whole.map_or(0.0, |whole| whole.value)),
        bars,
    }
}

/// The role with the greatest share of a part, where that is worth a word.
fn most<'a>(of: &'a MadeOfTime, part: &ShareOf) -> Option<&'a ShareOf> {
    first(of, part).filter(|of| of.share.value >= NAMED)
}

/// The role with the greatest share of a part.
fn first<'a>(of: &'a MadeOfTime, part: &ShareOf) -> Option<&'a ShareOf> {
    let mut parts = of.parts.iter();
    parts.find(|it| it.category == part.category && it.role.is_some())
}

/// The same in words, with its share of the whole.
fn role(campaign: &Campaign<'_>, of: &PhaseSummary, part: &ShareOf) -> String {
    let said = most(&of.made_of, part).and_then(|of| {
        let name = campaign.names().role(of.role?);
        Some(format!("{name} {}", share(of.share.value)))
    });
    said.unwrap_or_default()
}

fn greatest(campaign: &Campaign<'_>, of: &PhaseSummary) -> Option<String> {
    let part = of.made_of.categories.first()?;
    let who = first(&of.made_of, part).and_then(|of| of.role);
    let who = who.map_or_else(String::new, |role| {
        format!(" ({})", campaign.names().role(role))
    });
    Some(format!(
        "{}: {} was {}{who}, its largest part.",
        of.phase,
        share(part.share.value),
        words::made_of(part.category)
    ))
}

fn off(of: &ShareOf) -> Option<f64> {
    reach(&of.share)
}

fn has_uneven_ends(of: &ShareOf) -> bool {
    let ends = of.share.interval;
    ends.is_some_and(|ends| is_uneven(of.share.value, ends))
}

/// How far the shares that are shown may lie off at most, those apart that lie off farther and of which
/// one end lies much farther off than the other.
fn sure(
    campaign: &Campaign<'_>,
    weakest: &PhaseSummary,
    others: &[&PhaseSummary],
) -> Option<String> {
    let of = &weakest.made_of;
    let (parts, small) = shown(of);
    let mut reaches: Vec<f64> = others
        .iter()
        .filter_map(|of| off(of.made_of.categories.first()?))
        .collect();
    // Of parts together no more is known than that their errors do not exceed their sum.
    reaches.push(small.iter().filter_map(|part| off(part)).sum());
    let of_roles = parts.iter().filter_map(|part| most(of, part));
    let said = parts.iter().copied().chain(of_roles);
    reaches.extend(said.filter(|of| !has_uneven_ends(of)).filter_map(off));
    let sure = reaches.into_iter().reduce(f64::max)?;
    let apart = parts
        .iter()
        .filter_map(|part| apart(campaign, of, part, sure));
    let apart: Vec<String> = apart.collect();
    if sure <= 0.0 && apart.is_empty() {
        return None;
    }
    let sure = points_at_most(100.0 * sure);
    let but = if apart.is_empty() { "" } else { "; but " };
    let apart = apart.join(", ");
    Some(format!(
        "Shares are sure to +/- {sure} points or better{but}{apart}. Each time is that share of the average."
    ))
}

/// What a part may be, or that of the role behind most of it, where that lies off farther than others.
fn apart(campaign: &Campaign<'_>, of: &MadeOfTime, part: &ShareOf, sure: f64) -> Option<String> {
    let ends = |of: &ShareOf| {
        let farther = has_uneven_ends(of) && off(of).is_some_and(|off| off > sure);
        let ends = of.share.interval.filter(|_| farther);
        ends.map(|ends| format!("{} %", percent_range(ends)))
    };
    let what = words::made_of(part.category);
    let of_role = most(of, part).and_then(|of| {
        let who = campaign.names().the_role(of.role?);
        Some((who, ends(of)?))
    });
    match (ends(part), of_role) {
        (Some(ends), Some((who, its))) if ends != its => {
            Some(format!("{what} may be {ends}, that of {who} {its}"))
        }
        (Some(ends), _) => Some(format!("{what} may be {ends}")),
        (None, Some((who, its))) => Some(format!("{what} of {who} may be {its}")),
        (None, None) => None,
    }
}

/// Runs in which a phase is never complete go on to the end of the exercise, so that a few of them may
/// weigh as much as all others, and a campaign that has few or none says little of what they are made of.
/// No formula sees that. So it is said where they could be much of it.
fn rare(campaign: &Campaign<'_>, phases: &[&PhaseSummary]) -> Option<String> {
    const MUCH: f64 = 0.1;
    let mut heaviest = phases.iter().filter_map(|of| heaviest(campaign, of));
    heaviest.any(|weight| weight >= MUCH).then(|| {
        "A few runs that never finish could change these shares: there are too few of them here to know.".to_owned()
    })
}

/// Up to which share of the time to a phase may lie in runs in which it is never complete, by the interval of
/// their chance; `None` where there are enough of them to know.
fn heaviest(campaign: &Campaign<'_>, of: &PhaseSummary) -> Option<f64> {
    let never = of.times.not_reached;
    let (whole, open) = (of.made_of.whole?, of.made_of.open?.value);
    let chance = never.interval().filter(|_| never.hits < MIN_DIFFERING)?;
    let number = |runs: u64| f64::from(u32::try_from(runs).unwrap_or(u32::MAX));
    let time = whole.value * number(campaign.summary.runs);
    let each = match never.hits {
        0 => f64::from(u32::try_from(campaign.exercise.parts().limit.0 / 1_000).ok()?) * 1_000.0,
        hits => time * open / number(hits),
    };
    let other = time * (1.0 - open) / number(never.n - never.hits);
    Some(weight(chance.high, each, other))
}

/// The share that runs of this chance and length have of all time, beside runs of another length.
fn weight(chance: f64, each: f64, other: f64) -> f64 {
    chance * each / (chance * each + (1.0 - chance) * other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_long_runs_weigh_as_much_as_many_short_ones() {
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found}");
        near(weight(0.001, 999.0, 1.0), 0.5);
        near(weight(0.5, 3.0, 1.0), 0.75);
        near(weight(0.0, 3.0, 1.0), 0.0);
    }
}
