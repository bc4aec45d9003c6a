//! The exercise score, how it came about, and the times that matter most.

use crate::document::{Block, Depth, Headline, Part, Section, Text, Tone};
use crate::words::{self, Subject, duration};
use hotwash_engine::evaluation::{ExerciseScore, ScoreBy, Timed};
use hotwash_engine::exercise::{BasisPoints, Mark, Span};

/// The section.
pub(super) fn section(subject: &Subject) -> Section {
    let score = subject.evaluation.score.as_ref();
    let mut blocks = vec![Block::Headline(Headline {
        left: figure(subject, score),
        right: contained(subject),
    })];
    if let Some(score) = score {
        blocks.extend(gates(subject, score).map(Block::Paragraph));
        blocks.extend(beside(subject, score).map(Block::Paragraph));
        let bent = words::bent::of_run(subject);
        if !bent.is_empty() {
            blocks.push(Block::Paragraph(Text::toned(bent.join(" "), Tone::Weak)));
        }
    } else {
        let text = if subject.evaluation.end.is_none() {
            "Without ENDEX nothing is known of what was still to come: there is no score, and what was \
             not done is not said to be missing."
        } else {
            "No phase, task or judgement of this run could be scored."
        };
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

/// Passed or not, and why not: the first gate, and all for which the score is partial.
pub(crate) fn figure(subject: &Subject, score: Option<&ExerciseScore>) -> Text {
    if subject.evaluation.end.is_none() {
        let said = words::upper_first(&subject.ending());
        return Text::toned("NO SCORE.", Tone::Weak).and(format!(" {said}."));
    }
    let Some(score) = score else {
        return Text::toned("NOT SCORED", Tone::Weak);
    };
    let out = Text::plain(" Carried out: ")
        .and_toned(words::score(score.carried_out), tone(score.carried_out))
        .and(" of 100.");
    if score.passed {
        return Text::toned("PASSED.", Tone::Good).and(out);
    }
    let gates = score
        .gates
        .iter()
        .map(|gate| words::gate(subject, gate.reason));
    let partial = words::partials(&subject.names, &score.partial);
    let partial = partial.map(|why| format!("the score is partial: {why}"));
    let why: Vec<String> = gates.take(1).chain(partial).collect();
    let why: Vec<&str> = why.iter().map(|why| why.trim_end_matches('.')).collect();
    let why = format!(": {}.", why.join("; and "));
    Text::toned("NOT PASSED", Tone::Bad).and(why).and(out)
}

/// The one headline time: how long after the first sign that somebody read the main incident was contained.
fn contained(subject: &Subject) -> Text {
    let judged = subject.evaluation.main();
    let contained = judged.contained;
    let label = |timed: Timed| subject.clock.label(timed.at);
    if !contained.called_for {
        return Text::plain("nothing to contain");
    }
    let Some(lasting) = contained.lasting else {
        if subject.evaluation.end.is_none() {
            return Text::toned("not contained so far", Tone::Weak);
        }
        let why = match contained.lost {
            Some(lost) => format!("not contained: what held until {} did not last", label(lost)),
            None if contained.cut_off => {
                "never contained: until ENDEX something affected stayed open, or more harm could come"
                    .to_owned()
            }
            None => "never contained: nothing was cut off".to_owned(),
        };
        return Text::toned(why, Tone::Bad);
    };
    let before = contained.first.filter(|first| first.at < lasting.at);
    let before = before.map_or_else(String::new, |first| {
        format!("; it had been at {}, and did not last", label(first))
    });
    let said = match (judged.mark(Mark::Seen), judged.contained_after()) {
        (Some(read), Some(after)) if after > Span::ZERO => format!(
            "contained after {}, counted from the first sign read ({})",
            duration(after),
            label(read)
        ),
        (Some(_), _) => format!(
            "contained at {}, before anybody read a sign of it",
            label(lasting)
        ),
        (None, _) => format!(
            "contained at {}; nobody ever read a sign of it",
            label(lasting)
        ),
    };
    Text::plain(said).and(before)
}

/// What each gate leaves for ranking. The first stands in the headline with its reason.
fn gates<'a>(subject: &'a Subject, score: &'a ExerciseScore) -> impl Iterator<Item = Text> + 'a {
    score.gates.iter().enumerate().map(move |(i, gate)| {
        let left = words::score(gate.leaves);
        let said = if i == 0 {
            Text::toned(format!("For that it ranks as {left}."), Tone::Bad)
        } else {
            let reason = words::gate(subject, gate.reason);
            Text::plain(format!("Nor for this: {}", reason.trim_end_matches('.')))
                .and_toned(format!("; it ranks as {left}."), Tone::Bad)
        };
        said.and_toned(space(&words::references(&gate.evidence)), Tone::Faint)
    })
}

fn space(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" {text}")
    }
}

/// What other yardsticks make of it, how well it goes where everybody knows, and who earned what.
fn beside(subject: &Subject, score: &ExerciseScore) -> Option<Text> {
    let mut said = Vec::new();
    if let (Some(default), Some(softer)) = (score.by_default, &subject.exercise.parts().softer) {
        let passed = if default.passed {
            "passed"
        } else {
            "not passed"
        };
        said.push(format!(
            "The yardstick is softer than the default ({}); by the default: {passed}, carried out {}.",
            softer.cells.join("; "),
            words::score(default.carried_out)
        ));
    }
    if let Some(own) = score.by_plan {
        let own = words::score(own);
        said.push(format!(
            "By what the plan asks of itself, which scores nothing: {own}."
        ));
    }
    if let Some(ideal) = score.ideal {
        said.push(format!(
            "If everybody knew and nobody waited: {}.",
            words::score(ideal)
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
    let first = main.first_sign(subject.evaluation.began_early.is_some());
    let declared = main.mark(Mark::Declared);
    let text = match (first, declared) {
        (Some(first), Some(declared)) if declared.at < first.at => format!(
            "Declared {} before there was a sign of it.",
            duration(first.at - declared.at)
        ),
        (Some(first), Some(declared)) => format!(
            "Declared {} after the first sign.",
            duration(declared.at - first.at)
        ),
        (None, Some(declared)) => format!("Declared at {}.", subject.clock.label(declared.at)),
        (_, None) if subject.evaluation.end.is_none() => {
            format!("Not declared by {}.", subject.end_word())
        }
        (Some(first), None) => format!(
            "Never declared; the first sign was there at {}.",
            subject.clock.label(first.at)
        ),
        (None, None) => "Never declared; there was never a sign of it.".to_owned(),
    };
    Text::plain(text).and(" One run is one story: another seed tells another.")
}
