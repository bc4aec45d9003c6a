//! The texts that are loaded, and places in them.

use std::ops::{Deref, Range};

/// A text with the name by which people know it, such as `plan.ron`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name that diagnostics show. One that ends in `.json` is read as JSON, any other as RON.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// A text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// Whether the text is JSON.
    pub fn is_json(&self) -> bool {
        let ending = self.name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn line_and_column(&self, byte: u32) -> (usize, usize) {
        let mut end = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A stretch of one of the texts that were loaded together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The position of the text among those loaded.
    pub file: u16,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Place {
    /// A stretch of a text.
    pub const fn new(file: u16, start: usize, end: usize) -> Self {
        Self {
            file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// The bytes.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of this one to the end of another of the same text.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self {
            end: other.end,
            ..self
        }
    }

    /// The empty stretch at its end.
    #[must_use]
    pub const fn after(self) -> Self {
        Self {
            start: self.end,
            ..self
        }
    }

    /// A part of it, in bytes from its start.
    #[must_use]
    pub const fn part(self, from: usize, len: usize) -> Self {
        let start = self.start + from as u32;
        Self {
            start,
            end: start + len as u32,
            ..self
        }
    }
}

/// A value and the place where its author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub const fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.place)
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
