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
    (number && UNITS.contains(&unit)) || before == "+/-" || (reference(before) && reference(after))
}

/// A character in its tone, and whether it is one of a command.
type Sign = (char, Tone, bool);

/// A word in its tones.
type Word = Vec<Sign>;

fn spelled(word: &[Sign]) -> String {
    word.iter().map(|(c, _, _)| *c).collect()
}

/// Breaks a text into lines of at most so many columns. Words that are longer are cut, never within
/// a character and its marks. A command is never broken: one that is longer than a line is left to the
/// terminal, so that it is copied as it is typed.
pub(super) fn wrap(text: &Text, width: usize) -> Vec<Text> {
    let mut lines: Vec<Word> = vec![Vec::new()];
    for word in words(text) {
        for (first, word) in cut(&word, width).into_iter().enumerate() {
            let line = lines.last_mut().expect("there is always a line");
            let room = columns(&spelled(line)) + 1 + columns(&spelled(&word)) <= width;
            if line.is_empty() {
                line.extend(word);
            } else if first == 0 && room {
                let tone = word.first().map_or(Tone::Plain, |(_, tone, _)| *tone);
                line.push((' ', tone, false));
                line.extend(word);
            } else {
                lines.push(word);
            }
        }
    }
    lines.into_iter().map(|line| joined(&line)).collect()
}

/// The words of a text, those that stick together as one, and a command as one.
fn words(text: &Text) -> Vec<Word> {
    let sign = |piece: &Piece, c| (c, piece.tone, piece.command);
    let pieces = text.pieces.iter();
    let all: Word = pieces
        .flat_map(|piece| piece.text.chars().map(|c| sign(piece, c)))
        .collect();
    let mut words: Vec<Word> = Vec::new();
    for word in all
        .split(|(c, _, command)| *c == ' ' && !command)
        .filter(|word| !word.is_empty())
    {
        match words.last_mut() {
            Some(before) if sticks(last_word(&spelled(before)), &spelled(word)) => {
                before.push((' ', word[0].1, false));
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

/// Cuts a word into pieces of at most so many columns, but not a command.
fn cut(word: &[Sign], width: usize) -> Vec<Word> {
    if word.iter().any(|(_, _, command)| *command) {
        return vec![word.to_vec()];
    }
    let mut pieces: Vec<Word> = vec![Vec::new()];
    for sign in word {
        let piece = pieces.last_mut().expect("there is always a piece");
        let mut longer = spelled(piece);
        longer.push(sign.0);
        let mark = sign.0.width().unwrap_or(0) == 0;
        if !piece.is_empty() && !mark && columns(&longer) > width {
            pieces.push(vec![*sign]);
        } else {
            piece.push(*sign);
        }
    }
    pieces
}

fn joined(line: &[Sign]) -> Text {
    let mut pieces: Vec<Piece> = Vec::new();
    for (c, tone, command) in line {
        match pieces.last_mut() {
            Some(piece) if piece.tone == *tone && piece.command == *command => piece.text.push(*c),
            _ => pieces.push(Piece {
                text: c.to_string(),
                tone: *tone,
                command: *command,
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
        assert_eq!(lines("13 h +/- 20 min", 12), ["13 h", "+/- 20 min"]);
    }

    #[test]
    fn a_command_stays_on_a_line_also_where_it_is_longer() {
        let text = Text::plain("so `")
            .and(Text::command("hotwash verify r.jsonl", Tone::Faint))
            .and("` lists them");
        let lines = |width| -> Vec<String> { wrap(&text, width).iter().map(Text::words).collect() };
        let command = "`hotwash verify r.jsonl`";
        assert_eq!(lines(80), [format!("so {command} lists them")]);
        assert_eq!(lines(27), [format!("so {command}"), "lists them".into()]);
        for width in 10..24 {
            assert_eq!(lines(width), ["so", command, "lists them"]);
        }
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
