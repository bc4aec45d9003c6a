//! The one sentence of an answer.

use super::happening::{of_asset, of_step, of_story};
use super::lack::missing;
use super::{Saying, entry, left_out, wait};
use crate::words::{
    self, clock_start, count, duration, measure, not_exercised, plural, refusal, upper_first,
};
use hotwash_engine::evaluation::why::{Asked, Fate, Missing, Why};
use hotwash_engine::evaluation::{Category, Standing, TracePart};
use hotwash_engine::exercise::{ExerciseTime, Instance, Span};
use hotwash_engine::record::{Event, Outcome, Verdict};

/// Waits shorter than this, and than a tenth of the whole, are not worth a clause.
const TELLING: Span = Span::minutes(2);

/// What is asked about, by its title.
pub(super) fn title(s: &Saying<'_>, asked: Asked) -> String {
    let names = s.names();
    match asked {
        Asked::Task(task) => s.task(task),
        Asked::Person(person) => names.person(person),
        Asked::Phase(phase) => phase.to_string(),
        Asked::Duty(duty) => s.duty(duty),
        Asked::Expectation(of) => format!("\"{}\"", s.cut(&names.expectation(of))),
        Asked::Role(role) => s.role(role),
        Asked::Asset(asset) => s.asset(asset),
        Asked::Step(step) => format!("the step \"{}\"", s.cut(&names.step(step))),
        Asked::Decision(decision) => s.decision(decision),
        Asked::Inject(inject) => format!("\"{}\"", s.cut(&names.inject(inject))),
        Asked::Message(message) => s.cut(&words::message_named(s.subject, message)),
        Asked::Entry(number) => s
            .subject
            .record
            .entry(number)
            .map_or_else(|| format!("#{number}"), |entry| entry::said(s, entry)),
    }
}

/// The sentence.
pub(super) fn said(s: &Saying<'_>, why: &Why) -> String {
    let text = match &why.fate {
        Fate::Ended(..) | Fate::Open { .. } | Fate::LeftOut(..) | Fate::NeverReady(_) => {
            of_work(s, why)
        }
        Fate::Complete(_) | Fate::NotComplete { .. } | Fate::NotApplicable(_) => of_phase(s, why),
        Fate::Duty { .. } => of_duty(s, why),
        Fate::Expected { .. } => of_expected(s, why),
        Fate::WaitedFor { .. } | Fate::NotWaitedFor { .. } => of_person(s, why),
        Fate::Refused(reason) => of_refused(s, why, *reason),
        Fate::Happened => {
            let what = title(s, why.asked);
            format!("{} at {}{}", what, until(s, why), way(s, why))
        }
        Fate::Down { .. } | Fate::Hit(_) | Fate::Untouched => of_asset(s, why),
        Fate::TookEffect { .. } | Fate::Stopped(_) | Fate::CameToNothing | Fate::NeverBegan => {
            of_step(s, why)
        }
        _ => of_story(s, why),
    };
    format!("{}.", upper_first(text.trim().trim_end_matches('.')))
}

/// When the stretch that is explained ends.
pub(super) fn until(s: &Saying<'_>, why: &Why) -> String {
    why.until
        .map_or_else(|| "some time".to_owned(), |timed| s.time(timed.at))
}

/// How long after its beginning, and what it waited for longest.
pub(super) fn way(s: &Saying<'_>, why: &Why) -> String {
    let Some((from, until)) = why.from.zip(why.until) else {
        return String::new();
    };
    let whole = until.at - from.at;
    if whole <= Span::ZERO {
        return String::new();
    }
    let after = match since(s, why) {
        Some(since) => format!(", {} after {since}", duration(whole)),
        None => format!(", {} after it began to come about", duration(whole)),
    };
    after + &longest(s, why, whole)
}

/// From what the time is counted, where that has a name.
fn since(s: &Saying<'_>, why: &Why) -> Option<String> {
    let from = why.from?;
    let judged = s.subject.evaluation.incidents.get(why.incident.index())?;
    let early = s.subject.evaluation.began_early.is_some();
    if let (Fate::Complete(phase), false) = (&why.fate, why.made_of.is_empty()) {
        let (start, _) = judged.phases[phase.index()].origin?;
        return Some(clock_start(start).to_owned());
    }
    match why.asked {
        Asked::Expectation(_) => Some("it was called for".to_owned()),
        Asked::Duty(_) => Some("somebody knew enough".to_owned()),
        Asked::Inject(_) | Asked::Message(_) => Some("it was sent".to_owned()),
        _ if judged.first_sign(early).map(|sign| sign.at) == Some(from.at) => {
            Some("the first sign".to_owned())
        }
        Asked::Task(_) => Some("it was called for once more".to_owned()),
        _ => None,
    }
}

/// The longest wait of a whole, or that it was work.
fn longest(s: &Saying<'_>, why: &Why, whole: Span) -> String {
    let work: i64 = why
        .made_of
        .iter()
        .filter(|part| is_work(part))
        .map(|part| (part.until - part.from).0)
        .sum();
    let told = why.wait.as_ref().filter(|wait| {
        let span = wait.span();
        span >= TELLING || span.0 * 10 >= whole.0
    });
    let Some(told) = told.filter(|wait| wait.span() > Span::ZERO) else {
        return if work * 2 > whole.0 {
            "; nearly all of that was work".to_owned()
        } else {
            String::new()
        };
    };
    let it = worked_on(s, told.part.instance);
    let clause = wait::clause(s, told, &it);
    let span = duration(told.span());
    if work > told.span().0 && !s.brief {
        format!(
            "; {} of that was work, and for {span} {clause}",
            duration(Span(work))
        )
    } else {
        format!("; for {span} of that {clause}")
    }
}

const fn is_work(part: &TracePart) -> bool {
    matches!(
        part.category,
        Category::Working | Category::Redoing | Category::HandingOver
    )
}

/// What a part belonged to, as the subject of a clause.
fn worked_on(s: &Saying<'_>, instance: Option<Instance>) -> String {
    match instance {
        Some(instance) if !s.is_asked(instance.task) => s.task(instance.task),
        _ => "it".to_owned(),
    }
}

/// What was missing: the first of it, and the root.
pub(super) fn roots(s: &Saying<'_>, why: &Why) -> String {
    match why.lacks.as_slice() {
        [] => "the record does not say what was missing".to_owned(),
        [only] => missing(s, why, only, None),
        [first, .., root] => match first.missing {
            Missing::Before(task) if why.lacks.len() == 2 => {
                let root = missing(s, why, root, Some("that"));
                format!("{} was not done: {root}", s.task(task))
            }
            Missing::Before(task) => {
                let root = missing(s, why, root, None);
                format!("{} was not done; at the root, {root}", s.task(task))
            }
            _ => {
                let root = missing(s, why, root, None);
                format!("{}; at the root, {root}", missing(s, why, first, None))
            }
        },
    }
}

fn ready_at(s: &Saying<'_>, of: Instance) -> Option<ExerciseTime> {
    let mut entries = s.subject.record.entries.iter();
    let ready = entries
        .find(|entry| matches!(entry.event, Event::TaskReady { instance, .. } if instance == of));
    ready.map(|entry| entry.at)
}

/// Whether work took measures of which none had an effect.
fn in_vain(s: &Saying<'_>, of: Instance) -> bool {
    let entries = s.subject.record.entries.iter();
    let mut effects = entries.filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            instance, effect, ..
        } if instance == of => Some(effect),
        _ => None,
    });
    effects.next() == Some(false) && effects.all(|effect| !effect)
}

fn of_work(s: &Saying<'_>, why: &Why) -> String {
    match why.fate {
        Fate::Ended(instance, outcome) => {
            let task = s.task(instance.task);
            let at = until(s, why);
            let what = match outcome {
                Outcome::Done if in_vain(s, instance) => {
                    format!("{task} was done at {at}, without effect")
                }
                Outcome::Done => format!("{task} was done at {at}"),
                Outcome::Flawed => format!("{task} was claimed done at {at}, without effect"),
                Outcome::NoTarget => format!("{task} ended at {at} with nothing to do it on"),
                Outcome::Failed | Outcome::Redo => format!("{task} was given up at {at}"),
            };
            what + &way(s, why)
        }
        Fate::Open { instance, begun } => {
            let task = s.task(instance.task);
            let waited = why.wait.as_ref().map(|of| {
                let it = worked_on(s, of.part.instance);
                format!("for {} {}", duration(of.span()), wait::clause(s, of, &it))
            });
            let waited = waited.unwrap_or_else(|| "nothing more is said of it".to_owned());
            if begun {
                return format!("{task} was begun and not done {}: {waited}", s.by());
            }
            let ready = ready_at(s, instance)
                .map_or_else(String::new, |at| format!(" from {} on", s.time(at)));
            format!(
                "{task} could have begun{ready} and did not: {waited}, {}",
                s.until()
            )
        }
        Fate::LeftOut(task, reason) => {
            format!(
                "{} was left out at {}: {}",
                s.task(task),
                until(s, why),
                left_out(reason)
            )
        }
        Fate::NeverReady(task) => {
            let by = if s.finished {
                ""
            } else {
                ", as far as the record goes"
            };
            format!("{} could never begin{by}: {}", s.task(task), roots(s, why))
        }
        _ => String::new(),
    }
}

fn of_phase(s: &Saying<'_>, why: &Why) -> String {
    match why.fate {
        Fate::Complete(phase) => {
            format!("{phase} was complete at {}{}", until(s, why), way(s, why))
        }
        Fate::NotApplicable(phase) => {
            format!(
                "{phase} did not apply from {} on: there was nothing to do in it",
                until(s, why)
            )
        }
        Fate::NotComplete { phase, reached } => {
            let reached = if reached { "" } else { " reached, let alone" };
            format!(
                "{phase} was not{reached} complete {}: {}",
                s.by(),
                roots(s, why)
            )
        }
        _ => String::new(),
    }
}

fn of_duty(s: &Saying<'_>, why: &Why) -> String {
    let Fate::Duty { verdict, due, .. } = why.fate else {
        return String::new();
    };
    let duty = title(s, why.asked);
    let at = why.until.map(|timed| timed.at);
    let apart = due
        .zip(at)
        .map(|(due, at)| duration(Span((due - at).0.abs())));
    let apart = apart.unwrap_or_else(|| "some time".to_owned());
    let when = until(s, why);
    let due = due.map_or_else(|| "at no time".to_owned(), |due| s.time(due));
    match verdict {
        Verdict::Met | Verdict::Phased => {
            format!(
                "{duty} was met at {when}, {apart} before it was due{}",
                waits(s, why)
            )
        }
        Verdict::Incomplete => {
            format!(
                "{duty} was told at {when}, in time, without all that it has to say{}",
                waits(s, why)
            )
        }
        Verdict::Late => format!("{duty} was met at {when}, {apart} late{}", waits(s, why)),
        Verdict::Needless => format!("{duty} was told at {when}, and nothing called for it"),
        Verdict::NotRequired => format!("at {when} it was decided that {duty} is not required"),
        Verdict::Breached => {
            format!(
                "{duty} was due at {due} and nobody was told: {}",
                roots(s, why)
            )
        }
        Verdict::WrongRecipient => {
            format!(
                "{duty} was told to somebody else, and never to whom it names: {}",
                roots(s, why)
            )
        }
        Verdict::NotRecognised => {
            format!("{duty} was due, and nobody knew it: {}", roots(s, why))
        }
        Verdict::Running | Verdict::HandedOn => {
            format!(
                "{duty} was not due before {due} and not met {}: {}",
                s.by(),
                roots(s, why)
            )
        }
        Verdict::NotTriggered => format!("nothing called for {duty}: {}", roots(s, why)),
    }
}

/// What something waited for, without how long it took in all.
pub(super) fn waits(s: &Saying<'_>, why: &Why) -> String {
    let whole = why
        .from
        .zip(why.until)
        .map(|(from, until)| until.at - from.at);
    whole
        .filter(|whole| *whole > Span::ZERO)
        .map_or_else(String::new, |whole| {
            longest(s, why, whole).replacen(" of that ", " ", 1)
        })
}

fn of_expected(s: &Saying<'_>, why: &Why) -> String {
    let Fate::Expected {
        standing,
        due,
        done,
        overtaken,
        before,
        ..
    } = why.fate
    else {
        return String::new();
    };
    let what = title(s, why.asked);
    if let Some(said) = not_by_acts(s, why, standing, &what) {
        return said;
    }
    let when = until(s, why);
    let at = why.until.map(|timed| timed.at);
    let late = due
        .zip(at)
        .filter(|(due, at)| at > due)
        .map(|(due, at)| duration(at - due));
    // What is asked for on several assets is answered with the last of them.
    let last = match done.1 {
        0 | 1 => String::new(),
        all => format!(" on the last of {all}"),
    };
    match standing {
        Standing::Met if before => {
            format!("{what} was done at {when}, before anybody asked for it")
        }
        Standing::Met => {
            format!(
                "{what} was answered{last} at {when}, in time{}",
                waits(s, why)
            )
        }
        Standing::Late => {
            let late = late.unwrap_or_else(|| "some time".to_owned());
            format!(
                "{what} was answered{last} at {when}, {late} late{}",
                waits(s, why)
            )
        }
        Standing::Partly => {
            format!(
                "{what} was done on {} of {}: {}",
                done.0,
                done.1,
                roots(s, why)
            )
        }
        Standing::Missed => match overtaken {
            Some(of) => format!("{what} was not done: {} came first", measure(of)),
            None => format!("{what} was not done {}: {}", s.by(), roots(s, why)),
        },
        Standing::NotExercised(reason) => {
            let root = why.lacks.last().map_or_else(String::new, |root| {
                format!(": {}", missing(s, why, root, None))
            });
            format!("{what} counts for nothing: {}{root}", not_exercised(reason))
        }
        Standing::Excused => format!("{what} was excused by the facilitator"),
    }
}

/// How an expectation stands that no act answers: that something is not done, or what only a person can judge.
fn not_by_acts(s: &Saying<'_>, why: &Why, standing: Standing, what: &str) -> Option<String> {
    let Asked::Expectation(id) = why.asked else {
        return None;
    };
    let asks = &s.subject.exercise.scenario().expectations[id.index()].asks;
    let refrains = asks.act().is_some();
    if asks.done().is_some() || matches!(standing, Standing::NotExercised(_) | Standing::Excused) {
        return None;
    }
    Some(match (standing, refrains) {
        (Standing::Met, true) => format!("{what} was kept to: nobody did it"),
        (_, true) => {
            let verdict = &s.subject.evaluation.expectations[id.index()];
            let first = verdict.broken.first();
            let at = first.map(|of| format!(" at {}", s.time(of.act.done.at)));
            format!(
                "{what} was not kept to: it was done{}",
                at.unwrap_or_default()
            )
        }
        (Standing::Met, false) => format!("{what} was seen by those who watched"),
        (Standing::Partly, false) => format!("{what} was seen in part by those who watched"),
        (_, false) => format!("{what} was not seen by those who watched"),
    })
}

fn of_person(s: &Saying<'_>, why: &Why) -> String {
    let who = title(s, why.asked);
    let begun = |pieces: u32| {
        let n = u64::from(pieces);
        match n {
            0 => "began no work".to_owned(),
            n => format!(
                "began {} {} of work",
                count(n),
                plural(n, "piece", "pieces")
            ),
        }
    };
    let refused = |times: u32| match times {
        0 => String::new(),
        1 => "; one of their acts was refused".to_owned(),
        n => format!("; {n} of their acts were refused"),
    };
    match why.fate {
        Fate::WaitedFor {
            pieces,
            refused: times,
        } => {
            let Some(wait) = &why.wait else {
                return format!("{who} {}{}", begun(pieces), refused(times));
            };
            let it = worked_on(s, wait.part.instance);
            format!(
                "the longest wait for {who} was {}, from {} to {}: {}{}",
                duration(wait.span()),
                s.time(wait.part.from),
                s.time(wait.part.until),
                wait::clause(s, wait, &it),
                refused(times)
            )
        }
        Fate::NotWaitedFor {
            pieces,
            refused: times,
        } => format!(
            "nothing waited for {who}, who {}{}",
            begun(pieces),
            refused(times)
        ),
        _ => String::new(),
    }
}

fn of_refused(s: &Saying<'_>, why: &Why, reason: hotwash_engine::record::Refusal) -> String {
    let Asked::Entry(number) = why.asked else {
        return String::new();
    };
    let entry = s.subject.record.entry(number);
    let Some((entry, Event::ActionRejected { act, .. })) = entry.map(|of| (of, &of.event)) else {
        return String::new();
    };
    let who = words::actor(s.subject, entry);
    let root = if why.lacks.is_empty() {
        String::new()
    } else {
        format!("; {}", roots(s, why))
    };
    format!(
        "{who} wanted to {} at {}, which was refused: {}{root}",
        words::act(s.subject, act, &|text| s.cut(text)),
        s.time(entry.at),
        refusal(reason)
    )
}
