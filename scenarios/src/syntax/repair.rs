//! One sign too few, too many or another one: the changes by which a text could be meant.

use super::parse::closing;
use super::token::{Kind, Token};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::source::Place;

/// A change of one sign, and what is said where it was needed.
pub(crate) struct Change<'a> {
    at: usize,
    removed: usize,
    put: Vec<Token<'a>>,
    /// Says that it was needed.
    pub(crate) problem: Diagnostic,
}

impl<'a> Change<'a> {
    /// A sign in place of so many tokens; `place` is where it is written.
    fn sign(at: usize, removed: usize, by: char, place: Place, problem: Diagnostic) -> Self {
        Self {
            at,
            removed,
            put: vec![Token {
                kind: kind(by),
                range: place.range(),
            }],
            problem,
        }
    }

    /// The tokens after it.
    pub(crate) fn apply(&self, tokens: &[Token<'a>]) -> Vec<Token<'a>> {
        let behind = &tokens[self.at + self.removed..];
        [&tokens[..self.at], &self.put, behind].concat()
    }

    /// Whether every bracket would be closed by its own kind.
    fn balances(&self, tokens: &[Token<'a>]) -> bool {
        let behind = &tokens[self.at + self.removed..];
        is_balanced(tokens[..self.at].iter().chain(&self.put).chain(behind))
    }
}

fn is_balanced<'a: 't, 't>(tokens: impl Iterator<Item = &'t Token<'a>>) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open(sign) => open.push(closing(sign)),
            Kind::Close(sign) if open.pop() != Some(sign) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// The signs of definitions.
const BRACKETS: [char; 6] = ['(', ')', '[', ']', '{', '}'];
const SEPARATORS: [char; 2] = [',', ':'];

const fn kind<'a>(sign: char) -> Kind<'a> {
    match sign {
        ',' => Kind::Comma,
        ':' => Kind::Colon,
        ')' | ']' | '}' => Kind::Close(sign),
        _ => Kind::Open(sign),
    }
}

const fn sign(kind: &Kind<'_>) -> Option<char> {
    match kind {
        Kind::Comma => Some(','),
        Kind::Colon => Some(':'),
        Kind::Open(sign) | Kind::Close(sign) => Some(*sign),
        _ => None,
    }
}

/// The changes that could mend the text near a byte, the likeliest first: signs that are missing or
/// stand for another one by their distance, then words that are two, then signs that are too many.
/// `stray` is a character that means nothing and may stand for a sign.
pub(crate) fn changes<'a>(
    tokens: &[Token<'a>],
    near: usize,
    stray: Option<Place>,
    file: u16,
) -> Vec<Change<'a>> {
    let around = Around {
        tokens,
        file,
        signs: if is_balanced(tokens.iter()) {
            &SEPARATORS
        } else {
            &BRACKETS
        },
    };
    let mut found = Vec::new();
    if let Some(stray) = stray {
        around.stands_for(stray, &mut found);
        return found;
    }
    let nearest = tokens.partition_point(|token| token.range.start < near);
    let positions: Vec<usize> = positions(nearest, tokens.len()).collect();
    for at in &positions {
        around.replacements(*at, &mut found);
        around.insertions(*at, &mut found);
    }
    for at in positions.iter().take(CLOSE) {
        around.splits(*at, &mut found);
    }
    for at in &positions {
        around.removals(*at, &mut found);
    }
    found
}

/// Words are taken apart within so many tokens of the fault.
const CLOSE: usize = 6;

/// So many tokens behind the fault are looked at: of a value that cannot be, its start is known.
const BEHIND: usize = 12;

/// Positions by their distance, more of them before than behind: a text fails where or after its
/// fault is.
fn positions(nearest: usize, len: usize) -> impl Iterator<Item = usize> {
    let behind =
        move |distance: usize| (distance <= BEHIND && distance > 0).then_some(nearest + distance);
    (0..limits::REPAIR_WINDOW)
        .flat_map(move |distance| [nearest.checked_sub(distance), behind(distance)])
        .flatten()
        .filter(move |at| *at <= len)
}

struct Around<'t, 'a> {
    tokens: &'t [Token<'a>],
    file: u16,
    signs: &'static [char],
}

impl<'a> Around<'_, 'a> {
    fn place(&self, at: usize) -> Place {
        let range = &self.tokens[at].range;
        Place::new(self.file, range.start, range.end)
    }

    /// The empty place behind the token before.
    fn behind(&self, at: usize) -> Place {
        match at.checked_sub(1) {
            Some(before) => self.place(before).after(),
            None => Place::new(self.file, 0, 0),
        }
    }

    fn keep(&self, change: Change<'a>, found: &mut Vec<Change<'a>>) {
        if change.balances(self.tokens) {
            found.push(change);
        }
    }

    /// Every sign that a character without a meaning may stand for.
    fn stands_for(&self, stray: Place, found: &mut Vec<Change<'a>>) {
        let at = self
            .tokens
            .partition_point(|token| token.range.start < stray.start as usize);
        for by in SEPARATORS.iter().chain(&BRACKETS) {
            let problem = Diagnostic::new(Code::StrayCharacter, instead(*by), stray);
            let problem = problem.cure(&format!("write `{by}`"), stray, &by.to_string());
            self.keep(Change::sign(at, 0, *by, stray, problem), found);
        }
    }

    fn replacements(&self, at: usize, found: &mut Vec<Change<'a>>) {
        let Some(written) = self.tokens.get(at).and_then(|token| sign(&token.kind)) else {
            return;
        };
        let place = self.place(at);
        // Nobody's hand writes a comma for a bracket.
        let alike = |by: &&char| BRACKETS.contains(*by) == BRACKETS.contains(&written);
        let others = self.signs.iter().filter(|by| **by != written);
        for by in others.filter(alike) {
            let message = format!("`{written}` stands where `{by}` belongs");
            let problem = Diagnostic::new(code_of(written), message, place);
            let problem = problem.cure(&format!("write `{by}`"), place, &by.to_string());
            self.keep(Change::sign(at, 1, *by, place, problem), found);
        }
    }

    fn insertions(&self, at: usize, found: &mut Vec<Change<'a>>) {
        let place = self.behind(at);
        for by in self.signs {
            let problem = self.lacking(at, *by, place);
            self.keep(Change::sign(at, 0, *by, place, problem), found);
        }
    }

    /// Says that a sign is missing before a token.
    fn lacking(&self, at: usize, by: char, place: Place) -> Diagnostic {
        let (code, message) = match by {
            ',' => (Code::MissingComma, "a comma is missing here".to_owned()),
            ':' => (Code::MissingColon, "a colon is missing here".to_owned()),
            _ => (Code::Bracket, format!("`{by}` is missing here")),
        };
        let mut problem = Diagnostic::new(code, message, place);
        if matches!(by, ')' | ']' | '}')
            && let Some(open) = self.opening(at)
        {
            problem = problem.context(self.place(open), "this is open");
        }
        problem.cure(&format!("insert `{by}`"), place, &by.to_string())
    }

    /// The innermost bracket that is open before a token.
    fn opening(&self, at: usize) -> Option<usize> {
        let mut closed = 0_usize;
        (0..at)
            .rev()
            .find(|before| match self.tokens[*before].kind {
                Kind::Close(_) => {
                    closed += 1;
                    false
                }
                Kind::Open(_) if closed > 0 => {
                    closed -= 1;
                    false
                }
                Kind::Open(_) => true,
                _ => false,
            })
    }

    /// A word that lost the bracket inside it, as in `OneKind(..))`.
    fn splits(&self, at: usize, found: &mut Vec<Change<'a>>) {
        let Some((Kind::Word(word), range)) =
            self.tokens.get(at).map(|token| (&token.kind, &token.range))
        else {
            return;
        };
        if range.len() != word.len() || word.len() > limits::REPAIR_WINDOW {
            return;
        }
        let inner = word.char_indices().map(|(byte, _)| byte).skip(1);
        for byte in inner {
            let place = self.place(at).part(byte, 0);
            let (first, second) = word.split_at(byte);
            let second = if second.starts_with(|c: char| c.is_ascii_digit()) {
                Kind::Number(second)
            } else {
                Kind::Word(second)
            };
            let problem = Diagnostic::new(Code::Bracket, "`(` is missing here", place);
            let change = Change {
                at,
                removed: 1,
                put: vec![
                    Token {
                        kind: Kind::Word(first),
                        range: range.start..range.start + byte,
                    },
                    Token {
                        kind: Kind::Open('('),
                        range: place.range(),
                    },
                    Token {
                        kind: second,
                        range: range.start + byte..range.end,
                    },
                ],
                problem: problem.cure("insert `(`", place, "("),
            };
            self.keep(change, found);
        }
    }

    fn removals(&self, at: usize, found: &mut Vec<Change<'a>>) {
        let Some(written) = self.tokens.get(at).and_then(|token| sign(&token.kind)) else {
            return;
        };
        if !self.signs.contains(&written) {
            return;
        }
        let place = self.place(at);
        let problem = Diagnostic::new(code_of(written), format!("one `{written}` too many"), place);
        let change = Change {
            at,
            removed: 1,
            put: Vec::new(),
            problem: problem.cure("remove it", place, ""),
        };
        self.keep(change, found);
    }
}

/// What is wrong about a sign that does not belong where it stands.
fn code_of(written: char) -> Code {
    if BRACKETS.contains(&written) {
        Code::Bracket
    } else {
        Code::Unexpected
    }
}

fn instead(by: char) -> String {
    format!("this stands where `{by}` belongs")
}
