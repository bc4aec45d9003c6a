//! What helps most, for people and for scripts.

use super::document::section;
use crate::compose;
use crate::document::{Block, Column, Document, Part, Section, Table, Text, Tone};
use crate::words::{self, count, gain, in_hundred, money, plural, upper_first};
use hotwash_engine::campaign::{Criterion, Effect, Trials, Tried};
use hotwash_engine::exercise::{Exercise, Money};

/// Changes that were tried on what is played, alone and together.
#[derive(Debug, Clone, Copy)]
pub struct Improved<'a> {
    /// What is played: the exercise of each scenario.
    pub exercises: &'a [&'a Exercise],
    /// What single changes do.
    pub trials: &'a Trials,
    /// What the best of them do together: one more each.
    pub together: &'a [Tried],
    /// Where each of the best stands in the files, and what is written there, in their order; empty: in none.
    pub places: &'a [Vec<(String, String)>],
    /// The seed of all chance.
    pub seed: u64,
    /// What is worth saying above all.
    pub notices: &'a [String],
    /// What a reader can do next.
    pub next: &'a [String],
}

impl Improved<'_> {
    /// The exercise after which things are named.
    fn first(&self) -> &Exercise {
        self.exercises[0]
    }

    /// Changes in words.
    fn said(&self, tried: &Tried) -> String {
        let said = tried
            .changes
            .iter()
            .map(|of| words::change(self.first(), *of));
        said.collect::<Vec<String>>().join("; and ")
    }

    /// A summary of changes as Markdown, to lie beside the files that they are written into.
    pub fn summary(&self, tried: &Tried) -> String {
        let lines = tried.changes.iter().map(|of| {
            let said = upper_first(&words::change(self.first(), *of));
            format!("- {said}.\n")
        });
        format!(
            "# What was changed\n\n{}\nTried together on {} fresh runs of each scenario, seed {}: {}.\n",
            lines.collect::<String>(),
            count(self.trials.fresh),
            self.seed,
            gain(tried),
        )
    }

    fn helping(&self) -> Vec<&Tried> {
        self.trials.best.iter().filter(|of| of.helps()).collect()
    }
}

impl Document {
    /// The document of what helps.
    pub fn of_improvements(of: &Improved<'_>) -> Self {
        let mut sections = vec![head(of), best(of), together(of), places(of), closing(of)];
        sections.retain(|section| !section.blocks.is_empty());
        let titles = of.exercises.iter().map(|exercise| words::title(exercise));
        Self {
            banner: "WHAT HELPS".to_owned(),
            title: titles.collect::<Vec<String>>().join(", "),
            sections,
            stand_ins: compose::stand_ins(of.first()),
        }
    }
}

fn head(of: &Improved<'_>) -> Section {
    let trials = of.trials;
    let tried = count(trials.tried as u64);
    let helping = of.helping();
    let mut verdict = match helping.first() {
        Some(first) => Text::toned(upper_first(&of.said(first)), Tone::Strong).and(format!(
            ": {}. Of {tried} changes nothing alone helps more.",
            gain(first)
        )),
        None => Text::plain(format!("Of {tried} changes none surely helps.")),
    };
    match helping.iter().filter(|tried| tried.rank == 1).count() {
        0 | 1 => {}
        2 => verdict = verdict.and(" One other cannot be told apart from it."),
        many => {
            let others = count(many as u64 - 1);
            verdict = verdict.and(format!(" {others} others cannot be told apart from it."));
        }
    }
    let scenarios = of.exercises.len() as u64;
    let said = format!(
        "Each change was tried alone on shared runs of {} {}, the best on {} fresh runs of each; seed {}.",
        count(scenarios),
        plural(scenarios, "scenario", "scenarios"),
        count(trials.fresh),
        of.seed,
    );
    let mut blocks = vec![Block::Paragraph(verdict)];
    for notice in of.notices {
        blocks.push(Block::Paragraph(Text::toned(notice.clone(), Tone::Weak)));
    }
    blocks.push(Block::Paragraph(Text::toned(said, Tone::Faint)));
    section(Part::Header, "", blocks)
}

/// The best alone.
fn best(of: &Improved<'_>) -> Section {
    let helping = of.helping();
    let rows: Vec<Vec<Text>> = helping
        .iter()
        .enumerate()
        .map(|(i, tried)| row(of, i + 1, tried))
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![
            Block::Table(table("rank", rows)),
            Block::Paragraph(Text::toned(MEANS, Tone::Faint)),
        ]
    };
    section(Part::Findings, "One change", blocks)
}

/// What the columns mean.
const MEANS: &str = "Harms are effects of the attack on assets, a run. Failed are critical objectives, own are \
                     runs in which the response itself did harm out of proportion, missed are duties with a \
                     deadline; all three in 100 runs. Points are how well a run is carried out, lost \
                     is money a run. Rank goes by the first of these in which two surely differ; what \
                     cannot be told apart shares one. A dash: no difference that these runs show. \
                     `--format json` has the intervals.";

/// The table of changes: a number, with a rank where that is titled, the change and what it does.
fn table(rank: &str, rows: Vec<Vec<Text>>) -> Table {
    let ranks = (!rank.is_empty()).then(|| Column::right(rank));
    let mut columns = vec![Column::right("#")];
    columns.extend(ranks);
    columns.extend([
        Column::wrapping("change"),
        Column::right("harms"),
        Column::right("failed"),
        Column::right("own"),
        Column::right("missed"),
        Column::right("points"),
        Column::right("lost"),
    ]);
    Table {
        columns,
        rows,
        titled: true,
    }
}

fn row(of: &Improved<'_>, number: usize, tried: &Tried) -> Vec<Text> {
    let mut row = vec![
        Text::plain(number.to_string()),
        Text::plain(tried.rank.to_string()),
        Text::plain(of.said(tried)),
    ];
    row.extend(tried.effects.iter().map(figure));
    row
}

/// A figure of the table: a dash where it is not sure.
fn figure(effect: &Effect) -> Text {
    let Some(better) = effect.is_better() else {
        return Text::toned("-", Tone::Faint);
    };
    let mean = effect.mean();
    let said = match effect.by {
        Criterion::Harm => signed(-mean),
        Criterion::Objectives | Criterion::OwnHarm | Criterion::Duties => in_hundred(effect),
        Criterion::CarriedOut | Criterion::Score => signed(mean / 100.0),
        Criterion::Phase(_) | Criterion::Outage | Criterion::Records => words::effect(effect),
        Criterion::Loss => {
            let sign = if mean > 0.0 { "-" } else { "+" };
            format!("{sign}{}", money(Money(words::whole(mean.abs()))))
        }
    };
    let tone = if better { Tone::Good } else { Tone::Bad };
    Text::toned(said, tone)
}

/// A figure with its sign, to a tenth; to a hundredth where it is small.
fn signed(value: f64) -> String {
    if value.abs() < 0.095 {
        format!("{value:+.2}")
    } else {
        format!("{value:+.1}")
    }
}

/// The best together, one more each.
fn together(of: &Improved<'_>) -> Section {
    let rows: Vec<Vec<Text>> = of
        .together
        .iter()
        .enumerate()
        .map(|(i, tried)| {
            let last = tried
                .changes
                .last()
                .map(|last| words::change(of.first(), *last));
            let lead = if i == 0 { "" } else { "and " };
            let mut row = vec![
                Text::plain((i + 1).to_string()),
                Text::plain(format!("{lead}{}", last.unwrap_or_default())),
            ];
            row.extend(tried.effects.iter().map(figure));
            row
        })
        .collect();
    let mut blocks = Vec::new();
    if rows.len() > 1 {
        blocks.push(Block::Table(table("", rows)));
        let said = "Each line is played with all lines above it.";
        blocks.push(Block::Paragraph(Text::toned(said, Tone::Faint)));
    }
    section(Part::Findings, "Together", blocks)
}

/// Where the best are written, in the order in which they are shown.
fn places(of: &Improved<'_>) -> Section {
    let best = of
        .trials
        .best
        .iter()
        .zip(of.places)
        .filter(|(tried, _)| tried.helps());
    let rows: Vec<Vec<Text>> = best
        .enumerate()
        .flat_map(|(i, (_, places))| {
            places.iter().map(move |(place, written)| {
                vec![
                    Text::plain((i + 1).to_string()),
                    Text::plain(place.clone()),
                    Text::plain(written.clone()),
                ]
            })
        })
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table(Table {
            columns: vec![
                Column::right("#"),
                Column::left("where"),
                Column::wrapping("what is written"),
            ],
            rows,
            titled: true,
        })]
    };
    section(Part::Findings, "In the files", blocks)
}

fn closing(of: &Improved<'_>) -> Section {
    let idle = of.trials.idle.len() as u64;
    let said = format!(
        "{} {} made no difference in any run. The figures of single changes hold together in 95 of 100 \
         such searches; they say nothing of how far the model is from the world.",
        count(idle),
        plural(idle, "change", "changes"),
    );
    let mut blocks = vec![Block::Paragraph(Text::toned(said, Tone::Faint))];
    if !of.next.is_empty() {
        blocks.push(Block::Next(of.next.to_vec()));
    }
    section(Part::Footing, "", blocks)
}
