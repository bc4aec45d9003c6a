//! Rows as comma-separated values: one line per run, whole numbers and words.
//!
//! What is written is read back without loss, so campaigns that were played in parts can be put
//! together. A cell holds no comma, no quote and no line feed: ids have a narrow alphabet.

mod read;
mod trial;
mod write;

pub use read::{Reading, RowsError, is_header};
pub use trial::Trial;
pub use write::{header, line};

use hotwash_engine::campaign::Hours;
use hotwash_engine::evaluation::{Category, Rating};
use hotwash_engine::record::{EndKind, Verdict};

/// The words for when runs start.
const HOURS: [(Hours, &str); 2] = [
    (Hours::AsScripted, "scripted"),
    (Hours::AnyOfWeek, "any-hour"),
];

const ENDS: [(EndKind, &str); 5] = [
    (EndKind::Condition, "Condition"),
    (EndKind::Limit, "Limit"),
    (EndKind::Stalled, "Stalled"),
    (EndKind::LimitBroken, "LimitBroken"),
    (EndKind::Facilitator, "Facilitator"),
];

const RATINGS: [(Rating, &str); 5] = [
    (Rating::P, "P"),
    (Rating::S, "S"),
    (Rating::M, "M"),
    (Rating::U, "U"),
    (Rating::N, "N"),
];

const VERDICTS: [(Verdict, &str); 12] = [
    (Verdict::Met, "Met"),
    (Verdict::Late, "Late"),
    (Verdict::Breached, "Breached"),
    (Verdict::NotRecognised, "NotRecognised"),
    (Verdict::Running, "Running"),
    (Verdict::HandedOn, "HandedOn"),
    (Verdict::NotTriggered, "NotTriggered"),
    (Verdict::Needless, "Needless"),
    (Verdict::Incomplete, "Incomplete"),
    (Verdict::Phased, "Phased"),
    (Verdict::WrongRecipient, "WrongRecipient"),
    (Verdict::NotRequired, "NotRequired"),
];

const CATEGORIES: [(Category, &str); 15] = [
    (Category::WaitingForDetection, "WaitingForDetection"),
    (Category::DeliveryAndNotice, "DeliveryAndNotice"),
    (Category::Reading, "Reading"),
    (Category::WaitingForPerson, "WaitingForPerson"),
    (Category::Asleep, "Asleep"),
    (Category::FalseAlarms, "FalseAlarms"),
    (Category::WaitingForApproval, "WaitingForApproval"),
    (Category::WaitingForInject, "WaitingForInject"),
    (Category::DelayOfPlan, "DelayOfPlan"),
    (Category::HoursOfOthers, "HoursOfOthers"),
    (Category::Working, "Working"),
    (Category::Redoing, "Redoing"),
    (Category::HandingOver, "HandingOver"),
    (Category::Watching, "Watching"),
    (Category::NothingCouldHappen, "NothingCouldHappen"),
];

/// The word of a category.
pub(super) fn category(of: Category) -> &'static str {
    word(&CATEGORIES, &of)
}

fn word<T: PartialEq>(words: &[(T, &'static str)], of: &T) -> &'static str {
    let found = words.iter().find(|(value, _)| value == of);
    found.map_or("", |(_, word)| word)
}

fn of_word<T: Copy>(words: &[(T, &'static str)], text: &str) -> Option<T> {
    let found = words.iter().find(|(_, word)| *word == text);
    found.map(|(value, _)| *value)
}
