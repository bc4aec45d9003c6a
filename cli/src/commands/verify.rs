//! `hotwash verify`.

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::key::{self, Wanted};
use crate::{output, record};
use hotwash_archive::{Report, verify};
use serde::Serialize;
use std::fmt::Write;
use std::io::BufReader;
use std::path::PathBuf;

/// Check that a record was not changed
///
/// Checks every line: its hash, that it follows the line before, its content and order, and the seal
/// if there is one. Names the first line that is wrong and exits with 1; so it does for a record
/// without ENDEX, with its last entry.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record to check
    record: PathBuf,
    /// Demand a seal by this key: a key file, the 64 digits of a public key, or its fingerprint
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let wanted = args.key.as_deref().map(key::wanted).transpose()?;
    let report = verify(BufReader::new(hotwash_app::open(&args.record)?));
    let answer = Answer::of(&report, wanted.as_ref());
    match args.format {
        Format::Text => output::say(&answer.text(&args.record.display().to_string()))?,
        Format::Json => output::print_json(&answer)?,
    }
    Ok(if answer.intact && answer.finished {
        Outcome::Done
    } else {
        Outcome::Problems
    })
}

/// What is said about a record.
#[derive(Debug, Serialize)]
struct Answer {
    schema_version: u32,
    intact: bool,
    lines: u64,
    mode: Option<String>,
    finished: bool,
    /// The last entry of a record without ENDEX; null: it has one, or no header in order.
    not_finished_after: Option<u64>,
    fingerprint: Option<String>,
    seal: Option<SealAnswer>,
    problem: Option<Problem>,
}

#[derive(Debug, Serialize)]
struct SealAnswer {
    key: String,
    fingerprint: String,
}

#[derive(Debug, Serialize)]
struct Problem {
    /// Null where it is not about one line.
    line: Option<u64>,
    text: String,
}

impl Answer {
    fn of(report: &Report, wanted: Option<&Wanted>) -> Self {
        let problem = problem(report, wanted);
        Self {
            schema_version: 1,
            intact: problem.is_none(),
            lines: report.lines,
            mode: report.mode.map(|mode| mode.name().to_owned()),
            finished: report.finished,
            not_finished_after: report.not_finished_after(),
            fingerprint: report.fingerprint.map(|hash| hash.to_string()),
            seal: report.seal.map(|seal| SealAnswer {
                key: seal.key.to_string(),
                fingerprint: seal.key.fingerprint(),
            }),
            problem,
        }
    }

    fn text(&self, name: &str) -> String {
        let mut text = String::new();
        let mut line = |content: &str| writeln!(text, "{content}").expect("memory takes text");
        if let Some(problem) = &self.problem {
            let place = problem
                .line
                .map_or_else(String::new, |line| format!(" in line {line}"));
            line(&format!("{name}: NOT IN ORDER{place}: {}", problem.text));
            line(&format!("{} before it in order.", lines(self.lines)));
            return text;
        }
        let mode = self.mode.as_deref().unwrap_or("of unknown mode");
        let mode = mode.to_lowercase();
        line(&format!("{name}: in order. {}, {mode}.", lines(self.lines)));
        if let Some(last) = self.not_finished_after {
            let after = match last {
                0 => "before its first entry".to_owned(),
                last => format!("after entry {last}"),
            };
            line(&format!("NOT FINISHED, or cut {after}: ENDEX is missing."));
            line(record::CURE);
        }
        if let Some(fingerprint) = &self.fingerprint {
            line(&format!("Fingerprint  {fingerprint}"));
        }
        if let Some(seal) = &self.seal {
            line(&format!("Sealed by    {} ({})", seal.key, seal.fingerprint));
            line("");
            line(
                "This shows that the record is the one that the holder of this key sealed, if the",
            );
            line("key is theirs. It does not show that what is written happened.");
        } else {
            line("Sealed by    nobody");
            line("");
            line(
                "This shows that no line was changed by anybody who did not recompute every later",
            );
            line(
                "hash, and nothing about lines that were removed at the end. It does not show that",
            );
            line("what is written happened.");
        }
        text
    }
}

fn problem(report: &Report, wanted: Option<&Wanted>) -> Option<Problem> {
    if let Some(fault) = &report.fault {
        return Some(Problem {
            line: Some(fault.line),
            text: fault.kind.to_string(),
        });
    }
    let text = match (wanted, &report.seal) {
        (None, _) => return None,
        (Some(wanted), Some(seal)) if wanted.is(seal.key) => return None,
        (Some(_), Some(seal)) => format!("it is sealed by another key, {}", seal.key),
        (Some(_), None) => "it is not sealed".to_owned(),
    };
    Some(Problem { line: None, text })
}

fn lines(count: u64) -> String {
    if count == 1 {
        "1 line".to_owned()
    } else {
        format!("{count} lines")
    }
}
