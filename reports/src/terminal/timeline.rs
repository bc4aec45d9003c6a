//! The timeline on a screen: a column is a stretch of time, fine while the story is dense, coarse
//! for the rest of a long run.

use super::Screen;
use super::line::{columns, fit, pad};
use crate::document::{Axis, Lane, State, Text, Timeline, Tone};
use crate::words::duration;
use hotwash_engine::exercise::{ExerciseTime, Span};

/// Lengths of time that a column may stand for.
const UNITS: [Span; 23] = [
    Span(1_000),
    Span(2_000),
    Span(5_000),
    Span(10_000),
    Span(15_000),
    Span(30_000),
    Span::minutes(1),
    Span::minutes(2),
    Span::minutes(5),
    Span::minutes(10),
    Span::minutes(15),
    Span::minutes(20),
    Span::minutes(30),
    Span::minutes(45),
    Span::hours(1),
    Span::hours(2),
    Span::hours(3),
    Span::hours(4),
    Span::hours(6),
    Span::hours(12),
    Span::days(1),
    Span::days(2),
    Span::days(7),
];

/// Stands where there are more pins than columns.
const CROWDED: char = '+';

/// Lanes of roles beyond so many are counted and not drawn.
const MOST_LANES: usize = 14;

/// A run of columns on one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    from: ExerciseTime,
    unit: Span,
    columns: usize,
}

impl Scale {
    fn until(&self) -> ExerciseTime {
        self.start(self.columns)
    }

    fn start(&self, column: usize) -> ExerciseTime {
        self.from + Span(self.unit.0.saturating_mul(column as i64))
    }

    fn column(&self, at: ExerciseTime) -> Option<usize> {
        if at < self.from || at >= self.until() {
            return None;
        }
        usize::try_from((at - self.from).0 / self.unit.0).ok()
    }
}

/// How a timeline is laid out.
struct Layout {
    label: usize,
    scales: Vec<Scale>,
}

/// The smallest unit of which so many columns hold a length.
fn unit(length: Span, columns: usize) -> Span {
    let columns = columns.max(1) as i64;
    let fits = UNITS
        .iter()
        .copied()
        .find(|unit| unit.0 * columns > length.0);
    fits.unwrap_or(Span((length.0 / columns / Span::DAY.0 + 1) * Span::DAY.0))
}

fn columns_for(length: Span, unit: Span) -> usize {
    // The end itself has a column, so what happens at ENDEX is seen.
    usize::try_from(length.0.max(0) / unit.0 + 1).unwrap_or(1)
}

fn layout(screen: &Screen, timeline: &Timeline) -> Layout {
    let lanes = drawn(timeline);
    let widest = lanes.0.iter().map(|lane| columns(&screen.word(&lane.name)));
    let label = widest
        .max()
        .unwrap_or(0)
        .clamp(8, (screen.width / 4).min(20));
    let room = screen.width - 2 - label - 3;
    Layout {
        label,
        scales: scales(&timeline.axis, room),
    }
}

/// One scale where it tells the dense part well enough, else two.
fn scales(axis: &Axis, room: usize) -> Vec<Scale> {
    let whole = axis.until - axis.from;
    let single = unit(whole, room);
    let one = Scale {
        from: axis.from,
        unit: single,
        columns: columns_for(whole, single).min(room),
    };
    let coarse_most = room * 3 / 10;
    let fine_most = room.saturating_sub(coarse_most + 1);
    let fine = unit(axis.dense_until - axis.from, fine_most);
    let fine = Scale {
        from: axis.from,
        unit: fine,
        columns: fine_most,
    };
    if axis.dense_until >= axis.until || fine.until() >= axis.until || fine.unit >= single {
        return vec![one];
    }
    let rest = axis.until - fine.until();
    let coarse = unit(rest, coarse_most);
    if coarse <= fine.unit {
        return vec![one];
    }
    let coarse = Scale {
        from: fine.until(),
        unit: coarse,
        columns: columns_for(rest, coarse).min(coarse_most),
    };
    vec![fine, coarse]
}

/// What is said beside the heading: how long a column is.
pub(super) fn scale(screen: &Screen, timeline: &Timeline) -> String {
    let layout = layout(screen, timeline);
    let units: Vec<String> = layout
        .scales
        .iter()
        .map(|scale| duration(scale.unit))
        .collect();
    format!("one column = {}", units.join(", then "))
}

/// The lanes that are drawn, and how many are not.
fn drawn(timeline: &Timeline) -> (Vec<&Lane>, usize) {
    let filled =
        |lane: &&Lane| !lane.optional || !lane.stretches.is_empty() || !lane.pins.is_empty();
    let lanes: Vec<&Lane> = timeline.lanes.iter().filter(filled).collect();
    let over = lanes.len().saturating_sub(MOST_LANES);
    if over == 0 {
        return (lanes, 0);
    }
    // Those with the least in them are not drawn; the order of the others stays.
    let mut by_weight: Vec<(i64, usize)> = lanes
        .iter()
        .enumerate()
        .filter(|(_, lane)| lane.optional && lane.pins.is_empty())
        .map(|(i, lane)| (lane.stretches.iter().map(|s| (s.until - s.from).0).sum(), i))
        .collect();
    by_weight.sort_unstable();
    let left_out: Vec<usize> = by_weight.iter().take(over).map(|(_, i)| *i).collect();
    let kept = lanes
        .iter()
        .enumerate()
        .filter(|(i, _)| !left_out.contains(i));
    (kept.map(|(_, lane)| *lane).collect(), left_out.len())
}

/// Draws a timeline.
pub(super) fn draw(screen: &mut Screen, timeline: &Timeline) {
    let layout = layout(screen, timeline);
    let (lanes, hidden) = drawn(timeline);
    let left_out = hidden + timeline.left_out;
    let axis = axis(screen, &layout, &timeline.axis);
    screen.lines.push(axis);
    for lane in &lanes {
        let line = draw_lane(screen, &layout, lane);
        screen.lines.push(line);
    }
    if left_out > 0 {
        let roles = crate::words::plural(left_out as u64, "role", "roles");
        let more = format!("and {left_out} more {roles} with less to do");
        screen.paragraph(2, &Text::toned(more, Tone::Faint));
    }
    legend(screen, &layout, timeline, &lanes);
}

const fn frame(ascii: bool) -> &'static str {
    if ascii { "|" } else { "\u{2502}" }
}

/// Local times above the columns.
fn axis(screen: &Screen, layout: &Layout, axis: &Axis) -> Text {
    let frame = frame(screen.is_ascii());
    let mut line = " ".repeat(2 + layout.label) + frame;
    for (i, scale) in layout.scales.iter().enumerate() {
        line += &if i == 0 {
            ticks(scale, axis)
        } else {
            stretch(scale, axis)
        };
        line += frame;
    }
    Text::toned(line, Tone::Faint)
}

/// Labels above the columns of a fine scale, as many as fit, at even distances.
fn ticks(scale: &Scale, axis: &Axis) -> String {
    let clock = &axis.clock;
    let widest = columns(&clock.label(scale.until()));
    let step = step(scale.unit, widest + 2);
    let mut line = String::new();
    let mut day = None;
    for column in (0..scale.columns).step_by(step) {
        let at = scale.start(column);
        let same = day == Some(clock.local(at).0);
        let label = if same {
            clock.time(at)
        } else {
            clock.label(at)
        };
        let used = columns(&line);
        let free = used == 0 || used < column;
        if free && column + columns(&label) <= scale.columns {
            day = Some(clock.local(at).0);
            line += &" ".repeat(column - used);
            line += &label;
        }
    }
    pad(&line, scale.columns, true)
}

/// So many columns apart that labels have room and stand at round lengths of time where they can.
fn step(unit: Span, least: usize) -> usize {
    let round = |columns: &usize| UNITS.contains(&Span(unit.0 * *columns as i64));
    (least..least * 2).find(round).unwrap_or(least)
}

/// What a coarse scale spans.
fn stretch(scale: &Scale, axis: &Axis) -> String {
    let clock = &axis.clock;
    let (from, until) = (clock.day(scale.from), clock.day(axis.until));
    let long = format!("{from} to {}", clock.label(axis.until));
    let short = format!("{from} to {until}");
    let choices = [long, short, format!("to {until}"), until];
    let fits = choices
        .into_iter()
        .find(|choice| columns(choice) <= scale.columns);
    pad(&fits.unwrap_or_default(), scale.columns, true)
}

fn draw_lane(screen: &Screen, layout: &Layout, drawn: &Lane) -> Text {
    let ascii = screen.is_ascii();
    let name = pad(
        &fit(&screen.word(&drawn.name), layout.label, ascii),
        layout.label,
        ascii,
    );
    let mut line = Text::plain(format!("  {name}")).and_toned(frame(ascii), Tone::Faint);
    for scale in &layout.scales {
        for (sign, tone) in cells(scale, drawn, ascii) {
            line = line.and_toned(sign.to_string(), tone);
        }
        line = line.and_toned(frame(ascii), Tone::Faint);
    }
    line
}

/// The sign of each column.
fn cells(scale: &Scale, lane: &Lane, ascii: bool) -> Vec<(char, Tone)> {
    let mut cells: Vec<(char, Tone)> = (0..scale.columns)
        .map(|column| {
            let state = shown(lane, scale.start(column), scale.start(column + 1));
            state.map_or((' ', Tone::Plain), |state| {
                (sign(state, ascii), tone(state))
            })
        })
        .collect();
    let mut taken = vec![false; cells.len()];
    for pin in &lane.pins {
        let Some(column) = scale.column(pin.at) else {
            continue;
        };
        // Pins of one instant stand beside one another, each as near to its time as there is room.
        let free = (column..cells.len().min(column + 4)).find(|i| !taken[*i]);
        // At the right edge those that came before move to the left.
        let before = (column.saturating_sub(3)..column)
            .rev()
            .find(|i| !taken[*i]);
        let repeated = matches!(pin.sign, '!' | '~');
        match (free, before) {
            (Some(place), _) => {
                cells[place] = (pin.sign, Tone::Strong);
                taken[place] = true;
            }
            // One more of these says nothing new.
            (None, _) if repeated => {}
            (None, Some(place)) if column + 4 >= cells.len() => {
                cells[place..=column].rotate_left(1);
                cells[column] = (pin.sign, Tone::Strong);
                taken[place] = true;
            }
            (None, _) => cells[column] = (CROWDED, Tone::Strong),
        }
    }
    cells
}

/// The state that a column shows: the first in the order of states that fills a tenth of it, else the
/// one that fills most.
fn shown(lane: &Lane, from: ExerciseTime, until: ExerciseTime) -> Option<State> {
    let mut filled: Vec<(State, i64)> = Vec::new();
    for stretch in &lane.stretches {
        let (start, end) = (stretch.from.max(from), stretch.until.0.min(until.0));
        let instant = stretch.from == stretch.until;
        let length = if instant { 0 } else { end - start.0 };
        if length <= 0 && !(instant && stretch.from >= from && stretch.from < until) {
            continue;
        }
        match filled.iter_mut().find(|(state, _)| *state == stretch.state) {
            Some((_, sum)) => *sum += length,
            None => filled.push((stretch.state, length)),
        }
    }
    filled.sort_unstable();
    let tenth = (until - from).0 / 10;
    let telling = filled.iter().find(|(_, length)| *length >= tenth);
    let most = || {
        filled
            .iter()
            .max_by_key(|(state, length)| (*length, std::cmp::Reverse(*state)))
    };
    telling.or_else(most).map(|(state, _)| *state)
}

const fn sign(state: State, ascii: bool) -> char {
    match (state, ascii) {
        (State::Working, true) => '#',
        (State::Working, false) => '\u{2588}',
        (State::WaitingForPerson, true) => '.',
        (State::WaitingForPerson, false) => '\u{b7}',
        (State::WaitingForApproval, _) => 'a',
        (State::OffDuty, _) => 'z',
        (State::Attacking, true) => '=',
        (State::Attacking, false) => '\u{2550}',
        (State::Foothold, true) => '-',
        (State::Foothold, false) => '\u{2500}',
        (State::Encrypting, _) => 'E',
        (State::Taking, _) => 'T',
        (State::Disrupting, _) => 'D',
    }
}

const fn tone(state: State) -> Tone {
    match state {
        State::Working => Tone::Good,
        State::WaitingForPerson | State::WaitingForApproval => Tone::Weak,
        State::OffDuty => Tone::Faint,
        State::Attacking
        | State::Foothold
        | State::Encrypting
        | State::Taking
        | State::Disrupting => Tone::Bad,
    }
}

/// What the signs mean that are drawn.
fn legend(screen: &mut Screen, layout: &Layout, timeline: &Timeline, lanes: &[&Lane]) {
    let ascii = screen.is_ascii();
    let mut drawn: Vec<State> = Vec::new();
    for lane in lanes {
        for scale in &layout.scales {
            drawn
                .extend((0..scale.columns).filter_map(|column| {
                    shown(lane, scale.start(column), scale.start(column + 1))
                }));
        }
    }
    let states = State::ALL.iter().filter(|state| drawn.contains(state));
    let mut items: Vec<String> = states
        .map(|state| format!("{} {}", sign(*state, ascii), state.meaning()))
        .collect();
    items.extend(
        timeline
            .legend
            .iter()
            .map(|item| format!("{} {}", item.sign, item.meaning)),
    );
    let crowded = lanes.iter().any(|lane| {
        let mut all = layout
            .scales
            .iter()
            .flat_map(|scale| cells(scale, lane, ascii));
        all.any(|(sign, _)| sign == CROWDED)
    });
    if crowded {
        items.push(format!("{CROWDED} several"));
    }
    let mut line = String::new();
    for item in items {
        if !line.is_empty() && 2 + columns(&line) + 2 + columns(&item) > screen.width {
            screen
                .lines
                .push(Text::toned(format!("  {line}"), Tone::Faint));
            line.clear();
        }
        if !line.is_empty() {
            line.push_str("  ");
        }
        line.push_str(&item);
    }
    if !line.is_empty() {
        screen
            .lines
            .push(Text::toned(format!("  {line}"), Tone::Faint));
    }
}
