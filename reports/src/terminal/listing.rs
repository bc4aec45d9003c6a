//! Lists: facts, moments and findings.

use super::Screen;
use super::line::{columns, pad, wrap};
use crate::document::{Fact, FindingItem, Findings, Moment, Moments, Step, Text, Tone};
use crate::words::references;

/// Names and values in two columns.
pub(super) fn facts(screen: &mut Screen, indent: usize, facts: &[Fact]) {
    let names: Vec<String> = facts.iter().map(|fact| screen.word(&fact.name)).collect();
    let widest = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let name_width = widest.min(screen.width / 3);
    for (name, fact) in names.iter().zip(facts) {
        let lead = pad(name, name_width, screen.is_ascii());
        hanging(
            screen,
            indent,
            &Text::toned(lead, Tone::Faint),
            &fact.value,
            "",
        );
    }
}

/// A list with a sign before each item.
pub(super) fn list(screen: &mut Screen, indent: usize, items: &[Text]) {
    for item in items {
        hanging(screen, indent, &Text::plain("-"), item, "");
    }
}

/// The most telling moments, in the order of time.
pub(super) fn moments(screen: &mut Screen, moments: &Moments) {
    let shown = most_telling(moments);
    if shown.is_empty() {
        screen.paragraph(2, &Text::plain("Nothing worth a line happened."));
        return;
    }
    screen.blank();
    let labels: Vec<String> = shown
        .iter()
        .map(|item| moments.clock.label(item.at))
        .collect();
    let width = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    for (item, label) in shown.iter().zip(labels) {
        let lead = pad(&label, width + 1, screen.is_ascii());
        let reference = format!("#{}", item.entry);
        hanging(screen, 2, &Text::plain(lead), &item.text, &reference);
    }
}

/// So many moments as a summary shows, with the greatest weights; of equal ones the earlier.
fn most_telling(moments: &Moments) -> Vec<&Moment> {
    let mut ranked: Vec<&Moment> = moments.items.iter().collect();
    ranked.sort_by_key(|item| (std::cmp::Reverse(item.weight), item.at, item.entry));
    ranked.truncate(moments.summary);
    ranked.sort_by_key(|item| (item.at, item.entry));
    ranked
}

/// A lead, and beside it a text that wraps, with a reference at the right edge of its last line.
fn hanging(screen: &mut Screen, indent: usize, lead: &Text, text: &Text, reference: &str) {
    let hang = indent + columns(&lead.words()) + 1;
    let text = screen.text(text);
    let room = screen.width.saturating_sub(hang).max(8);
    let mut lines = wrap(&text, room);
    let beside = columns(reference) + 1;
    let fits = |lines: &[Text]| {
        lines
            .last()
            .is_none_or(|last| columns(&last.words()) + beside <= room)
    };
    if !reference.is_empty() && !fits(&lines) {
        // Narrower lines leave room for the reference beside the last of them.
        lines = wrap(&text, room.saturating_sub(beside).max(8));
    }
    if !reference.is_empty() {
        if !fits(&lines) {
            lines.push(Text::empty());
        }
        if let Some(last) = lines.last_mut() {
            let used = columns(&last.words()) + columns(reference);
            let space = " ".repeat(room.saturating_sub(used));
            *last = last.clone().and(space).and_toned(reference, Tone::Faint);
        }
    }
    let mut start = Text::plain(" ".repeat(indent)).and(lead.clone());
    let gap = hang - indent - columns(&lead.words());
    start = start.and(" ".repeat(gap));
    for (i, line) in lines.into_iter().enumerate() {
        let start = if i == 0 {
            start.clone()
        } else {
            Text::plain(" ".repeat(hang))
        };
        screen.lines.push(start.and(line));
    }
}

/// Commands below one another, so that each is copied alone: beside their lead, or below it where one
/// of them has no room there. One that is longer than the screen is left to the terminal, which a copy
/// does not show. What each is for stands behind it as a comment of a shell, where all have room for it.
pub(super) fn next(screen: &mut Screen, steps: &[Step]) {
    const LEAD: &str = "Next: ";
    let steps: Vec<(String, String)> = steps
        .iter()
        .map(|step| (screen.word(&step.command), screen.word(&step.what)))
        .collect();
    let mut lead = Text::toned(LEAD, Tone::Strong);
    let room = screen.width - columns(LEAD);
    let longest = steps
        .iter()
        .map(|(command, _)| columns(command))
        .max()
        .unwrap_or(0);
    let comments = steps.iter().map(|(_, what)| {
        if what.is_empty() {
            0
        } else {
            columns(what) + 4
        }
    });
    let said = longest + comments.max().unwrap_or(0) <= room;
    let mut indent = String::new();
    if longest <= room {
        indent = " ".repeat(columns(LEAD));
    } else {
        screen.lines.push(std::mem::take(&mut lead));
    }
    for (command, what) in steps {
        let start = std::mem::replace(&mut lead, Text::plain(indent.clone()));
        let space = " ".repeat(longest.saturating_sub(columns(&command)));
        let mut line = start.and(command);
        if said && !what.is_empty() {
            line = line.and_toned(format!("{space}  # {what}"), Tone::Faint);
        }
        screen.lines.push(line);
    }
}

/// The first findings, each with its evidence, its cause and what helped when it was tried.
pub(super) fn findings(screen: &mut Screen, findings: &Findings) {
    let shown = &findings.items[..findings.summary.min(findings.items.len())];
    let number_width = shown.len().to_string().len();
    for (i, item) in shown.iter().enumerate() {
        finding(screen, i + 1, number_width, item);
    }
}

fn finding(screen: &mut Screen, number: usize, number_width: usize, item: &FindingItem) {
    let (sign, tone) = if item.strength {
        ("+", Tone::Good)
    } else {
        ("!", Tone::Bad)
    };
    let lead = Text::plain(format!("{number:>number_width$} ")).and_toned(sign, tone);
    hanging(
        screen,
        2,
        &lead,
        &Text::plain(item.text.clone()),
        &references(&item.evidence),
    );
    let mut why = Text::empty();
    if let Some(cause) = &item.cause {
        why = why
            .and_toned("Cause: ", Tone::Faint)
            .and(format!("{cause}. "));
    }
    if let Some(correction) = item.advice.first() {
        why = why
            .and_toned("Try: ", Tone::Strong)
            .and(format!("{correction}."));
    }
    if !why.is_empty() {
        let indent = 2 + number_width + 3;
        screen.paragraph(indent, &why);
    }
}
