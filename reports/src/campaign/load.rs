//! Who had how much to do, and where work waited.

use super::Campaign;
use super::document::section;
use super::figure::{mean_cell, percent, percent_range, points_at_most, reach, share};
use crate::document::{Block, Column, Part, Section, Table, Text, Tone};
use hotwash_engine::campaign::statistics::Mean;
use hotwash_engine::campaign::{RoleSummary, TaskSummary};

/// How many roles and tasks are shown.
const ROLES: usize = 5;
const TASKS: usize = 12;

/// A mean time with its error below; `none` where it is 0 in every run.
fn time(of: Option<Mean>) -> Text {
    let Some(of) = of else {
        return Text::plain("-");
    };
    let (value, error) = mean_cell(&of);
    let value = if of.value > 0.0 { &value } else { "none" };
    Text::plain(value).below(error, Tone::Faint)
}

/// A share in whole percent.
fn part(of: Option<Mean>) -> Text {
    Text::plain(of.map_or_else(|| "-".to_owned(), |of| share(of.value)))
}

/// How far shares may lie off at most, in points.
fn farthest(shares: impl Iterator<Item = Option<Mean>>) -> Option<String> {
    let reaches = shares.filter_map(|share| reach(&share?));
    let most = reaches.reduce(f64::max).filter(|reach| *reach > 0.0)?;
    Some(points_at_most(100.0 * most))
}

fn held_up(of: &RoleSummary) -> f64 {
    of.held_up.map_or(0.0, |held| held.value)
}

/// That it is not sure that a role was waited for longest: the interval of another reaches its own.
pub(super) fn unsure(first: &RoleSummary, all: &[RoleSummary]) -> bool {
    let ends = |of: &RoleSummary| of.held_up?.interval;
    let others = all.iter().filter(|of| of.role != first.role);
    ends(first).is_some_and(|first| others.filter_map(ends).any(|it| it.high >= first.low))
}

/// The roles that held phases up longest.
pub(super) fn roles(campaign: &Campaign<'_>) -> Section {
    let mut roles: Vec<&RoleSummary> = campaign.summary.roles.iter().collect();
    // Who has no work of their own may still keep others waiting for an approval.
    roles.retain(|of| of.busy.is_some() || held_up(of) > 0.0);
    let waited = |of: &RoleSummary| of.waited.map_or(0.0, |waited| waited.value);
    roles.sort_by(|a, b| {
        let by = held_up(b).total_cmp(&held_up(a));
        by.then(waited(b).total_cmp(&waited(a)))
            .then(a.role.cmp(&b.role))
    });
    let Some(first) = roles.first() else {
        return section(Part::TimeMadeOf, "", Vec::new());
    };
    let first = *first;
    roles.truncate(ROLES);
    let names = campaign.names();
    let rows = roles.iter().map(|of| {
        vec![
            Text::plain(names.role(of.role)),
            time(of.held_up),
            time(of.waited),
            time(of.worked),
            part(of.busy),
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
    let sure = farthest(roles.iter().map(|of| of.busy));
    let sure = sure.map_or_else(String::new, |sure| {
        format!(", sure to +/- {sure} points or better")
    });
    let note = format!(
        "Means of a run, over all phases and runs. Held up: phases waited for the role or its approval, \
         summed over phases that waited at the same time. Work waited: every piece of its work, also what \
         held nothing up. Busy: the share of the time with open work in which somebody was at it{sure}. \
         Queue: the most pieces of work that lay ready at once in any run."
    );
    let mut blocks = vec![Block::Table(table)];
    if let Some(of) = first.of_all_waits.filter(|of| of.value > 0.0) {
        let range = of.interval.filter(|interval| interval.half() > 0.0);
        let range = range.map_or_else(String::new, |range| format!(" ({})", percent_range(range)));
        let unsure = if unsure(first, &campaign.summary.roles) {
            "; others may be waited for as long"
        } else {
            ""
        };
        let said = format!(
            "Of all the time that phases wait for somebody, {}{range} is for {}{unsure}.",
            share(of.value),
            names.the_role(first.role),
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
    let wait = |of: &TaskSummary| of.wait.map_or(0.0, |wait| wait.value);
    tasks.sort_by(|a, b| wait(b).total_cmp(&wait(a)).then(a.task.cmp(&b.task)));
    let hidden = tasks.len().saturating_sub(TASKS);
    tasks.truncate(TASKS);
    let rows = tasks.iter().map(|of| {
        vec![
            Text::plain(names.task(of.task)),
            Text::plain(percent(of.came_up)),
            part(of.started),
            time(of.wait),
            time(of.approval),
            time(of.work),
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
    let came_up = tasks.iter().filter_map(|of| {
        let (value, interval) = (of.came_up.value()?, of.came_up.interval()?);
        Some(Some(Mean {
            n: of.came_up.n,
            value,
            interval: Some(interval),
        }))
    });
    let sure = farthest(came_up.chain(tasks.iter().map(|of| of.started)));
    let sure = sure.map_or_else(String::new, |sure| {
        format!(" Shares are sure to +/- {sure} points or better.")
    });
    let note = "Came up: in how many runs. Started: how many of its pieces of work ever were. Wait: from ready \
                until started, left out or over. Approval: from asked for until answered, also beside other \
                waiting or work.";
    let more = match hidden {
        0 => String::new(),
        hidden => format!(" {hidden} more, which waited less, with --format json."),
    };
    let note = [note, &sure, &more].concat();
    let note = Text::toned(note, Tone::Faint);
    let blocks = vec![Block::Table(table), Block::Paragraph(note)];
    let mut section = section(Part::TimeMadeOf, "Tasks", blocks);
    "means of a piece of work, the longest wait first".clone_into(&mut section.aside);
    section
}
