//! The page of one screen of a campaign: twenty-five lines at eighty columns.
//!
//! The binary shows it unless all is asked for. It says how good, why, how long, what it costs and how sure that is,
//! and nothing that the full page does not say.

use super::document::{head, section};
use super::figure::{percent, quantile};
use super::{Campaign, gist, load, score, what_if};
use crate::compose::{self, header};
use crate::document::{Block, Column, Document, Part, Section, Table, Text, Tone};
use crate::words::{self, duration};
use hotwash_engine::campaign::PhaseSummary;

impl Document {
    /// The page of one screen of a campaign, with what was asked for beside it.
    pub fn page_of_campaign(campaign: &Campaign<'_>) -> Self {
        let mut sections = vec![head(campaign), gist::section(campaign), phases(campaign)];
        if campaign.tasks {
            sections.push(load::tasks(campaign));
        }
        if let Some(of) = campaign.what_if {
            sections.push(what_if::section_of(campaign, of));
        }
        sections.push(closing(campaign));
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: "CAMPAIGN".to_owned(),
            title: words::title(campaign.exercise),
            sections,
            stand_ins: compose::stand_ins(campaign.exercise),
        }
    }
}

/// The phases, a line each, without how sure each figure is.
fn phases(campaign: &Campaign<'_>) -> Section {
    let phases = &campaign.summary.phases;
    let rows = phases.iter().filter(|of| of.applies.hits > 0).map(row);
    let rows: Vec<Vec<Text>> = rows.collect();
    if rows.is_empty() {
        return section(Part::Phases, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::left(""),
            Column::right("target"),
            Column::right("in time"),
            Column::right("half within"),
            Column::right("9 in 10 within"),
            Column::right("never complete"),
        ],
        rows,
        titled: true,
    };
    let mut section = section(Part::Phases, "Phases", vec![Block::Table(table)]);
    "each timed from when it should have begun; shares are of all runs"
        .clone_into(&mut section.aside);
    section
}

fn row(of: &PhaseSummary) -> Vec<Text> {
    let times = of.against_target.quantiles;
    let time = |of: Option<_>| match quantile(of).0.as_str() {
        "no time" => Text::plain("at once"),
        "-" => Text::plain("never"),
        "?" => Text::plain("too few runs"),
        known => Text::plain(known),
    };
    let low = of.in_time.value().is_some_and(|share| share < 0.5);
    let tone = if low { Tone::Bad } else { Tone::Plain };
    vec![
        Text::plain(of.phase.name()),
        Text::plain(of.target.map_or_else(|| "none".to_owned(), duration)),
        Text::toned(percent(of.in_time), tone),
        time(times.map(|q| q.p50)),
        time(times.map(|q| q.p90)),
        Text::plain(percent(of.against_target.not_reached)),
    ]
}

/// What it costs, how sure all this is, and where to go next.
fn closing(campaign: &Campaign<'_>) -> Section {
    let mut said = String::new();
    if let Some(loss) = score::loss(campaign) {
        said = format!("The incident costs {loss}. ");
    }
    said += "\"+/-\" and brackets hold the model's figure in 95 of 100 such campaigns. ";
    said += &header::stands_on(campaign.exercise);
    let mut blocks = vec![Block::Paragraph(Text::toned(said, Tone::Faint))];
    blocks.extend(header::next(campaign.next));
    section(Part::Footing, "", blocks)
}
