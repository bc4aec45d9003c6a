//! Ladders and bars on a screen.

use super::Screen;
use super::line::{columns, fit, pad, pad_left};
use crate::document::{Bar, Bars, Ladder, Rung, Text, Tone};
use crate::words::{duration, percent, score};
use hotwash_engine::exercise::{BasisPoints, Span};

/// The longest duration in words: `23 h 59 min`; also the longest status: `not in plan`, `not reached`.
const TIME: usize = 11;
/// What a figure of 100 takes, with its title.
const SCORE: usize = 6;
/// The least that a bar takes: three signs that frame it and mark the target, and two columns for each third.
const LEAST_BAR: usize = 9;

/// How the columns of a ladder are laid out: the name, from when its time counts, the time, its target, a bar, and
/// what it is worth. Where there is little room the bar goes first, then the target, then the start.
struct Layout {
    name: usize,
    from: usize,
    target: usize,
    /// Columns from 0 to the target, and for each doubling after it.
    step: usize,
}

impl Layout {
    fn of(screen: &Screen, ladder: &Ladder) -> Self {
        let widest = |of: &dyn Fn(&Rung) -> String| {
            let all = ladder
                .rungs
                .iter()
                .map(|rung| columns(&screen.word(&of(rung))));
            all.max().unwrap_or(0)
        };
        let mut layout = Self {
            name: widest(&|rung| rung.name.clone()).clamp(4, 18),
            from: widest(&|rung| rung.from.clone().unwrap_or_default()).max(4),
            target: widest(&|rung| rung.target.map_or_else(String::new, duration)).max(6),
            step: 0,
        };
        let room = |layout: &Self| screen.width.saturating_sub(layout.lead() + SCORE);
        if layout.lead() + SCORE > screen.width {
            layout.target = 0;
        }
        if layout.lead() + SCORE > screen.width {
            layout.from = 0;
        }
        let instead = widest(&|rung| rung.instead.clone());
        if layout.target > 0 && room(&layout) >= LEAST_BAR.max(instead) {
            layout.step = ((room(&layout) - 3) / 3).min(14);
        }
        layout
    }

    /// The columns before the bar.
    fn lead(&self) -> usize {
        let shown = |width: usize| if width == 0 { 0 } else { width + 2 };
        2 + self.name + 2 + shown(self.from) + TIME + 2 + shown(self.target)
    }

    /// The columns of the whole bar: to the target, and two doublings.
    const fn bar(&self) -> usize {
        if self.step == 0 { 0 } else { 3 + 3 * self.step }
    }
}

/// Draws the rungs under one another, each a bar against its own target.
pub(super) fn draw(screen: &mut Screen, ladder: &Ladder) {
    let layout = Layout::of(screen, ladder);
    let titles = titles(&layout);
    screen.lines.push(Text::toned(titles, Tone::Faint));
    for rung in &ladder.rungs {
        let line = draw_rung(screen, &layout, rung);
        screen.lines.push(line);
        if layout.step == 0 && !rung.instead.is_empty() {
            let said = Text::toned(screen.word(&rung.instead), Tone::Faint);
            screen.paragraph(4, &said);
        }
    }
}

/// What the columns are, with the marks of the bar.
fn titles(layout: &Layout) -> String {
    let mut marks: Vec<char> = vec![' '; layout.bar()];
    let mut put = |at: usize, word: &str| {
        for (i, c) in word.chars().enumerate() {
            if let Some(place) = marks.get_mut(at + i) {
                *place = c;
            }
        }
    };
    if layout.step > 0 {
        put(0, "0");
        let word = if layout.step >= 4 { "target" } else { "x" };
        put((layout.step + 1).saturating_sub(word.len() / 2), word);
        if layout.step >= 6 {
            put(2 * layout.step + 1, "2x");
        }
        put(layout.bar() - 2, "4x");
    }
    let mut text = format!("  {}  ", pad("", layout.name, true));
    if layout.from > 0 {
        text += &format!("{}  ", pad("from", layout.from, true));
    }
    text += &format!("{}  ", pad_left("took", TIME));
    if layout.target > 0 {
        text += &format!("{}  ", pad_left("target", layout.target));
    }
    text.extend(marks);
    text + &pad_left("score", SCORE)
}

fn draw_rung(screen: &Screen, layout: &Layout, rung: &Rung) -> Text {
    let ascii = screen.is_ascii();
    let name = pad(&screen.word(&rung.name), layout.name, ascii);
    let mut line = Text::plain(format!("  {name}  "));
    if layout.from > 0 {
        let from = screen.word(rung.from.as_deref().unwrap_or("-"));
        line = line.and(format!("{}  ", pad(&from, layout.from, ascii)));
    }
    line = match rung.taken {
        Some(taken) => line.and(pad_left(&duration(taken), TIME)),
        None => line.and_toned(pad_left(&rung.status, TIME), rung.tone),
    };
    line = line.and("  ");
    if layout.target > 0 {
        let target = rung.target.map_or_else(|| "none".to_owned(), duration);
        line = line.and(format!("{}  ", pad_left(&target, layout.target)));
    }
    if layout.step > 0 {
        line = line.and(match (rung.taken, rung.target) {
            (Some(taken), Some(target)) if target.0 > 0 => bar(layout, taken, target, ascii),
            _ => Text::toned(
                pad(&screen.word(&rung.instead), layout.bar(), ascii),
                Tone::Faint,
            ),
        });
    }
    let figure = |points: Option<BasisPoints>| points.map_or_else(|| "-".to_owned(), score);
    let tone = rung.score.map_or(Tone::Faint, crate::compose::score_tone);
    line.and_toned(pad_left(&figure(rung.score), SCORE), tone)
}

/// A bar on which the target stands at a third, and each doubling after it takes another third: the
/// scale on which time is scored.
fn bar(layout: &Layout, taken: Span, target: Span, ascii: bool) -> Text {
    let (full, frame) = if ascii {
        ('#', '|')
    } else {
        ('\u{2588}', '\u{2502}')
    };
    let filled = filled(layout.step, taken, target);
    let signs = |from: usize, until: usize| -> String {
        let place = |i: usize| if i < filled { full } else { ' ' };
        (from..until).map(place).collect()
    };
    let tone = if taken <= target {
        Tone::Good
    } else {
        Tone::Bad
    };
    Text::plain(frame.to_string())
        .and_toned(signs(0, layout.step), tone)
        .and(frame.to_string())
        .and_toned(signs(layout.step, 3 * layout.step), tone)
        .and(frame.to_string())
}

/// How many columns of a bar a time fills: at least one, the more exact figure stands beside it.
fn filled(step: usize, taken: Span, target: Span) -> usize {
    if taken.0 <= 0 {
        return 0;
    }
    let (step_i, taken, target) = (step as i128, i128::from(taken.0), i128::from(target.0));
    let (whole, part) = if taken <= target {
        (0, (taken * step_i + target / 2) / target)
    } else if taken <= 2 * target {
        (step, ((taken - target) * step_i + target / 2) / target)
    } else {
        (
            2 * step,
            ((taken - 2 * target) * step_i + target) / (2 * target),
        )
    };
    let filled = whole + usize::try_from(part).unwrap_or(usize::MAX / 2);
    let over = usize::from(taken > target);
    filled.clamp((step * over + over).max(1), 3 * step)
}

/// Draws the parts of a whole under one another.
pub(super) fn bars(screen: &mut Screen, bars: &Bars) {
    let ascii = screen.is_ascii();
    screen.paragraph(2, &Text::plain(bars.caption.clone()));
    let widest = |of: &dyn Fn(&Bar) -> String| {
        bars.bars
            .iter()
            .map(|bar| columns(&of(bar)))
            .max()
            .unwrap_or(0)
    };
    let name = widest(&|bar| bar.name.clone());
    let share = widest(&|bar| percent(bar.share));
    let time = widest(&|bar| duration(bar.span));
    let note = widest(&|bar| screen.word(&bar.note)).min(28);
    // Where names and times have no room beside one another, times go on below.
    let beside = 4 + name + 1 + 2 + share + 2 + time <= screen.width;
    let figures = 4 + 1 + 2 + share + if beside { 2 + time } else { 0 };
    let name = name.min(screen.width.saturating_sub(figures));
    // A screen that has no room for bars shows their figures.
    let room = screen.width - (figures + name).min(screen.width);
    let scale = room.saturating_sub(2 + note).clamp(8, 30).min(room);
    for bar in &bars.bars {
        let drawn = pad(&share_bar(bar.share, scale, ascii), scale, ascii);
        let share = pad_left(&percent(bar.share), share);
        let (time, whole) = match (beside, screen.word(&bar.note)) {
            (true, note) => (format!("  {}", pad_left(&duration(bar.span), time)), note),
            (false, note) if note.is_empty() => (String::new(), duration(bar.span)),
            (false, note) => (String::new(), format!("{}; {note}", duration(bar.span))),
        };
        let mut line = Text::plain(format!(
            "    {} ",
            pad(&fit(&bar.name, name, ascii), name, ascii)
        ))
        .and_toned(drawn, Tone::Weak)
        .and(format!("  {share}{time}"));
        let room = screen.width.saturating_sub(columns(&line.words()) + 2);
        let note = fit(&whole, room, ascii);
        // Of a name its beginning is enough; a figure is not cut.
        if note != whole && whole.contains(|c: char| c.is_ascii_digit()) {
            screen.lines.push(line);
            screen.paragraph(6, &Text::toned(whole, Tone::Faint));
            continue;
        }
        if room >= 8 && !note.is_empty() {
            line = line.and_toned(format!("  {note}"), Tone::Faint);
        }
        screen.lines.push(line);
    }
}

/// A bar for a share of so many columns, in steps of an eighth of a column, or of a third in ASCII.
/// What is something has at least one step.
fn share_bar(share: BasisPoints, columns: usize, ascii: bool) -> String {
    let (full, steps) = if ascii {
        ('#', ['.', '='].as_slice())
    } else {
        ('\u{2588}', EIGHTHS.as_slice())
    };
    let parts = steps.len() + 1;
    let filled = (usize::from(share.0) * columns * parts + 5_000) / 10_000;
    let filled = filled.max(usize::from(share.0 > 0)).min(columns * parts);
    let mut bar: String = std::iter::repeat_n(full, filled / parts).collect();
    bar.extend((filled % parts).checked_sub(1).map(|step| steps[step]));
    bar
}

/// One to seven eighths of a column.
const EIGHTHS: [char; 7] = [
    '\u{258f}', '\u{258e}', '\u{258d}', '\u{258c}', '\u{258b}', '\u{258a}', '\u{2589}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_have_bars_of_their_own() {
        let bars = |ascii| {
            [0, 10, 400, 1_100, 1_500, 5_700, 10_000]
                .map(|share| share_bar(BasisPoints(share), 8, ascii))
        };
        assert_eq!(bars(true), ["", ".", ".", "#", "#.", "####=", "########"]);
        assert_eq!(share_bar(BasisPoints(700), 8, true), "=");
        assert_eq!(share_bar(BasisPoints(700), 0, false), "");
        let unicode = ["", "▏", "▍", "▉", "█▎", "████▌", "████████"];
        assert_eq!(bars(false), unicode);
    }

    #[test]
    fn a_bar_crosses_the_target_only_when_the_time_did() {
        let target = Span::HOUR;
        assert_eq!(filled(10, Span::ZERO, target), 0);
        assert_eq!(filled(10, Span(1), target), 1);
        assert_eq!(filled(10, target, target), 10);
        assert_eq!(filled(10, Span(target.0 + 1), target), 11);
        assert_eq!(filled(10, Span::hours(2), target), 20);
        assert_eq!(filled(10, Span::hours(4), target), 30);
        assert_eq!(filled(10, Span::days(9), target), 30);
    }
}
