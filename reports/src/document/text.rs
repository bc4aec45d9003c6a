//! Text with a tone. Colour comes from the tone and never carries a meaning alone.

/// What a piece of text is felt to be. Renderers may colour by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading or a figure that matters.
    Strong,
    /// Went well.
    Good,
    /// Went badly.
    Bad,
    /// Went in part, or needs attention.
    Weak,
    /// Beside the point: references, legends, units.
    Faint,
}

/// A piece of text in one tone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// Whether it is a command to be typed, which is marked as such and stays on one line.
    pub command: bool,
}

/// A text of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The pieces, in order. Spaces between them are part of them.
    pub pieces: Vec<Piece>,
}

/// Anything that reads as a text.
pub trait Phrase: Into<Text> {}
impl<T: Into<Text>> Phrase for T {}

impl Text {
    /// A text in one tone.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            pieces: vec![Piece {
                text: text.into(),
                tone,
                command: false,
            }],
        }
    }

    /// A command within a text, for a reader to copy.
    pub fn command(text: impl Into<String>, tone: Tone) -> Self {
        let mut command = Self::toned(text, tone);
        command.pieces[0].command = true;
        command
    }

    /// A text of no special tone.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// No text.
    pub fn empty() -> Self {
        Self::default()
    }

    /// This text, followed by another.
    #[must_use]
    pub fn and(mut self, more: impl Phrase) -> Self {
        self.pieces.extend(more.into().pieces);
        self
    }

    /// This text, followed by another in a tone.
    #[must_use]
    pub fn and_toned(self, more: impl Into<String>, tone: Tone) -> Self {
        self.and(Self::toned(more, tone))
    }

    /// This text, and another on a line of its own below it in a cell of a table.
    #[must_use]
    pub fn below(self, more: impl Into<String>, tone: Tone) -> Self {
        let more = more.into();
        if more.is_empty() {
            return self;
        }
        self.and("\n").and_toned(more, tone)
    }

    /// The lines of a cell.
    pub(crate) fn lines(&self) -> Vec<Self> {
        let mut lines = vec![Self::empty()];
        for piece in &self.pieces {
            for (i, part) in piece.text.split('\n').enumerate() {
                if i > 0 {
                    lines.push(Self::empty());
                }
                if !part.is_empty() {
                    let line = lines.last_mut().expect("there is always a line");
                    line.pieces.push(Piece {
                        text: part.to_owned(),
                        ..piece.clone()
                    });
                }
            }
        }
        lines
    }

    /// The same text on one line.
    pub(crate) fn on_one_line(&self) -> Self {
        let lines = self.lines().into_iter().filter(|line| !line.is_empty());
        lines
            .reduce(|text, line| text.and(" ").and(line))
            .unwrap_or_default()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.is_empty())
    }

    /// The words without their tones.
    pub fn words(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}
