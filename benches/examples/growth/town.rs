//! An exercise of any size, all teams of which have as much to do.
//!
//! Each team has three people in two roles, two shifts, three assets, an attack of two steps and a plan
//! of six tasks of its own, of which nobody else knows. So an exercise of ten times the teams has ten
//! times the events at the same utilisation, and a cost for an event that does not grow says that
//! nothing looks at what does not concern it.

use hotwash_engine::exercise::{Addressee, AssetId, Exercise, RoleId, Selector};
use hotwash_scenarios::{Source, Start, ready};
use std::fmt::Write;
use std::sync::Arc;

/// An exercise of so many teams.
pub(crate) fn town(teams: usize) -> Arc<Exercise> {
    let source = Source::new("town.ron", text(teams));
    let ready = ready(&[source], &Start::default());
    let ready = ready.unwrap_or_else(|refused| panic!("a town is an exercise: {refused:?}"));
    let mut parts = ready.bound.exercise.parts().clone();
    // What a scenario must not name, as it is portable: here each team has its own.
    for (i, step) in parts.scenario.steps.iter_mut().enumerate() {
        let asset = if i < teams { "door" } else { "hall" };
        let asset = format!("{asset}-{:04}", i % teams);
        let found = parts
            .organisation
            .assets
            .iter()
            .position(|of| of.slug.as_str() == asset);
        step.targets = Selector::Asset(AssetId::new(found.expect("each team has its assets")));
    }
    for (i, inject) in parts.scenario.injects.iter_mut().enumerate() {
        let role = if i < teams { "finds" } else { "mends" };
        let role = format!("{role}-{:04}", i % teams);
        let found = parts
            .organisation
            .roles
            .iter()
            .position(|of| of.slug.as_str() == role);
        inject.to = Addressee::Role(RoleId::new(found.expect("each team has its roles")));
    }
    Arc::new(Exercise::new(parts).expect("a town is an exercise"))
}

/// The lists that grow with the number of teams.
#[derive(Default)]
struct Lists {
    people: String,
    roles: String,
    assets: String,
    tasks: String,
    attack: String,
    injects: String,
}

fn text(teams: usize) -> String {
    let mut lists = Lists::default();
    for team in 0..teams {
        lists.add(team).expect("a string takes every text");
    }
    let Lists {
        people,
        roles,
        assets,
        tasks,
        attack,
        injects,
    } = lists;
    format!(
        r#"Exercise(
    organisation: (
        name: "A town (fictional)", time_zone: "UTC", hours: "Mon-Sun 08:00-18:00",
        people: [{people}],
        roles: [{roles}],
        assets: [{assets}],
        channels: [(id: "mail", kind: Mail), (id: "phone", kind: DeskPhone)],
    ),
    plan: (
        classification: (rules: [(level: Medium, when: AlertRaised)]),
        escalation: (after: "45m"),
        tasks: [{tasks}],
    ),
    scenario: (
        title: "A long week", start: "Tue 09:00", attack_began: "0m", limit: "5d",
        truth: (severity: Medium, category: MaliciousCode),
        attack: [{attack}],
        injects: [{injects}],
        ends: Elapsed("5d"),
    ),
)"#
    )
}

/// The people of a team: a name, a role and their hours.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("a", "finds", "06:00-14:00"),
    ("b", "finds", "14:00-22:00"),
    ("c", "mends", "08:00-18:00"),
];
/// The tasks of a team: a name, a phase, a role, what comes before, and how long they take.
const TASKS: [(&str, &str, &str, &str, &str); 6] = [
    (
        "look",
        "Assessment",
        "finds",
        "",
        "least 10m, likely 30m, most 2h",
    ),
    (
        "dig",
        "Assessment",
        "finds",
        "look",
        "least 1h, likely 2h, most 6h",
    ),
    (
        "shut",
        "Response",
        "mends",
        "look",
        "least 10m, likely 30m, most 2h",
    ),
    (
        "sweep",
        "Response",
        "mends",
        "shut",
        "least 1h, likely 2h, most 6h",
    ),
    (
        "check",
        "Resolution",
        "finds",
        "sweep",
        "least 30m, likely 1h, most 2h",
    ),
    (
        "mend",
        "Resolution",
        "mends",
        "check",
        "least 1h, likely 3h, most 6h",
    ),
];

impl Lists {
    fn add(&mut self, team: usize) -> std::fmt::Result {
        let t = format!("{team:04}");
        for (person, role, hours) in PEOPLE {
            write!(
                self.people,
                r#"(id: "{person}-{t}", roles: ["{role}-{t}"], hours: "Mon-Sun {hours}"),"#
            )?;
        }
        for (role, function) in [("finds", "Analyst"), ("mends", "Handler")] {
            write!(self.roles, r#"(id: "{role}-{t}", function: {function}),"#)?;
        }
        for asset in ["door", "hall", "vault"] {
            write!(self.assets, r#"(id: "{asset}-{t}", kind: Workstation),"#)?;
        }
        for (task, phase, role, after, takes) in TASKS {
            let waits = if after.is_empty() {
                format!(r#"when: Reached("enter-{t}")"#)
            } else {
                format!(r#"after: ["{after}-{t}"]"#)
            };
            write!(
                self.tasks,
                r#"(id: "{task}-{t}", phase: {phase}, by: "{role}-{t}", {waits}, takes: "{takes}", does: Log),"#
            )?;
        }
        self.add_attack(team, &t)
    }

    fn add_attack(&mut self, team: usize, t: &str) -> std::fmt::Result {
        // The weeks of the teams begin at hours spread over two days.
        let begins = team * 7 % 2_880;
        write!(
            self.attack,
            r#"(id: "enter-{t}", at: "{begins}m", takes: "2m to 20m", targets: One(Kind(Workstation)), effect: Compromise),"#
        )?;
        write!(
            self.attack,
            r#"(id: "spread-{t}", after: ["enter-{t}"], takes: "1h to 6h", targets: One(Kind(Workstation)), effect: Compromise),"#
        )?;
        write!(
            self.injects,
            r#"(id: "call-{t}", when: Reached("enter-{t}"), delay: "5m to 1h", from: "A neighbour", to: Analyst, text: "Something is wrong.", reveals: [Step("enter-{t}")]),"#
        )?;
        write!(
            self.injects,
            r#"(id: "press-{t}", when: Reached("spread-{t}"), delay: "5m to 1h", from: "A guest", to: Handler, text: "The hall is dark.", reveals: [Step("spread-{t}")]),"#
        )
    }
}
