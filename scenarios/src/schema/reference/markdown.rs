//! The reference as a Markdown page.

use super::shape::{Piece, Shape};
use super::{Definition, Form, GROUPS, What};
use std::fmt::Write;

const HEAD: &str = "# The language of definitions\n\n\
    Everything that can be written in an organisation, a plan, a scenario and an exercise, with what it means. This \
    page is made from the declarations that read the files; a test keeps it equal. `hotwash schema KIND --format text` \
    prints the part of one kind, and `hotwash schema KIND` a JSON Schema for editors and scripts.\n\n\
    How a plan becomes such a file shows [from-plan.md](from-plan.md); when something counts as done says \
    [expectations.md](expectations.md).\n\n\
    `[X, ..]` is a list, `{K: V, ..}` a map, `(A, B)` a pair. `X or [X, ..]`: one needs no list.\n";

/// All definitions, group by group.
pub(super) fn render(definitions: &[Definition]) -> String {
    let mut page = HEAD.to_owned();
    for (group, (title, about)) in GROUPS.iter().enumerate() {
        writeln!(page, "\n## {title}\n\n{}", linked_pages(about)).expect("memory takes text");
        let of_group = definitions.iter().filter(|one| one.what.group() == group);
        page.extend(of_group.map(definition));
    }
    page
}

/// The page is in the folder of the pages that it names.
fn linked_pages(about: &str) -> String {
    about.replace("docs/notations.md", "[notations.md](notations.md)")
}

fn definition(one: &Definition) -> String {
    let rows: Vec<[String; 3]> = match &one.what {
        What::Record(fields) => fields
            .iter()
            .map(|field| {
                let required = if field.required { ", required" } else { "" };
                let name = format!("`{}`{required}", field.name);
                [name, linked(&field.shape), cell(&field.about)]
            })
            .collect(),
        What::Choice(forms) | What::Words(forms) => {
            let row = |form: &Form| [linked(&form.shape), String::new(), cell(&form.about)];
            forms.iter().map(row).collect()
        }
        What::Notation(_) => Vec::new(),
    };
    let is_record = matches!(one.what, What::Record(_));
    let mut section = format!("\n### {}\n\n{}\n", one.name, one.about);
    if let What::Notation(shape) = &one.what
        && let Some(shape) = shape.of_others()
    {
        writeln!(section, "\nIt is {}.", linked(shape)).expect("memory takes text");
    }
    if rows.is_empty() {
        return section;
    }
    section.push_str(if is_record {
        "\n| field | how it is written | what it means |\n| --- | --- | --- |\n"
    } else {
        "\n| word | what it means |\n| --- | --- |\n"
    });
    for [name, shape, about] in rows {
        let cells = if is_record {
            [name, shape, about].join(" | ")
        } else {
            [name, about].join(" | ")
        };
        writeln!(section, "| {cells} |").expect("memory takes text");
    }
    section
}

/// A shape in which the names of definitions lead to them.
fn linked(shape: &Shape) -> String {
    let pieces = shape.0.iter().map(|piece| match piece {
        Piece::Name(name) => format!("[{name}](#{})", name.to_lowercase()),
        Piece::Text(text) => escaped(text),
    });
    pieces.collect()
}

/// Text in which no sign begins a link or ends a cell.
fn escaped(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '[' | ']' | '|' | '*' | '_' | '<' | '`' | '\\') {
            all.push('\\');
        }
        all.push(sign);
    }
    all
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
