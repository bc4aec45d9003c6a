//! A logarithmic axis of time.

use super::{Canvas, FAINT, GRID};
use crate::words::duration;
use hotwash_engine::campaign::statistics::NEVER;
use hotwash_engine::exercise::Span;
use plotters::style::text_anchor::HPos;

/// Where the axis may have a mark.
const MARKS: [Span; 16] = [
    Span::MINUTE,
    Span::minutes(2),
    Span::minutes(5),
    Span::minutes(15),
    Span::minutes(30),
    Span::HOUR,
    Span::hours(2),
    Span::hours(4),
    Span::hours(12),
    Span::DAY,
    Span::days(2),
    Span::days(4),
    Span::days(7),
    Span::days(14),
    Span::days(30),
    Span::days(90),
];

/// From times to columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    left: i32,
    right: i32,
}

#[expect(clippy::cast_precision_loss, reason = "a pixel is far coarser")]
fn log(span: Span) -> f64 {
    (span.0.max(1) as f64).ln()
}

impl Scale {
    /// An axis that holds these times, between two columns.
    pub(super) fn of(times: impl Iterator<Item = Span>, left: i32, right: i32) -> Self {
        let known = times.filter(|time| *time != NEVER && time.0 > 0);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for time in known {
            low = low.min(log(time));
            high = high.max(log(time));
        }
        if !low.is_finite() {
            (low, high) = (log(Span::MINUTE), log(Span::DAY));
        }
        let room = 0.04 * (high - low).max(1.0);
        Self {
            low: low - room,
            high: high + room,
            left,
            right,
        }
    }

    /// The column of a time; what was not reached lies at the right end.
    pub(super) fn x(&self, time: Span) -> i32 {
        let part = (log(time) - self.low) / (self.high - self.low);
        self.left + (part.clamp(0.0, 1.0) * f64::from(self.right - self.left)).round() as i32
    }

    /// Says below the marks what the axis is.
    pub(super) fn name(&self, canvas: &Canvas<'_>, bottom: i32) {
        let at = (i32::midpoint(self.left, self.right), bottom + 30);
        canvas.text("time (logarithmic)", at, (11, FAINT), HPos::Center);
    }

    /// Draws the marks between two rows, named below where they have room.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, top: i32, bottom: i32) {
        let mut free = self.left - 20;
        for mark in MARKS {
            if !(self.low..=self.high).contains(&log(mark)) {
                continue;
            }
            let x = self.x(mark);
            canvas.line(vec![(x, top), (x, bottom)], GRID, 1);
            if x - 18 >= free {
                canvas.text(&duration(mark), (x, bottom + 12), (11, FAINT), HPos::Center);
                free = x + 24;
            }
        }
    }
}
