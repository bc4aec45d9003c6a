//! One mechanical fault at a time is planted in what ships, and the loader has to name it.
//!
//! For every field name, word of the vocabulary, reference, number, duration and delimiter of the
//! shipped definitions, each fault of [`faults`] is planted alone. It is caught if an error stands
//! **on the faulty token**, or at the end of the token before what is missing, and carries a cure
//! which, applied, gives the tokens of the file back.
//!
//! What was lost for good cannot be given back: a value or a field name that was dropped, a number
//! with two points, a duration with eight digits too many. There the report owes the place, the
//! cause, and a help or a note with the form that is wanted; for a dropped token the place may also
//! be the token behind the gap.

mod faults;
mod tokens;

use faults::{Expected, Fault, Owed, Site};
use hotwash_scenarios::diagnostic::{Cure, Diagnostic, Level};
use hotwash_scenarios::{Definitions, Kind, LibraryItem, Source, check, find, library, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use tokens::{Token, same, tokens};

/// The share of planted faults that has to be caught, in basis points.
const CAUGHT: usize = 9_900;
/// The share, in percent, of which nothing else may be reported: one fault is one error.
const ALONE: usize = 98;
/// Of delimiters and field names, of which there are thousands, every second is taken; of words,
/// references, numbers and durations each one. All 33,000 faults take some 37 s, these some 20 s.
const STRIDE: usize = 2;

/// A shipped file with the definitions that stand beside it.
struct Shelf {
    item: &'static LibraryItem,
    tokens: Vec<Token>,
    beside: Definitions,
}

fn shelf(item: &'static LibraryItem) -> Shelf {
    // The first text keeps the place of the file that is looked at.
    let mut sources = vec![Source::new(item.file, "")];
    let others = [
        (Kind::Organisation, "marram-street-clinic"),
        (Kind::Plan, "clinic-response-plan"),
        (Kind::Scenario, "ransomware-friday-evening"),
    ];
    for (kind, id) in others {
        if item.kind != kind && item.kind != Kind::Exercise {
            let other = find(kind, id).expect("it ships");
            sources.push(Source::new(other.file, other.text));
        }
    }
    Shelf {
        item,
        tokens: tokens(item.text),
        beside: read(&sources).definitions,
    }
}

/// Every error in a text beside the other definitions.
fn errors(shelf: &Shelf, text: &str) -> Vec<Diagnostic> {
    let loaded = read(&[Source::new(shelf.item.file, text)]);
    let mut problems = loaded.problems;
    // What cannot be read is not checked: it costs half the time and adds nothing on the token.
    if problems.is_empty() {
        let mut definitions = loaded.definitions;
        definitions.all.extend(shelf.beside.all.iter().cloned());
        problems.extend(check(&definitions));
    }
    problems.retain(|problem| problem.level == Level::Error);
    problems
}

fn planted(text: &str, fault: &Fault) -> String {
    let (before, after) = (&text[..fault.replaced.start], &text[fault.replaced.end..]);
    [before, &fault.by, after].concat()
}

fn applied(text: &str, cure: &Cure) -> String {
    let mut edits: Vec<_> = cure.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
    let mut cured = text.to_owned();
    for edit in edits {
        cured.replace_range(edit.place.range(), &edit.text);
    }
    cured
}

fn stands(problem: &Diagnostic, expected: &Expected) -> bool {
    let place = problem.place().range();
    match expected {
        Expected::On(token) => place.start < token.end && token.start < place.end,
        Expected::Behind(gap) => {
            place.is_empty() && gap.start <= place.start && place.end <= gap.end
        }
        Expected::Around(gap) => place.start >= gap.start && place.end <= gap.end,
    }
}

fn pays(problem: &Diagnostic, fault: &Fault, broken: &str, sound: &str) -> bool {
    match (fault.owed, &problem.cure) {
        (Owed::Restoration, Some(cure)) => {
            !cure.edits.is_empty() && same(&applied(broken, cure), sound)
        }
        (Owed::Restoration, None) => false,
        (Owed::Form, cure) => cure.is_some() || !problem.notes.is_empty(),
    }
}

/// What became of all faults.
#[derive(Default)]
struct Tally {
    planted: BTreeMap<&'static str, usize>,
    missed: BTreeMap<&'static str, Vec<String>>,
    alone: usize,
    /// Cures that were applied.
    cures: usize,
    /// Those after which there was an error that was not there before, by kind of fault.
    followed: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn plant(&mut self, beside: &Shelf, fault: &Fault) {
        let sound = beside.item.text;
        let broken = planted(sound, fault);
        let found = errors(beside, &broken);
        *self.planted.entry(fault.kind).or_default() += 1;
        self.alone += usize::from(found.len() == 1);
        for problem in found.iter().take(3) {
            self.cure(beside, fault, &broken, problem, &found);
        }
        let caught = found.iter().any(|problem| {
            stands(problem, &fault.expected) && pays(problem, fault, &broken, sound)
        });
        if !caught {
            let line = sound[..fault.replaced.start].matches('\n').count() + 1;
            let token = &sound[fault.replaced.clone()];
            let first = found
                .first()
                .map_or("nothing is said", |problem| problem.message.as_str());
            let told = format!(
                "{} line {line}: `{token}` as `{}`: {first}",
                beside.item.id, fault.by
            );
            self.missed.entry(fault.kind).or_default().push(told);
        }
    }
}

impl Tally {
    /// Applies a cure and looks for an error that was not there before.
    fn cure(
        &mut self,
        beside: &Shelf,
        fault: &Fault,
        broken: &str,
        problem: &Diagnostic,
        found: &[Diagnostic],
    ) {
        let Some(cure) = problem.cure.as_ref().filter(|cure| !cure.edits.is_empty()) else {
            return;
        };
        self.cures += 1;
        let cured = applied(broken, cure);
        if same(&cured, beside.item.text) {
            return;
        }
        let is_new = |after: &&Diagnostic| {
            let known = |before: &Diagnostic| {
                (before.code, &before.message) == (after.code, &after.message)
            };
            !found.iter().any(known)
                || (after.code, after.place()) == (problem.code, problem.place())
        };
        let after = errors(beside, &cured);
        if let Some(next) = after.iter().find(is_new) {
            let line = broken[..problem.place().range().start]
                .matches('\n')
                .count()
                + 1;
            let told = format!(
                "{} line {line}: `{}`: {} ({}); then: {}",
                beside.item.id, fault.by, problem.message, cure.help, next.message
            );
            self.followed.entry(fault.kind).or_default().push(told);
        }
    }

    /// What is not caught, by kind.
    fn remaining(&self) -> String {
        let mut report = String::new();
        for (kind, missed) in &self.missed {
            writeln!(report, "{kind}").expect("a string takes all");
            for told in missed {
                writeln!(report, "  {told}").expect("a string takes all");
            }
        }
        report
    }
}

#[test]
fn planted_faults_are_named_on_their_token_with_their_cure() {
    let shelves: Vec<Shelf> = library().iter().map(shelf).collect();
    let texts = |shelf: &Shelf| -> Vec<String> {
        let all = shelf.tokens.iter();
        all.map(|token| {
            shelf.item.text[token.range.clone()]
                .trim_matches('"')
                .to_owned()
        })
        .collect()
    };
    let known: BTreeSet<String> = shelves.iter().flat_map(texts).collect();
    let ids: BTreeSet<String> = shelves.iter().flat_map(texts_of_ids).collect();
    let mut tally = Tally::default();
    let mut plenty = 0;
    for shelf in &shelves {
        for at in 0..shelf.tokens.len() {
            let site = Site {
                text: shelf.item.text,
                tokens: &shelf.tokens,
                at,
                known: &known,
                ids: &ids,
            };
            if site.is_plentiful() {
                plenty += 1;
                if plenty % STRIDE != 0 {
                    continue;
                }
            }
            for fault in site.faults() {
                tally.plant(shelf, &fault);
            }
        }
    }
    let planted: usize = tally.planted.values().sum();
    let followed: usize = tally.followed.values().map(Vec::len).sum();
    let share: BTreeMap<_, _> = tally
        .followed
        .iter()
        .map(|(kind, all)| (kind, (all.len(), &all[0])))
        .collect();
    assert_eq!(followed, 0, "of {} cures: {share:#?}", tally.cures);
    let missed: usize = tally.missed.values().map(Vec::len).sum();
    let share = 10_000 * (planted - missed) / planted;
    assert!(
        planted > 10_000 && share >= CAUGHT,
        "{missed} of {planted} missed: {:#?}",
        tally.missed
    );
    assert!(
        tally.alone * 100 >= planted * ALONE,
        "{} of {planted} alone",
        tally.alone
    );
    insta::assert_snapshot!("remaining", tally.remaining());
}

fn texts_of_ids(shelf: &Shelf) -> Vec<String> {
    let text = |token: &Token| shelf.item.text[token.range.clone()].to_owned();
    let declared = shelf
        .tokens
        .windows(3)
        .filter(|three| text(&three[0]) == "id" && text(&three[1]) == ":");
    declared
        .map(|three| text(&three[2]).trim_matches('"').to_owned())
        .collect()
}
