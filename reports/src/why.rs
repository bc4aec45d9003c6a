//! The answer to "why" as a document, and for scripts.
//!
//! `hotwash why` makes one of these of what the engine found. Nothing is found here; the words stand in
//! [`crate::words::why`].

mod json;
#[cfg(test)]
mod tests;

pub use json::{SCHEMA_VERSION, json};

use crate::compose::{about, header_banner, stand_ins};
use crate::document::{Block, Column, Depth, Document, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, duration, made_of, references};
use hotwash_engine::evaluation::why::{How, Link, Why};
use hotwash_engine::evaluation::{Category, TracePart};
use hotwash_engine::exercise::Span;

/// How many links a screen shows.
const SHOWN: usize = 12;

/// The answer as a document.
pub fn document(subject: &Subject, why: &Why, origin: &str) -> Document {
    let mut sections = vec![head(subject, why, origin), way(subject, why)];
    sections.push(missing(subject, why));
    sections.push(listed("Meanwhile", &words::why::kept(subject, why)));
    let needed = why.needed.iter();
    let needed: Vec<String> = needed
        .map(|needed| words::why::needed(subject, why, needed))
        .collect();
    sections.push(listed("What would have had to be otherwise", &needed));
    sections.push(others(subject, why));
    sections.retain(|section| !section.blocks.is_empty());
    Document {
        banner: header_banner(subject),
        title: words::title(subject.exercise),
        sections,
        stand_ins: stand_ins(subject.exercise),
    }
}

fn section(part: Part, title: &str, aside: String, blocks: Vec<Block>) -> Section {
    Section {
        part,
        depth: Depth::Summary,
        title: title.to_owned(),
        aside,
        blocks,
    }
}

/// What was asked about, and the sentence.
fn head(subject: &Subject, why: &Why, origin: &str) -> Section {
    let asked = why.asked.written(subject.exercise);
    let said = about(subject.exercise, [origin.to_owned()]);
    let lines = [
        Text::toned(format!("{said} Asked: {asked}."), Tone::Faint),
        Text::toned(words::why::sentence(subject, why), Tone::Strong),
    ];
    let blocks = lines.into_iter().map(Block::Paragraph).collect();
    section(Part::Header, "", String::new(), blocks)
}

/// The links that a screen shows: those with the longest time before them, the first, the last and those that
/// no link before brought about.
fn shown(why: &Why) -> Vec<Link> {
    let before = |place: usize| match place {
        0 => Span::ZERO,
        _ => why.links[place].at - why.links[place - 1].at,
    };
    let places = 0..why.links.len();
    let ranked = places.map(|place| {
        let edge = place == 0 || place + 1 == why.links.len();
        let beside = !matches!(why.links[place].how, How::Caused | How::CalledFor);
        (edge || beside, before(place), place)
    });
    let took_time = |(must, span, _): &(bool, Span, usize)| *must || *span > Span::ZERO;
    let mut ranked: Vec<(bool, Span, usize)> = ranked.filter(took_time).collect();
    ranked.sort_by_key(|(must, span, place)| (std::cmp::Reverse((*must, *span)), *place));
    let mut places: Vec<usize> = ranked.into_iter().take(SHOWN).map(|of| of.2).collect();
    places.sort_unstable();
    places.into_iter().map(|place| why.links[place]).collect()
}

/// What the time between two links was.
fn between(parts: &[TracePart], before: Link, link: Link) -> String {
    let whole = link.at - before.at;
    if whole <= Span::ZERO {
        return String::new();
    }
    let mut sums: Vec<(Category, i64)> = Vec::new();
    for part in parts {
        let within = part.until.min(link.at) - part.from.max(before.at);
        if within.0 > 0 {
            match sums
                .iter_mut()
                .find(|(category, _)| *category == part.category)
            {
                Some((_, sum)) => *sum += within.0,
                None => sums.push((part.category, within.0)),
            }
        }
    }
    let span = duration(whole);
    let most = sums.iter().max_by_key(|(_, sum)| *sum);
    match most {
        Some((category, sum)) if *sum == whole.0 => format!("{span} {}", made_of(*category)),
        Some((category, sum)) if *sum * 2 > whole.0 => {
            format!("{span}, mostly {}", made_of(*category))
        }
        _ => span,
    }
}

/// The links, in the order of time.
fn way(subject: &Subject, why: &Why) -> Section {
    let links = shown(why);
    let mut rows = Vec::new();
    for (place, link) in links.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| links[before]);
        let time = before.map_or_else(String::new, |before| between(&why.made_of, before, *link));
        let mut what = Text::plain(words::why::link(subject, why, link));
        if let Some(how) = words::why::link_how(link.how) {
            what = what.and_toned(format!(" ({how})"), Tone::Faint);
        }
        rows.push(vec![
            Text::plain(subject.clock.label(link.at)),
            what,
            Text::toned(time, Tone::Weak),
            Text::toned(references(&[link.entry]), Tone::Faint),
        ]);
    }
    if rows.is_empty() {
        return section(Part::Story, "", String::new(), Vec::new());
    }
    let mut blocks = vec![Block::Table(Table {
        columns: vec![
            Column::left("When"),
            Column::wrapping("What"),
            Column::wrapping("Before it"),
            Column::right("Entry"),
        ],
        rows,
        titled: true,
    })];
    let left = why.links.len() - links.len();
    if left > 0 {
        let steps = words::plural(left as u64, "step is", "steps are");
        let said =
            format!("{left} {steps} left out that took no time, or the least; JSON has all.");
        blocks.push(Block::Paragraph(Text::toned(said, Tone::Faint)));
    }
    section(Part::Story, "How it came about", String::new(), blocks)
}

/// What was missing, each because of the next.
fn missing(subject: &Subject, why: &Why) -> Section {
    let lacks: Vec<Text> = why
        .lacks
        .iter()
        .map(|lack| {
            let said = Text::plain(words::why::lack(subject, why, lack));
            match lack.entry {
                Some(entry) => said.and_toned(format!(" {}", references(&[entry])), Tone::Faint),
                None => said,
            }
        })
        .collect();
    let title = match (lacks.len(), why.finished) {
        (0 | 1, true) => "What was missing",
        (0 | 1, false) => "What was missing, as far as the record goes",
        (_, true) => "What was missing, down to the root",
        (_, false) => "What was missing, as far as the record goes, down to the root",
    };
    let blocks = if lacks.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(lacks)]
    };
    section(Part::Gaps, title, String::new(), blocks)
}

fn listed(title: &str, said: &[String]) -> Section {
    let blocks = if said.is_empty() {
        Vec::new()
    } else {
        let texts = said.iter().map(|text| Text::plain(text.clone()));
        vec![Block::List(texts.collect())]
    };
    section(Part::Story, title, String::new(), blocks)
}

/// Other pieces of the same work, in one line.
fn others(subject: &Subject, why: &Why) -> Section {
    let said = words::why::others(subject, why);
    let blocks = said.map(|said| Block::Paragraph(Text::toned(said, Tone::Faint)));
    section(
        Part::Footing,
        "",
        String::new(),
        blocks.into_iter().collect(),
    )
}
