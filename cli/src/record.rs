//! Records that people name on the command line.

use crate::failure::{Failure, Outcome};
use crate::output;
use hotwash_app::{Notice, Read, is_finished};
use hotwash_archive::Loaded;
use hotwash_engine::record::Record;
use hotwash_reports::words;
use std::path::Path;

/// Reads a record, and says what has to be known of it. One that was cut off is used up to the cut.
pub(crate) fn load(path: &Path) -> Result<Loaded, Failure> {
    let Read { loaded, notices } = hotwash_app::load(path)?;
    let shown = path.display();
    for notice in notices {
        match notice {
            Notice::CutOff(torn) => output::complain(
                "warning",
                &format!(
                    "`{shown}` is cut off: line {} ends after {} bytes and is left out",
                    torn.line, torn.bytes
                ),
            ),
            Notice::Older(format) => output::complain(
                "note",
                &format!(
                    "`{shown}` has format {format}: it is judged by the rules of today, without baselines"
                ),
            ),
            Notice::NotFinished => {
                let said = words::not_finished(&loaded.record);
                output::complain("warning", &format!("`{shown}`: {said}"));
                output::complain("hint", CURE);
            }
        }
    }
    Ok(loaded)
}

/// What to do about a record without ENDEX.
pub(crate) const CURE: &str =
    "Nothing is scored without ENDEX. Use the whole file, or finish the exercise.";

/// How a command ends that could do its work on a record: one without ENDEX is a problem found.
pub(crate) fn outcome(record: &Record) -> Outcome {
    if is_finished(record) {
        Outcome::Done
    } else {
        Outcome::Problems
    }
}
