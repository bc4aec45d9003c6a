//! The seal: a signature over how many lines a record has and the hash of the last one.
//!
//! ```text
//! {"seal":{"lines":<n>,"last":"<64 digits>","key":"<64 digits>","signature":"<128 digits>"}}
//! ```

use crate::hash::{Hash, from_hex, to_hex};
use crate::key::{Key, PublicKey};
use thiserror::Error;

/// A seal that was read or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// How many lines stand before it, the header among them.
    pub lines: u64,
    /// The hash of the last of them.
    pub last: Hash,
    /// By whose key it was made.
    pub key: PublicKey,
    signature: [u8; 64],
}

/// What is wrong with a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealFault {
    /// It does not have the shape of one.
    #[error("the seal is not written as a seal is")]
    Shape,
    /// It seals another number of lines.
    #[error("the seal is for {sealed} lines, and {there} stand before it")]
    Lines {
        /// How many it was made for.
        sealed: u64,
        /// How many there are.
        there: u64,
    },
    /// It seals another last line.
    #[error("the seal is for another last line")]
    Last,
    /// Its key did not make this signature.
    #[error("the signature of the seal is false")]
    Signature,
}

impl Seal {
    /// Seals so many lines with the hash of the last one.
    pub(crate) fn make(key: &Key, lines: u64, last: Hash) -> Self {
        Self {
            lines,
            last,
            key: key.public(),
            signature: key.sign(&message(lines, last)),
        }
    }

    /// The line, with its line end.
    pub(crate) fn render(&self) -> String {
        let (lines, last, key) = (self.lines, self.last, self.key);
        let signature = to_hex(&self.signature);
        format!(
            "{{\"seal\":{{\"lines\":{lines},\"last\":\"{last}\",\"key\":\"{key}\",\"signature\":\"{signature}\"}}}}\n"
        )
    }

    /// The seal of a line without its line end; `None` if the line is not meant to be one.
    pub(crate) fn parse(line: &str) -> Option<Result<Self, SealFault>> {
        line.starts_with("{\"seal\"")
            .then(|| Self::parse_fields(line).ok_or(SealFault::Shape))
    }

    fn parse_fields(line: &str) -> Option<Self> {
        let rest = line.strip_prefix("{\"seal\":{\"lines\":")?;
        let (lines, rest) = rest.split_once(",\"last\":\"")?;
        let (last, rest) = rest.split_once("\",\"key\":\"")?;
        let (key, rest) = rest.split_once("\",\"signature\":\"")?;
        let seal = Self {
            lines: lines.parse().ok()?,
            last: Hash::parse(last)?,
            key: PublicKey::parse(key)?,
            signature: from_hex(rest.strip_suffix("\"}}")?)?,
        };
        // A number has several spellings; only the one that is written is taken.
        (seal.render().trim_end() == line).then_some(seal)
    }

    /// Checks that it was made for these lines and by its key.
    pub(crate) fn check(&self, lines: u64, last: Hash) -> Result<(), SealFault> {
        if self.lines != lines {
            return Err(SealFault::Lines {
                sealed: self.lines,
                there: lines,
            });
        }
        if self.last != last {
            return Err(SealFault::Last);
        }
        if self.key.signed(&message(lines, last), &self.signature) {
            Ok(())
        } else {
            Err(SealFault::Signature)
        }
    }
}

/// What is signed. It names its purpose, so that a signature for it fits nothing else.
fn message(lines: u64, last: Hash) -> Vec<u8> {
    format!("hotwash record seal 1\n{lines}\n{last}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line() -> String {
        Seal::make(&Key::from_seed(&[3; 32]), 12, Hash::of(b"last")).render()
    }

    #[test]
    fn a_seal_holds_for_its_own_lines_alone() {
        let seal = Seal::make(&Key::from_seed(&[3; 32]), 12, Hash::of(b"last"));
        assert_eq!(seal.check(12, Hash::of(b"last")), Ok(()));
        assert_eq!(seal.check(12, Hash::of(b"else")), Err(SealFault::Last));
        let lines = seal.check(11, Hash::of(b"last"));
        assert!(matches!(lines, Err(SealFault::Lines { .. })));
    }

    proptest! {
        #[test]
        fn a_seal_with_any_byte_changed_is_no_seal_of_these_lines(
            at in any::<prop::sample::Index>(),
            flip in 1_u8..128,
        ) {
            let mut bytes = line().trim_end().as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
            let holds = Seal::parse(&text)
                .and_then(Result::ok)
                .is_some_and(|seal| seal.check(12, Hash::of(b"last")).is_ok());
            prop_assert!(!holds);
        }
    }
}
