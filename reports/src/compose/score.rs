//! The exercise score, how it came about, and the times that matter most.

use crate::document::{Block, Depth, Headline, Part, Section, Text, Tone};
use crate::words::{self, Subject, duration, plural};
use hotwash_engine::evaluation::{ExerciseScore, NotScored, ScoreBy};
use hotwash_engine::exercise::{BasisPoints, Mark, Phase, Span};

/// The section.
pub(super) fn section(subject: &Subject) -> Section {
    let score = subject.evaluation.score.as_ref();
    let mut blocks = vec![Block::Headline(Headline {
        left: figure(score),
        right: contained(subject),
    })];
    if let Some(score) = score {
        blocks.extend(gates(subject, score).map(Block::Paragraph));
        blocks.extend(beside(subject, score).map(Block::Paragraph));
    } else {
        let text = "No phase, task or judgement of this run could be scored.";
        blocks.push(Block::Paragraph(Text::plain(text)));
    }
    blocks.push(Block::Paragraph(declared(subject)));
    Section {
        part: Part::Score,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}

/// The tone of a score: three bands, said in figures as well.
pub(crate) const fn tone(points: BasisPoints) -> Tone {
    match points.0 {
        8_000.. => Tone::Good,
        6_000..8_000 => Tone::Weak,
        _ => Tone::Bad,
    }
}

fn figure(score: Option<&ExerciseScore>) -> Text {
    let label = Text::toned("EXERCISE SCORE ", Tone::Strong);
    match score {
        Some(score) => {
            let partial = if score.partial { ", partial" } else { "" };
            label
                .and_toned(words::score(score.after_gates), tone(score.after_gates))
                .and(format!(" of 100{partial}"))
        }
        None => label.and_toned("none", Tone::Weak),
    }
}

/// The one headline time: how long until the main incident was contained.
fn contained(subject: &Subject) -> Text {
    let response = &subject.evaluation.main().phases[Phase::Response.index()];
    let timing = response.timing[1];
    let target = timing
        .target
        .map_or_else(String::new, |t| format!(" (target {})", duration(t)));
    let tone = match (timing.taken, timing.target) {
        (Some(taken), Some(target)) if taken <= target => Tone::Good,
        (Some(_), None) => Tone::Plain,
        _ => Tone::Bad,
    };
    let own = response.completed.zip(response.origin);
    let own = own.map(|(completed, (_, origin))| completed.at - origin.at);
    match (response.not_scored, timing.taken.or(own)) {
        (Some(NotScored::NotApplicable), _) => Text::plain("nothing to contain"),
        (_, Some(Span(..=0))) => Text::toned("contained before its clock began", Tone::Good),
        (_, Some(taken)) => {
            Text::toned(format!("contained after {}", duration(taken)), tone).and(target)
        }
        (_, None) => Text::toned("not contained", Tone::Bad).and(target),
    }
}

/// Each cap, with what it leaves.
fn gates<'a>(subject: &'a Subject, score: &'a ExerciseScore) -> impl Iterator<Item = Text> + 'a {
    let before = words::score(score.before_gates);
    let count = score.gates.len() as u64;
    let lead = format!("{before} before the {}", plural(count, "gate", "gates"));
    score.gates.iter().enumerate().map(move |(i, gate)| {
        let lead = if i == 0 {
            lead.clone()
        } else {
            "And".to_owned()
        };
        let reason = words::gate(subject, gate.reason);
        let cap = words::score(gate.cap);
        Text::plain(format!("{lead}: {}", reason.trim_end_matches('.')))
            .and_toned(format!("; at most {cap}."), Tone::Bad)
            .and_toned(space(&words::references(&gate.evidence)), Tone::Faint)
    })
}

fn space(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" {text}")
    }
}

/// The plan's ceiling, who earned what, and what a single run is worth.
fn beside(subject: &Subject, score: &ExerciseScore) -> Option<Text> {
    let mut said = Vec::new();
    if score.partial {
        let phases = &subject.evaluation.main().phases;
        let missing = phases
            .iter()
            .filter(|p| p.not_scored == Some(NotScored::NotInPlan));
        let missing: Vec<&str> = missing.map(|p| p.phase.name()).collect();
        if !missing.is_empty() {
            said.push(format!("Partial: {} not in the plan.", missing.join(", ")));
        }
        if score.all_is_theirs {
            said.push("Partial: others run all that was hit, and restored it.".to_owned());
        }
    }
    if let Some(ceiling) = score.ceiling {
        said.push(format!(
            "This plan without waits and errors: {}, its ceiling.",
            words::score(ceiling)
        ));
    }
    if !score.by.is_empty() {
        let by: Vec<String> = score
            .by
            .iter()
            .map(|(by, points)| {
                let by = match by {
                    ScoreBy::Played => "played",
                    ScoreBy::Simulated => "simulated",
                    ScoreBy::Facilitator => "facilitator",
                };
                format!("{by} {}", words::score(*points))
            })
            .collect();
        said.push(format!("By who acted: {}.", by.join(", ")));
    }
    (!said.is_empty()).then(|| Text::plain(said.join(" ")))
}

/// When the main incident was declared, counted from the first sign.
fn declared(subject: &Subject) -> Text {
    let main = subject.evaluation.main();
    let first = main.mark(Mark::Observable);
    let declared = main.mark(Mark::Declared);
    let text = match (first, declared) {
        (Some(first), Some(declared)) => format!(
            "Declared {} after the first sign.",
            duration(declared.at - first.at)
        ),
        (None, Some(declared)) => format!("Declared at {}.", subject.clock.label(declared.at)),
        (Some(first), None) => format!(
            "Never declared; the first sign was there at {}.",
            subject.clock.label(first.at)
        ),
        (None, None) => "Never declared; there was never a sign of it.".to_owned(),
    };
    Text::plain(text).and(" One run is one story: another seed tells another.")
}
