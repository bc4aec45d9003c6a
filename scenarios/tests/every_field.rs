//! Nothing that an author can say is decoration: each field changes the exercise that it is bound to.

use hotwash_engine::exercise::{ExerciseTime, Parts};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{Source, Start, bind, load};
use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = include_str!("every_field/exercise.ron");

/// What is not part of an exercise: ids of files, and the seed, which a run is told.
const NOT_BOUND: [&str; 2] = ["Organisation.id", "Plan.id"];
/// What the text cannot give because it gives the other of two: looked at in tests of their own.
const ELSEWHERE: [&str; 6] = [
    "Exercise.start",
    "Exercise.date",
    "Exercise.limit",
    "Exercise.seed",
    "Scenario.truth",
    "Start.date",
];

/// The parts of a text, without the account of what was a default.
fn parts(text: &str) -> Parts {
    let sources = [Source::new("every-field.ron", text)];
    let told = |problems: &[_]| render(problems, &sources, Look::default());
    let definitions = load(&sources).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    let bound = bind(&definitions, &Start::default());
    let bound = bound.unwrap_or_else(|problems| panic!("{}", told(&problems)));
    let mut parts = bound.exercise.parts().clone();
    (parts.defaults, parts.gaps, parts.inputs) = (Vec::new(), Vec::new(), 0);
    parts
}

/// The text without a line, or with what may stand there instead; `None` for lines that hold no
/// field of one line, or an id.
fn without(lines: &[&str], at: usize) -> Option<String> {
    let line = lines[at].trim();
    let (said, instead) = line.split_once("// or: ").unwrap_or((line, ""));
    let named = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let (field, _) = said.split_once(':').filter(|(field, _)| named(field))?;
    if field == "id" || !said.trim_end().ends_with(',') {
        return None;
    }
    // A weight is moved to another part, whose own line has to go.
    let also = instead
        .split(", ")
        .skip(1)
        .filter_map(|more| more.split_once(": "));
    let also: Vec<String> = also.map(|(other, _)| format!("{other}: ")).collect();
    let kept = lines.iter().enumerate().filter_map(|(i, line)| match i {
        _ if i == at => Some(instead),
        _ if also
            .iter()
            .any(|other| line.trim().starts_with(other.as_str())) =>
        {
            None
        }
        _ => Some(*line),
    });
    Some(kept.collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_field_changes_the_exercise() {
    let lines: Vec<&str> = TEXT.lines().collect();
    let whole = parts(TEXT);
    let mut changed = 0;
    for at in 0..lines.len() {
        let Some(text) = without(&lines, at) else {
            continue;
        };
        assert!(parts(&text) != whole, "line {}: {}", at + 1, lines[at]);
        changed += 1;
    }
    assert!(changed > 200, "only {changed} lines were looked at");
}

/// For each field of each record in the text, whether it is given anywhere.
fn given(debug: &str) -> BTreeMap<String, bool> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut fields = BTreeMap::new();
    let lines: Vec<&str> = debug.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let depth = line.len() - line.trim_start().len();
        open.retain(|(outer, _)| *outer < depth);
        let line = line.trim();
        let (field, value) = match line.split_once(": ") {
            Some((field, value)) => (Some(field), value),
            None => (None, line),
        };
        if let (Some(field), Some((_, record))) = (field, open.last()) {
            let none = matches!(value.trim_end_matches(','), "None" | "[]")
                || (value.ends_with('(') && lines.get(i + 1).is_some_and(|l| l.trim() == "[],"));
            *fields.entry(format!("{record}.{field}")).or_default() |= !none;
        }
        if let Some(record) = value.strip_suffix(" {") {
            open.push((depth, record));
        }
    }
    fields
}

#[test]
fn the_text_gives_every_field_there_is() {
    let definitions = load(&[Source::new("every-field.ron", TEXT)]).unwrap();
    let fields = given(&format!("{:#?}", definitions.exercise().unwrap()));
    let records: BTreeSet<&str> = fields
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect();
    for record in [
        "Person",
        "Task",
        "Sight",
        "Obligation",
        "Choice",
        "Prompt",
        "SeverityRule",
    ] {
        assert!(records.contains(record), "{record}");
    }
    let missing = fields.iter().filter(|(_, given)| !**given);
    let missing: Vec<&str> = missing.map(|(field, _)| field.as_str()).collect();
    let known = |field: &&str| !ELSEWHERE.contains(field);
    let unknown: Vec<&&str> = missing.iter().filter(|field| known(field)).collect();
    assert!(unknown.is_empty(), "nowhere given: {unknown:?}");
    for field in NOT_BOUND {
        assert!(fields[field], "{field}");
    }
}

const SMALL: &str = "Exercise(organisation: (name: \"A\", people: [(id: \"p\", roles: [\"r\"])], \
    roles: [(id: \"r\", function: Analyst)]), plan: (tasks: [(id: \"t\", phase: Assessment, \
    by: Analyst)]), scenario: (title: \"T\", TRUTH), START)";

fn small(truth: &str, start: &str) -> Parts {
    parts(&SMALL.replace("TRUTH", truth).replace("START", start))
}

#[test]
fn a_whole_exercise_may_say_when_it_starts_and_ends() {
    let plain = small("difficulty: 3", "");
    assert_eq!(plain, small("start: \"Tue 10:00\"", ""));
    let later = small("start: \"Tue 10:00\"", "start: \"Fri 18:40\"");
    let days = (later.startex - plain.startex) / 60_000;
    assert_eq!(days, 3 * 24 * 60 + 8 * 60 + 40);
    let dated = small("difficulty: 3", "date: \"2027-03-01\"");
    assert_eq!((dated.startex - plain.startex) % (7 * 86_400_000), 0);
    let short = small("limit: \"9d\"", "limit: \"1h\"");
    assert_eq!(short.limit, ExerciseTime(3_600_000));
}

#[test]
fn what_a_rehearsal_is_told_comes_before_what_definitions_say() {
    let text = SMALL.replace("TRUTH", "limit: \"9d\"").replace("START", "");
    let definitions = load(&[Source::new("e.ron", text)]).unwrap();
    let day = hotwash_engine::exercise::Day::from_civil(2028, 2, 29);
    let start = Start {
        at: Some(hotwash_scenarios::definition::Start {
            weekday: None,
            date: Some(day),
            minute: 30,
        }),
        date: None,
        limit: Some(hotwash_engine::exercise::Span::HOUR),
    };
    let bound = bind(&definitions, &start).unwrap();
    let parts = bound.exercise.parts();
    assert_eq!(parts.limit, ExerciseTime(3_600_000));
    assert_eq!(parts.startex, i64::from(day.0) * 86_400_000 + 30 * 60_000);
    assert!(
        parts
            .defaults
            .iter()
            .all(|used| used.place != "scenario.date")
    );
}

#[test]
fn the_truth_about_the_one_incident_is_bound() {
    let plain = small("truth: ()", "");
    for said in [
        "severity: Low",
        "category: Fraud",
        "personal_data: true",
        "real: false",
        "tags: [\"ot\"]",
    ] {
        assert_ne!(plain, small(&format!("truth: ({said})"), ""), "{said}");
    }
}
