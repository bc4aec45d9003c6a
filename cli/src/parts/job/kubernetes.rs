//! An Indexed Job for Kubernetes: an index for each part, and the last one for what puts them together.
//!
//! One Job needs no rights and no controller of its own. Its last index waits for the files of the others; an
//! index that failed for good fails the Job, which ends whatever waits.

use super::{Job, Work};
use std::fmt::Write as _;

/// How often an index is tried again that was killed, such as with its machine.
const TRIES: u32 = 3;

/// The manifest.
pub(super) fn text(job: &Job, work: &Work) -> String {
    let (parts, completions) = (job.parts, job.parts() + 1);
    let mut script = String::new();
    for line in script_of(job, work).lines() {
        let _ = writeln!(script, "              {line}");
    }
    format!(
        "# {title}, in {parts} parts, for Kubernetes (1.33 or later): `kubectl apply -f` this file.\n\
         # The definitions lie on the volume of the claim, which all nodes have to be able to write at once. A part\n\
         # that is there is not played again: after a failure, delete the Job and apply it again.\n\
         apiVersion: batch/v1\n\
         kind: Job\n\
         metadata:\n  \
           name: {name:?}\n\
         spec:\n  \
           completionMode: Indexed\n  \
           completions: {completions}\n  \
           parallelism: {completions}\n  \
           # An index is tried again where it was killed; one that failed for good fails the Job.\n  \
           backoffLimitPerIndex: {TRIES}\n  \
           maxFailedIndexes: 0\n  \
           podFailurePolicy:\n    \
             rules:\n      \
               # What cannot be used, or misses a level, is the same the next time.\n      \
               - action: FailIndex\n        \
                 onExitCodes:\n          \
                   containerName: hotwash\n          \
                   operator: In\n          \
                   values: [1, 2, 3]\n  \
           template:\n    \
             spec:\n      \
               restartPolicy: Never\n      \
               containers:\n        \
                 - name: hotwash\n          \
                   image: {image:?}\n          \
                   workingDir: /exercise\n          \
                   command: [\"/bin/sh\", \"-c\"]\n          \
                   args:\n            \
                     - |\n{script}          \
                   resources:\n            \
                     requests:\n              \
                       cpu: \"{threads}\"\n          \
                   volumeMounts:\n            \
                     - name: exercise\n              \
                       mountPath: /exercise\n      \
               volumes:\n        \
                 - name: exercise\n          \
                   persistentVolumeClaim:\n            \
                     claimName: {claim:?}\n",
        title = work.title,
        name = job.name,
        image = job.image,
        claim = job.claim,
        threads = work.threads,
    )
}

/// What each index does.
fn script_of(job: &Job, work: &Work) -> String {
    let (folder, parts) = (&job.folder, job.parts);
    let mut text = format!(
        "set -eu\n\
         mkdir -p {folder}\n\
         # Waits until a file is there for each part.\n\
         await() {{\n  \
           for part in $(seq {parts}); do\n    \
             until [ -e {folder}/\"$1\"part-\"$part\"-of-{parts}.csv ]; do sleep 5; done\n  \
           done\n\
         }}\n\
         if [ \"$JOB_COMPLETION_INDEX\" -lt {parts} ]; then\n"
    );
    let several = work.rounds.len() > 1;
    for (i, round) in work.rounds.iter().enumerate() {
        if i > 0 {
            let _ = writeln!(text, "  await round-{i}-");
        }
        let _ = writeln!(text, "  hotwash {}", job.part(round, work.threads));
    }
    let last = if several {
        format!("round-{}-", work.rounds.len())
    } else {
        "''".to_owned()
    };
    let result = job.result(work);
    let _ = write!(
        text,
        "  exit\n\
         fi\n\
         await {last}\n\
         code=0\n\
         hotwash {merge} {folder} > {result}.partial || code=$?\n\
         # With code 1 a level was missed, and is shown.\n\
         if [ $code -le 1 ]; then\n  \
           mv {result}.partial {result}\n  \
           cat {result}\n\
         fi\n\
         exit $code\n",
        merge = work.merge,
    );
    text
}
