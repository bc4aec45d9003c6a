//! The hours at which somebody can be put on call.

use crate::exercise::{DayHours, WeeklyHours};

/// When somebody is on call, beside the hours at which they are already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallHours {
    /// On the days from Monday to Friday, at any hour.
    Weekdays,
    /// On Saturday and Sunday, at any hour.
    Weekend,
    /// Always.
    Always,
}

impl CallHours {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Weekend, Self::Weekdays, Self::Always];

    /// The days, Monday 0.
    fn days(self) -> std::ops::Range<u8> {
        match self {
            Self::Weekdays => 0..5,
            Self::Weekend => 5..7,
            Self::Always => 0..7,
        }
    }

    /// These hours with those that there are.
    pub fn with(self, hours: &WeeklyHours) -> WeeklyHours {
        let days = self.days();
        let whole = days.clone().map(|weekday| DayHours {
            weekday,
            from: 0,
            until: WHOLE,
        });
        let kept = hours.0.iter().filter(|of| !days.contains(&of.weekday));
        let mut all: Vec<DayHours> = kept.copied().chain(whole).collect();
        // What runs on past midnight into a day that is whole ends with its own.
        for of in &mut all {
            let next = (of.weekday + 1) % 7;
            if of.until > WHOLE && days.contains(&next) {
                of.until = WHOLE;
            }
        }
        all.sort_unstable();
        WeeklyHours(all)
    }
}

/// The minutes of a day.
const WHOLE: u16 = 1_440;
