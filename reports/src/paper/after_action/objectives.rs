//! The overview, the ratings of objectives, the clocks of law and contract, and the impact.

use super::first::sentence;
use crate::compose::outcome::{beside_law, margin, tier};
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, Subject, count, duration, money};
use hotwash_engine::evaluation::{BaselineImpact, ObligationVerdict};
use hotwash_engine::exercise::{Mode, Money, ObjectiveId, Span};
use hotwash_engine::record::{HumanAct, Rating, Verdict};

/// What was exercised, when, with whom and for what.
pub(super) fn overview(subject: &Subject) -> Part {
    let (exercise, header) = (subject.exercise, &subject.record.header);
    let scenario = exercise.scenario();
    let mut rows = vec![
        ("Exercise", words::title(exercise)),
        (
            "Organisation",
            exercise.organisation().name.trim().to_owned(),
        ),
        ("Plan", words::plan(exercise)),
        ("How people acted", words::mode(header.mode).to_owned()),
        (
            "Began",
            subject
                .clock
                .full(hotwash_engine::exercise::ExerciseTime::STARTEX),
        ),
        (
            "Ended",
            format!(
                "{} ({})",
                subject.clock.full(subject.ended_at()),
                subject.ending()
            ),
        ),
        ("Threat", scenario.actor.clone()),
        ("Scenario", scenario.synopsis.clone()),
    ];
    let objectives = scenario.objectives.iter();
    let objectives: Vec<String> = objectives
        .map(|of| sentence(&words::upper_first(of.text.trim())))
        .collect();
    rows.push(("Objectives", objectives.join(" ")));
    rows.retain(|(_, value)| !value.trim().is_empty());
    let rows = rows.into_iter().map(|(name, value)| {
        vec![
            Cell::Text(Rich::strong(name)),
            Cell::Text(Rich::plain(value.trim())),
        ]
    });
    let table = Table {
        caption: "The exercise".to_owned(),
        columns: vec![
            Column::new("What", Width::Middle),
            Column::new("Which", Width::Wide),
        ],
        rows: rows.collect(),
    };
    Part::new("overview", "Exercise overview", vec![Block::Table(table)])
}

/// Each objective with the rating that an evaluator gave, beside the computed one.
pub(super) fn ratings(subject: &Subject) -> Part {
    let rated = subject.evaluation.objectives.iter();
    let rows = rated.map(|of| {
        let objective = &subject.exercise.scenario().objectives[of.objective.index()];
        let given = given(subject, of.objective);
        vec![
            given.map_or(Cell::None, |rating| Cell::Rating(rating, true)),
            Cell::Rating(of.rating, false),
            Cell::Text(Rich::plain(objective.capability.name())),
            Cell::Text(Rich::plain(sentence(
                &subject.names.objective(of.objective),
            ))),
            Cell::Entries(of.evidence.clone()),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("objectives", "", Vec::new());
    }
    let table = Table {
        caption: "Objectives and their ratings".to_owned(),
        columns: vec![
            Column::new("Evaluator", Width::Narrow),
            Column::new("Computed", Width::Narrow),
            Column::new("Capability", Width::Middle),
            Column::new("Objective", Width::Wide),
            Column::new("Entries", Width::Narrow),
        ],
        rows,
    };
    let predicted = if subject.record.header.mode == Mode::Simulated {
        " In a simulation they are predictions."
    } else {
        ""
    };
    let meanings: Vec<String> = [Rating::P, Rating::S, Rating::M, Rating::U, Rating::N]
        .iter()
        .map(|of| format!("{} {}", words::rating(*of), words::rating_meaning(*of)))
        .collect();
    let note = format!(
        "Computed ratings follow from what was done and when.{predicted} {}.",
        meanings.join("; ")
    );
    let blocks = vec![Block::Table(table), Block::Note(Rich::plain(note))];
    Part::new("objectives", "Objectives", blocks)
}

/// The last rating that an evaluator gave an objective and that holds.
fn given(subject: &Subject, objective: ObjectiveId) -> Option<Rating> {
    let said = subject.evaluation.said.iter().rev();
    let mut holding = said.filter(|said| said.corrected_by.is_none());
    holding.find_map(|said| match &said.act {
        HumanAct::Rate {
            objective: of,
            rating,
            ..
        } if *of == objective => Some(*rating),
        _ => None,
    })
}

/// The clocks of law and contract that were called for.
pub(super) fn clocks(subject: &Subject) -> Part {
    let called = subject.evaluation.obligations.iter();
    let mut called: Vec<&ObligationVerdict> = called
        .filter(|clock| clock.verdict != Verdict::NotTriggered)
        .collect();
    called.sort_by_key(|clock| {
        (
            tier(clock.verdict),
            clock.due,
            clock.obligation,
            clock.incident,
        )
    });
    let instant = |at: Option<hotwash_engine::exercise::ExerciseTime>| {
        at.map_or(Cell::None, |at| Cell::Instant(at, subject.clock.label(at)))
    };
    let rows = called.iter().map(|clock| {
        let stands = format!(
            "{}{}{}",
            words::verdict(clock.verdict),
            margin(subject, clock),
            beside_law(subject, clock)
        );
        vec![
            Cell::Text(Rich::plain(subject.names.obligation(clock.obligation))),
            instant(clock.aware.map(|aware| aware.at)),
            instant(clock.due),
            instant(clock.met.map(|met| met.at)),
            Cell::Text(Rich::plain(words::upper_first(&stands))),
            Cell::Entries(clock.evidence.clone()),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("clocks", "", Vec::new());
    }
    let table = Table {
        caption: "Clocks of law and contract".to_owned(),
        columns: vec![
            Column::new("Duty", Width::Wide),
            Column::new("Began", Width::Narrow),
            Column::new("Due", Width::Narrow),
            Column::new("Kept", Width::Narrow),
            Column::new("How it stands", Width::Middle),
            Column::new("Entries", Width::Narrow),
        ],
        rows,
    };
    Part::new("clocks", "Clocks", vec![Block::Table(table)])
}

/// What it cost, beside nobody doing anything and beside a plan without waits and errors.
pub(super) fn impact(subject: &Subject) -> Part {
    type Figure = (&'static str, fn(&BaselineImpact) -> Cell);
    const FIGURES: [Figure; 6] = [
        ("Outage, summed over assets", |of| Cell::Span(of.outage)),
        ("Longest outage of one asset", |of| {
            of.outages
                .first()
                .map_or(Cell::None, |first| Cell::Span(first.longest))
        }),
        ("Assets that the attack reached", |of| {
            Cell::Count(u64::from(of.assets))
        }),
        ("Records taken or published", |of| Cell::Count(of.records)),
        ("Loss", |of| Cell::Money(of.loss, money(of.loss))),
        ("Age of the restored data", |of| Cell::Span(of.data_lost)),
    ];
    let impact = &subject.evaluation.impact;
    let beside = [impact.no_response.as_ref(), impact.ideal.as_ref()];
    let is_nothing = |cell: &Cell| {
        matches!(
            cell,
            Cell::None | Cell::Count(0) | Cell::Span(Span::ZERO) | Cell::Money(Money(0), _)
        )
    };
    let rows = FIGURES.iter().filter_map(|(name, figure)| {
        let cells = [Some(&impact.actual), beside[0], beside[1]];
        let cells = cells.map(|of| of.map_or(Cell::None, figure));
        let said = !cells.iter().all(is_nothing);
        said.then(|| {
            let mut row = vec![Cell::Text(Rich::plain(*name))];
            row.extend(cells);
            row
        })
    });
    let rows: Vec<_> = rows.collect();
    let blocks = if rows.is_empty() {
        vec![Block::Text(Rich::plain(
            "No service was out, nothing was lost, and no record was taken.",
        ))]
    } else {
        let table = Table {
            caption: "Impact beside no response and an ideal one".to_owned(),
            columns: vec![
                Column::new("What", Width::Wide),
                Column::new("This exercise", Width::Middle),
                Column::new("Nobody responds", Width::Middle),
                Column::new("Ideal response", Width::Middle),
            ],
            rows,
        };
        vec![
            Block::Table(table),
            Block::Note(Rich::plain(baselines(subject))),
        ]
    };
    Part::new("impact", "Impact", blocks)
}

fn baselines(subject: &Subject) -> String {
    let outages = &subject.evaluation.impact.actual.outages;
    let over = outages.iter().filter(|of| of.past_rto).count() as u64;
    let said = "Beside it stand the same attack with nobody responding, and with the plan carried out without waits and errors.";
    let longest = outages.first().map_or_else(String::new, |first| {
        format!(
            " Out the longest: {}, for {}.",
            subject.names.asset(first.asset),
            duration(first.longest)
        )
    });
    let late = if over == 0 {
        String::new()
    } else {
        let assets = words::plural(over, "asset was", "assets were");
        format!(
            " {} {assets} out for longer than the objective allows.",
            count(over)
        )
    };
    format!("{said}{longest}{late}")
}
