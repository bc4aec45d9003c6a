//! What things and people are called.

use hotwash_engine::exercise::{
    Addressee, AssetId, ChannelId, DecisionId, Exercise, ExpectationId, Function, Identified,
    IncidentId, InjectId, Money, Names, ObjectiveId, ObligationId, PersonId, RiskId, RoleId,
    SourceId, StakeholderId, StakeholderKind, StepId, TaskId,
};

/// How people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum People {
    /// By their roles.
    #[default]
    ByRole,
    /// By their ids.
    ById,
}

/// Names things of one exercise.
#[derive(Debug, Clone, Copy)]
pub struct Naming<'a> {
    exercise: &'a Exercise,
    people: People,
}

/// A title, or the slug in words where an author gave none.
fn titled(title: &str, id: impl Identified, names: &Names) -> String {
    if title.trim().is_empty() {
        id.slug(names).as_str().replace(['-', '_'], " ")
    } else {
        title.trim().to_owned()
    }
}

impl<'a> Naming<'a> {
    /// The names of an exercise.
    pub const fn new(exercise: &'a Exercise, people: People) -> Self {
        Self { exercise, people }
    }

    /// A role's title.
    pub fn role(&self, role: RoleId) -> String {
        titled(&self.exercise.role(role).title, role, self.exercise.names())
    }

    /// A role within a sentence: `the Incident manager`, and `Legal` where the title names an area
    /// of work and not who does it.
    pub fn the_role(&self, role: RoleId) -> String {
        with_article(&self.role(role))
    }

    /// A person: by the first role held, or stood in for; by id where that was asked for.
    pub fn person(&self, person: PersonId) -> String {
        let id = person.slug(self.exercise.names()).to_string();
        if self.people == People::ById {
            return id;
        }
        if let Some(role) = self.exercise.roles_held(person).first() {
            return self.the_role(*role);
        }
        let roles = &self.exercise.organisation().roles;
        let deputy = roles.iter().position(|r| r.deputies.contains(&person));
        deputy.map_or_else(
            || "somebody without a role".to_owned(),
            |role| format!("a deputy of {}", self.the_role(RoleId::new(role))),
        )
    }

    /// A person by the role in which they did something; by id where that was asked for.
    pub fn in_role(&self, person: PersonId, role: RoleId) -> String {
        match self.people {
            People::ById => self.person(person),
            People::ByRole => self.the_role(role),
        }
    }

    /// An asset's title.
    pub fn asset(&self, asset: AssetId) -> String {
        let names = self.exercise.names();
        titled(&self.exercise.asset(asset).title, asset, names)
    }

    /// A task's title.
    pub fn task(&self, task: TaskId) -> String {
        titled(&self.exercise.task(task).title, task, self.exercise.names())
    }

    /// An obligation's title.
    pub fn obligation(&self, obligation: ObligationId) -> String {
        let names = self.exercise.names();
        titled(
            &self.exercise.obligation(obligation).title,
            obligation,
            names,
        )
    }

    /// An incident's name: that of the scenario where it is the only one.
    pub fn incident(&self, incident: IncidentId) -> String {
        let scenario = self.exercise.scenario();
        let alone = scenario.incidents.len() == 1;
        let title = if alone { &*scenario.title } else { "" };
        upper_first(&titled(title, incident, self.exercise.names()))
    }

    /// A step of the attack, in the words of its id.
    pub fn step(&self, step: StepId) -> String {
        titled("", step, self.exercise.names())
    }

    /// An inject: who it is from and how its text begins.
    pub fn inject(&self, inject: InjectId) -> String {
        self.inject_saying(inject, &self.exercise.inject(inject).text)
    }

    /// The same of an inject with a text of the facilitator's.
    pub fn inject_saying(&self, inject: InjectId, text: &str) -> String {
        let definition = self.exercise.inject(inject);
        let text = first_sentence(text);
        match (definition.from.trim(), text.as_str()) {
            ("", "") => titled("", inject, self.exercise.names()),
            ("", text) => text.to_owned(),
            (from, "") => from.to_owned(),
            (from, text) => format!("{from}: {text}"),
        }
    }

    /// An expectation's text.
    pub fn expectation(&self, expectation: ExpectationId) -> String {
        let text = &self.exercise.scenario().expectations[expectation.index()].text;
        titled(text, expectation, self.exercise.names())
    }

    /// An objective's text.
    pub fn objective(&self, objective: ObjectiveId) -> String {
        let text = &self.exercise.scenario().objectives[objective.index()].text;
        titled(text, objective, self.exercise.names())
    }

    /// A decision's question.
    pub fn decision(&self, decision: DecisionId) -> String {
        let question = &self.exercise.plan().decision(decision).question;
        titled(question, decision, self.exercise.names())
    }

    /// A source's title.
    pub fn source(&self, source: SourceId) -> String {
        let title = &self.exercise.organisation().sources[source.index()].title;
        titled(title, source, self.exercise.names())
    }

    /// A channel's name.
    pub fn channel(&self, channel: ChannelId) -> String {
        titled("", channel, self.exercise.names())
    }

    /// A risk's title.
    pub fn risk(&self, risk: RiskId) -> String {
        let title = &self.exercise.organisation().risks[risk.index()].title;
        titled(title, risk, self.exercise.names())
    }

    /// Whoever is addressed: the first role that has the function, else the function in words.
    pub fn addressee(&self, addressee: Addressee) -> String {
        let role = self.exercise.roles(addressee).first();
        match (role, addressee) {
            (Some(role), _) => self.the_role(*role),
            (None, Addressee::Function(function)) => format!("the {}", spaced(function.name())),
            (None, Addressee::Role(role)) => self.the_role(role),
        }
    }

    /// One of the organisation's stakeholders, by its title.
    pub fn recipient(&self, stakeholder: StakeholderId) -> String {
        let title = &self.exercise.organisation().stakeholders[stakeholder.index()].title;
        titled(title, stakeholder, self.exercise.names())
    }

    /// A stakeholder: the organisation's own name for it, else the kind in words.
    pub fn stakeholder(&self, kind: StakeholderKind) -> String {
        let listed = &self.exercise.organisation().stakeholders;
        let own = listed
            .iter()
            .find(|s| s.kind == kind && !s.title.is_empty());
        own.map_or_else(
            || format!("the {}", spaced(kind.name())),
            |own| own.title.clone(),
        )
    }

    /// Money in whole units, with the organisation's currency where it says one.
    pub fn money(&self, money: Money) -> String {
        let amount = super::money(money);
        match &self.exercise.organisation().currency {
            Some(currency) => format!("{amount} {currency}"),
            None => amount,
        }
    }

    /// In what money is counted, as it follows "loss in" or an amount.
    pub fn currency(&self) -> &'a str {
        let currency = self.exercise.organisation().currency.as_deref();
        currency.unwrap_or("units of money")
    }

    /// A function in words.
    pub fn function(function: Function) -> String {
        spaced(function.name())
    }
}

/// The scenario's title, or its id in words.
pub fn title(exercise: &Exercise) -> String {
    let scenario = exercise.scenario();
    let title = scenario.title.trim();
    if title.is_empty() {
        upper_first(&scenario.slug.as_str().replace('-', " "))
    } else {
        title.to_owned()
    }
}

/// The plan, by its title and version.
pub fn plan(exercise: &Exercise) -> String {
    let plan = exercise.plan();
    let title = match plan.title.trim() {
        "" => "plan".to_owned(),
        title if title.to_lowercase().contains("plan") => title.to_owned(),
        title => format!("plan \"{title}\""),
    };
    match plan.version.trim() {
        "" => title,
        version => format!("{title} {version}"),
    }
}

/// How the last words of titles end that name who does the work.
const DOERS: [&str; 17] = [
    "er", "or", "ist", "yst", "ian", "ant", "ent", "lead", "head", "chief", "desk", "contact",
    "counsel", "ciso", "dpo", "ceo", "team",
];

/// A role's title within a sentence, with the letters that its author gave it. Only titles that name a doer in
/// English take an article.
fn with_article(title: &str) -> String {
    let lower = title.to_lowercase();
    let before = lower
        .split([' ', ',', '('])
        .take_while(|word| *word != "of" && *word != "for");
    let last = before.filter(|word| !word.is_empty()).last().unwrap_or("");
    if DOERS.iter().any(|ending| last.ends_with(ending)) && !lower.starts_with("the ") {
        format!("the {title}")
    } else {
        title.to_owned()
    }
}

/// The first sentence of a text.
fn first_sentence(text: &str) -> String {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(i, c)| {
            *c == '\n'
                || matches!(c, '.' | '?' | '!' | '\u{3002}')
                    && text[i + c.len_utf8()..]
                        .chars()
                        .next()
                        .is_none_or(char::is_whitespace)
        })
        .map_or(
            text.len(),
            |(i, c)| if c == '\n' { i } else { i + c.len_utf8() },
        );
    text[..end].to_owned()
}

/// Words that keep their capitals when a `CamelCase` word is spelled out.
const ACRONYMS: [(&str, &str); 9] = [
    ("ciso", "CISO"),
    ("csirt", "CSIRT"),
    ("it", "IT"),
    ("ot", "OT"),
    ("siem", "SIEM"),
    ("edr", "EDR"),
    ("rto", "RTO"),
    ("soc", "SOC"),
    ("c2", "C2"),
];

/// A word of the vocabulary in plain words: `IncidentManager` is `incident manager`.
pub fn spaced(word: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in word.chars() {
        if c.is_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.extend(c.to_lowercase());
        }
    }
    let words = words.into_iter().map(|word| {
        let acronym = ACRONYMS.iter().find(|(plain, _)| *plain == word);
        acronym.map_or(word, |(_, acronym)| (*acronym).to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A text of this crate's own as it stands within a sentence; a title keeps its own letters. An acronym keeps its
/// capitals, and so does any script whose first letter is not a plain capital.
pub fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), second)
            if first.is_ascii_uppercase() && !second.is_some_and(|c| c.is_ascii_uppercase()) =>
        {
            first.to_ascii_lowercase().to_string() + chars.as_str()
        }
        _ => title.to_owned(),
    }
}

/// A text as it begins a sentence.
pub fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_vocabulary_are_spelled_out() {
        assert_eq!(spaced("IncidentManager"), "incident manager");
        assert_eq!(spaced("Ciso"), "CISO");
        assert_eq!(spaced("ItOperations"), "IT operations");
        assert_eq!(spaced("NationalCsirt"), "national CSIRT");
    }

    #[test]
    fn a_title_within_a_sentence_keeps_its_acronyms() {
        assert_eq!(lower_first("Incident manager"), "incident manager");
        assert_eq!(lower_first("IT lead"), "IT lead");
        assert_eq!(lower_first("\u{4e3b}\u{4efb}"), "\u{4e3b}\u{4efb}");
        assert_eq!(lower_first(""), "");
    }

    #[test]
    fn the_first_sentence_ends_at_its_own_stop() {
        assert_eq!(first_sentence("Plan 3.2 fails. Help"), "Plan 3.2 fails.");
        assert_eq!(first_sentence("No stop"), "No stop");
        assert_eq!(first_sentence("One\nTwo"), "One");
    }
}
