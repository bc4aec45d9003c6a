//! What a page sends when somebody acts.
//!
//! The act itself is in the words of a record, as JSON, with everything in it that the page knew. What somebody
//! chose or typed beside it comes as further fields and is put where it belongs.

use hotwash_engine::exercise::Names;
use hotwash_engine::record::wire::Named;
use hotwash_engine::record::{HumanAct, WireHumanAct};
use serde_json::Value;
use std::collections::BTreeMap;
use thiserror::Error;

/// The longest text that somebody can type into one field, in bytes.
pub(crate) const MAX_TEXT: usize = 8_000;

/// The fields of a form.
pub(crate) type Form = BTreeMap<String, String>;

/// Fields that are about the sending of an act and not of it.
const ABOUT: [&str; 3] = ["act", "id", "as"];

/// Why a form is no act.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unclear {
    /// The act is missing or not in the words of a record.
    #[error("this page does not say what is to be done: load it again")]
    NoAct,
    /// A field is too long.
    #[error("the text is too long: {MAX_TEXT} bytes at most")]
    TooLong,
    /// A name that the exercise does not know.
    #[error("the exercise has no such thing: load the page again")]
    Unknown,
}

/// The act that a form asks for.
pub(crate) fn read(form: &Form, names: &Names) -> Result<HumanAct, Unclear> {
    if form.values().any(|value| value.len() > MAX_TEXT) {
        return Err(Unclear::TooLong);
    }
    let act = form.get("act").ok_or(Unclear::NoAct)?;
    let mut value: Value = serde_json::from_str(act).map_err(|_| Unclear::NoAct)?;
    let fields = value
        .as_object_mut()
        .filter(|outer| outer.len() == 1)
        .and_then(|outer| outer.values_mut().next())
        .and_then(Value::as_object_mut)
        .ok_or(Unclear::NoAct)?;
    for (name, given) in form
        .iter()
        .filter(|(name, _)| !ABOUT.contains(&name.as_str()))
    {
        let given = given.replace("\r\n", "\n");
        fields.insert(name.clone(), Value::String(given.trim().to_owned()));
    }
    let wire: WireHumanAct = serde_json::from_value(value).map_err(|_| Unclear::NoAct)?;
    HumanAct::read(wire, names).map_err(|_| Unclear::Unknown)
}

/// An act as a page holds it.
pub(crate) fn written(act: &HumanAct, names: &Names) -> String {
    serde_json::to_string(&act.write(names)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_engine::generator;

    fn form(fields: &[(&str, &str)]) -> Form {
        let owned = fields
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        owned.collect()
    }

    #[test]
    fn what_was_typed_is_put_into_the_act() {
        let exercise = generator::exercise(1);
        let sent = form(&[
            ("act", r#"{"Note":{"text":""}}"#),
            ("text", " Call\r\nback "),
            ("id", "a1"),
        ]);
        let act = read(&sent, exercise.names());
        let text = "Call\nback".to_owned();
        assert_eq!(act, Ok(HumanAct::Note { text }));
    }

    #[test]
    fn what_is_no_act_is_refused() {
        let exercise = generator::exercise(1);
        let of = |text: &str| read(&form(&[("act", text)]), exercise.names());
        assert_eq!(of("{}"), Err(Unclear::NoAct));
        assert_eq!(of("[1]"), Err(Unclear::NoAct));
        assert_eq!(of(r#"{"Fly":{}}"#), Err(Unclear::NoAct));
        assert_eq!(of(r#"{"Pause":{},"End":{}}"#), Err(Unclear::NoAct));
        assert_eq!(
            of(r#"{"Fire":{"inject":"no-such"}}"#),
            Err(Unclear::Unknown)
        );
        let long = "x".repeat(MAX_TEXT + 1);
        let sent = form(&[("act", r#"{"Note":{"text":""}}"#), ("text", &long)]);
        assert_eq!(read(&sent, exercise.names()), Err(Unclear::TooLong));
    }

    #[test]
    fn what_a_page_holds_is_read_again() {
        for seed in 0..20 {
            let exercise = generator::exercise(seed);
            for action in generator::acts(&exercise, seed).1 {
                let sent = form(&[("act", &written(&action.does, exercise.names()))]);
                assert_eq!(read(&sent, exercise.names()), Ok(action.does));
            }
        }
    }
}
