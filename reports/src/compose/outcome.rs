//! Clocks, objectives, impact and findings.

use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, count, duration, money, references};
use hotwash_engine::evaluation::{BaselineImpact, ObligationVerdict, Rating};
use hotwash_engine::exercise::{Mode, Money, Span};
use hotwash_engine::record::Verdict;

/// Duties with a deadline: first those that went wrong, then by when they were due.
pub(super) fn clocks(subject: &Subject) -> Section {
    let several = subject.evaluation.incidents.len() > 1;
    let mut shown: Vec<&ObligationVerdict> = subject
        .evaluation
        .obligations
        .iter()
        .filter(|clock| clock.verdict != Verdict::NotTriggered)
        .collect();
    shown.sort_by_key(|clock| {
        (
            tier(clock.verdict),
            clock.due,
            clock.obligation,
            clock.incident,
        )
    });
    let rows: Vec<Vec<Text>> = shown
        .iter()
        .map(|clock| {
            let mut title = subject.names.obligation(clock.obligation);
            if several {
                title = format!("{title} ({})", subject.names.incident(clock.incident));
            }
            let term = words::obligation_term(subject, clock.obligation);
            vec![
                Text::plain(title),
                Text::plain(term),
                Text::toned(
                    words::verdict(clock.verdict),
                    words::verdict_tone(clock.verdict),
                )
                .and(margin(subject, clock))
                .and(beside_law(subject, clock)),
                Text::toned(references(&clock.evidence), Tone::Faint),
            ]
        })
        .collect();
    let quiet = subject.evaluation.obligations.len() - shown.len();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::wrapping("Duty"),
                Column::left("Term"),
                Column::wrapping("How it stands"),
                Column::right("Entries"),
            ],
            rows,
            titled: false,
        }));
    }
    if quiet > 0 && !subject.evaluation.obligations.is_empty() {
        let word = words::plural(quiet as u64, "clock was", "clocks were");
        blocks.push(Block::Paragraph(Text::plain(format!(
            "{quiet} {word} not triggered."
        ))));
    }
    Section {
        part: Part::Clocks,
        depth: Depth::Summary,
        title: "Clocks".to_owned(),
        aside: String::new(),
        blocks,
    }
}

pub(crate) const fn tier(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Breached | Verdict::WrongRecipient | Verdict::NotRecognised => 0,
        Verdict::Late => 1,
        Verdict::Incomplete | Verdict::Needless => 2,
        Verdict::Met | Verdict::Phased => 3,
        Verdict::Running | Verdict::HandedOn | Verdict::NotRequired | Verdict::NotTriggered => 4,
    }
}

pub(crate) fn margin(subject: &Subject, clock: &ObligationVerdict) -> String {
    let met = clock.met.map(|met| met.at);
    match (clock.verdict, clock.due, met) {
        (Verdict::Met | Verdict::Phased | Verdict::Incomplete, Some(due), Some(met))
            if met <= due =>
        {
            format!(", {} to spare", duration(due - met))
        }
        (Verdict::Late, Some(due), Some(met)) => format!(" by {}", duration(met - due)),
        (Verdict::Breached | Verdict::WrongRecipient, Some(due), _) => {
            let over = subject.ended_at() - due;
            if over > Span::ZERO {
                format!(
                    ": due {}, {} before {}",
                    subject.clock.label(due),
                    duration(over),
                    subject.end_word()
                )
            } else {
                format!(": due {}", subject.clock.label(due))
            }
        }
        (Verdict::Running | Verdict::HandedOn, Some(due), _) => {
            format!(", due {}", subject.clock.label(due))
        }
        (Verdict::NotRecognised, _, _) => ": nobody ever knew enough".to_owned(),
        (Verdict::NotRequired, _, _) => ", as it was decided".to_owned(),
        _ => String::new(),
    }
}

/// What the plan says of a duty of law: nothing, or a limit of its own, kept or not.
pub(crate) fn beside_law(subject: &Subject, clock: &ObligationVerdict) -> String {
    if !subject.exercise.obligation(clock.obligation).is_in_plan() {
        return "; not in the plan".to_owned();
    }
    let Some(due) = clock.own_due else {
        return String::new();
    };
    let label = subject.clock.label(due);
    match clock.met {
        Some(met) if met.at <= due => format!("; the plan's own limit ({label}) was kept"),
        None if subject.ended_at() <= due => format!("; by the plan's own limit due {label}"),
        _ => format!("; the plan's own limit ({label}) was not kept"),
    }
}

/// The objectives and their ratings.
pub(super) fn objectives(subject: &Subject) -> Section {
    let rows: Vec<Vec<Text>> = subject
        .evaluation
        .objectives
        .iter()
        .map(|rated| {
            let objective = &subject.exercise.scenario().objectives[rated.objective.index()];
            vec![
                Text::toned(
                    words::rating(rated.rating),
                    words::rating_tone(rated.rating),
                ),
                Text::plain(objective.capability.name()),
                Text::plain(subject.names.objective(rated.objective)),
                Text::toned(references(&rated.evidence), Tone::Faint),
            ]
        })
        .collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::left("Rating"),
                Column::left("Capability"),
                Column::wrapping("Objective"),
                Column::right("Entries"),
            ],
            rows,
            titled: false,
        }));
        blocks.push(Block::Paragraph(meanings(subject)));
    }
    blocks.extend(super::said::ratings(subject));
    blocks.extend(excused(subject).map(Block::Paragraph));
    let predicted = subject.record.header.mode == Mode::Simulated;
    Section {
        part: Part::Objectives,
        depth: Depth::Summary,
        title: "Objectives".to_owned(),
        aside: if predicted {
            "ratings are predicted"
        } else {
            "computed ratings"
        }
        .to_owned(),
        blocks,
    }
}

/// The expectations that the facilitator excused, which leave the score.
fn excused(subject: &Subject) -> impl Iterator<Item = Text> {
    let all = subject.evaluation.excused.iter();
    all.map(|excused| {
        let what = subject.names.expectation(excused.expectation);
        let (what, reason) = (
            what.trim().trim_end_matches('.'),
            excused.reason.trim().trim_end_matches('.'),
        );
        Text::plain(format!(
            "Excused, and left out of the score: {what}; {reason}."
        ))
        .and_toned(format!(" {}", references(&[excused.entry])), Tone::Faint)
    })
}

/// What the ratings given mean.
fn meanings(subject: &Subject) -> Text {
    let given = |rating: &Rating| {
        subject
            .evaluation
            .objectives
            .iter()
            .any(|objective| objective.rating == *rating)
    };
    let all = [Rating::P, Rating::S, Rating::M, Rating::U, Rating::N];
    let words: Vec<String> = all
        .iter()
        .filter(|rating| given(rating))
        .map(|rating| {
            format!(
                "{} {}",
                words::rating(*rating),
                words::rating_meaning(*rating)
            )
        })
        .collect();
    Text::toned(format!("{}.", words.join("; ")), Tone::Faint)
}

/// A row of the table of impact: what it is, and its figure in a run, where there is anything.
type Figure = (&'static str, fn(&BaselineImpact) -> Option<String>);

const FIGURES: [Figure; 6] = [
    ("outage, summed over assets", |i| {
        (i.outage > Span::ZERO).then(|| duration(i.outage))
    }),
    ("records out or laid open", |i| {
        (i.records > 0).then(|| count(i.records))
    }),
    ("assets affected", |i| {
        (i.assets > 0).then(|| count(u64::from(i.assets)))
    }),
    ("loss in the own currency", |i| {
        (i.loss != Money(0)).then(|| money(i.loss))
    }),
    ("of that for records", |i| {
        (i.loss_of_records != Money(0)).then(|| money(i.loss_of_records))
    }),
    ("data lost", data_lost),
];

/// How old the data is that was restored, and what was never restored.
fn data_lost(impact: &BaselineImpact) -> Option<String> {
    let restored = (impact.data_lost > Span::ZERO).then(|| duration(impact.data_lost));
    let never = match impact.never_restored.len() {
        0 => None,
        1 => Some("all of one asset, never restored".to_owned()),
        many => Some(format!("all of {many} assets, never restored")),
    };
    match (restored, never) {
        (Some(restored), Some(never)) => Some(format!("{restored}; {never}")),
        (one, other) => one.or(other),
    }
}

/// The impact beside its baselines.
pub(super) fn impact(subject: &Subject) -> Section {
    let impact = &subject.evaluation.impact;
    let beside = [&impact.no_response, &impact.ideal];
    let rows: Vec<Vec<Text>> = FIGURES
        .iter()
        .filter(|(_, figure)| {
            let others = beside.iter().filter_map(|run| run.as_ref());
            std::iter::once(&impact.actual)
                .chain(others)
                .any(|run| figure(run).is_some())
        })
        .map(|(name, figure)| {
            let known = |run: &BaselineImpact| figure(run).unwrap_or_else(|| "none".to_owned());
            let run = |run: &Option<BaselineImpact>| {
                run.as_ref().map_or_else(|| "not run".to_owned(), known)
            };
            vec![
                Text::plain(*name),
                Text::toned(known(&impact.actual), Tone::Strong),
                Text::plain(run(&impact.no_response)),
                Text::plain(run(&impact.ideal)),
            ]
        })
        .collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(
            "No outage, no loss, no records out.",
        )));
    } else {
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::wrapping("What"),
                Column::right("this run"),
                Column::right("no response"),
                Column::right("ideal response"),
            ],
            rows,
            titled: true,
        }));
    }
    blocks.extend(outages(subject).map(Block::Paragraph));
    Section {
        part: Part::Impact,
        depth: Depth::Summary,
        title: "Impact".to_owned(),
        aside: "beside two baselines on the same draws".to_owned(),
        blocks,
    }
}

/// The longest outages, and which of them were too long.
fn outages(subject: &Subject) -> Option<Text> {
    let outages = &subject.evaluation.impact.actual.outages;
    let first = outages.first()?;
    let rto = subject.exercise.asset(first.asset).rto;
    let rto = rto.map_or_else(String::new, |rto| format!(", objective {}", duration(rto)));
    let mut text = Text::plain(format!(
        "Longest: {} for {}{rto}",
        subject.names.asset(first.asset),
        duration(first.longest)
    ));
    let over = outages.iter().filter(|outage| outage.past_rto).count() as u64;
    if over > 0 {
        let assets = words::plural(over, "asset was", "assets were");
        text = text.and_toned(format!("; {over} {assets} out too long"), Tone::Bad);
    }
    Some(
        text.and(".")
            .and_toned(format!(" {}", references(&first.evidence)), Tone::Faint),
    )
}
