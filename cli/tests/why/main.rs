//! What `why` says of every task, person, phase, duty, expectation and thing of what ships, over thirty seeds.

use hotwash_engine::evaluation::why::{Asked, Fate, Missing, whys};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_reports::People;
use hotwash_reports::words::Subject;
use hotwash_reports::words::why::{WORDS, sentence};
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::sync::Arc;

const SCENARIOS: [&str; 3] = [
    "invoice-fraud",
    "ransomware-friday-evening",
    "supplier-data-leak",
];

/// How many seeds of each scenario are looked at.
const SEEDS: u64 = 30;

fn runs(scenario: &str) -> Vec<Record> {
    let source = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    let sources = [
        source(Kind::Organisation, "marram-street-clinic"),
        source(Kind::Plan, "clinic-response-plan"),
        source(Kind::Scenario, scenario),
    ];
    let ready = ready(&sources, &Start::default()).expect("what ships binds");
    let exercise = Arc::new(ready.bound.exercise);
    let played = |seed| simulate(&exercise, &Setup::of(seed, 0), Provenance::default());
    (1..=SEEDS).map(played).collect()
}

#[test]
fn every_sentence_about_what_ships_is_short_and_says_what_was_waited_for_or_missing() {
    let (mut said, mut unknown) = (0, Vec::new());
    for scenario in SCENARIOS {
        for record in runs(scenario) {
            let exercise = &record.header.exercise;
            let evaluation = evaluate(exercise, &record, Baselines::default());
            let subject = Subject::new(exercise, &record, &evaluation, People::ByRole);
            let asked = Asked::all(exercise);
            let answers = whys(&record, &evaluation, &asked);
            for why in answers.into_iter().flatten() {
                let sentence = sentence(&subject, &why);
                let what = format!("{scenario}, seed {}: {sentence}", record.header.seed);
                assert!(sentence.split_whitespace().count() <= WORDS, "{what}");
                let links = why.links.windows(2);
                assert!(
                    links.into_iter().all(|of| of[0].entry < of[1].entry),
                    "{what}"
                );
                for link in &why.links {
                    let entry = record.entry(link.entry).expect(&what);
                    assert_eq!(entry.at, link.at, "{what}");
                }
                if let (Asked::Phase(phase), Some(wait)) = (why.asked, &why.wait)
                    && matches!(why.fate, Fate::Complete(_))
                {
                    let parts = &evaluation.main().phases[phase.index()].made_of;
                    assert!(parts.contains(&wait.part), "{what}");
                }
                said += 1;
                let missing = why
                    .lacks
                    .iter()
                    .any(|lack| lack.missing == Missing::Unknown);
                if missing {
                    unknown.push(what);
                }
            }
        }
    }
    assert!(said > 10_000, "{said}");
    assert!(
        unknown.len() * 200 < said,
        "{} of {said}: {unknown:#?}",
        unknown.len()
    );
}

#[test]
fn a_task_that_never_began_has_no_entry_that_says_it_could() {
    for scenario in SCENARIOS {
        for record in runs(scenario).into_iter().take(6) {
            let exercise = &record.header.exercise;
            let evaluation = evaluate(exercise, &record, Baselines::default());
            let tasks = Asked::all(exercise);
            let tasks: Vec<Asked> = tasks
                .into_iter()
                .filter(|asked| matches!(asked, Asked::Task(_)))
                .collect();
            for why in whys(&record, &evaluation, &tasks).into_iter().flatten() {
                let Fate::NeverReady(task) = why.fate else {
                    continue;
                };
                let ready = record.entries.iter().any(|entry| {
                    matches!(entry.event, Event::TaskReady { instance, .. } if instance.task == task)
                });
                assert!(
                    !ready && !why.lacks.is_empty(),
                    "{}",
                    why.asked.written(exercise)
                );
            }
        }
    }
}
