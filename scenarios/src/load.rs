//! From texts to definitions.

mod foreign;
mod quotes;
mod signs;

use crate::definition::{Exercise, Organisation, Plan, Scenario};
use crate::diagnostic::{Code, Diagnostic, Level, nearest};
use crate::limits;
use crate::read::{Decode, Reader};
use crate::source::{Place, Source, Spanned};
use crate::syntax::{self, Node, NodeKind};
use std::collections::BTreeSet;

/// The four kinds of definition. The outer name of a file says which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An organisation.
    Organisation,
    /// A plan.
    Plan,
    /// A scenario.
    Scenario,
    /// All three in one.
    Exercise,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Organisation,
        Self::Plan,
        Self::Scenario,
        Self::Exercise,
    ];

    /// The outer name of such a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::Plan => "Plan",
            Self::Scenario => "Scenario",
            Self::Exercise => "Exercise",
        }
    }

    /// The kind of an outer name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// What a file says that it holds, by its outer name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A definition.
    Definition(Kind),
    /// Acts of humans.
    Actions,
}

/// What a text says that it holds. `None`: it does not say so, or says something else.
pub fn held(source: &Source) -> Option<Held> {
    if unreadable(source, 0).is_some() {
        return None;
    }
    let root = syntax::parse(source, 0).root?;
    let (name, _) = outer_name(&root, &mut Reader::new(source))?;
    match name.value {
        "Actions" => Some(Held::Actions),
        name => Kind::from_name(name).map(Held::Definition),
    }
}

/// What one file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Definition {
    /// An organisation.
    Organisation(Box<Organisation>),
    /// A plan.
    Plan(Box<Plan>),
    /// A scenario.
    Scenario(Box<Scenario>),
    /// All three in one.
    Exercise(Box<Exercise>),
}

impl Definition {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Organisation(_) => Kind::Organisation,
            Self::Plan(_) => Kind::Plan,
            Self::Scenario(_) => Kind::Scenario,
            Self::Exercise(_) => Kind::Exercise,
        }
    }
}

/// The definitions of the texts that were loaded together, in their order.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// What each text holds.
    pub all: Vec<Definition>,
    /// Ids of things that could not be read: references to them are not reported as unknown.
    pub(crate) lost: BTreeSet<String>,
    /// The names of the texts.
    files: Vec<String>,
}

impl Definitions {
    /// The name of the text in which something stands; empty where there is none.
    pub(crate) fn file_of(&self, place: Place) -> &str {
        let name = self.files.get(usize::from(place.file));
        name.map_or("", String::as_str)
    }

    /// The organisation, from its own file or an exercise; the first, if there are several.
    pub fn organisation(&self) -> Option<&Organisation> {
        self.all.iter().find_map(|definition| match definition {
            Definition::Organisation(organisation) => Some(&**organisation),
            Definition::Exercise(exercise) => Some(&exercise.organisation),
            _ => None,
        })
    }

    /// The plan, from its own file or an exercise; the first, if there are several.
    pub fn plan(&self) -> Option<&Plan> {
        self.all.iter().find_map(|definition| match definition {
            Definition::Plan(plan) => Some(&**plan),
            Definition::Exercise(exercise) => Some(&exercise.plan),
            _ => None,
        })
    }

    /// The scenario, from its own file or an exercise; the first, if there are several.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.all.iter().find_map(|definition| match definition {
            Definition::Scenario(scenario) => Some(&**scenario),
            Definition::Exercise(exercise) => Some(&exercise.scenario),
            _ => None,
        })
    }

    /// The exercise as a whole, where one file holds all.
    pub fn exercise(&self) -> Option<&Exercise> {
        self.all.iter().find_map(|definition| match definition {
            Definition::Exercise(exercise) => Some(&**exercise),
            _ => None,
        })
    }
}

/// What became of the texts.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// What could be read.
    pub definitions: Definitions,
    /// What is wrong with the texts, in their order.
    pub problems: Vec<Diagnostic>,
}

/// Reads the texts as far as they can be read, and says everything that is wrong with them.
pub fn read(sources: &[Source]) -> Loaded {
    let mut loaded = Loaded::default();
    let files = sources.iter().map(|source| source.name.clone());
    loaded.definitions.files = files.collect();
    for (file, source) in sources.iter().take(limits::FILES).enumerate() {
        let file = u16::try_from(file).expect("the number of files is limited");
        one(source, file, &mut loaded);
    }
    loaded
}

/// Reads the texts. `Err`: what is wrong with them.
pub fn load(sources: &[Source]) -> Result<Definitions, Vec<Diagnostic>> {
    let loaded = read(sources);
    let blocked = loaded
        .problems
        .iter()
        .any(|problem| problem.level == Level::Error);
    if blocked {
        Err(loaded.problems)
    } else {
        Ok(loaded.definitions)
    }
}

/// What a single file holds that is no definition, and what is wrong with it.
pub(crate) fn one_of<D>(
    source: &Source,
    outer: fn(&Node<'_>, &mut Reader<'_>) -> Option<D>,
) -> (Option<D>, Vec<Diagnostic>) {
    let file = 0;
    if let Some(problem) = unreadable(source, file).or_else(|| foreign::foreign(source, file)) {
        return (None, vec![problem]);
    }
    let mut reading = signs::read(&signs::Asked {
        source,
        file,
        outer,
    });
    let sound = reading.form.iter().all(|problem| is_passing(problem.code));
    if sound {
        reading.form.append(&mut reading.meaning);
    }
    (reading.definition.filter(|_| sound), reading.form)
}

fn one(source: &Source, file: u16, loaded: &mut Loaded) {
    if let Some(problem) = unreadable(source, file).or_else(|| foreign::foreign(source, file)) {
        loaded.problems.push(problem);
        return;
    }
    let before = loaded.problems.len();
    let reading = signs::read(&signs::Asked {
        source,
        file,
        outer,
    });
    let flawless = reading.form.is_empty();
    let sound = reading.form.iter().all(|problem| is_passing(problem.code));
    loaded.problems.extend(reading.form);
    if flawless
        && reading.meaning.is_empty()
        && let Err((reason, range)) = syntax::conforms(source)
    {
        let place = Place::new(file, range.start, range.end);
        let form = if source.is_json() { "JSON" } else { "RON" };
        let message = format!("the text is not {form}: {reason}");
        loaded
            .problems
            .push(Diagnostic::new(Code::NotRon, message, place));
    }
    if sound {
        loaded.problems.extend(reading.meaning);
        loaded.definitions.lost.extend(reading.lost);
        loaded.definitions.all.extend(reading.definition);
    }
    loaded.problems.truncate(before + limits::PROBLEMS_PER_FILE);
}

/// Whether the rest of a text can be read as meant in spite of such a fault.
const fn is_passing(code: Code) -> bool {
    matches!(
        code,
        Code::MissingComma
            | Code::MissingColon
            | Code::SmartQuote
            | Code::BadEscape
            | Code::Percent
            | Code::ByteOrderMark
            | Code::InsideWord
            | Code::OtherBlank
            | Code::HashComment
            | Code::Extension
            | Code::QuotedWord
    )
}

/// What keeps a text from being looked at.
fn unreadable(source: &Source, file: u16) -> Option<Diagnostic> {
    let start = Place::new(file, 0, 0);
    if source.text.len() > limits::FILE_BYTES {
        let message = format!("the file has {} bytes", source.text.len());
        let note = format!("at most {} bytes are read", limits::FILE_BYTES);
        return Some(Diagnostic::new(Code::TooLarge, message, start).note(note));
    }
    let head: Vec<char> = source.text.chars().take(4_096).collect();
    let strange = head
        .iter()
        .filter(|c| **c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
        .count();
    (strange * 20 > head.len()).then(|| {
        Diagnostic::new(Code::NotText, "the file is not text", start)
            .help("definitions are RON or JSON, saved as UTF-8")
    })
}

/// The outer name and what it names.
fn outer(root: &Node<'_>, reader: &mut Reader<'_>) -> Option<Definition> {
    let (name, inner) = outer_name(root, reader)?;
    let Some(kind) = Kind::from_name(name.value) else {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let near = nearest(name.value, kinds);
        let message = format!("`{}` is not a kind of definition", name.value);
        reader.report(
            Diagnostic::new(Code::WrongFile, message, name.place)
                .did_you_mean(near, reader.json())
                .note("a file starts with `Organisation(`, `Plan(`, `Scenario(` or `Exercise(`"),
        );
        return None;
    };
    Some(match kind {
        Kind::Organisation => Definition::Organisation(Decode::decode(inner, reader)?),
        Kind::Plan => Definition::Plan(Decode::decode(inner, reader)?),
        Kind::Scenario => Definition::Scenario(Decode::decode(inner, reader)?),
        Kind::Exercise => Definition::Exercise(Decode::decode(inner, reader)?),
    })
}

pub(crate) fn outer_name<'n, 'a>(
    root: &'n Node<'a>,
    reader: &mut Reader<'_>,
) -> Option<(Spanned<&'n str>, &'n Node<'a>)> {
    let group = match &root.kind {
        NodeKind::Group(group) => group,
        NodeKind::Broken => return None,
        _ => return no_outer_name(root, reader),
    };
    if let Some((name, place)) = group.name.filter(|_| !reader.json()) {
        return Some((Spanned::new(name, place), root));
    }
    if let ([only], true) = (&group.items[..], reader.json() && group.open == '{')
        && let Some(key) = &only.key
        && let NodeKind::Text(name) = &key.kind
    {
        return Some((Spanned::new(name.as_ref(), key.place), &only.value));
    }
    no_outer_name(root, reader)
}

fn no_outer_name<T>(root: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let form = if reader.json() {
        "{\"Plan\": { ... }}"
    } else {
        "Plan( ... )"
    };
    let first = root
        .place
        .part(0, usize::from(root.place.end > root.place.start));
    let message = "the file does not say what it holds";
    reader.report(
        Diagnostic::new(Code::WrongFile, message, first)
            .help(format!("start it with its kind, such as `{form}`"))
            .note("the kinds are Organisation, Plan, Scenario and Exercise"),
    );
    None
}
