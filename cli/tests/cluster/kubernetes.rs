//! The Job for Kubernetes, by a validator that knows the schemas of its API.

use crate::{SMALL, hotwash, printed};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The oldest version on which the Job is said to run.
const VERSION: &str = "1.33";

/// The validator, in the folder into which `./test` installs it.
fn validator() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("the folder lies in that of the build");
    let program = target.join("validators/bin/kubernetes-validate");
    assert!(
        program.is_file(),
        "kubernetes-validate is not installed, and this test needs it. `./test` installs it; by hand: python3 -m \
         venv target/validators && target/validators/bin/pip install kubernetes-validate==1.37.0"
    );
    program
}

fn validated(manifest: &Path) -> Output {
    let mut command = Command::new(validator());
    command.args(["--strict", "-k", VERSION]).arg(manifest);
    command.output().expect("the validator runs")
}

#[test]
fn each_job_is_valid_and_a_misspelt_field_is_refused() {
    let folder = TempDir::new().expect("a folder for the test");
    let manifest = folder.path().join("job.yaml");
    for asked in [
        format!("campaign emit kubernetes {SMALL} --runs 1000 --parts 8 --start any-hour"),
        format!("compare emit kubernetes {SMALL} {SMALL} --parts 3 --format json"),
        format!("improve emit kubernetes {SMALL} --parts 2 --changes 1 --threads 4"),
    ] {
        let text = printed(&mut hotwash(folder.path(), &asked));
        fs::write(&manifest, &text).expect("the folder takes files");
        let valid = validated(&manifest);
        let said = String::from_utf8_lossy(&valid.stdout);
        assert!(valid.status.success(), "{asked}: {said}\n{text}");
        for (right, wrong) in [
            ("backoffLimitPerIndex", "backoffLimitPerIndx"),
            ("completionMode: Indexed", "completionMode: [Indexed]"),
            ("claimName", "claim"),
        ] {
            assert!(text.contains(right), "{text}");
            fs::write(&manifest, text.replacen(right, wrong, 1)).expect("the folder takes files");
            assert!(!validated(&manifest).status.success(), "{wrong} is taken");
        }
    }
}

/// What the containers run, which the validator does not read: the shell finds no fault in it.
#[test]
fn the_script_of_a_job_is_one_that_a_shell_reads() {
    let folder = TempDir::new().expect("a folder for the test");
    let asked = format!("improve emit kubernetes {SMALL} --parts 2 --folder a/b");
    let text = printed(&mut hotwash(folder.path(), &asked));
    let script: Vec<&str> = text
        .lines()
        .skip_while(|line| line.trim() != "- |")
        .skip(1)
        .take_while(|line| line.starts_with("              "))
        .map(str::trim_start)
        .collect();
    assert!(script.len() > 10, "{text}");
    let path = folder.path().join("script.sh");
    fs::write(&path, script.join("\n")).expect("the folder takes files");
    printed(Command::new("/bin/sh").arg("-n").arg(&path));
}
