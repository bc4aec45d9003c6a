//! Page 1: what a leader reads, complete in itself.

use super::Handover;
use crate::compose::score;
use crate::paper::ladder::{Ladder, Step};
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, Subject, duration, plural};
use hotwash_engine::campaign::{Advice, Change};
use hotwash_engine::evaluation::{Finding, Rating};
use hotwash_engine::exercise::Span;
use hotwash_engine::record::Verdict;

/// How many things to improve and how many to keep page 1 has.
const IMPROVE: usize = 5;
const KEEP: usize = 3;

/// The first page.
pub(super) fn page(subject: &Subject, handover: &Handover) -> Part {
    let mut blocks = vec![
        Block::Verdict(verdict(subject)),
        Block::Ladder(ladder(subject)),
    ];
    let improve = to_improve(subject, handover.advice.as_ref());
    if !improve.rows.is_empty() {
        blocks.push(Block::Heading(format!(
            "{} to improve",
            counted(improve.rows.len())
        )));
        blocks.push(Block::Table(improve));
    }
    let (keep, decide) = (
        to_keep(subject),
        to_decide(subject, handover.advice.as_ref()),
    );
    let lists = [
        (format!("{} to keep", counted(keep.len())), keep),
        ("What to decide".to_owned(), decide),
    ];
    let lists: Vec<_> = lists
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .collect();
    match <[_; 1]>::try_from(lists) {
        Ok([(title, items)]) => {
            let numbered = true;
            blocks.push(Block::Heading(title));
            blocks.push(Block::List { numbered, items });
        }
        Err(lists) if lists.is_empty() => {}
        Err(lists) => blocks.push(Block::Beside(lists)),
    }
    let rated = subject.evaluation.objectives.iter();
    let rated: Vec<(Rating, String)> = rated
        .map(|of| {
            let objective = &subject.exercise.scenario().objectives[of.objective.index()];
            (of.rating, objective.capability.name().to_owned())
        })
        .collect();
    if !rated.is_empty() {
        blocks.push(Block::Ratings(rated));
    }
    Part::new("summary", "", blocks)
}

/// How it went, what it cost, and what of the law was kept: a sentence each.
fn verdict(subject: &Subject) -> Rich {
    let score = subject.evaluation.score.as_ref();
    let gates = score.map_or(&[][..], |score| &score.gates);
    let proof: Vec<u32> = gates
        .iter()
        .flat_map(|gate| gate.evidence.clone())
        .take(4)
        .collect();
    let headline = score::figure(subject, score).words();
    Rich::strong(headline)
        .proven_by(&proof)
        .and(" ")
        .and(harm(subject))
        .and(" ")
        .and(duties(subject))
}

fn harm(subject: &Subject) -> String {
    let impact = &subject.evaluation.impact;
    let actual = &impact.actual;
    if actual.harms == 0 && actual.outage == Span::ZERO {
        return "The attack did no harm.".to_owned();
    }
    let assets = u64::from(actual.assets);
    let mut said = format!(
        "The attack reached {assets} {}; services were out for {} in all",
        plural(assets, "asset", "assets"),
        duration(actual.outage)
    );
    if let Some(none) = impact
        .no_response
        .as_ref()
        .filter(|none| none.outage > Span::ZERO)
    {
        said.push_str(", where without any response it would have been ");
        said.push_str(&duration(none.outage));
    }
    said + "."
}

fn duties(subject: &Subject) -> String {
    let clocks = subject.evaluation.obligations.iter();
    let called: Vec<Verdict> = clocks
        .map(|clock| clock.verdict)
        .filter(|verdict| {
            !matches!(
                verdict,
                Verdict::NotTriggered | Verdict::NotRequired | Verdict::Running
            )
        })
        .collect();
    let kept = called
        .iter()
        .filter(|verdict| matches!(verdict, Verdict::Met | Verdict::Phased | Verdict::HandedOn));
    match (called.len(), kept.count()) {
        (0, _) => "No duty to notify fell due.".to_owned(),
        (all, kept) if all == kept && all == 1 => "The one duty to notify was kept.".to_owned(),
        (all, kept) if all == kept => format!("All {all} duties to notify were kept."),
        (all, kept) => format!("{kept} of {all} duties to notify were kept."),
    }
}

fn ladder(subject: &Subject) -> Ladder {
    let main = subject.evaluation.main();
    let steps = main.phases.iter().map(|phase| {
        let rung = crate::compose::phases::rung(subject, phase);
        let says = match (rung.taken, rung.target) {
            (Some(taken), Some(target)) if taken > target => {
                format!("{} late", duration(taken - target))
            }
            (Some(_), Some(_)) => "in time".to_owned(),
            (Some(_), None) => "no target".to_owned(),
            (None, _) => rung.status.clone(),
        };
        Step {
            phase: phase.phase,
            taken: rung.taken,
            target: rung.target,
            says,
            entry: rung.entry,
        }
    });
    Ladder {
        steps: steps.collect(),
    }
}

/// What to improve, with what helped when it was tried, and room for an owner and a date.
fn to_improve(subject: &Subject, advice: Option<&Advice>) -> Table {
    let all = subject.evaluation.findings.iter().enumerate();
    let weak = all
        .filter(|(_, finding)| !finding.kind.is_strength())
        .take(IMPROVE);
    let rows = weak.enumerate().map(|(rank, (place, finding))| {
        let (what, gain) = proposal(subject, finding, (advice, place));
        let mut row = vec![Cell::Count(rank as u64 + 1), Cell::Text(what)];
        row.extend(advice.map(|_| Cell::Text(Rich::plain(gain))));
        row.extend([Cell::Blank, Cell::Blank]);
        row
    });
    let mut columns = vec![
        Column::new("Rank", Width::Narrow),
        Column::new("What to do, and why", Width::Wide),
    ];
    columns.extend(advice.map(|_| gain_column()));
    columns.extend(["Owner", "Due"].map(|title| Column::new(title, Width::Narrow)));
    Table {
        caption: "What to improve".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

/// The column of gains: there is none where nothing was tried.
pub(super) fn gain_column() -> Column {
    Column::new("Gain when tried", Width::Middle)
}

/// What is proposed on a finding, and what it gained.
pub(super) fn proposal(
    subject: &Subject,
    finding: &Finding,
    (advice, place): (Option<&Advice>, usize),
) -> (Rich, String) {
    let found = sentence(&words::finding(subject, finding));
    let best = advice.and_then(|advice| advice.helping(place).next());
    if let Some(best) = best {
        let changes = best.changes.iter();
        let changes: Vec<String> = changes
            .map(|change| words::change(subject.exercise, *change))
            .collect();
        let what = sentence(&words::upper_first(&changes.join("; ")));
        let what = Rich::strong(what).and(format!(" {found}"));
        return (
            what.proven_by(&finding.evidence),
            words::gain(&subject.names, best),
        );
    }
    let direct = finding.all().flat_map(|of| &of.corrections).next();
    let what = direct.map(|of| sentence(&words::upper_first(&words::correction(subject, *of))));
    let what = what.map_or_else(
        || Rich::strong(found.clone()),
        |what| Rich::strong(what).and(format!(" {found}")),
    );
    let gain = match (advice, direct.is_none()) {
        (_, true) => "no proposal was found",
        (None, _) => "not tried",
        (Some(_), _) => "no sure gain, or it cannot be tried",
    };
    (what.proven_by(&finding.evidence), gain.to_owned())
}

fn to_keep(subject: &Subject) -> Vec<Rich> {
    let all = subject.evaluation.findings.iter();
    let strong = all.filter(|finding| finding.kind.is_strength()).take(KEEP);
    strong
        .map(|finding| {
            Rich::plain(sentence(&words::finding(subject, finding))).proven_by(&finding.evidence)
        })
        .collect()
}

/// What only a leader can decide of what helped: who may do what, and who is paid for.
fn to_decide(subject: &Subject, advice: Option<&Advice>) -> Vec<Rich> {
    let Some(advice) = advice else {
        return Vec::new();
    };
    let helping = advice.trials.best.iter().filter(|tried| tried.helps());
    let asked = helping.filter_map(|tried| {
        let leaders = tried.changes.iter().copied().find_map(|change| {
            let question = match change {
                Change::WithoutApproval(_) | Change::ApprovedBy(..) | Change::May(..) => {
                    "Is this allowed"
                }
                Change::Holder(..) | Change::NewHolder(_) | Change::SecondShift(_) => {
                    "Is this paid for"
                }
                _ => return None,
            };
            let what = words::change(subject.exercise, change);
            Some(format!("{question}: {}?", what.trim_end_matches('.')))
        });
        Some(Rich::plain(leaders?).and(format!(
            " It gained: {}.",
            words::gain(&subject.names, tried)
        )))
    });
    asked.take(KEEP).collect()
}

/// A number of things at the head of a list.
fn counted(n: usize) -> &'static str {
    ["Nothing", "One", "Two", "Three", "Four", "Five"]
        .get(n)
        .copied()
        .unwrap_or("Several")
}

/// A text with its full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let ends = text.ends_with(['.', '?', '!']);
    format!("{text}{}", if ends { "" } else { "." })
}
