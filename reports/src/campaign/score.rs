//! The score over runs, and what the incident cost.

use super::Campaign;
use super::document::section as section_of;
use super::figure::{self, mean_count, mean_span, percent, quantile_line};
use super::gist::often;
use crate::document::{Block, Fact, Part, Section, Text, Tone};
use crate::words::{count, money, plural, score};
use hotwash_engine::campaign::statistics::{Interval, Mean, Quantile};
use hotwash_engine::campaign::{Gate, Quantiles, ScoreSummary};
use hotwash_engine::evaluation::GATES_LEAVE;
use hotwash_engine::exercise::{BasisPoints, Money};

/// The score.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let of = &campaign.summary.score;
    let Some(mean) = of.carried_out else {
        let none = Text::plain("No run could be scored: the exercise has nothing to score.");
        return section_of(Part::Score, "Score", vec![Block::Paragraph(none)]);
    };
    let mut said = Text::plain("Passed ")
        .and_toned(often(of.passed), Tone::Strong)
        .and(". Carried out, of 100: ")
        .and_toned(points(mean), Tone::Strong)
        .and(" on average");
    if mean.n == 1 {
        let one = format!("{:.1}", mean.value / 100.0);
        let passed = if of.passed.hits > 0 {
            "passed"
        } else {
            "not passed"
        };
        said = Text::plain(format!("{passed} in the one run; carried out: "))
            .and_toned(one, Tone::Strong);
    } else if let Some(q) = of.quantiles {
        said = said.and(format!("; {}", spread(&q)));
    }
    if mean.n < campaign.summary.runs {
        let (scored, all) = (count(mean.n), count(campaign.summary.runs));
        said = said.and(format!("; of {all} runs {scored} could be scored"));
    }
    let mut blocks = vec![Block::Paragraph(said.and("."))];
    if let Some([drawn, legend]) = histogram(of) {
        blocks.push(Block::Paragraph(Text::plain(drawn)));
        blocks.push(Block::Paragraph(Text::toned(legend, Tone::Faint)));
    }
    blocks.extend(gates(campaign));
    section_of(Part::Impact, "Score", blocks)
}

/// Between which values half of all runs lie, and what the worst tenth reached.
fn spread(q: &Quantiles<BasisPoints>) -> String {
    let [low, high] = [q.p25.value, q.p75.value].map(score);
    let half = if low == high {
        format!("half of all runs or more: exactly {low}")
    } else {
        format!("half of all runs {low} to {high}")
    };
    match q.p10.interval {
        Some(_) => format!("{half}; the worst tenth at most {}", ranked(q.p10)),
        None => format!("{half}; there are too few runs for a worst tenth"),
    }
}

/// A quantile of scores with its interval, where that is wider than what is shown.
fn ranked(of: Quantile<BasisPoints>) -> String {
    let value = score(of.value);
    match of.interval.map(|(low, high)| (score(low), score(high))) {
        None => format!("{value} (too few runs to say how sure)"),
        Some((low, high)) if low == high => value,
        Some((low, high)) => format!("{value} ({low} to {high})"),
    }
}

fn points(mean: Mean) -> String {
    figure::points(mean.value, mean.interval)
}

/// How many gates are named.
const NAMED: usize = 3;

/// How often a run was not passed, and because of what most often.
fn gates(campaign: &Campaign<'_>) -> Vec<Block> {
    let of = &campaign.summary.score;
    let Some(score) = of.score.filter(|_| of.gated.hits > 0) else {
        let none =
            "No run failed a critical objective or a duty of law, or did more harm than good.";
        return vec![Block::Paragraph(Text::plain(none))];
    };
    let gated = often(of.gated);
    let [one, further] = GATES_LEAVE.map(|left| format!("{:.2}", f64::from(left.0) / 10_000.0));
    let said = format!(
        "Not passed {gated}, for one of the reasons below. For ranking there is one number, on average {}: what was \
         carried out, times {one} for the first such reason and {further} for each further one.",
        points(score)
    );
    let names = campaign.names();
    let shown = of.gates.iter().take(NAMED).map(|(gate, chance)| {
        let what = match gate {
            Gate::Obligation(obligation, _) => {
                format!("not kept: {}", names.obligation(*obligation))
            }
            Gate::Objective(objective) => {
                format!("not achieved: {}", names.objective(*objective))
            }
            Gate::OwnHarm(_) => {
                "own measures that did more harm than the attack would have done".to_owned()
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

/// How many runs had which score, in steps of two points, as one line of signs, and what the signs mean.
fn histogram(of: &ScoreSummary) -> Option<[String; 2]> {
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
    let [none, few @ .., full] = SIGNS;
    let few: String = few.iter().collect();
    let runs = plural(most, "run", "runs");
    let legend = format!(
        "How many runs were carried out how well, a sign for every 2 points of 100: {none} no run, {few}{full} from few \
         to most ({full} {} {runs}).",
        count(most)
    );
    Some([format!("{} |{drawn}| {end}", 2 * first), legend])
}

/// What the incident cost.
pub(super) fn cost(campaign: &Campaign<'_>) -> Section {
    let of = &campaign.summary.impact;
    let mut facts = Vec::new();
    if let (Some(mean), Some(q)) = (of.outage, of.outages)
        && mean.value > 0.0
    {
        let value = format!(
            "{} on average; half of all runs at most {}, nine in ten at most {}; summed over assets",
            mean_span(mean.value, mean.interval),
            quantile_line(Some(q.p50)),
            quantile_line(Some(q.p90)),
        );
        facts.push(fact("outage", value));
    }
    facts.extend(loss(campaign).map(|value| fact("loss", value)));
    if let Some(mean) = of.records
        && mean.value > 0.0
    {
        let records = mean_count(mean.value, mean.interval);
        let value = format!("{records} on average, taken or published");
        facts.push(fact("records", value));
    }
    let blocks = if facts.is_empty() {
        Vec::new()
    } else {
        vec![Block::Facts(facts)]
    };
    section_of(Part::Impact, "What it cost", blocks)
}

/// What is lost, with the currency; `None` where nothing is.
pub(super) fn loss(campaign: &Campaign<'_>) -> Option<String> {
    let of = &campaign.summary.impact;
    let (mean, q) = (of.loss.filter(|mean| mean.value > 0.0)?, of.losses?);
    let units = |minor: f64| minor / 100.0;
    let interval = mean.interval.map(|interval| Interval {
        low: units(interval.low),
        high: units(interval.high),
    });
    let currency = campaign.names().currency();
    let most = match q.p90.interval {
        Some(_) => format!("; nine runs in ten at most {} {currency}", rough(q.p90)),
        None => String::new(),
    };
    Some(format!(
        "{} {currency} on average{most}",
        mean_count(units(mean.value), interval),
    ))
}

/// A quantile of money in minor units, to what is known of it, with its interval.
fn rough(of: Quantile<i64>) -> String {
    let Some((low, high)) = of.interval else {
        return "?".to_owned();
    };
    let mut step = 100;
    while step * 10 <= (high - low) / 2 {
        step *= 10;
    }
    let to_step = |minor: i64| money(Money((minor + step / 2).div_euclid(step) * step));
    let [value, low, high] = [of.value, low, high].map(to_step);
    if low == high {
        value
    } else {
        format!("{value} ({low} to {high})")
    }
}

fn fact(name: &str, value: String) -> Fact {
    Fact {
        name: name.to_owned(),
        value: Text::plain(value),
    }
}
