//! Definitions that no file holds: valid, each of another layout and with other texts.

/// Draws numbers by a fixed rule, so that every run makes the same files.
pub(crate) struct Draws(u64);

impl Draws {
    /// Draws that belong to a number.
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another one.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }

    fn one_of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: &[&str] = &[
    "Ring the duty phone",
    "(see page 4)",
    "at once, please",
    "id: none",
    "Harbour Street",
    "50 % of it",
    "don't",
    "https://example.org/a?b=c",
    "[draft]",
    "Monday: closed",
    "say \\\"stop\\\"",
    "two - three",
    "Mr. Tern's list",
    "a, b, and c",
    "who, when?",
    "Zürich",
    "after: nothing",
];

/// A text for people, on one line but rarely.
fn text(draws: &mut Draws) -> String {
    let count = 1 + draws.below(5);
    let words: Vec<&str> = (0..count).map(|_| draws.one_of(WORDS)).collect();
    let gap = if draws.below(25) == 0 { "\n    " } else { " " };
    format!("\"{}\"", words.join(gap))
}

/// How the items of a file are laid out.
struct Layout {
    between_fields: &'static str,
    between_items: &'static str,
    colon: &'static str,
    comment: bool,
}

impl Layout {
    fn draw(draws: &mut Draws) -> Self {
        Self {
            between_fields: draws.one_of(&[", ", ",\n        ", ", ", ",\n            "]),
            between_items: draws.one_of(&[",\n    ", ", ", ",\n\n    "]),
            colon: draws.one_of(&[": ", ":", ":  "]),
            comment: draws.below(3) == 0,
        }
    }

    fn fields(&self, fields: &[(&str, String)]) -> String {
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}{}{value}", self.colon))
            .collect();
        fields.join(self.between_fields)
    }

    fn list(&self, items: &[String], draws: &mut Draws) -> String {
        let note = if self.comment {
            "// \"who\" knows?\n    "
        } else {
            ""
        };
        let end = if draws.below(2) == 0 { "," } else { "" };
        format!("[\n    {note}{}{end}\n]", items.join(self.between_items))
    }
}

const DURATIONS: &[&str] = &[
    "\"5m\"",
    "\"5m to 40m\"",
    "\"about 20m\"",
    "[\"5m\", \"7m\", \"1h\"]",
    "\"least 5m, likely 20m, most 2h\"",
];

/// A plan.
fn plan(draws: &mut Draws) -> String {
    let layout = Layout::draw(draws);
    let count = 1 + draws.below(9);
    let mut tasks = Vec::new();
    for number in 0..count {
        let phase = draws.one_of(&["Assessment", "Response", "Recovery"]);
        let by = draws.one_of(&["Analyst", "IncidentManager", "Handler"]);
        let mut fields = vec![
            ("id", format!("\"task-{number}\"")),
            ("title", text(draws)),
            ("phase", phase.to_owned()),
            ("by", by.to_owned()),
            ("takes", draws.one_of(DURATIONS).to_owned()),
        ];
        if number > 0 {
            fields.push(("after", format!("[\"task-{}\"]", draws.below(number))));
        }
        if draws.below(3) == 0 {
            fields.push(("does", "[Isolate(Affected), Preserve]".to_owned()));
        }
        tasks.push(format!("({})", layout.fields(&fields)));
    }
    let fields = [
        ("title", text(draws)),
        ("version", format!("\"{}\"", 1 + draws.below(9))),
        ("tasks", layout.list(&tasks, draws)),
    ];
    format!("Plan(\n{},\n)\n", layout.fields(&fields))
}

/// An organisation.
fn organisation(draws: &mut Draws) -> String {
    let layout = Layout::draw(draws);
    let mut people = Vec::new();
    for number in 0..=draws.below(8) {
        let mut fields = vec![
            ("id", format!("\"person-{number}\"")),
            ("roles", "[\"lead\", \"analyst\"]".to_owned()),
        ];
        if draws.below(3) == 0 {
            fields.push(("hours", "\"Mon-Fri 08:00-17:00\"".to_owned()));
        }
        people.push(format!("({})", layout.fields(&fields)));
    }
    let mut assets = Vec::new();
    for number in 0..=draws.below(8) {
        let kind = draws.one_of(&["Database", "FileServer", "WebShop"]);
        let fields = [
            ("id", format!("\"asset-{number}\"")),
            ("title", text(draws)),
            ("kind", kind.to_owned()),
            ("rto", draws.one_of(&["\"8h\"", "\"2d\""]).to_owned()),
        ];
        assets.push(format!("({})", layout.fields(&fields)));
    }
    let roles = vec![
        format!(
            "({})",
            layout.fields(&[
                ("id", "\"lead\"".to_owned()),
                ("function", "IncidentManager".to_owned())
            ])
        ),
        format!(
            "({})",
            layout.fields(&[
                ("id", "\"analyst\"".to_owned()),
                ("function", "Analyst".to_owned())
            ])
        ),
    ];
    let fields = [
        ("name", text(draws)),
        ("time_zone", "\"Europe/Lisbon\"".to_owned()),
        ("people", layout.list(&people, draws)),
        ("roles", layout.list(&roles, draws)),
        ("assets", layout.list(&assets, draws)),
    ];
    format!("Organisation(\n{},\n)\n", layout.fields(&fields))
}

/// A scenario.
fn scenario(draws: &mut Draws) -> String {
    let layout = Layout::draw(draws);
    let mut injects = Vec::new();
    for number in 0..=draws.below(8) {
        let to = draws.one_of(&["Analyst", "PointOfContact"]);
        let fields = [
            ("id", format!("\"call-{number}\"")),
            ("at", format!("\"{}m\"", 5 * number)),
            ("from", text(draws)),
            ("to", to.to_owned()),
            ("text", text(draws)),
        ];
        injects.push(format!("({})", layout.fields(&fields)));
    }
    let fields = [
        ("title", text(draws)),
        (
            "start",
            draws
                .one_of(&["\"Fri 18:40\"", "\"2027-03-05 09:00\""])
                .to_owned(),
        ),
        ("tags", "[\"one\", \"two\"]".to_owned()),
        ("injects", layout.list(&injects, draws)),
    ];
    format!("Scenario(\n{},\n)\n", layout.fields(&fields))
}

/// A definition with a number.
pub(crate) fn definition(number: u64) -> String {
    let mut draws = Draws::of(number + 1);
    match number % 3 {
        0 => plan(&mut draws),
        1 => organisation(&mut draws),
        _ => scenario(&mut draws),
    }
}
