//! What of a text may reach a screen, a picture or a document. Every renderer passes what an author, a file or a
//! record says through [`clean`]; nothing else may be shown.

/// A text on one line, without characters that would move a cursor, start an escape sequence, turn the direction of
/// what follows, or make XML that no parser reads.
pub fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{a0}' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => shown.push(c),
        }
    }
    shown
}

/// The same line by line: line breaks stay.
pub fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_controls_a_terminal_or_breaks_a_document() {
        for code in 0..=0x1_0000_u32 {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let shown = clean(&format!("a{c}b"));
            let fine =
                |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{202e}' | '\u{ffff}');
            assert!(shown.chars().all(fine), "U+{code:04X}");
            assert!(shown.starts_with('a') && shown.ends_with('b'));
        }
        assert_eq!(clean_lines("a\u{1b}[31m\nb\rc"), "a[31m\nb c");
    }
}
