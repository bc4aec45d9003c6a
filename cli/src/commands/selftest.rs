//! `hotwash selftest`.

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use hotwash_scenarios::selftest::{Check, Comparison, Effort, Report, Trial, run as try_oracles};
use serde::Serialize;
use std::fmt::Write;
use std::io::IsTerminal;

/// Compare the engine with theory, where theory is exact
///
/// Plays exercises whose outcome is known by a formula, by hand or by a second way of counting, and
/// prints both. The same seed gives the same table. `docs/selftest.md` has the formulas.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What all chance is drawn from
    #[arg(short, long, default_value_t = 1)]
    seed: u64,
    /// Spend fewer runs: enough to see a gross fault
    #[arg(long)]
    quick: bool,
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The table as scripts read it.
#[derive(Debug, Serialize)]
struct Answer<'r> {
    schema_version: u32,
    agrees: bool,
    report: &'r Report,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let effort = if args.quick {
        Effort::Quick
    } else {
        Effort::Full
    };
    let trial = Trial {
        seed: args.seed,
        effort,
        ..Trial::default()
    };
    let watched = std::io::stderr().is_terminal();
    let report = try_oracles(&trial, &mut |done, all, title| {
        if watched {
            output::print_above(&format!(
                "\r{done:2} of {all}: {:<12}",
                title.to_lowercase()
            ));
        }
    });
    if watched {
        output::print_above(&format!("\r{:30}\r", ""));
    }
    match args.format {
        Format::Text => output::print(&text(&report))?,
        Format::Json => output::print_json(&Answer {
            schema_version: 1,
            agrees: report.all_agree(),
            report: &report,
        })?,
    }
    Ok(outcome(&report))
}

fn outcome(report: &Report) -> Outcome {
    if report.all_agree() {
        Outcome::Done
    } else {
        Outcome::Problems
    }
}

/// The table, 80 columns wide, in ASCII.
fn text(report: &Report) -> String {
    let mut text = format!(
        "THE ENGINE AGAINST THEORY, seed {}\n\n  {:37}{:>9}{:>10}{:>9}{:>7}\n",
        report.seed, "", "theory", "simulated", "std.err.", "score"
    );
    for family in &report.families {
        let (title, conditions) = (family.title, family.conditions);
        writeln!(text, "{title}  {conditions}").expect("memory takes text");
        for check in &family.checks {
            text += &row(check, report.agrees(check));
        }
    }
    text + &verdict(report)
}

fn row(check: &Check, agrees: bool) -> String {
    let verdict = if agrees { "ok" } else { "FAIL" };
    let quantity = &check.quantity;
    match &check.comparison {
        Comparison::Exact(exact) => {
            let equal = format!("{} of {} equal", exact.agreeing, exact.cases);
            let mut row = format!("  {quantity:45}{equal:>27} {verdict}\n");
            if let Some(difference) = &exact.difference {
                writeln!(row, "    first difference: {difference}").expect("memory takes text");
            }
            row
        }
        Comparison::Estimate(of) => {
            let [theory, simulated, error] =
                [of.theory, of.simulated, of.standard_error].map(rounded);
            let score = of.score;
            format!("  {quantity:37}{theory:>9}{simulated:>10}{error:>9}{score:>+7.2} {verdict}\n")
        }
    }
}

/// Five or so digits, enough to see a standard error of a percent.
fn rounded(value: f64) -> String {
    if value.abs() < 1.0 {
        format!("{value:.4}")
    } else {
        format!("{value:.3}")
    }
}

fn verdict(report: &Report) -> String {
    let is_exact = |check: &&Check| matches!(check.comparison, Comparison::Exact(_));
    let exact = report.checks().filter(is_exact).count();
    let exact_agree = report
        .checks()
        .filter(is_exact)
        .filter(|c| report.agrees(c));
    let all = report.checks().count();
    let agree = report.checks().filter(|check| report.agrees(check)).count();
    let exact_agree = exact_agree.count();
    let observations: Vec<u64> = report
        .checks()
        .filter_map(|check| match &check.comparison {
            Comparison::Estimate(of) => Some(of.observations),
            Comparison::Exact(_) => None,
        })
        .collect();
    let (least, most) = (observations.iter().min(), observations.iter().max());
    format!(
        "\n{exact_agree} of {exact} exact checks are equal, {} of {} estimates agree.\n\n\
         The score is (simulated - theory) / standard error, by Student's t where the\n\
         error is that of independent runs, else by the normal law. An estimate fails\n\
         where its p-value is below {:.1e}. By Bonferroni a right engine then fails\n\
         anywhere in the table with a chance of at most {}, up to the approximation\n\
         by these laws. Estimates rest on {} to {} independent observations.\n\
         The same seed gives the same table; --seed N draws afresh.\n",
        agree - exact_agree,
        all - exact,
        report.least_p,
        report.false_alarm,
        least.copied().unwrap_or_default(),
        most.copied().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_scenarios::selftest::{Exact, Family};

    fn report(agreeing: usize) -> Report {
        let exact = Exact {
            cases: 3,
            agreeing,
            difference: (agreeing < 3).then(|| "expected 1, came 2".to_owned()),
        };
        let check = Check {
            quantity: "something".to_owned(),
            comparison: Comparison::Exact(exact),
        };
        Report {
            seed: 1,
            false_alarm: 0.001,
            least_p: 0.001,
            families: vec![Family {
                title: "THINGS",
                conditions: "none",
                checks: vec![check],
            }],
        }
    }

    #[test]
    fn a_difference_is_shown_and_is_a_problem() {
        let bad = report(2);
        assert_eq!(outcome(&bad), Outcome::Problems);
        let shown = text(&bad);
        assert!(
            shown.contains("FAIL") && shown.contains("expected 1, came 2"),
            "{shown}"
        );
        let good = report(3);
        assert_eq!(outcome(&good), Outcome::Done);
        assert!(!text(&good).contains("FAIL"));
    }
}
