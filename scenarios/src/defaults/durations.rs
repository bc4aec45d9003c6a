//! How long work takes where the plan does not say, by its measure. Illustrative.

use hotwash_engine::exercise::{Law, Measure, Span, together};

/// How long a task takes that takes these measures with so many people: one person takes one after the
/// other. It is also the range in which what an author says is plausible.
pub(crate) fn work(measures: &[Measure], people: u16) -> Law {
    let ends = |end: fn((Span, Span)) -> Span| {
        let of = |measure: &Measure| end(measure.usual());
        together(measures.iter().map(of), people)
    };
    match measures {
        [] => Law::Range {
            low: Span::minutes(WITHOUT.0),
            high: Span::minutes(WITHOUT.1),
        },
        _ => Law::Range {
            low: ends(|(low, _)| low),
            high: ends(|(_, high)| high),
        },
    }
}

/// A task without a measure, in minutes.
const WITHOUT: (i64, i64) = (15, 90);
