//! Records on disk: what is written is read back, and what was changed is found.

mod changes;
mod cuts;
mod drill;
mod fixture;
mod format1;
mod formats;
