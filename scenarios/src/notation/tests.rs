//! What is understood, by hand and by law.

mod laws;
mod page;

use super::{Age, Every, Hours, Moment, Notation, Start, ZoneName, number_readings, read};
use hotwash_engine::exercise::{Day, ExerciseTime, Law, Limit, Span, WeeklyHours, Zone};

/// Every meaning of a text, in the canonical form.
fn meant<T: Notation>(text: &str) -> Vec<String> {
    match read::<T>(text) {
        Ok(_) => vec![text.to_owned()],
        Err(misread) => misread
            .readings
            .into_iter()
            .map(|reading| reading.written)
            .collect(),
    }
}

/// Asserts what texts mean: in brackets every meaning where there are several, nothing where there is none.
fn mean<T: Notation>(table: &[(&str, &[&str])]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(written, expected)| meant::<T>(written) != *expected)
        .map(|(written, expected)| {
            format!(
                "`{written}` means {:?}, not {expected:?}",
                meant::<T>(written)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n{}", T::WHAT, wrong.join("\n"));
}

#[test]
fn durations_are_understood() {
    mean::<Span>(&[
        ("15m", &["15m"]),
        ("1h30", &["1h 30m"]),
        ("1h30m", &["1h30m"]),
        ("0.5d", &["12h"]),
        ("1.5h", &["1h 30m"]),
        ("1,5h", &["1h 30m"]),
        ("1\u{bd} h", &["1h 30m"]),
        ("\u{bd}h", &["30m"]),
        ("1:30h", &["1h 30m"]),
        ("01:30:00", &["1h 30m"]),
        ("1:30", &["1h 30m", "1m 30s"]),
        ("90 min", &["90m"]),
        ("90 min.", &["90m"]),
        ("2 hours and 30 minutes", &["2h 30m"]),
        ("2 Stunden 30 Minuten", &["2h 30m"]),
        ("half an hour", &["30m"]),
        ("an hour", &["1h"]),
        ("eine Stunde", &["1h"]),
        ("3 Tage", &["3d"]),
        ("15 m", &["15m"]),
        ("15\u{a0}m", &["15m"]),
        ("15M", &["15m"]),
        ("4H", &["4h"]),
        ("4hh", &["4h"]),
        ("l5m", &["15m"]),
        ("1O m", &["10m"]),
        ("\u{661}\u{665}m", &["15m"]),
        ("PT1H30M", &["1h 30m"]),
        ("PT0.5H", &["30m"]),
        ("P2D", &["2d"]),
        ("P1W", &["1w"]),
        ("30", &["30m", "30h"]),
        ("1.500m", &["1m 30s", "1500m"]),
        ("1.5.2h", &[]),
        ("1mo", &[]),
        ("P1M", &[]),
        ("2bd", &[]),
        ("-5m", &[]),
        ("4000d", &[]),
        ("99999999999999999999d", &[]),
        ("soon", &[]),
        ("", &[]),
        ("m15", &[]),
    ]);
}

#[test]
fn laws_are_understood() {
    mean::<Law>(&[
        ("5m-40m", &["5m to 40m"]),
        ("5m \u{2013} 40m", &["5m to 40m"]),
        ("5-40m", &["5m to 40m"]),
        ("5 to 40 minutes", &["5m to 40m"]),
        ("2\u{2013}3 days", &["2d to 3d"]),
        ("between 5m and 40m", &["5m to 40m"]),
        ("5 bis 40 Minuten", &["5m to 40m"]),
        ("5m..40m", &["5m to 40m"]),
        ("40m to 5m", &["5m to 40m"]),
        ("10m to 10m", &["10m"]),
        ("90-2h", &[]),
        ("0m to 5m", &[]),
        ("~20m", &["about 20m"]),
        ("ca. 20 min", &["about 20m"]),
        ("etwa 20 Minuten", &["about 20m"]),
        ("about 20 minutes", &["about 20m"]),
        (
            "min 5m, likely 20m, max 2h",
            &["least 5m, likely 20m, most 2h"],
        ),
        (
            "most 2h, least 5m, most likely 20m",
            &["least 5m, likely 20m, most 2h"],
        ),
        ("least 20m, likely 5m, most 2h", &[]),
        ("1h30", &["1h 30m"]),
        ("PT15M", &["15m"]),
        ("20", &["20m", "20h"]),
        ("-5m", &[]),
    ]);
}

#[test]
fn limits_are_understood() {
    mean::<Limit>(&[
        ("72 hours", &["72h"]),
        ("24h", &["24h"]),
        ("PT24H", &["24h"]),
        ("P1D", &["1d"]),
        ("3 Tage", &["3d"]),
        ("2 business days", &["2bd"]),
        ("2 working days", &["2bd"]),
        ("2 Werktage", &["2bd"]),
        ("one month", &["1mo"]),
        ("P1M", &["1mo"]),
        ("1 year", &["12mo"]),
        ("6M", &["6m", "6mo"]),
        ("1.5d", &["36h"]),
        ("within 72 hours", &["72h"]),
        ("0bd", &[]),
        ("0.5bd", &[]),
        ("4000d", &[]),
        ("0h", &[]),
    ]);
}

#[test]
fn moments_are_understood() {
    mean::<Moment>(&[
        ("25m", &["25m"]),
        ("-6h", &["-6h"]),
        ("H+2", &["H+2"]),
        ("H-1", &["H-1"]),
        ("T+15", &["T+15"]),
        ("M+15", &["M+15"]),
        ("D+1 09:00", &["D+1 09:00"]),
        ("J+1 09h00", &["J+1 09h00"]),
        ("19:10", &["19:10"]),
        ("h+2", &["2h"]),
        ("H + 2", &["2h"]),
        ("H+1.5", &["1h 30m"]),
        ("H+1h30", &["1h 30m"]),
        ("T+01:30", &["1h 30m"]),
        ("T+2h", &["2h"]),
        ("T-15 min", &["-15m"]),
        ("STARTEX+15m", &["15m"]),
        ("STARTEX + 15 minutes", &["15m"]),
        ("STARTEX", &["0m"]),
        ("15 min after STARTEX", &["15m"]),
        ("6 hours before STARTEX", &["-6h"]),
        ("D+1, 9:00", &["D+1 09:00"]),
        ("D+2 9am", &["D+2 09:00"]),
        ("J+1 9h", &["D+1 09:00"]),
        ("D+1 at 09:00", &["D+1 09:00"]),
        ("D+1", &["D+1 00:00", "1d"]),
        ("Day 2 09:00", &["D+1 09:00", "D+2 09:00"]),
        ("7:10pm", &["19:10"]),
        ("19.10", &["19:10"]),
        ("19h10", &["19:10"]),
        ("0840", &["08:40"]),
        ("19:10 Uhr", &["19:10"]),
        ("noon", &["12:00"]),
        ("1:30", &["01:30", "1h 30m"]),
        ("30", &["30m", "30h"]),
        ("Fri 19:10", &[]),
        ("H+", &[]),
        ("T+one", &[]),
    ]);
}

#[test]
fn dates_are_understood() {
    mean::<Day>(&[
        ("2026-03-06", &["2026-03-06"]),
        ("2026-3-6", &["2026-03-06"]),
        ("2026/03/06", &["2026-03-06"]),
        ("20260306", &["2026-03-06"]),
        ("06.03.2026", &["2026-03-06"]),
        ("6.3.2026", &["2026-03-06"]),
        ("6 March 2026", &["2026-03-06"]),
        ("March 6, 2026", &["2026-03-06"]),
        ("6th March 2026", &["2026-03-06"]),
        ("6. M\u{e4}rz 2026", &["2026-03-06"]),
        ("6-Mar-2026", &["2026-03-06"]),
        ("Fri, 6 March 2026", &["2026-03-06"]),
        ("03/06/2026", &["2026-06-03", "2026-03-06"]),
        ("13/06/2026", &["2026-06-13"]),
        ("06/13/2026", &["2026-06-13"]),
        ("05/05/2026", &["2026-05-05"]),
        ("2026-02-30", &[]),
        ("2026-13-06", &[]),
        ("06.03.26", &[]),
        ("tomorrow", &[]),
    ]);
}

#[test]
fn starts_are_understood() {
    mean::<Start>(&[
        ("Fri 18:40", &["Fri 18:40"]),
        ("Friday 18:40", &["Fri 18:40"]),
        ("Freitag 18:40", &["Fri 18:40"]),
        ("Fr 18:40", &["Fri 18:40"]),
        ("Fr. 18:40 Uhr", &["Fri 18:40"]),
        ("Friday, 18:40", &["Fri 18:40"]),
        ("Friday at 6:40pm", &["Fri 18:40"]),
        ("Fri 18.40", &["Fri 18:40"]),
        ("Fri 1840", &["Fri 18:40"]),
        ("18:40 Fri", &["Fri 18:40"]),
        ("Mi 9 Uhr", &["Wed 09:00"]),
        ("vendredi 18h40", &["Fri 18:40"]),
        ("2026-03-06T18:40", &["2026-03-06 18:40"]),
        ("2026-03-06T18:40:00", &["2026-03-06 18:40"]),
        ("06.03.2026 18:40", &["2026-03-06 18:40"]),
        ("6 March 2026 18:40", &["2026-03-06 18:40"]),
        (
            "03/06/2026 18:40",
            &["2026-06-03 18:40", "2026-03-06 18:40"],
        ),
        ("Fri 25:00", &[]),
        ("Fri", &[]),
        ("18:40", &[]),
    ]);
}

#[test]
fn hours_of_the_week_are_understood() {
    mean::<Hours>(&[
        ("Mon-Fri 08:00-18:00", &["Mon-Fri 08:00-18:00"]),
        ("Mon-Fri 8-17", &["Mon-Fri 08:00-17:00"]),
        ("Mo-Fr 8-17", &["Mon-Fri 08:00-17:00"]),
        ("Mo.-Fr. 8-17 Uhr", &["Mon-Fri 08:00-17:00"]),
        ("Monday to Friday 9am-5pm", &["Mon-Fri 09:00-17:00"]),
        ("Montag bis Freitag 08.00-17.00", &["Mon-Fri 08:00-17:00"]),
        ("Mon,Tue,Wed 08:00-17:00", &["Mon-Wed 08:00-17:00"]),
        (
            "Mon, Wed and Fri 8-12",
            &["Mon 08:00-12:00, Wed 08:00-12:00, Fri 08:00-12:00"],
        ),
        (
            "Mon\u{2013}Fri 08:00\u{2013}17:00",
            &["Mon-Fri 08:00-17:00"],
        ),
        ("Mon - Fri 08:00 - 17:00", &["Mon-Fri 08:00-17:00"]),
        ("Mon-Fri: 8h-17h", &["Mon-Fri 08:00-17:00"]),
        ("08:00-17:00 Mon-Fri", &["Mon-Fri 08:00-17:00"]),
        ("Mon-Fri 0800-1700", &["Mon-Fri 08:00-17:00"]),
        (
            "Mon-Thu 8-17; Fri 8-14",
            &["Mon-Thu 08:00-17:00, Fri 08:00-14:00"],
        ),
        (
            "Mon-Fri 8-12 and 13-17",
            &["Mon-Fri 08:00-12:00, Mon-Fri 13:00-17:00"],
        ),
        ("24/7", &["always"]),
        ("24x7", &["always"]),
        ("daily 8-20", &["Mon-Sun 08:00-20:00"]),
        ("weekdays 9-17", &["Mon-Fri 09:00-17:00"]),
        ("Mon-Fri", &["Mon-Fri 00:00-24:00"]),
        ("Mon-Fri 22-6", &["Mon-Fri 22:00-06:00"]),
        ("Mon-Fri 9-5pm", &["Mon-Fri 09:00-17:00"]),
        (
            "Mon-Fri 9-5",
            &["Mon-Fri 09:00-17:00", "Mon-Fri 09:00-05:00"],
        ),
        ("8-17", &["Mon-Fri 08:00-17:00", "Mon-Sun 08:00-17:00"]),
        ("Mon-Fri 8-17, Fri 9-12", &[]),
        ("Mon-Fri 8-25", &[]),
        ("office hours", &[]),
        ("Mon-Fri 8", &[]),
    ]);
}

#[test]
fn zones_are_understood() {
    mean::<ZoneName>(&[
        ("Europe/Lisbon", &["Europe/Lisbon"]),
        ("America/New York", &["America/New_York"]),
        ("america / new-york", &["America/New_York"]),
        ("New York", &["America/New_York"]),
        ("Lisbon", &["Europe/Lisbon"]),
        ("Zulu time", &[]),
        ("Z", &["UTC"]),
        ("UTC+2", &["Etc/GMT-2"]),
        ("GMT-05:00", &["Etc/GMT+5"]),
        (
            "Louisville",
            &["America/Kentucky/Louisville", "America/Louisville"],
        ),
        ("Middle Earth", &[]),
    ]);
}

#[test]
fn ages_and_intervals_are_understood() {
    mean::<Age>(&[
        ("90d", &["90d"]),
        ("90 days", &["90d"]),
        ("6 months ago", &["6mo"]),
        ("vor 6 Monaten", &["6mo"]),
        ("1.5y", &["18mo"]),
        ("2 Jahre", &["2y"]),
        ("3M", &["3mo"]),
        ("P6M", &["6mo"]),
        ("48h", &["2d"]),
        ("06.03.2026", &["2026-03-06"]),
        ("90", &[]),
        ("90m", &[]),
    ]);
    mean::<Every>(&[
        ("yearly", &["1y"]),
        ("quarterly", &["3mo"]),
        ("every 6 months", &["6mo"]),
        ("0d", &[]),
    ]);
}

#[test]
fn numbers_are_understood() {
    let table: &[(&str, &[&str])] = &[
        ("0,8", &["0.8"]),
        ("0..8", &["0.8"]),
        ("1O0", &["100"]),
        ("26'000", &["26000"]),
        ("26 000", &["26000"]),
        ("1.000.000", &["1000000"]),
        ("1,000,000", &["1000000"]),
        ("1.234,5", &["1234.5"]),
        ("1,234.5", &["1234.5"]),
        ("1,234", &["1.234", "1234"]),
        ("26k", &["26000"]),
        ("1e3", &["1000"]),
        ("1.5M", &["1500000"]),
        ("-5", &[]),
        ("1.5.2", &[]),
        ("many", &[]),
        ("NaN", &[]),
    ];
    for (written, expected) in table {
        assert_eq!(number_readings(written), *expected, "{written}");
    }
}

#[test]
fn moments_by_the_clock_are_found_in_the_zone() {
    let lisbon = Zone {
        name: "Europe/Lisbon".to_owned(),
        offsets: vec![
            (ExerciseTime(-Span::days(9).0), 0),
            (ExerciseTime(Span::days(1).0), Span::HOUR.0),
        ],
    };
    // Fri 2026-03-27 18:40.
    let startex = i64::from(Day::from_civil(2026, 3, 27).0) * Span::DAY.0 + Span::minutes(1_120).0;
    let at = |text: &str| {
        Moment::parse(text)
            .expect(text)
            .from_startex(&lisbon, startex)
    };
    let minutes = |minutes: i64| ExerciseTime(Span::minutes(minutes).0);
    assert_eq!(at("H+2"), minutes(120));
    assert_eq!(at("T+15"), at("M+15"));
    assert_eq!(at("19:10"), minutes(30));
    assert_eq!(at("18:40"), minutes(0));
    assert_eq!(at("18:39"), minutes(1_439));
    assert_eq!(at("D+0 19:10"), minutes(30));
    assert_eq!(at("D+1 18:40"), minutes(1_440));
    // The clocks went forward in between.
    assert_eq!(at("D+2 18:40"), minutes(2 * 1_440 - 60));
    assert_eq!(at("J+2 18h40"), at("D+2 18:40"));
    assert_eq!(at("D-1 18:40"), minutes(-1_440));
}

#[test]
fn office_hours_are_five_days_and_may_run_into_the_next_one() {
    let Hours(WeeklyHours(days)) = Hours::parse("Mon-Fri 08:00-18:00").unwrap();
    assert_eq!(days.len(), 5);
    assert_eq!((days[0].from, days[0].until), (480, 1_080));
    let Hours(WeeklyHours(days)) = Hours::parse("Sat-Mon 22:00-06:00").unwrap();
    let weekdays: Vec<u8> = days.iter().map(|day| day.weekday).collect();
    assert_eq!(weekdays, [0, 5, 6]);
    assert_eq!(days[0].until, 1_800);
}
