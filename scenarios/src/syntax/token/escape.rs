//! Escapes in texts: those of RON, and those of JSON.

/// The character of an escape and its length in bytes; a line that goes on has no character.
pub(super) fn escape(rest: &str, json: bool) -> Option<(Option<char>, usize)> {
    let mut chars = rest.chars();
    chars.next()?;
    let simple = |c| Some((Some(c), 2));
    match chars.next()? {
        'n' => simple('\n'),
        't' => simple('\t'),
        'r' => simple('\r'),
        '\\' => simple('\\'),
        '"' => simple('"'),
        'b' if json => simple('\u{8}'),
        'f' if json => simple('\u{c}'),
        '/' if json => simple('/'),
        'u' if json => json_escape(rest),
        '\'' if !json => simple('\''),
        '0' if !json => simple('\0'),
        'x' if !json => {
            let code = u8::from_str_radix(rest.get(2..4)?, 16).ok()?;
            Some((Some(char::from(code)), 4))
        }
        'u' if !json => {
            let digits = rest.get(2..)?.strip_prefix('{')?;
            let digits = &digits[..digits.find('}')?];
            let code = u32::from_str_radix(digits, 16).ok()?;
            Some((Some(char::from_u32(code)?), digits.len() + 4))
        }
        '\n' | '\r' if !json => {
            let next = rest[1..].trim_start_matches([' ', '\t', '\n', '\r']);
            Some((None, rest.len() - next.len()))
        }
        _ => None,
    }
}

fn json_escape(rest: &str) -> Option<(Option<char>, usize)> {
    let unit = |at: usize| u32::from_str_radix(rest.get(at + 2..at + 6)?, 16).ok();
    let first = unit(0)?;
    if !(0xD800..0xDC00).contains(&first) {
        return Some((Some(char::from_u32(first)?), 6));
    }
    let second = unit(6).filter(|second| (0xDC00..0xE000).contains(second))?;
    rest.get(6..8).filter(|start| *start == "\\u")?;
    let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    Some((Some(char::from_u32(code)?), 12))
}
