//! Laws of what is understood: a cure means what was meant, however it was written.

use crate::notation::{
    Age, Every, Hours, Moment, Notation, Start, ZoneName, number_readings, read,
};
use hotwash_engine::exercise::{Day, DayHours, ExerciseTime, Law, Limit, Span};
use proptest::prelude::*;

/// What people use to write notations, at random.
fn scribble() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[0-9]{1,4}",
        3 => "[:.,+/' -]",
        3 => proptest::sample::select(vec![
            "m", "h", "d", "bd", "mo", "M", "min", "hours", "days", "Mon", "Fri", "Sonntag", "Mo", " to ", "bis",
            " about ", "H+", "T+", "D+", "J+", "PT", "P", "am", "pm", "Uhr", "March", "2026", "-", "\u{2013}", "\u{a0}",
            "\u{200b}", "least ", "likely ", "most ", "24/7", "always", "day ", "UTC", "half an ", " and ", "\u{bd}",
        ]).prop_map(str::to_owned),
        1 => "\\PC",
    ];
    proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// That every meaning of a text is written so that it is read as that meaning, and told apart from others.
fn reads_back<T: Notation + PartialEq + std::fmt::Debug>(text: &str) {
    let Err(misread) = read::<T>(text) else {
        return;
    };
    for reading in &misread.readings {
        assert_eq!(
            T::parse(&reading.written).as_ref(),
            Ok(&reading.value),
            "{text}"
        );
    }
    let told = misread.readings.len() < 2
        || misread
            .readings
            .iter()
            .all(|reading| !reading.said.is_empty());
    assert!(told, "`{text}` as {}: {:?}", T::WHAT, misread.readings);
    assert!(!misread.why.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cure_means_what_was_understood(text in scribble()) {
        reads_back::<Span>(&text);
        reads_back::<Law>(&text);
        reads_back::<Limit>(&text);
        reads_back::<Moment>(&text);
        reads_back::<ExerciseTime>(&text);
        reads_back::<Day>(&text);
        reads_back::<Start>(&text);
        reads_back::<Hours>(&text);
        reads_back::<Age>(&text);
        reads_back::<Every>(&text);
        reads_back::<ZoneName>(&text);
        for number in number_readings(&text) {
            prop_assert!(number.bytes().all(|b| b.is_ascii_digit() || b == b'.'), "{text}: {number}");
        }
    }

    #[test]
    fn whole_and_half_hours_mean_the_same_however_they_are_written(halves in 1_i64..96) {
        let span = Span::minutes(halves * 30);
        let (hours, rest) = (halves / 2, if halves % 2 == 1 { 30 } else { 0 });
        let tenths = rest / 6;
        let written = [
            format!("{hours}h{rest:02}"), format!("{hours}.{tenths}h"), format!("{hours},{tenths} h"),
            format!("{hours}.{tenths} hours"), format!("PT{hours}H{rest}M"), format!("{hours}:{rest:02}h"),
            format!("{} min", halves * 30), format!("{} Minuten", halves * 30), format!("{hours} Std. {rest} Min."),
            format!("{hours} hours and {rest} minutes"), format!("0{hours}:{rest:02}:00"),
        ];
        for text in written {
            let understood = match read::<Span>(&text) {
                Ok(span) => vec![span],
                Err(misread) => misread.readings.iter().map(|reading| reading.value).collect(),
            };
            prop_assert_eq!(understood, vec![span], "{}", text);
        }
    }

    #[test]
    fn shifts_mean_the_same_however_they_are_written(first in 0_u8..7, count in 0_u8..7, from in 0_u16..24, long in 1_u16..12) {
        const SHORT: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
        const LONG: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let until = from + long;
        let mut hours: Vec<DayHours> = (0..=count)
            .map(|day| DayHours { weekday: (first + day) % 7, from: from * 60, until: until * 60 })
            .collect();
        hours.sort_unstable();
        let (end, last) = (until % 24, usize::from((first + count) % 7));
        let first = usize::from(first);
        let half = |hour: u16| format!("{}{}", (hour + 11) % 12 + 1, if hour < 12 { "am" } else { "pm" });
        let written = [
            format!("{}-{} {from:02}.00-{end:02}.00", SHORT[first], SHORT[last]),
            format!("{} to {} {}-{}", LONG[first], LONG[last], half(from), half(end)),
            format!("{}\u{2013}{}: {from:02}h00 \u{2013} {end:02}h00", SHORT[first], SHORT[last]),
            format!("{from:02}00-{end:02}00 {}-{}", LONG[first], LONG[last]),
        ];
        for text in written {
            let Err(misread) = read::<Hours>(&text) else { panic!("{text}") };
            let understood: Vec<Vec<DayHours>> = misread.readings.into_iter().map(|reading| reading.value.0.0).collect();
            prop_assert_eq!(understood, vec![hours.clone()], "{}", text);
        }
    }
}
