//! How long each phase took: a box and a line per phase.

use super::scale::Scale;
use super::{BLUE, Canvas, FAINT, INK, PALE, RUST, WIDTH, picture};
use crate::campaign::Campaign;
use crate::campaign::figure::percent;
use crate::words::{self, duration};
use hotwash_engine::campaign::statistics::NEVER;
use hotwash_engine::campaign::{PhaseSummary, Quantiles};
use hotwash_engine::exercise::Span;
use plotters::style::text_anchor::HPos;

const ROW: i32 = 46;
const TOP: i32 = 84;
/// Where the shares of runs end.
const IN_TIME: i32 = WIDTH - 100;
const NEVER_COMPLETE: i32 = WIDTH - 20;

/// The times of the phases: the line holds eight runs in ten, the box half of them, the bar is the
/// median, the diamond the target.
pub fn distribution(campaign: &Campaign<'_>) -> String {
    let phases = &campaign.summary.phases;
    let shown: Vec<(&PhaseSummary, Quantiles<Span>)> = phases
        .iter()
        .filter(|of| of.applies.hits > 0)
        .filter_map(|of| Some((of, of.against_target.quantiles?)))
        .collect();
    let times = shown.iter().flat_map(|(of, q)| {
        let all = [q.p10, q.p25, q.p50, q.p75, q.p90].map(|it| it.value);
        all.into_iter().chain(of.target)
    });
    let scale = Scale::of(times, 150, WIDTH - 190);
    let bottom = TOP + ROW * shown.len() as i32;
    let title = format!(
        "{}: time until each phase was complete",
        words::title(campaign.exercise)
    );
    picture(bottom + 50, &title, |canvas| {
        canvas.title(
            &title,
            "line: eight runs in ten; box: half of them; bar: median; diamond: target; \
             times count from where it does",
        );
        for (head, x) in [("in time", IN_TIME), ("never", NEVER_COMPLETE)] {
            canvas.text(head, (x, TOP - 14), (11, FAINT), HPos::Right);
        }
        scale.draw(canvas, TOP - 6, bottom);
        scale.name(canvas, bottom);
        for (i, (of, q)) in shown.iter().enumerate() {
            let y = TOP + ROW * i as i32 + ROW / 2;
            canvas.text(of.phase.name(), (138, y), (13, INK), HPos::Right);
            row(canvas, &scale, y, q);
            if let Some(target) = of.target {
                let x = scale.x(target);
                diamond(canvas, (x, y));
                canvas.text(&duration(target), (x, y - 17), (10, RUST), HPos::Center);
            }
            for (chance, x) in [
                (of.in_time, IN_TIME),
                (of.against_target.not_reached, NEVER_COMPLETE),
            ] {
                canvas.text(&percent(chance), (x, y), (12, INK), HPos::Right);
            }
        }
    })
}

fn row(canvas: &Canvas<'_>, scale: &Scale, y: i32, q: &Quantiles<Span>) {
    let [p10, p25, p50, p75, p90] =
        [q.p10, q.p25, q.p50, q.p75, q.p90].map(|it| (scale.x(it.value), it.value));
    canvas.line(vec![(p10.0, y), (p90.0, y)], BLUE, 2);
    // What goes on beyond the picture has an arrow's head instead of an end.
    let end = if p90.1 == NEVER {
        vec![(p90.0 - 7, y - 5), (p90.0, y), (p90.0 - 7, y + 5)]
    } else {
        vec![(p90.0, y - 5), (p90.0, y + 5)]
    };
    canvas.line(end, BLUE, 2);
    canvas.line(vec![(p10.0, y - 5), (p10.0, y + 5)], BLUE, 2);
    canvas.bar((p25.0, y - 10), (p75.0, y + 10), PALE);
    if p50.1 != NEVER {
        canvas.line(vec![(p50.0, y - 10), (p50.0, y + 10)], BLUE, 3);
    }
}

fn diamond(canvas: &Canvas<'_>, (x, y): (i32, i32)) {
    let corners = vec![(x, y - 8), (x + 7, y), (x, y + 8), (x - 7, y), (x, y - 8)];
    canvas.line(corners, RUST, 2);
}
