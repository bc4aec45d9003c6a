//! What was asked and what came out, in a few sentences.

use super::document::section as section_of;
use super::figure::{percent, percent_range, points};
use super::{Campaign, left_out, load, partial, softer};
use crate::document::{Block, Part, Section, Text};
use crate::words::{self, count, plural};
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::campaign::{Gate, RoleSummary};

/// The first thing to read.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let said = [
        Some(scored(campaign)),
        partial::said(campaign.exercise, campaign.summary),
        softer::said(campaign.exercise, campaign.summary),
        left_out::said(campaign.summary),
        bent(campaign),
        held_back(campaign),
        target(campaign),
        deadline(campaign),
        waited_for(campaign),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let text = Text::plain(said.join(" "));
    section_of(Part::Score, "", vec![Block::Paragraph(text)])
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
            "{}. Carried out: {}.",
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

/// Because of what it was most often not passed.
fn held_back(campaign: &Campaign<'_>) -> Option<String> {
    let of = &campaign.summary.score;
    let gate = of.gates.first().filter(|_| of.gated.hits > 0);
    // Neither passed nor gated: the score is partial, and nothing else stood in the way.
    let partial = Chance {
        hits: of.passed.n - of.passed.hits - of.gated.hits,
        n: of.passed.n,
    };
    if partial.hits > gate.map_or(0, |(_, chance)| chance.hits) {
        return Some(format!(
            "Most often, {}, it was not passed because its score is partial: it says less than a pass \
             would. The report on such a run says why.",
            often(partial)
        ));
    }
    let (gate, chance) = gate?;
    let names = campaign.names();
    let what = match gate {
        Gate::Obligation(obligation, _) => {
            format!(
                "a duty that was not kept, \"{}\"",
                names.obligation(*obligation)
            )
        }
        Gate::Objective(objective) => {
            let what = names.objective(*objective);
            let what = what.trim_end_matches('.');
            format!("a critical objective that was not performed, \"{what}\"")
        }
        Gate::OwnHarm(_) => "harm of one's own that was out of proportion".to_owned(),
    };
    let often = often(*chance);
    Some(format!(
        "Most often, {often}, it was not passed because of {what}."
    ))
}

/// In how many runs, of those in which it was decided.
pub(super) fn often(chance: Chance) -> String {
    match chance.hits {
        0 => "in no run".to_owned(),
        hits if hits == chance.n => "in every run".to_owned(),
        hits if 100 * hits < chance.n => format!("in {} of {} runs", count(hits), count(chance.n)),
        _ => format!("in {} of runs", percent(chance)),
    }
}

/// That a chance is of those runs in which it was decided, where these are not all.
fn decided(chance: Chance, runs: u64) -> &'static str {
    if chance.n < runs && chance.hits > 0 && chance.hits < chance.n {
        " in which that was decided"
    } else {
        ""
    }
}

/// That the least chance is not surely the least.
fn unsure(least: Chance, mut others: impl Iterator<Item = Chance>) -> &'static str {
    let touches = |other: Chance| {
        let [low, high] = [other.interval()?.low, least.interval()?.high];
        Some(low <= high)
    };
    if others.any(|other| touches(other) == Some(true)) {
        ", not surely less often than others"
    } else {
        ""
    }
}

/// Which of some chances is the least: the first, where several are.
fn least<T>(chances: impl Iterator<Item = (T, Chance)>) -> Option<(T, Chance)> {
    let known = chances.filter_map(|(what, chance)| Some((what, chance, chance.value()?)));
    let least = known.min_by(|a, b| a.2.total_cmp(&b.2))?;
    Some((least.0, least.1))
}

/// The phase that was least often in time.
fn target(campaign: &Campaign<'_>) -> Option<String> {
    let phases = campaign.summary.phases.iter();
    let (phase, chance) = least(phases.map(|of| (of.phase, of.in_time)))?;
    Some(if chance.hits == chance.n {
        "Every target was met in every run.".to_owned()
    } else {
        let met = often(chance) + decided(chance, campaign.summary.runs);
        format!("The target that was least often met is that of {phase}, {met}.")
    })
}

/// The clock that was least often kept.
fn deadline(campaign: &Campaign<'_>) -> Option<String> {
    let clocks = campaign.summary.clocks.iter();
    let (duty, chance) = least(clocks.clone().map(|of| (of.obligation, of.kept)))?;
    Some(if chance.hits == chance.n {
        "Every deadline was kept in every run.".to_owned()
    } else {
        let name = campaign.names().obligation(duty);
        let others = clocks.filter(|of| of.obligation != duty).map(|of| of.kept);
        let kept = often(chance) + decided(chance, campaign.summary.runs);
        let unsure = unsure(chance, others);
        format!("The deadline that was least often kept is \"{name}\", {kept}{unsure}.")
    })
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
        ", not surely longer than for others"
    } else {
        ""
    };
    (held_up(most) > 0.0).then(|| format!("Phases waited longest for {who}{unsure}."))
}
