//! From lines to rows.

use super::write::header;
use super::{CATEGORIES, ENDS, HOURS, RATINGS, VERDICTS, of_word};
use hotwash_engine::campaign::{
    ClockRow, Hours, ImpactRow, MadeOf, PersonLoad, PhaseRow, RoleLoad, Row, ScoreRow, TaskLoad,
};
use hotwash_engine::evaluation::{Beside, GateReason};
use hotwash_engine::exercise::{
    BasisPoints, Exercise, ExerciseTime, Identified, IncidentId, Money, ObjectiveId, ObligationId,
    Phase, RoleId, Span,
};
use std::fmt;
use std::str::FromStr;

/// Why a file of rows cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsError {
    /// The first line is not that of any file of rows.
    NoRows,
    /// The first line names other columns than the exercise has.
    OtherColumns,
    /// A row is of another exercise, with the line.
    OtherExercise(usize),
    /// A row is of another seed or start than the one before it, with the line.
    OtherSeed(usize),
    /// A row does not end in a line feed, with the line: the file was cut off in it.
    Cut(usize),
    /// A cell cannot be read, with the line and the column, both from 1.
    Cell(usize, usize),
}

impl fmt::Display for RowsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRows => f.write_str("it is no file of rows"),
            Self::OtherColumns => f.write_str("its columns are not those of this exercise"),
            Self::OtherExercise(line) => write!(f, "line {line} is of another exercise"),
            Self::OtherSeed(line) => {
                write!(
                    f,
                    "line {line} has another seed or start than the lines before"
                )
            }
            Self::Cut(line) => write!(f, "it was cut off in line {line}"),
            Self::Cell(line, column) => {
                write!(f, "line {line}, column {column} cannot be read")
            }
        }
    }
}

impl std::error::Error for RowsError {}

/// With what the header of every file of rows begins.
const FIRST_COLUMNS: &str = "exercise,start,seed,run,";

/// Whether a line names the columns of rows.
pub fn is_header(line: &str) -> bool {
    line.starts_with(FIRST_COLUMNS)
}

/// Reads the rows of one exercise, a line after another, so that no file has to be held as a whole.
#[derive(Debug)]
pub struct Reading<'e> {
    exercise: &'e Exercise,
    hash: &'e str,
    of: Option<(u64, Hours)>,
    begun: bool,
}

impl<'e> Reading<'e> {
    /// Of an exercise with this hash.
    pub const fn new(exercise: &'e Exercise, hash: &'e str) -> Self {
        Self {
            exercise,
            hash,
            of: None,
            begun: false,
        }
    }

    /// The seed and the start of all rows; `None` where there were no rows.
    pub const fn of(&self) -> Option<(u64, Hours)> {
        self.of
    }

    /// Whether there was a line with the names of the columns, which is the first.
    pub const fn has_begun(&self) -> bool {
        self.begun
    }

    /// Takes a line with its line feed and its number in the file, from 1. The first names the columns, and is
    /// no row.
    ///
    /// # Errors
    ///
    /// If the line is of another exercise, of another seed or start than those before it, or damaged.
    pub fn take(&mut self, number: usize, text: &str) -> Result<Option<Row>, RowsError> {
        if !self.begun {
            if !is_header(text) {
                return Err(RowsError::NoRows);
            }
            if text.trim_end() != header(self.exercise).trim_end() {
                return Err(RowsError::OtherColumns);
            }
            self.begun = true;
            return Ok(None);
        }
        // Digits at the end may be missing of what still reads as a number.
        let text = text.strip_suffix('\n').ok_or(RowsError::Cut(number))?;
        let text = text.strip_suffix('\r').unwrap_or(text);
        let mut cells = Cells::new(text, number);
        if cells.next()? != self.hash {
            return Err(RowsError::OtherExercise(number));
        }
        let hours = cells.word(&HOURS)?;
        let of = (cells.number()?, hours);
        if *self.of.get_or_insert(of) != of {
            return Err(RowsError::OtherSeed(number));
        }
        let row = row(self.exercise, &mut cells)?;
        cells.end()?;
        Ok(Some(row))
    }
}

struct Cells<'t> {
    rest: std::str::Split<'t, char>,
    line: usize,
    column: usize,
}

impl<'t> Cells<'t> {
    fn new(text: &'t str, line: usize) -> Self {
        Self {
            rest: text.split(','),
            line,
            column: 0,
        }
    }

    const fn wrong(&self) -> RowsError {
        RowsError::Cell(self.line, self.column)
    }

    fn next(&mut self) -> Result<&'t str, RowsError> {
        self.column += 1;
        self.rest.next().ok_or_else(|| self.wrong())
    }

    fn number<T: FromStr>(&mut self) -> Result<T, RowsError> {
        self.next()?.parse().map_err(|_| self.wrong())
    }

    fn or_none<T: FromStr>(&mut self) -> Result<Option<T>, RowsError> {
        match self.next()? {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong()),
        }
    }

    fn word<T: Copy>(&mut self, words: &[(T, &'static str)]) -> Result<T, RowsError> {
        of_word(words, self.next()?).ok_or_else(|| self.wrong())
    }

    fn at(&mut self) -> Result<Option<ExerciseTime>, RowsError> {
        Ok(self.or_none()?.map(ExerciseTime))
    }

    fn span(&mut self) -> Result<Span, RowsError> {
        Ok(Span(self.number()?))
    }

    fn points(&mut self) -> Result<Option<BasisPoints>, RowsError> {
        let points: Option<u16> = self.or_none()?;
        if points.is_some_and(|points| points > BasisPoints::ONE.0) {
            return Err(self.wrong());
        }
        Ok(points.map(BasisPoints))
    }

    fn flag(&mut self) -> Result<Option<bool>, RowsError> {
        match self.next()? {
            "" => Ok(None),
            "0" => Ok(Some(false)),
            "1" => Ok(Some(true)),
            _ => Err(self.wrong()),
        }
    }

    fn end(&mut self) -> Result<(), RowsError> {
        self.column += 1;
        self.rest.next().map_or(Ok(()), |_| Err(self.wrong()))
    }
}

/// The score, and because of what it was not passed. That it was passed follows from these.
fn read_score(
    exercise: &Exercise,
    cells: &mut Cells<'_>,
) -> Result<(Option<ScoreRow>, Vec<GateReason>), RowsError> {
    let passed = cells.flag()?;
    let points = cells.points()?.zip(cells.points()?);
    let partial = cells.flag()?;
    let gates = read_gates(exercise, cells)?;
    let by_default = read_beside(cells)?;
    if by_default.is_some() && points.is_none() {
        return Err(cells.wrong());
    }
    let score = points
        .zip(partial)
        .map(|((carried_out, score), partial)| ScoreRow {
            gated: !gates.is_empty(),
            partial,
            carried_out,
            score,
            by_default,
        });
    if passed != score.map(|score| score.is_passed()) {
        return Err(cells.wrong());
    }
    Ok((score, gates))
}

/// What the default yardstick makes of it: all of that, or nothing.
fn read_beside(cells: &mut Cells<'_>) -> Result<Option<Beside>, RowsError> {
    match (cells.flag()?, cells.points()?, cells.points()?) {
        (None, None, None) => Ok(None),
        (Some(passed), Some(carried_out), Some(score)) => Ok(Some(Beside {
            passed,
            carried_out,
            score,
        })),
        _ => Err(cells.wrong()),
    }
}

fn row(exercise: &Exercise, cells: &mut Cells<'_>) -> Result<Row, RowsError> {
    let run = cells.number()?;
    let end = cells.word(&ENDS)?;
    let ended_at = ExerciseTime(cells.number()?);
    let (score, gates) = read_score(exercise, cells)?;
    let to_declare = cells.or_none()?.map(Span);
    let (contained, to_contain) = (cells.flag()?, cells.or_none()?.map(Span));
    let mut phases = [PhaseRow::default(); 6];
    let mut made_of = Vec::new();
    for (phase, of) in Phase::ALL.iter().zip(&mut phases) {
        *of = read_phase(cells)?;
        read_made_of(exercise, cells, *phase, &mut made_of)?;
    }
    let organisation = exercise.organisation();
    let ratings = many(exercise.scenario().objectives.len(), || {
        cells.word(&RATINGS)
    })?;
    Ok(Row {
        run,
        end,
        ended_at,
        score,
        gates,
        ratings,
        phases,
        to_declare,
        contained,
        to_contain,
        clocks: clocks(exercise, cells)?,
        made_of,
        roles: many(organisation.roles.len(), || {
            Ok(RoleLoad {
                laden: cells.span()?,
                busy: cells.span()?,
                waited: cells.span()?,
                queue: cells.number()?,
            })
        })?,
        people: many(organisation.people.len(), || {
            Ok(PersonLoad {
                working: cells.span()?,
                reading: cells.span()?,
                inbox: cells.number()?,
            })
        })?,
        tasks: many(exercise.plan().tasks.len(), || {
            Ok(TaskLoad {
                ready: cells.number()?,
                started: cells.number()?,
                waited: cells.span()?,
                approval: cells.span()?,
                worked: cells.span()?,
            })
        })?,
        impact: ImpactRow {
            outage: cells.span()?,
            loss: Money(cells.number()?),
            records: cells.number()?,
            assets: cells.number()?,
            harms: cells.number()?,
            data_lost: cells.span()?,
        },
    })
}

fn many<T>(n: usize, mut one: impl FnMut() -> Result<T, RowsError>) -> Result<Vec<T>, RowsError> {
    (0..n).map(|_| one()).collect()
}

/// Why it was not passed: see the line that is written.
fn read_gates(exercise: &Exercise, cells: &mut Cells<'_>) -> Result<Vec<GateReason>, RowsError> {
    let text = cells.next()?;
    let names = exercise.names();
    let gate = |text: &str| {
        if let Some(objective) = text.strip_prefix("objective/") {
            return Some(GateReason::Objective(ObjectiveId::find(names, objective)?));
        }
        if let Some(incident) = text.strip_prefix("own-harm/") {
            return Some(GateReason::OwnHarm(IncidentId::find(names, incident)?));
        }
        let (duty, verdict) = text.strip_prefix("duty/")?.split_once('=')?;
        let (duty, incident) = duty.split_once('@')?;
        Some(GateReason::Obligation(
            ObligationId::find(names, duty)?,
            IncidentId::find(names, incident)?,
            of_word(&VERDICTS, verdict)?,
        ))
    };
    let texts = text.split(';').filter(|text| !text.is_empty());
    let read = |text| gate(text).ok_or_else(|| cells.wrong());
    texts.map(read).collect()
}

fn read_phase(cells: &mut Cells<'_>) -> Result<PhaseRow, RowsError> {
    Ok(PhaseRow {
        applies: cells.flag()?.ok_or_else(|| cells.wrong())?,
        origin: cells.at()?,
        reached: cells.at()?,
        completed: cells.at()?,
        target: cells.or_none()?.map(Span),
        against_target: cells.or_none()?.map(Span),
        in_time: cells.flag()?,
        own_kept: cells.flag()?,
        score: cells.points()?,
        parts: [cells.points()?, cells.points()?, cells.points()?],
    })
}

fn read_made_of(
    exercise: &Exercise,
    cells: &mut Cells<'_>,
    phase: Phase,
    into: &mut Vec<MadeOf>,
) -> Result<(), RowsError> {
    let text = cells.next()?;
    for part in text.split(';').filter(|part| !part.is_empty()) {
        let read = || {
            let (what, span) = part.split_once('=')?;
            let (category, role) = what.split_once('/')?;
            let role = match role {
                "" => None,
                slug => Some(RoleId::find(exercise.names(), slug)?),
            };
            Some(MadeOf {
                phase,
                category: of_word(&CATEGORIES, category)?,
                role,
                span: Span(span.parse().ok()?),
            })
        };
        into.push(read().ok_or_else(|| cells.wrong())?);
    }
    Ok(())
}

fn clocks(exercise: &Exercise, cells: &mut Cells<'_>) -> Result<Vec<ClockRow>, RowsError> {
    let duties = exercise.plan().obligations.len();
    let mut clocks = Vec::new();
    for incident in 0..exercise.scenario().incidents.len() {
        for obligation in 0..duties {
            clocks.push(ClockRow {
                obligation: ObligationId::new(obligation),
                incident: IncidentId::new(incident),
                verdict: cells.word(&VERDICTS)?,
                due: cells.at()?,
                met: cells.at()?,
            });
        }
    }
    Ok(clocks)
}
