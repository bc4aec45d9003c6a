//! Rows are read as they were written, and as nothing else.

use super::rows;
use crate::campaign::{Reading, RowsError, Trial, header, line};
use hotwash_engine::campaign::{Change, Hours, Outcome, Row};
use hotwash_engine::exercise::{Exercise, TaskId};
use hotwash_engine::generator;

/// The rows of a text, with their seed and start.
#[derive(Debug, PartialEq)]
pub(super) struct Rows {
    of: Option<(u64, Hours)>,
    pub(super) rows: Vec<Row>,
}

pub(super) fn read(exercise: &Exercise, hash: &str, text: &str) -> Result<Rows, RowsError> {
    let mut reading = Reading::new(exercise, hash);
    let mut rows = Vec::new();
    for (i, line) in text.split_inclusive('\n').enumerate() {
        rows.extend(reading.take(i + 1, line)?);
    }
    if !reading.has_begun() {
        return Err(RowsError::NoRows);
    }
    let of = reading.of();
    Ok(Rows { of, rows })
}

#[test]
fn a_row_of_a_search_is_read_as_it_was_written_and_as_nothing_else() {
    let changes = [Change::WithoutDelay(TaskId::new(3)), Change::OutOfBand];
    let trial = Trial {
        hash: "abc",
        hours: Hours::AsScripted,
        seed: 7,
        changes: &changes,
        run: 12,
    };
    let outcome = Outcome([Some(-3), Some(0), Some(-1), Some(-2), None, Some(-120_000)]);
    let line = trial.line(&outcome);
    let columns = |line: &str| line.split(',').count();
    assert_eq!(columns(&line), columns(Trial::HEADER), "{line}");
    assert_eq!(trial.read(&line), Some(outcome));
    let others = [
        Trial {
            hash: "abd",
            ..trial
        },
        Trial {
            hours: Hours::AnyOfWeek,
            ..trial
        },
        Trial { seed: 8, ..trial },
        Trial { run: 1, ..trial },
        Trial {
            changes: &changes[..1],
            ..trial
        },
        Trial {
            changes: &[],
            ..trial
        },
    ];
    for other in others {
        assert_eq!(other.read(&line), None, "{other:?}");
        assert_eq!(other.read(&other.line(&outcome)), Some(outcome));
    }
    for cut in 0..line.len() {
        assert_eq!(trial.read(&line[..cut]), None, "{cut}");
    }
    assert_eq!(trial.read(&line.replace('\n', ",1\n")), None);
}

#[test]
fn rows_are_read_as_they_were_written() {
    for seed in [1, 4, 9, 14] {
        let exercise = generator::exercise(seed);
        let rows = rows(&exercise, 6);
        let written = rows
            .iter()
            .map(|row| line(&exercise, "abc", Hours::AnyOfWeek, 7, row));
        let text = header(&exercise) + &written.collect::<String>();
        let width = text.lines().next().unwrap().split(',').count();
        assert!(text.lines().all(|line| line.split(',').count() == width));
        let whole = read(&exercise, "abc", &text).unwrap();
        assert_eq!(whole.of, Some((7, Hours::AnyOfWeek)));
        assert_eq!(whole.rows, rows);
        assert_eq!(
            read(&exercise, "abd", &text),
            Err(RowsError::OtherExercise(2))
        );
        let last = text.trim_end().rfind('\n').unwrap();
        for cut in (last + 2..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let cut_off = read(&exercise, "abc", &text[..cut]);
            assert_eq!(cut_off, Err(RowsError::Cut(7)));
        }
        let (short, _) = text.rsplit_once(',').unwrap();
        assert_eq!(
            read(&exercise, "abc", &format!("{short}\n")),
            Err(RowsError::Cell(7, width))
        );
        for other in ["", "hello", "[{\"run\": 1}]"] {
            assert_eq!(read(&exercise, "abc", other), Err(RowsError::NoRows));
        }
        let other = text.replacen("ended_ms,", "ended,", 1);
        assert_eq!(read(&exercise, "abc", &other), Err(RowsError::OtherColumns));
    }
}
