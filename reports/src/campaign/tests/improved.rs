//! How what helps looks, on a small organisation with a weakness.

use super::screen;
use crate::Document;
use crate::Step;
use crate::campaign::json::schema::improvements_fit;
use crate::campaign::{Improved, improvements_json};
use crate::terminal::Charset;
use hotwash_engine::campaign::{
    Allowed, Change, Ground, Here, Hours, Order, Size, Trials, Tried, together, try_changes,
};
use hotwash_engine::exercise::{Exercise, Law, Phase, Span, TaskId};
use hotwash_engine::generator;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use unicode_width::UnicodeWidthStr;

const SIZE: Size = Size {
    screened: 12,
    kept: 8,
    fresh: 200..320,
};

/// What a few changes do where the plan waits two days before a task that contains.
struct Search {
    exercise: Arc<Exercise>,
    trials: Trials,
    together: Vec<Tried>,
}

fn search() -> Search {
    let found = (0..60).find_map(|seed| {
        let mut parts = generator::parts(seed);
        let task = parts.plan.tasks.iter().position(|of| {
            of.phase == Phase::Response && of.does.iter().any(|act| act.measure.contains())
        })?;
        parts.plan.tasks[task].delay = Some(Law::Fixed(Span::days(2)));
        let exercise = Arc::new(Exercise::new(parts).ok()?);
        let planted = Change::WithoutDelay(TaskId::new(task));
        let searched = searched(exercise, planted);
        let first = searched.trials.best.first()?;
        (first.changes == [planted] && first.helps()).then_some(searched)
    });
    found.expect("in one of sixty a delay of two days does harm")
}

fn searched(exercise: Arc<Exercise>, planted: Change) -> Search {
    let order = Order {
        exercise: Arc::clone(&exercise),
        seed: 1,
        runs: 0..60,
        hours: Hours::AsScripted,
        threads: 1,
    };
    let grounds = [Ground { order, weight: 1 }];
    let few = Change::improvements(&exercise).into_iter().filter(|of| {
        let few = matches!(
            of,
            Change::SecondShift(_) | Change::VerifyChannel(_) | Change::Widen(_)
        );
        few || *of == planted
    });
    let mut here = Here {
        grounds: &grounds,
        stop: &AtomicBool::new(false),
        progress: &mut |_, _| {},
    };
    let trials = try_changes(&grounds, few.collect(), &SIZE, &mut here);
    let trials = trials.expect("nobody stops it");
    let any = |_: &[Change]| true;
    let both = (3, &any as Allowed<'_>);
    let together = together(&grounds, &trials, both, &SIZE, &mut here);
    Search {
        together: together.expect("nobody stops it"),
        exercise,
        trials,
    }
}

#[test]
fn what_helps_on_80_columns_in_ascii_and_for_scripts() {
    let search = search();
    let place = |_: &Tried| vec![("plan.ron:12".to_owned(), "`delay` goes".to_owned())];
    let places: Vec<_> = search.trials.best.iter().map(place).collect();
    let next = [Step::new(
        "hotwash improve --write better",
        "write the best into copies of the files",
    )];
    let improved = Improved {
        exercises: &[&*search.exercise],
        trials: &search.trials,
        together: &search.together,
        places: &places,
        seed: 1,
        notices: &[],
        next: &next,
    };
    let document = Document::of_improvements(&improved);
    insta::assert_snapshot!(screen(&document, 80, false, Charset::Ascii));
    for width in [40, 60, 80, 120] {
        let text = screen(&document, width, false, Charset::Ascii);
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
    }
    let value = improvements_fit(&improvements_json(&improved));
    assert_eq!(value["best"][0]["helps"], true);
}
