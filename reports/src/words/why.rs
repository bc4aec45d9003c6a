//! Why something went as it did: one sentence, what it rests on, and what would have had to be otherwise.
//!
//! `hotwash why` asks here. A sentence has at most [`WORDS`] words: where titles are longer, they are cut, and
//! the list below the sentence says them in full.

mod entry;
mod fact;
mod happening;
mod lack;
mod sentence;
mod wait;

use super::{Naming, Subject};
use hotwash_engine::evaluation::why::{Asked, Fate, How, Lack, Link, Needed, Why};
use hotwash_engine::evaluation::{FindingKind, FindingSubject};
use hotwash_engine::exercise::{
    AssetId, DecisionId, ExerciseTime, Instance, ObligationId, RoleId, TaskId,
};
use hotwash_engine::record::{Event, SkipReason};

/// The most words of a sentence.
pub const WORDS: usize = 40;

/// How many other pieces are named.
const LISTED: usize = 8;

/// How many words of a title are said, and whether only the longest wait is told, from the longest sentence
/// to the shortest: the first that is short enough is said.
const LEVELS: [(usize, bool); 9] = [
    (usize::MAX, false),
    (10, false),
    (usize::MAX, true),
    (10, true),
    (8, true),
    (6, true),
    (4, true),
    (3, true),
    (2, true),
];

/// The answer in one sentence of at most [`WORDS`] words.
pub fn sentence(subject: &Subject, why: &Why) -> String {
    let said = LEVELS.iter().map(|(cap, brief)| {
        let saying = Saying {
            brief: *brief,
            ..Saying::new(subject, why, *cap)
        };
        sentence::said(&saying, why)
    });
    let mut shortest = String::new();
    for said in said {
        if said.split_whitespace().count() <= WORDS {
            return said;
        }
        shortest = said;
    }
    let words: Vec<&str> = shortest.split_whitespace().take(WORDS - 1).collect();
    format!("{} ...", words.join(" "))
}

/// What a link says, without its full stop.
pub fn link(subject: &Subject, why: &Why, link: &Link) -> String {
    let saying = Saying::new(subject, why, usize::MAX);
    subject
        .record
        .entry(link.entry)
        .map_or_else(String::new, |entry| entry::said(&saying, entry))
}

/// Why a link stands where the link before did not bring it about; `None`: it did.
pub const fn link_how(how: How) -> Option<&'static str> {
    match how {
        How::First | How::Caused => None,
        How::CalledFor => Some("called for by what stands before it"),
        How::True => Some("since then it was true"),
        How::Last => Some("the last that is said of it"),
        How::Answer => Some("stands beside it"),
        How::End => Some("the record ends"),
    }
}

/// What was missing, as a sentence.
pub fn lack(subject: &Subject, why: &Why, lack: &Lack) -> String {
    let saying = Saying::new(subject, why, usize::MAX);
    format!(
        "{}.",
        super::upper_first(&lack::missing(&saying, why, lack, None))
    )
}

/// What would have had to be otherwise, as a sentence.
pub fn needed(subject: &Subject, why: &Why, needed: &Needed) -> String {
    lack::needed(&Saying::new(subject, why, usize::MAX), needed)
}

/// What kept those who were waited for, and that somebody approved their own work, as sentences.
pub fn kept(subject: &Subject, why: &Why) -> Vec<String> {
    let saying = Saying::new(subject, why, usize::MAX);
    let kept = why.wait.iter();
    let kept = kept.flat_map(|wait| wait.kept.iter().map(move |of| (wait, of)));
    let kept = kept.map(|(wait, of)| {
        let who = super::upper_first(&subject.names.person(of.person));
        let span = super::duration(of.span);
        format!(
            "{who} {} for {span} of that.",
            wait::keeps(&saying, of, wait.part.instance)
        )
    });
    kept.chain(own_approval(subject, why)).collect()
}

/// That who did it approved it, where that was found of the task.
fn own_approval(subject: &Subject, why: &Why) -> Option<String> {
    let task = match (&why.fate, why.asked) {
        (Fate::Ended(instance, _) | Fate::Open { instance, .. }, _) => instance.task,
        (Fate::Expected { task, .. } | Fate::Duty { task, .. }, _) => (*task)?,
        (_, Asked::Task(task)) => task,
        _ => return None,
    };
    let mut found = subject.evaluation.every_finding();
    let own = found
        .any(|of| of.kind == FindingKind::OwnApproval && of.subject == FindingSubject::Task(task));
    own.then(|| "Who did it approved it as well: nobody else looked at it first.".to_owned())
}

/// The title of what is asked about, with its id.
pub fn asked(subject: &Subject, why: &Why) -> String {
    let saying = Saying::new(subject, why, usize::MAX);
    sentence::title(&saying, why.asked)
}

/// The other pieces of the same work, in a line; `None`: there are none.
pub fn others(subject: &Subject, why: &Why) -> Option<String> {
    let followed = match why.fate {
        Fate::Ended(instance, _) | Fate::Open { instance, .. } => Some(instance),
        _ => None,
    };
    let others: Vec<String> = why.others.iter().map(|of| piece(subject, *of)).collect();
    let count = others.len();
    let mut listed: Vec<String> = others.into_iter().take(LISTED).collect();
    if count > LISTED {
        listed.push(format!("{} more", count - LISTED));
    }
    let said = followed.map_or_else(String::new, |of| {
        format!(
            "This is {}, the piece that waited longest. ",
            piece(subject, of)
        )
    });
    (count > 0).then(|| format!("{said}Other pieces: {}.", listed.join(", ")))
}

/// A piece of work by its number, and for what it is done where that is said.
fn piece(subject: &Subject, of: Instance) -> String {
    let aimed = subject
        .record
        .entries
        .iter()
        .find_map(|entry| match entry.event {
            Event::TaskAimed { instance, asset } if instance == of => Some(asset),
            _ => None,
        });
    let on = aimed.map_or_else(String::new, |asset| {
        format!(" ({})", subject.names.asset(asset))
    });
    let incident = if subject.evaluation.incidents.len() > 1 {
        format!(" of {}", subject.names.incident(of.incident))
    } else {
        String::new()
    };
    format!("piece {}{on}{incident}", of.ordinal)
}

/// Why something was left out, as a clause.
const fn left_out(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::NotApplicable => "it did not apply",
        SkipReason::Refused => "approval was refused",
        SkipReason::Decided => "a decision says so",
        SkipReason::Facilitator => "the facilitator left it out",
        SkipReason::Prevented => "what it answers was prevented",
    }
}

/// Says things of one answer, with titles cut to so many words.
struct Saying<'a> {
    subject: &'a Subject<'a>,
    asked: Asked,
    finished: bool,
    /// How many words of a title are said.
    cap: usize,
    /// Whether only the longest wait is told.
    brief: bool,
}

impl<'a> Saying<'a> {
    const fn new(subject: &'a Subject<'a>, why: &Why, cap: usize) -> Self {
        Self {
            subject,
            asked: why.asked,
            finished: why.finished,
            cap,
            brief: false,
        }
    }

    const fn names(&self) -> &Naming<'a> {
        &self.subject.names
    }

    /// A text of at most so many words; what is cut off is marked.
    fn cut(&self, text: &str) -> String {
        let text = text.trim().trim_end_matches('.');
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() <= self.cap {
            return words.join(" ");
        }
        format!("{} ...", words[..self.cap].join(" "))
    }

    fn task(&self, task: TaskId) -> String {
        format!("\"{}\"", self.cut(&self.names().task(task)))
    }

    fn asset(&self, asset: AssetId) -> String {
        self.cut(&self.names().asset(asset))
    }

    fn role(&self, role: RoleId) -> String {
        self.cut(&self.names().the_role(role))
    }

    /// A role, or "they" where it is what was asked about; with "them" for that.
    fn role_or_they(&self, role: RoleId) -> (String, String) {
        let held = |person| self.subject.exercise.roles_held(person).contains(&role);
        let asked = match self.asked {
            Asked::Role(asked) => asked == role,
            Asked::Person(person) => held(person),
            _ => false,
        };
        if asked {
            return ("they".to_owned(), "them".to_owned());
        }
        (self.role(role), self.role(role))
    }

    fn duty(&self, duty: ObligationId) -> String {
        format!("\"{}\"", self.cut(&self.names().obligation(duty)))
    }

    fn decision(&self, decision: DecisionId) -> String {
        format!("\"{}\"", self.cut(&self.names().decision(decision)))
    }

    fn time(&self, at: ExerciseTime) -> String {
        self.subject.clock.label(at)
    }

    /// Whether a task is what was asked about.
    fn is_asked(&self, task: TaskId) -> bool {
        self.asked == Asked::Task(task)
    }

    /// Whether the plan lets time pass before a task may begin.
    fn waits_by_plan(&self, task: TaskId) -> bool {
        self.subject.exercise.task(task).delay.is_some()
    }

    /// Until when something stood that stood at the end.
    const fn until(&self) -> &'static str {
        if self.finished {
            "until ENDEX"
        } else {
            "as far as the record goes"
        }
    }

    /// By when something was not so.
    const fn by(&self) -> &'static str {
        if self.finished {
            "by ENDEX"
        } else {
            "as far as the record goes"
        }
    }
}
