//! Parts on a real Slurm of one machine, in a folder of its own, which leaves no process behind.

mod daemons;

use crate::{SMALL, hotwash, printed};
use daemons::Slurm;
use std::fs;
use std::path::Path;

/// The task of the array that is killed the first time, and the part that it plays.
const KILLED: (u64, u64) = (2, 3);

/// The binary behind a script that has it killed in the middle of its rows, once, in one task: by the limit of
/// a file's size, which needs no luck with time.
fn killed_once(folder: &Path) -> String {
    let (task, _) = KILLED;
    let binary = assert_cmd::cargo::cargo_bin("hotwash");
    let script = format!(
        "#!/bin/bash\n\
         if [ \"${{SLURM_ARRAY_TASK_ID-}}\" = {task} ] && mkdir killed 2>/dev/null; then\n  \
           ulimit -c 0\n  \
           ulimit -f 8\n\
         fi\n\
         exec {} \"$@\"\n",
        binary.display()
    );
    let path = folder.join("hotwash-killed-once");
    fs::write(&path, script).expect("the folder takes files");
    printed(std::process::Command::new("chmod").arg("+x").arg(&path));
    path.display().to_string()
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let name = entry.expect("it can be listed").file_name();
        name.to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

#[test]
fn parts_of_a_real_slurm_come_out_as_on_one_machine() {
    let slurm = Slurm::start();
    a_campaign_of_which_one_part_is_killed(&slurm);
    a_comparison(&slurm);
    a_search(&slurm);
}

fn a_campaign_of_which_one_part_is_killed(slurm: &Slurm) {
    let folder = slurm.folder();
    let asked = format!("{SMALL} --runs 600 --seed 5 --start any-hour");
    let once = printed(&mut hotwash(folder, &format!("campaign {asked}")));
    let emit = format!("campaign emit slurm {asked} --parts 8");
    fs::write(folder.join("job.sh"), printed(&mut hotwash(folder, &emit))).expect("it is written");
    let binary = killed_once(folder);
    let submitted = slurm.play("job.sh", &binary);
    let (_, part) = KILLED;
    let parts = |names: &[String]| -> Vec<String> {
        let csv = names
            .iter()
            .filter(|name| Path::new(name).extension() == Some("csv".as_ref()));
        csv.cloned().collect()
    };
    let all: Vec<String> = (1..=8)
        .map(|part| format!("part-{part}-of-8.csv"))
        .collect();
    let there = names(&folder.join("parts"));
    let lost = format!("part-{part}-of-8.csv");
    let others: Vec<String> = all.iter().filter(|name| **name != lost).cloned().collect();
    assert_eq!(parts(&there), others, "{submitted}");
    assert!(
        there
            .iter()
            .any(|name| name.starts_with(&lost) && name.ends_with(".partial")),
        "it was killed in the middle of its rows: {there:?}"
    );
    assert!(
        !there.contains(&"result.txt".to_owned()),
        "the merge ran: {there:?}"
    );
    assert_eq!(slurm.state(&submitted), "CANCELLED");
    let merge = format!("campaign merge parts --scenario {SMALL} --start any-hour");
    let refused = hotwash(folder, &merge).output().expect("the binary runs");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3));
    assert!(said.contains("`parts` lacks part 3 of 8"), "{said}");
    // Submitted again, it plays what is missing and nothing else.
    let submitted = slurm.play("job.sh", &binary);
    assert_eq!(slurm.state(&submitted), "COMPLETED");
    let there = names(&folder.join("parts"));
    assert_eq!(parts(&there), all);
    for task in 0..8 {
        let log = format!("parts/task-{task}.log");
        let log = fs::read_to_string(folder.join(log)).expect("each task has a log");
        let again = log.contains("is there and whole");
        assert_eq!(again, task != KILLED.0, "task {task}: {log}");
    }
    let result = fs::read_to_string(folder.join("parts/result.txt")).expect("there is a result");
    assert_eq!(result, once);
}

fn a_comparison(slurm: &Slurm) {
    let folder = slurm.folder();
    let text = hotwash_scenarios::find(hotwash_scenarios::Kind::Exercise, SMALL);
    let slower = text
        .expect("it ships")
        .text
        .replacen("10m to 60m", "20m to 120m", 1);
    fs::write(folder.join("slower.ron"), slower).expect("the folder takes files");
    let asked = format!("{SMALL} slower.ron --runs 120 --format json");
    let once = printed(&mut hotwash(folder, &format!("compare {asked}")));
    let emit = format!("compare emit slurm {asked} --parts 3 --folder compared");
    check(slurm, &emit, ("compared/result.json", &once));
}

fn a_search(slurm: &Slurm) {
    let folder = slurm.folder();
    let asked = format!("{SMALL} --runs 24 --seed 5 --changes 2");
    let once = printed(&mut hotwash(folder, &format!("improve {asked}")));
    assert!(once.contains("deputy") || once.contains("helps"), "{once}");
    let emit = format!("improve emit slurm {asked} --parts 2 --folder improved");
    check(slurm, &emit, ("improved/result.txt", &once));
}

/// Fails unless what is emitted comes to the same result.
fn check(slurm: &Slurm, emit: &str, (result, once): (&str, &str)) {
    let folder = slurm.folder();
    fs::write(folder.join("next.sh"), printed(&mut hotwash(folder, emit))).expect("it is written");
    let binary = assert_cmd::cargo::cargo_bin("hotwash")
        .display()
        .to_string();
    let submitted = slurm.play("next.sh", &binary);
    assert_eq!(slurm.state(&submitted), "COMPLETED", "{submitted}");
    let result = fs::read_to_string(folder.join(result)).expect("there is a result");
    assert_eq!(result, once);
}
