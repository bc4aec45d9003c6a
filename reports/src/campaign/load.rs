//! Who had how much to do, and where work waited.

use super::Campaign;
use super::document::section;
use super::figure::{percent, share, two_figures};
use crate::document::{Block, Column, Part, Section, Table, Text, Tone};
use crate::words::duration;
use hotwash_engine::campaign::{RoleSummary, TaskSummary};
use hotwash_engine::exercise::Span;

/// How many roles and tasks are shown.
const ROLES: usize = 5;
const TASKS: usize = 12;

fn span(ms: f64) -> String {
    duration(two_figures(Span(ms.round() as i64)))
}

/// The roles that held phases up longest.
pub(super) fn roles(campaign: &Campaign<'_>) -> Section {
    let mut roles: Vec<&RoleSummary> = campaign.summary.roles.iter().collect();
    // Who has no work of their own may still keep others waiting for an approval.
    roles.retain(|of| of.busy.is_some() || of.held_up > 0.0);
    roles.sort_by(|a, b| {
        let by = b.held_up.total_cmp(&a.held_up);
        by.then(b.waited.total_cmp(&a.waited))
            .then(a.role.cmp(&b.role))
    });
    let Some(first) = roles.first() else {
        return section(Part::TimeMadeOf, "", Vec::new());
    };
    let names = campaign.names();
    let all: f64 = roles.iter().map(|of| of.held_up).sum();
    let rows = roles.iter().take(ROLES).map(|of| {
        vec![
            Text::plain(names.role(of.role)),
            Text::plain(span(of.held_up)),
            Text::plain(span(of.waited)),
            Text::plain(span(of.worked)),
            Text::plain(of.busy.map_or_else(|| "-".to_owned(), share)),
            Text::plain(of.queue.to_string()),
        ]
    });
    let table = Table {
        columns: vec![
            Column::wrapping("role"),
            Column::right("held up"),
            Column::right("work waited").spare(1),
            Column::right("at work").spare(2),
            Column::right("busy"),
            Column::right("queue").spare(3),
        ],
        rows: rows.collect(),
        titled: true,
    };
    let note = "Means of a run, over all phases and runs. Held up: phases waited for the role or its \
                approval, summed over phases that waited at the same time. Work waited: every piece of \
                its work, also what held nothing up. Busy: the share of the time with open work in which \
                somebody was at it. Queue: the most pieces of work that lay ready at once in any run. \
                These means and the shares of time above are rounded and have no intervals.";
    let mut blocks = vec![Block::Table(table)];
    if all > 0.0 {
        let said = format!(
            "Bottleneck: {}, with {} of all the time that phases waited for somebody.",
            names.the_role(first.role),
            share(first.held_up / all),
        );
        blocks.insert(0, Block::Paragraph(Text::plain(said)));
    }
    blocks.push(Block::Paragraph(Text::toned(note, Tone::Faint)));
    section(Part::TimeMadeOf, "Who was waited for", blocks)
}

/// The tasks whose pieces waited longest.
pub(super) fn tasks(campaign: &Campaign<'_>) -> Section {
    let names = campaign.names();
    let mut tasks: Vec<&TaskSummary> = campaign.summary.tasks.iter().collect();
    tasks.retain(|of| of.came_up.hits > 0);
    let wait = |of: &TaskSummary| of.wait.unwrap_or(0.0);
    tasks.sort_by(|a, b| wait(b).total_cmp(&wait(a)).then(a.task.cmp(&b.task)));
    let hidden = tasks.len().saturating_sub(TASKS);
    let shown = |ms: Option<f64>| match ms {
        Some(ms) if ms >= 0.5 => span(ms),
        Some(_) => "none".to_owned(),
        None => "-".to_owned(),
    };
    let rows = tasks.iter().take(TASKS).map(|of| {
        vec![
            Text::plain(names.task(of.task)),
            Text::plain(percent(of.came_up)),
            Text::plain(percent(of.started)),
            Text::plain(shown(of.wait)),
            Text::plain(shown(of.approval)),
            Text::plain(shown(of.work)),
        ]
    });
    let rows: Vec<Vec<Text>> = rows.collect();
    if rows.is_empty() {
        return section(Part::TimeMadeOf, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::wrapping("task"),
            Column::right("came up").spare(1),
            Column::right("started").spare(2),
            Column::right("wait"),
            Column::right("approval").spare(3),
            Column::right("work"),
        ],
        rows,
        titled: true,
    };
    let note = "Came up: in how many runs. Started: how many of its pieces of work ever were. Wait: from ready \
                until started, left out or over. Approval: from asked for until answered, also beside other \
                waiting or work.";
    let more = match hidden {
        0 => String::new(),
        hidden => format!(" {hidden} more, which waited less, with --format json."),
    };
    let note = [note, &more].concat();
    let note = Text::toned(note, Tone::Faint);
    let blocks = vec![Block::Table(table), Block::Paragraph(note)];
    let mut section = section(Part::TimeMadeOf, "Tasks", blocks);
    "means of a piece of work, the longest wait first".clone_into(&mut section.aside);
    section
}
