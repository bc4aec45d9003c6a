//! Codes that people type and secrets that pages hold.

use hotwash_archive::Hash;

/// Letters and figures that nobody takes for one another: no I, L, O, U, 0 and 1.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many of them a code has.
pub(crate) const CODE: usize = 6;

/// The source of chance failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this computer gives no random numbers, so no secret can be made")]
pub(crate) struct NoChance;

/// A code of six characters.
pub(crate) fn code() -> Result<String, NoChance> {
    letters(CODE)
}

/// A secret of 160 bits, in hexadecimal.
pub(crate) fn secret() -> Result<String, NoChance> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect())
}

/// The id of a seat, which is no secret.
pub(crate) fn id() -> Result<String, NoChance> {
    letters(8).map(|text| text.to_ascii_lowercase())
}

fn letters(n: usize) -> Result<String, NoChance> {
    let mut text = String::new();
    while text.len() < n {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|_| NoChance)?;
        // What is left of 256 above a multiple of 30 would make some letters likelier.
        if byte[0] < 240 {
            text.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
        }
    }
    Ok(text)
}

/// What is kept of a secret.
pub(crate) fn hash(secret: &str) -> String {
    Hash::of(secret.as_bytes()).to_string()
}

/// A code as somebody typed it, without what they typed for themselves.
pub(crate) fn as_code(typed: &str) -> String {
    let kept = typed.chars().filter(char::is_ascii_alphanumeric);
    kept.take(2 * CODE).collect::<String>().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_typed_in_any_way() {
        let code = code().unwrap();
        assert_eq!(code.len(), CODE);
        let (a, b) = code.split_at(3);
        assert_eq!(as_code(&format!(" {} {b}-", a.to_lowercase())), code);
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(secret().unwrap(), secret().unwrap());
        assert_eq!(secret().unwrap().len(), 40);
    }
}
