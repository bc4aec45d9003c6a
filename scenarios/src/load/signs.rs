//! Signs that are missing, too many or wrong, found by trying what the text would be with another.
//!
//! Where a bracket is missing, a parser can only say where it noticed. What the author meant is the
//! text that can be read with one sign changed: the change nearest to where reading failed that
//! leaves the fewest problems.

use super::quotes;
use crate::diagnostic::{Code, Cure, Diagnostic};
use crate::limits;
use crate::read::Reader;
use crate::source::{Place, Source};
use crate::syntax::{self, Node, Token};
use std::collections::BTreeSet;

/// A text, and how what it holds is read from its tree.
pub(crate) struct Asked<'a, D> {
    /// The text.
    pub(crate) source: &'a Source,
    /// Its position among those loaded.
    pub(crate) file: u16,
    /// Reads what it holds.
    pub(crate) outer: fn(&Node<'_>, &mut Reader<'_>) -> Option<D>,
}

/// What a text says, and everything that is wrong with it.
pub(crate) struct Reading<D> {
    /// What it holds, as far as it could be read.
    pub(super) definition: Option<D>,
    /// What is wrong with the letters and signs.
    pub(super) form: Vec<Diagnostic>,
    /// What is wrong with the values.
    pub(super) meaning: Vec<Diagnostic>,
    /// Ids of things that could not be read.
    pub(super) lost: BTreeSet<String>,
}

impl<'a, D> Asked<'a, D> {
    /// What the text says, cut into these tokens.
    pub(super) fn says(&self, tokens: &[Token<'a>], faulty: bool) -> Reading<D> {
        let parsed = syntax::tree(self.source, self.file, tokens, faulty);
        let mut reader = Reader::new(self.source);
        let definition = parsed
            .root
            .as_ref()
            .and_then(|root| (self.outer)(root, &mut reader));
        let (meaning, lost) = reader.finish();
        Reading {
            definition,
            form: parsed.problems,
            meaning,
            lost,
        }
    }
}

impl<D> Reading<D> {
    /// What a text says that is not looked at.
    const fn nothing() -> Self {
        Self {
            definition: None,
            form: Vec::new(),
            meaning: Vec::new(),
            lost: BTreeSet::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.form.len() + self.meaning.len()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.form.iter().chain(&self.meaning)
    }

    /// Whether a sign may be behind the problems: something stands where it does not belong.
    fn is_about_signs(&self) -> bool {
        let mut meaning = self.meaning.iter();
        !self.form.is_empty()
            || meaning.any(|problem| {
                matches!(
                    problem.code,
                    Code::Unexpected | Code::WrongKind | Code::WrongArguments
                )
            })
    }
}

/// Reads a text, and as if its missing quotes were there and its wrong signs right.
pub(crate) fn read<D>(asked: &Asked<'_, D>) -> Reading<D> {
    let mut cut = syntax::cut(asked.source, asked.file);
    let too_large = cut
        .problems
        .iter()
        .any(|problem| problem.code == Code::TooLarge);
    if too_large {
        let form = cut.problems;
        return Reading {
            form,
            ..Reading::nothing()
        };
    }
    let mut reading = asked.says(&cut.tokens, !cut.problems.is_empty());
    let mut said = Vec::new();
    let mut work = limits::REPAIR_WORK;
    if cut.tokens.len() <= limits::REPAIR_TOKENS {
        (cut, reading) = quotes::mended(asked, (cut, reading), &mut said, &mut work);
    }
    let (mut tokens, mut letters) = (cut.tokens, cut.problems);
    for _ in 0..limits::REPAIRS {
        if tokens.len() > limits::REPAIR_TOKENS {
            break;
        }
        let stray = letters
            .iter()
            .position(|problem| cut.strays.contains(&problem.place()));
        let mended = mend(
            asked,
            &tokens,
            &reading,
            stray.map(|at| &letters[at]),
            &mut work,
        );
        let Some((mended, problem, better)) = mended else {
            break;
        };
        if let Some(at) = stray {
            letters.remove(at);
        }
        said.push(problem);
        (tokens, reading) = (mended, better);
    }
    letters.append(&mut said);
    letters.append(&mut reading.form);
    reading.form = letters;
    if tokens.len() <= limits::REPAIR_TOKENS {
        verified(asked, &mut reading);
    }
    reading
}

/// The bytes near which the fault may be: where reading first failed, and where the signs first did.
fn suspects<D>(now: &Reading<D>, stray: Option<&Diagnostic>) -> Vec<usize> {
    let start = |problem: &Diagnostic| problem.place().start as usize;
    if let Some(stray) = stray {
        return vec![start(stray)];
    }
    // What is missing in an element is reported at its head, far before the fault.
    let close = |problem: &&Diagnostic| problem.code != Code::MissingField;
    let all = now.all().filter(close).map(start).min();
    let signs = now.form.iter().map(start).min();
    let mut suspects: Vec<usize> = all.into_iter().chain(signs).collect();
    suspects.dedup();
    suspects
}

/// Whether a change at a place leaves, or leads to, a problem there.
fn leads_on<D>(place: Place, then: &Reading<D>) -> bool {
    then.all().any(|problem| {
        let of = problem.place();
        of.start <= place.end && place.start <= of.end
    })
}

/// Takes their cures off problems with signs after which there would be as many problems as before.
fn verified<D>(asked: &Asked<'_, D>, reading: &mut Reading<D>) {
    let before = reading.count();
    let is_of_signs = |code| {
        matches!(
            code,
            Code::Bracket | Code::Unexpected | Code::MissingComma | Code::MissingColon
        )
    };
    let of_signs = reading
        .form
        .iter_mut()
        .filter(|problem| is_of_signs(problem.code));
    for problem in of_signs.take(limits::REPAIRS) {
        let Some(cure) = &problem.cure else { continue };
        if cure.edits.is_empty() || then(asked, cure) < before {
            continue;
        }
        problem.cure = None;
        let note = "the sign that is missing or too many may stand further up";
        problem.notes.push(note.to_owned());
    }
}

/// How many problems there would be after a cure.
fn then<D>(asked: &Asked<'_, D>, cure: &Cure) -> usize {
    let mut edits: Vec<_> = cure.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
    let mut text = asked.source.text.clone();
    for edit in edits {
        text.replace_range(edit.place.range(), &edit.text);
    }
    let source = Source::new(asked.source.name.clone(), text);
    let cured = Asked {
        source: &source,
        file: asked.file,
        outer: asked.outer,
    };
    let cut = syntax::cut(&source, asked.file);
    let reading = cured.says(&cut.tokens, !cut.problems.is_empty());
    cut.problems.len() + reading.count()
}

/// Whether a value or a name is missing: that explains itself.
fn is_gap(problem: &Diagnostic) -> bool {
    let place = problem.place();
    problem.code == Code::Unexpected && place.start == place.end
}

/// The tokens with the best change, what is said about it, and what the text then says. `None`: no
/// change makes it better.
fn mend<'a, D>(
    asked: &Asked<'a, D>,
    tokens: &[Token<'a>],
    now: &Reading<D>,
    stray: Option<&Diagnostic>,
    work: &mut usize,
) -> Option<(Vec<Token<'a>>, Diagnostic, Reading<D>)> {
    let before = now.count() + usize::from(stray.is_some());
    if now.form.is_empty() && now.meaning.iter().any(is_gap) {
        return None;
    }
    let cured = now.all().all(|problem| {
        problem
            .cure
            .as_ref()
            .is_some_and(|cure| !cure.edits.is_empty())
    });
    if stray.is_none() && (!now.is_about_signs() || (before == 1 && cured)) {
        return None;
    }
    let mut best: Option<(Vec<Token<'a>>, Diagnostic, Reading<D>)> = None;
    for near in suspects(now, stray) {
        let changes = syntax::changes(tokens, near, stray.map(Diagnostic::place), asked.file);
        for change in changes.into_iter().take(limits::REPAIR_TRIES) {
            let Some(left) = work.checked_sub(tokens.len()) else {
                break;
            };
            *work = left;
            let tried = change.apply(tokens);
            let reading = asked.says(&tried, false);
            let better = best
                .as_ref()
                .is_none_or(|(.., best)| reading.count() < best.count());
            if better && !leads_on(change.problem.place(), &reading) {
                best = Some((tried, change.problem, reading));
            }
            if best.as_ref().is_some_and(|(.., best)| best.count() == 0) {
                return best;
            }
        }
    }
    best.filter(|(.., reading)| {
        let after = reading.count() + 1;
        after < before || (after == before && !cured) || (stray.is_some() && after <= before)
    })
}
