//! A clinic whose sources raise no false alarms gains little: what came before STARTEX was read then.

use crate::runs::{Run, SCENARIOS, runs_of, texts, with};
use hotwash_scenarios::Source;

/// How many runs show it.
const RUNS: u64 = 40;

/// The clinic with sources that raise no false alarms.
fn quiet(texts: &[Source]) -> Vec<Source> {
    const NEVER: &str = "false_alarms: Never(because: \"others read them\")";
    let mut texts = texts.to_vec();
    for given in ["9h to 4d", "1d to 6d", "2d to 8d"] {
        texts = with(&texts, &format!("false_alarms: \"{given}\""), NEVER);
    }
    for kind in ["BackupMonitor", "AccessReview", "ThreatIntelligence"] {
        let (from, to) = (
            format!("kind: {kind}, tells"),
            format!("kind: {kind}, {NEVER}, tells"),
        );
        texts = with(&texts, &from, &to);
    }
    texts
}

/// The mean score before the gates, in hundredths of a point.
fn mean(runs: &[Run]) -> i64 {
    let scores = runs.iter().filter_map(|run| run.evaluation.score.as_ref());
    let scores: Vec<i64> = scores.map(|score| i64::from(score.carried_out.0)).collect();
    scores.iter().sum::<i64>() / scores.len() as i64
}

#[test]
fn without_false_alarms_the_clinic_scores_less_than_two_points_better() {
    for scenario in ["invoice-fraud", "supplier-data-leak"] {
        assert!(SCENARIOS.contains(&scenario));
        let shipped = texts(scenario);
        let (with, without) = (runs_of(&shipped, RUNS), runs_of(&quiet(&shipped), RUNS));
        let gain = mean(&without) - mean(&with);
        assert!(gain.abs() < 200, "{scenario}: {gain}");
    }
}
