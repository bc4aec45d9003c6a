//! Outages, against counting every millisecond.

use super::check::{Cases, Check};
use super::trial::{Numbers, Trial, exercise, fill, list};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{Effect, Exercise, ExerciseTime, Instance, Measure, Span};
use hotwash_engine::record::{Event, Outcome, Record};
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

/// What keeps assets down by itself: what the attack did, and the work that builds them anew.
struct Own {
    /// By asset: whether it was disrupted, and not built anew since.
    disrupted: Vec<bool>,
    /// By asset: whether work took it out of service that served.
    taken: Vec<bool>,
    /// Work under way, with the asset that it builds anew.
    under_way: Vec<(Instance, usize)>,
}

impl Own {
    fn new(assets: usize) -> Self {
        Self {
            disrupted: vec![false; assets],
            taken: vec![false; assets],
            under_way: Vec::new(),
        }
    }

    fn is_down(&self, asset: usize) -> bool {
        self.disrupted[asset] || self.taken[asset]
    }

    /// Work that builds an asset anew began: one that served is out of service until no such work is
    /// under way.
    fn begins(&mut self, instance: Instance, asset: usize) {
        self.under_way.push((instance, asset));
        self.taken[asset] |= !self.is_down(asset);
    }

    fn ends(&mut self, instance: Instance) {
        self.under_way.retain(|(other, _)| *other != instance);
        for (asset, taken) in self.taken.iter_mut().enumerate() {
            *taken &= self.under_way.iter().any(|(_, other)| *other == asset);
        }
    }
}

/// Whether something keeps an asset down, by asking all that it depends on, over and over.
fn is_down(asset: usize, own: &Own, below: &Below) -> bool {
    own.is_down(asset) || below[asset].iter().any(|other| is_down(*other, own, below))
}

/// The asset that a task builds anew: they bear the same number.
fn built_by(exercise: &Exercise, instance: Instance) -> usize {
    let slug = exercise.task(instance.task).slug.as_str();
    let number = slug.trim_start_matches("build-").parse();
    number.expect("every task here builds one asset anew")
}

/// By asset, the milliseconds for which it was down; from what was done to it, not from what the
/// engine says of its service. Also how often something was disrupted and built anew.
fn counted(record: &Record, below: &Below) -> (Vec<i64>, usize, usize) {
    let exercise = &record.header.exercise;
    let mut own = Own::new(below.len());
    let mut down = vec![0; below.len()];
    let (mut struck, mut built) = (0, 0);
    let mut entries = record.entries.iter().peekable();
    for now in 0..ENDS {
        while let Some(entry) = entries.next_if(|entry| entry.at <= ExerciseTime(now)) {
            match &entry.event {
                Event::StepTookEffect { step, asset, .. }
                    if exercise.scenario().steps[step.index()].effect == Effect::Disrupt =>
                {
                    own.disrupted[asset.index()] = true;
                    struck += 1;
                }
                Event::MeasureTaken {
                    measure: Measure::Rebuild,
                    asset: Some(asset),
                    effect: true,
                    ..
                } => {
                    own.disrupted[asset.index()] = false;
                    built += 1;
                }
                Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. } => {
                    own.begins(*instance, built_by(exercise, *instance));
                }
                Event::TaskSkipped { instance, .. } => own.ends(*instance),
                // Work that is laid aside, or done again, has not ended.
                Event::TaskEnded { instance, outcome } if *outcome != Outcome::Redo => {
                    own.ends(*instance);
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
