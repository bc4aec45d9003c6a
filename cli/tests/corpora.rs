//! Tests against material that this project did not write, in `../shared/corpora`.

use std::fs;
use std::path::{Path, PathBuf};

fn corpora() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("../../shared/corpora")
}

#[test]
fn the_corpora_are_there() {
    let count = fs::read_dir(corpora())
        .expect("`./test corpora` looked")
        .count();
    assert!(count > 3, "only {count} folders");
}
