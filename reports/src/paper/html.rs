//! A document as one HTML file: everything in it, light and dark, for a screen, a phone and paper.
//!
//! The templates hold the markup and escape what they are given; here a document becomes what they show. Nothing is
//! computed, and nothing is fetched: the file stands alone, and works without scripts.

use super::model::{Block, Cell, Handling, Paper, Part, Rich, Run, Width};
use crate::clean;
use crate::words::{self, duration, references};
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

const PAGE: &str = include_str!("templates/page.html");
const LADDER: &str = include_str!("templates/ladder.svg");
/// Colours, type and space, which the pages of a drill share.
pub const TOKENS: &str = include_str!("templates/tokens.css");
const STYLE: &str = include_str!("templates/page.css");
/// Templates are fixed, and so is what they are given.
const FIXED: &str = "a template fits what it is given";

/// The file.
pub fn render(paper: &Paper) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", PAGE).expect(FIXED);
    environment.add_template("ladder", LADDER).expect(FIXED);
    let page = Page::of(paper, &environment);
    let template = environment.get_template("page").expect(FIXED);
    template.render(Value::from(Serde(&page))).expect(FIXED)
}

/// What the template shows.
#[derive(Debug, Serialize)]
struct Page {
    banner: String,
    title: String,
    kind: &'static str,
    mode: String,
    handling: &'static str,
    handling_class: &'static str,
    about: Vec<String>,
    foot: String,
    contents: Vec<Heading>,
    body: Vec<Shown>,
    cited: Vec<Entry>,
    tokens: &'static str,
    style: &'static str,
}

#[derive(Debug, Serialize)]
struct Heading {
    anchor: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct Entry {
    number: u32,
    at: String,
    says: String,
}

/// A block, or the beginning of a part.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Shown {
    Part {
        level: u8,
        anchor: String,
        title: String,
        on_new_page: bool,
    },
    Verdict {
        runs: Vec<Shred>,
    },
    Text {
        runs: Vec<Shred>,
    },
    Note {
        runs: Vec<Shred>,
    },
    Heading {
        title: String,
    },
    List {
        numbered: bool,
        items: Vec<Vec<Shred>>,
    },
    Beside {
        lists: Vec<Side>,
    },
    Ratings {
        items: Vec<Rated>,
    },
    Table {
        caption: String,
        columns: Vec<Titled>,
        rows: Vec<Vec<Filled>>,
    },
    Picture {
        svg: Value,
        twin: String,
    },
}

#[derive(Debug, Serialize)]
struct Side {
    title: String,
    items: Vec<Vec<Shred>>,
}

#[derive(Debug, Serialize)]
struct Rated {
    letter: &'static str,
    class: &'static str,
    name: String,
}

#[derive(Debug, Serialize)]
struct Titled {
    title: String,
    class: &'static str,
}

/// A stretch of text, or a link to an entry.
#[derive(Debug, Serialize)]
struct Shred {
    text: String,
    strong: bool,
    entry: Option<u32>,
}

/// A cell.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Filled {
    Text {
        runs: Vec<Shred>,
        label: String,
    },
    Figure {
        text: String,
        label: String,
    },
    Rating {
        letter: &'static str,
        class: &'static str,
        given: bool,
        label: String,
    },
    Phase {
        letter: String,
        name: &'static str,
        label: String,
    },
    Blank {
        label: String,
    },
}

impl Page {
    fn of(paper: &Paper, environment: &Environment<'_>) -> Self {
        let meta = &paper.meta;
        let mut body = Vec::new();
        for part in &paper.parts {
            show(part, 2, &mut body, environment);
        }
        let parts = paper.parts.iter().filter(|part| !part.title.is_empty());
        let about = [&meta.organisation, &meta.plan, &meta.when, &meta.seed];
        let about = about.into_iter().filter(|text| !text.is_empty());
        let names = if meta.names {
            "Names people."
        } else {
            "Roles, not names."
        };
        let record = meta.fingerprint.as_ref().map_or_else(String::new, |print| {
            let start: String = print.chars().take(16).collect();
            format!(" Record {start}..,")
        });
        Self {
            banner: clean(&meta.banner),
            title: clean(&meta.title),
            kind: paper.kind.title(),
            mode: clean(&meta.mode),
            handling: meta.handling.label(),
            handling_class: class_of(meta.handling),
            about: about.map(|text| clean(text)).collect(),
            foot: format!(
                "{}. {}. {names}{record} {} entries, Hotwash {}.",
                meta.banner,
                meta.handling.label(),
                words::count(u64::from(meta.entries)),
                clean(&meta.version)
            ),
            contents: parts
                .map(|part| Heading {
                    anchor: part.anchor.clone(),
                    title: clean(&part.title),
                })
                .collect(),
            body,
            cited: paper
                .cited
                .iter()
                .map(|of| Entry {
                    number: of.entry,
                    at: clean(&of.at),
                    says: clean(&of.says),
                })
                .collect(),
            tokens: TOKENS,
            style: STYLE,
        }
    }
}

const fn class_of(handling: Handling) -> &'static str {
    match handling {
        Handling::Clear => "clear",
        Handling::Green => "green",
        Handling::Amber | Handling::AmberStrict => "amber",
        Handling::Red => "red",
    }
}

fn show(part: &Part, level: u8, body: &mut Vec<Shown>, environment: &Environment<'_>) {
    body.push(Shown::Part {
        level,
        anchor: part.anchor.clone(),
        title: clean(&part.title),
        on_new_page: part.on_new_page,
    });
    body.extend(part.blocks.iter().map(|of| block(of, environment)));
    for below in &part.parts {
        show(below, level + 1, body, environment);
    }
}

fn block(block: &Block, environment: &Environment<'_>) -> Shown {
    match block {
        Block::Verdict(text) => Shown::Verdict { runs: runs(text) },
        Block::Text(text) => Shown::Text { runs: runs(text) },
        Block::Note(text) => Shown::Note { runs: runs(text) },
        Block::Heading(title) => Shown::Heading {
            title: clean(title),
        },
        Block::List { numbered, items } => Shown::List {
            numbered: *numbered,
            items: items.iter().map(runs).collect(),
        },
        Block::Beside(lists) => Shown::Beside {
            lists: lists
                .iter()
                .map(|(title, items)| Side {
                    title: clean(title),
                    items: items.iter().map(runs).collect(),
                })
                .collect(),
        },
        Block::Ratings(rated) => Shown::Ratings {
            items: rated
                .iter()
                .map(|(rating, name)| Rated {
                    letter: words::rating(*rating),
                    class: rating_class(*rating),
                    name: clean(name),
                })
                .collect(),
        },
        Block::Table(table) => Shown::Table {
            caption: clean(&table.caption),
            columns: table.columns.iter().map(titled).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| {
                    let cells = row.iter().zip(&table.columns);
                    cells
                        .map(|(cell, column)| filled(cell, &column.title))
                        .collect()
                })
                .collect(),
        },
        Block::Ladder(ladder) => {
            let placed = ladder.placed();
            let template = environment.get_template("ladder").expect(FIXED);
            let svg = template.render(Value::from(Serde(&placed))).expect(FIXED);
            Shown::Picture {
                svg: Value::from_safe_string(svg),
                twin: placed.twin().to_owned(),
            }
        }
    }
}

fn titled(column: &super::model::Column) -> Titled {
    Titled {
        title: clean(&column.title),
        class: match column.width {
            Width::Narrow => "narrow",
            Width::Middle => "middle",
            Width::Wide => "wide",
        },
    }
}

fn runs(text: &Rich) -> Vec<Shred> {
    let shreds = text.0.iter().map(|run| match run {
        Run::Plain(text) => Shred {
            text: clean(text),
            strong: false,
            entry: None,
        },
        Run::Strong(text) => Shred {
            text: clean(text),
            strong: true,
            entry: None,
        },
        Run::Entries(entries) => Shred {
            text: references(entries),
            strong: false,
            entry: entries.first().copied(),
        },
    });
    shreds.collect()
}

fn filled(cell: &Cell, label: &str) -> Filled {
    let label = clean(label);
    let figure = |text: String| Filled::Figure {
        text,
        label: label.clone(),
    };
    match cell {
        Cell::Text(text) => Filled::Text {
            runs: runs(text),
            label,
        },
        Cell::Entries(entries) => Filled::Text {
            runs: runs(&Rich::default().proven_by(entries)),
            label,
        },
        Cell::Span(span) => figure(duration(*span)),
        Cell::Instant(_, local) => figure(clean(local)),
        Cell::Points(points) => figure(words::score(*points)),
        Cell::Money(_, amount) => figure(clean(amount)),
        Cell::Count(count) => figure(words::count(*count)),
        Cell::None => figure("-".to_owned()),
        Cell::Rating(rating, given) => Filled::Rating {
            letter: words::rating(*rating),
            class: rating_class(*rating),
            given: *given,
            label,
        },
        Cell::Phase(phase) => Filled::Phase {
            letter: words::phase_sign(*phase).to_string(),
            name: phase.name(),
            label,
        },
        Cell::Blank => Filled::Blank { label },
    }
}

const fn rating_class(rating: hotwash_engine::evaluation::Rating) -> &'static str {
    use hotwash_engine::evaluation::Rating;
    match rating {
        Rating::P => "P",
        Rating::S => "S",
        Rating::M => "M",
        Rating::U => "U",
        Rating::N => "none",
    }
}
