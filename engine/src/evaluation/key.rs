//! Identities that last: of a finding across exercises, of an evaluation among all.
//!
//! A finding is the same where the same rule finds it of the same thing of the same plan, whatever the numbers
//! of entries, the share, the cause or the exercise. Both identities have a written form that is read back.

use super::finding::{Finding, FindingKind, FindingSubject};
use crate::exercise::{Exercise, Identified, IncidentId, Names, Slug};
use crate::record::Record;
use crate::situation::messages::Messages;
use std::fmt;

/// The identity of a finding, written as `plan/Rule:word/Subject:slug`.
///
/// The main incident is not named, so that the same weakness is known again in another scenario; any other is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingKey {
    plan: Slug,
    /// The rule, and what tells its findings apart beside their subject.
    rule: Vec<Slug>,
    /// The kind of thing, and its id.
    subject: Vec<Slug>,
}

impl FindingKey {
    /// The identity of a finding of a record.
    pub fn of(record: &Record, finding: &Finding) -> Self {
        let exercise = &*record.header.exercise;
        Self {
            plan: of_title(&exercise.plan().title),
            rule: words(&rule(finding.kind)),
            subject: words(&subject(exercise, record, finding.subject)),
        }
    }

    /// Reads the written form; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let plan = Slug::new(parts.next()?)?;
        let list = |part: &str| {
            part.split(':')
                .map(Slug::new)
                .collect::<Option<Vec<Slug>>>()
        };
        let (rule, subject) = (list(parts.next()?)?, list(parts.next()?)?);
        parts.next().is_none().then_some(Self {
            plan,
            rule,
            subject,
        })
    }

    /// The plan.
    pub const fn plan(&self) -> &Slug {
        &self.plan
    }
}

impl fmt::Display for FindingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |of: &[Slug]| of.iter().map(Slug::as_str).collect::<Vec<_>>().join(":");
        let (rule, subject) = (joined(&self.rule), joined(&self.subject));
        write!(f, "{}/{rule}/{subject}", self.plan)
    }
}

/// A title as a slug: its letters and digits, with hyphens between words. What more there is to it than fits,
/// or than these letters can tell, stands in eight digits at its end.
fn of_title(title: &str) -> Slug {
    const ROOM: usize = Slug::MAX_LEN - 9;
    let words = title.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut text = words.join("-").to_ascii_lowercase();
    if !title.is_ascii() || text.len() > ROOM || text.is_empty() {
        // FNV-1a: the same on every platform and in every version.
        let digest = title.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        text.truncate(ROOM);
        text = format!("{text}-{digest:08x}");
    }
    Slug::new(&text).expect("it is spelled so, and short enough")
}

/// Words as slugs: what is no slug is left out.
fn words(of: &[String]) -> Vec<Slug> {
    of.iter().filter_map(|word| Slug::new(word)).collect()
}

/// The rule of a kind of finding, with what tells its findings apart.
fn rule(kind: FindingKind) -> Vec<String> {
    let name = |text: &str| text.to_owned();
    match kind {
        FindingKind::TimeLost {
            phase, category, ..
        } => vec![
            name("TimeLost"),
            format!("{phase:?}"),
            format!("{category:?}"),
        ],
        FindingKind::NotCompleted { phase, .. } => vec![name("NotCompleted"), format!("{phase:?}")],
        FindingKind::Reopened(phase) => vec![name("Reopened"), format!("{phase:?}")],
        FindingKind::PhaseInTime(phase) => vec![name("PhaseInTime"), format!("{phase:?}")],
        FindingKind::ClockNotKept(_) => vec![name("ClockNotKept")],
        // The others hold nothing beside their name.
        other => vec![format!("{other:?}")],
    }
}

/// What a finding is about, by ids that its author gave.
fn subject(exercise: &Exercise, record: &Record, subject: FindingSubject) -> Vec<String> {
    let names = exercise.names();
    let mut words = match subject {
        FindingSubject::Run => vec!["Run".to_owned()],
        FindingSubject::Phase(_, phase) => vec!["Phase".to_owned(), format!("{phase:?}")],
        FindingSubject::Measure(_, measure) => vec!["Measure".to_owned(), format!("{measure:?}")],
        FindingSubject::Obligation(duty, _) => named("Obligation", names, duty),
        FindingSubject::Role(role, task) => {
            let mut words = named("Role", names, role);
            words.extend(task.map(|task| task.slug(names).to_string()));
            words
        }
        FindingSubject::Task(task) => named("Task", names, task),
        FindingSubject::Expectation(of) => named("Expectation", names, of),
        FindingSubject::Decision(of) => named("Decision", names, of),
        FindingSubject::Asset(of) => named("Asset", names, of),
        FindingSubject::Step(of) => named("Step", names, of),
        FindingSubject::Source(of) => named("Source", names, of),
        FindingSubject::Inject(of) => named("Inject", names, of),
        FindingSubject::Message(of) => {
            // Numbers of messages last no longer than their run: who was to be reached does.
            let sent = Messages::sent(&record.entries, of);
            sent.map_or(vec!["Message".to_owned()], |(.., role)| {
                named("MessageTo", names, role)
            })
        }
        FindingSubject::Person(of) => named("Person", names, of),
        FindingSubject::Risk(of) => named("Risk", names, of),
        FindingSubject::Objective(of) => named("Objective", names, of),
        FindingSubject::Stakeholder(of) => named("Stakeholder", names, of),
        FindingSubject::Channel(of) => named("Channel", names, of),
        FindingSubject::Gap(of) => vec!["Gap".to_owned(), of.to_string()],
    };
    let other = incident(subject).filter(|of| *of != exercise.scenario().main);
    words.extend(other.map(|incident| incident.slug(names).to_string()));
    words
}

fn named<I: Identified>(kind: &str, names: &Names, id: I) -> Vec<String> {
    vec![kind.to_owned(), id.slug(names).to_string()]
}

const fn incident(subject: FindingSubject) -> Option<IncidentId> {
    match subject {
        FindingSubject::Phase(incident, _)
        | FindingSubject::Measure(incident, _)
        | FindingSubject::Obligation(_, incident) => Some(incident),
        _ => None,
    }
}

/// The identity of an evaluation: what was played, from which draws, when; written as
/// `organisation/plan/scenario/startex/seed/run`, with `/actions` and `/wall` where there are any.
///
/// Two evaluations of one record are the same. Of the file of actions it holds the first eight digits of its
/// hash; of a drill, when its first entry was made, so that no drill is another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvaluationKey {
    organisation: Slug,
    plan: Slug,
    scenario: Slug,
    startex: i64,
    seed: u64,
    run: u64,
    actions: Option<Slug>,
    wall: Option<i64>,
}

impl EvaluationKey {
    /// The identity of the evaluation of a record.
    pub fn of(record: &Record) -> Self {
        let (header, exercise) = (&record.header, &record.header.exercise);
        let actions = header.actions.as_deref();
        let wall = record.entries.iter().find_map(|entry| entry.wall);
        Self {
            organisation: of_title(&exercise.organisation().name),
            plan: of_title(&exercise.plan().title),
            scenario: exercise.scenario().slug.clone(),
            startex: exercise.parts().startex,
            seed: header.seed,
            run: header.run,
            actions: actions.and_then(|hash| Slug::new(hash.get(..8)?)),
            wall,
        }
    }

    /// Reads the written form; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let mut key = Self {
            organisation: Slug::new(parts.next()?)?,
            plan: Slug::new(parts.next()?)?,
            scenario: Slug::new(parts.next()?)?,
            startex: parts.next()?.parse().ok()?,
            seed: parts.next()?.parse().ok()?,
            run: parts.next()?.parse().ok()?,
            actions: None,
            wall: None,
        };
        for part in parts {
            match part.split_once('=')? {
                ("actions", hash) if key.actions.is_none() && key.wall.is_none() => {
                    key.actions = Some(Slug::new(hash)?);
                }
                ("wall", at) if key.wall.is_none() => key.wall = Some(at.parse().ok()?),
                _ => return None,
            }
        }
        // One identity has one spelling.
        (key.to_string() == text).then_some(key)
    }
}

impl fmt::Display for EvaluationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            organisation,
            plan,
            scenario,
            startex,
            seed,
            run,
            actions,
            wall,
        } = self;
        write!(f, "{organisation}/{plan}/{scenario}/{startex}/{seed}/{run}")?;
        if let Some(actions) = actions {
            write!(f, "/actions={actions}")?;
        }
        if let Some(wall) = wall {
            write!(f, "/wall={wall}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Baselines, evaluate};
    use crate::generator;
    use crate::simulation::{Provenance, Setup, simulate};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn slug() -> impl Strategy<Value = Slug> {
        "[a-zA-Z0-9._-]{1,64}".prop_map(|text| Slug::new(&text).expect("it is spelled so"))
    }

    proptest! {
        #[test]
        fn the_identity_of_a_finding_is_read_as_it_is_written(
            plan in slug(),
            rule in prop::collection::vec(slug(), 1..4),
            subject in prop::collection::vec(slug(), 1..4),
        ) {
            let key = FindingKey { plan, rule, subject };
            prop_assert_eq!(FindingKey::parse(&key.to_string()), Some(key));
        }

        #[test]
        fn the_identity_of_an_evaluation_is_read_as_it_is_written(
            names in (slug(), slug(), slug()),
            startex: i64,
            seed: u64,
            run: u64,
            actions in prop::option::of(slug()),
            wall: Option<i64>,
        ) {
            let (organisation, plan, scenario) = names;
            let key = EvaluationKey {
                organisation, plan, scenario, startex, seed, run, actions, wall,
            };
            prop_assert_eq!(EvaluationKey::parse(&key.to_string()), Some(key));
        }

        #[test]
        fn any_other_text_is_no_identity(text in "[a-z/:= 0-9]{0,40}") {
            if let Some(key) = FindingKey::parse(&text) {
                prop_assert_eq!(key.to_string(), text.clone());
            }
            if let Some(key) = EvaluationKey::parse(&text) {
                prop_assert_eq!(key.to_string(), text);
            }
        }
    }

    #[test]
    fn a_finding_is_known_again_in_another_run_of_another_scenario() {
        let mut parts = generator::parts(4);
        let keys = |parts: &crate::exercise::Parts| {
            let exercise = Exercise::new(parts.clone()).expect("a generated exercise is valid");
            let exercise = std::sync::Arc::new(exercise);
            let record = simulate(&exercise, &Setup::of(1, 1), Provenance::default());
            let evaluation = evaluate(&exercise, &record, Baselines::default());
            let findings = evaluation.findings.iter();
            let keys = findings.map(|finding| FindingKey::of(&record, finding).to_string());
            (
                keys.collect::<BTreeSet<String>>(),
                EvaluationKey::of(&record),
            )
        };
        let (here, one) = keys(&parts);
        assert!(!here.is_empty());
        let read = here.iter().map(|key| FindingKey::parse(key));
        assert!(read.into_iter().all(|key| key.is_some()));
        parts.scenario.slug = Slug::new("another-one").expect("a slug");
        let main = parts.scenario.main.index();
        parts.scenario.incidents[main].slug =
            Slug::new(&format!("{}0", parts.scenario.incidents[main].slug)).expect("a slug");
        let (there, other) = keys(&parts);
        assert_eq!(here, there);
        assert_ne!(one, other);
    }

    #[test]
    fn kinds_without_more_to_say_are_one_word() {
        for kind in [
            FindingKind::Missed,
            FindingKind::OwnHarm,
            FindingKind::NotInPlan,
        ] {
            let words = rule(kind);
            assert_eq!(words.len(), 1);
            assert!(Slug::new(&words[0]).is_some(), "{words:?}");
        }
    }
}
