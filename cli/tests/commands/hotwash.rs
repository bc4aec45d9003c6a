//! Running the binary in a folder and an environment of its own.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use std::process::{self, Stdio};
use std::rc::Rc;
use tempfile::TempDir;

/// A folder to run the binary in, with nothing of the machine's own settings.
pub(crate) struct Hotwash {
    folder: Rc<TempDir>,
    within: PathBuf,
    columns: usize,
}

/// What a command answered.
#[must_use = "look at the output or at the exit code"]
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Hotwash {
    pub(crate) fn new() -> Self {
        Self {
            folder: Rc::new(TempDir::new().expect("a folder for the test")),
            within: PathBuf::new(),
            columns: 80,
        }
    }

    /// The same, run in a folder below.
    pub(crate) fn within(&self, folder: &str) -> Self {
        Self {
            folder: Rc::clone(&self.folder),
            within: PathBuf::from(folder),
            columns: self.columns,
        }
    }

    /// The same, on a screen of so many columns.
    pub(crate) fn on_columns(&self, columns: usize) -> Self {
        Self {
            folder: Rc::clone(&self.folder),
            within: self.within.clone(),
            columns,
        }
    }

    /// Runs the binary with these arguments, parted by spaces. What findings propose is not tried unless
    /// `--advice` says so: it takes more than a thousand runs, which are dear in a build that checks itself.
    pub(crate) fn run(&self, arguments: &str) -> Answer {
        let mut all: Vec<&str> = arguments.split_whitespace().collect();
        let tries = ["simulate", "evaluate", "report"];
        let asked = |flag: &str| all.contains(&flag);
        let plays = all.first().is_none_or(|first| tries.contains(first));
        let said = ["--advice", "--no-advice", "--help"];
        if plays && !said.into_iter().any(asked) {
            all.push("--no-advice");
        }
        self.run_with(all)
    }

    /// Runs the binary as if a terminal that shows everything read it: what pipes would hide is seen.
    pub(crate) fn run_on_terminal(&self, arguments: &str) -> Answer {
        self.run_where(&[("CLICOLOR_FORCE", "1")], arguments.split(' '))
    }

    /// Runs the binary on a pseudo-terminal, and returns all that is drawn on it: `script` makes one.
    #[cfg(unix)]
    pub(crate) fn draw_on_terminal(&self, arguments: &str) -> String {
        let quoted = |word: &str| format!("'{}'", word.replace('\'', "'\\''"));
        let binary = assert_cmd::cargo::cargo_bin("hotwash");
        let binary = quoted(&binary.to_string_lossy());
        let words: Vec<String> = arguments.split(' ').map(quoted).collect();
        let command = format!("{binary} {}", words.join(" "));
        let drawn = process::Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("TERM", "xterm-256color")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .expect("`script` of util-linux is there");
        String::from_utf8(drawn.stdout).expect("what is drawn is text")
    }

    /// Runs the binary with these arguments.
    pub(crate) fn run_with<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Answer {
        self.run_where(&[], arguments)
    }

    /// Runs the binary with these arguments, where these variables are set.
    pub(crate) fn run_where<'a>(
        &self,
        set: &[(&str, &str)],
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Answer {
        let output = Command::cargo_bin("hotwash")
            .expect("the binary was built for this test")
            .current_dir(self.folder.path().join(&self.within))
            .env_clear()
            .env("COLUMNS", self.columns.to_string())
            .envs(set.iter().copied())
            .args(arguments)
            .output()
            .expect("the binary runs");
        let text = |bytes| String::from_utf8(bytes).expect("output is text");
        Answer {
            code: output.status.code().expect("the binary ends by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Starts the binary and does not wait for it.
    #[cfg(unix)]
    pub(crate) fn start(&self, arguments: &str) -> process::Child {
        process::Command::new(assert_cmd::cargo::cargo_bin("hotwash"))
            .current_dir(self.folder.path())
            .env_clear()
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs")
    }

    /// Runs the binary with nobody to read what it says; its exit code and complaints.
    pub(crate) fn run_into_closed_pipe(&self, arguments: &str) -> (i32, String) {
        let mut child = process::Command::new(assert_cmd::cargo::cargo_bin("hotwash"))
            .current_dir(self.folder.path())
            .env_clear()
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the binary ends");
        let stderr = String::from_utf8(output.stderr).expect("complaints are text");
        (
            output.status.code().expect("the binary ends by itself"),
            stderr,
        )
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("the folder takes files");
    }

    /// Reads a file in the folder.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }
}

impl Answer {
    /// Its output, if it ended with this code.
    pub(crate) fn text(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self.stdout
    }

    /// Its output as JSON, if it ended with this code.
    pub(crate) fn json(self, code: i32) -> serde_json::Value {
        serde_json::from_str(&self.text(code)).expect("the output is JSON alone")
    }

    /// What it complained about, if it ended with this code and printed nothing else.
    pub(crate) fn complaint(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "");
        self.stderr
    }
}

/// Sends Ctrl-C to a binary that was started, and waits until it says so and ends.
#[cfg(unix)]
pub(crate) fn interrupted(child: process::Child) -> process::Output {
    let killed = process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(output.status.code(), Some(130));
    output
}
