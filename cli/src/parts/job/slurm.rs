//! A script that submits parts to Slurm as arrays, and behind them what puts them together.

use super::{Job, Work};
use std::fmt::Write as _;

/// The script. Each round is an array behind the one before it.
pub(super) fn text(job: &Job, work: &Work) -> String {
    let (folder, name) = (&job.folder, &job.name);
    let (parts, last) = (job.parts, job.parts() - 1);
    let result = job.result(work);
    let mut text = format!(
        "#!/bin/bash\n\
         # {title}, in {parts} parts, for Slurm.\n\
         # Run it with bash on a node that submits, in the folder from which the definitions are named; all nodes\n\
         # have to see that folder. A part that is there is not played again: after a failure, run it again.\n\
         # HOTWASH names the binary where it is not on the path.\n\
         set -euo pipefail\n\
         export HOTWASH=${{HOTWASH:-hotwash}}\n\
         mkdir -p {folder}\n\
         # A job behind one that failed is cancelled, and does not wait for ever.\n\
         submit() {{ sbatch --parsable --job-name={name} --kill-on-invalid-dep=yes \"$@\"; }}\n",
        title = work.title,
    );
    let mut after = String::new();
    for (i, round) in work.rounds.iter().enumerate() {
        let log = match work.rounds.len() {
            1 => "task-%a.log".to_owned(),
            _ => format!("round-{}-task-%a.log", i + 1),
        };
        let _ = write!(
            text,
            "\n\
             job=$(submit --array=0-{last} --cpus-per-task={threads}{after} --output={folder}/{log} <<'PART'\n\
             #!/bin/bash\n\
             exec \"$HOTWASH\" {part}\n\
             PART\n\
             )\n\
             job=${{job%%;*}}\n\
             echo \"parts: job $job\"\n",
            threads = work.threads,
            part = job.part(round, work.threads),
        );
        " --dependency=afterok:\"$job\"".clone_into(&mut after);
    }
    let _ = write!(
        text,
        "\n\
         job=$(submit{after} --output={result} --error={folder}/result.log <<'MERGE'\n\
         #!/bin/bash\n\
         exec \"$HOTWASH\" {merge} {folder}\n\
         MERGE\n\
         )\n\
         echo \"result: job ${{job%%;*}}, in {result}\"\n",
        merge = work.merge,
    );
    text
}
