//! The files of the workspace, read once, and what a breach of a rule looks like.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A text file of the workspace.
pub(crate) struct Text {
    /// Its path from the workspace's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A Rust file of the workspace.
pub(crate) struct Source {
    /// Its path from the workspace's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) syntax: syn::File,
}

impl Source {
    /// A source as if it stood at `path`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let syntax =
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path} does not parse: {error}"));
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            syntax,
        }
    }

    /// A breach in this source.
    pub(crate) fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }

    /// Whether it exists in tests only: by convention a module `tests` or `fixture`, or a folder of
    /// integration tests.
    pub(crate) fn is_test(&self) -> bool {
        let parts = || self.path.trim_end_matches(".rs").split('/');
        parts().any(|part| part == "tests" || part == "fixture")
    }

    /// Whether it lies in this folder, or is the module file of the folder.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path == format!("{folder}.rs") || self.path.starts_with(&format!("{folder}/"))
    }
}

/// A place where a rule is broken.
pub(crate) struct Breach {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
}

/// Every text file that people wrote.
pub(crate) fn texts() -> &'static [Text] {
    static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
        let mut paths = Vec::new();
        collect(root(), &mut paths);
        paths.sort();
        paths.iter().filter_map(|path| read(path)).collect()
    });
    &TEXTS
}

/// Every Rust file of the workspace. Syntax trees are not shared between threads, so each test
/// parses its own.
pub(crate) fn sources() -> Vec<Source> {
    let rust = |text: &&Text| Path::new(&text.path).extension() == Some("rs".as_ref());
    let all: Vec<Source> = texts()
        .iter()
        .filter(rust)
        .map(|text| Source::new(&text.path, &text.text))
        .collect();
    assert!(all.len() > 20, "the sources are not where they should be");
    all
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the workspace can be read");
    for entry in entries {
        let path = entry.expect("the workspace can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "target" || name == ".git" || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// The file, unless it is not text or was made by a tool.
fn read(path: &Path) -> Option<Text> {
    if path.file_name() == Some("Cargo.lock".as_ref()) {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let path = path
        .strip_prefix(root())
        .expect("the walk starts at the root");
    Some(Text {
        path: path.to_string_lossy().replace('\\', "/"),
        text,
    })
}
