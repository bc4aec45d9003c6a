//! The score over runs, and what the incident cost.

use super::Campaign;
use super::document::section as section_of;
use super::figure::{self, mean_count, mean_span, percent, quantile};
use crate::document::{Block, Fact, Part, Section, Text, Tone};
use crate::words::{money, score};
use hotwash_engine::campaign::statistics::{Interval, Mean, Quantile};
use hotwash_engine::campaign::{Gate, ScoreSummary};
use hotwash_engine::evaluation::GATE_CAPS;
use hotwash_engine::exercise::Money;

/// The score.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let of = &campaign.summary.score;
    let Some(mean) = of.mean else {
        let none = Text::plain("No run could be scored: the exercise has nothing to score.");
        return section_of(Part::Score, "Score", vec![Block::Paragraph(none)]);
    };
    let mut said = Text::plain("mean ").and_toned(points(mean), Tone::Strong);
    if let Some(q) = of.quantiles {
        let [low, high, worst] = [q.p25.value, q.p75.value, q.p10.value].map(score);
        let half = if low == high {
            format!("; half of all runs or more exactly {low}")
        } else {
            format!("; half of all runs {low} to {high}")
        };
        said = said.and(format!("{half}, worst tenth at most {worst}"));
    }
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(histogram(of).map(|line| Block::Paragraph(Text::plain(line))));
    blocks.extend(gates(campaign));
    section_of(Part::Impact, "Score", blocks)
}

fn points(mean: Mean) -> String {
    figure::points(mean.value, mean.interval)
}

/// How many gates are named.
const NAMED: usize = 3;

/// How often gates capped the score, and which most often.
fn gates(campaign: &Campaign<'_>) -> Vec<Block> {
    let of = &campaign.summary.score;
    let Some(before) = of.before_gates.filter(|_| of.gated.hits > 0) else {
        let none = "No gate capped it in any run.";
        return vec![Block::Paragraph(Text::plain(none))];
    };
    let capped = percent(of.gated);
    let before = points(before);
    let [one, two] = GATE_CAPS.map(score);
    let said = format!(
        "Gates, of which one caps a score at {one} and two at {two}, did so in {capped} of runs; before \
         them it is {before}. The gates, in how many runs:"
    );
    let names = campaign.names();
    let shown = of.gates.iter().take(NAMED).map(|(gate, chance)| {
        let what = match gate {
            Gate::Obligation(obligation, _) => {
                format!("duty not kept: {}", names.obligation(*obligation))
            }
            Gate::Objective(objective) => {
                format!("not performed: {}", names.objective(*objective))
            }
        };
        fact(&percent(*chance), what.trim_end_matches('.').to_owned())
    });
    let mut shown: Vec<Fact> = shown.collect();
    let more = of.gates.len().saturating_sub(NAMED);
    if more > 0 {
        shown.push(fact("...", format!("{more} more, less often")));
    }
    vec![Block::Paragraph(Text::plain(said)), Block::Facts(shown)]
}

/// Signs from few to many.
const SIGNS: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// How many runs had which score, in steps of two points, as one line of signs.
fn histogram(of: &ScoreSummary) -> Option<String> {
    let steps: Vec<u64> = of
        .by_point
        .chunks(2)
        .map(|pair| pair.iter().sum())
        .collect();
    let first = steps.iter().position(|runs| *runs > 0)?;
    let last = steps.iter().rposition(|runs| *runs > 0)?;
    let most = *steps.iter().max()?;
    let sign = |runs: &u64| match *runs {
        0 => SIGNS[0],
        runs => SIGNS[1 + (runs * 6 / most) as usize],
    };
    let drawn: String = steps[first..=last].iter().map(sign).collect();
    let end = (2 * last + 1).min(100);
    Some(format!(
        "{} |{drawn}| {end}, runs by score, 2 points a sign, # most",
        2 * first
    ))
}

/// What the incident cost.
pub(super) fn cost(campaign: &Campaign<'_>) -> Section {
    let of = &campaign.summary.impact;
    let mut facts = Vec::new();
    if let (Some(mean), Some(q)) = (of.outage, of.outages)
        && mean.value > 0.0
    {
        let value = format!(
            "{} in the mean run, p50 {}, p90 {}, summed over assets",
            mean_span(mean.value, mean.interval),
            quantile(Some(q.p50)),
            quantile(Some(q.p90)),
        );
        facts.push(fact("outage", value));
    }
    if let (Some(mean), Some(q)) = (of.loss, of.losses)
        && mean.value > 0.0
    {
        let units = |minor: f64| minor / 100.0;
        let interval = mean.interval.map(|interval| Interval {
            low: units(interval.low),
            high: units(interval.high),
        });
        let value = format!(
            "{} in the mean run, p90 {}, in the own currency",
            mean_count(units(mean.value), interval),
            rough(q.p90),
        );
        facts.push(fact("loss", value));
    }
    if let Some(mean) = of.records
        && mean.value > 0.0
    {
        let records = mean_count(mean.value, mean.interval);
        let value = format!("{records} in the mean run left or lie open");
        facts.push(fact("records", value));
    }
    let blocks = if facts.is_empty() {
        Vec::new()
    } else {
        vec![Block::Facts(facts)]
    };
    section_of(Part::Impact, "What it cost", blocks)
}

/// A quantile of money, to what is known of it.
fn rough(of: Quantile<i64>) -> String {
    let (low, high) = of.interval.unwrap_or((of.value, of.value));
    let mut step = 100;
    while step * 10 <= (high - low) / 2 {
        step *= 10;
    }
    money(Money((of.value + step / 2).div_euclid(step) * step))
}

fn fact(name: &str, value: String) -> Fact {
    Fact {
        name: name.to_owned(),
        value: Text::plain(value),
    }
}
