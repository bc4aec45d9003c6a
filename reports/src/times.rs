//! What holds of the lengths of time in every document: none is negative, and a phase has one.

use crate::fixture::{self, Told};
use crate::terminal::{Charset, Style};
use crate::words::{self, Subject};
use crate::{Document, Options, People, markdown, terminal};
use hotwash_engine::evaluation::{Baselines, Containment, Timed, evaluate};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Mark, Phase, Span};
use hotwash_engine::generator;
use hotwash_engine::record::{Actor, Entry, Event, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// How many exercises are told of.
const EXERCISES: u64 = 64;

const UNITS: [&str; 4] = [" s", " min", " h", " d"];

/// The first negative length of time in a text.
fn negative(text: &str) -> Option<&str> {
    text.match_indices('-').find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + 1..];
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let of = &rest[digits..];
        let unit = UNITS.iter().find(|unit| {
            let after = of.strip_prefix(**unit);
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        })?;
        let range = before.is_some_and(char::is_alphanumeric);
        (digits > 0 && !range).then(|| &text[at..at + 1 + digits + unit.len()])
    })
}

/// Whether a text holds a length of time.
fn has_length(text: &str) -> bool {
    let ends = |unit: &str| {
        text.match_indices(unit).any(|(at, _)| {
            let digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
            let after = &text[at + unit.len()..];
            digit && !after.starts_with(char::is_alphanumeric)
        })
    };
    UNITS.iter().any(|unit| ends(unit))
}

/// A generated run: of people, of nobody, of everybody who knows, or of humans.
fn told(seed: u64) -> Told {
    let exercise = generator::exercise(seed);
    let mut setup = Setup::of(seed, 1);
    match seed % 8 {
        5 | 7 => (setup.played, setup.actions) = generator::acts(&exercise, seed),
        6 => setup.policy = Policy::NoResponse,
        _ => {}
    }
    let record = simulate(&exercise, &setup, Provenance::default());
    let evaluation = evaluate(&exercise, &record, Baselines::default());
    Told {
        exercise,
        record,
        evaluation,
    }
}

fn texts(told: &Told) -> [String; 2] {
    let document = Document::of(
        &told.exercise,
        &told.record,
        &told.evaluation,
        &Options::default(),
    );
    let style = Style {
        width: 100,
        colour: false,
        charset: Charset::Ascii,
    };
    [
        markdown::render(&document),
        terminal::render(&document, style),
    ]
}

#[test]
fn a_negative_length_of_time_is_found_and_a_range_is_none() {
    assert_eq!(negative("declared -4 min after"), Some("-4 min"));
    assert_eq!(negative("(-1.5 d)"), Some("-1.5 d"));
    assert_eq!(negative("within 1-3 d, #4-#6, - 5 h, -3 of 4"), None);
}

#[test]
fn no_document_holds_a_negative_length_of_time() {
    for seed in 0..EXERCISES {
        let told = told(seed);
        for text in texts(&told) {
            assert_eq!(negative(&text), None, "exercise {seed}:\n{text}");
        }
    }
}

#[test]
fn a_phase_has_one_time_on_a_page_and_the_start_of_its_clock() {
    let mut timed = 0;
    for seed in 0..EXERCISES {
        let told = told(seed);
        let [report, _] = texts(&told);
        let rows = report.lines().filter(|line| line.starts_with("| "));
        for row in rows.clone().filter(|row| row.contains(" | complete | ")) {
            let cells: Vec<&str> = row.split(" | ").collect();
            // Phase, status, from, time.
            assert!(
                has_length(cells[3]) || ["no time", "-"].contains(&cells[3]),
                "{row}"
            );
            assert_eq!(cells[2] == "-", cells[3] == "-", "{row}");
            timed += usize::from(has_length(cells[3]));
        }
        for phase in Phase::ALL {
            let caption = format!("**{phase}, from ");
            let captions = report.lines().filter(|line| line.starts_with(&caption));
            for line in captions {
                assert!(!has_length(line), "{line}");
            }
        }
    }
    assert!(timed > 50, "{timed}");
}

fn minute(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

fn headline(told: &Told) -> String {
    let [report, _] = texts(told);
    let line = report.lines().find(|line| line.contains(" contain"));
    line.unwrap_or_default().to_owned()
}

/// Contained once, an hour and a half after STARTEX.
fn once() -> Containment {
    let at = Some(at(90));
    Containment {
        first: at,
        lasting: at,
        lost: None,
        called_for: true,
        cut_off: true,
    }
}

fn at(minutes: i64) -> Timed {
    Timed {
        at: minute(minutes),
        entry: 3,
    }
}

/// The headline says something of a containment and the minute in which the first sign was read.
fn says(contained: Containment, read: Option<i64>, said: &str) {
    let mut told = fixture::clinic();
    let main = &mut told.evaluation.incidents[0];
    main.contained = contained;
    main.marks[Mark::Seen.index()] = read.map(at);
    let line = headline(&told);
    assert!(line.contains(said), "{said}: {line}");
}

#[test]
fn the_headline_says_when_it_was_contained_and_how_long_after_the_first_sign_that_was_read() {
    let after = "the first sign at Fri 19:10";
    says(once(), Some(30), after);
    says(
        once(),
        Some(30),
        "The attack was contained at Fri 20:10, 1 h after that sign was read",
    );
    let before = "The attack was contained at Fri 20:10, before anybody read a sign of it";
    says(once(), Some(95), before);
    let unread = "The attack was contained at Fri 20:10, and nobody ever read a sign of it";
    says(once(), None, unread);
    let again = Containment {
        first: Some(at(40)),
        ..once()
    };
    let last = "after that sign was read, after a first time at Fri 19:20 that did not last";
    says(again, Some(30), last);
}

#[test]
fn the_headline_says_why_it_was_never_contained() {
    let lost = Containment {
        lasting: None,
        lost: Some(at(100)),
        ..once()
    };
    let did_not_last = "The attack was not contained: what held until Fri 20:20 did not last";
    says(lost, Some(30), did_not_last);
    let never = Containment {
        first: None,
        lasting: None,
        ..once()
    };
    let open = "The attack was never contained: until ENDEX something affected stayed open";
    says(never, Some(30), open);
    let nothing = Containment {
        cut_off: false,
        ..never
    };
    says(
        nothing,
        Some(30),
        "The attack was never contained: nothing was cut off",
    );
    says(
        Containment::default(),
        Some(30),
        "There was nothing to contain",
    );
}

#[test]
fn who_declares_before_there_is_a_sign_is_said_to_have_done_so_before() {
    let mut told = fixture::five_minutes();
    let marks = &mut told.evaluation.incidents[0].marks;
    marks[Mark::Observable.index()] = Some(Timed {
        at: minute(4),
        entry: 2,
    });
    marks[Mark::Declared.index()] = Some(Timed {
        at: minute(1),
        entry: 2,
    });
    let [report, screen] = texts(&told);
    assert!(
        report.contains(", 3 min before there was a sign of it."),
        "{report}"
    );
    assert_eq!(negative(&screen), None);
}

#[test]
fn the_watch_is_no_part_of_declared_complete_while_it_was_not() {
    for (fulfilled, early) in [(60, false), (80, true)] {
        let mut told = fixture::clinic();
        let phase = &mut told.evaluation.incidents[0].phases[Phase::Recovery.index()];
        let at = |minutes| {
            Some(Timed {
                at: minute(minutes),
                entry: 3,
            })
        };
        phase.completed = at(90);
        phase.fulfilled = at(fulfilled);
        phase.declared_complete = at(70);
        let said = says_complete(&told.exercise, &told.record, &told, minute(70));
        assert_eq!(said.contains("while it was not"), early, "{said}");
        let [report, _] = texts(&told);
        assert_eq!(
            report.contains("Recovery: the team declared it complete"),
            early,
            "{report}"
        );
    }
}

/// What is told of an entry by which the team says that Recovery is complete.
fn says_complete(
    exercise: &Arc<Exercise>,
    record: &Record,
    told: &Told,
    at: ExerciseTime,
) -> String {
    let people = People::default();
    let subject = Subject::new(exercise, record, &told.evaluation, people);
    let entry = Entry {
        number: record.entries.len() as u32 + 1,
        at,
        wall: None,
        actor: Actor::Rules {},
        cause: None,
        event: Event::PhaseDeclaredComplete {
            incident: told.evaluation.main,
            phase: Phase::Recovery,
        },
    };
    let (text, _) = words::moment(&subject, &entry).expect("it is told");
    text.words()
}
