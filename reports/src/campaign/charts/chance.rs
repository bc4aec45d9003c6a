//! The chance that a phase is complete by a time: a curve per phase, in a panel of its own.

use super::scale::Scale;
use super::{BLUE, Canvas, FAINT, GRID, INK, RUST, WIDTH, picture};
use crate::campaign::Campaign;
use crate::campaign::figure::percent;
use crate::words::{self, duration};
use hotwash_engine::campaign::statistics::NEVER;
use hotwash_engine::campaign::{PhaseSummary, Tally};
use hotwash_engine::exercise::Span;
use plotters::style::text_anchor::HPos;

const PANEL: (i32, i32) = (400, 228);
const TOP: i32 = 64;

/// The share of runs in which each phase was complete by a time, with its target.
pub fn chances(campaign: &Campaign<'_>, tally: &Tally) -> String {
    let phases = &campaign.summary.phases;
    let shown: Vec<&PhaseSummary> = phases.iter().filter(|of| of.applies.hits > 0).collect();
    let rows = (shown.len() as i32 + 1) / 2;
    let title = format!(
        "{}: chance to be complete by a time",
        words::title(campaign.exercise)
    );
    picture(TOP + rows * PANEL.1 + 10, &title, |canvas| {
        canvas.title(
            &title,
            "share of runs in which a phase was complete so long after its target began to count; dashed: its \
             most frequent target",
        );
        for (i, of) in shown.iter().enumerate() {
            let corner = (
                10 + (i as i32 % 2) * PANEL.0,
                TOP + (i as i32 / 2) * PANEL.1,
            );
            panel(canvas, corner, of, &tally.times(of.phase));
        }
    })
}

fn panel(canvas: &Canvas<'_>, (x, y): (i32, i32), of: &PhaseSummary, times: &[Span]) {
    let (left, right) = (x + 48, (x + PANEL.0 - 16).min(WIDTH - 16));
    let (top, bottom) = (y + 30, y + PANEL.1 - 52);
    let scale = Scale::of(times.iter().copied().chain(of.target), left, right);
    scale.draw(canvas, top, bottom);
    scale.name(canvas, bottom);
    let height = |share: i32| bottom - (bottom - top) * share / 100;
    for share in [0, 50, 100] {
        canvas.line(vec![(left, height(share)), (right, height(share))], GRID, 1);
        canvas.text(
            &format!("{share} %"),
            (left - 6, height(share)),
            (11, FAINT),
            HPos::Right,
        );
    }
    let target = of.target.map_or_else(String::new, |target| {
        let (met, target) = (percent(of.in_time), duration(target));
        format!(": {met} in time ({target})")
    });
    let never = of.against_target.not_reached;
    let never = if never.hits > 0 {
        format!(", {} never", percent(never))
    } else {
        String::new()
    };
    canvas.text(
        &format!("{}{target}{never}", of.phase),
        (left, y + 14),
        (13, INK),
        HPos::Left,
    );
    if let Some(target) = of.target {
        let x = scale.x(target);
        canvas.dashes(x, top, bottom, RUST);
        let (x, side) = if x > right - 50 {
            (x - 5, HPos::Right)
        } else {
            (x + 5, HPos::Left)
        };
        canvas.text("target", (x, bottom - 10), (10, RUST), side);
    }
    canvas.line(
        curve(
            &scale,
            times,
            |part| bottom - (f64::from(bottom - top) * part).round() as i32,
            (left, right),
        ),
        BLUE,
        2,
    );
}

/// The corners of the curve: for each column in which it rises, from where to where.
fn curve(
    scale: &Scale,
    times: &[Span],
    y: impl Fn(f64) -> i32,
    (left, right): (i32, i32),
) -> Vec<(i32, i32)> {
    let n = f64::from(times.len().max(1) as u32);
    let mut points = vec![(left, y(0.0))];
    let mut height = y(0.0);
    for (i, time) in times.iter().enumerate() {
        let now = y(f64::from(i as u32 + 1) / n);
        if *time == NEVER || now == height {
            continue;
        }
        let x = scale.x(*time);
        points.extend([(x, height), (x, now)]);
        height = now;
    }
    points.push((right, height));
    points
}
