//! What goes to the terminal, and what the terminal can show.

use crate::failure::Failure;
use anstyle::{AnsiColor, Style};
use hotwash_app::unwritable;
use hotwash_reports::clean_lines;
use serde::Serialize;
use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The narrowest and the widest page that is laid out.
const WIDTHS: (u16, u16) = (40, 160);
/// The width where there is no terminal to ask.
const WIDTH: u16 = 80;

/// Whether a program reads the answer, so that whatever a command says on the output is one value in JSON.
static IN_JSON: AtomicBool = AtomicBool::new(false);
/// Whether something was said on the output.
static ANSWERED: AtomicBool = AtomicBool::new(false);

/// From now on a command that fails says so on the output as well, in JSON.
pub(crate) fn answer_in_json() {
    IN_JSON.store(true, Ordering::Relaxed);
}

/// Whether a program waits for an answer in JSON, and nothing was said yet.
pub(crate) fn is_awaited_in_json() -> bool {
    IN_JSON.load(Ordering::Relaxed) && !ANSWERED.load(Ordering::Relaxed)
}

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

/// Prints a page that a renderer made, with its colours where the terminal shows them and nobody asked for none.
pub(crate) fn print(page: &str) -> io::Result<()> {
    ANSWERED.store(true, Ordering::Relaxed);
    let mut out = anstream::stdout().lock();
    let printed = out.write_all(page.as_bytes()).and_then(|()| out.flush());
    unless_unread(printed)
}

/// Prints text that no renderer made: nothing in it controls the terminal.
pub(crate) fn say(text: &str) -> io::Result<()> {
    print(&clean_lines(text))
}

/// Prints text as it is, for programs and files.
pub(crate) fn print_plain(text: &str) -> io::Result<()> {
    ANSWERED.store(true, Ordering::Relaxed);
    let mut out = io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    unless_unread(printed)
}

/// That nobody reads the output any more is no failure, and no success either: how a command ends does not depend on
/// who reads.
fn unless_unread(printed: io::Result<()>) -> io::Result<()> {
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes text to a new file. An existing file is left alone.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| unwritable(path, &error))?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // Part of it would be in the way of the next try.
        let _ = std::fs::remove_file(path);
        unwritable(path, &error).into()
    })
}

/// Prints a value as JSON, and nothing else.
pub(crate) fn print_json(value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print_plain(&(text + "\n"))
}

/// Prints text on the error stream.
pub(crate) fn print_above(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Says something on the error stream; nothing in it controls the terminal. That it cannot be said is no reason to fail twice.
pub(crate) fn complain(label: &str, message: &str) {
    let color = match label {
        "error" => AnsiColor::Red,
        "warning" => AnsiColor::Yellow,
        _ => AnsiColor::Cyan,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let _ = writeln!(
        anstream::stderr().lock(),
        "{style}{label}{style:#}: {}",
        clean_lines(message)
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
