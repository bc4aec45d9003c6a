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
        let word = words::plural(quiet as u64, "other duty was", "other duties were");
        blocks.push(Block::Paragraph(Text::plain(format!(
            "{quiet} {word} not called for."
        ))));
    }
    Section {
        part: Part::Clocks,
        depth: Depth::Summary,
        title: "Duties with a deadline".to_owned(),
        aside: String::new(),
        blocks,
    }
}

/// How many duties a page of one screen lists.
const LISTED: usize = 4;

/// The duties with a deadline on a page of one screen: those that went wrong or still run, a line each; all others in
/// a sentence.
pub(super) fn clocks_of_page(subject: &Subject) -> Vec<Block> {
    let all = subject.evaluation.obligations.iter();
    let mut open: Vec<&ObligationVerdict> = all
        .clone()
        .filter(|of| of.verdict != Verdict::NotTriggered && tier(of.verdict) != 3)
        .collect();
    open.sort_by_key(|of| (tier(of.verdict), of.due, of.obligation, of.incident));
    let shown = open.iter().take(LISTED).map(|of| {
        let title = subject.names.obligation(of.obligation);
        Text::plain(format!("{title}: "))
            .and_toned(words::verdict(of.verdict), words::verdict_tone(of.verdict))
            .and(margin(subject, of))
            .and(".")
    });
    let shown: Vec<Text> = shown.collect();
    let more = open.len().saturating_sub(LISTED);
    let kept: Vec<&ObligationVerdict> = all.filter(|of| tier(of.verdict) == 3).collect();
    let mut blocks = Vec::new();
    if !shown.is_empty() {
        blocks.push(Block::List(shown));
    }
    let mut said = Vec::new();
    if more > 0 {
        said.push(format!("{more} more like these."));
    }
    said.extend(in_time(subject, &kept));
    if !said.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(said.join(" "))));
    }
    blocks
}

/// The duties that were kept in time, and which of them had least time to spare.
fn in_time(subject: &Subject, kept: &[&ObligationVerdict]) -> Option<String> {
    let spare = |of: &&&ObligationVerdict| of.due.zip(of.met).map(|(due, met)| due - met.at);
    let tightest = kept
        .iter()
        .filter(|of| spare(of).is_some())
        .min_by_key(|of| spare(of));
    let name = |of: &ObligationVerdict| subject.names.obligation(of.obligation);
    match (kept, tightest) {
        ([], _) => None,
        ([only], Some(_)) => Some(format!(
            "Duties with a deadline: {} was kept, with {} to spare.",
            name(only),
            duration(spare(&only).unwrap_or_default())
        )),
        (kept, Some(tightest)) => Some(format!(
            "Duties with a deadline: {} were kept in time, the tightest of them with {} to spare ({}).",
            count(kept.len() as u64),
            duration(spare(&tightest).unwrap_or_default()),
            name(tightest)
        )),
        (kept, None) => Some(format!(
            "Duties with a deadline: {} were kept.",
            count(kept.len() as u64)
        )),
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
        (Verdict::NotRecognised, _, _) => ": it was called for, and nobody ever knew it".to_owned(),
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
            "Excused, and left out of the score: {what}. The reason: {reason}."
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
type Figure = (String, fn(&BaselineImpact) -> Option<String>);

fn figures(subject: &Subject) -> [Figure; 7] {
    let currency = subject.names.currency();
    [
        ("outage, summed over assets".to_owned(), |i| {
            (i.outage > Span::ZERO).then(|| duration(i.outage))
        }),
        ("records taken or published".to_owned(), |i| {
            (i.records > 0).then(|| count(i.records))
        }),
        ("assets affected".to_owned(), |i| {
            (i.assets > 0).then(|| count(u64::from(i.assets)))
        }),
        (format!("loss in {currency}"), |i| {
            (i.loss != Money(0)).then(|| money(i.loss))
        }),
        (format!("of that for records, in {currency}"), |i| {
            (i.loss_of_records != Money(0)).then(|| money(i.loss_of_records))
        }),
        ("age of the restored data".to_owned(), |i| {
            (i.data_lost > Span::ZERO).then(|| duration(i.data_lost))
        }),
        ("assets whose data was never restored".to_owned(), |i| {
            (!i.never_restored.is_empty()).then(|| count(i.never_restored.len() as u64))
        }),
    ]
}

/// The impact beside its baselines.
pub(super) fn impact(subject: &Subject) -> Section {
    let impact = &subject.evaluation.impact;
    let beside = [&impact.no_response, &impact.ideal];
    let figures = figures(subject);
    let rows: Vec<Vec<Text>> = figures
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
                Text::plain(name.clone()),
                Text::toned(known(&impact.actual), Tone::Strong),
                Text::plain(run(&impact.no_response)),
                Text::plain(run(&impact.ideal)),
            ]
        })
        .collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(
            "No outage, no loss, no records taken.",
        )));
    } else {
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::wrapping("What"),
                Column::right("this run"),
                Column::right("no response"),
                Column::right("ideal team"),
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
        aside: "beside a run without any response and one of an ideal team, with the same chance"
            .to_owned(),
        blocks,
    }
}

/// The longest outages, and which of them were too long.
fn outages(subject: &Subject) -> Option<Text> {
    let outages = &subject.evaluation.impact.actual.outages;
    let first = outages.first()?;
    let rto = subject.exercise.asset(first.asset).rto;
    let rto = rto.map_or_else(String::new, |rto| {
        format!("; at most {} is accepted", duration(rto))
    });
    let mut text = Text::plain(format!(
        "The longest outage was that of {}, for {}{rto}",
        subject.names.asset(first.asset),
        duration(first.longest)
    ));
    let over = outages.iter().filter(|outage| outage.past_rto).count() as u64;
    if over > 0 {
        let assets = words::plural(over, "asset was", "assets were");
        let said = format!(". {over} {assets} out of service for longer than is accepted");
        text = text.and_toned(said, Tone::Bad);
    }
    Some(
        text.and(".")
            .and_toned(format!(" {}", references(&first.evidence)), Tone::Faint),
    )
}
