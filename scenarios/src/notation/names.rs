//! Names of days, months and truths as people write them, in English and German, and a few in French.

const DAYS: [&[&str]; 7] = [
    &[
        "monday", "mon", "mo", "montag", "montags", "mondays", "lundi", "lun",
    ],
    &[
        "tuesday",
        "tue",
        "tues",
        "tu",
        "di",
        "dienstag",
        "dienstags",
        "tuesdays",
        "mardi",
    ],
    &[
        "wednesday",
        "wed",
        "weds",
        "we",
        "mi",
        "mittwoch",
        "mittwochs",
        "wednesdays",
        "mercredi",
        "mer",
    ],
    &[
        "thursday",
        "thu",
        "thur",
        "thurs",
        "th",
        "do",
        "donnerstag",
        "donnerstags",
        "thursdays",
        "jeudi",
        "jeu",
    ],
    &[
        "friday", "fri", "fr", "freitag", "freitags", "fridays", "vendredi", "ven",
    ],
    &[
        "saturday",
        "sat",
        "sa",
        "samstag",
        "samstags",
        "sonnabend",
        "saturdays",
        "samedi",
        "sam",
    ],
    &[
        "sunday", "sun", "su", "so", "sonntag", "sonntags", "sundays", "dimanche", "dim",
    ],
];

/// Days as definitions write them.
pub(super) const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The day of the week with a name, Monday 0.
pub(super) fn weekday(word: &str) -> Option<u8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let found = DAYS
        .iter()
        .position(|names| names.contains(&lower.as_str()))?;
    u8::try_from(found).ok()
}

/// The day of the week that a word means, as definitions write it.
pub(crate) fn day_of_week(word: &str) -> Option<&'static str> {
    weekday(word).map(|day| WEEKDAYS[usize::from(day)])
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "j\u{e4}nner"],
    &["february", "feb", "februar"],
    &["march", "mar", "m\u{e4}rz", "maerz", "mrz"],
    &["april", "apr"],
    &["may", "mai"],
    &["june", "jun", "juni"],
    &["july", "jul", "juli"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["october", "oct", "oktober", "okt"],
    &["november", "nov"],
    &["december", "dec", "dezember", "dez"],
];

/// The month with a name, from 1.
pub(super) fn month(word: &str) -> Option<u8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let found = MONTHS
        .iter()
        .position(|names| names.contains(&lower.as_str()))?;
    u8::try_from(found + 1).ok()
}

/// What a word says about whether something is so.
pub(crate) fn truth(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "ja" | "oui" | "1" => Some(true),
        "false" | "no" | "n" | "off" | "nein" | "non" | "0" => Some(false),
        _ => None,
    }
}
