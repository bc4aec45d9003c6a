//! The whole document as Markdown, for a report that is read, kept and passed on.

use crate::clean;
use crate::document::{
    Align, Bars, Block, Document, Findings, Headline, Ladder, Moments, Section, Table, Text,
    Timeline, Tone,
};
use crate::words::{duration, percent, references, score};
use std::fmt::Write as _;

/// The full document.
pub fn render(document: &Document) -> String {
    let mut out = format!(
        "# {}: {}\n",
        escape(&document.banner),
        escape(&document.title)
    );
    for section in document.sections(true) {
        out.push('\n');
        push_section(&mut out, section);
    }
    out
}

fn push_section(out: &mut String, section: &Section) {
    if !section.title.is_empty() {
        let _ = writeln!(out, "## {}\n", escape(&section.title));
    }
    let aside = section
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Findings(_)));
    if !section.aside.is_empty() && !aside {
        let aside = crate::words::upper_first(&section.aside);
        let _ = writeln!(out, "*{}.*\n", escape(&aside));
    }
    let blocks: Vec<String> = section.blocks.iter().map(block).collect();
    out.push_str(&blocks.join("\n"));
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => format!("{}\n", inline(text)),
        Block::Headline(headline) => self::headline(headline),
        Block::Facts(facts) => {
            let facts = facts
                .iter()
                .map(|fact| format!("- **{}:** {}\n", escape(&fact.name), inline(&fact.value)));
            facts.collect()
        }
        Block::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("- {}", inline(item)))
                .collect();
            items.join("\n") + "\n"
        }
        Block::Table(table) => self::table(table),
        Block::Timeline(timeline) => self::timeline(timeline),
        Block::Moments(moments) => self::moments(moments),
        Block::Ladder(ladder) => self::ladder(ladder),
        Block::Bars(bars) => self::bars(bars),
        Block::Findings(findings) => self::findings(findings),
        Block::Next(commands) => {
            let items = commands.iter().map(|step| {
                let what = match step.what.as_str() {
                    "" => String::new(),
                    what => format!(": {}", escape(what)),
                };
                format!("- {}{what}\n", code(&step.command))
            });
            format!("**Next:**\n\n{}", items.collect::<String>())
        }
    }
}

fn headline(headline: &Headline) -> String {
    let left = inline(&headline.left).replace("**", "");
    if headline.right.is_empty() {
        format!("**{left}**\n")
    } else {
        format!("**{left}**, {}\n", inline(&headline.right))
    }
}

/// A row of a table.
fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn rows(titles: &[(&str, Align)], cells: impl Iterator<Item = Vec<String>>) -> String {
    let names: Vec<String> = titles.iter().map(|(title, _)| escape(title)).collect();
    let rules: Vec<String> = titles
        .iter()
        .map(|(_, align)| match align {
            Align::Left => "---".to_owned(),
            Align::Right => "---:".to_owned(),
        })
        .collect();
    let mut out = row(&names) + &row(&rules);
    out.extend(cells.map(|cells| row(&cells)));
    out
}

fn table(table: &Table) -> String {
    let titles: Vec<(&str, Align)> = table
        .columns
        .iter()
        .map(|column| (column.title.as_str(), column.align))
        .collect();
    rows(
        &titles,
        table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| inline(&cell.on_one_line())).collect()),
    )
}

/// The stretches of a timeline, summed by state, and below them the points of each lane, those of one meaning as
/// one.
fn timeline(timeline: &Timeline) -> String {
    let clock = &timeline.axis.clock;
    let drawn = crate::document::State::ALL.into_iter().filter(|state| {
        let mut all = timeline.lanes.iter().flat_map(|lane| &lane.stretches);
        all.any(|part| part.state == *state && part.until > part.from)
    });
    let states: Vec<crate::document::State> = drawn.collect();
    let lanes = timeline
        .lanes
        .iter()
        .filter(|lane| !lane.stretches.is_empty());
    let lanes = lanes.map(|lane| {
        let first = lane.stretches.iter().map(|part| part.from).min();
        let from = first.map_or_else(String::new, |first| clock.label(first));
        let sums = states.iter().map(|state| {
            let spans = lane.stretches.iter().filter(|part| part.state == *state);
            let total: hotwash_engine::exercise::Span =
                spans.map(|part| part.until - part.from).sum();
            if total.0 > 0 {
                duration(total)
            } else {
                "-".to_owned()
            }
        });
        [escape(&lane.name), escape(&from)]
            .into_iter()
            .chain(sums)
            .collect()
    });
    let mut titles = vec![("Who", Align::Left), ("From", Align::Left)];
    titles.extend(states.iter().map(|state| (state.meaning(), Align::Right)));
    let table = rows(&titles, lanes);
    let note = "*Times of work and waits are summed over pieces of work, which may overlap.*";
    format!("{table}\n{note}\n{}", points(timeline))
}

/// The points of each lane, as lists.
fn points(timeline: &Timeline) -> String {
    let clock = &timeline.axis.clock;
    let mut out = String::new();
    for lane in timeline.lanes.iter().filter(|lane| !lane.pins.is_empty()) {
        let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
        for pin in &lane.pins {
            let label = clock.label(pin.at);
            match kinds
                .iter_mut()
                .find(|(meaning, _)| *meaning == pin.meaning)
            {
                Some((_, times)) => times.push(label),
                None => kinds.push((&pin.meaning, vec![label])),
            }
        }
        let _ = write!(
            out,
            "\n**{}:**\n\n",
            escape(&crate::words::upper_first(&lane.name))
        );
        for (meaning, times) in kinds {
            let meaning = escape(meaning.trim().trim_end_matches('.'));
            let _ = match times.as_slice() {
                [first] => writeln!(out, "- {first}: {meaning}"),
                [first, .., last] => {
                    writeln!(
                        out,
                        "- {first}: {meaning}, {} times until {last}",
                        times.len()
                    )
                }
                [] => Ok(()),
            };
        }
    }
    out
}

fn moments(moments: &Moments) -> String {
    let cells = moments.items.iter().map(|item| {
        vec![
            escape(&moments.clock.label(item.at)),
            inline(&item.text),
            format!("#{}", item.entry),
        ]
    });
    let titles = [
        ("When", Align::Left),
        ("What", Align::Left),
        ("Entry", Align::Right),
    ];
    rows(&titles, cells)
}

fn ladder(ladder: &Ladder) -> String {
    let cells = ladder.rungs.iter().map(|rung| {
        let figure = |points: Option<_>| points.map_or_else(|| "-".to_owned(), score);
        let span = |span: Option<_>| span.map_or_else(|| "-".to_owned(), duration);
        let [time, coverage, judgement] = rung.parts;
        vec![
            escape(&rung.name),
            escape(&rung.status),
            escape(rung.from.as_deref().unwrap_or("-")),
            span(rung.taken),
            rung.target.map_or_else(|| "none".to_owned(), duration),
            figure(time),
            figure(coverage),
            figure(judgement),
            figure(rung.score),
            rung.entry
                .map_or_else(String::new, |entry| format!("#{entry}")),
        ]
    });
    let titles = [
        ("Phase", Align::Left),
        ("Status", Align::Left),
        ("From", Align::Left),
        ("Time", Align::Right),
        ("Target", Align::Right),
        ("Timeliness", Align::Right),
        ("Coverage", Align::Right),
        ("Judgement", Align::Right),
        ("Score", Align::Right),
        ("Entry", Align::Right),
    ];
    rows(&titles, cells)
}

fn bars(bars: &Bars) -> String {
    let cells = bars.bars.iter().map(|bar| {
        vec![
            escape(&bar.name),
            percent(bar.share),
            duration(bar.span),
            escape(&bar.note),
            references(&bar.entries).replace(", ", " to "),
        ]
    });
    let titles = [
        ("What", Align::Left),
        ("Share", Align::Right),
        ("Time", Align::Right),
        ("Mostly", Align::Left),
        ("Entries", Align::Right),
    ];
    format!("**{}**\n\n{}", escape(&bars.caption), rows(&titles, cells))
}

fn findings(findings: &Findings) -> String {
    let mut out = String::new();
    for (i, item) in findings.items.iter().enumerate() {
        let kind = if item.strength {
            "Strength"
        } else {
            "To improve"
        };
        let _ = write!(out, "{}. **{kind}.** {}", i + 1, escape(&item.text));
        if !item.evidence.is_empty() {
            let entries: Vec<String> = item.evidence.iter().map(|n| format!("#{n}")).collect();
            let _ = write!(out, " Evidence: {}.", entries.join(", "));
        }
        out.push('\n');
        for (text, evidence) in &item.hung {
            let entries: Vec<String> = evidence.iter().map(|n| format!("#{n}")).collect();
            let entries = entries.join(", ");
            let _ = writeln!(out, "   - From the same root: {} {entries}.", escape(text));
        }
        if let Some(cause) = &item.cause {
            let _ = writeln!(out, "   - Cause: {}.", escape(cause));
        }
        for (i, advice) in item.advice.iter().enumerate() {
            let lead = if i == 0 { "Try" } else { "Or" };
            let _ = writeln!(out, "   - {lead}: {}.", escape(advice));
        }
        if !item.for_the_audit.is_empty() {
            let all = item.for_the_audit.join("; ");
            let _ = writeln!(
                out,
                "   - For the audit, without a gain shown here: {}.",
                escape(&all)
            );
        }
        if !item.objectives.is_empty() {
            let _ = writeln!(
                out,
                "   - Bears on: {}.",
                escape(&item.objectives.join(", "))
            );
        }
    }
    out
}

/// A command, in which no character is one of Markdown.
fn code(command: &str) -> String {
    if command.contains('`') {
        format!("`` {command} ``")
    } else {
        format!("`{command}`")
    }
}

/// A text with its tones: what is strong is strong, colours have no counterpart.
fn inline(text: &Text) -> String {
    let pieces = text.pieces.iter().map(|piece| {
        if piece.command {
            return code(&piece.text);
        }
        let words = escape(&piece.text);
        if piece.tone == Tone::Strong && !words.trim().is_empty() {
            let (lead, rest) = words.split_at(words.len() - words.trim_start().len());
            let core = rest.trim_end();
            format!("{lead}**{core}**{}", &rest[core.len()..])
        } else {
            words
        }
    });
    pieces.collect()
}

/// A text that Markdown shows as it is.
fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' => {
                shown.push('\\');
                shown.push(c);
            }
            c => shown.push(c),
        }
    }
    shown
}
