//! `hotwash compare emit`.

use super::{Play, both};
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::job::{Job, Work};
use hotwash_app::quoted;

/// Print the job by which a cluster plays a comparison in parts and puts them together
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
    if play.part.is_some() || play.merge.is_some() {
        let hint =
            "The job says which part it is. Say how many with `--parts` and where with `--folder`.";
        return Err(Failure::input("a job has no `--part` and no `--merge`").hint(hint));
    }
    // What cannot be compared is said before anything is submitted.
    let both = both(play)?;
    let runs = play.scale.runs(None).end;
    args.job.check(runs)?;
    let sides = [&play.first, &play.second].into_iter().flatten();
    let sides: String = sides.map(|name| format!(" {}", quoted(name))).collect();
    let scenario = play.scenario.iter();
    let scenario: String = scenario
        .map(|name| format!(" --scenario {}", quoted(name)))
        .collect();
    let (beside, start) = (play.beside.typed(), &play.start.typed);
    let compare = format!("compare{sides}{scenario}{beside}{start}");
    let matters = play.matters;
    let work = Work {
        title: format!("A comparison of {runs} pairs of runs"),
        rounds: vec![format!(
            "{compare} --runs {runs} --seed {}",
            both.chosen[0].seed
        )],
        merge: format!(
            "{compare} --matters {matters}{} --merge",
            play.format.typed()
        ),
        json: play.format == Format::Json,
        threads: play.scale.threads_of_part(),
    };
    output::print_plain(&args.job.text(&work))?;
    Ok(Outcome::Done)
}
