//! Keys that people name on the command line.

use crate::failure::Failure;
use crate::output;
use hotwash_app::read_text;
use hotwash_archive::{Key, PublicKey};
use std::path::Path;

/// The longest key file that is read, in bytes.
const MAX_FILE: usize = 4_096;

/// By whom a seal has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// By this key.
    Key(PublicKey),
    /// By a key with this fingerprint: its digits without hyphens.
    Fingerprint(String),
}

impl Wanted {
    /// Whether a key is the one that is wanted.
    pub(crate) fn is(&self, key: PublicKey) -> bool {
        match self {
            Self::Key(wanted) => *wanted == key,
            Self::Fingerprint(digits) => key.fingerprint().replace('-', "") == *digits,
        }
    }
}

/// Reads a key file. That others can read it as well is warned of.
pub(crate) fn read(path: &Path) -> Result<Key, Failure> {
    let text = read_text(path, MAX_FILE)?;
    let key = Key::parse(&text).map_err(|error| {
        Failure::input(format!("`{}`: {error}", path.display()))
            .hint("`hotwash key new FILE` makes a key file.")
    })?;
    if is_open_to_others(path) {
        let shown = path.display();
        output::complain(
            "warning",
            &format!(
                "others on this machine can read `{shown}`, and seal records in its owner's name"
            ),
        );
        output::complain(
            "hint",
            &format!("`chmod 600 {shown}` leaves it to its owner."),
        );
    }
    Ok(key)
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Who can read a file is not to be learned elsewhere.
#[cfg(not(unix))]
const fn is_open_to_others(_: &Path) -> bool {
    false
}

/// The key that is wanted: its digits or its fingerprint, in any form in which Hotwash prints them, or a file with
/// one of these or with the key itself.
pub(crate) fn wanted(text: &str) -> Result<Wanted, Failure> {
    if let Some(wanted) = printed(text) {
        return Ok(wanted);
    }
    let path = Path::new(text);
    if let Some(wanted) = read_text(path, MAX_FILE)
        .ok()
        .and_then(|text| printed(&text))
    {
        return Ok(wanted);
    }
    read(path).map(|key| Wanted::Key(key.public()))
}

/// What is meant by a text that Hotwash may have printed: `<64 digits>`, a fingerprint in groups of four, or a line
/// in which the key stands before its fingerprint, with words before both.
fn printed(text: &str) -> Option<Wanted> {
    let words = text
        .split(|c: char| c.is_whitespace() || c == '(' || c == ')')
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let key = words.iter().find_map(|word| PublicKey::parse(word));
    if words.iter().any(|word| word == "secret") {
        return None;
    }
    key.map(Wanted::Key).or_else(|| {
        let digits = words.iter().map(|word| word.replace('-', ""));
        let mut prints = digits.filter(|word| is_fingerprint(word));
        prints.next().map(Wanted::Fingerprint)
    })
}

fn is_fingerprint(digits: &str) -> bool {
    digits.len() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_understood_in_any_form_that_is_printed() {
        let key = Key::from_seed(&[7; 32]).public();
        let print = key.fingerprint();
        for text in [
            key.to_string(),
            key.to_string().to_uppercase(),
            print.clone(),
            print.replace('-', ""),
            format!("{key} ({print})"),
            format!("Sealed by    {key} ({print})"),
            format!("Public key   {key}\n"),
            format!("Fingerprint  {print}"),
        ] {
            let wanted = printed(&text);
            assert!(wanted.is_some_and(|wanted| wanted.is(key)), "{text}");
        }
        let other = Key::from_seed(&[8; 32]).public();
        assert!(printed(&print).is_some_and(|wanted| !wanted.is(other)));
        assert_eq!(printed("team.key"), None);
        assert_eq!(printed(&Key::from_seed(&[7; 32]).to_text()), None);
    }
}
