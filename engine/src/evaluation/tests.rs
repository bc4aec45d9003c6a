//! What an evaluation says of small records that were worked by hand, and of real ones.

mod categories;
mod edges;
mod kept_up;
mod real;
mod rules;
mod town;
