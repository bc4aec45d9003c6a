//! `hotwash explain`.

use crate::failure::{Failure, Outcome};
use crate::output;
use hotwash_scenarios::diagnostic::{Code, explain};

/// Explain the code of a problem, such as HW0213
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The code, as shown in brackets beside a problem
    code: String,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let code = Code::from_id(&args.code).ok_or_else(|| {
        let (first, last) = (Code::ALL[0], Code::ALL[Code::ALL.len() - 1]);
        Failure::input(format!("no problem has the code `{}`", args.code)).hint(format!(
            "Codes go from {first} to {last}; `hotwash check` shows them in brackets."
        ))
    })?;
    let explained = explain(code);
    let indented = |text: &str| {
        let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
        lines.join("\n")
    };
    output::print(&format!(
        "{code} ({level})  {title}\n\n{why}\n\nWhat to do: {cure}\n\nFor example:\n\n{example}\n\nMended:\n\n{mended}\n",
        level = code.level(),
        title = explained.title,
        why = explained.why,
        cure = explained.cure,
        example = indented(explained.example),
        mended = indented(explained.mended),
    ))?;
    Ok(Outcome::Done)
}
