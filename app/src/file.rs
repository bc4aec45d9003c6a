//! Opening files that people name, with words for what can go wrong.

use crate::fault::Fault;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

/// Opens a file for reading.
///
/// # Errors
///
/// If there is no such file, if it is a folder, or if it cannot be read.
pub fn open(path: &Path) -> Result<File, Fault> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            return Err(Fault::new(format!("`{shown}` is a folder, not a file")));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Fault::new(format!("there is no file `{shown}`")));
        }
        Err(error) => return Err(unreadable(path, &error)),
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// Reads a text file of at most so many bytes.
///
/// # Errors
///
/// If it cannot be opened, is longer, or is not UTF-8.
pub fn read_text(path: &Path, limit: usize) -> Result<String, Fault> {
    let shown = path.display();
    let mut bytes = Vec::new();
    open(path)?
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, &error))?;
    if bytes.len() > limit {
        let size = limit / (1024 * 1024);
        return Err(Fault::new(format!(
            "`{shown}` is larger than {size} MiB, which no definition is"
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Fault::new(format!("`{shown}` is not text: byte {at} is not UTF-8")).hint(
            "Save it as UTF-8; a file from a spreadsheet or a word processor has to be exported.",
        )
    })
}

/// Hands on each line of a text file with its number, from 1, and its line feed, where it has one. No line may be
/// longer than so many bytes, and no more than one of them is held.
///
/// # Errors
///
/// If the file cannot be opened or read, is not UTF-8, has a longer line, or a line is refused.
pub fn each_line<E: From<Fault>>(
    path: &Path,
    longest: usize,
    mut take: impl FnMut(usize, &str) -> Result<(), E>,
) -> Result<(), E> {
    let mut file = BufReader::new(open(path)?);
    let shown = path.display();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = (&mut file)
            .take(longest as u64 + 1)
            .read_until(b'\n', &mut bytes);
        if read.map_err(|error| unreadable(path, &error))? == 0 {
            break;
        }
        if bytes.len() > longest {
            let long = format!("line {number} of `{shown}` is longer than {longest} bytes");
            return Err(Fault::new(long).into());
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            Fault::new(format!("`{shown}` is not text: line {number} is not UTF-8"))
        })?;
        take(number, text)?;
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("`{}` cannot be read: {error}", path.display()))
}
