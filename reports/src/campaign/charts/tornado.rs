//! What single changes do to the score, the greatest effect on top.

use super::{BLUE, Canvas, FAINT, GRID, INK, RUST, WIDTH, cut, picture};
use crate::campaign::figure;
use crate::words;
use crate::words::change;
use hotwash_engine::campaign::WhatIf;
use hotwash_engine::campaign::statistics::Interval;
use hotwash_engine::exercise::Exercise;
use plotters::style::text_anchor::HPos;

const ROW: i32 = 30;
const TOP: i32 = 72;
const LEFT: i32 = 330;

/// The changes that matter most: to the left of the middle the score falls, to the right it rises.
pub fn tornado(exercise: &Exercise, of: &WhatIf) -> String {
    let bars: Vec<(String, f64, f64, f64)> = of
        .confirmed
        .iter()
        .filter_map(|it| {
            let mean = it.mean?;
            let (low, high) = mean
                .interval
                .map_or((mean.value, mean.value), |of| (of.low, of.high));
            Some((
                change(exercise, it.change),
                mean.value / 100.0,
                low / 100.0,
                high / 100.0,
            ))
        })
        .collect();
    let most = bars
        .iter()
        .flat_map(|(_, _, low, high)| [low.abs(), high.abs()]);
    let most = most.fold(1.0, f64::max);
    let (middle, half) = ((LEFT + WIDTH - 60) / 2, f64::from((WIDTH - 60 - LEFT) / 2));
    let x = |points: f64| middle + (points / most * half).round() as i32;
    let bottom = TOP + ROW * bars.len() as i32;
    let title = format!("{}: what matters most", words::title(exercise));
    picture(bottom + 48, &title, |canvas| {
        canvas.title(
            &title,
            "what single changes do to how well a run is carried out; whiskers hold together in 95 of 100 such \
             searches",
        );
        axis(canvas, most, &x, bottom);
        for (i, (name, value, low, high)) in bars.iter().enumerate() {
            let y = TOP + ROW * i as i32 + ROW / 2;
            let colour = if *value < 0.0 { RUST } else { BLUE };
            canvas.text(&cut(name, 48), (LEFT - 12, y), (12, INK), HPos::Right);
            canvas.bar(
                (middle.min(x(*value)), y - 8),
                (middle.max(x(*value)), y + 8),
                colour,
            );
            canvas.line(vec![(x(*low), y), (x(*high), y)], INK, 1);
            for end in [low, high] {
                canvas.line(vec![(x(*end), y - 4), (x(*end), y + 4)], INK, 1);
            }
            canvas.text(
                &said(*value, (*low, *high)),
                (WIDTH - 14, y),
                (12, INK),
                HPos::Right,
            );
        }
        canvas.line(vec![(middle, TOP - 6), (middle, bottom)], INK, 1);
    })
}

/// The axis in points, up to the greatest effect on either side.
fn axis(canvas: &Canvas<'_>, most: f64, x: &impl Fn(f64) -> i32, bottom: i32) {
    let named = "points of what is carried out, on average over runs";
    canvas.text(named, (x(0.0), bottom + 30), (11, FAINT), HPos::Center);
    let step = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
    let step = step
        .into_iter()
        .find(|step| most / step <= 4.0)
        .unwrap_or(50.0);
    for i in -4..=4 {
        let mark = if i == 0 { 0.0 } else { f64::from(i) * step };
        if mark.abs() <= most {
            canvas.line(vec![(x(mark), TOP - 6), (x(mark), bottom)], GRID, 1);
            canvas.text(
                &mark_of(mark),
                (x(mark), bottom + 12),
                (11, FAINT),
                HPos::Center,
            );
        }
    }
}

/// A change to the digit that its interval leaves.
fn said(value: f64, (low, high): (f64, f64)) -> String {
    let said = figure::change(value, Some(Interval { low, high }));
    said.split(' ').next().unwrap_or_default().to_owned()
}

/// A mark of the axis, with its sign.
fn mark_of(points: f64) -> String {
    match points.total_cmp(&0.0) {
        std::cmp::Ordering::Equal => "0".to_owned(),
        _ => format!("{points:+}"),
    }
}
