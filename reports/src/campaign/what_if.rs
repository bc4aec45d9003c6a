//! Which single change matters most, for people.

use super::Campaign;
use super::document::section;
use super::figure::change as changed;
use crate::document::{Block, Column, Part, Section, Table, Text, Tone};
use crate::words::{change, count};
use hotwash_engine::campaign::statistics::Interval;
use hotwash_engine::campaign::{Change, Confirmed, Round, WhatIf};
use hotwash_engine::exercise::Exercise;

/// What matters most.
pub(super) fn section_of(campaign: &Campaign<'_>, of: &WhatIf) -> Section {
    let exercise = campaign.exercise;
    let (sure, unsure): (Vec<&Confirmed>, Vec<&Confirmed>) = of
        .confirmed
        .iter()
        .filter(|it| it.gain.differing() > 0)
        .partition(|it| sure_of(it).is_some());
    let rows: Vec<Vec<Text>> = sure.iter().filter_map(|it| row(exercise, it)).collect();
    let table = Table {
        columns: vec![
            Column::wrapping("if this were so"),
            Column::right("carried out, of 100"),
        ],
        rows,
        titled: true,
    };
    let faint = |said: &str| Block::Paragraph(Text::toned(said, Tone::Faint));
    let mut blocks = vec![Block::Paragraph(failures(exercise, &sure))];
    if !sure.is_empty() {
        blocks.push(Block::Table(table));
    }
    if !unsure.is_empty() {
        let names = unsure.iter().map(|it| change(exercise, it.change));
        let names: Vec<String> = names.collect();
        let said = format!(
            "{} runs show no sure difference for: {}.",
            count(of.confirmed_on),
            names.join("; ")
        );
        blocks.push(Block::Paragraph(Text::plain(said)));
    }
    blocks.push(faint(FAILURES));
    blocks.push(faint(&note(of)));
    let mut section = section(Part::Findings, "What matters most", blocks);
    "one change at a time".clone_into(&mut section.aside);
    section
}

/// How it was found out.
fn note(of: &WhatIf) -> String {
    let idle = of.changes.iter().filter(|(_, gain)| gain.differing() == 0);
    let more = shared_runs(&of.rounds);
    format!(
        "Each figure is how much better or worse a run is carried out on average, on {} fresh runs. These are the \
         at most ten that seemed to matter most of {} single changes, tried on {more}; {} made no \
         difference in any run. Brackets and \"+/-\" hold for all {} changes together, in 95 of 100 such \
         searches. Two figures whose ranges overlap may be the same.",
        count(of.confirmed_on),
        count(of.tried as u64),
        count(idle.count() as u64),
        count(of.tried as u64),
    )
}

/// What makes something a single point of failure.
const FAILURES: &str = "A single point of failure is a person, deputy, channel, source or staff group without \
                        which the score surely falls by 5 points or more, or a phase is surely never \
                        complete in a quarter of runs more (bounds illustrative).";

/// On how many shared runs how many changes were tried.
fn shared_runs(rounds: &[Round]) -> String {
    let mut told: Vec<&Round> = Vec::new();
    for round in rounds {
        // Only the last of the rounds that tried the same changes tells on how many runs they were.
        told.pop_if(|before| before.changes == round.changes);
        told.push(round);
    }
    let mut said = Vec::new();
    for (i, round) in told.iter().enumerate() {
        let (changes, runs) = (count(round.changes as u64), count(round.runs));
        said.push(match i {
            0 => format!("{runs} shared runs"),
            1 => format!("the {changes} that seemed to matter most on {runs}"),
            _ => format!("then {changes} on {runs}"),
        });
    }
    said.join(", ")
}

/// The interval of a change whose effect is sure.
fn sure_of(of: &Confirmed) -> Option<Interval> {
    let interval = of.mean?.interval?;
    interval.is_clear_of_zero().then_some(interval)
}

fn row(exercise: &Exercise, of: &Confirmed) -> Option<Vec<Text>> {
    let sure = sure_of(of)?;
    let interval = Interval {
        low: sure.low / 100.0,
        high: sure.high / 100.0,
    };
    let shown = changed(of.mean?.value / 100.0, Some(interval));
    let tone = if sure.high < 0.0 {
        Tone::Bad
    } else {
        Tone::Good
    };
    Some(vec![
        Text::plain(change(exercise, of.change)),
        Text::toned(shown, tone),
    ])
}

fn failures(exercise: &Exercise, confirmed: &[&Confirmed]) -> Text {
    let names: Vec<String> = confirmed
        .iter()
        .filter(|of| of.is_failure())
        .map(|of| taken_away(exercise, of.change))
        .collect();
    if names.is_empty() {
        return Text::plain(
            "No single person, deputy, channel, source or staff group is a single point of failure \
             by these runs.",
        );
    }
    Text::toned("Single points of failure: ", Tone::Strong).and(names.join("; ") + ".")
}

/// What a change takes away.
fn taken_away(exercise: &Exercise, of: Change) -> String {
    let said = change(exercise, of);
    said.strip_prefix("without ").unwrap_or(&said).to_owned()
}
