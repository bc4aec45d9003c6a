//! What was asked and what came out, in a few sentences.

use super::document::section as section_of;
use super::figure::{percent, percent_range, points};
use super::{Campaign, figure, left_out, load, partial, softer};
use crate::document::{Block, Part, Section, Text};
use crate::words::deed::Deed;
use crate::words::{self, count, plural};
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::campaign::{ClockSummary, Gate, RoleSummary};
use hotwash_engine::exercise::Asks;

/// The first thing to read.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let said: Vec<String> = said(campaign).into_iter().flatten().collect();
    let text = Text::plain(said.join(" "));
    section_of(Part::Score, "", vec![Block::Paragraph(text)])
}

/// How good, why, and how often; what bends it; who is waited for.
pub(super) fn said(campaign: &Campaign<'_>) -> [Option<String>; 9] {
    [
        Some(scored(campaign)),
        held_back(campaign),
        partial::said(campaign.exercise, campaign.summary),
        softer::said(campaign.exercise, campaign.summary),
        left_out::said(campaign.summary),
        bent(campaign),
        targets(campaign),
        deadlines(campaign),
        waited_for(campaign),
    ]
}

/// What bends every score of the campaign.
fn bent(campaign: &Campaign<'_>) -> Option<String> {
    let said = words::bent::by_definition(campaign.exercise);
    (!said.is_empty()).then(|| said.join(" "))
}

fn scored(campaign: &Campaign<'_>) -> String {
    let runs = campaign.summary.runs;
    let asked = format!(
        "In {} {} of this exercise, each with chance of its own,",
        count(runs),
        plural(runs, "run", "runs")
    );
    let of = &campaign.summary.score;
    match of.carried_out {
        Some(mean) if runs == 1 => {
            let score = format!("{:.1}", mean.value / 100.0);
            let passed = if of.passed.hits > 0 {
                "Passed"
            } else {
                "Not passed"
            };
            format!(
                "{passed} in the one run. Carried out: {score}. One run says nothing of chance."
            )
        }
        Some(mean) => format!(
            "{}. Carried out: {} of 100 on average.",
            passed(of.passed),
            points(mean.value, mean.interval)
        ),
        None => format!("{asked} there was nothing to score."),
    }
}

/// In how many runs it was passed, with how sure that is.
pub(super) fn passed(chance: Chance) -> String {
    let runs = format!(
        "Passed in {} of {} runs",
        count(chance.hits),
        count(chance.n)
    );
    match chance.interval() {
        Some(interval) => format!("{runs} ({} %)", percent_range(interval)),
        None => runs,
    }
}

/// A gate that applied in less than this share of runs hardly ever held anything back.
const RARE: f64 = 0.01;

/// Because of what it was most often not passed, and how well it goes where that is not so.
fn held_back(campaign: &Campaign<'_>) -> Option<String> {
    let of = &campaign.summary.score;
    let gate = of.gates.first().filter(|_| of.gated.hits > 0);
    // Neither passed nor gated: the score is partial, and nothing else stood in the way.
    let partial = Chance {
        hits: of.passed.n - of.passed.hits - of.gated.hits,
        n: of.passed.n,
    };
    if partial.hits > gate.map_or(0, |(_, chance)| chance.hits) {
        // Why it is partial is said beside this.
        return None;
    }
    let (gate, chance) = gate?;
    if of.gated.value().is_some_and(|share| share < RARE) {
        let (hits, n) = (count(of.gated.hits), count(of.gated.n));
        return Some(format!(
            "It is hardly ever failed for a reason of its own ({hits} of {n} runs)."
        ));
    }
    let what = fails(campaign, *gate);
    let often = words::upper_first(&often(*chance));
    let without = of.carried_out_else.filter(|_| chance.hits < chance.n);
    let without = without.map_or_else(String::new, |mean| {
        let mean = points(mean.value, mean.interval);
        format!(" In the other runs, carried out: {mean}.")
    });
    Some(format!("{often} {what}.{without}"))
}

/// What goes wrong in runs to which a gate applies, as a clause.
fn fails(campaign: &Campaign<'_>, gate: Gate) -> String {
    let names = campaign.names();
    match gate {
        Gate::Obligation(obligation, _) => {
            format!("the duty \"{}\" is not kept", names.obligation(obligation))
        }
        Gate::Objective(objective) => {
            let scenario = campaign.exercise.scenario();
            let of = &scenario.objectives[objective.index()];
            // One thing that it cannot do without says what goes wrong; of several nobody knows which.
            if let [only] = of.critical.as_slice() {
                let expectation = &scenario.expectations[only.index()];
                let deed = match &expectation.asks {
                    Asks::Does(act) => Deed::of(&names, act),
                    Asks::Refrains(act, _) => {
                        let deed = Deed::of(&names, act);
                        let (what, is, done) = (&deed.subject, deed.is(), deed.done);
                        return format!("{what} {is} {done}, though that must not be done");
                    }
                    Asks::Observed => {
                        let text = names.expectation(*only);
                        return format!("this is not seen: \"{}\"", text.trim_end_matches('.'));
                    }
                };
                let how = if of.harm.is_some() {
                    "too late"
                } else {
                    "late or never"
                };
                return format!("{} {} {} {how}", deed.subject, deed.is(), deed.done);
            }
            let what = names.objective(objective);
            format!("this is not achieved: \"{}\"", what.trim_end_matches('.'))
        }
        Gate::OwnHarm(_) => {
            "the team's own measures do more harm than the attack would have done".to_owned()
        }
    }
}

/// From so many runs on, a share is a percentage; of fewer it is a count.
const PERCENT_FROM: u64 = 101;

/// In how many runs: a count where there are few, or where nearly none or nearly all are meant; else a share.
pub(super) fn often(chance: Chance) -> String {
    let Chance { hits, n } = chance;
    match hits {
        0 => "in no run".to_owned(),
        hits if hits == n => "in every run".to_owned(),
        hits if n < PERCENT_FROM || 100 * hits < n || 100 * (n - hits) < n => {
            format!("in {} of {} runs", count(hits), count(n))
        }
        _ => format!("in {} of runs", percent(chance)),
    }
}

/// Which of some chances is the least: the first, where several are.
fn least<T>(chances: impl Iterator<Item = (T, Chance)>) -> Option<(T, Chance)> {
    let known = chances.filter_map(|(what, chance)| Some((what, chance, chance.value()?)));
    let least = known.min_by(|a, b| a.2.total_cmp(&b.2))?;
    Some((least.0, least.1))
}

/// The phase that is least often in time.
fn targets(campaign: &Campaign<'_>) -> Option<String> {
    let phases = campaign.summary.phases.iter();
    let (phase, chance) = least(phases.map(|of| (of.phase, of.in_time)))?;
    Some(match chance.hits {
        hits if hits == chance.n => "Every target is met in every run.".to_owned(),
        0 => format!("{phase} is never complete within its target."),
        _ => format!(
            "{phase} is the furthest from its target: in time {}.",
            often(chance)
        ),
    })
}

/// From which share of runs on a deadline is as good as always kept.
const KEPT: f64 = 0.99;

/// The deadlines that are not as good as always kept; how often all others are.
fn deadlines(campaign: &Campaign<'_>) -> Option<String> {
    let clocks = campaign.summary.clocks.iter();
    let decided: Vec<_> = clocks.filter(|of| of.kept.n > 0).collect();
    let mut weak: Vec<_> = decided
        .iter()
        .filter(|of| of.kept.value().is_some_and(|share| share < KEPT))
        .collect();
    weak.sort_by(|a, b| {
        let share = |of: &ClockSummary| of.kept.value().unwrap_or(1.0);
        share(a)
            .total_cmp(&share(b))
            .then(a.obligation.cmp(&b.obligation))
    });
    let all = decided.iter().all(|of| of.kept.hits == of.kept.n);
    let Some(first) = weak.first() else {
        return (!decided.is_empty()).then(|| {
            if all {
                "Every deadline is kept in every run.".to_owned()
            } else {
                "All deadlines are kept in 99 % of runs or more.".to_owned()
            }
        });
    };
    let name = campaign.names().obligation(first.obligation);
    let kept = often(first.kept);
    let only = if first.kept.n < campaign.summary.runs {
        " that call for it"
    } else {
        ""
    };
    let others = match (weak.len(), decided.len()) {
        (_, 1) => String::new(),
        (1, _) => "; all other deadlines in 99 % of runs or more".to_owned(),
        (weak, _) => format!("; {} other deadlines are at risk too", weak - 1),
    };
    Some(format!("{name} is kept {kept}{only}{others}."))
}

/// The role that held phases up longest.
fn waited_for(campaign: &Campaign<'_>) -> Option<String> {
    let held_up = |of: &RoleSummary| of.held_up.map_or(0.0, |held| held.value);
    let roles = &campaign.summary.roles;
    let most = roles.iter().max_by(|a, b| {
        let by = held_up(a).total_cmp(&held_up(b));
        by.then(b.role.cmp(&a.role))
    })?;
    let who = campaign.names().the_role(most.role);
    let unsure = if load::unsure(most, roles) {
        ", though others may be waited for as long"
    } else {
        ""
    };
    let share = most.of_all_waits.filter(|of| of.value > 0.0);
    let share = share.map_or_else(String::new, |of| {
        format!(": {} of all waiting", figure::share(of.value))
    });
    (held_up(most) > 0.0).then(|| format!("Phases wait longest for {who}{share}{unsure}."))
}
