//! Files in another format, known by how they begin, so that one sentence says so.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};
use crate::syntax::{self, Kind};

/// So many tokens tell what a file is.
const ENOUGH: usize = 4;

/// What is said about a file in another format than its name says. `None`: it begins as it should, or so that
/// nobody can tell.
pub(super) fn foreign(source: &Source, file: u16) -> Option<Diagnostic> {
    let tokens = syntax::tokens(&source.text, source.is_json(), ENOUGH).tokens;
    let first = tokens.first()?;
    let kinds: Vec<&Kind<'_>> = tokens.iter().map(|token| &token.kind).collect();
    let line = first_line(&source.text);
    let (what, help) = match &kinds[..] {
        [Kind::Word(_), Kind::Open('('), ..] if source.is_json() => (
            "RON",
            "a file whose name ends in `.json` is read as JSON: let its name end in `.ron`",
        ),
        _ if source.is_json() => return None,
        [Kind::Open('{'), Kind::Text(_), Kind::Colon, ..] => (
            "JSON",
            "a file is read as JSON if its name ends in `.json`: rename it",
        ),
        [Kind::Word(_) | Kind::Text(_), Kind::Colon, ..] => ("YAML", WRITE),
        _ if line.starts_with("---") || line.starts_with("- ") => ("YAML", WRITE),
        _ if is_toml(line) => ("TOML", WRITE),
        _ if line.starts_with('<') => ("XML or HTML", WRITE),
        [Kind::Word(_) | Kind::Text(_), Kind::Comma, ..] => {
            ("a table of values with commas", WRITE)
        }
        _ => return None,
    };
    let start = source.text.find(line).unwrap_or(first.range.start);
    let place = Place::new(file, start, start + line.len());
    let message = format!("the file looks like {what}, and definitions are RON or JSON");
    Some(Diagnostic::new(Code::OtherFormat, message, place).help(help))
}

const WRITE: &str = "write it as RON; `hotwash new DIR` makes files to start from";

/// The first line that is no comment in any of the formats.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim);
    let said = |line: &&str| !(line.is_empty() || line.starts_with('#') || line.starts_with("//"));
    lines.find(said).unwrap_or_default()
}

/// Whether a line is `[table]` or `key = value`.
fn is_toml(line: &str) -> bool {
    let is_key = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"');
        !text.is_empty() && text.chars().all(plain)
    };
    let table = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let table = table.map(|name| name.trim_start_matches('[').trim_end_matches(']'));
    let pair = line.split_once('=').map(|(key, _)| key.trim());
    table.or(pair).is_some_and(is_key)
}
