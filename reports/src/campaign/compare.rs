//! Two exercises on the same draws, for people.

mod counted;
mod page;

use super::document::section;
use super::figure::{change, change_span, percent};
use super::{left_out, partial, softer};
use crate::compose::{self, header};
use crate::document::{Block, Column, Document, Part, Section, Step, Table, Text, Tone};
use crate::words::{self, Naming, People, count, plural};
use hotwash_engine::campaign::statistics::{
    Chance, Discordant, Interval, MIN_DIFFERING, Mean, runs_for,
};
use hotwash_engine::campaign::{Comparison, Criterion, Difference, PhaseDifference, Summary};
use hotwash_engine::exercise::{Exercise, Identified, ObligationId};

/// How many of the criteria by which the other side is better a verdict names.
const SHOWN_AGAINST: usize = 3;

/// One of two exercises that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What its runs say.
    pub summary: &'a Summary,
}

/// Two exercises that were played on the same draws.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The first.
    pub first: Side<'a>,
    /// The second, whose difference from the first is shown.
    pub second: Side<'a>,
    /// What became of each run.
    pub comparison: &'a Comparison,
    /// The seed of all chance.
    pub seed: u64,
    /// When runs start.
    pub hours: &'a str,
    /// What difference of the score matters, in points.
    pub matters: f64,
    /// What is worth saying above all.
    pub notices: &'a [String],
    /// What a reader can do next.
    pub next: &'a [Step],
}

impl Document {
    /// The document of a comparison.
    pub fn of_comparison(of: &Compared<'_>) -> Self {
        let mut sections = vec![head(of), verdict(of)];
        if !of.comparison.is_identical() {
            sections.extend([counted::harm(of), clocks(of), scores(of)]);
            sections.extend([phases(of), counted::cost(of)]);
        }
        sections.push(closing(of));
        Self::of_sections(of, sections)
    }

    fn of_sections(of: &Compared<'_>, mut sections: Vec<Section>) -> Self {
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: "COMPARISON".to_owned(),
            title: format!("{} against {}", of.second.name, of.first.name),
            sections,
            stand_ins: compose::stand_ins(of.first.exercise),
        }
    }
}

fn head(of: &Compared<'_>) -> Section {
    let [first, second] = [of.first.exercise, of.second.exercise];
    let both = |a: String, b: String| if a == b { a } else { format!("{a} -> {b}") };
    let said = format!(
        "{}; {}; {}; {} runs of each, simulated with the same chance; seed {}; start {}.",
        both(
            first.organisation().name.trim().to_owned(),
            second.organisation().name.trim().to_owned()
        ),
        both(words::plan(first), words::plan(second)),
        both(words::title(first), words::title(second)),
        count(of.comparison.runs),
        of.seed,
        of.hours,
    );
    let mut blocks = vec![Block::Paragraph(Text::plain(said))];
    for said in bent(of) {
        blocks.push(Block::Paragraph(Text::toned(said, Tone::Weak)));
    }
    for notice in of.notices {
        blocks.push(Block::Paragraph(Text::toned(notice.clone(), Tone::Weak)));
    }
    section(Part::Header, "", blocks)
}

/// What bends the figures of each side, said once where it is the same of both.
fn bent(of: &Compared<'_>) -> Vec<String> {
    let [first, second] = [of.first, of.second].map(|side| {
        [
            partial::said(side.exercise, side.summary),
            softer::said(side.exercise, side.summary),
            left_out::said(side.summary),
        ]
    });
    let pairs = first.into_iter().zip(second);
    let said = pairs.flat_map(|(one, other)| {
        let both = one.is_some() && one == other;
        let named = |name: &str, text: Option<String>| {
            text.map(|text| format!("{name}: {}", words::lower_first(&text)))
        };
        let first = if both {
            one.clone()
        } else {
            named(of.first.name, one)
        };
        let second = if both {
            None
        } else {
            named(of.second.name, other)
        };
        [first, second]
    });
    said.flatten().collect()
}

/// The verdict.
fn verdict(of: &Compared<'_>) -> Section {
    let comparison = of.comparison;
    let runs = count(comparison.runs);
    let text = if comparison.is_identical() {
        Text::toned(format!("Identical in all {runs} runs."), Tone::Strong)
    } else {
        let differ = format!(
            " The two differ in {} of {runs} runs.",
            count(comparison.differing)
        );
        better(of).and(differ)
    };
    section(Part::Impact, "Verdict", vec![Block::Paragraph(text)])
}

/// Which is better, by the first thing that counts in which anything surely differs; else what these runs show of
/// how well they are carried out.
fn better(of: &Compared<'_>) -> Text {
    let Some(verdict) = of.comparison.verdict() else {
        return carried_out(of);
    };
    let names = Naming::new(of.second.exercise, People::ByRole);
    let effect = |by: Criterion| {
        let effect = of.comparison.effect(by);
        effect.map_or_else(String::new, |of| words::effect(&names, of))
    };
    let shown = &verdict.against[..verdict.against.len().min(SHOWN_AGAINST)];
    let mut against: Vec<String> = shown.iter().map(|by| effect(*by)).collect();
    let more = (verdict.against.len() - shown.len()) as u64;
    if more > 0 {
        let things = plural(more, "thing", "things");
        against.push(format!("{} more {things}", count(more)));
    }
    let name = of.second.name;
    let (said, tone) = match (verdict.is_mixed, verdict.better) {
        (true, _) => (
            format!("{name} is better in one thing that counts and worse in another"),
            Tone::Weak,
        ),
        (false, true) => (format!("{name} is better"), Tone::Good),
        (false, false) => (format!("{name} is worse"), Tone::Bad),
    };
    let mut text = Text::toned(said, tone).and(format!(": {}", effect(verdict.by)));
    if !against.is_empty() {
        text = text.and(format!("; but {}", against.join("; ")));
    }
    let is_told = verdict.by == Criterion::CarriedOut || shown.contains(&Criterion::CarriedOut);
    match carried_out_surely(of).filter(|_| !is_told) {
        Some(shown) => text.and(format!(
            ". How well it is carried out changes by {shown} points of 100."
        )),
        None => text.and("."),
    }
}

/// How well the second is carried out, where that surely differs.
fn carried_out_surely(of: &Compared<'_>) -> Option<String> {
    let mean = of.comparison.carried_out.mean?;
    let sure = mean
        .interval
        .is_some_and(|interval| interval.is_clear_of_zero());
    sure.then(|| points_of(of)).flatten()
}

/// The difference in points with its interval.
fn points_of(of: &Compared<'_>) -> Option<String> {
    let mean = of.comparison.carried_out.mean?;
    Some(change(mean.value / 100.0, Some(hundredth(mean.interval?))))
}

fn carried_out(of: &Compared<'_>) -> Text {
    let difference = &of.comparison.carried_out;
    let paired = difference.paired;
    let Some(mean) = difference.mean else {
        return Text::plain("There is no score to compare.");
    };
    if paired.differing() == 0 {
        return Text::plain("Both are carried out equally well in every run.");
    }
    let Some(interval) = mean.interval else {
        return Text::plain(format!(
            "How well they are carried out differs in {} {}: too few to say by how much ({} are needed).",
            count(paired.differing()),
            plural(paired.differing(), "run", "runs"),
            MIN_DIFFERING,
        ));
    };
    let shown = change(mean.value / 100.0, Some(hundredth(interval)));
    let more = paired
        .variance()
        .and_then(|variance| runs_for(variance, of.matters * 100.0))
        .filter(|runs| *runs > of.comparison.runs);
    let more = more.map_or_else(String::new, |runs| {
        format!(
            " To see a difference of {} points takes about {} runs.",
            of.matters,
            count(runs.next_multiple_of(100)),
        )
    });
    Text::plain(format!(
        "No difference in how well they are carried out that {} runs can show: {shown} points.{more}",
        count(of.comparison.runs),
    ))
}

fn hundredth(interval: Interval) -> Interval {
    Interval {
        low: interval.low / 100.0,
        high: interval.high / 100.0,
    }
}

/// A change with its error below it.
fn cell(change: &str) -> Text {
    let error = change.find(" +/-").or_else(|| change.find(" ("));
    match error {
        Some(at) => Text::plain(&change[..at]).below(&change[at + 1..], Tone::Faint),
        None => Text::plain(change),
    }
}

/// A mean difference in some unit, or why there is none to show.
fn difference(of: &Difference, show: impl Fn(f64, Option<Interval>) -> String) -> String {
    match of.mean {
        _ if of.paired.differing() == 0 => "same in all".to_owned(),
        Some(Mean { interval: None, .. }) => "too few differ".to_owned(),
        Some(mean) => show(mean.value, mean.interval),
        None => "-".to_owned(),
    }
}

fn scores(of: &Compared<'_>) -> Section {
    let [first, second] = [of.first.summary, of.second.summary].map(|it| &it.score);
    let mean =
        |mean: Option<Mean>| mean.map_or("-".to_owned(), |it| format!("{:.0}", it.value / 100.0));
    let row = |name: &str, a: Option<Mean>, b: Option<Mean>, by: &Difference| {
        let points =
            |value: f64, interval: Option<Interval>| change(value / 100.0, interval.map(hundredth));
        vec![
            Text::plain(name),
            Text::plain(mean(a)),
            Text::plain(mean(b)),
            Text::plain(difference(by, points)),
            Text::plain(tallied(by)),
        ]
    };
    let table = Table {
        columns: vec![
            Column::left("points"),
            Column::right("before"),
            Column::right("after"),
            Column::right("change"),
            Column::wrapping("runs better, same, worse"),
        ],
        rows: vec![
            row(
                "carried out",
                first.carried_out,
                second.carried_out,
                &of.comparison.carried_out,
            ),
            row(
                "for ranking",
                first.score,
                second.score,
                &of.comparison.score,
            ),
        ],
        titled: true,
    };
    let passed = if of.comparison.passed.gained + of.comparison.passed.lost == 0 {
        format!(
            "Passed in the same runs before and after: {}.",
            percent(first.passed)
        )
    } else {
        format!(
            "Passed in {} of runs before, in {} after; the change in points of 100: {}.",
            percent(first.passed),
            percent(second.passed),
            by(of.comparison.passed, of.comparison.passed_interval)
        )
    };
    let blocks = vec![Block::Paragraph(Text::plain(passed)), Block::Table(table)];
    section(Part::Impact, "Score", blocks)
}

/// Wins, ties and losses.
fn tallied(of: &Difference) -> String {
    let paired = of.paired;
    [paired.wins, paired.ties, paired.losses]
        .map(count)
        .join(", ")
}

fn phases(of: &Compared<'_>) -> Section {
    let row = |phase: &PhaseDifference| {
        let i = phase.phase.index();
        let [a, b] = [of.first.summary, of.second.summary].map(|it| &it.phases[i]);
        vec![
            Text::plain(phase.phase.name()),
            cell(&difference(&phase.time, change_span)),
            Text::plain(tallied(&phase.time)),
            Text::plain(chances(a.in_time, b.in_time)),
            cell(&by(phase.in_time, phase.in_time_interval)),
        ]
    };
    let rows: Vec<Vec<Text>> = of.comparison.phases.iter().map(row).collect();
    if rows.is_empty() {
        return section(Part::Phases, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::left("phase"),
            Column::right("time until complete"),
            Column::wrapping("runs later, same, sooner").spare(1),
            Column::right("in time"),
            Column::right("change"),
        ],
        rows,
        titled: true,
    };
    let note = "The time is how much longer or shorter a phase takes on average, from when it should have begun; what was \
                never complete counts as the limit of the exercise. In time: the share of runs before and after, and \
                the change in percentage points.";
    let blocks = vec![
        Block::Table(table),
        Block::Paragraph(Text::toned(note, Tone::Faint)),
    ];
    section(Part::Phases, "Phases", blocks)
}

fn chances(a: Chance, b: Chance) -> String {
    if a.n == 0 && b.n == 0 {
        return "-".to_owned();
    }
    format!("{} -> {}", percent(a), percent(b))
}

/// A change of a chance in points, with its interval.
fn by(of: Discordant, interval: Option<Interval>) -> String {
    match (of.value(), interval) {
        (Some(_), _) if of.gained + of.lost == 0 => "same in all".to_owned(),
        (Some(value), Some(interval)) => {
            let Interval { low, high } = interval;
            let [low, high] = [low, high].map(|end| 100.0 * end);
            change(100.0 * value, Some(Interval { low, high }))
        }
        _ => "-".to_owned(),
    }
}

fn clocks(of: &Compared<'_>) -> Section {
    let names = Naming::new(of.first.exercise, People::ByRole);
    let main = of.first.exercise.scenario().main;
    let also = |duty: ObligationId| {
        let slug = duty.slug(of.first.exercise.names()).as_str();
        ObligationId::find(of.second.exercise.names(), slug)
    };
    let rows = of.comparison.clocks.iter().filter(|it| it.kept.n > 0);
    let rows = rows.map(|clock| {
        let a = of
            .first
            .summary
            .clock(clock.obligation, main)
            .map(|it| it.kept);
        let other = of.second.exercise.scenario().main;
        let b = also(clock.obligation)
            .and_then(|duty| of.second.summary.clock(duty, other))
            .map(|it| it.kept);
        vec![
            Text::plain(names.obligation(clock.obligation)),
            Text::plain(chances(a.unwrap_or_default(), b.unwrap_or_default())),
            Text::plain(by(clock.kept, clock.interval)),
            Text::plain(format!(
                "{} gained, {} lost",
                clock.kept.gained, clock.kept.lost
            )),
        ]
    });
    let rows: Vec<Vec<Text>> = rows.collect();
    if rows.is_empty() {
        return section(Part::Clocks, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::wrapping("duty"),
            Column::right("kept"),
            Column::right("change"),
            Column::wrapping("runs"),
        ],
        rows,
        titled: true,
    };
    section(
        Part::Clocks,
        "Duties with a deadline",
        vec![Block::Table(table)],
    )
}

fn closing(of: &Compared<'_>) -> Section {
    if of.comparison.is_identical() {
        return section(Part::Footing, "", Vec::new());
    }
    let [first, second] = [of.first.exercise, of.second.exercise];
    let more = first.parts().defaults.len() > second.parts().defaults.len();
    let stands = header::stands_on(if more { first } else { second });
    let said = format!(
        "All figures with \"+/-\" or a range hold together in 95 of 100 such comparisons of this model. {stands}"
    );
    let mut blocks = vec![Block::Paragraph(Text::toned(said, Tone::Faint))];
    blocks.extend(header::next(of.next));
    section(Part::Footing, "", blocks)
}
