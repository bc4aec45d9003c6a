//! Characters that a screen can and should show.

use crate::clean;
use unicode_width::UnicodeWidthChar;

/// Letters with marks and their plain letters.
const LETTERS: [(&str, &str); 40] = [
    ("\u{c0}\u{c1}\u{c2}\u{c3}\u{c5}\u{100}\u{102}\u{104}", "A"),
    ("\u{c4}\u{c6}", "Ae"),
    ("\u{c7}\u{106}\u{10c}", "C"),
    ("\u{c8}\u{c9}\u{ca}\u{cb}\u{112}\u{118}\u{11a}\u{116}", "E"),
    ("\u{cc}\u{cd}\u{ce}\u{cf}\u{12a}\u{130}", "I"),
    ("\u{d0}\u{10e}\u{110}", "D"),
    ("\u{d1}\u{143}\u{147}", "N"),
    ("\u{d2}\u{d3}\u{d4}\u{d5}\u{d8}\u{150}", "O"),
    ("\u{d6}\u{152}", "Oe"),
    ("\u{d9}\u{da}\u{db}\u{16a}\u{16e}\u{170}", "U"),
    ("\u{dc}", "Ue"),
    ("\u{dd}\u{178}", "Y"),
    ("\u{df}", "ss"),
    ("\u{e0}\u{e1}\u{e2}\u{e3}\u{e5}\u{101}\u{103}\u{105}", "a"),
    ("\u{e4}\u{e6}", "ae"),
    ("\u{e7}\u{107}\u{10d}", "c"),
    ("\u{e8}\u{e9}\u{ea}\u{eb}\u{113}\u{119}\u{11b}\u{117}", "e"),
    ("\u{ec}\u{ed}\u{ee}\u{ef}\u{12b}\u{131}", "i"),
    ("\u{f0}\u{10f}\u{111}", "d"),
    ("\u{f1}\u{144}\u{148}", "n"),
    ("\u{f2}\u{f3}\u{f4}\u{f5}\u{f8}\u{151}", "o"),
    ("\u{f6}\u{153}", "oe"),
    ("\u{f9}\u{fa}\u{fb}\u{16b}\u{16f}\u{171}", "u"),
    ("\u{fc}", "ue"),
    ("\u{fd}\u{ff}", "y"),
    ("\u{11e}\u{122}", "G"),
    ("\u{11f}\u{123}", "g"),
    ("\u{141}\u{13d}", "L"),
    ("\u{142}\u{13e}", "l"),
    ("\u{158}", "R"),
    ("\u{159}", "r"),
    ("\u{15a}\u{160}\u{15e}\u{218}", "S"),
    ("\u{15b}\u{161}\u{15f}\u{219}", "s"),
    ("\u{164}\u{162}\u{21a}", "T"),
    ("\u{165}\u{163}\u{21b}", "t"),
    ("\u{179}\u{17b}\u{17d}", "Z"),
    ("\u{17a}\u{17c}\u{17e}", "z"),
    ("\u{2018}\u{2019}\u{201a}\u{2032}", "'"),
    ("\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}\u{2033}", "\""),
    ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}", "-"),
];

/// A text in ASCII. Letters with marks lose them; a name in another script is shown as the id that
/// stands in for it; any other character is a question mark.
pub(super) fn ascii(text: &str, stand_ins: &[(String, String)]) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = plain(text);
    if !plain.contains('\u{fffd}') {
        return plain;
    }
    let mut named = text.to_owned();
    for (title, slug) in stand_ins {
        if !self::plain(title).contains('\u{fffd}') {
            continue;
        }
        named = named.replace(&clean(title), slug);
    }
    self::plain(&named).replace('\u{fffd}', "?")
}

/// A text in ASCII with a replacement character for what cannot be spelled in it.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            shown.push(c);
        } else if c == '\u{2026}' {
            shown.push_str("...");
        } else if let Some((_, letter)) = LETTERS.iter().find(|(marked, _)| marked.contains(c)) {
            shown.push_str(letter);
        } else if c.width().unwrap_or(0) > 0 {
            shown.push('\u{fffd}');
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authors_text_never_controls_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{202e}d\u{7f}"), "a[31mb cd");
    }

    #[test]
    fn letters_lose_their_marks_and_other_scripts_their_names() {
        assert_eq!(
            ascii("Z\u{fc}rich \u{201e}caf\u{e9}\u{201c} e\u{301}", &[]),
            "Zuerich \"cafe\" e"
        );
        let stand_ins = [("\u{4e3b}\u{4efb}".to_owned(), "lead".to_owned())];
        assert_eq!(
            ascii("the \u{4e3b}\u{4efb} called", &stand_ins),
            "the lead called"
        );
        assert_eq!(ascii("\u{4e09}", &stand_ins), "?");
    }
}
