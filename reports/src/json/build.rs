//! The view for scripts, made of the judged facts.

mod expected;
mod said;

use super::model::{
    Beside, Clock, Contained, Coverage, Deduction, Default, Excused, Finding, Gap, Gate, Hung,
    Impact, ImpactOf, Incident, Judged, Marks, Objective, Outage, Phase, Points, Run, Score,
    ScoreBy, Scoring, Stretch, Tried, Weights,
};
use super::{SCHEMA_VERSION, word};
use crate::words::{self, People, Subject};
use hotwash_engine::campaign::Advice;
use hotwash_engine::evaluation::{
    BaselineImpact, Evaluation, EvaluationKey, ExerciseScore, Finding as Found, FindingKey,
    GateReason, IncidentEvaluation, ItemKind, ObjectiveRating, ObligationVerdict, PhaseEvaluation,
    Timed,
};
use hotwash_engine::exercise::{
    BasisPoints, Exercise, ExerciseTime, ExpectationId, Identified, Mark, Span,
};
use hotwash_engine::record::Record;

/// The view of one run.
pub fn view(
    exercise: &Exercise,
    record: &Record,
    evaluation: &Evaluation,
    advice: Option<&Advice>,
) -> Run {
    let subject = Subject::new(exercise, record, evaluation, People::ByRole);
    let (header, parts) = (&record.header, exercise.parts());
    let score = evaluation.score.as_ref();
    Run {
        schema_version: SCHEMA_VERSION,
        engine_version: header.engine_version.clone(),
        key: EvaluationKey::of(record).to_string(),
        mode: header.mode,
        assisted: header.assisted,
        scenario: parts.scenario.slug.to_string(),
        scenario_title: parts.scenario.title.clone(),
        organisation: parts.organisation.name.clone(),
        plan: parts.plan.title.clone(),
        plan_version: parts.plan.version.clone(),
        seed: header.seed,
        run: header.run,
        startex: subject.clock.rfc3339(ExerciseTime::STARTEX),
        end: evaluation.end,
        not_finished_after: subject.not_finished_after(),
        ended_ms: evaluation.ended_at.0,
        entries: evaluation.entries,
        score: score.map(|score| Points(score.score)),
        passed: score.map(|score| score.passed),
        carried_out: score.map(|score| Points(score.carried_out)),
        score_details: score.map(|score| details(&subject, score)),
        gates: score.map_or_else(Vec::new, |score| gates(&subject, score)),
        phases: phases(exercise, evaluation.main()),
        main_incident: id(exercise, evaluation.main),
        incidents: evaluation
            .incidents
            .iter()
            .map(|i| incident(&subject, i))
            .collect(),
        objectives: evaluation
            .objectives
            .iter()
            .map(|o| objective(exercise, o))
            .collect(),
        expectations: expected::all(exercise, evaluation),
        obligations: evaluation
            .obligations
            .iter()
            .map(|c| clock(exercise, c))
            .collect(),
        excused: evaluation
            .excused
            .iter()
            .map(|excused| Excused {
                expectation: id(exercise, excused.expectation),
                reason: excused.reason.clone(),
                evidence: vec![excused.entry],
            })
            .collect(),
        said: said::all(exercise, evaluation),
        entered: said::entered(evaluation),
        impact: impact(exercise, evaluation),
        findings: findings(&subject, advice),
        gaps: gaps(exercise),
        defaults: defaults(exercise),
        inputs: parts.inputs,
    }
}

fn id<I: Identified>(exercise: &Exercise, id: I) -> String {
    id.slug(exercise.names()).to_string()
}

fn points(share: Option<BasisPoints>) -> Option<Points> {
    share.map(Points)
}

fn at(timed: Option<Timed>) -> Option<i64> {
    timed.map(|timed| timed.at.0)
}

fn details(subject: &Subject, score: &ExerciseScore) -> Score {
    let deductions = score.deductions.iter().map(|of| Deduction {
        objective: id(subject.exercise, of.objective),
        rating: word::rating(of.rating),
        points: Points(of.points),
    });
    let softer = subject.exercise.parts().softer.as_ref();
    let partial = score.partial.iter();
    Score {
        mean: Points(score.mean),
        deductions: deductions.collect(),
        ideal: points(score.ideal),
        partial: partial
            .map(|of| words::partial(&subject.names, *of))
            .collect(),
        softer: softer.map_or_else(Vec::new, |of| of.cells.clone()),
        by_default: score.by_default.map(|of| Beside {
            passed: of.passed,
            carried_out: Points(of.carried_out),
            score: Points(of.score),
        }),
        by_plan: points(score.by_plan),
        weights: score.weights.map(Points).into(),
        by: score
            .by
            .iter()
            .map(|(by, share)| ScoreBy {
                by: word::score_by(*by),
                score: Points(*share),
            })
            .collect(),
    }
}

fn gates(subject: &Subject, score: &ExerciseScore) -> Vec<Gate> {
    let exercise = subject.exercise;
    let gates = score.gates.iter().map(|gate| {
        let (obligation, incident, verdict, objective) = match gate.reason {
            GateReason::Obligation(obligation, incident, verdict) => (
                Some(id(exercise, obligation)),
                Some(id(exercise, incident)),
                Some(verdict),
                None,
            ),
            GateReason::Objective(objective) => (None, None, None, Some(id(exercise, objective))),
            GateReason::OwnHarm(incident) => (None, Some(id(exercise, incident)), None, None),
        };
        let kind = match gate.reason {
            GateReason::Obligation(..) => 0,
            GateReason::Objective(_) => 1,
            GateReason::OwnHarm(_) => 2,
        };
        Gate {
            reason: word::GATES[kind],
            obligation,
            incident,
            verdict,
            objective,
            leaves: Points(gate.leaves),
            text: words::upper_first(&words::gate(subject, gate.reason)),
            evidence: gate.evidence.clone(),
        }
    });
    gates.collect()
}

fn phases(exercise: &Exercise, judged: &IncidentEvaluation) -> Vec<Phase> {
    judged
        .phases
        .iter()
        .map(|judged| phase(exercise, judged))
        .collect()
}

fn phase(exercise: &Exercise, judged: &PhaseEvaluation) -> Phase {
    let [reached, completed] = judged.timing;
    let own = |i: usize| judged.own_criteria[i].and_then(|of| at(of.met));
    Phase {
        phase: judged.phase.name(),
        origin: judged.origin.map(|(start, _)| start.name()),
        origin_ms: judged.origin.map(|(_, timed)| timed.at.0),
        reached_ms: at(judged.reached),
        completed_ms: at(judged.completed),
        fulfilled_ms: at(judged.fulfilled),
        declared_complete_ms: at(judged.declared_complete),
        reopened: judged.reopened,
        target_ms: completed.target.or(reached.target).map(|target| target.0),
        own_target_kept: judged.own_kept,
        own_entry_ms: own(0),
        own_exit_ms: own(1),
        timeliness: points(judged.timeliness),
        coverage: points(judged.coverage),
        judgement: points(judged.judgement),
        score: points(judged.score),
        not_scored_because: judged.not_scored.map(word::not_scored),
        made_of: judged
            .made_of
            .iter()
            .map(|part| Stretch {
                category: word::category(part.category),
                ms: (part.until - part.from).0,
                from_ms: part.from.0,
                until_ms: part.until.0,
                task: part.instance.map(|instance| id(exercise, instance.task)),
                role: part.role.map(|role| id(exercise, role)),
                entry: part.entry,
            })
            .collect(),
    }
}

fn incident(subject: &Subject, judged: &IncidentEvaluation) -> Incident {
    let mark = |mark| at(judged.mark(mark));
    Incident {
        incident: id(subject.exercise, judged.incident),
        title: subject.names.incident(judged.incident),
        main: judged.incident == subject.evaluation.main,
        true_severity: judged.true_severity,
        scored_severity: judged.scored_severity,
        classified: judged.classified.map(|(severity, _)| severity),
        marks: Marks {
            onset_ms: mark(Mark::Onset),
            observable_ms: mark(Mark::Observable),
            first_sign_ms: at(judged.first_sign(subject.evaluation.began_early.is_some())),
            seen_ms: mark(Mark::Seen),
            reported_ms: mark(Mark::Reported),
            declared_ms: mark(Mark::Declared),
        },
        contained: Contained {
            called_for: judged.contained.called_for,
            first_ms: at(judged.contained.first),
            lasting_ms: at(judged.contained.lasting),
            lost_ms: at(judged.contained.lost),
            after_ms: judged.contained_after().map(|after| after.0),
        },
        phases: phases(subject.exercise, judged),
        scoring: judged
            .phases
            .iter()
            .map(|phase| scoring(subject, phase))
            .collect(),
    }
}

fn scoring(subject: &Subject, judged: &PhaseEvaluation) -> Scoring {
    let [reached, completed] = judged.timing;
    let ms = |span: Option<Span>| span.map(|span| span.0);
    let [timeliness, coverage, judgement] = judged.weights.map(Points);
    Scoring {
        phase: judged.phase.name(),
        scored_from_ms: judged.scored_from.map(|from| from.0),
        reached_target_ms: ms(reached.target),
        reached_after_ms: ms(reached.taken),
        completed_target_ms: ms(completed.target),
        completed_after_ms: ms(completed.taken),
        weights: Weights {
            timeliness,
            coverage,
            judgement,
        },
        coverage: judged
            .coverage_items
            .iter()
            .map(|item| Coverage {
                item: called_for(subject.exercise, item.kind),
                status: word::coverage_status(item.status),
                done: Points(item.done),
                weight: item.weight,
                evidence: item.evidence.clone(),
            })
            .collect(),
        judged: judged
            .judged_items
            .iter()
            .map(|item| Judged {
                text: words::judged(subject, item.kind),
                sound: item.sound,
                share: Points(item.share),
                weight: item.weight,
                evidence: item.evidence.clone(),
            })
            .collect(),
    }
}

fn called_for(exercise: &Exercise, kind: ItemKind) -> String {
    match kind {
        ItemKind::Task(task) => format!("task {}", id(exercise, task)),
        ItemKind::Expectation(expectation) => format!("expectation {}", id(exercise, expectation)),
        ItemKind::Missing(measure) => format!("measure {measure}"),
    }
}

fn objective(exercise: &Exercise, rated: &ObjectiveRating) -> Objective {
    let definition = &exercise.scenario().objectives[rated.objective.index()];
    let ids = |of: &[ExpectationId]| of.iter().map(|e| id(exercise, *e)).collect();
    Objective {
        objective: id(exercise, rated.objective),
        capability: definition.capability,
        text: definition.text.clone(),
        rating: word::rating(rated.rating),
        met: ids(&rated.met),
        late: ids(&rated.late),
        partly: ids(&rated.partly),
        missed: ids(&rated.missed),
        not_exercised: ids(&rated.not_exercised),
        excused: ids(&rated.excused),
        too_late: ids(&rated.too_late),
        harm_ms: at(rated.harm),
        evidence: rated.evidence.clone(),
    }
}

fn clock(exercise: &Exercise, clock: &ObligationVerdict) -> Clock {
    let definition = exercise.obligation(clock.obligation);
    Clock {
        obligation: id(exercise, clock.obligation),
        incident: id(exercise, clock.incident),
        title: definition.title.clone(),
        law: definition.law.clone(),
        in_plan: definition.is_in_plan(),
        aware_ms: at(clock.aware),
        stated_ms: at(clock.stated),
        due_ms: clock.due.map(|due| due.0),
        own_due_ms: clock.own_due.map(|due| due.0),
        met_ms: at(clock.met),
        verdict: clock.verdict,
        evidence: clock.evidence.clone(),
    }
}

fn impact(exercise: &Exercise, evaluation: &Evaluation) -> Impact {
    let impact = &evaluation.impact;
    let beside = |run: &Option<BaselineImpact>| {
        let run = run.as_ref()?;
        let mut of = impact_of(exercise, run);
        // The entries of a baseline are those of another record.
        for outage in &mut of.outages {
            outage.evidence.clear();
        }
        Some(of)
    };
    Impact {
        actual: impact_of(exercise, &impact.actual),
        no_response: beside(&impact.no_response),
        ideal: beside(&impact.ideal),
    }
}

fn impact_of(exercise: &Exercise, impact: &BaselineImpact) -> ImpactOf {
    ImpactOf {
        outage_ms: impact.outage.0,
        loss_minor: impact.loss.0,
        loss_of_records_minor: impact.loss_of_records.0,
        records: impact.records,
        assets: impact.assets,
        data_lost_ms: impact.data_lost.0,
        never_restored: impact
            .never_restored
            .iter()
            .map(|asset| id(exercise, *asset))
            .collect(),
        outages: impact
            .outages
            .iter()
            .map(|outage| Outage {
                asset: id(exercise, outage.asset),
                outage_ms: outage.outage.0,
                longest_ms: outage.longest.0,
                own_ms: outage.own.0,
                hit: outage.hit,
                past_rto: outage.past_rto,
                evidence: outage.evidence.into(),
            })
            .collect(),
    }
}

fn findings(subject: &Subject, advice: Option<&Advice>) -> Vec<Finding> {
    let findings = subject.evaluation.findings.iter().enumerate();
    let findings = findings.map(|(number, finding)| Finding {
        key: FindingKey::of(subject.record, finding).to_string(),
        kind: word::finding_kind(finding.kind),
        strength: finding.kind.is_strength(),
        cause: finding.cause,
        element: finding
            .cause
            .map(hotwash_engine::exercise::CauseCode::element),
        subject: word::subject(subject.exercise, finding.subject),
        text: words::finding(subject, finding),
        evidence: finding.evidence.clone(),
        objectives: objectives(subject, finding),
        corrections: corrections(subject, finding),
        tried: advice.map_or_else(Vec::new, |advice| tried(subject, advice, number)),
        controls: finding.controls.clone(),
        hung: finding.hung.iter().map(|of| hung(subject, of)).collect(),
    });
    findings.collect()
}

fn hung(subject: &Subject, finding: &Found) -> Hung {
    Hung {
        key: FindingKey::of(subject.record, finding).to_string(),
        kind: word::finding_kind(finding.kind),
        text: words::finding(subject, finding),
        evidence: finding.evidence.clone(),
        objectives: objectives(subject, finding),
        corrections: corrections(subject, finding),
    }
}

fn objectives(subject: &Subject, finding: &Found) -> Vec<String> {
    let objectives = finding.objectives.iter();
    objectives.map(|of| id(subject.exercise, *of)).collect()
}

fn corrections(subject: &Subject, finding: &Found) -> Vec<String> {
    let corrections = finding.corrections.iter();
    corrections
        .map(|of| words::correction(subject, *of))
        .collect()
}

/// What helped of what a finding proposes.
fn tried(subject: &Subject, advice: &Advice, finding: usize) -> Vec<Tried> {
    let helping = advice.helping(finding);
    let said = helping.map(|of| Tried {
        changes: of
            .changes
            .iter()
            .map(|it| words::change(subject.exercise, *it))
            .collect(),
        gain: words::gain(&subject.names, of),
    });
    said.collect()
}

fn gaps(exercise: &Exercise) -> Vec<Gap> {
    let gaps = exercise.parts().gaps.iter().map(|gap| Gap {
        kind: gap.kind,
        missing: gap.missing.clone(),
        wanted_by: gap.wanted_by.clone(),
        text: words::gap(gap),
    });
    gaps.collect()
}

fn defaults(exercise: &Exercise) -> Vec<Default> {
    let defaults = exercise.parts().defaults.iter().map(|default| Default {
        place: default.place.clone(),
        value: default.value.clone(),
        source: default.source.clone(),
    });
    defaults.collect()
}
