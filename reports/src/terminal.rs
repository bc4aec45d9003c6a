//! The document on a screen of so many columns.
//!
//! Nothing is lost without colour, and nothing but ASCII is written where that is asked for.

mod charset;
mod ladder;
mod line;
mod listing;
mod table;
mod timeline;

use crate::clean;
use crate::document::{Block, Document, Headline, Part, Section, Text, Tone};
use line::{columns, wrap};

/// How a screen shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The columns of the screen; held between [`Style::NARROWEST`] and [`Style::WIDEST`].
    pub width: usize,
    /// Whether it shows colour.
    pub colour: bool,
    /// Which characters it shows.
    pub charset: Charset,
}

/// Which characters a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Charset {
    /// All of Unicode.
    Unicode,
    /// ASCII only: other letters are spelled with it, or shown as the thing's id.
    Ascii,
}

impl Style {
    /// A narrower screen is treated as if it were this wide.
    pub const NARROWEST: usize = 40;
    /// Lines longer than this are hard to read, so no line is.
    pub const WIDEST: usize = 120;
}

/// The summary of a document on a screen. Every line ends in a line feed.
pub fn render(document: &Document, style: Style) -> String {
    let mut screen = Screen::new(document, style);
    screen.title(document);
    for section in document.sections(false) {
        screen.section(section);
    }
    screen.finish()
}

/// Lines being laid out.
struct Screen<'a> {
    width: usize,
    style: Style,
    stand_ins: &'a [(String, String)],
    lines: Vec<Text>,
}

impl<'a> Screen<'a> {
    fn new(document: &'a Document, style: Style) -> Self {
        Self {
            width: style.width.clamp(Style::NARROWEST, Style::WIDEST),
            style,
            stand_ins: &document.stand_ins,
            lines: Vec::new(),
        }
    }

    /// A text as this screen can show it.
    fn text(&self, text: &Text) -> Text {
        let mut shown = text.clone();
        for piece in &mut shown.pieces {
            piece.text = self.word(&piece.text);
            if piece.command {
                piece.text = format!("`{}`", piece.text);
            }
        }
        shown
    }

    /// A word as this screen can show it.
    fn word(&self, word: &str) -> String {
        let clean = clean(word);
        match self.style.charset {
            Charset::Unicode => clean,
            Charset::Ascii => charset::ascii(&clean, self.stand_ins),
        }
    }

    fn is_ascii(&self) -> bool {
        self.style.charset == Charset::Ascii
    }

    fn blank(&mut self) {
        self.lines.push(Text::empty());
    }

    /// A text that wraps, each line after so many columns.
    fn paragraph(&mut self, indent: usize, text: &Text) {
        let text = self.text(text);
        for line in wrap(&text, self.width - indent) {
            self.lines.push(Text::plain(" ".repeat(indent)).and(line));
        }
    }

    fn title(&mut self, document: &Document) {
        let lead = format!("{}  ", document.banner);
        let indent = columns(&lead);
        let title = self.text(&Text::toned(document.title.clone(), Tone::Strong));
        for (i, line) in wrap(&title, self.width - indent).into_iter().enumerate() {
            let lead = if i == 0 {
                lead.clone()
            } else {
                " ".repeat(indent)
            };
            self.lines.push(Text::toned(lead, Tone::Strong).and(line));
        }
    }

    fn section(&mut self, section: &Section) {
        if section.part != Part::Header {
            self.blank();
        }
        self.heading(section);
        let indent = if section.title.is_empty() { 0 } else { 2 };
        for (i, block) in section.blocks.iter().enumerate() {
            let indent = if section.part == Part::Score && i > 0 {
                2
            } else {
                indent
            };
            self.block(indent, block);
        }
    }

    fn heading(&mut self, section: &Section) {
        if section.title.is_empty() {
            return;
        }
        let mut heading = Text::toned(section.title.to_uppercase(), Tone::Strong);
        let aside = section.blocks.first().and_then(|block| match block {
            Block::Timeline(timeline) => Some(timeline::scale(self, timeline)),
            _ => None,
        });
        let aside = aside.unwrap_or_else(|| section.aside.clone());
        if !aside.is_empty() {
            heading = heading.and_toned(format!(", {aside}"), Tone::Faint);
        }
        self.paragraph(0, &heading);
    }

    fn block(&mut self, indent: usize, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(indent, text),
            Block::Headline(headline) => self.headline(headline),
            Block::Facts(facts) => listing::facts(self, indent, facts),
            Block::List(items) => listing::list(self, indent, items),
            Block::Table(table) => table::draw(self, indent, table),
            Block::Timeline(timeline) => timeline::draw(self, timeline),
            Block::Moments(moments) => listing::moments(self, moments),
            Block::Ladder(ladder) => ladder::draw(self, ladder),
            Block::Bars(bars) => ladder::bars(self, bars),
            Block::Findings(findings) => listing::findings(self, findings),
            Block::Next(commands) => listing::next(self, commands),
        }
    }

    fn headline(&mut self, headline: &Headline) {
        let (left, right) = (self.text(&headline.left), self.text(&headline.right));
        let apart = columns(&left.words()) + 4 + columns(&right.words());
        if !right.is_empty() && apart <= self.width {
            self.lines.push(left.and("    ").and(right));
        } else {
            self.lines.extend(wrap(&left, self.width));
            if !right.is_empty() {
                self.lines.extend(wrap(&right, self.width));
            }
        }
    }

    fn finish(self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            line::write(line, self.style.colour, &mut out);
            out.push('\n');
        }
        out
    }
}
