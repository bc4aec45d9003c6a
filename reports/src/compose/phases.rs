//! The phases against their targets, and what their time was made of.

use crate::document::{
    Bar, Bars, Block, Column, Depth, Ladder, Part, Rung, Section, Table, Text, Tone,
};
use crate::words::{self, Subject};
use hotwash_engine::evaluation::{
    Category, ExerciseScore, IncidentEvaluation, NotScored, PhaseEvaluation,
};
use hotwash_engine::exercise::{BasisPoints, ExerciseTime, RoleId, Span, Target};

/// The ladder of each incident, the main one first, and how the score is made of it.
pub(super) fn ladder(subject: &Subject) -> Section {
    let mut blocks = Vec::new();
    for judged in incidents(subject) {
        if subject.evaluation.incidents.len() > 1 {
            blocks.push(Block::Paragraph(incident_line(subject, judged)));
        }
        let rungs = judged
            .phases
            .iter()
            .map(|phase| rung(subject, phase))
            .collect();
        blocks.push(Block::Ladder(Ladder { rungs }));
        blocks.extend(own_targets(subject, judged).map(Block::Paragraph));
        blocks.extend(severity_line(judged).map(Block::Paragraph));
        blocks.extend(left_out(judged).map(Block::Paragraph));
        blocks.extend(not_timed(judged).map(Block::Paragraph));
        blocks.extend(remarks(subject, judged).map(Block::Paragraph));
    }
    Section {
        part: Part::Phases,
        depth: Depth::Summary,
        title: "Phases".to_owned(),
        aside: "each from when it should have begun".to_owned(),
        blocks,
    }
}

/// The ladder of the main incident alone, for a page of one screen.
pub(super) fn ladder_of_page(subject: &Subject) -> Section {
    let judged = subject.evaluation.main();
    let rungs = judged.phases.iter().map(|phase| rung(subject, phase));
    let mut blocks = vec![Block::Ladder(Ladder {
        rungs: rungs.collect(),
    })];
    let others = subject.evaluation.incidents.len() - 1;
    if others > 0 {
        let name = subject.names.incident(judged.incident);
        let said =
            format!("These are of {name}, the main incident; {others} more on the full page.");
        blocks.push(Block::Paragraph(Text::toned(said, Tone::Faint)));
    }
    blocks.extend(not_timed(judged).map(Block::Paragraph));
    Section {
        part: Part::Phases,
        depth: Depth::Summary,
        title: "Phases".to_owned(),
        aside: "each from when it should have begun".to_owned(),
        blocks,
    }
}

/// The incidents, the main one first.
pub(crate) fn incidents<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a IncidentEvaluation> {
    let main = subject.evaluation.main;
    let others = subject
        .evaluation
        .incidents
        .iter()
        .filter(move |i| i.incident != main);
    std::iter::once(subject.evaluation.main()).chain(others)
}

fn incident_line(subject: &Subject, judged: &IncidentEvaluation) -> Text {
    let main = if judged.incident == subject.evaluation.main {
        ", the main one"
    } else {
        ""
    };
    Text::toned(subject.names.incident(judged.incident), Tone::Strong).and(main)
}

pub(crate) fn rung(subject: &Subject, phase: &PhaseEvaluation) -> Rung {
    // The time that is shown is the one that is scored: to completion where that has a target.
    let [reached, completed] = phase.timing;
    let by_reached = completed.target.is_none() && reached.target.is_some();
    let timing = if by_reached { reached } else { completed };
    let proof = if by_reached {
        phase.reached
    } else {
        phase.completed
    };
    // What nobody could see has no clock, and no time.
    let unscored = phase.fulfilled.zip(clock_start(phase));
    let unscored = unscored.map(|(done, from)| done.at - from);
    let (status, tone) = match status(phase) {
        // Under a target that names only being reached, the time is that of being reached.
        ("complete" | "incomplete", _) if by_reached => ("reached", Tone::Good),
        other => other,
    };
    Rung {
        name: phase.phase.name().to_owned(),
        status: status.to_owned(),
        tone,
        from: clock_start(phase)
            .filter(|_| phase.not_scored != Some(NotScored::NotApplicable))
            .map(|at| subject.clock.label(at)),
        taken: timing.taken.or(unscored).map(|taken| taken.max(Span::ZERO)),
        target: timing.target,
        instead: instead(subject, phase, timing.target),
        parts: [phase.timeliness, phase.coverage, phase.judgement],
        score: phase.score,
        entry: proof.map(|proof| proof.entry),
    }
}

/// From when a phase's time counts: where it is scored, from there.
fn clock_start(phase: &PhaseEvaluation) -> Option<ExerciseTime> {
    let shown = phase.origin.map(|(_, timed)| timed.at);
    let from = phase.scored_from.or(shown)?;
    Some(from.max(ExerciseTime::STARTEX))
}

const fn status(phase: &PhaseEvaluation) -> (&'static str, Tone) {
    match (phase.not_scored, phase.completed, phase.reached) {
        (Some(NotScored::NotInPlan), _, _) => ("not in plan", Tone::Weak),
        (Some(NotScored::NotApplicable), _, _) => ("not needed", Tone::Faint),
        (_, Some(_), _) => ("complete", Tone::Good),
        (_, None, Some(_)) if phase.reopened > 0 => ("open again", Tone::Bad),
        (_, None, Some(_)) => ("incomplete", Tone::Weak),
        (Some(NotScored::NotFinished), None, None) => ("not so far", Tone::Weak),
        (_, None, None) => ("not reached", Tone::Bad),
    }
}

/// What stands in place of a bar: why there is none, or when it was reached if it was never complete.
fn instead(subject: &Subject, phase: &PhaseEvaluation, target: Option<Span>) -> String {
    let late = phase.reached.map(|reached| subject.clock.label(reached.at));
    match (phase.not_scored, target, phase.completed, late) {
        (Some(_), _, _, _) => "left out".to_owned(),
        (None, None, _, _) if phase.clock_moved.is_some() => "not timed".to_owned(),
        (None, None, _, _) => "no target".to_owned(),
        (None, Some(_), None, Some(reached)) => format!("reached {reached}"),
        (None, Some(_), _, _) => String::new(),
    }
}

/// Whether the plan's own targets were kept, where they are not those of the yardstick.
fn own_targets(subject: &Subject, judged: &IncidentEvaluation) -> Option<Text> {
    let (plan, yardstick) = (subject.exercise.plan(), subject.exercise.yardstick());
    let said = judged.phases.iter().filter_map(|phase| {
        let target = plan.target(phase.phase, judged.scored_severity)?;
        let by = yardstick.target(phase.phase, judged.scored_severity);
        let same = |by: &Target| (by.reached, by.completed) == (target.reached, target.completed);
        if by.is_some_and(same) {
            return None;
        }
        let kept = if phase.own_kept? { "kept" } else { "not kept" };
        let reached = target.reached.map(|limit| ("reached", limit));
        let completed = target.completed.map(|limit| ("complete", limit));
        let limits = reached.into_iter().chain(completed);
        let limits = limits.map(|(what, limit)| format!("{what} in {}", words::limit(limit)));
        let limits: Vec<String> = limits.collect();
        Some(format!(
            "{} was to be {}, which was {kept}",
            phase.phase,
            limits.join(" and ")
        ))
    });
    let said: Vec<String> = said.collect();
    let text = format!(
        "By the plan's own targets, which count for nothing in the score: {}.",
        said.join("; ")
    );
    (!said.is_empty()).then(|| Text::plain(text))
}

/// Against which severity time was scored, and what the team made of it.
fn severity_line(judged: &IncidentEvaluation) -> Option<Text> {
    let scored = judged.scored_severity;
    let truth = judged.true_severity;
    let given = judged.classified.map(|(severity, _)| severity);
    if given == Some(truth) && scored == truth {
        return None;
    }
    let given = given.map_or_else(
        || "the team never classified it".to_owned(),
        |given| format!("the team last classified it {given}"),
    );
    let targets = if scored == truth {
        format!("The incident is {truth}, and so are the targets")
    } else {
        format!(
            "The incident is {truth}; the targets are those of {scored}, which is all that could be known"
        )
    };
    Some(Text::plain(format!("{targets}; {given}.")))
}

/// Which phases have no score, and why.
fn left_out(judged: &IncidentEvaluation) -> Option<Text> {
    let mut reasons: Vec<(NotScored, Vec<&str>)> = Vec::new();
    for phase in &judged.phases {
        let Some(reason) = phase.not_scored else {
            continue;
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, phases)) => phases.push(phase.phase.name()),
            None => reasons.push((reason, vec![phase.phase.name()])),
        }
    }
    let said: Vec<String> = reasons
        .iter()
        .map(|(reason, phases)| {
            format!(
                "{} left out of the score: {}.",
                phases.join(", "),
                words::not_scored(*reason)
            )
        })
        .collect();
    (!said.is_empty()).then(|| Text::plain(said.join(" ")))
}

/// Which phases are not timed because the clock was moved on in them.
fn not_timed(judged: &IncidentEvaluation) -> Option<Text> {
    let crossed = judged.phases.iter().filter(|of| of.clock_moved.is_some());
    let names: Vec<&str> = crossed.clone().map(|phase| phase.phase.name()).collect();
    let mut acts: Vec<u32> = crossed
        .filter_map(|phase| phase.clock_moved)
        .map(|act| act.entry)
        .collect();
    acts.sort_unstable();
    acts.dedup();
    let text = format!(
        "{} not timed: the facilitator moved the clock on ({}).",
        names.join(", "),
        words::references(&acts)
    );
    (!names.is_empty()).then(|| Text::plain(text))
}

/// What the team said beside what was true, and what came open again.
fn remarks<'a>(
    subject: &'a Subject,
    judged: &'a IncidentEvaluation,
) -> impl Iterator<Item = Text> + 'a {
    judged.phases.iter().filter_map(|phase| {
        let said = phase.declared_complete?;
        let said = subject.clock.label(said.at);
        // The watch for recurrence is no part of what the team says.
        match phase.fulfilled {
            Some(done) if done.at <= phase.declared_complete?.at => None,
            Some(done) => Some(Text::plain(format!(
                "{}: the team declared it complete at {said}; it was so only at {}.",
                phase.phase,
                subject.clock.label(done.at)
            ))),
            None => Some(Text::plain(format!(
                "{}: the team declared it complete at {said}; it never was by {}.",
                phase.phase,
                subject.end_word()
            ))),
        }
    })
}

/// How the score is made of the phases: what each is worth, and for how much it counts.
pub(super) fn made_up(subject: &Subject) -> Section {
    let judged = subject.evaluation.main();
    let parts = subject.exercise.yardstick().scoring.parts;
    let part = |i: usize| words::percent(parts[i]);
    let mut blocks = Vec::new();
    if let Some(score) = &subject.evaluation.score {
        let figure = |points: Option<BasisPoints>| {
            Text::plain(points.map_or_else(|| "-".to_owned(), words::score))
        };
        let scored = judged.phases.iter().zip(score.weights);
        let rows = scored
            .filter(|(_, weight)| weight.0 > 0)
            .map(|(phase, weight)| {
                vec![
                    Text::plain(phase.phase.name()),
                    figure(phase.timeliness),
                    figure(phase.coverage),
                    figure(phase.judgement),
                    figure(phase.score),
                    Text::plain(words::percent(weight)),
                ]
            });
        let columns = vec![
            Column::left("Phase"),
            Column::right("in time"),
            Column::right("all done"),
            Column::right("judged well"),
            Column::right("score"),
            Column::right("counts for"),
        ];
        blocks.push(Block::Table(Table {
            columns,
            rows: rows.collect(),
            titled: true,
        }));
        let how = format!(
            "All of 100. Time counts for {} of a phase, what was done for {}, judgement for {}; what does not exist \
             leaves its part to the others.",
            part(0),
            part(1),
            part(2),
        );
        blocks.push(Block::Paragraph(Text::toned(how, Tone::Faint)));
        blocks.push(Block::Paragraph(Text::plain(mean(score))));
    }
    Section {
        part: Part::Phases,
        depth: Depth::Summary,
        title: "How the score is made".to_owned(),
        aside: String::new(),
        blocks,
    }
}

/// The mean of the phases, and what the ratings of objectives take from it.
fn mean(score: &ExerciseScore) -> String {
    let off: u32 = score
        .deductions
        .iter()
        .map(|of| u32::from(of.points.0))
        .sum();
    let mean = words::score(score.mean);
    if off == 0 {
        return format!("The mean of the phases is {mean}.");
    }
    let off = format!("{}.{:02}", off / 100, off % 100);
    let left = words::score(score.carried_out);
    format!(
        "The mean of the phases is {mean}. Objectives that were not performed well take {off} points from it: {left} \
         are left."
    )
}

/// What the time of the slowest phases was made of, as shares of each.
pub(super) fn made_of(subject: &Subject) -> Section {
    let mut slow: Vec<(u64, &PhaseEvaluation)> = subject
        .evaluation
        .main()
        .phases
        .iter()
        .filter(|phase| !phase.made_of.is_empty())
        .map(|phase| (slowness(phase), phase))
        .filter(|(slowness, _)| *slowness > 0)
        .collect();
    slow.sort_by_key(|(slowness, phase)| (std::cmp::Reverse(*slowness), phase.phase));
    let bars = slow
        .iter()
        .take(2)
        .map(|(_, phase)| Block::Bars(bars(subject, phase)));
    Section {
        part: Part::TimeMadeOf,
        depth: Depth::Summary,
        title: "Where the time went".to_owned(),
        aside: "in the two phases that were slowest against their targets".to_owned(),
        blocks: bars.collect(),
    }
}

/// How slow a phase was: its time in thousandths of its target; a phase that was never completed is
/// as slow as the exercise was long.
fn slowness(phase: &PhaseEvaluation) -> u64 {
    let [reached, completed] = phase.timing;
    let timing = if completed.target.is_some() {
        completed
    } else {
        reached
    };
    let Some(target) = timing.target.filter(|target| target.0 > 0) else {
        return 0;
    };
    let whole = phase
        .made_of
        .iter()
        .map(|part| part.until - part.from)
        .sum::<Span>();
    let taken = timing.taken.unwrap_or(whole);
    let ratio = i128::from(taken.0.max(0)) * 1_000 / i128::from(target.0);
    u64::try_from(ratio).unwrap_or(u64::MAX)
}

fn bars(subject: &Subject, phase: &PhaseEvaluation) -> Bars {
    let total: Span = phase
        .made_of
        .iter()
        .map(|part| part.until - part.from)
        .sum();
    let mut bars: Vec<Bar> = Category::ALL
        .iter()
        .filter_map(|category| bar(subject, phase, *category, total))
        .collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.span));
    let label = |at: ExerciseTime| subject.clock.label(at);
    // The time of a phase stands in the ladder, from the start that is scored: here is what lay between two
    // instants.
    let from = phase.made_of.first().map(|part| label(part.from));
    let until = phase.made_of.last().map(|part| label(part.until));
    let since = phase
        .origin
        .map(|(mark, _)| format!(", when {},", words::clock_start(mark)));
    let open = if phase.completed.is_some() {
        String::new()
    } else {
        format!(", still open at {}", subject.end_word())
    };
    Bars {
        caption: format!(
            "{}, from {}{} to {}{open}:",
            phase.phase,
            from.unwrap_or_default(),
            since.unwrap_or_default(),
            until.unwrap_or_default()
        ),
        total,
        bars,
    }
}

pub(crate) fn bar(
    subject: &Subject,
    phase: &PhaseEvaluation,
    category: Category,
    total: Span,
) -> Option<Bar> {
    let parts = || {
        phase
            .made_of
            .iter()
            .filter(move |part| part.category == category)
    };
    let span: Span = parts().map(|part| part.until - part.from).sum();
    if span <= Span::ZERO {
        return None;
    }
    let mut by_role: Vec<(RoleId, Span)> = Vec::new();
    for part in parts() {
        let Some(role) = part.role else { continue };
        let span = part.until - part.from;
        match by_role.iter_mut().find(|(known, _)| *known == role) {
            Some((_, sum)) => *sum += span,
            None => by_role.push((role, span)),
        }
    }
    by_role.sort_by_key(|(role, sum)| (std::cmp::Reverse(*sum), *role));
    let most = by_role.first().map(|(role, sum)| {
        let role = subject.names.role(*role);
        if sum.0 * 10 >= span.0 * 9 {
            role
        } else if sum.0 * 2 > span.0 {
            format!("mostly {role}")
        } else {
            format!("{role} and others")
        }
    });
    let entries: Vec<u32> = parts().map(|part| part.entry).collect();
    let ends = [entries.iter().min(), entries.iter().max()]
        .into_iter()
        .flatten()
        .copied();
    let mut ends: Vec<u32> = ends.collect();
    ends.dedup();
    Some(Bar {
        name: words::made_of(category).to_owned(),
        span,
        share: words::share(span.0, total.0),
        note: most.unwrap_or_default(),
        entries: ends,
    })
}
