//! `hotwash improve emit`.

use super::{Play, chosen, limits, scenes};
use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::parts::job::{Job, Work};
use hotwash_app::{batches, grounds, quoted};

/// Print the job by which a cluster searches for what helps in parts and puts them together
///
/// For Slurm a script that submits an array for each round of the search and, behind them, what merges
/// them; for Kubernetes an Indexed Job, whose parts all run at once. Nothing is started. The job is run from
/// the same folder, which all machines have to see.
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
    // What cannot be improved is said before anything is submitted.
    let limits = limits(play)?;
    let chosen = chosen(play)?;
    let grounds = grounds(&scenes(play, &chosen))?;
    let runs = grounds[0].order.runs.end;
    args.job.check(runs)?;
    let search = search(play, runs);
    let rounds = (1..=batches(&limits)).map(|round| format!("{search} --round {round}"));
    let write = play.write.iter();
    let write: String = write
        .map(|folder| format!(" --write {}", quoted(&folder.to_string_lossy())))
        .collect();
    let work = Work {
        title: format!("A search for what helps on {runs} shared runs"),
        rounds: rounds.collect(),
        merge: format!("{search}{write}{} --merge", play.format.typed()),
        json: play.format == Format::Json,
        threads: play.scale.threads_of_part(),
    };
    output::print_plain(&args.job.text(&work))?;
    Ok(Outcome::Done)
}

/// What every part and the merge are told.
fn search(play: &Play, runs: u64) -> String {
    let scenarios = play.scenarios.iter();
    let scenarios: String = scenarios.map(|name| format!(" {}", quoted(name))).collect();
    let (beside, start) = (play.beside.typed(), &play.start.typed);
    let changes = play.changes;
    let mut text = format!("improve{scenarios}{beside}{start} --runs {runs} --changes {changes}");
    // Where nobody says one, each exercise has its own.
    if let Some(seed) = play.scale.seed {
        text.push_str(&format!(" --seed {seed}"));
    }
    if let Some(cost) = play.cost {
        text.push_str(&format!(" --cost {cost}"));
    }
    if let Some(costs) = &play.costs {
        text.push_str(&format!(" --costs {}", quoted(&costs.to_string_lossy())));
    }
    text
}
