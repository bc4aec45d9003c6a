//! Quotes that are missing, found by reading the text as if they were there.

use super::signs::{Asked, Reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::source::Place;
use crate::syntax::{self, Cut};

/// A text as it was cut, and what it then says.
pub(super) type Tried<'a, D> = (Cut<'a>, Reading<D>);

/// The text as if the quotes that it lacks were there. Each is said.
pub(super) fn mended<'a, D>(
    asked: &Asked<'a, D>,
    mut now: Tried<'a, D>,
    said: &mut Vec<Diagnostic>,
    work: &mut usize,
) -> Tried<'a, D> {
    let mut quotes = Vec::new();
    for _ in 0..limits::REPAIRS {
        let Some((quote, better)) = next(asked, &quotes, &now, work) else {
            break;
        };
        said.push(missing(&better.0, quote, asked.file));
        quotes.push(quote);
        quotes.sort_unstable();
        now = better;
    }
    now
}

fn count<D>((cut, reading): &Tried<'_, D>) -> usize {
    cut.problems.len() + reading.count()
}

/// The quote that makes the text better most, and the text with it.
fn next<'a, D>(
    asked: &Asked<'a, D>,
    quotes: &[usize],
    now: &Tried<'a, D>,
    work: &mut usize,
) -> Option<(usize, Tried<'a, D>)> {
    let source = asked.source;
    let before = count(now);
    if before == 0 {
        return None;
    }
    let problems = || now.0.problems.iter().chain(now.1.all());
    let open = problems().any(|problem| problem.code == Code::OpenText);
    let fails = problems()
        .map(|problem| problem.place().start as usize)
        .min()?;
    let mut best: Option<(usize, Tried<'a, D>)> = None;
    for quote in syntax::missing_quotes(&source.text, source.is_json(), fails) {
        if quotes.contains(&quote) {
            continue;
        }
        let Some(left) = work.checked_sub(now.0.tokens.len()) else {
            break;
        };
        *work = left;
        let mut all = [quotes, &[quote]].concat();
        all.sort_unstable();
        let cut = syntax::cut_with(source, asked.file, &all);
        let reading = asked.says(&cut.tokens, !cut.problems.is_empty());
        let tried = (cut, reading);
        let better = best
            .as_ref()
            .is_none_or(|(_, best)| count(&tried) < count(best));
        if better {
            best = Some((quote, tried));
        }
        if best.as_ref().is_some_and(|(_, best)| count(best) == 0) {
            break;
        }
    }
    best.filter(|(_, best)| {
        let after = count(best) + 1;
        after < before || (open && after == before)
    })
}

/// Says that a quote is missing, at the text that lacks it.
fn missing(cut: &Cut<'_>, quote: usize, file: u16) -> Diagnostic {
    let opened = cut.tokens.iter().find(|token| token.range.start == quote);
    let closed = cut.tokens.iter().find(|token| token.range.end == quote);
    let (range, which) = match (opened, closed) {
        (_, Some(text)) if text.is_text() => (text.range.clone(), "closing"),
        (Some(text), _) => (text.range.clone(), "opening"),
        _ => (quote..quote, "closing"),
    };
    let place = Place::new(file, range.start, range.end);
    let message = format!("this text has no {which} quote");
    let verb = if which == "closing" { "close" } else { "open" };
    Diagnostic::new(Code::OpenText, message, place).cure(
        &format!("{verb} the text with `\"`"),
        Place::new(file, quote, quote),
        "\"",
    )
}
