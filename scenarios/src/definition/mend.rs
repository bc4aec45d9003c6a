//! Guesses what was meant by a text that nearly follows its form.

/// The first text close to what was written that fits: without blanks around it, in small letters,
/// or with one letter removed, swapped, replaced or added.
pub(crate) fn mend(written: &str, letters: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    if written.len() > LONGEST || !written.is_ascii() {
        return None;
    }
    let trimmed = written.trim();
    let unsigned = trimmed.trim_start_matches('-').to_owned();
    let simple = [
        trimmed.to_owned(),
        trimmed.to_lowercase(),
        digits_for_letters(trimmed),
        unsigned,
    ];
    let mut candidates = simple.into_iter().chain(edits(trimmed, letters));
    candidates.find(|candidate| candidate != written && fits(candidate))
}

/// Letters at the start or beside a digit as the digits that they look like.
pub(crate) fn digits_for_letters(written: &str) -> String {
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

/// Longer texts are not mended: the number of candidates grows with the length.
const LONGEST: usize = 80;

fn edits<'a>(written: &'a str, letters: &'a str) -> impl Iterator<Item = String> + 'a {
    let len = written.len();
    let removed = (0..len).map(|i| [&written[..i], &written[i + 1..]].concat());
    let swapped = (1..len).map(|i| {
        let (before, rest) = written.split_at(i - 1);
        let (first, rest) = rest.split_at(1);
        let (second, rest) = rest.split_at(1);
        [before, second, first, rest].concat()
    });
    // From the end: units and closing words stand there.
    let replaced = (0..len).rev().flat_map(move |i| {
        letters.chars().map(move |c| {
            let mut candidate = written[..i].to_owned();
            candidate.push(c);
            candidate.push_str(&written[i + 1..]);
            candidate
        })
    });
    let added = (0..=len).rev().flat_map(move |i| {
        letters.chars().map(move |c| {
            let mut candidate = written[..i].to_owned();
            candidate.push(c);
            candidate.push_str(&written[i..]);
            candidate
        })
    });
    removed.chain(swapped).chain(replaced).chain(added)
}
