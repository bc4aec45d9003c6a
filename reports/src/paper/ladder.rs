//! The time to each phase beside its target, as a picture: the data, and where each thing lies.
//!
//! Time lies on a scale on which each step is several times the last, so that minutes and weeks fit one page.

use hotwash_engine::exercise::{Phase, Span};
use serde::Serialize;

/// The time to each phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// A step for each phase, in order.
    pub steps: Vec<Step>,
}

/// The time to a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub phase: Phase,
    /// How long it took from its own start; `None`: it was not reached, or has no time.
    pub taken: Option<Span>,
    /// How long it may take.
    pub target: Option<Span>,
    /// What is said where there is no time, or beside it.
    pub says: String,
    /// The entry that ended it.
    pub entry: Option<u32>,
}

/// Where the scale begins and ends in the picture.
const PLOT: (f64, f64) = (130.0, 570.0);
/// The height of a step.
const ROW: i32 = 30;
/// The height of the scale above them.
const HEAD: i32 = 28;

/// A picture with the place of each thing in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Placed {
    height: i32,
    grid: Vec<Mark>,
    rows: Vec<Row>,
    /// The same in words.
    twin: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Mark {
    x: String,
    label: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Row {
    y: i32,
    letter: char,
    name: &'static str,
    taken: Option<String>,
    target: Option<String>,
    late: bool,
    time: String,
    says: String,
}

const GRID: [(Span, &str); 7] = [
    (Span::minutes(1), "1 min"),
    (Span::minutes(15), "15 min"),
    (Span::HOUR, "1 h"),
    (Span::hours(4), "4 h"),
    (Span::DAY, "1 d"),
    (Span::days(7), "7 d"),
    (Span::days(30), "30 d"),
];

impl Placed {
    /// What the picture says, in words.
    pub(super) fn twin(&self) -> &str {
        &self.twin
    }
}

impl Ladder {
    /// Where each thing lies.
    pub(super) fn placed(&self) -> Placed {
        let spans = self.steps.iter().flat_map(|step| [step.taken, step.target]);
        let spans: Vec<Span> = spans.flatten().filter(|span| *span > Span::ZERO).collect();
        let least = spans.iter().min().copied().unwrap_or(Span::minutes(15));
        let most = spans.iter().max().copied().unwrap_or(Span::DAY);
        let scale = Scale::over(least, most);
        let rows = self.steps.iter().enumerate();
        let grid = GRID.iter().filter(|(span, _)| scale.holds(*span));
        let twin: Vec<String> = self.steps.iter().map(Step::words).collect();
        Placed {
            height: HEAD + ROW * self.steps.len() as i32,
            grid: grid
                .map(|(span, label)| Mark {
                    x: scale.place(*span),
                    label,
                })
                .collect(),
            rows: rows
                .map(|(i, step)| step.placed(i as i32, &scale))
                .collect(),
            twin: twin.join(" "),
        }
    }
}

impl Step {
    fn is_late(&self) -> bool {
        matches!((self.taken, self.target), (Some(taken), Some(target)) if taken > target)
    }

    fn words(&self) -> String {
        let took = self.taken.map(crate::words::duration);
        let target = self.target.map(crate::words::duration);
        let said = match (took, target) {
            (Some(took), Some(target)) => format!("{took}, target {target}, {}", self.says),
            (Some(took), None) => format!("{took}, {}", self.says),
            (None, Some(target)) => format!("{}, target {target}", self.says),
            (None, None) => self.says.clone(),
        };
        format!("{}: {said}.", self.phase.name())
    }

    fn placed(&self, row: i32, scale: &Scale) -> Row {
        Row {
            y: HEAD + ROW * row + ROW / 2,
            letter: crate::words::phase_sign(self.phase),
            name: self.phase.name(),
            taken: self.taken.map(|span| scale.place(span)),
            target: self.target.map(|span| scale.place(span)),
            late: self.is_late(),
            time: self.taken.map(crate::words::duration).unwrap_or_default(),
            says: self.says.clone(),
        }
    }
}

/// A scale on which equal factors lie equally far apart.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale that holds both, with a little room at its ends.
    fn over(least: Span, most: Span) -> Self {
        Self {
            from: log(least) - 0.15,
            to: log(most) + 0.15,
        }
    }

    fn holds(&self, span: Span) -> bool {
        (self.from..=self.to).contains(&log(span))
    }

    /// The place of a time: no time at all lies at the beginning.
    fn place(&self, span: Span) -> String {
        let share = (log(span) - self.from) / (self.to - self.from);
        let x = PLOT.0 + share.clamp(0.0, 1.0) * (PLOT.1 - PLOT.0);
        format!("{x:.1}")
    }
}

fn log(span: Span) -> f64 {
    libm::log10(span.0.max(1_000) as f64)
}
