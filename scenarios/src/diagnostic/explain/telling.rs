//! When those outside are told.

use super::{Code, Parts};

/// Explains a code about hours in which somebody is told.
pub(super) const fn of(code: Code) -> Parts {
    match code {
        Code::HoursOfAuthority => (
            "An authority takes word at any hour, and law counts the hours of the night: hours of its own would delay a duty of law.",
            "Take the hours out.",
            "(id: \"authority\", kind: DataProtectionAuthority, hours: \"Mon-Fri 09:00-17:00\")",
        ),
        _ => (
            "Hours that begin and end at the same time, or overlap those of the day before, are no time or two times at once.",
            "Write each stretch once, as `Mon-Fri 08:00-18:00`, or `always`.",
            "hours: \"Mon-Fri 08:00-08:00\"",
        ),
    }
}
