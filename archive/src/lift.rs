//! Lifting what was written in format 1 to what is written today.
//!
//! [`crate::scan`] calls it between taking a line apart and reading its content: hashes are those of the
//! bytes as they are. What format 2 added gets the value that says "as it was then". Nothing is made up that
//! the record did not say, with one exception, which is marked below. Entries keep their numbers, so that
//! "entry 41" is line 42 of the file in every format. `docs/record.md` has the rules in words.

use hotwash_engine::exercise::Phase;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The format that is lifted.
pub(crate) const LIFTED: u32 = 1;

/// What is remembered of a record of format 1 while its entries are lifted.
#[derive(Debug, Default)]
pub(crate) struct Lift {
    /// Slugs of people, by position.
    people: Vec<String>,
    /// Slugs of roles, with the positions of those who hold them.
    roles: Vec<(String, Vec<u64>)>,
    /// By piece of work: the role in which it was last done.
    doers: BTreeMap<String, Value>,
}

impl Lift {
    /// Lifts a header. What does not have the shape of one is left as it is: whoever reads it will say so.
    pub(crate) fn header(&mut self, header: &mut Value) {
        header["format"] = json!(hotwash_engine::record::FORMAT);
        let Some(exercise) = header.get_mut("exercise").and_then(Value::as_object_mut) else {
            return;
        };
        if let Some(organisation) = exercise
            .get_mut("organisation")
            .and_then(Value::as_object_mut)
        {
            self.remember(organisation);
            lift_organisation(organisation);
        }
        let yardstick = exercise.get("plan").map_or(Value::Null, yardstick);
        if let Some(plan) = exercise.get_mut("plan") {
            lift_plan(plan);
        }
        exercise.insert("yardstick".to_owned(), yardstick);
        exercise.insert("softer".to_owned(), Value::Null);
        exercise.insert("law_is_unknown".to_owned(), json!(false));
    }

    fn remember(&mut self, organisation: &Map<String, Value>) {
        let slug = |of: &Value| of["slug"].as_str().unwrap_or_default().to_owned();
        let list = |name: &str| organisation.get(name).and_then(Value::as_array);
        self.people = list("people").into_iter().flatten().map(slug).collect();
        let roles = list("roles").into_iter().flatten().map(|role| {
            let holders = role["holders"].as_array().into_iter().flatten();
            (slug(role), holders.filter_map(Value::as_u64).collect())
        });
        self.roles = roles.collect();
    }

    /// Lifts an entry.
    pub(crate) fn entry(&mut self, entry: &mut Value) {
        let actor = entry["actor"].clone();
        let Some(event) = entry.get_mut("event").and_then(Value::as_object_mut) else {
            return;
        };
        let Some((kind, mut fields)) = std::mem::take(event).into_iter().next() else {
            return;
        };
        match kind.as_str() {
            // Expectations are judged by what was done.
            "ExpectationMet" | "ExpectationMissed" => {
                event.insert("Retired".to_owned(), json!({ "kind": kind }));
                return;
            }
            "TaskStarted" | "TaskResumed" => {
                if let Some(instance) = fields["instance"].as_str() {
                    self.doers
                        .insert(instance.to_owned(), fields["role"].clone());
                }
            }
            "MeasureTaken" | "EvidencePreserved" | "StakeholderNotified" => {
                let role = self.role_of(&fields, &actor);
                if let (Some(fields), Some(role)) = (fields.as_object_mut(), role) {
                    fields.insert("role".to_owned(), role);
                }
            }
            "ActionRejected" => refuse(&mut fields),
            _ => {}
        }
        event.insert(kind, fields);
    }

    /// The role in which something was done: that in which its work was last started or gone on with. A
    /// measure of one's own had no work; here alone something is made up: the first role that its doer holds,
    /// else the first there is.
    fn role_of(&self, fields: &Value, actor: &Value) -> Option<Value> {
        let of_work = fields["instance"]
            .as_str()
            .and_then(|it| self.doers.get(it));
        if let Some(role) = of_work {
            return Some(role.clone());
        }
        let doer = actor.as_object().into_iter().flat_map(Map::values).next();
        let doer = doer.and_then(|of| of["person"].as_str());
        let position = self.people.iter().position(|of| Some(of.as_str()) == doer);
        let held = position.and_then(|at| {
            let mut roles = self.roles.iter();
            roles.find(|(_, holders)| holders.contains(&(at as u64)))
        });
        let role = held.or_else(|| self.roles.first());
        role.map(|(slug, _)| json!(slug))
    }
}

/// The words with which format 1 refused an act, and what they are called.
const REFUSALS: &[(&str, &str)] = &[
    ("only a person can do this", "OnlyAPerson"),
    ("only the facilitator can do this", "OnlyTheFacilitator"),
    ("nobody plays this person", "NobodyPlays"),
    ("the exercise has not begun", "TooEarly"),
    ("the exercise ended before", "TooLate"),
    ("a stand-in acts while the clock is moved on", "StandInActs"),
    ("no task of the plan takes this measure", "NotInPlan"),
    ("the person holds no role", "HoldsNoRole"),
    ("this task needs no approval", "NeedsNoApproval"),
    (
        "no work of this task waits for somebody to ask",
        "NothingToAsk",
    ),
    ("the person has no role for this task", "NoRoleForTask"),
    ("this decision is not open", "NotOpen"),
    ("this decision has no such option", "NoSuchOption"),
    ("it is that late already", "TimeIsPast"),
    ("this inject was delivered before", "DeliveredBefore"),
    ("this inject was left out before", "LeftOutBefore"),
    ("this expectation is excused already", "ExcusedBefore"),
    ("this expectation was met", "MetBefore"),
    ("there is no such message", "NoSuchMessage"),
    ("this message is not in the person's inbox", "NotInInbox"),
    ("the person reads another message", "ReadsAnother"),
    ("nobody has asked for this approval", "NotAsked"),
    ("this approval is not the person's to give", "NotTheirs"),
    ("the person does not work on this task", "NotWorking"),
    ("nobody has this role", "NobodyHasRole"),
    ("the person is busy", "Busy"),
    ("this task is not ready", "NotReady"),
    ("this task cannot be done by these people now", "NotByThese"),
    ("this task needs approval", "NeedsApproval"),
];

fn refuse(fields: &mut Value) {
    let said = fields["reason"].as_str();
    let word = REFUSALS.iter().find(|(text, _)| Some(*text) == said);
    if let (Some((_, word)), Some(fields)) = (word, fields.as_object_mut()) {
        put(fields, "reason", json!(word));
    }
}

/// Puts fields into each item of a list, where it does not have them.
fn each(of: &mut Map<String, Value>, list: &str, mut change: impl FnMut(&mut Map<String, Value>)) {
    let items = of.get_mut(list).and_then(Value::as_array_mut);
    let items = items.into_iter().flatten();
    items.filter_map(Value::as_object_mut).for_each(&mut change);
}

fn put(of: &mut Map<String, Value>, field: &str, value: Value) {
    of.insert(field.to_owned(), value);
}

/// No country and no sector that duties could hang on, the weekend that everybody had, and functions by
/// roles alone. All assets were ours, and an asset without a list of backups had all of them.
fn lift_organisation(organisation: &mut Map<String, Value>) {
    organisation.remove("sector");
    put(organisation, "country", Value::Null);
    put(organisation, "sectors", json!([]));
    put(organisation, "weekend", json!(["Sat", "Sun"]));
    each(organisation, "people", |of| put(of, "also", json!([])));
    each(organisation, "stakeholders", |of| {
        put(of, "weekend", Value::Null);
    });
    each(organisation, "sources", |of| put(of, "quiet", Value::Null));
    each(organisation, "assets", |of| {
        let worth = of.get("loss_per_hour").cloned();
        put(of, "worth_per_hour", worth.unwrap_or_else(|| json!(0)));
        put(of, "run_by", Value::Null);
        put(of, "restores_in", Value::Null);
        let none = of
            .get("backed_up_by")
            .is_some_and(|list| *list == json!([]));
        if none {
            put(of, "backed_up_by", Value::Null);
        }
    });
}

/// A task gave no reason to be short. A duty that rested on law was a clause of the plan; its limit was that
/// of law.
fn lift_plan(plan: &mut Value) {
    let Some(plan) = plan.as_object_mut() else {
        return;
    };
    each(plan, "tasks", |of| {
        put(of, "because", Value::Null);
        put(of, "even_if_skipped", json!(false));
    });
    each(plan, "obligations", |of| {
        let is_law = of.get("law").is_some_and(|law| !law.is_null());
        let clause = if is_law {
            json!({ "Bound": { "within": null } })
        } else {
            json!("Own")
        };
        put(of, "clause", clause);
    });
}

/// A run was judged by what its plan asked of itself.
fn yardstick(plan: &Value) -> Value {
    let stages = || plan["lifecycle"].as_array().into_iter().flatten();
    let criteria = Phase::ALL.iter().map(|phase| {
        let of = || stages().filter(|stage| stage["phase"] == phase.name());
        let said = |criterion: &Value| (!criterion.is_null()).then(|| criterion.clone());
        let entry = of().find_map(|stage| said(&stage["entry"]));
        let exit = of().filter_map(|stage| said(&stage["exit"])).next_back();
        json!({ "phase": phase.name(), "entry": entry, "exit": exit })
    });
    let criteria = criteria.filter(|of| !of["entry"].is_null() || !of["exit"].is_null());
    let criteria: Vec<Value> = criteria.collect();
    json!({
        "targets": plan["targets"],
        "rules": plan["classification"]["rules"],
        "reassess_within": plan["classification"]["reassess_within"],
        "criteria": criteria,
        "scoring": plan["scoring"],
    })
}
