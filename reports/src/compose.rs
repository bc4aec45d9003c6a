//! The document of one run: which sections there are, and what stands in each.

pub(crate) mod detail;
mod duty;
pub(crate) mod expected;
mod findings;
pub(crate) mod header;
mod lanes;
mod material;
mod moments;
pub(crate) mod outcome;
mod page;
pub(crate) mod phases;
mod refused;
mod said;
pub(crate) mod score;

use crate::document::{Block, Depth, Document, Part, Section, Step};
use crate::words::{self, Subject};
use hotwash_engine::campaign::Advice;
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::{Exercise, Identified};
use hotwash_engine::record::Record;

pub(crate) use header::{about, banner as header_banner};
pub(crate) use score::tone as score_tone;

pub use crate::words::People;

/// What a document should say beside the facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How people are shown.
    pub people: People,
    /// Where the exercise came from, such as `built-in example`; empty: not said.
    pub origin: String,
    /// The command that lists the defaults and gaps; empty: not said.
    pub lists: String,
    /// Commands that a reader can type next; empty: not said.
    pub next: Vec<Step>,
    /// What came of trying what the findings propose; `None`: nothing was tried, and nothing is proposed.
    pub advice: Option<Advice>,
    /// How many findings to improve a summary shows, and how many to keep.
    pub findings: [usize; 2],
    /// How many moments a summary shows.
    pub moments: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            people: People::ByRole,
            origin: String::new(),
            lists: String::new(),
            next: Vec::new(),
            advice: None,
            findings: [5, 3],
            moments: 12,
        }
    }
}

impl Document {
    /// The document of one run.
    pub fn of(
        exercise: &Exercise,
        record: &Record,
        evaluation: &Evaluation,
        options: &Options,
    ) -> Self {
        let subject = Subject::new(exercise, record, evaluation, options.people);
        let mut sections = vec![
            header::section(&subject, options),
            score::section(&subject),
            story(&subject, options),
            phases::ladder(&subject),
            phases::made_up(&subject),
            phases::made_of(&subject),
            outcome::clocks(&subject),
            outcome::objectives(&subject),
            outcome::impact(&subject),
            findings::to_improve(&subject, options),
            findings::to_keep(&subject, options),
        ];
        sections.extend(refused::sections(&subject));
        sections.extend(detail::sections(&subject));
        sections.push(header::footing(&subject, options));
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: header::banner(&subject),
            title: words::title(exercise),
            sections,
            stand_ins: stand_ins(exercise),
        }
    }
}

fn story(subject: &Subject, options: &Options) -> Section {
    Section {
        part: Part::Story,
        depth: Depth::Summary,
        title: "What happened".to_owned(),
        aside: String::new(),
        blocks: vec![
            Block::Timeline(lanes::timeline(subject)),
            Block::Moments(moments::moments(subject, options.moments)),
        ],
    }
}

/// The gaps and the defaults of an exercise as sections of a summary.
pub(crate) fn gaps_and_defaults(
    exercise: &Exercise,
    at: &[Option<(String, usize)>],
) -> Vec<Section> {
    vec![
        detail::gaps(exercise, Depth::Summary),
        detail::defaults_at(exercise, at),
    ]
}

/// Titles that a plain character set cannot show, with the slugs that stand in for them.
pub(crate) fn stand_ins(exercise: &Exercise) -> Vec<(String, String)> {
    let names = exercise.names();
    let organisation = exercise.organisation();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |title: &str, slug: &str| {
        let title = title.trim();
        if !title.is_ascii() {
            found.push((title.to_owned(), slug.to_owned()));
        }
    };
    for role in &organisation.roles {
        add(&role.title, role.slug.as_str());
    }
    for asset in &organisation.assets {
        add(&asset.title, asset.slug.as_str());
    }
    for source in &organisation.sources {
        add(&source.title, source.slug.as_str());
    }
    for stakeholder in &organisation.stakeholders {
        add(&stakeholder.title, stakeholder.slug.as_str());
    }
    for task in &exercise.plan().tasks {
        add(&task.title, task.slug.as_str());
    }
    for (i, obligation) in exercise.plan().obligations.iter().enumerate() {
        let id = hotwash_engine::exercise::ObligationId::new(i);
        add(&obligation.title, id.slug(names).as_str());
    }
    for objective in &exercise.scenario().objectives {
        add(&objective.text, objective.slug.as_str());
    }
    for expectation in &exercise.scenario().expectations {
        add(&expectation.text, expectation.slug.as_str());
    }
    add(
        &exercise.scenario().title,
        exercise.scenario().slug.as_str(),
    );
    found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    found.dedup();
    found
}
