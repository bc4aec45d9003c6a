//! What is said about a definition: a code, a place, a cure.

mod code;
mod explain;
mod json;
mod reference;
mod render;

pub use code::{Code, Level};
pub use explain::{Explanation, explain};
pub use json::to_json;
pub use reference::reference;
pub use render::{Look, render, summary};

use crate::source::Place;

/// Something worth saying about what an author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule it is about.
    pub code: Code,
    /// Whether it blocks, weakens or informs.
    pub level: Level,
    /// What is wrong, in one line.
    pub message: String,
    /// Where: the first label is the place of the fault, the others its context.
    pub labels: Vec<Label>,
    /// What helps to understand it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub cure: Option<Cure>,
    /// The nearest known name, where a name is unknown.
    pub nearest: Option<String>,
}

/// A place with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What there is to say about it; may be empty.
    pub text: String,
}

/// What to do about a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// In words.
    pub help: String,
    /// As changes of the text that a program can make; empty where there is none.
    pub edits: Vec<Edit>,
}

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty place is where the text is inserted.
    pub place: Place,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// A problem at a place, at the level its code has.
    pub fn new(code: Code, message: impl Into<String>, place: Place) -> Self {
        Self {
            code,
            level: code.level(),
            message: message.into(),
            labels: vec![Label {
                place,
                text: String::new(),
            }],
            notes: Vec::new(),
            cure: None,
            nearest: None,
        }
    }

    /// Where the fault is.
    pub fn place(&self) -> Place {
        self.labels[0].place
    }

    /// Says something at the place of the fault.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Points to another place that matters.
    #[must_use]
    pub fn context(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Adds what helps to understand it.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do, in words only.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.cure = Some(Cure {
            help: help.into(),
            edits: Vec::new(),
        });
        self
    }

    /// Says what to do, as a change that a program can make.
    #[must_use]
    pub fn cure(self, help: &str, place: Place, text: &str) -> Self {
        self.cures(help, [(place, text)])
    }

    /// Says what to do, as changes that a program can make together.
    #[must_use]
    pub fn cures<'t>(
        mut self,
        help: &str,
        edits: impl IntoIterator<Item = (Place, &'t str)>,
    ) -> Self {
        let edits = edits.into_iter().map(|(place, text)| Edit {
            place,
            text: text.to_owned(),
        });
        self.cure = Some(Cure {
            help: help.to_owned(),
            edits: edits.collect(),
        });
        self
    }

    /// Names the nearest known name and offers to write it in place of the fault.
    #[must_use]
    pub fn did_you_mean(mut self, nearest: Option<&str>, quoted: bool) -> Self {
        let Some(nearest) = nearest else {
            return self;
        };
        let text = if quoted {
            format!("\"{nearest}\"")
        } else {
            nearest.to_owned()
        };
        self.nearest = Some(nearest.to_owned());
        self.labels[0].text = format!("did you mean `{nearest}`?");
        let place = self.place();
        self.cure(&format!("write `{text}`"), place, &text)
    }
}

/// The known name that is nearest to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let score = |name: &'a str| {
        let other = name.to_lowercase();
        let distance = strsim::damerau_levenshtein(&lower, &other);
        let allowed = 1 + lower.chars().count().max(other.chars().count()) / 4;
        let contained = lower.len() >= 4
            && (other.contains(&lower) || lower.contains(&other) && other.len() >= 4);
        // Of names equally near, the one of the same letters, then of the same first one.
        let mixed = letters(&other) != letters(&lower);
        let begins = other.chars().next() != lower.chars().next();
        (distance <= allowed || contained).then_some((distance, mixed, begins, name))
    };
    // A name far longer than any known one is not compared: the distance is quadratic.
    if written.len() > 100 {
        return None;
    }
    let best = known.into_iter().filter_map(score).min();
    best.map(|(.., name)| name)
}

/// The letters of a word in the order of the alphabet.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}
