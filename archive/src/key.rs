//! Keys that seal records: Ed25519, in a text file.

use crate::hash::{Hash, from_hex, to_hex};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use thiserror::Error;

/// The first line of a key file. It changes with the format of the file.
const TITLE: &str = "hotwash signing key, format 1";
const WARNING: &str = "Keep this file secret: whoever holds it can seal records in your name.";

/// A key that seals records.
#[derive(Clone)]
pub struct Key(SigningKey);

/// The public half of a key, by which a seal is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// Why there is no key.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is not a key file.
    #[error("this is not a key file: its first line is not `{TITLE}`")]
    NotAKey,
    /// It is one, and damaged.
    #[error("the key file is damaged: {0}")]
    Damaged(&'static str),
}

impl Key {
    /// The key of thirty-two bytes that nobody else can guess. The caller draws them.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The content of a key file.
    pub fn to_text(&self) -> String {
        let (secret, public) = (to_hex(self.0.as_bytes()), self.public());
        format!("{TITLE}\n{WARNING}\nsecret {secret}\npublic {public}\n")
    }

    /// The key of a key file's content.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut lines = text.lines();
        if lines.next() != Some(TITLE) {
            return Err(KeyError::NotAKey);
        }
        let secret = value(text, "secret ").ok_or(KeyError::Damaged("no line `secret ...`"))?;
        let seed = from_hex(secret).ok_or(KeyError::Damaged("the secret is not 64 digits"))?;
        let key = Self::from_seed(&seed);
        let public = value(text, "public ").ok_or(KeyError::Damaged("no line `public ...`"))?;
        if public == key.public().to_string() {
            Ok(key)
        } else {
            Err(KeyError::Damaged("the two halves do not belong together"))
        }
    }

    /// Writes a new key file that only its owner can read. An existing file is left alone.
    pub fn create_file(&self, path: &Path) -> Result<(), KeyError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(self.to_text().as_bytes())?;
        file.sync_all()?;
        Ok(())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.public())
    }
}

impl PublicKey {
    /// The public key that is written like this: 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = from_hex(text)?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        (!key.is_weak()).then_some(Self(bytes))
    }

    /// A short form for people to compare: the start of the SHA-256 of its bytes.
    pub fn fingerprint(&self) -> String {
        let digits = Hash::of(&self.0).to_string();
        let groups: Vec<&str> = (0..8).map(|i| &digits[4 * i..4 * i + 4]).collect();
        groups.join("-")
    }

    pub(crate) fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&to_hex(&self.0))
    }
}

fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_half_is_that_of_the_standard() {
        // RFC 8032, section 7.1, test 1.
        let seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
            .expect("64 digits");
        let key = Key::from_seed(&seed);
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(key.public().to_string(), public);
        assert_eq!(PublicKey::parse(public), Some(key.public()));
    }

    #[test]
    fn a_key_file_reads_as_it_was_written_and_never_shows_its_secret() {
        let key = Key::from_seed(&[7; 32]);
        let again = Key::parse(&key.to_text()).expect("it was written");
        assert_eq!(again.public(), key.public());
        assert!(!format!("{key:?}").contains("0707"));
    }

    #[test]
    fn a_damaged_key_file_says_so() {
        let text = Key::from_seed(&[7; 32]).to_text();
        let spoil = |from: &str, to: &str| Key::parse(&text.replace(from, to)).map(|_| ());
        assert!(matches!(
            spoil("format 1", "format 9"),
            Err(KeyError::NotAKey)
        ));
        assert!(matches!(
            spoil("secret 0", "secret 1"),
            Err(KeyError::Damaged(_))
        ));
        assert!(matches!(spoil("secret", "x"), Err(KeyError::Damaged(_))));
        assert!(matches!(Key::parse(""), Err(KeyError::NotAKey)));
    }

    #[test]
    fn a_key_file_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("team.key");
        let key = Key::from_seed(&[1; 32]);
        key.create_file(&path).expect("the path is free");
        let second = Key::from_seed(&[2; 32]).create_file(&path);
        assert!(matches!(second, Err(KeyError::Io(e)) if e.kind() == io::ErrorKind::AlreadyExists));
        let text = std::fs::read_to_string(&path).expect("it was written");
        assert_eq!(text, key.to_text());
    }
}
