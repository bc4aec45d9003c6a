//! Parts of what is played on more than one machine: which runs are a part's, where its rows are kept, and the
//! jobs by which a cluster plays parts.
//!
//! `campaign`, `compare` and `improve` use it. It plays nothing and reads no rows: those are theirs.

pub(crate) mod folder;
pub(crate) mod job;
pub(crate) mod table;

use crate::failure::Failure;
use std::env;
use std::ops::Range;
use std::str::FromStr;

/// Which part is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// This one.
    Given(Part),
    /// That of this task of an array, of so many parts.
    OfArray(u64),
}

impl FromStr for Asked {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "a part is written `2/5`: the second of five; in an array `auto/5`: that of the task"
                .to_owned()
        };
        let (which, of) = text.split_once('/').ok_or_else(wrong)?;
        let of: u64 = of.parse().map_err(|_| wrong())?;
        if which == "auto" && of > 0 {
            return Ok(Self::OfArray(of));
        }
        let which: u64 = which.parse().map_err(|_| wrong())?;
        let part = (1..=of).contains(&which).then_some(Part { which, of });
        part.map(Self::Given).ok_or_else(wrong)
    }
}

/// The variables in which engines say which task of an array this is, counted from 0.
const TASKS: [&str; 2] = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];
/// The variable in which Slurm says which task of the array is its last.
const LAST_TASK: &str = "SLURM_ARRAY_TASK_MAX";

impl Asked {
    /// The part, which a task of an array finds in the environment.
    ///
    /// # Errors
    ///
    /// If this is no task of an array, or the array has other tasks than there are parts.
    pub(crate) fn part(self) -> Result<Part, Failure> {
        self.part_in(|name| env::var(name).ok())
    }

    fn part_in(self, variable: impl Fn(&str) -> Option<String>) -> Result<Part, Failure> {
        let of = match self {
            Self::Given(part) => return Ok(part),
            Self::OfArray(of) => of,
        };
        let set = TASKS.map(|name| variable(name).map(|text| (name, text)));
        let (name, text) = match set {
            [Some(task), None] | [None, Some(task)] => task,
            [None, None] => {
                let [slurm, kubernetes] = TASKS;
                let why = format!(
                    "`--part auto/{of}` is asked for outside of an array: neither {slurm} nor {kubernetes} is set"
                );
                let cure = format!(
                    "Start it from what `hotwash campaign emit` prints, or say which part, such as `--part 1/{of}`."
                );
                return Err(Failure::input(why).hint(cure));
            }
            [Some(_), Some(_)] => {
                let [slurm, kubernetes] = TASKS;
                let why = format!("both {slurm} and {kubernetes} are set, so that no part is sure");
                let cure = format!("Unset one, or say which part, such as `--part 1/{of}`.");
                return Err(Failure::input(why).hint(cure));
            }
        };
        let number = |name: &str, text: &str| {
            text.parse::<u64>().map_err(|_| {
                Failure::input(format!("{name} is `{text}`, and no number of a task"))
                    .hint("An array has tasks with whole numbers from 0 on.")
            })
        };
        let task = number(name, &text)?;
        let last = match variable(LAST_TASK) {
            Some(text) if name == TASKS[0] => number(LAST_TASK, &text)?.max(task),
            _ => task,
        };
        if last >= of {
            let why = format!(
                "the array has a task {last}, and of {of} parts the last is played by task {}",
                of - 1
            );
            let cure = format!(
                "Give the array tasks 0 to {}, or say `--part auto/{}`; all parts have to be of as many.",
                of - 1,
                last.saturating_add(1)
            );
            return Err(Failure::input(why).hint(cure));
        }
        Ok(Part {
            which: task + 1,
            of,
        })
    }
}

/// One of several equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// From 1.
    which: u64,
    of: u64,
}

impl Part {
    /// All parts of so many.
    pub(crate) fn all(of: u64) -> impl Iterator<Item = Self> {
        (1..=of).map(move |which| Self { which, of })
    }

    /// The runs of this part: no run is in two of them, none in none.
    pub(crate) fn range(self, runs: &Range<u64>) -> Range<u64> {
        let all = u128::from(runs.end.saturating_sub(runs.start));
        let edge = |part: u64| runs.start + (all * u128::from(part) / u128::from(self.of)) as u64;
        edge(self.which - 1)..edge(self.which)
    }

    /// Of how many parts it is one.
    pub(crate) const fn of(self) -> u64 {
        self.of
    }

    /// How it is called: `part 3 of 8`.
    pub(crate) fn said(self) -> String {
        format!("part {} of {}", self.which, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_all_runs_once() {
        for runs in [0..0, 0..1, 3..10, 0..1_000] {
            for of in 1..=9_u64 {
                let covered: Vec<u64> = Part::all(of).flat_map(|part| part.range(&runs)).collect();
                assert_eq!(covered, runs.clone().collect::<Vec<_>>());
            }
        }
        for wrong in ["0/5", "6/5", "auto", "auto/0", "5", "auto/x"] {
            assert!(wrong.parse::<Asked>().is_err(), "{wrong}");
        }
        let given = Asked::Given(Part { which: 2, of: 5 });
        assert_eq!("2/5".parse(), Ok(given));
        assert_eq!("auto/5".parse(), Ok(Asked::OfArray(5)));
    }

    fn found(set: &[(&str, &str)]) -> Result<Part, Failure> {
        Asked::OfArray(8).part_in(|name| {
            let found = set.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_task_of_an_array_plays_the_part_behind_its_number() {
        let [slurm, kubernetes] = TASKS;
        for name in TASKS {
            for task in 0..8 {
                let part = found(&[(name, &task.to_string())]).expect("there is such a part");
                assert_eq!((part.which, part.of), (task + 1, 8));
            }
        }
        // One task is submitted again.
        let again = [(slurm, "2"), (LAST_TASK, "2")];
        assert_eq!(found(&again).expect("it is a part").which, 3);
        let whole = [(slurm, "2"), (LAST_TASK, "7")];
        assert_eq!(found(&whole).expect("it is a part").which, 3);
        for wrong in [
            &[][..],
            &[(slurm, "1"), (kubernetes, "1")],
            &[(slurm, "8")],
            &[(slurm, "1"), (LAST_TASK, "8")],
            &[(kubernetes, "8")],
            &[(kubernetes, "-1")],
            &[(slurm, "")],
        ] {
            assert!(found(wrong).is_err(), "{wrong:?}");
        }
    }
}
