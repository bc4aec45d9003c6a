//! The reference as a page for a terminal.

use super::{Definition, Field, Form, GROUPS, What};
use std::fmt::Write;

/// How far what is said of a field or a word stands in.
const INDENT: usize = 6;

/// The definitions of a kind in so many columns.
pub(super) fn render(kind: &str, definitions: &[Definition], width: usize) -> String {
    let mut page = format!("{}\n", kind.to_uppercase());
    let head = format!(
        "What can be written in a file of the kind `{kind}`, whose text is `{kind}(..)`. `[X, ..]` is a list, `{{K: V, ..}}` \
         a map, `(A, B)` a pair. In JSON: `hotwash schema {} --format json`.",
        kind.to_lowercase()
    );
    paragraph(&mut page, &head, 0, width);
    for (group, (title, about)) in GROUPS.iter().enumerate() {
        let mut of_group = definitions.iter().filter(|one| one.what.group() == group);
        let Some(first) = of_group.next() else {
            continue;
        };
        writeln!(page, "\n{}", title.to_uppercase()).expect("memory takes text");
        paragraph(&mut page, about, 0, width);
        for one in std::iter::once(first).chain(of_group) {
            definition(&mut page, one, width);
        }
    }
    page
}

fn definition(page: &mut String, one: &Definition, width: usize) {
    writeln!(page, "\n{}", one.name).expect("memory takes text");
    paragraph(page, &one.about, 2, width);
    match &one.what {
        What::Record(fields) => {
            for of in fields {
                field(page, of, width);
            }
        }
        What::Choice(forms) | What::Words(forms) => {
            for of in forms {
                form(page, of, width);
            }
        }
        What::Notation(shape) => {
            if let Some(shape) = shape.of_others() {
                paragraph(page, &format!("It is {}.", shape.plain()), 2, width);
            }
        }
    }
}

fn field(page: &mut String, field: &Field, width: usize) {
    let required = if field.required { " (required)" } else { "" };
    let head = format!("{}: {}{required}", field.name, field.shape.plain());
    paragraph(page, &head, 2, width);
    paragraph(page, &field.about, INDENT, width);
}

fn form(page: &mut String, form: &Form, width: usize) {
    paragraph(page, &form.shape.plain(), 2, width);
    paragraph(page, &form.about, INDENT, width);
}

/// Writes text in lines of at most so many columns. Lines that follow the first of a narrow text stand in further.
fn paragraph(page: &mut String, text: &str, indent: usize, width: usize) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if column > 0 && column + 1 + long > width {
            page.push('\n');
            column = 0;
        }
        let gap = if column == 0 { indent } else { 1 };
        write!(page, "{:gap$}{word}", "").expect("memory takes text");
        column += gap + long;
    }
    if column > 0 {
        page.push('\n');
    }
}
