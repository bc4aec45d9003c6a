//! Time zones by their names in the IANA database: `Europe/Lisbon`.

use super::{Notation, Reading};
use jiff::tz::TimeZoneDatabase;

/// The IANA name of a time zone, such as `Europe/Lisbon`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneName(pub String);

/// All names of the bundled database.
pub(crate) fn names() -> Vec<String> {
    let database = TimeZoneDatabase::bundled();
    database
        .available()
        .map(|name| name.as_str().to_owned())
        .collect()
}

impl Notation for ZoneName {
    const WHAT: &'static str = "a time zone of the IANA database";
    const LOOKS: &'static str = "zones look like `Europe/Lisbon`";

    fn parse(text: &str) -> Result<Self, String> {
        let known =
            text.is_ascii() && text.len() <= 64 && TimeZoneDatabase::bundled().get(text).is_ok();
        let not = || format!("`{text}` is not a time zone of the IANA database");
        known.then(|| Self(text.to_owned())).ok_or_else(not)
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let same = letters(text);
        if matches!(same.as_str(), "z" | "zulu" | "utc" | "gmt") {
            return vec![Reading::new(Self("UTC".to_owned()), "UTC", "")];
        }
        if let Some(name) = from_utc(text) {
            return vec![Reading::new(Self(name.clone()), name, "")];
        }
        let names = names();
        // A city alone is enough where one zone has its name.
        let is_it = |name: &&String| {
            let city = name.rsplit('/').next().unwrap_or_default();
            letters(name) == same
                || (!text.contains('/') && city.len() > 3 && letters(city) == same)
        };
        let found = names.iter().filter(is_it);
        found
            .map(|name| Reading::new(Self(name.clone()), name.clone(), ""))
            .collect()
    }
}

/// A name without what people leave out or write otherwise.
fn letters(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
    kept.map(|c| if c == '\\' { '/' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `UTC+2`: the database counts such zones the other way round.
fn from_utc(text: &str) -> Option<String> {
    let upper = text.to_uppercase().replace(' ', "");
    let rest = upper
        .strip_prefix("UTC")
        .or_else(|| upper.strip_prefix("GMT"))
        .unwrap_or(&upper);
    let (sign, turned) = if rest.starts_with('+') {
        ('+', '-')
    } else {
        ('-', '+')
    };
    let rest = rest.strip_prefix(sign)?;
    let hours = rest.strip_suffix(":00").unwrap_or(rest);
    let hours: u8 = (hours.len() <= 2).then(|| hours.parse().ok())??;
    let name = if hours == 0 {
        "UTC".to_owned()
    } else {
        format!("Etc/GMT{turned}{hours}")
    };
    ZoneName::parse(&name).ok().map(|_| name)
}
