//! The exercise score, how it came about, and the times that matter most.

use crate::document::{Block, Depth, Headline, Part, Section, Text, Tone};
use crate::words::{self, Subject, duration};
use hotwash_engine::evaluation::{ExerciseScore, ScoreBy, Timed};
use hotwash_engine::exercise::{BasisPoints, ExerciseTime, Mark, Mode, Span};

/// The section of a full page: the verdict, what it is for ranking, and what stands beside it.
pub(super) fn section(subject: &Subject) -> Section {
    let score = subject.evaluation.score.as_ref();
    let mut blocks = vec![Block::Headline(Headline {
        left: figure(subject, score),
        right: Text::empty(),
    })];
    blocks.push(Block::Paragraph(course(subject)));
    if let Some(score) = score {
        blocks.extend(gates(subject, score).map(Block::Paragraph));
        blocks.extend(beside(subject, score).map(Block::Paragraph));
        blocks.extend(bent(subject));
    } else {
        blocks.push(Block::Paragraph(Text::plain(unscored(subject))));
    }
    blocks.extend(possible(subject));
    of(blocks)
}

/// The section of a page of one screen: the verdict in three sentences.
pub(super) fn of_page(subject: &Subject) -> Section {
    let score = subject.evaluation.score.as_ref();
    let mut said = figure(subject, score);
    let ideal = score.and_then(|score| score.ideal);
    if let Some(ideal) = ideal {
        let ideal = words::score(ideal);
        said = said.and(format!(" If everybody knew and nobody waited: {ideal}."));
    }
    said = said.and(" ").and(course(subject));
    if score.is_none() {
        said = said.and(" ").and(unscored(subject));
    }
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(bent(subject));
    of(blocks)
}

const fn of(blocks: Vec<Block>) -> Section {
    Section {
        part: Part::Score,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}

/// What a single run says of chance.
fn possible(subject: &Subject) -> Option<Block> {
    let simulated = subject.record.header.mode == Mode::Simulated;
    let said = Text::plain("This is one possible course of events: ")
        .and(Text::command("hotwash campaign", Tone::Plain))
        .and(" says how likely it is.");
    simulated.then_some(Block::Paragraph(said))
}

/// What bends the score without being in it.
fn bent(subject: &Subject) -> Option<Block> {
    subject.evaluation.score.as_ref()?;
    let bent = words::bent::of_run(subject);
    (!bent.is_empty()).then(|| Block::Paragraph(Text::toned(bent.join(" "), Tone::Weak)))
}

/// Why there is no score.
const fn unscored(subject: &Subject) -> &'static str {
    if subject.evaluation.end.is_none() {
        "Without ENDEX nobody knows what was still to come: there is no score, and what was not done is not said \
         to be missing."
    } else {
        "No phase, task or judgement of this run could be scored."
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
        return Text::toned("NOT SCORED.", Tone::Weak);
    };
    let out = Text::plain(" Carried out: ")
        .and_toned(words::score(score.carried_out), tone(score.carried_out))
        .and(" of 100.");
    if score.passed {
        return Text::toned("PASSED.", Tone::Good).and(out);
    }
    let mut gates = score
        .gates
        .iter()
        .map(|gate| words::gate(subject, gate.reason));
    let partial = words::partials(&subject.names, &score.partial);
    let partial = partial.map(|why| format!("The score is partial: {why}."));
    let first = gates.next();
    let others = gates.count();
    let why = first.as_deref().map(|why| why.trim_end_matches('.'));
    let mut text = match why {
        Some(why) => Text::toned("NOT PASSED", Tone::Bad).and(format!(": {why}.")),
        None => Text::toned("NOT PASSED.", Tone::Bad),
    };
    text = match others {
        0 => text,
        1 => text.and(" It is not passed for one more reason."),
        more => text.and(format!(" It is not passed for {more} more reasons.")),
    };
    if let Some(partial) = partial {
        text = text.and(format!(" {partial}"));
    }
    text.and(out)
}

/// When the main incident was first seen, declared and contained: the same times as everywhere on the page.
fn course(subject: &Subject) -> Text {
    let judged = subject.evaluation.main();
    let label = |at: ExerciseTime| subject.clock.label(at);
    let early = subject.evaluation.began_early.is_some();
    let sign = judged.first_sign(early);
    let (read, declared) = (judged.mark(Mark::Seen), judged.mark(Mark::Declared));
    let by_now = subject.evaluation.end.is_none();
    let read = match (read, sign) {
        (Some(read), _) => format!("Somebody read the first sign at {}", label(read.at)),
        (None, Some(sign)) => {
            format!(
                "The first sign was there at {}, and nobody read one",
                label(sign.at)
            )
        }
        (None, None) => "There was never a sign of it".to_owned(),
    };
    let declared = match (declared, sign) {
        (Some(declared), Some(sign)) if declared.at < sign.at => {
            let before = duration(sign.at - declared.at);
            format!(
                "The team declared the incident at {}, {before} before there was a sign of it",
                label(declared.at)
            )
        }
        (Some(declared), _) => format!("The team declared the incident at {}", label(declared.at)),
        (None, _) if by_now => format!("Nobody declared the incident by {}", subject.end_word()),
        (None, _) => "Nobody ever declared the incident".to_owned(),
    };
    Text::plain(format!("{read}. {declared}. "))
        .and(contained(subject))
        .and(".")
}

/// When the main incident was contained, and how long after the first sign that somebody read.
fn contained(subject: &Subject) -> Text {
    let judged = subject.evaluation.main();
    let contained = judged.contained;
    let label = |timed: Timed| subject.clock.label(timed.at);
    if !contained.called_for {
        return Text::plain("There was nothing to contain");
    }
    let Some(lasting) = contained.lasting else {
        if subject.evaluation.end.is_none() {
            return Text::toned("The attack is not contained so far", Tone::Weak);
        }
        let why = match contained.lost {
            Some(lost) => format!("The attack was not contained: what held until {} did not last", label(lost)),
            None if contained.cut_off => {
                "The attack was never contained: until ENDEX something affected stayed open, or more harm could come"
                    .to_owned()
            }
            None => "The attack was never contained: nothing was cut off".to_owned(),
        };
        return Text::toned(why, Tone::Bad);
    };
    let before = contained.first.filter(|first| first.at < lasting.at);
    let before = before.map_or_else(String::new, |first| {
        format!(", after a first time at {} that did not last", label(first))
    });
    let at = label(lasting);
    let said = match (judged.mark(Mark::Seen), judged.contained_after()) {
        (Some(_), Some(after)) if after > Span::ZERO => {
            format!(
                "The attack was contained at {at}, {} after that sign was read",
                duration(after)
            )
        }
        (Some(_), _) => {
            format!("The attack was contained at {at}, before anybody read a sign of it")
        }
        (None, _) => format!("The attack was contained at {at}, and nobody ever read a sign of it"),
    };
    Text::plain(said).and(before)
}

/// What each gate leaves for ranking. The first stands in the verdict with its reason.
fn gates<'a>(subject: &'a Subject, score: &'a ExerciseScore) -> impl Iterator<Item = Text> + 'a {
    score.gates.iter().enumerate().map(move |(i, gate)| {
        let left = words::score(gate.leaves);
        let said = if i == 0 {
            Text::toned(
                format!("Because of that it counts as {left} where runs are ranked."),
                Tone::Bad,
            )
        } else {
            let reason = words::upper_first(&words::gate(subject, gate.reason));
            Text::plain(format!("{}.", reason.trim_end_matches('.')))
                .and_toned(format!(" Because of that it counts as {left}."), Tone::Bad)
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
            "The yardstick is softer than the default ({}). By the default it is {passed}, and carried out: {}.",
            softer.cells.join("; "),
            words::score(default.carried_out)
        ));
    }
    if let Some(own) = score.by_plan {
        let own = words::score(own);
        said.push(format!(
            "By what the plan asks of itself, which counts for nothing here: {own}."
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
        said.push(format!(
            "Of what was carried out, by who acted: {}.",
            by.join(", ")
        ));
    }
    (!said.is_empty()).then(|| Text::plain(said.join(" ")))
}
