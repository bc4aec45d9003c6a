//! How a command ends: exit codes, and failures told to people.

use crate::{diagnostics, output};
use hotwash_app::Fault;
use hotwash_scenarios::diagnostic::to_json;
use serde_json::{Value, json};
use std::io;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, and nothing is wrong.
    Done,
    /// Done, and problems were found.
    Problems,
    /// Interrupted; what there was until then was shown, and said to be in part.
    Interrupted,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    above: String,
    message: String,
    hints: Vec<String>,
    /// The problems that stand above, as programs read them.
    problems: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The command line cannot be read; it was said already.
    Usage,
    /// A file, or what it holds, cannot be used.
    Input,
    /// A fault of the program.
    Internal,
    /// Stopped before there was anything to show.
    Interrupted,
}

impl Failure {
    /// A file, or what it holds, cannot be used.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(Kind::Input, message)
    }

    /// A fault of the program.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, message)
    }

    /// Stopped before there was anything to show.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::new(Kind::Interrupted, message)
    }

    /// The same failure with advice.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            above: String::new(),
            message: message.into(),
            hints: Vec::new(),
            problems: Value::Array(Vec::new()),
        }
    }

    const fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Usage => 2,
            Kind::Input => 3,
            Kind::Internal => 4,
            Kind::Interrupted => 130,
        }
    }
}

/// What was given cannot be used.
impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let (problems, sources) = &fault.problems;
        let above = if problems.is_empty() {
            String::new()
        } else {
            diagnostics::text(problems, sources)
        };
        Self {
            above,
            problems: to_json(problems, sources),
            hints: fault.hints,
            ..Self::input(fault.message)
        }
    }
}

/// A failure to write output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::input(format!("the output cannot be written: {error}"))
    }
}

/// Runs a command and turns its end into an exit code. A panic is told in calm words.
pub(crate) fn calmly(command: impl FnOnce() -> Result<Outcome, Failure>) -> ExitCode {
    panic::set_hook(Box::new(|info| tell(&bug(info))));
    match panic::catch_unwind(AssertUnwindSafe(command)) {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Problems)) => ExitCode::from(1),
        Ok(Ok(Outcome::Interrupted)) => ExitCode::from(130),
        Ok(Err(failure)) => {
            tell(&failure);
            ExitCode::from(failure.exit_code())
        }
        Err(_) => ExitCode::from(4),
    }
}

fn bug(info: &PanicHookInfo<'_>) -> Failure {
    let what = info.payload_as_str().unwrap_or("no further word");
    let place = info.location().map_or_else(String::new, |place| {
        format!(" ({}:{})", place.file(), place.line())
    });
    Failure::internal(format!("Hotwash made a mistake: {what}{place}"))
        .hint(
            "This is not your fault. No file was left half-written that a command reports as done.",
        )
        .hint("Please report it with the command that you gave.")
}

/// What cannot be read of a command line is said as its reader says it; help and the version are no failure.
pub(crate) fn refused(refused: &clap::Error) -> Failure {
    if !refused.use_stderr() || !output::is_awaited_in_json() {
        refused.exit();
    }
    let said = refused.to_string();
    let said = said.strip_prefix("error: ").unwrap_or(&said).trim_end();
    let (message, rest) = said.split_once('\n').unwrap_or((said, ""));
    let rest = rest.lines().map(str::trim).filter(|line| !line.is_empty());
    let failure = Failure::new(Kind::Usage, message);
    rest.fold(failure, Failure::hint)
}

/// A failure as programs read it.
fn as_json(failure: &Failure) -> Value {
    let kind = match failure.kind {
        Kind::Usage => "usage",
        Kind::Input => "input",
        Kind::Internal => "internal",
        Kind::Interrupted => "interrupted",
    };
    json!({
        "schema_version": 1,
        "error": {
            "kind": kind,
            "exit_code": failure.exit_code(),
            "message": failure.message,
            "hints": failure.hints,
            "problems": failure.problems,
        },
    })
}

fn tell(failure: &Failure) {
    if output::is_awaited_in_json() {
        // Where it cannot be written either, the error stream still has it.
        let _ = output::print_json(&as_json(failure));
    }
    output::print_above(&failure.above);
    output::complain("error", &failure.message);
    for hint in &failure.hints {
        output::complain("hint", hint);
    }
}
