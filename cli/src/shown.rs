//! How a judged record is shown.

use crate::output::Terminal;
use hotwash_app::Judged;
use hotwash_engine::campaign::Advice;
use hotwash_reports::terminal::{Charset, Style};
use hotwash_reports::{Document, Options, json, markdown, terminal};
use hotwash_scenarios::Amended;
use std::path::Path;

/// As scripts read it, with what came of trying what findings propose.
pub(crate) fn as_json(judged: &Judged, advice: Option<&Advice>) -> String {
    let record = &judged.record;
    json::run(&record.header.exercise, record, &judged.evaluation, advice)
}

/// As the terminal shows it: all of it, or one screen.
pub(crate) fn as_text(judged: &Judged, options: &Options, full: bool) -> String {
    if full {
        return screen(&document(judged, options));
    }
    let record = &judged.record;
    let exercise = &record.header.exercise;
    screen(&Document::page_of(
        exercise,
        record,
        &judged.evaluation,
        options,
    ))
}

/// As a Markdown report.
pub(crate) fn as_markdown(judged: &Judged, options: &Options) -> String {
    markdown::render(&document(judged, options))
}

fn document(judged: &Judged, options: &Options) -> Document {
    let record = &judged.record;
    Document::of(&record.header.exercise, record, &judged.evaluation, options)
}

/// A document as the terminal shows it.
pub(crate) fn screen(document: &Document) -> String {
    let asked = Terminal::of_environment();
    let style = Style {
        width: asked.width,
        colour: true,
        charset: if asked.unicode {
            Charset::Unicode
        } else {
            Charset::Ascii
        },
    };
    terminal::render(document, style)
}

/// Where in the files a change is written, and what.
pub(crate) fn written(of: &Amended) -> (String, String) {
    let path = Path::new(&of.file);
    let name = path
        .file_name()
        .map_or_else(|| of.file.as_str().into(), |name| name.to_string_lossy());
    let what = match (of.writes.as_str(), of.instead_of.as_str()) {
        ("", gone) => format!("without `{gone}`"),
        (new, "") => format!("`{new}`"),
        (new, old) => format!("`{new}` instead of `{old}`"),
    };
    (format!("{name}:{}", of.line), what)
}
