//! Phases over runs, each against its target.

use super::Campaign;
use super::document::section as plain;
use super::figure::{percent, points_at_most, quantile, quantile_line};
use super::gist::often;
use crate::document::{Block, Column, Part, Section, Table, Text, Tone};
use crate::words::{count, duration};
use hotwash_engine::campaign::statistics::{Chance, NEVER, Quantile};
use hotwash_engine::campaign::{PhaseSummary, Times};
use hotwash_engine::exercise::{Phase, Span, Target};

/// From where the target of a phase counts, and with it the time that is shown: see `docs/scoring.md`.
const fn start(phase: Phase) -> &'static str {
    match phase {
        Phase::Identification => "from the first sign",
        Phase::Assessment | Phase::Response | Phase::Resolution | Phase::Recovery => DUE_START,
        Phase::Closure => "from Recovery",
    }
}

/// When a phase should have begun.
const DUE_START: &str = "from when it should have begun";

/// The mark that is a phase's own origin.
pub(super) const fn mark(phase: Phase) -> &'static str {
    match phase {
        Phase::Identification => "from the first sign",
        Phase::Assessment => "from the report",
        Phase::Response | Phase::Resolution => "from the declaration",
        Phase::Recovery => "from the first known harm",
        Phase::Closure => "from Recovery",
    }
}

/// The phases against their targets.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let phases = &campaign.summary.phases;
    let applying: Vec<&PhaseSummary> = phases.iter().filter(|of| of.applies.hits > 0).collect();
    if applying.is_empty() {
        return plain(Part::Phases, "Phases", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::wrapping("phase"),
            Column::right("fastest tenth").spare(2),
            Column::right("half within"),
            Column::right("9 in 10 within"),
            Column::right("target"),
            Column::right("in time"),
            Column::right("never completed").spare(1),
        ],
        rows: applying.iter().map(|phase| row(phase)).collect(),
        titled: true,
    };
    let signs = signs(&table);
    let mut blocks = vec![Block::Table(table)];
    let notes = [
        counted(campaign, &applying) + &signs,
        shares(campaign.summary.runs, &applying),
        marks(campaign, &applying),
    ];
    let notes = notes.into_iter().filter(|note| !note.is_empty());
    blocks.extend(notes.map(|note| Block::Paragraph(Text::toned(note, Tone::Faint))));
    let mut section = plain(Part::Phases, "Phases", blocks);
    "how long until complete".clone_into(&mut section.aside);
    section
}

fn row(of: &PhaseSummary) -> Vec<Text> {
    let times = of.against_target.quantiles;
    let target = of.target.map_or_else(|| "none".to_owned(), duration);
    let low = of.in_time.value().is_some_and(|share| share < 0.5);
    let tone = if low { Tone::Bad } else { Tone::Plain };
    vec![
        Text::plain(of.phase.name()).below(start(of.phase), Tone::Faint),
        time(times.map(|q| q.p10)),
        time(times.map(|q| q.p50)),
        time(times.map(|q| q.p90)),
        Text::plain(target),
        Text::toned(percent(of.in_time), tone),
        Text::plain(percent(of.against_target.not_reached)),
    ]
}

/// A quantile with its error below.
fn time(of: Option<Quantile<Span>>) -> Text {
    let (value, error) = quantile(of);
    let value = if value == "no time" {
        AT_ONCE.to_owned()
    } else {
        value
    };
    Text::plain(value).below(error, Tone::Faint)
}

/// What was complete before its time began.
const AT_ONCE: &str = "at once";

/// From where times count.
fn counted(campaign: &Campaign<'_>, phases: &[&PhaseSummary]) -> String {
    let has = |wanted: Phase| phases.iter().any(|of| of.phase == wanted);
    let mut said = vec!["No time counts from before the exercise began.".to_owned()];
    if phases.iter().any(|of| start(of.phase) == DUE_START) {
        said.push(
            "A phase should have begun when somebody first saw the incident, plus the target of Identification and, \
             after Assessment, that of Assessment."
                .to_owned(),
        );
    }
    if has(Phase::Recovery) {
        said.push("Recovery is timed until its watch for recurrence begins.".to_owned());
    }
    let targets = &campaign.exercise.yardstick().targets;
    let named = |is: &dyn Fn(&Target) -> bool| {
        let of = phases.iter().map(|of| of.phase);
        let of = of.filter(|phase| targets.iter().any(|it| it.phase == *phase && is(it)));
        of.map(Phase::name).collect::<Vec<_>>().join(", ")
    };
    let own = named(&|target| target.origin.is_some());
    if !own.is_empty() {
        said.push(format!("The yardstick counts {own} from marks of its own."));
    }
    let reached = named(&|target| target.completed.is_none() && target.reached.is_some());
    if !reached.is_empty() {
        said.push(format!(
            "The targets of {reached} are for being reached, and so are the times."
        ));
    }
    let differ = phases.iter().filter(|of| of.targets_differ);
    let differ: Vec<&str> = differ.map(|of| of.phase.name()).collect();
    if !differ.is_empty() {
        said.push(format!(
            "Targets of {} differ between runs, by what could be known of the severity; the most frequent \
             is shown.",
            differ.join(", ")
        ));
    }
    said.join(" ")
}

/// What the signs of the table mean that stand in it.
fn signs(table: &Table) -> String {
    let cells = || table.rows.iter().flatten().flat_map(Text::lines);
    let shown = |sign: &str| cells().any(|line| line.words() == sign);
    let mut said = String::new();
    if shown(AT_ONCE) {
        said += " \"At once\": it was complete by then.";
    }
    if shown("-") {
        said += " \"-\": too many runs never got there, or nothing decided it.";
    }
    if shown("?") {
        said += " \"?\": too few runs; one in ten and nine in ten need 36.";
    }
    said
}

/// Of which runs the shares are, and how sure they are.
fn shares(runs: u64, phases: &[&PhaseSummary]) -> String {
    let mut said = vec!["Never completed: not complete when the exercise ended.".to_owned()];
    let whole = |of: Chance| of.n == runs || of.n == 0;
    let fewer: Vec<String> = phases
        .iter()
        .filter(|of| !whole(of.in_time) || !whole(of.against_target.not_reached))
        .map(|of| {
            let (to_do, decided) = (count(of.applies.hits), count(of.in_time.n));
            format!("{} {to_do} and {decided}", of.phase)
        })
        .collect();
    let all = count(runs);
    said.push(match (runs, fewer.is_empty()) {
        (1, true) => "Shares are of the one run.".to_owned(),
        (_, true) => format!("Shares are of all {all} runs."),
        (_, false) => format!(
            "Times and what was never completed are of the runs in which there was something to do, what was in time is \
             of those in which that was decided: {}; else all {all}.",
            fewer.join(", ")
        ),
    });
    let chances = phases
        .iter()
        .flat_map(|of| [of.in_time, of.against_target.not_reached]);
    said.extend(sure(&chances.collect::<Vec<_>>()));
    said.join(" ")
}

/// How far shares may lie off at most, those near none and all apart.
fn sure(chances: &[Chance]) -> Option<String> {
    const NEAR: f64 = 0.05;
    let reach = |of: &Chance| {
        let (value, interval) = (of.value()?, of.interval()?);
        Some((value, 100.0 * interval.reach(value)))
    };
    let farthest = |near: bool| {
        let all = chances.iter().filter_map(reach);
        let of = all.filter(|(value, _)| (*value < NEAR || *value > 1.0 - NEAR) == near);
        of.map(|(_, reach)| reach).reduce(f64::max)
    };
    Some(match (farthest(false), farthest(true)) {
        (None, None) => return None,
        (Some(middle), Some(near)) if near < middle => format!(
            "They are sure to +/- {} points or better, those under 5 or over 95 % to +/- {}.",
            points_at_most(middle),
            points_at_most(near)
        ),
        (middle, near) => {
            let most = middle.unwrap_or(0.0).max(near.unwrap_or(0.0));
            format!(
                "They are sure to +/- {} points or better.",
                points_at_most(most)
            )
        }
    })
}

/// How long the phases took from the marks that are their own origins, and how long it took to declare.
fn marks(campaign: &Campaign<'_>, phases: &[&PhaseSummary]) -> String {
    let median = |of: &&PhaseSummary| {
        let said = in_words(of.times.quantiles?.p50)?;
        Some(format!("{} {said} {}", of.phase, mark(of.phase)))
    };
    let medians: Vec<String> = phases
        .iter()
        .filter(|of| start(of.phase) == DUE_START)
        .filter_map(median)
        .collect();
    let mut said = Vec::new();
    if !medians.is_empty() {
        said.push(format!(
            "Half of all runs, counted from what really came before, took at most: {}.",
            medians.join("; ")
        ));
    }
    said.extend(declared(campaign));
    said.extend(contained(campaign));
    said.join(" ")
}

/// A quantile within a sentence; `None` of too few runs.
fn in_words(of: Quantile<Span>) -> Option<String> {
    let line = quantile_line(Some(of));
    match of.value {
        NEVER => Some(line.replacen('-', "not reached", 1)),
        _ => of.interval.map(|_| line),
    }
}

fn declared(campaign: &Campaign<'_>) -> Option<String> {
    let from = "From the first sign, also one before the exercise, to the declaration";
    between(from, &campaign.summary.to_declare)
}

fn contained(campaign: &Campaign<'_>) -> Option<String> {
    let from = "From the first sign that somebody read until it was contained";
    between(from, &campaign.summary.to_contain)
}

/// How long it was from one mark to another, in a sentence.
fn between(from: &str, times: &Times) -> Option<String> {
    let q = times.quantiles?;
    let median = in_words(q.p50)?;
    let most = in_words(q.p90);
    let most = most.map_or_else(String::new, |most| format!(", nine in ten at most {most}"));
    let never = if times.not_reached.hits > 0 {
        format!("; never {}", often(times.not_reached))
    } else {
        String::new()
    };
    Some(format!(
        "{from}: half of all runs at most {median}{most}{never}."
    ))
}
