//! Ids with plain letters in place of ids that have others.

use crate::limits;
use crate::notation::plain;
use crate::source::Source;
use crate::syntax::{Kind, tokens};
use any_ascii::any_ascii_char;
use hotwash_engine::exercise::Slug;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of a text, and those that were offered in place of some.
pub(crate) struct Ids {
    /// What stands as the id of something.
    declared: BTreeSet<String>,
    /// What was offered for what.
    offered: BTreeMap<String, String>,
}

impl Ids {
    /// Those of a text.
    pub(crate) fn of(source: &Source) -> Self {
        let tokens = tokens(&source.text, source.is_json(), limits::TOKENS).tokens;
        let text = |at: usize| match &tokens.get(at)?.kind {
            Kind::Text(text) => Some(text.as_ref()),
            Kind::Word(word) => Some(*word),
            _ => None,
        };
        let is_id = |at: usize| {
            text(at) == Some("id")
                && matches!(tokens.get(at + 1).map(|it| &it.kind), Some(Kind::Colon))
        };
        let declared = (0..tokens.len())
            .filter(|at| is_id(*at))
            .filter_map(|at| text(at + 2));
        Self {
            declared: declared.map(ToOwned::to_owned).collect(),
            offered: BTreeMap::new(),
        }
    }

    /// The id in plain letters for a text: always the same for the same text, and that of another thing for none.
    pub(crate) fn plain(&mut self, written: &str) -> Option<String> {
        // What nobody sees does not make it another id.
        let seen = plain(written);
        if Slug::new(&seen).is_some() {
            return Some(seen);
        }
        if let Some(offered) = self.offered.get(written) {
            return Some(offered.clone());
        }
        let spelled = spelled(written)?;
        // What stands nowhere as an id names something that may have the plain id already.
        let refers = !self.declared.contains(written);
        let is_free = |id: &String| !self.declared.contains(id) || (refers && *id == spelled);
        let numbered =
            (2..1_000).map(|number| format!("{}-{number}", cut(&spelled, Slug::MAX_LEN - 4)));
        let mut candidates = std::iter::once(spelled.clone()).chain(numbered);
        let free = |id: &String| is_free(id) && !self.offered.values().any(|other| other == id);
        let id = candidates.find(free)?;
        self.offered.insert(written.to_owned(), id.clone());
        Some(id)
    }
}

/// The text in the letters, digits and marks of ids. `None`: nothing of it can be said in them.
fn spelled(written: &str) -> Option<String> {
    let mut id = String::new();
    for c in plain(written).chars() {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if fits {
            id.push(c);
        } else if c.is_ascii() {
            gap(&mut id);
        } else {
            let sound = |c: char| c.is_ascii_alphanumeric();
            let letters = any_ascii_char(c);
            if !letters.chars().any(sound) {
                gap(&mut id);
            }
            id.extend(
                letters
                    .chars()
                    .filter(|c| sound(*c))
                    .map(|c| c.to_ascii_lowercase()),
            );
        }
    }
    let id = cut(id.trim_matches('-'), Slug::MAX_LEN)
        .trim_matches('-')
        .to_owned();
    let says = id.chars().any(|c| c.is_ascii_alphanumeric());
    says.then(|| Slug::new(&id)).flatten().map(|_| id)
}

/// One hyphen for a sign that ids do not have.
fn gap(id: &mut String) {
    if !id.ends_with('-') {
        id.push('-');
    }
}

/// The first bytes of a text of one byte a letter.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.len().min(most)]
}
