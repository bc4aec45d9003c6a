//! What distinguishes two exercises, as fields of things that authors write.

use super::value::Value;
use hotwash_engine::exercise::{
    Addressee, Asset, Channel, Condition, Exercise, Experience, Fact, Identified, Knowable, Names,
    Person, PersonId, Phase, Role, Sight, Slug, Source, StaffGroup, Stakeholder, Task, WeeklyHours,
};

/// A list of a definition whose items have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listed {
    /// The section: `organisation` or `plan`.
    pub(super) section: &'static str,
    /// The field that holds the list.
    pub(super) list: &'static str,
    /// What an item is, for people.
    pub(super) noun: &'static str,
}

const fn listed(section: &'static str, list: &'static str, noun: &'static str) -> Listed {
    Listed {
        section,
        list,
        noun,
    }
}

const PEOPLE: Listed = listed("organisation", "people", "person");
const ROLES: Listed = listed("organisation", "roles", "role");
const GROUPS: Listed = listed("organisation", "groups", "group");
const ASSETS: Listed = listed("organisation", "assets", "asset");
const CHANNELS: Listed = listed("organisation", "channels", "channel");
const SOURCES: Listed = listed("organisation", "monitoring", "source");
const STAKEHOLDERS: Listed = listed("organisation", "stakeholders", "stakeholder");
const TASKS: Listed = listed("plan", "tasks", "task");

/// Something that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// A field of an item gets a value; `None`: it goes.
    Field {
        /// The list.
        of: Listed,
        /// The item's id.
        id: Slug,
        /// The field.
        field: &'static str,
        /// What it gets.
        value: Option<Value>,
        /// Whether nothing need be written where the field is not there: its default is meant.
        only_where_given: bool,
    },
    /// A list in a field of an item gets more items at its end.
    More {
        /// The list that holds the item.
        of: Listed,
        /// The item's id.
        id: Slug,
        /// The field.
        field: &'static str,
        /// What is added.
        values: Vec<Value>,
    },
    /// A list gets an item.
    Item {
        /// The list.
        of: Listed,
        /// The item.
        value: Value,
    },
}

impl Change {
    /// The fields that go, of all changes, from the item that this one is about.
    pub(super) fn goes(&self, all: &[Self]) -> Vec<&'static str> {
        let about = |of: &Self| match of {
            Self::Field { of, id, .. } | Self::More { of, id, .. } => Some((*of, id.clone())),
            Self::Item { .. } => None,
        };
        let mine = about(self);
        let gone = all.iter().filter_map(|other| match other {
            Self::Field {
                field, value: None, ..
            } if about(other) == mine => Some(*field),
            _ => None,
        });
        gone.collect()
    }
}

/// Everything that distinguishes the second from the first, in the order of the definitions.
pub(super) fn changes(before: &Exercise, after: &Exercise) -> Vec<Change> {
    let mut found = Found {
        names: [before.names(), after.names()],
        usual: [usual(before), usual(after)],
        all: Vec::new(),
    };
    let (old, new) = (before.organisation(), after.organisation());
    found.each(&old.people, &new.people, |of| &of.slug, Found::person);
    for person in new.people.iter().filter(|of| is_new(&old.people, &of.slug)) {
        found.new_person(person, &new.hours);
    }
    found.each(&old.roles, &new.roles, |of| &of.slug, Found::role);
    found.each(&old.groups, &new.groups, |of| &of.slug, Found::group);
    found.each(&old.assets, &new.assets, |of| &of.slug, Found::asset);
    found.each(&old.channels, &new.channels, |of| &of.slug, Found::channel);
    let channels = new.channels.iter();
    let fresh = channels.filter(|of| old.channels.iter().all(|other| other.slug != of.slug));
    for channel in fresh {
        found.new_channel(channel);
    }
    found.each(&old.sources, &new.sources, |of| &of.slug, Found::source);
    found.each(
        &old.stakeholders,
        &new.stakeholders,
        |of| &of.slug,
        Found::stakeholder,
    );
    let (old, new) = (&before.plan().tasks, &after.plan().tasks);
    found.each(old, new, |of| &of.slug, Found::task);
    found.all
}

fn is_new(people: &[Person], slug: &Slug) -> bool {
    people.iter().all(|of| of.slug != *slug)
}

/// The channels on which somebody is reached of whom nothing else is said: not on call, and on call.
fn usual(exercise: &Exercise) -> [Vec<String>; 2] {
    let channels = &exercise.organisation().channels;
    [false, true].map(|on_call| {
        let usual = channels.iter().filter(|of| of.kind.is_usual(on_call));
        usual.map(|of| of.slug.to_string()).collect()
    })
}

struct Found<'a> {
    names: [&'a Names; 2],
    usual: [[Vec<String>; 2]; 2],
    all: Vec<Change>,
}

/// The texts of the ids of things.
fn slugs<I: Identified + Copy>(ids: &[I], names: &Names) -> Vec<String> {
    ids.iter().map(|id| id.slug(names).to_string()).collect()
}

impl Found<'_> {
    /// Looks at each thing that both have.
    fn each<T>(
        &mut self,
        old: &[T],
        new: &[T],
        slug: impl Fn(&T) -> &Slug,
        look: impl Fn(&mut Self, &T, &T),
    ) {
        for one in new {
            if let Some(other) = old.iter().find(|of| slug(of) == slug(one)) {
                look(self, other, one);
            }
        }
    }

    fn set(&mut self, of: Listed, id: &Slug, field: &'static str, value: Option<Value>) {
        self.all.push(Change::Field {
            of,
            id: id.clone(),
            field,
            value,
            only_where_given: false,
        });
    }

    /// A list that got more items at its end, or is another one.
    fn list(
        &mut self,
        (of, id): (Listed, &Slug),
        field: &'static str,
        [old, new]: [Vec<String>; 2],
        value: impl Fn(&str) -> Value,
    ) {
        if old == new {
            return;
        }
        let kept = old.iter().all(|one| new.contains(one));
        let more: Vec<&String> = new.iter().filter(|one| !old.contains(one)).collect();
        if kept && !more.is_empty() {
            self.all.push(Change::More {
                of,
                id: id.clone(),
                field,
                values: more.into_iter().map(|one| value(one)).collect(),
            });
        } else {
            let all = new.iter().map(|one| value(one)).collect();
            self.set(of, id, field, Some(Value::List(all)));
        }
    }

    fn ids<I: Identified + Copy>(
        &mut self,
        place: (Listed, &Slug),
        field: &'static str,
        [old, new]: [&[I]; 2],
    ) {
        let lists = [slugs(old, self.names[0]), slugs(new, self.names[1])];
        self.list(place, field, lists, |slug| Value::Text(slug.to_owned()));
    }

    fn person(&mut self, old: &Person, new: &Person) {
        if old.on_call != new.on_call {
            self.set(PEOPLE, &new.slug, "on_call", Some(on_call(&new.on_call)));
        }
        let is_usual = |of: &Person, channels: &[Vec<String>; 2], names: &Names| {
            slugs(&of.channels, names) == channels[usize::from(!of.on_call.0.is_empty())]
        };
        let (was, is) = (
            slugs(&old.channels, self.names[0]),
            slugs(&new.channels, self.names[1]),
        );
        // Who has what everybody has as a matter of course needs no word for it.
        let left_open = is_usual(old, &self.usual[0], self.names[0])
            && is_usual(new, &self.usual[1], self.names[1]);
        if was != is {
            self.all.push(Change::Field {
                of: PEOPLE,
                id: new.slug.clone(),
                field: "channels",
                value: Some(Value::texts(is.iter().map(String::as_str))),
                only_where_given: left_open,
            });
        }
        if old.experience != new.experience {
            self.set(PEOPLE, &new.slug, "experience", Some(experience(new)));
        }
        if old.trained_days_ago != new.trained_days_ago {
            self.set(PEOPLE, &new.slug, "trained", Some(trained(new)));
        }
    }

    fn new_person(&mut self, person: &Person, office: &WeeklyHours) {
        let mut fields = vec![("id", Value::Text(person.slug.to_string()))];
        if person.shift != *office {
            fields.push(("hours", Value::hours(&person.shift)));
        }
        if !person.keeps_holidays {
            fields.push(("keeps_holidays", Value::truth(false)));
        }
        let channels = slugs(&person.channels, self.names[1]);
        if channels != self.usual[1][0] {
            fields.push((
                "channels",
                Value::texts(channels.iter().map(String::as_str)),
            ));
        }
        if !person.notice.is_empty() {
            let notice = person.notice.iter().map(|notice| {
                let mut times = vec![("on_duty", Value::span(notice.on_duty))];
                times.extend(notice.off_duty.map(|span| ("off_duty", Value::span(span))));
                (notice.channel.name(), Value::Fields(times))
            });
            fields.push(("notice", Value::Map(notice.collect())));
        }
        self.all.push(Change::Item {
            of: PEOPLE,
            value: Value::Fields(fields),
        });
    }

    fn role(&mut self, old: &Role, new: &Role) {
        let place = (ROLES, &new.slug);
        self.ids::<PersonId>(place, "holders", [&old.holders, &new.holders]);
        self.ids::<PersonId>(place, "deputies", [&old.deputies, &new.deputies]);
        if old.may != new.may {
            let may = new.may.iter().map(|measure| measure.name());
            self.set(ROLES, &new.slug, "may", Some(Value::words(may)));
        }
        if old.functions != new.functions {
            let functions = new.functions.iter().map(|function| function.name());
            self.set(ROLES, &new.slug, "function", Some(Value::words(functions)));
        }
    }

    fn group(&mut self, old: &StaffGroup, new: &StaffGroup) {
        if old.reports != new.reports {
            self.set(
                GROUPS,
                &new.slug,
                "reports",
                Some(Value::share(new.reports)),
            );
        }
        if old.knows_channel != new.knows_channel {
            let share = Value::share(new.knows_channel);
            self.set(GROUPS, &new.slug, "knows_channel", Some(share));
        }
        if old.trained_days_ago != new.trained_days_ago {
            let ago = new.trained_days_ago.map(Value::days_ago);
            self.set(GROUPS, &new.slug, "trained", ago);
        }
    }

    fn asset(&mut self, old: &Asset, new: &Asset) {
        if old.backed_up_by != new.backed_up_by {
            let copies = new
                .backed_up_by
                .as_deref()
                .map(|copies| slugs(copies, self.names[1]));
            let copies = copies.map(|all| Value::texts(all.iter().map(String::as_str)));
            self.set(ASSETS, &new.slug, "backed_up_by", copies);
        }
        if old.standby != new.standby {
            self.set(
                ASSETS,
                &new.slug,
                "standby",
                Some(Value::truth(new.standby)),
            );
        }
        if old.backed_up_every != new.backed_up_every {
            let every = new.backed_up_every.map(Value::span);
            self.set(ASSETS, &new.slug, "backed_up_every", every);
        }
    }

    fn channel(&mut self, old: &Channel, new: &Channel) {
        if old.verified_days_ago != new.verified_days_ago {
            let ago = new.verified_days_ago.map(Value::days_ago);
            self.set(CHANNELS, &new.slug, "verified_on", ago);
        }
    }

    fn new_channel(&mut self, channel: &Channel) {
        let mut fields = vec![
            ("id", Value::Text(channel.slug.to_string())),
            ("kind", Value::Word(channel.kind.name())),
            ("out_of_band", Value::truth(channel.out_of_band)),
            ("acknowledgeable", Value::truth(channel.acknowledgeable)),
        ];
        let ago = channel.verified_days_ago.map(Value::days_ago);
        fields.extend(ago.map(|ago| ("verified_on", ago)));
        self.all.push(Change::Item {
            of: CHANNELS,
            value: Value::Fields(fields),
        });
    }

    fn source(&mut self, old: &Source, new: &Source) {
        let via = |of: &Source, names: &Names| of.via.map(|via| via.slug(names).to_string());
        let (was, is) = (via(old, self.names[0]), via(new, self.names[1]));
        if was != is {
            self.set(SOURCES, &new.slug, "via", is.map(Value::Text));
        }
        if old.escalates != new.escalates {
            self.set(
                SOURCES,
                &new.slug,
                "escalates",
                Some(Value::truth(new.escalates)),
            );
        }
        let more = new.sees.iter().filter(|sight| !old.sees.contains(sight));
        if new.sees.len() > old.sees.len() {
            let values = more.map(|sight| self.sight(sight)).collect();
            self.all.push(Change::More {
                of: SOURCES,
                id: new.slug.clone(),
                field: "sees",
                values,
            });
        }
    }

    fn sight(&self, sight: &Sight) -> Value {
        let mut fields = Vec::new();
        if !sight.techniques.is_empty() {
            let techniques = sight.techniques.iter().map(String::as_str);
            fields.push(("techniques", Value::texts(techniques)));
        }
        if !sight.kinds.is_empty() {
            let kinds = sight.kinds.iter().map(|kind| kind.name());
            fields.push(("kinds", Value::words(kinds)));
        }
        if !sight.assets.is_empty() {
            let assets = slugs(&sight.assets, self.names[1]);
            fields.push(("assets", Value::texts(assets.iter().map(String::as_str))));
        }
        fields.push(("chance", Value::share(sight.chance)));
        fields.push(("after", Value::law(&sight.after)));
        Value::Fields(fields)
    }

    fn stakeholder(&mut self, old: &Stakeholder, new: &Stakeholder) {
        if old.verified_days_ago != new.verified_days_ago {
            let ago = new.verified_days_ago.map(Value::days_ago);
            self.set(STAKEHOLDERS, &new.slug, "verified_on", ago);
        }
    }

    fn task(&mut self, old: &Task, new: &Task) {
        let place = (TASKS, &new.slug);
        if old.approval != new.approval {
            let approval = new.approval.map(|of| self.addressee(of));
            self.set(TASKS, &new.slug, "approval", approval);
        }
        for (field, was, is) in [
            ("after", &old.after, &new.after),
            ("after_any", &old.after_any, &new.after_any),
        ] {
            if was != is && is.is_empty() {
                self.set(TASKS, &new.slug, field, None);
            } else {
                self.ids(place, field, [was, is]);
            }
        }
        if old.when != new.when {
            self.set(
                TASKS,
                &new.slug,
                "when",
                new.when.as_ref().and_then(condition),
            );
        }
        if old.delay != new.delay {
            self.set(
                TASKS,
                &new.slug,
                "delay",
                new.delay.as_ref().map(Value::law),
            );
        }
        let via = |of: &Task, names: &Names| of.via.map(|via| via.slug(names).to_string());
        let (was, is) = (via(old, self.names[0]), via(new, self.names[1]));
        if was != is {
            self.set(TASKS, &new.slug, "via", is.map(Value::Text));
        }
    }

    fn addressee(&self, of: Addressee) -> Value {
        match of {
            Addressee::Function(function) => Value::Word(function.name()),
            Addressee::Role(role) => Value::Text(role.slug(self.names[1]).to_string()),
        }
    }
}

fn on_call(hours: &WeeklyHours) -> Value {
    if *hours == WeeklyHours::always() {
        Value::truth(true)
    } else {
        Value::hours(hours)
    }
}

/// The phases in which somebody has other than the usual experience.
fn experience(person: &Person) -> Value {
    let levels = Phase::ALL.iter().zip(person.experience);
    let told = levels.filter(|(_, level)| *level != Experience::Nominal);
    let word = |level| match level {
        Experience::Little => "Little",
        Experience::Nominal => "Nominal",
        Experience::Much => "Much",
    };
    Value::Map(
        told.map(|(phase, level)| (phase.name(), Value::Word(word(level))))
            .collect(),
    )
}

/// When somebody was trained, by phase.
fn trained(person: &Person) -> Value {
    let ages = Phase::ALL.iter().zip(person.trained_days_ago);
    let told = ages.filter_map(|(phase, ago)| Some((phase.name(), Value::days_ago(ago?))));
    Value::Map(told.collect())
}

/// The one condition that improvements set.
fn condition(condition: &Condition) -> Option<Value> {
    match condition {
        Condition::Is(Fact::Known(Knowable::Real(_))) => {
            Some(Value::Of("Known", Box::new(Value::Word("Real"))))
        }
        _ => None,
    }
}
