//! Several scenarios as strata, weighted by the risk register.

use super::play::{Chosen, Played, campaign};
use super::require::{Requirement, chance};
use super::{Play, outcome, require};
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shown::screen;
use hotwash_app::Weights;
use hotwash_engine::campaign::Summary;
use hotwash_engine::campaign::statistics::{Chance, chance_of, mean_of};
use hotwash_reports::campaign::{Required, Strata, Stratum};
use hotwash_reports::{Document, Step};

struct Part {
    chosen: Chosen,
    played: Played,
    summary: Summary,
    weight: u64,
}

pub(super) fn run(args: &Play) -> Result<Outcome, Failure> {
    check(args)?;
    let named = args.scenarios.iter().map(|scenario| {
        let name = Some(scenario.clone());
        let chosen = Chosen::of(name, &args.beside, &args.start, args.scale.seed)?;
        require::check(&args.show.require, &chosen.exercise)?;
        Ok(chosen)
    });
    // What cannot be used is said before any run is played.
    let named: Vec<Chosen> = named.collect::<Result<_, Failure>>()?;
    let mut all = Vec::new();
    for chosen in named {
        let until = (&args.scale, args.until_error);
        let played = campaign(&chosen, until, args.scale.runs(None), None)?;
        let interrupted = played.interrupted;
        all.push((chosen, played));
        if interrupted {
            break;
        }
    }
    let Weights { each, registered } = Weights::of(all.iter().map(|(of, _)| &*of.exercise));
    let weighed = all.into_iter().zip(each);
    let parts: Vec<Part> = weighed
        .map(|((chosen, played), weight)| Part {
            summary: Summary::of(&chosen.exercise, &played.tally),
            chosen,
            played,
            weight,
        })
        .collect();
    let required = judge(&args.show.require, &parts)?;
    let strata: Vec<Stratum> = parts.iter().map(stratum).collect();
    let interrupted = parts.iter().any(|part| part.played.interrupted);
    let mut notices: Vec<String> = Vec::new();
    for part in &parts {
        notices.extend(part.played.notices.iter().cloned());
    }
    if parts.len() < args.scenarios.len() {
        let (done, all) = (parts.len(), args.scenarios.len());
        notices.push(format!("PARTIAL: {done} of {all} scenarios were played."));
    }
    let each = parts.iter().map(|part| &part.chosen.typed);
    let view = Strata {
        strata: &strata,
        registered,
        notices: &notices,
        next: &each
            .map(|of| Step::new(of.again("campaign", ""), ""))
            .collect::<Vec<_>>(),
    };
    match args.show.format {
        Format::Text => {
            output::print(&screen(&Document::of_strata(&view)))?;
            output::print(&require::text(&required))?;
        }
        Format::Json => {
            output::print_plain(&hotwash_reports::campaign::strata_json(&view, &required))?;
        }
    }
    Ok(outcome(interrupted, &required))
}

/// Fails where something was asked for that several scenarios do not have.
fn check(args: &Play) -> Result<(), Failure> {
    let alone = args.rows.is_some() || args.part.is_some() || args.what_if;
    if alone || args.show.tasks || args.show.svg.is_some() {
        let hint = "Play each scenario by itself for --rows, --part, --tasks, --what-if and --svg.";
        return Err(
            Failure::input("several scenarios have no rows and no tasks in common").hint(hint),
        );
    }
    each_once(&args.scenarios)
}

/// Fails where a scenario is named twice.
pub(crate) fn each_once(scenarios: &[String]) -> Result<(), Failure> {
    let mut named = scenarios.iter().enumerate();
    let twice = named.find(|(i, name)| scenarios[..*i].contains(name));
    let Some((_, name)) = twice else {
        return Ok(());
    };
    let hint = "A scenario that counts twice would weigh twice. Name each once.";
    Err(Failure::input(format!("`{name}` is named twice")).hint(hint))
}

fn stratum(part: &Part) -> Stratum<'_> {
    Stratum {
        exercise: &part.chosen.exercise,
        summary: &part.summary,
        score: part.played.tally.scores(),
        carried_out: part.played.tally.carried_out(),
        seed: part.chosen.seed,
        hours: &part.chosen.start,
        weight: part.weight,
    }
}

fn judge(levels: &[Requirement], parts: &[Part]) -> Result<Vec<Required>, Failure> {
    let partial = parts.iter().map(|part| part.summary.score.partial);
    let partial = partial.fold(Chance::default(), |all, of| Chance {
        hits: all.hits + of.hits,
        n: all.n + of.n,
    });
    let judged = levels.iter().map(|level| {
        let found = match level.name() {
            None => {
                let strata: Vec<_> = parts
                    .iter()
                    .map(|part| (part.weight, part.played.tally.scores()))
                    .collect();
                mean_of(&strata, 0.05).map(|mean| mean.value / 100.0)
            }
            Some(name) => {
                let strata: Result<Vec<_>, Failure> = parts
                    .iter()
                    .map(|part| {
                        let chance = chance(name, &part.chosen.exercise, &part.summary)?;
                        Ok((part.weight, chance))
                    })
                    .collect();
                chance_of(&strata?).and_then(|chance| Some(chance.interval?.low))
            }
        };
        Ok(level.judge(found, partial))
    });
    judged.collect()
}
