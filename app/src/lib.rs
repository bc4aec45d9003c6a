//! What every front end does: finds a package, makes an exercise of it, judges its records, and tries
//! changes.
//!
//! The binary calls it, and whatever else shows Hotwash to people will. It opens the files that it is given
//! the paths of. It never prints, knows no terminal, and asks nobody where it is or what time it is.

mod exercise;
mod fault;
mod file;
mod improve;
mod judged;
mod package;
mod record;
mod weights;

pub use exercise::{at, problems_of};
pub use fault::Fault;
pub use file::{each_line, open, read_text};
pub use improve::{
    Improvements, Limits, Scene, batches, grounds, improve, manifest, places, write,
};
pub use judged::Judged;
pub use package::{
    Beside, Choice, Chosen, EXAMPLE, Example, MANIFEST, Side, choose, quoted, read, side,
};
pub use record::{Notice, Read, check_free, create, is_finished, load, unwritable};
pub use weights::Weights;
