//! What goes to the terminal, and what the terminal can show.

use crate::failure::Failure;
use anstyle::{AnsiColor, Style};
use hotwash_app::unwritable;
use serde::Serialize;
use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// The narrowest and the widest page that is laid out.
const WIDTHS: (u16, u16) = (40, 160);
/// The width where there is no terminal to ask.
const WIDTH: u16 = 80;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// In columns.
    pub(crate) width: usize,
    /// Whether characters beyond ASCII can be shown.
    pub(crate) unicode: bool,
}

impl Terminal {
    /// The terminal as the environment describes it: `COLUMNS` first, then the terminal itself.
    pub(crate) fn of_environment() -> Self {
        let columns = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let asked = || terminal_size::terminal_size().map(|(width, _)| width.0);
        let width = columns.or_else(asked).unwrap_or(WIDTH);
        Self {
            width: usize::from(width.clamp(WIDTHS.0, WIDTHS.1)),
            unicode: unicode(|name| env::var(name).ok()),
        }
    }
}

/// Whether the locale's character set is UTF-8: the first of these that is set decides.
fn unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    locale.is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

/// Prints text, with its colours where the terminal shows them and nobody asked for none.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints text as it is, for programs and files.
pub(crate) fn print_plain(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes text to a new file. An existing file is left alone.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| unwritable(path, &error).into())
}

/// Prints a value as JSON, and nothing else.
pub(crate) fn print_json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Prints text on the error stream.
pub(crate) fn print_above(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Says something on the error stream. That it cannot be said is no reason to fail twice.
pub(crate) fn complain(label: &str, message: &str) {
    let color = match label {
        "error" => AnsiColor::Red,
        "warning" => AnsiColor::Yellow,
        _ => AnsiColor::Cyan,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let _ = writeln!(
        anstream::stderr().lock(),
        "{style}{label}{style:#}: {message}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let of = |set: &[(&str, &str)]| {
            unicode(|name| {
                let found = set.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(of(&[("LANG", "en_GB.UTF-8")]));
        assert!(of(&[("LC_ALL", ""), ("LANG", "C.utf8")]));
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]));
        assert!(!of(&[]));
    }
}
