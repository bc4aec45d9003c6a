//! What the product claims, on the content that ships with it.

mod evidence;
mod expected;
mod hidden;
mod leaked;
mod overload;
mod own_harm;
mod quiet;
mod renamed;
mod roots;
mod runs;
mod same;
mod sums;
mod weaknesses;
