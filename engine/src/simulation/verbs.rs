//! Verbs that several concerns share: sending word, and taking a measure.

pub(crate) mod measures;
pub(crate) mod word;
