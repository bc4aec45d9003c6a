//! The binary `hotwash`.
fn main() {}
