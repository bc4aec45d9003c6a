//! Levels that a campaign is demanded to reach.

use crate::failure::Failure;
use hotwash_engine::campaign::Summary;
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::exercise::{Exercise, Identified, ObligationId, Phase};
use hotwash_reports::campaign::Required;
use std::fmt::Write as _;
use std::str::FromStr;

/// A level that is demanded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Requirement {
    of: Of,
    least: f64,
    text: String,
}

/// Of what.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    /// The mean of the number for ranking, in points.
    Score,
    /// The chance to pass, or of a clock or a phase, from 0 to 1.
    Chance(String),
}

impl FromStr for Requirement {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "a level is written `score>=70`, `chance(passed)>=0.9` or `chance(gdpr-33)>=0.95`"
                .to_owned()
        };
        let (of, least) = text.split_once(">=").ok_or_else(wrong)?;
        let least: f64 = least.trim().parse().map_err(|_| wrong())?;
        let of = of.trim();
        let chance = of
            .strip_prefix("chance(")
            .and_then(|of| of.strip_suffix(')'));
        let (of, most) = match (of, chance) {
            ("score", _) => (Of::Score, 100.0),
            (_, Some(name)) => (Of::Chance(name.trim().to_owned()), 1.0),
            _ => return Err(wrong()),
        };
        if !(0.0..=most).contains(&least) {
            return Err(format!("the level of `{text}` is not between 0 and {most}"));
        }
        Ok(Self {
            of,
            least,
            text: text.to_owned(),
        })
    }
}

impl Requirement {
    /// As it was typed.
    pub(crate) fn typed(&self) -> &str {
        &self.text
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
enum Named {
    Passed,
    Clock(ObligationId),
    Phase(Phase),
}

/// The word for the chance to pass.
const PASSED: &str = "passed";

/// The chance to pass, the clock with this id, else the phase of this name.
fn named(name: &str, exercise: &Exercise) -> Result<Named, Failure> {
    if name == PASSED {
        return Ok(Named::Passed);
    }
    if let Some(duty) = ObligationId::find(exercise.names(), name) {
        return Ok(Named::Clock(duty));
    }
    let named = |phase: &&Phase| phase.name().eq_ignore_ascii_case(name);
    let Some(phase) = Phase::ALL.iter().find(named) else {
        let duties = 0..exercise.plan().obligations.len();
        let ids = duties.map(|i| ObligationId::new(i).slug(exercise.names()).to_string());
        let phases = Phase::ALL.iter().map(|phase| phase.name().to_lowercase());
        let passed = std::iter::once(PASSED.to_owned());
        let known: Vec<String> = passed
            .chain(ids)
            .chain(phases)
            .map(|id| format!("`{id}`"))
            .collect();
        return Err(
            Failure::input(format!("there is no clock and no phase `{name}`"))
                .hint(format!("There is {}.", known.join(", "))),
        );
    };
    Ok(Named::Phase(*phase))
}

/// Fails where a level is of something that the exercise does not have, before any run is played.
pub(super) fn check(levels: &[Requirement], exercise: &Exercise) -> Result<(), Failure> {
    let mut names = levels.iter().filter_map(Requirement::name);
    names.try_for_each(|name| named(name, exercise).map(drop))
}

/// The chance that a name stands for.
pub(crate) fn chance(
    name: &str,
    exercise: &Exercise,
    summary: &Summary,
) -> Result<Chance, Failure> {
    Ok(match named(name, exercise)? {
        Named::Passed => summary.score.passed,
        Named::Clock(duty) => {
            let clock = summary.clock(duty, exercise.scenario().main);
            clock.map(|clock| clock.kept).unwrap_or_default()
        }
        Named::Phase(phase) => summary.phases[phase.index()].in_time,
    })
}

impl Requirement {
    /// The name of that whose chance is demanded, where one is.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.of {
            Of::Score => None,
            Of::Chance(name) => Some(name),
        }
    }

    /// Judges what was found: a score in points or the lower end of a chance. Where the score of a run was
    /// partial, no level is reached: what was found says less than it seems.
    pub(crate) fn judge(&self, found: Option<f64>, partial: Chance) -> Required {
        Required {
            text: self.text.clone(),
            found,
            least: self.least,
            is_chance: self.name().is_some(),
            partial,
            met: partial.hits == 0 && found.is_some_and(|found| found >= self.least),
        }
    }
}

/// Judges every level.
pub(super) fn judge(
    levels: &[Requirement],
    exercise: &Exercise,
    summary: &Summary,
) -> Result<Vec<Required>, Failure> {
    let judged = levels.iter().map(|level| {
        let found = match level.name() {
            None => summary.score.score.map(|mean| mean.value / 100.0),
            Some(name) => {
                let interval = chance(name, exercise, summary)?.interval();
                interval.map(|interval| interval.low)
            }
        };
        Ok(level.judge(found, summary.score.partial))
    });
    judged.collect()
}

/// The levels in words, one line each; nothing where none is demanded.
pub(super) fn text(required: &[Required]) -> String {
    let mut text = String::new();
    for (i, level) in required.iter().enumerate() {
        if i == 0 {
            text.push('\n');
        }
        let met = if level.met { "met   " } else { "MISSED" };
        // Cut, not rounded: what was missed by a hair does not look as if it was reached.
        let found = match (level.found, level.is_chance) {
            (None, _) => "nothing decided it".to_owned(),
            (Some(found), true) => {
                let cut = (found * 1_000.0).floor() / 1_000.0;
                format!("surely at least {cut:.3}, the lower end of its 95 % interval")
            }
            (Some(found), false) => format!("mean {:.2}", (found * 100.0 + 1e-9).floor() / 100.0),
        };
        let _ = write!(text, "{met}  {}: {found}", level.text);
        if level.partial.hits > 0 {
            let Chance { hits, n } = level.partial;
            let _ = write!(
                text,
                "; no level is reached, for the score is partial in {hits} of {n} runs"
            );
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_and_what_is_none_is_refused() {
        let score: Requirement = "score >= 70".parse().unwrap();
        assert_eq!((score.of, score.least), (Of::Score, 70.0));
        let chance: Requirement = "chance(gdpr-33)>=0.95".parse().unwrap();
        assert_eq!(chance.name(), Some("gdpr-33"));
        for wrong in [
            "score>70",
            "chance(a)>=95",
            "score>=x",
            "speed>=3",
            "score>=101",
        ] {
            assert!(wrong.parse::<Requirement>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_level_is_met_at_its_value_and_missed_where_nothing_is_known() {
        let level: Requirement = "score>=70".parse().unwrap();
        let judge = |found| level.judge(found, Chance { hits: 0, n: 60 }).met;
        assert!(judge(Some(70.0)) && !judge(Some(69.99)) && !judge(None));
    }

    #[test]
    fn no_level_is_reached_where_the_score_of_a_run_is_partial() {
        for level in ["score>=70", "chance(passed)>=0.5", "chance(gdpr-33)>=0.5"] {
            let level: Requirement = level.parse().unwrap();
            let judged = level.judge(Some(99.0), Chance { hits: 1, n: 60 });
            assert!(!judged.met);
            let said = text(&[judged]);
            assert!(
                said.contains("MISSED") && said.contains("partial in 1 of 60 runs"),
                "{said}"
            );
        }
    }
}
