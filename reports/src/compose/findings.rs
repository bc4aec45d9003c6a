//! What to improve and what to keep, with what was tried of what would help.

use super::Options;
use crate::document::{Block, Depth, FindingItem, Findings, Part, Section, Text, Tone};
use crate::words::{self, Subject, count};
use hotwash_engine::campaign::Advice;
use hotwash_engine::evaluation::Finding;
use hotwash_engine::exercise::{CauseCode, Identified};
use std::collections::BTreeSet;

/// What to improve, the most important first.
pub(super) fn to_improve(subject: &Subject, options: &Options) -> Section {
    let all = subject.evaluation.findings.iter().enumerate();
    let weak = all.filter(|(_, finding)| !finding.kind.is_strength());
    let items: Vec<FindingItem> = weak
        .map(|(i, finding)| item(subject, finding, Advised::of(subject, options, i)))
        .collect();
    let [most, _] = options.findings;
    let mut section = listed("To improve", items, most);
    if section.blocks.is_empty() {
        let nothing = "Nothing to improve was found.";
        section.blocks.push(Block::Paragraph(Text::plain(nothing)));
    }
    section
        .blocks
        .extend(options.advice.as_ref().map(how_tried));
    section
}

/// What to keep.
pub(super) fn to_keep(subject: &Subject, options: &Options) -> Section {
    let all = subject.evaluation.findings.iter();
    let strong = all.filter(|finding| finding.kind.is_strength());
    let items = strong.map(|finding| item(subject, finding, Advised::default()));
    let [_, most] = options.findings;
    listed("To keep", items.collect(), most)
}

fn listed(title: &str, items: Vec<FindingItem>, most: usize) -> Section {
    let all = items.len();
    let aside = if most < all {
        format!("{most} of {all}")
    } else {
        String::new()
    };
    let findings = (!items.is_empty()).then_some(Findings {
        items,
        summary: most,
    });
    Section {
        part: Part::Findings,
        depth: Depth::Summary,
        title: title.to_owned(),
        aside,
        blocks: findings.map(Block::Findings).into_iter().collect(),
    }
}

/// What is advised on a finding.
#[derive(Debug, Default)]
struct Advised {
    /// What helped when it was tried, with its gain.
    helps: Vec<String>,
    /// What cannot be tried, or gained nothing.
    others: Vec<String>,
}

impl Advised {
    fn of(subject: &Subject, options: &Options, finding: usize) -> Self {
        let Some(advice) = &options.advice else {
            return Self::default();
        };
        let helping = advice.helping(finding);
        let helps = helping.map(|tried| {
            let changes = tried.changes.iter();
            let said: Vec<String> = changes
                .map(|change| words::change(subject.exercise, *change))
                .collect();
            format!(
                "{} ({})",
                said.join("; "),
                words::gain(&subject.names, tried)
            )
        });
        let mut others: Vec<String> = Vec::new();
        let corrections = subject.evaluation.findings[finding].all();
        for correction in corrections.flat_map(|of| &of.corrections) {
            let said = words::correction(subject, *correction);
            if !others.contains(&said) {
                others.push(said);
            }
        }
        Self {
            helps: helps.collect(),
            others,
        }
    }
}

fn item(subject: &Subject, finding: &Finding, advised: Advised) -> FindingItem {
    let names = subject.exercise.names();
    FindingItem {
        strength: finding.kind.is_strength(),
        text: with_hung(subject, finding),
        evidence: finding.evidence.clone(),
        hung: finding.hung.iter().map(|of| hung(subject, of)).collect(),
        cause: finding.cause.filter(|cause| is_shown(*cause)).map(|cause| {
            let element = words::element(cause.element());
            format!("{} ({element})", words::cause(cause))
        }),
        advice: advised.helps,
        for_the_audit: advised.others,
        objectives: finding
            .all()
            .flat_map(|of| &of.objectives)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|o| o.slug(names).to_string())
            .collect(),
    }
}

/// A finding in words, and what hangs on it.
fn with_hung(subject: &Subject, finding: &Finding) -> String {
    let mut said = vec![words::finding(subject, finding)];
    said.extend(words::hung(subject, finding));
    said.join(" ")
}

/// A finding that hangs on another, with its evidence.
fn hung(subject: &Subject, finding: &Finding) -> (String, Vec<u32>) {
    (words::finding(subject, finding), finding.evidence.clone())
}

/// Whether a record shows a cause. What people learned or practised before, it does not.
const fn is_shown(cause: CauseCode) -> bool {
    !matches!(cause, CauseCode::NotTrained | CauseCode::NotPractised)
}

/// How it was found out what helps.
fn how_tried(advice: &Advice) -> Block {
    let trials = &advice.trials;
    if trials.tried == 0 {
        let said = "None of these findings proposes a change that can be tried on the definitions.";
        return Block::Paragraph(Text::toned(said, Tone::Faint));
    }
    let helps = trials.best.iter().filter(|tried| tried.helps()).count();
    let helping = match helps {
        0 => "None of them surely helps".to_owned(),
        1 => "One surely helps".to_owned(),
        many => format!("{many} surely help"),
    };
    let said = format!(
        "What stands after \"Try\" was tried: {} of the changes that these findings propose were played alone on {} runs each, the best of them again on {} fresh runs. {helping}. ",
        count(trials.tried as u64),
        count(trials.rounds.last().map_or(0, |round| round.runs)),
        count(trials.fresh),
    );
    let said = Text::toned(said, Tone::Faint)
        .and(Text::command("hotwash improve", Tone::Faint))
        .and_toned(" tries every change.", Tone::Faint);
    Block::Paragraph(said)
}

/// How many changes a page of one screen shows.
const CHANGES: usize = 3;
/// How many findings it shows where nothing was tried.
const FINDINGS: usize = 2;

/// What helps most of what the findings propose, with what it buys; where nothing was tried, the first findings.
pub(super) fn of_page(subject: &Subject, options: &Options) -> Section {
    let section = |title: &str, aside: String, blocks| Section {
        part: Part::Findings,
        depth: Depth::Summary,
        title: title.to_owned(),
        aside,
        blocks,
    };
    let Some(advice) = &options.advice else {
        return first_findings(subject);
    };
    let trials = &advice.trials;
    let helping = trials.best.iter().filter(|tried| tried.helps());
    let shown: Vec<Text> = helping
        .take(CHANGES)
        .map(|tried| {
            let changes = tried.changes.iter();
            let said: Vec<String> = changes
                .map(|of| words::change(subject.exercise, *of))
                .collect();
            let gain = words::gain(&subject.names, tried);
            Text::plain(format!("{}: ", words::upper_first(&said.join("; and "))))
                .and_toned(format!("{gain}."), Tone::Good)
        })
        .collect();
    if shown.is_empty() {
        let tried = count(trials.tried as u64);
        let said = Text::plain(format!(
            "None of the {tried} changes that the findings propose surely helps. "
        ));
        let said = said
            .and(Text::command("hotwash improve", Tone::Plain))
            .and(" tries every change.");
        return section(
            "What helps most",
            String::new(),
            vec![Block::Paragraph(said)],
        );
    }
    let aside = format!(
        "of what the findings propose, each tried alone on {} fresh runs",
        count(trials.fresh)
    );
    section("What helps most", aside, vec![Block::List(shown)])
}

/// The first findings, where nothing was tried.
fn first_findings(subject: &Subject) -> Section {
    let all = subject.evaluation.findings.iter();
    let weak: Vec<&Finding> = all.filter(|finding| !finding.kind.is_strength()).collect();
    let shown = weak.iter().take(FINDINGS).map(|finding| {
        let evidence = words::references(&finding.evidence);
        Text::plain(words::finding(subject, finding)).and_toned(format!(" {evidence}"), Tone::Faint)
    });
    let shown: Vec<Text> = shown.collect();
    let aside = if shown.len() < weak.len() {
        format!("{} of {}", shown.len(), weak.len())
    } else {
        String::new()
    };
    Section {
        part: Part::Findings,
        depth: Depth::Summary,
        title: "To improve".to_owned(),
        aside,
        blocks: if shown.is_empty() {
            vec![Block::Paragraph(Text::plain(
                "Nothing to improve was found.",
            ))]
        } else {
            vec![Block::List(shown)]
        },
    }
}
