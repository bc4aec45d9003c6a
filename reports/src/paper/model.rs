//! What a document consists of: nested parts with anchors, typed cells, and references to entries.

use super::Ladder;
use hotwash_engine::evaluation::Rating;
use hotwash_engine::exercise::{BasisPoints, ExerciseTime, Money, Phase, Span};

/// A document that people hand over.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Which.
    pub kind: Kind,
    /// What stands on every page.
    pub meta: Meta,
    /// What it says, in order; the first part is the first page, complete in itself.
    pub parts: Vec<Part>,
    /// The entries of the record that it refers to, in order.
    pub cited: Vec<Cited>,
}

/// Which document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The after-action report with improvement plan.
    AfterAction,
    /// Two pages of it.
    Short,
}

impl Kind {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AfterAction => "After-action report with improvement plan",
            Self::Short => "After-action report in short",
        }
    }
}

/// How far a document may go: the Traffic Light Protocol, version 2.0, of FIRST.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Handling {
    /// Anybody may read it.
    Clear,
    /// The community may.
    Green,
    /// The organisation and those who need to know may.
    #[default]
    Amber,
    /// The organisation alone may.
    AmberStrict,
    /// Those alone may to whom it is given.
    Red,
}

impl Handling {
    /// Every one, from the widest on.
    pub const ALL: [Self; 5] = [
        Self::Clear,
        Self::Green,
        Self::Amber,
        Self::AmberStrict,
        Self::Red,
    ];

    /// As it is written on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

/// What a document is about and made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// That it is an exercise, or a real incident.
    pub banner: String,
    /// The title of the scenario.
    pub title: String,
    /// How people acted.
    pub mode: String,
    /// How far it may go.
    pub handling: Handling,
    /// The organisation.
    pub organisation: String,
    /// The plan and its version; empty where it has no name.
    pub plan: String,
    /// From when to when, in local time.
    pub when: String,
    /// The seed and the run, by which it can be played again.
    pub seed: String,
    /// The fingerprint of the record; `None`: it lies in no file.
    pub fingerprint: Option<String>,
    /// How many entries the record has.
    pub entries: u32,
    /// The version of the engine that made the record.
    pub version: String,
    /// Whether it names people; else it names roles.
    pub names: bool,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// By what it is linked to: letters, digits and hyphens.
    pub anchor: String,
    /// Its heading; empty: none is shown.
    pub title: String,
    /// Whether it begins a page where there are pages.
    pub on_new_page: bool,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The parts below it.
    pub parts: Vec<Self>,
}

/// One piece of content.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// What leads a page: a few sentences in larger type.
    Verdict(Rich),
    /// A paragraph.
    Text(Rich),
    /// A remark in smaller type.
    Note(Rich),
    /// A heading within a part that nobody links to.
    Heading(String),
    /// A list; numbered where the order counts.
    List {
        /// Whether the order counts.
        numbered: bool,
        /// Its items.
        items: Vec<Rich>,
    },
    /// Two lists beside each other where there is room.
    Beside(Vec<(String, Vec<Rich>)>),
    /// Ratings in a row, each with its capability.
    Ratings(Vec<(Rating, String)>),
    /// A table.
    Table(Table),
    /// The time to each phase as a picture.
    Ladder(Ladder),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows, for those who do not see it and for a table of its own.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// How much room its cells need.
    pub width: Width,
}

/// How much room the cells of a column need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Width {
    /// What a word or a figure needs.
    Narrow,
    /// What a few words need.
    Middle,
    /// What is left.
    Wide,
}

impl Column {
    /// A column.
    pub fn new(title: &str, width: Width) -> Self {
        Self {
            title: title.to_owned(),
            width,
        }
    }
}

/// A cell, by what it holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(Rich),
    /// How long.
    Span(Span),
    /// When, with its local time in words.
    Instant(ExerciseTime, String),
    /// Points of a hundred.
    Points(BasisPoints),
    /// Money, with its amount in words.
    Money(Money, String),
    /// How many.
    Count(u64),
    /// The entries that prove the row.
    Entries(Vec<u32>),
    /// A rating; whether somebody gave it, else it was computed.
    Rating(Rating, bool),
    /// A phase.
    Phase(Phase),
    /// For somebody to fill in.
    Blank,
    /// There is nothing to say.
    None,
}

/// Running text with references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Run>);

/// A stretch of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// As it is.
    Plain(String),
    /// What matters most.
    Strong(String),
    /// The entries that prove what stands before.
    Entries(Vec<u32>),
}

impl Rich {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Run::Plain(text.into())])
    }

    /// Text that matters.
    pub fn strong(text: impl Into<String>) -> Self {
        Self(vec![Run::Strong(text.into())])
    }

    /// Followed by plain text.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Run::Plain(text.into()));
        self
    }

    /// Followed by text that matters.
    #[must_use]
    pub fn and_strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Run::Strong(text.into()));
        self
    }

    /// Followed by the entries that prove it, where there are any.
    #[must_use]
    pub fn proven_by(mut self, entries: &[u32]) -> Self {
        if !entries.is_empty() {
            self.0.push(Run::Entries(entries.to_vec()));
        }
        self
    }

    /// Its words alone.
    pub fn words(&self) -> String {
        let words = self.0.iter().filter_map(|run| match run {
            Run::Plain(text) | Run::Strong(text) => Some(text.as_str()),
            Run::Entries(_) => None,
        });
        words.collect()
    }

    /// The entries that it refers to.
    pub fn entries(&self) -> impl Iterator<Item = u32> + '_ {
        let entries = self.0.iter().filter_map(|run| match run {
            Run::Entries(entries) => Some(entries.iter().copied()),
            Run::Plain(_) | Run::Strong(_) => None,
        });
        entries.flatten()
    }
}

/// An entry that a document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its number.
    pub entry: u32,
    /// Its local time.
    pub at: String,
    /// What it says.
    pub says: String,
}

impl Part {
    /// A part without parts below it.
    pub fn new(anchor: &str, title: &str, blocks: Vec<Block>) -> Self {
        Self {
            anchor: anchor.to_owned(),
            title: title.to_owned(),
            on_new_page: false,
            blocks,
            parts: Vec::new(),
        }
    }

    /// The same, at the head of a page.
    #[must_use]
    pub fn on_new_page(self) -> Self {
        Self {
            on_new_page: true,
            ..self
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.parts.iter().all(Self::is_empty)
    }

    /// The entries that it refers to, in any order.
    pub fn entries(&self) -> Vec<u32> {
        let mut found = Vec::new();
        for block in &self.blocks {
            block.refer(&mut found);
        }
        for part in &self.parts {
            found.extend(part.entries());
        }
        found
    }
}

impl Block {
    fn refer(&self, found: &mut Vec<u32>) {
        match self {
            Self::Verdict(text) | Self::Text(text) | Self::Note(text) => {
                found.extend(text.entries());
            }
            Self::List { items, .. } => found.extend(items.iter().flat_map(Rich::entries)),
            Self::Beside(lists) => {
                let items = lists.iter().flat_map(|(_, items)| items);
                found.extend(items.flat_map(Rich::entries));
            }
            Self::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    match cell {
                        Cell::Text(text) => found.extend(text.entries()),
                        Cell::Entries(entries) => found.extend(entries),
                        _ => {}
                    }
                }
            }
            Self::Ladder(ladder) => found.extend(ladder.steps.iter().filter_map(|of| of.entry)),
            Self::Heading(_) | Self::Ratings(_) => {}
        }
    }
}
