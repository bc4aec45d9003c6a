//! What helps most, for people and for scripts.

use super::document::section;
use crate::compose::{self, header};
use crate::document::{Block, Column, Document, Part, Section, Step, Table, Text, Tone};
use crate::words::{self, Naming, People, count, gain, in_hundred, money, plural, upper_first};
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
    pub next: &'a [Step],
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
            gain(&self.names(), tried),
        )
    }

    /// How things of what is played are called.
    fn names(&self) -> Naming<'_> {
        Naming::new(self.first(), People::ByRole)
    }

    fn helping(&self) -> Vec<&Tried> {
        self.trials.best.iter().filter(|of| of.helps()).collect()
    }
}

impl Document {
    /// The page of one screen of what helps.
    pub fn page_of_improvements(of: &Improved<'_>) -> Self {
        Self::of_best(of, SHOWN)
    }

    /// The document of what helps.
    pub fn of_improvements(of: &Improved<'_>) -> Self {
        Self::of_best(of, usize::MAX)
    }

    /// What helps, with so many changes.
    fn of_best(of: &Improved<'_>, most: usize) -> Self {
        let mut sections = vec![
            head(of),
            best(of, most),
            together(of),
            places(of, most),
            closing(of),
        ];
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

/// How many changes a page of one screen shows; of their places it shows those of the first.
const SHOWN: usize = 5;

fn head(of: &Improved<'_>) -> Section {
    let trials = of.trials;
    let tried = count(trials.tried as u64);
    let helping = of.helping();
    let mut verdict = match helping.first() {
        Some(first) => Text::toned(upper_first(&of.said(first)), Tone::Strong).and(format!(
            ": {}. No other of {tried} changes helps more by itself.",
            gain(&of.names(), first)
        )),
        None => Text::plain(format!("Of {tried} changes none surely helps.")),
    };
    match helping.iter().filter(|tried| tried.rank == 1).count() {
        0 | 1 => {}
        2 => verdict = verdict.and(" One other may help as much."),
        many => {
            let others = count(many as u64 - 1);
            verdict = verdict.and(format!(" {others} others may help as much."));
        }
    }
    let scenarios = of.exercises.len() as u64;
    let said = format!(
        "Each change was tried by itself in the same runs of {} {}, the best again in {} fresh runs of each; seed {}.",
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
fn best(of: &Improved<'_>, most: usize) -> Section {
    let helping = of.helping();
    let more = helping.len().saturating_sub(most);
    let rows: Vec<Vec<Text>> = helping
        .iter()
        .take(most)
        .enumerate()
        .map(|(i, tried)| row(of, i + 1, tried))
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        let more = match more {
            0 => String::new(),
            more => format!(" {more} more help less, or not surely more."),
        };
        let said = format!("{MEANS}{more}");
        vec![
            Block::Table(table("rank", rows)),
            Block::Paragraph(Text::toned(said, Tone::Faint)),
        ]
    };
    section(Part::Findings, "One change by itself", blocks)
}

/// What the columns mean.
const MEANS: &str = "What it changes a run: harmful effects of the attack, points of 100 carried out, money lost; in 100 \
                     runs: critical objectives that fail, runs in which own measures do more harm than the attack would \
                     have done, duties that are missed. A dash: no sure difference. The same rank: neither surely helps \
                     more.";

/// The table of changes: a number, with a rank where that is titled, the change and what it does.
fn table(rank: &str, rows: Vec<Vec<Text>>) -> Table {
    let ranks = (!rank.is_empty()).then(|| Column::right(rank));
    let mut columns = vec![Column::right("#")];
    columns.extend(ranks);
    columns.extend([
        Column::wrapping("change"),
        Column::right("harm"),
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
    row.extend(figures(of, tried));
    row
}

/// What changes do, in the order of the columns.
fn figures(of: &Improved<'_>, tried: &Tried) -> Vec<Text> {
    let names = of.names();
    let figures = tried.effects.iter().map(|effect| figure(&names, effect));
    figures.collect()
}

/// A figure of the table: a dash where it is not sure.
fn figure(names: &Naming<'_>, effect: &Effect) -> Text {
    let Some(better) = effect.is_better() else {
        return Text::toned("-", Tone::Faint);
    };
    let mean = effect.mean();
    let said = match effect.by {
        Criterion::Harm => signed(-mean),
        Criterion::Objectives | Criterion::OwnHarm | Criterion::Duties => in_hundred(effect),
        Criterion::CarriedOut | Criterion::Score => signed(mean / 100.0),
        Criterion::Phase(_) | Criterion::Outage | Criterion::Records => {
            words::effect(names, effect)
        }
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
            row.extend(figures(of, tried));
            row
        })
        .collect();
    let mut blocks = Vec::new();
    if rows.len() > 1 {
        blocks.push(Block::Table(table("", rows)));
        let said = "Each line was played together with all lines above it.";
        blocks.push(Block::Paragraph(Text::toned(said, Tone::Faint)));
    }
    section(Part::Findings, "Together", blocks)
}

/// Where the best are written, in the order in which they are shown.
fn places(of: &Improved<'_>, most: usize) -> Section {
    let best = of
        .trials
        .best
        .iter()
        .zip(of.places)
        .filter(|(tried, _)| tried.helps());
    // A page of one screen says where the first stands: `--write` puts all into copies.
    let rows: Vec<Vec<Text>> = best
        .take(if most == usize::MAX { most } else { 1 })
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
        "{} {} made no difference in any run. The figures of single changes hold together in 95 of 100 such \
         searches. {}",
        count(idle),
        plural(idle, "change", "changes"),
        header::stands_on(of.first()),
    );
    let mut blocks = vec![Block::Paragraph(Text::toned(said, Tone::Faint))];
    blocks.extend(header::next(of.next));
    section(Part::Footing, "", blocks)
}
