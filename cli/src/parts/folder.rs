//! The folder in which the parts of one campaign, comparison or search keep their rows: a file for each part,
//! whose name says which.

use super::Part;
use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// How many missing parts are named at most.
const NAMED: usize = 10;

/// The file of a part: in a folder that is there it is named by the part.
pub(crate) fn file(rows: &Path, part: Part) -> PathBuf {
    if rows.is_dir() {
        rows.join(name(part))
    } else {
        rows.to_owned()
    }
}

/// The file of a part of a round.
pub(crate) fn file_of_round(folder: &Path, round: usize, part: Part) -> PathBuf {
    folder.join(format!("round-{round}-{}", name(part)))
}

fn name(part: Part) -> String {
    format!("part-{}-of-{}.csv", part.which, part.of)
}

fn part_of(name: &str) -> Option<Part> {
    let (which, of) = name
        .strip_prefix("part-")?
        .strip_suffix(".csv")?
        .split_once("-of-")?;
    let (which, of) = (which.parse().ok()?, of.parse().ok()?);
    let part = Part { which, of };
    // What is written otherwise, such as with zeros before it, is no file of ours.
    ((1..=of).contains(&which) && self::name(part) == name).then_some(part)
}

/// The files of all parts in a folder, in order.
///
/// # Errors
///
/// If one is missing, if there are parts of two numbers of parts, or none at all.
pub(crate) fn parts(folder: &Path) -> Result<Vec<(Part, PathBuf)>, Failure> {
    let of = of(folder, "")?;
    let all: Vec<(Part, PathBuf)> = Part::all(of)
        .map(|part| (part, folder.join(name(part))))
        .collect();
    check_all(
        folder,
        all.iter().map(|(part, path)| (*part, path.as_path())),
    )?;
    Ok(all)
}

/// Of how many parts the first round in a folder is.
///
/// # Errors
///
/// If there is none, or there are several numbers.
pub(crate) fn of_rounds(folder: &Path) -> Result<u64, Failure> {
    of(folder, "round-1-")
}

/// Of how many parts the files are whose names begin so.
fn of(folder: &Path, begin: &str) -> Result<u64, Failure> {
    let shown = folder.display();
    let unreadable = |error: std::io::Error| {
        Failure::input(format!("the folder `{shown}` cannot be read: {error}"))
            .hint("Name the folder that parts were given with `--rows`.")
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let part = name.to_str().and_then(|name| name.strip_prefix(begin));
        found.extend(part.and_then(part_of).map(|part| part.of));
    }
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [of] => Ok(of),
        [] => Err(
            Failure::input(format!("`{shown}` holds no parts")).hint(format!(
                "A part is written into a folder that is there by `--part 1/8 --rows {shown}`."
            )),
        ),
        [one, other, ..] => Err(Failure::input(format!(
            "`{shown}` holds parts of {one} and parts of {other}"
        ))
        .hint("Remove those that are not of what is put together.")),
    }
}

/// Fails where the file of a part is missing.
pub(crate) fn check_all<'a>(
    folder: &Path,
    files: impl Iterator<Item = (Part, &'a Path)>,
) -> Result<(), Failure> {
    let missing: Vec<Part> = files
        .filter(|(_, path)| !path.is_file())
        .map(|(part, _)| part)
        .collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    let shown = folder.display();
    let mut named: Vec<String> = missing.iter().map(|part| part.which.to_string()).collect();
    if named.len() > NAMED {
        let more = named.len() - NAMED;
        named.truncate(NAMED);
        named.push(format!("{more} more"));
    }
    let parts = if missing.len() == 1 { "part" } else { "parts" };
    let why = format!(
        "`{shown}` lacks {parts} {} of {}",
        named.join(", "),
        first.of
    );
    Err(Failure::input(why).hint(format!(
        "Play what is missing: submit the job again, or `--part {}/{} --rows {shown}`. Parts that are there \
         are not played again.",
        first.which, first.of
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_that_of_a_part_by_its_name_alone() {
        let part = Part { which: 3, of: 8 };
        assert_eq!(part_of(&name(part)), Some(part));
        for other in [
            "part-0-of-8.csv",
            "part-9-of-8.csv",
            "part-03-of-8.csv",
            "part-3-of-8.csv.1a.partial",
            "round-1-part-3-of-8.csv",
            "result.txt",
        ] {
            assert_eq!(part_of(other), None, "{other}");
        }
    }
}
