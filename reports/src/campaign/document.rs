//! The document of a campaign: which sections there are.

use super::{Campaign, clocks, gist, load, made_of, phases, score, what_if};
use crate::compose::{self, header};
use crate::document::{Block, Depth, Document, Part, Section, Step, Text, Tone};
use crate::words::{self, count, plural};
use hotwash_engine::exercise::Exercise;

impl Document {
    /// The document of a campaign.
    pub fn of_campaign(campaign: &Campaign<'_>) -> Self {
        let mut sections = vec![
            head(campaign),
            gist::section(campaign),
            score::section(campaign),
            phases::section(campaign),
            clocks::section(campaign),
            made_of::section(campaign),
            load::roles(campaign),
        ];
        if campaign.tasks {
            sections.push(load::tasks(campaign));
        }
        if let Some(of) = campaign.what_if {
            sections.push(what_if::section_of(campaign, of));
        }
        sections.push(score::cost(campaign));
        sections.push(footing(
            &[("", campaign.exercise)],
            campaign.lists,
            campaign.next,
        ));
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: "CAMPAIGN".to_owned(),
            title: words::title(campaign.exercise),
            sections,
            stand_ins: compose::stand_ins(campaign.exercise),
        }
    }
}

/// A section of a summary.
pub(super) fn section(part: Part, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        part,
        depth: Depth::Summary,
        title: title.to_owned(),
        aside: String::new(),
        blocks,
    }
}

pub(super) fn head(campaign: &Campaign<'_>) -> Section {
    let exercise = campaign.exercise;
    let runs = campaign.summary.runs;
    let how = [
        format!("{} simulated {}", count(runs), plural(runs, "run", "runs")),
        format!("seed {}, {}", campaign.seed, campaign.runs),
        format!("start {}", campaign.hours),
        campaign.origin.to_owned(),
    ];
    let mut blocks = vec![Block::Paragraph(Text::plain(header::about(exercise, how)))];
    for notice in campaign.notices {
        blocks.push(Block::Paragraph(Text::toned(notice.clone(), Tone::Weak)));
    }
    section(Part::Header, "", blocks)
}

/// What the figures stand on, said once. Of several exercises each is said with its name.
pub(super) fn footing(of: &[(&str, &Exercise)], lists: &str, next: &[Step]) -> Section {
    let stood: Vec<String> = of.iter().map(|(name, of)| stood_on(name, of)).collect();
    let said = format!(
        "\"+/-\" and what stands in brackets hold the figure of this model in 95 of 100 such campaigns, \
         each by itself. Nobody knows how far the model is from the world: {}",
        stood.join("; ")
    );
    let parts = of.iter().map(|(_, exercise)| exercise.parts());
    let assumed: usize = parts.map(|of| of.defaults.len() + of.gaps.len()).sum();
    let said = Text::toned(said, Tone::Faint);
    let said = if lists.is_empty() || assumed == 0 {
        said.and_toned(".", Tone::Faint)
    } else {
        said.and_toned("; ", Tone::Faint)
            .and(Text::command(lists, Tone::Faint))
            .and_toned(" lists them by file and line.", Tone::Faint)
    };
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(header::next(next));
    section(Part::Footing, "", blocks)
}

/// How many of its inputs nobody gave, and how much of it is missing.
fn stood_on(name: &str, exercise: &Exercise) -> String {
    let parts = exercise.parts();
    let (defaults, inputs) = (parts.defaults.len() as u64, u64::from(parts.inputs));
    let gaps = parts.gaps.len() as u64;
    let of = if name.is_empty() {
        String::new()
    } else {
        format!(" of {name}")
    };
    let mut said = format!(
        "{} of {} inputs{of} {} defaults",
        count(defaults),
        count(inputs),
        plural(defaults, "is", "are"),
    );
    if gaps > 0 {
        let lacks = plural(
            gaps,
            "thing that it asks for is",
            "things that it asks for are",
        );
        said.push_str(&[", and ", &count(gaps), " ", lacks, " missing"].concat());
    }
    said
}
