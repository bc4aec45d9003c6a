//! `hotwash campaign emit`.

use super::play::Chosen;
use super::{Play, require};
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::job::{Job, Work};

/// Print the job by which a cluster plays a campaign in parts and puts them together
///
/// For Slurm a script that submits an array and, behind it, what merges it; for Kubernetes an Indexed Job.
/// Nothing is started. The job is run from the same folder, which all machines have to see.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job,
    #[command(flatten)]
    play: Play,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let play = &args.play;
    check(play)?;
    let scenario = play.scenarios.first().cloned();
    let chosen = Chosen::of(scenario, &play.beside, &play.start, play.scale.seed)?;
    require::check(&play.show.require, &chosen.exercise)?;
    let runs = play.scale.runs(None).end;
    args.job.check(runs)?;
    let typed = &chosen.typed;
    let size = format!(" --runs {runs} --seed {}", chosen.seed);
    let named = match typed.scenario.as_str() {
        "" => String::new(),
        scenario => format!(" --scenario{scenario}"),
    };
    let (beside, start) = (typed.beside(), &typed.start);
    let work = Work {
        title: format!("A campaign of {runs} runs"),
        rounds: vec![typed.arguments("campaign", &size)],
        merge: format!("campaign merge{named}{beside}{start}{}", play.show.typed()),
        json: play.show.format == crate::commands::Format::Json,
        threads: play.scale.threads_of_part(),
    };
    output::print_plain(&args.job.text(&work))?;
    Ok(Outcome::Done)
}

/// Fails where something was asked for that parts do not have.
fn check(play: &Play) -> Result<(), Failure> {
    if play.scenarios.len() > 1 {
        let hint = "Emit a job for each scenario.";
        return Err(Failure::input("several scenarios have no rows in common").hint(hint));
    }
    if play.what_if || play.until_error.is_some() {
        let hint = "Say how many with `--runs`; for what helps there is `hotwash improve emit`.";
        return Err(Failure::input(
            "what is played in parts has a number of runs and no `--what-if`",
        )
        .hint(hint));
    }
    if play.part.is_some() || play.rows.is_some() {
        let hint =
            "The job says which part it is. Say how many with `--parts` and where with `--folder`.";
        return Err(Failure::input("a job has no `--part` and no `--rows`").hint(hint));
    }
    Ok(())
}
