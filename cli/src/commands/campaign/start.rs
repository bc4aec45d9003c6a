//! When runs start.

use hotwash_app::quoted;
use hotwash_engine::campaign::Hours;
use hotwash_scenarios::{self as scenarios, definition, notation};
use std::str::FromStr;

/// When runs start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    /// The hour that was asked for, instead of the scenario's.
    pub(crate) at: scenarios::Start,
    /// Whether it is any hour of the week.
    pub(crate) hours: Hours,
    /// In words.
    pub(crate) said: String,
    /// The option as it is typed, after a space; empty: nobody need type it.
    pub(crate) typed: String,
}

impl FromStr for Start {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let of = |at, hours, said: &str| Self {
            at: scenarios::Start {
                at,
                ..scenarios::Start::default()
            },
            hours,
            said: said.to_owned(),
            typed: match text {
                "scripted" => String::new(),
                text => format!(" --start {}", quoted(text)),
            },
        };
        match text {
            "scripted" => Ok(of(None, Hours::AsScripted, "as scripted")),
            "any-hour" => Ok(of(None, Hours::AnyOfWeek, "at any hour of the week")),
            text => notation::read::<definition::Start>(text)
                .map(|at| of(Some(at), Hours::AsScripted, text))
                .map_err(|misread| {
                    let forms = "a start is `scripted`, `any-hour`, or a time such as `Sat 03:00`";
                    let meant: Vec<String> = misread
                        .readings
                        .iter()
                        .map(|it| format!("`{}`", it.written))
                        .collect();
                    if meant.is_empty() {
                        forms.to_owned()
                    } else {
                        format!("{forms}; write {}", meant.join(" or "))
                    }
                }),
        }
    }
}
