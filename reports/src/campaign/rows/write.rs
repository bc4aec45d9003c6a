//! From rows to lines.

use super::{CATEGORIES, ENDS, HOURS, RATINGS, VERDICTS, word};
use hotwash_engine::campaign::{Hours, PhaseRow, Row};
use hotwash_engine::evaluation::GateReason;
use hotwash_engine::exercise::{
    BasisPoints, Exercise, ExerciseTime, Identified, IncidentId, ObligationId, Phase, Span,
};

/// The columns before those of phases.
const OF_RUN: [&str; 17] = [
    "exercise",
    "start",
    "seed",
    "run",
    "end",
    "ended_ms",
    "passed",
    "carried_out",
    "score",
    "partial",
    "gates",
    "default.passed",
    "default.carried_out",
    "default.score",
    "to_declare_ms",
    "contained",
    "to_contain_ms",
];

/// The line above all rows of an exercise: the names of the columns.
pub fn header(exercise: &Exercise) -> String {
    let mut names: Vec<String> = OF_RUN.map(str::to_owned).to_vec();
    names.extend(of_phases());
    let (organisation, plan) = (exercise.organisation(), exercise.plan());
    for objective in &exercise.scenario().objectives {
        names.push(format!("objective.{}.rating", objective.slug));
    }
    for incident in 0..exercise.scenario().incidents.len() {
        let incident = IncidentId::new(incident).slug(exercise.names());
        for duty in 0..plan.obligations.len() {
            let duty = ObligationId::new(duty).slug(exercise.names());
            let parts = ["verdict", "due_ms", "met_ms"];
            names.extend(parts.map(|part| format!("clock.{duty}@{incident}.{part}")));
        }
    }
    for role in &organisation.roles {
        let parts = ["laden_ms", "busy_ms", "waited_ms", "queue"];
        names.extend(parts.map(|part| format!("role.{}.{part}", role.slug)));
    }
    for person in &organisation.people {
        let parts = ["working_ms", "reading_ms", "inbox"];
        names.extend(parts.map(|part| format!("person.{}.{part}", person.slug)));
    }
    for task in &plan.tasks {
        let parts = ["ready", "started", "waited_ms", "approval_ms", "worked_ms"];
        names.extend(parts.map(|part| format!("task.{}.{part}", task.slug)));
    }
    let impact = [
        "outage_ms",
        "loss_minor",
        "records",
        "assets",
        "harms",
        "data_lost_ms",
    ];
    names.extend(impact.map(|part| format!("impact.{part}")));
    names.join(",") + "\n"
}

/// The columns of the phases.
fn of_phases() -> Vec<String> {
    let mut names = Vec::new();
    for phase in Phase::ALL {
        let of = phase.name();
        let parts = [
            "applies",
            "origin_ms",
            "reached_ms",
            "completed_ms",
            "target_ms",
            "against_target_ms",
            "in_time",
            "own_target_kept",
            "score",
            "timeliness",
            "coverage",
            "judgement",
            "made_of_ms",
        ];
        names.extend(parts.map(|part| format!("{of}.{part}")));
    }
    names
}

/// Cells of one line. What is not known is empty, never 0.
struct Cells(String);

impl Cells {
    fn put(&mut self, cell: impl std::fmt::Display) {
        use std::fmt::Write as _;
        if !self.0.is_empty() {
            self.0.push(',');
        }
        let _ = write!(self.0, "{cell}");
    }

    fn or_empty<T: std::fmt::Display>(&mut self, cell: Option<T>) {
        match cell {
            Some(cell) => self.put(cell),
            None => self.put(""),
        }
    }

    fn at(&mut self, at: Option<ExerciseTime>) {
        self.or_empty(at.map(|at| at.0));
    }

    fn span(&mut self, span: Option<Span>) {
        self.or_empty(span.map(|span| span.0));
    }

    fn points(&mut self, points: Option<BasisPoints>) {
        self.or_empty(points.map(|points| points.0));
    }
}

/// A row as a line. `hash` is that of the exercise.
pub fn line(exercise: &Exercise, hash: &str, hours: Hours, seed: u64, row: &Row) -> String {
    let mut cells = Cells(String::new());
    cells.put(hash);
    cells.put(word(&HOURS, &hours));
    cells.put(seed);
    cells.put(row.run);
    cells.put(word(&ENDS, &row.end));
    cells.put(row.ended_at.0);
    cells.or_empty(row.score.map(|score| u8::from(score.is_passed())));
    cells.points(row.score.map(|score| score.carried_out));
    cells.points(row.score.map(|score| score.score));
    cells.or_empty(row.score.map(|score| u8::from(score.partial)));
    cells.put(gates(exercise, row));
    let by_default = row.score.and_then(|score| score.by_default);
    cells.or_empty(by_default.map(|of| u8::from(of.passed)));
    cells.points(by_default.map(|of| of.carried_out));
    cells.points(by_default.map(|of| of.score));
    cells.span(row.to_declare);
    cells.or_empty(row.contained.map(u8::from));
    cells.span(row.to_contain);
    for (phase, of) in Phase::ALL.iter().zip(&row.phases) {
        put_phase(&mut cells, of);
        cells.put(made_of(exercise, row, *phase));
    }
    for rating in &row.ratings {
        cells.put(word(&RATINGS, rating));
    }
    for clock in &row.clocks {
        cells.put(word(&VERDICTS, &clock.verdict));
        cells.at(clock.due);
        cells.at(clock.met);
    }
    for role in &row.roles {
        for span in [role.laden, role.busy, role.waited] {
            cells.put(span.0);
        }
        cells.put(role.queue);
    }
    for person in &row.people {
        cells.put(person.working.0);
        cells.put(person.reading.0);
        cells.put(person.inbox);
    }
    for task in &row.tasks {
        cells.put(task.ready);
        cells.put(task.started);
        for span in [task.waited, task.approval, task.worked] {
            cells.put(span.0);
        }
    }
    cells.put(row.impact.outage.0);
    cells.put(row.impact.loss.0);
    cells.put(row.impact.records);
    cells.put(row.impact.assets);
    cells.put(row.impact.harms);
    cells.put(row.impact.data_lost.0);
    cells.0 + "\n"
}

fn put_phase(cells: &mut Cells, of: &PhaseRow) {
    cells.put(u8::from(of.applies));
    cells.at(of.origin);
    cells.at(of.reached);
    cells.at(of.completed);
    cells.span(of.target);
    cells.span(of.against_target);
    cells.or_empty(of.in_time.map(u8::from));
    cells.or_empty(of.own_kept.map(u8::from));
    cells.points(of.score);
    for part in of.parts {
        cells.points(part);
    }
}

/// Why it was not passed in one cell: `objective/tell-patients;duty/gdpr-33@main=Late`.
fn gates(exercise: &Exercise, row: &Row) -> String {
    let names = exercise.names();
    let gate = |gate: &GateReason| match *gate {
        GateReason::Objective(objective) => format!("objective/{}", objective.slug(names)),
        GateReason::OwnHarm(incident) => format!("own-harm/{}", incident.slug(names)),
        GateReason::Obligation(duty, incident, verdict) => format!(
            "duty/{}@{}={}",
            duty.slug(names),
            incident.slug(names),
            word(&VERDICTS, &verdict)
        ),
    };
    row.gates.iter().map(gate).collect::<Vec<_>>().join(";")
}

/// What the time to a phase was made of in one cell: `Working/analyst=120000;Reading/=500`.
fn made_of(exercise: &Exercise, row: &Row, phase: Phase) -> String {
    let parts = row.made_of.iter().filter(|part| part.phase == phase);
    let part = parts.map(|part| {
        let role = part.role.map(|role| role.slug(exercise.names()).as_str());
        let category = word(&CATEGORIES, &part.category);
        format!("{category}/{}={}", role.unwrap_or(""), part.span.0)
    });
    part.collect::<Vec<_>>().join(";")
}
