//! Several scenarios as one campaign.

use super::document::{footing, section};
use super::figure::points as in_points;
use super::figure::{percent, percent_of, percent_range};
use super::{left_out, partial, softer};
use crate::compose::{self, header};
use crate::document::{Block, Column, Document, Part, Section, Step, Table, Text, Tone};
use crate::words::{self, Naming, People, count, plural};
use hotwash_engine::campaign::statistics::{Stratified, Sums, chance_of, mean_of};
use hotwash_engine::campaign::{ClockSummary, Summary};
use hotwash_engine::exercise::{Exercise, Identified, ObligationId, Phase};

/// One scenario of several.
#[derive(Debug, Clone, Copy)]
pub struct Stratum<'a> {
    /// Its exercise.
    pub exercise: &'a Exercise,
    /// What its runs say.
    pub summary: &'a Summary,
    /// Its numbers for ranking.
    pub score: Sums,
    /// How well its runs were carried out.
    pub carried_out: Sums,
    /// Its seed.
    pub seed: u64,
    /// When its runs start.
    pub hours: &'a str,
    /// Its weight.
    pub weight: u64,
}

/// Several scenarios with their weights.
#[derive(Debug, Clone, Copy)]
pub struct Strata<'a> {
    /// The scenarios; at least one.
    pub strata: &'a [Stratum<'a>],
    /// Whether the weights are those of the risk register; else all weigh alike.
    pub registered: bool,
    /// What is worth saying above all.
    pub notices: &'a [String],
    /// Commands that a reader can type next; empty: not said.
    pub next: &'a [Step],
}

impl Strata<'_> {
    /// The weighted mean of how well runs were carried out, in basis points.
    pub(super) fn carried_out(&self) -> Option<Stratified> {
        let all = self.strata.iter().map(|of| (of.weight, of.carried_out));
        mean_of(&all.collect::<Vec<_>>(), 0.05)
    }

    /// The weighted chance to pass.
    pub(super) fn passed(&self) -> Option<Stratified> {
        let all = self
            .strata
            .iter()
            .map(|of| (of.weight, of.summary.score.passed));
        let scored = all.filter(|(_, chance)| chance.n > 0);
        chance_of(&scored.collect::<Vec<_>>())
    }

    /// The weighted mean of the number for ranking, in basis points.
    pub(super) fn score(&self) -> Option<Stratified> {
        let scores: Vec<_> = self.strata.iter().map(|of| (of.weight, of.score)).collect();
        mean_of(&scores, 0.05)
    }

    /// The weighted chance that a phase is in time.
    pub(super) fn in_time(&self, phase: Phase) -> Option<Stratified> {
        let of = |of: &Stratum<'_>| (of.weight, of.summary.phases[phase.index()].in_time);
        let chances: Vec<_> = self
            .strata
            .iter()
            .map(of)
            .filter(|(_, it)| it.n > 0)
            .collect();
        chance_of(&chances)
    }

    /// The weighted chance that a clock is met, where it ran.
    pub(super) fn kept(&self, obligation: ObligationId) -> Option<Stratified> {
        let chances = self.strata.iter().filter_map(|of| {
            let clock = self.clock(of, obligation)?;
            Some((of.weight, clock.kept))
        });
        let chances: Vec<_> = chances.filter(|(_, kept)| kept.n > 0).collect();
        chance_of(&chances)
    }

    /// The clock of a scenario that has the id of an obligation of the first: a scenario in one file
    /// with its own plan has its own list of them.
    fn clock<'s>(&self, of: &Stratum<'s>, obligation: ObligationId) -> Option<&'s ClockSummary> {
        let slug = obligation.slug(self.strata[0].exercise.names());
        let duty = ObligationId::find(of.exercise.names(), slug.as_str())?;
        of.summary.clock(duty, of.exercise.scenario().main)
    }

    /// The shares of the scenarios, as parts of so many that are handed out whole.
    pub(super) fn shares(&self, of: u64) -> Vec<u64> {
        let weights: Vec<u64> = self.strata.iter().map(|of| of.weight).collect();
        words::apportioned(&weights, of)
    }
}

impl Document {
    /// The document of several scenarios.
    pub fn of_strata(strata: &Strata<'_>) -> Self {
        let first = strata.strata[0].exercise;
        let n = strata.strata.len() as u64;
        let mut sections = vec![
            head(strata),
            scores(strata),
            chances(strata),
            footing(&stood_on(strata), "", strata.next),
        ];
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: "CAMPAIGN".to_owned(),
            title: format!("{n} {}", plural(n, "scenario", "scenarios")),
            sections,
            stand_ins: compose::stand_ins(first),
        }
    }
}

fn head(strata: &Strata<'_>) -> Section {
    let first = &strata.strata[0];
    let weights = if strata.registered {
        "weighted by the risk register's likelihoods"
    } else {
        "weighted alike, for the risk register does not name them all"
    };
    let runs: u64 = strata.strata.iter().map(|of| of.summary.runs).sum();
    let how = [
        format!("{} simulated runs", count(runs)),
        format!("seed {}", first.seed),
        format!("start {}", first.hours),
        weights.to_owned(),
    ];
    let mut said = header::about(first.exercise, how);
    let others = |of: &Stratum<'_>| {
        let with = |it: &Exercise| (it.organisation().name.clone(), words::plan(it));
        with(of.exercise) != with(first.exercise)
    };
    let others = strata.strata.iter().filter(|of| others(of));
    let others: Vec<String> = others.map(|of| words::title(of.exercise)).collect();
    if !others.is_empty() {
        let others = others.join("; ");
        said = format!("{said} With an organisation and a plan of their own: {others}.");
    }
    let mut blocks = vec![Block::Paragraph(Text::plain(said))];
    for of in strata.strata {
        let partial = partial::said(of.exercise, of.summary);
        let softer = softer::said(of.exercise, of.summary);
        let left_out = left_out::said(of.summary);
        for said in [partial, softer, left_out].into_iter().flatten() {
            let said = format!(
                "{}: {}",
                words::title(of.exercise),
                words::lower_first(&said)
            );
            blocks.push(Block::Paragraph(Text::toned(said, Tone::Weak)));
        }
    }
    for notice in strata.notices {
        blocks.push(Block::Paragraph(Text::toned(notice.clone(), Tone::Weak)));
    }
    section(Part::Header, "", blocks)
}

fn scores(strata: &Strata<'_>) -> Section {
    let mut rows: Vec<Vec<Text>> = strata
        .strata
        .iter()
        .zip(strata.shares(100))
        .map(|(of, share)| {
            let mean = of.summary.score.carried_out;
            let score = mean.map(|mean| in_points(mean.value, mean.interval));
            vec![
                Text::plain(words::title(of.exercise)),
                Text::plain(format!("{share} %")),
                Text::plain(count(of.summary.runs)),
                Text::plain(percent(of.summary.score.passed)),
                Text::plain(score.unwrap_or_else(|| "-".to_owned())),
            ]
        })
        .collect();
    if let Some(all) = strata.carried_out() {
        let passed = strata.passed();
        let passed = passed.and_then(|all| Some(percent_of(all.value, all.interval?)));
        let score = in_points(all.value, all.interval);
        let strong = |text: &str| Text::toned(text, Tone::Strong);
        rows.push(vec![
            strong("all"),
            strong("100 %"),
            Text::empty(),
            strong(&passed.unwrap_or_else(|| "-".to_owned())),
            strong(&score),
        ]);
    }
    let table = Table {
        columns: vec![
            Column::wrapping("scenario"),
            Column::right("weight"),
            Column::right("runs"),
            Column::right("passed"),
            Column::right("carried out, of 100"),
        ],
        rows,
        titled: true,
    };
    section(Part::Impact, "Score", vec![Block::Table(table)])
}

/// A scenario as the title of a column.
fn short<'s>(of: &Stratum<'s>) -> &'s str {
    let id = of.exercise.scenario().slug.as_str();
    id.split('-').next().unwrap_or(id)
}

/// The exercises with the short names of their scenarios.
fn stood_on<'s>(strata: &Strata<'s>) -> Vec<(&'s str, &'s Exercise)> {
    strata
        .strata
        .iter()
        .map(|of| (short(of), of.exercise))
        .collect()
}

fn chances(strata: &Strata<'_>) -> Section {
    let exercise = strata.strata[0].exercise;
    let names = Naming::new(exercise, People::ByRole);
    let row = |name: String, each: Vec<String>, all: Option<Stratified>| {
        let all = all.and_then(|all| Some((all.value, all.interval?)));
        let all = all.map_or_else(
            || "-".to_owned(),
            |(value, interval)| {
                format!(
                    "{} ({})",
                    percent_of(value, interval),
                    percent_range(interval)
                )
            },
        );
        let cells = std::iter::once(name).chain(each).chain([all]);
        cells.map(Text::plain).collect::<Vec<Text>>()
    };
    let mut rows = Vec::new();
    for phase in Phase::ALL {
        let of = |of: &Stratum<'_>| percent(of.summary.phases[phase.index()].in_time);
        let each: Vec<String> = strata.strata.iter().map(of).collect();
        if each.iter().any(|cell| cell != "-") {
            rows.push(row(phase.name().to_owned(), each, strata.in_time(*phase)));
        }
    }
    for duty in (0..exercise.plan().obligations.len()).map(ObligationId::new) {
        let of = |of: &Stratum<'_>| {
            let clock = strata.clock(of, duty);
            clock.map_or_else(|| "-".to_owned(), |clock| percent(clock.kept))
        };
        let each: Vec<String> = strata.strata.iter().map(of).collect();
        if each.iter().any(|cell| cell != "-") {
            rows.push(row(names.obligation(duty), each, strata.kept(duty)));
        }
    }
    let scenarios = strata.strata.iter().map(|of| Column::right(short(of)));
    let columns = std::iter::once(Column::wrapping("in time"))
        .chain(scenarios)
        .chain([Column::right("all")]);
    let table = Table {
        columns: columns.collect(),
        rows,
        titled: true,
    };
    let mut note = "Shares of those runs in which it was decided; \"all\" is weighted.".to_owned();
    let open = |cell: &Text| cell.words() == "-";
    if table.rows.iter().flatten().any(open) {
        note += " \"-\": no run of that scenario decided it, so that it does not count in \"all\".";
    }
    let blocks = vec![
        Block::Table(table),
        Block::Paragraph(Text::toned(note, Tone::Faint)),
    ];
    section(Part::Clocks, "Targets and deadlines", blocks)
}
