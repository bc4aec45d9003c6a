//! The answer for scripts. The shape is described in `docs/json.md`: keys may be added, none is renamed or
//! removed without another [`SCHEMA_VERSION`].

use crate::words::{self, Subject};
use hotwash_engine::evaluation::TracePart;
use hotwash_engine::evaluation::why::{Lack, Link, Why};
use hotwash_engine::exercise::{Identified, Instance, RoleId};
use serde::Serialize;

/// The version of the shape. 1: first version.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct View {
    schema_version: u32,
    asked: String,
    incident: String,
    fate: &'static str,
    sentence: String,
    from_ms: Option<i64>,
    until_ms: Option<i64>,
    made_of: Vec<Stretch>,
    wait: Option<Waited>,
    lacks: Vec<Missing>,
    links: Vec<Step>,
    needed: Vec<String>,
    others: Vec<OfTask>,
    not_finished_after: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Stretch {
    what: String,
    from_ms: i64,
    until_ms: i64,
    ms: i64,
    entry: u32,
    task: Option<String>,
    role: Option<String>,
}

#[derive(Debug, Serialize)]
struct Waited {
    what: String,
    from_ms: i64,
    ms: i64,
    kept: Vec<Keeping>,
}

#[derive(Debug, Serialize)]
struct Keeping {
    person: String,
    ms: i64,
    entry: u32,
}

#[derive(Debug, Serialize)]
struct Missing {
    text: String,
    entry: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Step {
    entry: u32,
    at_ms: i64,
    how: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct OfTask {
    task: String,
    incident: String,
    piece: u16,
}

/// The answer as indented JSON, ending in a line feed.
pub fn json(subject: &Subject, why: &Why) -> String {
    let view = view(subject, why);
    let mut text = serde_json::to_string_pretty(&view)
        .expect("every part is a plain struct with texts for keys, and no number is infinite");
    text.push('\n');
    text
}

fn view(subject: &Subject, why: &Why) -> View {
    let names = subject.exercise.names();
    View {
        schema_version: SCHEMA_VERSION,
        asked: why.asked.written(subject.exercise),
        incident: why.incident.slug(names).to_string(),
        fate: why.fate.name(),
        sentence: words::why::sentence(subject, why),
        from_ms: why.from.map(|timed| timed.at.0),
        until_ms: why.until.map(|timed| timed.at.0),
        made_of: why
            .made_of
            .iter()
            .map(|part| stretch(subject, part))
            .collect(),
        wait: why.wait.as_ref().map(|wait| Waited {
            what: format!("{:?}", wait.part.category),
            from_ms: wait.part.from.0,
            ms: wait.span().0,
            kept: wait
                .kept
                .iter()
                .map(|kept| Keeping {
                    person: kept.person.slug(names).to_string(),
                    ms: kept.span.0,
                    entry: kept.entry,
                })
                .collect(),
        }),
        lacks: why
            .lacks
            .iter()
            .map(|lack| missing(subject, why, lack))
            .collect(),
        links: why
            .links
            .iter()
            .map(|link| step(subject, why, link))
            .collect(),
        needed: why
            .needed
            .iter()
            .map(|needed| words::why::needed(subject, why, needed))
            .collect(),
        others: why
            .others
            .iter()
            .map(|other| piece(subject, *other))
            .collect(),
        not_finished_after: subject.not_finished_after(),
    }
}

fn stretch(subject: &Subject, part: &TracePart) -> Stretch {
    let names = subject.exercise.names();
    let role = |role: RoleId| role.slug(names).to_string();
    Stretch {
        what: format!("{:?}", part.category),
        from_ms: part.from.0,
        until_ms: part.until.0,
        ms: (part.until - part.from).0,
        entry: part.entry,
        task: part.instance.map(|of| of.task.slug(names).to_string()),
        role: part.role.map(role),
    }
}

fn missing(subject: &Subject, why: &Why, lack: &Lack) -> Missing {
    Missing {
        text: words::why::lack(subject, why, lack),
        entry: lack.entry,
    }
}

fn step(subject: &Subject, why: &Why, link: &Link) -> Step {
    Step {
        entry: link.entry,
        at_ms: link.at.0,
        how: format!("{:?}", link.how),
        text: words::why::link(subject, why, link),
    }
}

fn piece(subject: &Subject, of: Instance) -> OfTask {
    let names = subject.exercise.names();
    OfTask {
        task: of.task.slug(names).to_string(),
        incident: of.incident.slug(names).to_string(),
        piece: of.ordinal,
    }
}
