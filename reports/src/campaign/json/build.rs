//! From a summary to the view for scripts.

use super::SCHEMA_VERSION;
use super::figure::{chance, estimate, figure, ms, quantiles, rounded, stratified, whole};
use super::model;
use crate::campaign::rows::category;
use crate::campaign::{Campaign, Required, Strata};
use hotwash_engine::campaign::{self as engine, statistics};
use hotwash_engine::exercise::{Exercise, Identified, ObjectiveId, ObligationId, Phase, Slug};
use serde::Serialize;

/// A campaign as indented JSON, ending in a line feed.
pub fn campaign(campaign: &Campaign<'_>, required: &[Required]) -> String {
    text(&view(campaign, required))
}

/// Several scenarios as indented JSON, ending in a line feed.
pub fn strata(strata: &Strata<'_>, required: &[Required]) -> String {
    let first = strata.strata[0].exercise;
    let n = strata.strata.iter().map(|of| of.summary.runs).sum();
    let named = |of: &str, chance| model::Named {
        of: of.to_owned(),
        chance: stratified(chance, 1.0, n),
    };
    let phases = Phase::ALL.iter();
    let duties = (0..first.plan().obligations.len()).map(ObligationId::new);
    text(&model::Several {
        schema_version: SCHEMA_VERSION,
        weighted_by_register: strata.registered,
        notices: strata.notices.to_vec(),
        score: stratified(strata.score(), 100.0, n),
        in_time: phases
            .map(|phase| named(phase.name(), strata.in_time(*phase)))
            .collect(),
        met: duties
            .map(|duty| named(duty.slug(first.names()).as_str(), strata.kept(duty)))
            .collect(),
        required: levels(required),
        strata: strata
            .strata
            .iter()
            .zip(strata.shares(10_000))
            .map(|(of, share)| stratum(of, whole(share as i64) / 10_000.0))
            .collect(),
    })
}

fn stratum(of: &crate::campaign::Stratum<'_>, weight: f64) -> model::Stratum {
    let one = Campaign {
        exercise: of.exercise,
        summary: of.summary,
        seed: of.seed,
        runs: "",
        hours: of.hours,
        notices: &[],
        origin: "",
        lists: "",
        next: &[],
        tasks: true,
        what_if: None,
    };
    model::Stratum {
        weight,
        campaign: view(&one, &[]),
    }
}

/// A value as indented JSON, ending in a line feed.
pub(crate) fn text(view: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(view)
        .expect("every part is a plain struct with texts for keys, and no number is infinite");
    text.push('\n');
    text
}

fn view(of: &Campaign<'_>, required: &[Required]) -> model::Campaign {
    let (exercise, summary) = (of.exercise, of.summary);
    let parts = exercise.parts();
    model::Campaign {
        schema_version: SCHEMA_VERSION,
        scenario: parts.scenario.slug.to_string(),
        scenario_title: parts.scenario.title.clone(),
        organisation: parts.organisation.name.clone(),
        plan: parts.plan.title.clone(),
        plan_version: parts.plan.version.clone(),
        seed: of.seed,
        start: of.hours.to_owned(),
        runs: summary.runs,
        played: of.runs.to_owned(),
        notices: of.notices.to_vec(),
        score: score(exercise, &summary.score),
        phases: summary
            .phases
            .iter()
            .map(|of| phase(exercise, of))
            .collect(),
        to_declare: times(&summary.to_declare),
        to_contain: times(&summary.to_contain),
        clocks: summary
            .clocks
            .iter()
            .map(|of| clock(exercise, of))
            .collect(),
        roles: summary.roles.iter().map(|of| role(exercise, of)).collect(),
        people: summary
            .people
            .iter()
            .map(|of| person(exercise, of))
            .collect(),
        tasks: summary.tasks.iter().map(|of| task(exercise, of)).collect(),
        what_if: super::compare::what_if(of),
        impact: impact(&summary.impact),
        ends: summary
            .ends
            .iter()
            .map(|(end, of)| model::End {
                end: format!("{end:?}"),
                chance: chance(*of),
            })
            .collect(),
        required: levels(required),
        defaults: parts.defaults.len() as u64,
        inputs: u64::from(parts.inputs),
        gaps: parts.gaps.len() as u64,
    }
}

fn levels(required: &[Required]) -> Vec<model::Level> {
    let level = required.iter().map(|of| model::Level {
        required: of.text.clone(),
        found: of.found.map(rounded),
        met: of.met,
    });
    level.collect()
}

fn score(exercise: &Exercise, of: &engine::ScoreSummary) -> model::Score {
    model::Score {
        passed: chance(of.passed),
        partial: chance(of.partial),
        carried_out: estimate(of.carried_out, 100.0),
        quantiles: quantiles(of.quantiles, |of| Some(f64::from(of.0) / 100.0)),
        score: estimate(of.score, 100.0),
        score_quantiles: quantiles(of.scores, |of| Some(f64::from(of.0) / 100.0)),
        gated: chance(of.gated),
        gates: of.gates.iter().map(|of| gate(exercise, *of)).collect(),
        by_point: of.by_point.clone(),
        ratings: ratings(exercise, &of.ratings),
        softer: softer(exercise),
        by_default: of.by_default.map(|of| model::ByDefault {
            passed: chance(of.passed),
            carried_out: estimate(of.carried_out, 100.0),
            score: estimate(of.score, 100.0),
        }),
    }
}

/// What of the yardstick is softer than the default.
pub(super) fn softer(exercise: &Exercise) -> Vec<String> {
    let softer = exercise.parts().softer.as_ref();
    softer.map_or_else(Vec::new, |softer| softer.cells.clone())
}

fn ratings(exercise: &Exercise, all: &[[u64; 5]]) -> Vec<model::OfObjective> {
    let of = all.iter().enumerate().map(|(i, [p, s, m, u, n])| {
        let objective = ObjectiveId::new(i).slug(exercise.names());
        model::OfObjective {
            objective: objective.to_string(),
            p: *p,
            s: *s,
            m: *m,
            u: *u,
            n: *n,
        }
    });
    of.collect()
}

fn gate(exercise: &Exercise, (of, applied): (engine::Gate, statistics::Chance)) -> model::OfGate {
    let names = exercise.names();
    let (obligation, incident, objective) = match of {
        engine::Gate::Obligation(obligation, incident) => {
            let (obligation, incident) = (obligation.slug(names), incident.slug(names));
            (Some(obligation), Some(incident), None)
        }
        engine::Gate::Objective(objective) => (None, None, Some(objective.slug(names))),
        engine::Gate::OwnHarm(incident) => (None, Some(incident.slug(names)), None),
    };
    let text = |slug: Option<&Slug>| slug.map(ToString::to_string);
    model::OfGate {
        obligation: text(obligation),
        incident: text(incident),
        objective: text(objective),
        chance: chance(applied),
    }
}

fn times(of: &engine::Times) -> model::Times {
    model::Times {
        not_reached: chance(of.not_reached),
        quantiles_ms: quantiles(of.quantiles, ms),
        restricted_mean_ms: estimate(of.restricted_mean, 1.0),
    }
}

fn stretch(exercise: &Exercise, of: &engine::ShareOf) -> model::Stretch {
    model::Stretch {
        category: category(of.category),
        role: of.role.map(|role| role.slug(exercise.names()).to_string()),
        mean_ms: figure(of.mean),
        share: figure(of.share),
    }
}

fn phase(exercise: &Exercise, of: &engine::PhaseSummary) -> model::OfPhase {
    let made_of = &of.made_of;
    let stretches = |of: &[engine::ShareOf]| of.iter().map(|of| stretch(exercise, of)).collect();
    model::OfPhase {
        phase: of.phase.name(),
        applies: chance(of.applies),
        times: times(&of.times),
        against_target: times(&of.against_target),
        target_ms: of.target.map(|target| target.0),
        targets_differ: of.targets_differ,
        in_time: chance(of.in_time),
        own_target_kept: chance(of.own_kept),
        score: estimate(of.score, 100.0),
        left_out: chance(of.left_out),
        spent_ms: estimate(made_of.whole, 1.0),
        spent_open: estimate(made_of.open, 1.0),
        made_of: stretches(&made_of.parts),
        made_of_categories: stretches(&made_of.categories),
    }
}

fn clock(exercise: &Exercise, of: &engine::ClockSummary) -> model::Clock {
    model::Clock {
        obligation: of.obligation.slug(exercise.names()).to_string(),
        title: exercise.obligation(of.obligation).title.clone(),
        incident: of.incident.slug(exercise.names()).to_string(),
        met: chance(of.kept),
        open: of.open,
        idle: of.idle,
    }
}

fn role(exercise: &Exercise, of: &engine::RoleSummary) -> model::OfRole {
    let mean = |of| estimate(of, 1.0);
    model::OfRole {
        role: of.role.slug(exercise.names()).to_string(),
        busy: mean(of.busy),
        worked_ms: mean(of.worked),
        laden_ms: mean(of.laden),
        waited_ms: mean(of.waited),
        held_up_ms: mean(of.held_up),
        of_all_waits: mean(of.of_all_waits),
        queue: of.queue,
        mean_queue: mean(of.mean_queue),
    }
}

fn person(exercise: &Exercise, of: &engine::PersonSummary) -> model::OfPerson {
    model::OfPerson {
        person: of.person.slug(exercise.names()).to_string(),
        worked_ms: estimate(of.worked, 1.0),
        read_ms: estimate(of.read, 1.0),
        inbox: of.inbox,
    }
}

fn task(exercise: &Exercise, of: &engine::TaskSummary) -> model::OfTask {
    model::OfTask {
        task: of.task.slug(exercise.names()).to_string(),
        came_up: chance(of.came_up),
        started: estimate(of.started, 1.0),
        wait_ms: estimate(of.wait, 1.0),
        approval_ms: estimate(of.approval, 1.0),
        work_ms: estimate(of.work, 1.0),
    }
}

fn impact(of: &engine::ImpactSummary) -> model::Impact {
    model::Impact {
        outage_ms: estimate(of.outage, 1.0),
        outage_quantiles_ms: quantiles(of.outages, ms),
        loss_minor: estimate(of.loss, 1.0),
        loss_quantiles_minor: quantiles(of.losses, |minor| Some(whole(minor))),
        records: estimate(of.records, 1.0),
    }
}
