//! What a law says of a change, and whether it is so.

use super::figures::{Figure, Figures};
use hotwash_engine::campaign::statistics::{Discordant, Interval, Paired, Sums, binomial_at_most};

/// What a law says of a figure over runs, after a change less before it. Bounds are in shown units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Says {
    /// It is not surely lower by more than this.
    NotLower(f64),
    /// It is not surely higher by more than this.
    NotHigher(f64),
    /// It is surely lower by more than this.
    Lower(f64),
    /// It is surely higher by more than this.
    Higher(f64),
}

impl Says {
    /// Whether it is so, given the interval of the difference. Without an interval nothing is sure.
    fn holds(self, interval: Option<Interval>) -> bool {
        match (self, interval) {
            (Self::NotLower(by), Some(it)) => it.high >= -by,
            (Self::NotHigher(by), Some(it)) => it.low <= by,
            (Self::Lower(by), Some(it)) => it.high < -by,
            (Self::Higher(by), Some(it)) => it.low > by,
            (Self::NotLower(_) | Self::NotHigher(_), None) => true,
            (Self::Lower(_) | Self::Higher(_), None) => false,
        }
    }
}

impl std::fmt::Display for Says {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (word, by) = match self {
            Self::NotLower(by) => ("not surely lower", by),
            Self::NotHigher(by) => ("not surely higher", by),
            Self::Lower(by) => ("surely lower", by),
            Self::Higher(by) => ("surely higher", by),
        };
        f.write_str(word)?;
        if *by > 0.0 {
            write!(f, " by more than {by}")?;
        }
        Ok(())
    }
}

/// A figure and what is said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// The figure.
    pub figure: Figure,
    /// What is said of it.
    pub says: Says,
}

impl Claim {
    /// A claim.
    pub const fn new(figure: Figure, says: Says) -> Self {
        Self { figure, says }
    }
}

/// What was found of one claim about one change.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The law, by its name.
    pub law: &'static str,
    /// The scenario.
    pub scenario: String,
    /// What was changed.
    pub change: String,
    /// Of which figure what was said.
    pub claim: String,
    /// The figure before.
    pub before: f64,
    /// The figure after.
    pub after: f64,
    /// The interval of the difference; `None` where there is none: the claim is about each run.
    pub interval: Option<Interval>,
    /// Of how many pairs of runs.
    pub runs: u64,
    /// Whether the claim holds.
    pub holds: bool,
    /// What else is worth knowing.
    pub note: String,
}

impl Finding {
    /// A claim about each run: in none of so many something is so. `broken` are the runs in which it is.
    pub fn of_each_run(
        law: &'static str,
        (scenario, change): (&str, &str),
        claim: &str,
        (broken, runs): (&[u64], u64),
    ) -> Self {
        let note = match broken.first() {
            Some(first) => format!("first in run {first}"),
            None => String::new(),
        };
        #[expect(clippy::cast_precision_loss, reason = "there are few runs")]
        let after = broken.len() as f64;
        Self {
            law,
            scenario: scenario.to_owned(),
            change: change.to_owned(),
            claim: claim.to_owned(),
            before: 0.0,
            after,
            interval: None,
            runs,
            holds: broken.is_empty(),
            note,
        }
    }
}

/// A claim with the pairs of runs counted so far.
#[derive(Debug, Clone)]
pub struct Weighed {
    claim: Claim,
    before: Sums,
    after: Sums,
    paired: Paired,
    discordant: Discordant,
}

impl Weighed {
    /// Nothing yet.
    pub fn new(claim: Claim) -> Self {
        Self {
            claim,
            before: Sums::default(),
            after: Sums::default(),
            paired: Paired::default(),
            discordant: Discordant::default(),
        }
    }

    /// Counts a pair.
    pub fn add(&mut self, before: &Figures, after: &Figures) {
        let figure = self.claim.figure;
        if !figure.counts(before, after) {
            return;
        }
        let (first, second) = (figure.of(before), figure.of(after));
        self.before.add(first);
        self.after.add(second);
        self.paired.add(first, second);
        self.discordant.add(first > 0, second > 0);
    }

    /// The interval of the difference in shown units, which fails with this chance.
    fn interval(&self, fails: f64) -> Option<Interval> {
        let figure = self.claim.figure;
        let found = if figure.is_share() {
            self.discordant.interval(fails)
        } else {
            let paired = self.paired.estimate(fails)?.interval;
            paired.or_else(|| self.bounded(fails))
        };
        found.map(|it| Interval {
            low: it.low / figure.unit(),
            high: it.high / figure.unit(),
        })
    }

    /// Where too few runs differ for a mean to have an interval: so large a share of them may differ, each by
    /// all that a score can.
    fn bounded(&self, fails: f64) -> Option<Interval> {
        const MOST: f64 = 10_000.0;
        let scored = matches!(
            self.claim.figure,
            Figure::CarriedOut | Figure::CarriedOutInTime | Figure::Score
        );
        let (differ, n) = (self.paired.differing(), self.paired.n());
        let most = MOST * share_at_most(differ, n, fails / 2.0);
        (scored && n > 0).then_some(Interval {
            low: -most,
            high: most,
        })
    }

    /// Whether its interval is as narrow as it has to be.
    pub fn is_narrow(&self, fails: f64) -> bool {
        let figure = self.claim.figure;
        let before = self.before.mean().unwrap_or(0.0) / figure.unit();
        let narrow = figure.narrow(before);
        match self.interval(fails) {
            Some(interval) => interval.half() <= narrow,
            // Nothing differs in more than a few runs, of a figure without bounds.
            None => self.paired.differing() == 0 || narrow.is_infinite(),
        }
    }

    /// What was found.
    pub fn finding(
        &self,
        law: &'static str,
        (scenario, change): (&str, &str),
        fails: f64,
    ) -> Finding {
        let figure = self.claim.figure;
        let shown = |sums: &Sums| sums.mean().unwrap_or(0.0) / figure.unit();
        let interval = self.interval(fails);
        let wide = if self.is_narrow(fails) { "" } else { "wide" };
        Finding {
            law,
            scenario: scenario.to_owned(),
            change: change.to_owned(),
            claim: format!("{figure}: {}", self.claim.says),
            before: shown(&self.before),
            after: shown(&self.after),
            interval,
            runs: self.paired.n(),
            holds: self.claim.says.holds(interval),
            note: wide.to_owned(),
        }
    }
}

/// The greatest share of which so few hits or fewer are not too unlikely (Clopper and Pearson 1934).
fn share_at_most(hits: u64, n: u64, fails: f64) -> f64 {
    const HALVINGS: u32 = 40;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if binomial_at_most(hits, n, middle) > fails {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hardly_ever_differs_is_bounded_by_how_often_it_may() {
        // Of none in n the bound is 1 - fails^(1/n).
        let expected = 1.0 - libm_pow(0.01, 1.0 / 300.0);
        assert!((share_at_most(0, 300, 0.01) - expected).abs() < 1e-9);
        assert!(share_at_most(3, 300, 0.01) > 3.0 / 300.0);
    }

    fn libm_pow(base: f64, exponent: f64) -> f64 {
        base.powf(exponent)
    }

    #[test]
    fn without_an_interval_nothing_is_sure() {
        assert!(Says::NotLower(0.5).holds(None));
        assert!(!Says::Lower(0.0).holds(None));
        let lower = Some(Interval {
            low: -1.0,
            high: -0.6,
        });
        assert!(!Says::NotLower(0.5).holds(lower));
        assert!(Says::NotHigher(0.5).holds(lower));
        assert!(Says::Lower(0.5).holds(lower));
        assert!(!Says::Lower(0.7).holds(lower));
        assert!(!Says::Higher(0.0).holds(lower));
    }
}
