//! Outages, against counting every millisecond.

use super::check::{Cases, Check};
use super::trial::{Numbers, Trial, exercise, fill, list};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{Effect, ExerciseTime, Measure, Span};
use hotwash_engine::record::{Event, Record};
use std::fmt::Write;

const KINDS: [&str; 5] = [
    "Database",
    "FileServer",
    "MailServer",
    "WebShop",
    "PaymentSystem",
];
/// How long an exercise lasts, in milliseconds.
const ENDS: i64 = 4_000;

/// Which assets each depends on.
type Below = Vec<Vec<usize>>;

/// An exercise made up at random.
fn made_up(numbers: &mut Numbers) -> (String, Below) {
    let below: Below = (0..KINDS.len())
        .map(|i| (0..i).filter(|_| numbers.one_in(3)).collect())
        .collect();
    let [mut assets, mut tasks, mut steps, mut injects] = [const { String::new() }; 4];
    for (i, (kind, below)) in KINDS.iter().zip(&below).enumerate() {
        let on = list(below.iter().map(|other| format!("a{other}")));
        let takes = 50 + numbers.below(700);
        write!(
            assets,
            r#"(id: "a{i}", kind: {kind}, depends_on: [{on}]), "#
        )
        .expect("memory takes text");
        write!(
            tasks,
            r#"(id: "build-{i}", phase: Recovery, by: Analyst, when: AlertRaised, takes: "{takes}ms", does: Rebuild(Kind({kind}))), "#
        )
        .expect("memory takes text");
        for nth in 0..3 {
            let at = numbers.below(3_000);
            write!(
                steps,
                r#"(id: "s{i}{nth}", at: "{at}ms", takes: "1ms", targets: Each(Kind({kind})), effect: Disrupt), "#
            )
            .expect("memory takes text");
            let told = at + 2 + numbers.below(300);
            write!(
                injects,
                r#"(id: "i{i}{nth}", at: "{told}ms", when: Reached("s{i}{nth}"), from: "Staff", to: Analyst, via: MobilePhone, text: "It is down.", reveals: [Real, Step("s{i}{nth}")]), "#
            )
            .expect("memory takes text");
        }
    }
    let parts = [
        ("assets", assets.as_str()),
        ("tasks", &tasks),
        ("steps", &steps),
        ("injects", &injects),
        ("ends", &ENDS.to_string()),
    ];
    (fill(include_str!("outage.ron"), &parts), below)
}

/// Whether something keeps an asset down, by asking all that it depends on, over and over.
fn is_down(asset: usize, own: &[bool], below: &Below) -> bool {
    own[asset] || below[asset].iter().any(|other| is_down(*other, own, below))
}

/// By asset, the milliseconds for which it was down; from what was done to it, not from what the
/// engine says of its service. Also how often something was disrupted and built anew.
fn counted(record: &Record, below: &Below) -> (Vec<i64>, usize, usize) {
    let steps = &record.header.exercise.scenario().steps;
    let mut own = vec![false; below.len()];
    let mut down = vec![0; below.len()];
    let (mut struck, mut built) = (0, 0);
    let mut entries = record.entries.iter().peekable();
    for now in 0..ENDS {
        while let Some(entry) = entries.next_if(|entry| entry.at <= ExerciseTime(now)) {
            match &entry.event {
                Event::StepTookEffect { step, asset, .. }
                    if steps[step.index()].effect == Effect::Disrupt =>
                {
                    own[asset.index()] = true;
                    struck += 1;
                }
                Event::MeasureTaken {
                    measure: Measure::Rebuild,
                    asset: Some(asset),
                    effect: true,
                    ..
                } => {
                    own[asset.index()] = false;
                    built += 1;
                }
                _ => {}
            }
        }
        for (asset, down) in down.iter_mut().enumerate() {
            *down += i64::from(is_down(asset, &own, below));
        }
    }
    (down, struck, built)
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut numbers = trial.numbers(2);
    let (mut outages, mut events) = (Cases::new(), (0, 0));
    for case in 0..trial.runs(12, 60) {
        let (text, below) = made_up(&mut numbers);
        let record = trial.play(&exercise(&text), case);
        let (down, struck, built) = counted(&record, &below);
        events = (events.0 + struck, events.1 + built);
        let exercise = &record.header.exercise;
        let impact = evaluate(exercise, &record, Baselines::default())
            .impact
            .actual;
        for (asset, expected) in down.iter().enumerate() {
            let of = impact.outages.iter().find(|of| of.asset.index() == asset);
            let came = of.map_or(Span::ZERO, |of| of.outage);
            outages.equal(
                &format!("exercise {case}, asset {asset}"),
                &Span(*expected),
                &came,
            );
        }
    }
    // Assets that are never brought back would be counted right by much less.
    let lively = events.0 > 10 && events.1 > 10;
    outages.holds(lively, || {
        format!("only {events:?} were disrupted and built anew")
    });
    vec![Check::exact("outage, counted ms by ms", outages)]
}
