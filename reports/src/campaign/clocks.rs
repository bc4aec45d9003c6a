//! Deadlines over runs.

use super::Campaign;
use super::document::section as plain;
use super::figure::{percent, percent_range};
use crate::document::{Block, Column, Part, Section, Table, Text, Tone};
use crate::words;
use hotwash_engine::campaign::ClockSummary;
use hotwash_engine::campaign::statistics::{Chance, Interval};

/// The clocks, with the weakest marked.
pub(super) fn section(campaign: &Campaign<'_>) -> Section {
    let clocks = &campaign.summary.clocks;
    let shown: Vec<&ClockSummary> = clocks.iter().filter(|of| of.kept.n + of.open > 0).collect();
    let weakest = weakest(&shown);
    let several = campaign.exercise.scenario().incidents.len() > 1;
    let names = campaign.names();
    let rows = shown.iter().enumerate().map(|(i, of)| {
        let duty = campaign.exercise.obligation(of.obligation);
        let mut name = names.obligation(of.obligation);
        if several {
            name = format!("{name} ({})", names.incident(of.incident));
        }
        let range = of
            .kept
            .interval()
            .map(|range| format!("({})", percent_range(range)));
        vec![
            Text::plain(name),
            Text::plain(words::limit(duty.within)),
            Text::toned(
                percent(of.kept),
                if weakest == Some(i) {
                    Tone::Bad
                } else {
                    Tone::Plain
                },
            ),
            Text::plain(range.unwrap_or_default()),
            Text::plain(remark(of, weakest == Some(i))),
        ]
    });
    let rows: Vec<Vec<Text>> = rows.collect();
    if rows.is_empty() {
        return plain(Part::Clocks, "Duties with a deadline", Vec::new());
    }
    let columns = vec![
        Column::wrapping("duty"),
        Column::left("within"),
        Column::right("met"),
        Column::left("95 % interval").spare(1),
        Column::wrapping(""),
    ];
    let table = Table {
        columns,
        rows,
        titled: false,
    };
    let title = "Duties with a deadline";
    let mut section = plain(Part::Clocks, title, vec![Block::Table(table)]);
    "how often each is kept, of the runs that call for it".clone_into(&mut section.aside);
    section
}

fn remark(of: &ClockSummary, weakest: bool) -> String {
    let mut said = Vec::new();
    if weakest {
        said.push("kept least often".to_owned());
    }
    if of.open > 0 {
        let n = of.kept.n + of.open;
        let open = Chance { hits: of.open, n };
        said.push(format!("{} not yet due at the end", percent(open)));
    }
    let n = of.kept.n + of.open + of.idle;
    if of.idle > 0 {
        let called = Chance {
            hits: n - of.idle,
            n,
        };
        said.push(format!("called for in {} of runs", percent(called)));
    }
    said.join("; ")
}

/// The clock that is least often met, where no other could be as weak by what the runs show.
fn weakest(clocks: &[&ClockSummary]) -> Option<usize> {
    let mut by: Vec<(f64, f64, usize)> = clocks
        .iter()
        .enumerate()
        .filter_map(|(i, of)| {
            let Interval { low, high } = of.kept.interval()?;
            Some((low, high, i))
        })
        .collect();
    by.sort_by(|a, b| a.1.total_cmp(&b.1));
    match by.as_slice() {
        [first, second, ..] if first.1 < second.0 => Some(first.2),
        _ => None,
    }
}
