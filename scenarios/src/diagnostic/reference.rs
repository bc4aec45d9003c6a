//! The reference page of all codes.

use super::{Code, explain};

/// All codes with their explanations, as a Markdown page.
pub fn reference() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         What `hotwash check` and every command that loads definitions may say about them. \
         Errors block; warnings and notes do not. `hotwash explain CODE` shows the same text.\n\n\
         This page is made from the list of codes; a test keeps it equal.\n",
    );
    let sections = Code::ALL.iter().map(|code| section(*code));
    page.extend(sections);
    page
}

fn section(code: Code) -> String {
    let explained = explain(code);
    format!(
        "\n## {code}: {title}\n\nLevel: {level}.\n\n{why}\n\n**What to do.** {cure}\n\n```text\n{example}\n```\n\n\
         Mended:\n\n```text\n{mended}\n```\n",
        title = explained.title.trim_end_matches('.'),
        level = code.level(),
        why = explained.why,
        cure = explained.cure,
        example = explained.example,
        mended = explained.mended,
    )
}
