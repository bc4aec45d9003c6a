//! Problems of definitions, shown to people.

use crate::output::Terminal;
use hotwash_scenarios::Source;
use hotwash_scenarios::diagnostic::{Diagnostic, Look, render};

/// The problems with their lines, as wide as the terminal. Colours are taken out again where nobody
/// wants them.
pub(crate) fn text(problems: &[Diagnostic], sources: &[Source]) -> String {
    let look = Look {
        colour: true,
        width: Terminal::of_environment().width,
    };
    render(problems, sources, look)
}
