//! The letters of a text as a keyboard has them.

/// The text with plain blanks, hyphens, quotes and digits, without what nobody sees, and with one blank
/// where there are several.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                plain.push('-');
            }
            '\u{2018}' | '\u{2019}' | '\u{2032}' => plain.push('\''),
            '\u{ff0c}' => plain.push(','),
            '\u{ff0e}' => plain.push('.'),
            '\u{ff1a}' => plain.push(':'),
            '\u{2026}' => plain.push_str(".."),
            '\u{bd}' => plain.push_str(" 1/2 "),
            '\u{bc}' => plain.push_str(" 1/4 "),
            '\u{be}' => plain.push_str(" 3/4 "),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(digit(c).unwrap_or(c)),
        }
    }
    plain
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a character takes no room and says nothing.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

/// The first of the ten digits of some scripts that have their own.
const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7f6];

fn digit(c: char) -> Option<char> {
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&(c as u32)))?;
    char::from_digit(c as u32 - zero, 10)
}

/// Letters at the start or beside a digit as the digits that they look like.
pub(super) fn digits_for_letters(written: &str) -> String {
    let chars: Vec<char> = written.chars().collect();
    let beside = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let around = [before, chars.get(at + 1)];
        let starts = before.is_none_or(|c| matches!(c, ' ' | '-'));
        let mut around = around.into_iter().flatten();
        starts || around.any(|c| c.is_ascii_digit() || *c == '.')
    };
    let digit = |(at, c): (usize, &char)| match c {
        'O' | 'o' if beside(at) => '0',
        'l' | 'I' if beside(at) => '1',
        _ => *c,
    };
    chars.iter().enumerate().map(digit).collect()
}
