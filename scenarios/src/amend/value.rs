//! A value as an author would write it, in RON or in JSON.

use crate::bind::Written;
use crate::definition::{spelled, spelled_law};
use hotwash_engine::exercise::{BasisPoints, DayHours, Law, Span, WeeklyHours};

/// A value that is put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A word of the vocabulary.
    Word(&'static str),
    /// A text in quotes.
    Text(String),
    /// A number, or `true` and `false`.
    Plain(String),
    /// A list.
    List(Vec<Self>),
    /// Named fields.
    Fields(Vec<(&'static str, Self)>),
    /// Values by words.
    Map(Vec<(&'static str, Self)>),
    /// A word with what it is about, such as `Known(Real)`.
    Of(&'static str, Box<Self>),
}

impl Value {
    /// A list of texts.
    pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts = texts.into_iter().map(|text| Self::Text(text.to_owned()));
        Self::List(texts.collect())
    }

    /// A list of words.
    pub(super) fn words(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self::List(words.into_iter().map(Self::Word).collect())
    }

    /// `true` or `false`.
    pub(super) fn truth(truth: bool) -> Self {
        Self::Plain(truth.to_string())
    }

    /// A share.
    pub(super) fn share(share: BasisPoints) -> Self {
        Self::Plain(Written::written(&share))
    }

    /// So many days ago.
    pub(super) fn days_ago(days: u32) -> Self {
        Self::Text(format!("{days}d"))
    }

    /// A span.
    pub(super) fn span(span: Span) -> Self {
        Self::Text(spelled(span))
    }

    /// A duration that is not known exactly.
    pub(super) fn law(law: &Law) -> Self {
        match law {
            Law::Observed(spans) => {
                Self::List(spans.iter().map(|span| Self::span(*span)).collect())
            }
            law => Self::Text(spelled_law(law)),
        }
    }

    /// Hours of the week.
    pub(super) fn hours(hours: &WeeklyHours) -> Self {
        Self::Text(hours_text(hours))
    }

    /// As it stands in a text.
    pub(super) fn written(&self, json: bool) -> String {
        let all = |values: &[Self]| {
            let values: Vec<String> = values.iter().map(|value| value.written(json)).collect();
            values.join(", ")
        };
        let pairs = |pairs: &[(&'static str, Self)]| {
            let pairs = pairs
                .iter()
                .map(|(key, value)| named(key, value, json))
                .collect::<Vec<String>>();
            pairs.join(", ")
        };
        match self {
            Self::Word(word) if json => quoted(word),
            Self::Word(word) => (*word).to_owned(),
            Self::Text(text) => quoted(text),
            Self::Plain(text) => text.clone(),
            Self::List(values) => format!("[{}]", all(values)),
            Self::Fields(fields) if json => format!("{{{}}}", pairs(fields)),
            Self::Fields(fields) => format!("({})", pairs(fields)),
            Self::Map(map) => format!("{{{}}}", pairs(map)),
            Self::Of(word, value) if json => {
                format!("{{{}: {}}}", quoted(word), value.written(json))
            }
            Self::Of(word, value) => format!("{word}({})", value.written(json)),
        }
    }
}

/// A field or an entry of a map as it stands in a text.
pub(super) fn named(key: &str, value: &Value, json: bool) -> String {
    let value = value.written(json);
    if json {
        format!("{}: {value}", quoted(key))
    } else {
        format!("{key}: {value}")
    }
}

/// A text in quotes, as both forms read it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| format!("\"{text}\""))
}

/// Hours of the week as an author would write them: days with the same hours that follow one another
/// stand together.
fn hours_text(hours: &WeeklyHours) -> String {
    if *hours == WeeklyHours::always() {
        return "always".to_owned();
    }
    let mut groups: Vec<(Vec<u8>, (u16, u16))> = Vec::new();
    let mut ordered: Vec<&DayHours> = hours.0.iter().collect();
    ordered.sort_by_key(|of| (of.from, of.until, of.weekday));
    for of in ordered {
        match groups.last_mut() {
            Some((days, times))
                if *times == (of.from, of.until)
                    && days.last() == Some(&(of.weekday.wrapping_sub(1))) =>
            {
                days.push(of.weekday);
            }
            _ => groups.push((vec![of.weekday], (of.from, of.until))),
        }
    }
    groups.sort();
    let group = |(days, (from, until)): &(Vec<u8>, (u16, u16))| {
        let (first, last) = (days[0], days[days.len() - 1]);
        let days = if first == last {
            day(first).to_owned()
        } else {
            format!("{}-{}", day(first), day(last))
        };
        format!("{days} {}-{}", clock(*from), clock(*until))
    };
    groups.iter().map(group).collect::<Vec<String>>().join(", ")
}

const fn day(weekday: u8) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday as usize % 7]
}

/// A time of day; one that lies in the next day as that day counts it, midnight as the end of its own.
fn clock(minute: u16) -> String {
    let minute = if minute > 1_440 {
        minute - 1_440
    } else {
        minute
    };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Hours;
    use crate::read::{Decode, Reader};
    use crate::source::Source;
    use crate::syntax::parse;

    fn read(text: &str) -> Option<WeeklyHours> {
        let source = Source::new("a.ron", format!("\"{text}\""));
        let parsed = parse(&source, 0);
        let mut reader = Reader::new(&source);
        Hours::decode(parsed.root.as_ref()?, &mut reader).map(|hours| hours.0)
    }

    #[test]
    fn hours_are_read_back_as_they_were() {
        for text in [
            "always",
            "Mon-Fri 08:00-17:30",
            "Fri 17:30-08:00, Sat-Sun 08:00-08:00",
            "Mon-Sun 20:00-08:00",
            "Mon-Fri 00:00-24:00, Sat 09:00-18:00",
        ] {
            let hours = read(text).expect("it is written as hours are");
            assert_eq!(read(&hours_text(&hours)).as_ref(), Some(&hours), "{text}");
        }
    }

    #[test]
    fn a_value_is_written_in_both_forms() {
        let value = Value::Fields(vec![
            ("id", Value::Text("a\"b".to_owned())),
            ("may", Value::words(["Isolate"])),
            ("when", Value::Of("Known", Box::new(Value::Word("Real")))),
            (
                "trained",
                Value::Map(vec![("Response", Value::days_ago(1))]),
            ),
        ]);
        let ron =
            "(id: \"a\\\"b\", may: [Isolate], when: Known(Real), trained: {Response: \"1d\"})";
        assert_eq!(value.written(false), ron);
        let json: serde_json::Value =
            serde_json::from_str(&value.written(true)).expect("it is JSON");
        assert_eq!(json["when"]["Known"], "Real");
    }
}
