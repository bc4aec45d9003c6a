//! The format-neutral document: what is said, in which order, with which structure.

mod clock;
mod picture;
mod text;

pub use clock::Clock;
pub use picture::{
    Axis, Bar, Bars, Ladder, Lane, LegendItem, Moment, Moments, Pin, Rung, State, Stretch, Timeline,
};
pub use text::{Phrase, Piece, Text, Tone};

/// Everything that is said about a run, before it is known where it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What stands above everything: that it is an exercise, and of which mode.
    pub banner: String,
    /// The title of the scenario, or of the listing.
    pub title: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Names in scripts that a plain character set cannot show, with the slugs that stand in for
    /// them there; the longest first.
    pub stand_ins: Vec<(String, String)>,
}

/// Which section of a report it is, for renderers that place sections differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who, what, when.
    Header,
    /// The score and how it came about.
    Score,
    /// What happened.
    Story,
    /// The phases against their targets.
    Phases,
    /// What the time was made of.
    TimeMadeOf,
    /// Duties with a deadline.
    Clocks,
    /// The objectives and their ratings.
    Objectives,
    /// What it cost.
    Impact,
    /// What to keep and what to improve.
    Findings,
    /// What was expected of the team, and who answered.
    Expectations,
    /// What should have been done.
    Coverage,
    /// What was judged.
    Judgement,
    /// Questions for the debrief.
    Debrief,
    /// What authors wrote for people to read.
    Material,
    /// What the definitions ask for and do not have.
    Gaps,
    /// What was assumed.
    Defaults,
    /// What the figures stand on, and where to go next.
    Footing,
}

/// In which documents a section or an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// In every document.
    Summary,
    /// In full documents only.
    Full,
    /// In summaries only, because a full document says it in another place.
    SummaryOnly,
}

/// A part of the document with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which it is.
    pub part: Part,
    /// In which documents it stands.
    pub depth: Depth,
    /// Its heading, in sentence case; empty: none.
    pub title: String,
    /// What is said beside the heading; empty: nothing.
    pub aside: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One piece of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Text),
    /// Two statements that share a line where they fit.
    Headline(Headline),
    /// Names and values.
    Facts(Vec<Fact>),
    /// A list of texts.
    List(Vec<Text>),
    /// A table.
    Table(Table),
    /// Who was at what, when.
    Timeline(Timeline),
    /// What happened, one line each.
    Moments(Moments),
    /// Times against targets.
    Ladder(Ladder),
    /// Shares of a whole.
    Bars(Bars),
    /// Findings.
    Findings(Findings),
    /// Commands that a reader can type next.
    Next(Vec<Step>),
}

/// A command that a reader can type next, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command.
    pub command: String,
    /// What it shows or does, in a few words.
    pub what: String,
}

impl Step {
    /// A command and what for.
    pub fn new(command: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            what: what.into(),
        }
    }
}

/// Two statements that share a line where they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// The first.
    pub left: Text,
    /// The second.
    pub right: Text,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: Text,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell per column.
    pub rows: Vec<Vec<Text>>,
    /// Whether the titles of its columns are shown where there is little room.
    pub titled: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// To which side its cells keep.
    pub align: Align,
    /// Whether it gives way when there is too little room: its texts wrap.
    pub wraps: bool,
    /// Which columns are left out first where wrapping is not enough: the greatest number. 0 is always
    /// shown.
    pub spare: u8,
}

/// To which side a cell keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Align {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Column {
    /// A column of short texts.
    pub fn left(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            align: Align::Left,
            wraps: false,
            spare: 0,
        }
    }

    /// A column of numbers.
    pub fn right(title: &str) -> Self {
        Self {
            align: Align::Right,
            ..Self::left(title)
        }
    }

    /// The column, left out before those with a smaller number where there is too little room.
    #[must_use]
    pub fn spare(self, spare: u8) -> Self {
        Self { spare, ..self }
    }

    /// A column of longer texts, which wrap.
    pub fn wrapping(title: &str) -> Self {
        Self {
            wraps: true,
            ..Self::left(title)
        }
    }
}

/// A list of findings, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// All of them.
    pub items: Vec<FindingItem>,
    /// How many a summary shows.
    pub summary: usize,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingItem {
    /// Whether it is a strength; else it is an area for improvement.
    pub strength: bool,
    /// What was found.
    pub text: String,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
    /// What came of the same root, each with the entries that prove it.
    pub hung: Vec<(String, Vec<u32>)>,
    /// Why, with the element of the capability in which the cause lies.
    pub cause: Option<String>,
    /// What helped when it was tried, each with its gain, the best first.
    pub advice: Vec<String>,
    /// What would be worth doing and was not shown to help here: it cannot be tried on definitions, or it was
    /// tried without a sure gain.
    pub for_the_audit: Vec<String>,
    /// The objectives it bears on.
    pub objectives: Vec<String>,
}

impl Document {
    /// The sections that a document of a depth shows.
    pub fn sections(&self, full: bool) -> impl Iterator<Item = &Section> {
        self.sections
            .iter()
            .filter(move |section| match section.depth {
                Depth::Summary => true,
                Depth::Full => full,
                Depth::SummaryOnly => !full,
            })
    }
}
