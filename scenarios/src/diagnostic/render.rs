//! Diagnostics as text, with the author's lines.

use super::{Diagnostic, Label, Level};
use crate::source::{Place, Source};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet,
};
use std::ops::Range;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether with ANSI colours.
    pub colour: bool,
    /// The columns of the terminal.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: false,
            width: 100,
        }
    }
}

/// Lines longer than this are not shown: they were not written by hand.
const LONGEST_LINE: usize = 2_000;
/// Context further away than this many lines stands in a snippet of its own.
const FAR: usize = 60;

/// The diagnostics, each with its lines, in the order given.
pub fn render(problems: &[Diagnostic], sources: &[Source], look: Look) -> String {
    let renderer = if look.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(look.width.max(40));
    let mut text = String::new();
    for problem in problems {
        text.push_str(&renderer.render(&[group(problem, sources)]));
        text.push_str("\n\n");
    }
    text
}

/// How many problems there are of which level, in one line.
pub fn summary(problems: &[Diagnostic], files: usize) -> String {
    let count = |level| {
        problems
            .iter()
            .filter(|problem| problem.level == level)
            .count()
    };
    let levels = [Level::Error, Level::Warning, Level::Note];
    let counted: Vec<String> = levels
        .into_iter()
        .map(|level| (count(level), level.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| plural(count, name))
        .collect();
    let found = if counted.is_empty() {
        "no problems".to_owned()
    } else {
        counted.join(", ")
    };
    format!("{found} in {}", plural(files, "file"))
}

fn plural(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

fn group<'a>(problem: &'a Diagnostic, sources: &'a [Source]) -> Group<'a> {
    let level = match problem.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let title = level
        .primary_title(plain(&problem.message))
        .id(problem.code.id());
    let mut group = Group::with_title(title);
    for part in parts(problem, sources) {
        group = match part {
            Part::Lines(snippet) => group.element(snippet),
            Part::Place(origin) => group.element(origin),
        };
    }
    for note in &problem.notes {
        group = group.element(Shown::NOTE.message(plain_note(note)));
    }
    // A name that was meant stands at its place already.
    if let Some(cure) = problem.cure.as_ref().filter(|_| problem.nearest.is_none()) {
        group = group.element(Shown::HELP.message(plain(&cure.help)));
    }
    let more = format!("hotwash explain {}", problem.code.id());
    group.element(Shown::HELP.message(more))
}

enum Part<'a> {
    Lines(Snippet<'a, Annotation<'a>>),
    Place(Origin<'a>),
}

/// The labels by file and nearness, the place of the fault first.
fn parts<'a>(problem: &'a Diagnostic, sources: &'a [Source]) -> Vec<Part<'a>> {
    let mut clusters: Vec<(Excerpt, Vec<(usize, &Label)>)> = Vec::new();
    for (i, label) in problem.labels.iter().enumerate() {
        let Some(source) = sources.get(usize::from(label.place.file)) else {
            continue;
        };
        let excerpt = Excerpt::of(source, label.place);
        let near = clusters.iter_mut().find(|(known, _)| known.near(&excerpt));
        match near {
            Some((known, labels)) => {
                known.widen(&excerpt);
                labels.push((i, label));
            }
            None => clusters.push((excerpt, vec![(i, label)])),
        }
    }
    clusters
        .into_iter()
        .map(|(excerpt, labels)| excerpt.part(sources, &labels))
        .collect()
}

/// Whole lines of a source.
struct Excerpt {
    file: u16,
    bytes: Range<usize>,
    lines: Range<usize>,
}

impl Excerpt {
    fn of(source: &Source, place: Place) -> Self {
        let text = &source.text;
        let start = floor(text, place.start as usize);
        let end = floor(text, place.end as usize).max(start);
        let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let until = text[end..]
            .find('\n')
            .map_or(text.len(), |newline| end + newline);
        let first = text[..from].bytes().filter(|b| *b == b'\n').count() + 1;
        let more = text[from..until].bytes().filter(|b| *b == b'\n').count();
        Self {
            file: place.file,
            bytes: from..until,
            lines: first..first + more,
        }
    }

    fn near(&self, other: &Self) -> bool {
        let apart = self.lines.start.abs_diff(other.lines.start);
        self.file == other.file && apart <= FAR
    }

    fn widen(&mut self, other: &Self) {
        self.bytes = self.bytes.start.min(other.bytes.start)..self.bytes.end.max(other.bytes.end);
        self.lines = self.lines.start.min(other.lines.start)..self.lines.end.max(other.lines.end);
    }

    fn part<'a>(&self, sources: &'a [Source], labels: &[(usize, &'a Label)]) -> Part<'a> {
        let source = &sources[usize::from(self.file)];
        let text = &source.text[self.bytes.clone()];
        if text.lines().any(|line| line.len() > LONGEST_LINE) {
            let (line, column) = source.line_and_column(labels[0].1.place.start);
            let origin = Origin::path(plain(&source.name))
                .line(line)
                .char_column(column);
            return Part::Place(origin);
        }
        let mut snippet = Snippet::source(text)
            .line_start(self.lines.start)
            .path(plain(&source.name));
        for (i, label) in labels {
            let span = self.span(text, label.place);
            let kind = if *i == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(span);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(plain(&label.text))
            });
        }
        Part::Lines(snippet)
    }

    /// A place within the excerpt; of a place over several lines, the first.
    fn span(&self, text: &str, place: Place) -> Range<usize> {
        let start = floor(
            text,
            (place.start as usize).saturating_sub(self.bytes.start),
        );
        let end = floor(text, (place.end as usize).saturating_sub(self.bytes.start));
        let line = text[start..]
            .find('\n')
            .map_or(text.len(), |newline| start + newline);
        start..end.clamp(start, line)
    }
}

/// The start of the character at a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text without control characters, which a terminal would obey.
fn plain(text: &str) -> String {
    shortened(text, LONGEST_MESSAGE)
}

/// The same of a note, which may list all words of a vocabulary.
fn plain_note(text: &str) -> String {
    shortened(text, LONGEST_NOTE)
}

fn shortened(text: &str, most: usize) -> String {
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(most).map(visible).collect();
    if text.chars().count() > most {
        shown.push_str("...");
    }
    shown
}

/// Messages quote what was written, which may be long.
const LONGEST_MESSAGE: usize = 400;
/// Notes list what is known: no list of ours is longer.
const LONGEST_NOTE: usize = 4_000;
