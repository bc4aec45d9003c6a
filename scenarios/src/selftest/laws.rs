//! The clocks of laws, against due instants that were worked out by hand.
//!
//! The dates were counted on a calendar, not by this program. What the laws say was checked at the
//! sources that are named; a table is not legal advice.

use super::check::{Cases, Check};
use super::clocks::{AWARE, Bench, NO_TASK, clocks};
use super::trial::Trial;
use jiff::Timestamp;

/// A rule of law with one trigger and its due instant.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The rule, and where it stands.
    rule: &'static str,
    /// The term as an author writes it.
    within: &'static str,
    /// Where days are counted.
    zone: &'static str,
    /// The local time of the trigger. Of a rule that follows another notification: an hour before
    /// that one is given.
    start: &'static str,
    /// Holidays that fall into the term.
    holidays: &'static str,
    /// Whether it counts from another notification.
    follows: bool,
    /// When it is due, in UTC.
    due: &'static str,
}

const fn row(
    rule: &'static str,
    within: &'static str,
    zone: &'static str,
    start: &'static str,
    due: &'static str,
) -> Row {
    Row {
        rule,
        within,
        zone,
        start,
        holidays: "",
        follows: false,
        due,
    }
}

const ROWS: [Row; 16] = [
    // Friday 18:40 to Monday 18:40: hours run through a weekend.
    row(
        "GDPR Art. 33(1): 72 h after awareness",
        "72h",
        "Europe/Dublin",
        "2027-01-15 18:40",
        "2027-01-18T18:40:00Z",
    ),
    // Saturday 10:00 CET to Tuesday 11:00 CEST: 72 hours, not three days by the clock on the wall.
    row(
        "GDPR Art. 33(1), over the start of summer time",
        "72h",
        "Europe/Berlin",
        "2027-03-27 10:00",
        "2027-03-30T09:00:00Z",
    ),
    // New Year's Eve 23:30 CET to New Year's Day 23:30.
    row(
        "NIS2 Art. 23(4)(a): early warning, 24 h",
        "24h",
        "Europe/Berlin",
        "2027-12-31 23:30",
        "2028-01-01T22:30:00Z",
    ),
    row(
        "NIS2 Art. 23(4)(b): notification, 72 h",
        "72h",
        "Europe/Berlin",
        "2027-12-31 23:30",
        "2028-01-03T22:30:00Z",
    ),
    // Notified on 31 January at noon. February has no 31st: the end of its last day, in CET.
    Row {
        follows: true,
        ..row(
            "NIS2 Art. 23(4)(d): final report, one month after",
            "1mo",
            "Europe/Brussels",
            "2027-01-31 11:00",
            "2027-02-28T23:00:00Z",
        )
    },
    // Classified at 00:30 CEST, four hours later it is 03:30 CET.
    row(
        "DORA, RTS 2025/301: 4 h after classification",
        "4h",
        "Europe/Luxembourg",
        "2026-10-25 00:30",
        "2026-10-25T02:30:00Z",
    ),
    // Aware on Saturday at 20:00 CEST; Sunday has 25 hours.
    row(
        "DORA, RTS 2025/301: at most 24 h after awareness",
        "24h",
        "Europe/Luxembourg",
        "2026-10-24 20:00",
        "2026-10-25T18:00:00Z",
    ),
    // Notified on Wednesday 30 December at 09:15 CET, to Saturday 2 January, 09:15.
    Row {
        follows: true,
        ..row(
            "DORA: intermediate, 72 h after the initial report",
            "72h",
            "Europe/Luxembourg",
            "2026-12-30 08:15",
            "2027-01-02T08:15:00Z",
        )
    },
    // Reported on 31 December at 17:00 CET: the end of 31 January.
    Row {
        follows: true,
        ..row(
            "DORA: final, one month after the intermediate",
            "1mo",
            "Europe/Luxembourg",
            "2026-12-31 16:00",
            "2027-01-31T23:00:00Z",
        )
    },
    // Wednesday before Thanksgiving: Friday 27, Monday 30, Tuesday 1, Wednesday 2 December, EST.
    Row {
        holidays: r#""2026-11-26""#,
        ..row(
            "SEC 8-K Item 1.05: 4 business days",
            "4bd",
            "America/New_York",
            "2026-11-25 15:00",
            "2026-12-03T05:00:00Z",
        )
    },
    // Determined on a Saturday: Monday counts first (General Instruction B.1). Due on Thursday, EDT.
    row(
        "SEC 8-K Item 1.05, determined on a Saturday",
        "4bd",
        "America/New_York",
        "2027-03-13 12:00",
        "2027-03-19T04:00:00Z",
    ),
    // 27 days are left of January, 28 are February's: the 5th of March, CST.
    row(
        "HIPAA 164.404(b): 60 days after discovery",
        "60d",
        "America/Chicago",
        "2027-01-04 09:00",
        "2027-03-06T06:00:00Z",
    ),
    // The same in a leap year: the 4th.
    row(
        "HIPAA 164.404(b), in a leap year",
        "60d",
        "America/Chicago",
        "2028-01-04 09:00",
        "2028-03-05T06:00:00Z",
    ),
    // Saturday 14:00 EDT; on Sunday the clocks go back; Tuesday 13:00 EST.
    row(
        "NYDFS 500.17(a): 72 h after determination",
        "72h",
        "America/New_York",
        "2026-10-31 14:00",
        "2026-11-03T18:00:00Z",
    ),
    row(
        "CIRCIA as proposed: incident, 72 h",
        "72h",
        "America/New_York",
        "2027-02-26 08:00",
        "2027-03-01T13:00:00Z",
    ),
    row(
        "CIRCIA as proposed: ransom paid, 24 h",
        "24h",
        "America/New_York",
        "2027-02-26 08:00",
        "2027-02-27T13:00:00Z",
    ),
];

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut cases = Cases::new();
    for row in ROWS {
        cases.equal(row.rule, &row.due.to_owned(), &due(trial, row));
    }
    vec![Check::exact(
        "due instants of laws, worked out by hand",
        cases,
    )]
}

/// The due instant of a row, to the second: the trigger is read within a few milliseconds.
fn due(trial: &Trial<'_>, row: Row) -> String {
    let stakeholders = format!(
        r#"(id: "authority", kind: SectorRegulator, holidays: [{}])"#,
        row.holidays
    );
    let within = row.within;
    let (tasks, texts) = if row.follows {
        (
            r#"(id: "tell", phase: Response, by: Analyst, takes: "1h", does: Notify(SectorRegulator))"#,
            format!(
                r#"(id: "before", to: SectorRegulator, within: "72h", task: "tell", {AWARE}),
                   (id: "clock", to: SectorRegulator, within: "{within}", after: "before")"#
            ),
        )
    } else {
        let clock = format!(r#"(id: "clock", to: SectorRegulator, within: "{within}", {AWARE})"#);
        (NO_TASK, clock)
    };
    let bench = Bench {
        zone: row.zone,
        weekend: "",
        start: row.start,
        stakeholders: &stakeholders,
        tasks,
        clocks: &texts,
        ends: "1d",
    };
    let exercise = bench.exercise();
    let found = clocks(&trial.play(&exercise, 0));
    let runs = found.get("clock").and_then(|clock| clock.runs);
    let Some((_, due)) = runs else {
        return "not started".to_owned();
    };
    let second = (exercise.parts().startex + due.0).div_euclid(1_000);
    Timestamp::from_second(second).map_or_else(|error| error.to_string(), |at| at.to_string())
}
