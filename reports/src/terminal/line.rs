//! Lines of text: how wide they are, where they break, how they are coloured.

use crate::document::{Piece, Text, Tone};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Units that stay on the line of their number.
const UNITS: [&str; 9] = [
    "ms", "s", "min", "h", "d", "%", "days", "entries", "business",
];

/// Whether a line never breaks between two words.
fn sticks(before: &str, after: &str) -> bool {
    let number = before.ends_with(|c: char| c.is_ascii_digit());
    let unit = after.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%');
    let reference = |word: &str| word.starts_with('#');
    (number && UNITS.contains(&unit)) || (reference(before) && reference(after))
}

/// A word in its tones.
type Word = Vec<(char, Tone)>;

fn spelled(word: &[(char, Tone)]) -> String {
    word.iter().map(|(c, _)| *c).collect()
}

/// Breaks a text into lines of at most so many columns. Words that are longer are cut, never within
/// a character and its marks.
pub(super) fn wrap(text: &Text, width: usize) -> Vec<Text> {
    let mut lines: Vec<Word> = vec![Vec::new()];
    for word in words(text) {
        for (first, word) in cut(&word, width).into_iter().enumerate() {
            let line = lines.last_mut().expect("there is always a line");
            let room = columns(&spelled(line)) + 1 + columns(&spelled(&word)) <= width;
            if line.is_empty() {
                line.extend(word);
            } else if first == 0 && room {
                line.push((' ', word.first().map_or(Tone::Plain, |(_, tone)| *tone)));
                line.extend(word);
            } else {
                lines.push(word);
            }
        }
    }
    lines.into_iter().map(|line| joined(&line)).collect()
}

/// The words of a text, those that stick together as one.
fn words(text: &Text) -> Vec<Word> {
    let all: Word = text
        .pieces
        .iter()
        .flat_map(|piece| piece.text.chars().map(|c| (c, piece.tone)))
        .collect();
    let mut words: Vec<Word> = Vec::new();
    for word in all
        .split(|(c, _)| *c == ' ')
        .filter(|word| !word.is_empty())
    {
        match words.last_mut() {
            Some(before) if sticks(last_word(&spelled(before)), &spelled(word)) => {
                before.push((' ', word[0].1));
                before.extend_from_slice(word);
            }
            _ => words.push(word.to_vec()),
        }
    }
    words
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

/// Cuts a word into pieces of at most so many columns.
fn cut(word: &[(char, Tone)], width: usize) -> Vec<Word> {
    let mut pieces: Vec<Word> = vec![Vec::new()];
    for (c, tone) in word {
        let piece = pieces.last_mut().expect("there is always a piece");
        let mut longer = spelled(piece);
        longer.push(*c);
        let mark = c.width().unwrap_or(0) == 0;
        if !piece.is_empty() && !mark && columns(&longer) > width {
            pieces.push(vec![(*c, *tone)]);
        } else {
            piece.push((*c, *tone));
        }
    }
    pieces
}

fn joined(line: &[(char, Tone)]) -> Text {
    let mut pieces: Vec<Piece> = Vec::new();
    for (c, tone) in line {
        match pieces.last_mut() {
            Some(piece) if piece.tone == *tone => piece.text.push(*c),
            _ => pieces.push(Piece {
                text: c.to_string(),
                tone: *tone,
            }),
        }
    }
    Text { pieces }
}

/// A text cut to so many columns, with a sign where something was cut off.
pub(super) fn fit(text: &str, width: usize, ascii: bool) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let sign = if ascii { '~' } else { '\u{2026}' };
    let mut shown = String::new();
    for c in text.chars() {
        let mut longer = shown.clone();
        longer.push(c);
        if columns(&longer) + 1 > width {
            break;
        }
        shown = longer;
    }
    let mut shown = shown.trim_end().to_owned();
    shown.push(sign);
    shown
}

/// A text filled up with spaces on the right to so many columns, cut where it is longer.
pub(super) fn pad(text: &str, width: usize, ascii: bool) -> String {
    let mut shown = fit(text, width, ascii);
    shown.push_str(&" ".repeat(width.saturating_sub(columns(&shown))));
    shown
}

/// A text filled up with spaces on the left to so many columns.
pub(super) fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Writes a line without spaces at its end, with colours where they are wanted.
pub(super) fn write(line: &Text, colour: bool, out: &mut String) {
    let mut left = line.words().trim_end().len();
    for piece in &line.pieces {
        let shown = &piece.text[..piece.text.len().min(left)];
        left -= shown.len();
        let code = if colour && !shown.trim().is_empty() {
            code(piece.tone)
        } else {
            ""
        };
        if code.is_empty() {
            out.push_str(shown);
        } else {
            out.push_str("\u{1b}[");
            out.push_str(code);
            out.push('m');
            out.push_str(shown);
            out.push_str("\u{1b}[0m");
        }
    }
}

/// The SGR code of a tone: the eight basic colours, which every terminal theme makes readable.
const fn code(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Strong => "1",
        Tone::Good => "32",
        Tone::Bad => "31",
        Tone::Weak => "33",
        Tone::Faint => "2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        wrap(&Text::plain(text), width)
            .iter()
            .map(Text::words)
            .collect()
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(lines("it took 6 h", 9), ["it took", "6 h"]);
        assert_eq!(lines("see #4, #9", 8), ["see", "#4, #9"]);
    }

    #[test]
    fn a_long_word_is_cut_between_characters() {
        assert_eq!(lines("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(
            lines("\u{4e00}\u{4e8c}\u{4e09}", 4),
            ["\u{4e00}\u{4e8c}", "\u{4e09}"]
        );
        assert_eq!(
            lines("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        let text = "\u{644}\u{627} \u{5e9}\u{5dc}\u{5d5}\u{5dd} na\u{308}ive \u{4e3b}\u{4efb}\u{4e3b}\u{4efb} 12 min";
        for width in 2..40 {
            for line in lines(text, width).iter().filter(|_| width >= 6) {
                assert!(columns(line) <= width, "{line} in {width}");
            }
        }
    }

    #[test]
    fn what_is_cut_off_is_marked() {
        assert_eq!(fit("Incident manager", 10, true), "Incident~");
        assert_eq!(pad("ab", 4, true), "ab  ");
        assert_eq!(
            pad("\u{4e3b}\u{4efb}\u{4e3b}", 4, false),
            "\u{4e3b}\u{2026} "
        );
    }

    #[test]
    fn a_line_has_no_space_at_its_end_and_colour_only_if_asked() {
        let line = Text::toned("a", Tone::Bad).and("  ");
        let (mut plain, mut coloured) = (String::new(), String::new());
        write(&line, false, &mut plain);
        write(&line, true, &mut coloured);
        assert_eq!(plain, "a");
        assert_eq!(coloured, "\u{1b}[31ma\u{1b}[0m");
    }
}
