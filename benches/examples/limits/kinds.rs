//! Exercises in which one list is as long as is asked, and all else is small.

use std::fmt::Write;

/// A list that grows.
pub(crate) struct Kind {
    /// What it is a list of.
    pub(crate) name: &'static str,
    /// How long it can be, where that is less than any list can be.
    pub(crate) most: usize,
    /// An exercise with so many.
    pub(crate) text: fn(usize) -> String,
}

const fn kind(name: &'static str, text: fn(usize) -> String) -> Kind {
    Kind {
        name,
        most: usize::MAX,
        text,
    }
}

/// Every list that grows.
pub(crate) const KINDS: &[Kind] = &[
    kind("people", people),
    kind("people-of-one-role", crowd),
    kind("roles", roles),
    kind("assets", assets),
    kind("chain-of-assets", chain_of_assets),
    kind("sources", sources),
    kind("stakeholders", stakeholders),
    kind("channels", channels),
    kind("tasks", tasks),
    kind("chain-of-tasks", chain_of_tasks),
    Kind {
        name: "tasks-each-asset",
        most: 128,
        text: tasks_each_asset,
    },
    kind("clocks", clocks),
    kind("decisions", decisions),
    kind("steps", steps),
    kind("chain-of-steps", chain_of_steps),
    kind("injects", injects),
    kind("chain-of-injects", chain_of_injects),
    kind("expectations", expectations),
    kind("objectives", objectives),
    kind("parts-of-a-condition", condition),
];

/// The lists of an exercise, of which one is replaced.
struct Lists {
    people: String,
    roles: String,
    assets: String,
    more: String,
    tasks: String,
    plan: String,
    attack: String,
    injects: String,
    scenario: String,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            people: "(id: \"nadia\", roles: [\"lead\"], on_call: true), \
                     (id: \"emil\", roles: [\"analyst\"], on_call: true)"
                .to_owned(),
            roles: "(id: \"lead\", function: IncidentManager, may: [Declare, Isolate], deputies: [\"emil\"]), \
                    (id: \"analyst\", function: Analyst)"
                .to_owned(),
            assets: "(id: \"records\", kind: Database, rto: \"8h\")".to_owned(),
            more: String::new(),
            tasks: "(id: \"triage\", phase: Assessment, by: Analyst, when: AlertRaised, takes: \"5m to 45m\"), \
                    (id: \"declare\", phase: Assessment, by: IncidentManager, after: [\"triage\"], takes: \"2m\", does: Declare), \
                    (id: \"isolate\", phase: Response, by: Analyst, after: [\"declare\"], takes: \"10m to 60m\", does: Isolate(Affected)), \
                    (id: \"restore\", phase: Recovery, by: Analyst, after: [\"isolate\"], takes: \"3h to 1d\", does: Restore(Affected))"
                .to_owned(),
            plan: String::new(),
            attack: "(id: \"encrypt\", takes: \"90m\", targets: Kind(Database), effect: Encrypt, stopped_by: [Isolate])"
                .to_owned(),
            injects: "(id: \"call\", at: \"20m\", from: \"R\", to: Analyst, text: \"x\", reveals: [Impact])"
                .to_owned(),
            scenario: String::new(),
        }
    }
}

impl Lists {
    fn text(&self) -> String {
        let Self {
            people,
            roles,
            assets,
            more,
            tasks,
            plan,
            attack,
            injects,
            scenario,
        } = self;
        format!(
            "Exercise(organisation: (name: \"X\", people: [{people}], roles: [{roles}], assets: [{assets}], {more}), \
             plan: (targets: {{Response: \"4h\"}}, tasks: [{tasks}], {plan}), \
             scenario: (title: \"T\", start: \"Thu 19:10\", limit: \"3d\", attack: [{attack}], injects: [{injects}], {scenario}))"
        )
    }
}

/// So many things, each written by its number.
fn each(number: usize, one: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    for i in 0..number {
        let _ = write!(all, ", {}", one(i));
    }
    all
}

/// The lists of one exercise, with more in one of them.
fn with(more: impl FnOnce(&mut Lists)) -> String {
    let mut lists = Lists::default();
    more(&mut lists);
    lists.text()
}

fn people(number: usize) -> String {
    with(|lists| {
        lists.people += &each(number, |i| {
            format!("(id: \"p{i}\", roles: [\"r{}\"])", i % 64)
        });
        lists.roles += &each(64, |i| format!("(id: \"r{i}\", function: Network)"));
    })
}

fn crowd(number: usize) -> String {
    with(|lists| {
        lists.people += &each(number, |i| format!("(id: \"p{i}\", roles: [\"analyst\"])"));
    })
}

fn roles(number: usize) -> String {
    with(|lists| {
        lists.roles += &each(number, |i| {
            format!("(id: \"r{i}\", function: Network, holders: [\"emil\"], deputies: [\"nadia\"])")
        });
    })
}

fn assets(number: usize) -> String {
    with(|lists| {
        lists.assets += &each(number, |i| {
            let kind = if i % 4 == 0 { "Database" } else { "FileServer" };
            format!("(id: \"a{i}\", kind: {kind}, loss_per_hour: 10)")
        });
    })
}

fn chain_of_assets(number: usize) -> String {
    with(|lists| {
        lists.assets += &each(number, |i| {
            let on = i.checked_sub(1);
            let on = on.map_or_else(|| "records".to_owned(), |on| format!("a{on}"));
            format!("(id: \"a{i}\", kind: FileServer, depends_on: [\"{on}\"], loss_per_hour: 10)")
        });
    })
}

fn sources(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| {
            format!("(id: \"s{i}\", kind: Edr, tells: Analyst, false_alarms: \"20d\")")
        });
        lists.more = format!("monitoring: [{}]", &all[2..]);
    })
}

fn stakeholders(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| format!("(id: \"s{i}\", kind: Customers)"));
        lists.more = format!("stakeholders: [{}]", &all[2..]);
    })
}

fn channels(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| format!("(id: \"c{i}\", kind: Mail)"));
        lists.more = format!("channels: [{}]", &all[2..]);
    })
}

fn tasks(number: usize) -> String {
    with(|lists| {
        lists.tasks += &each(number, |i| {
            format!(
                "(id: \"t{i}\", phase: Response, by: Analyst, after: [\"declare\"], takes: \"5m\", does: Brief)"
            )
        });
    })
}

fn chain_of_tasks(number: usize) -> String {
    with(|lists| {
        lists.tasks += &each(number, |i| {
            let before = i.checked_sub(1);
            let before = before.map_or_else(|| "declare".to_owned(), |before| format!("t{before}"));
            format!(
                "(id: \"t{i}\", phase: Response, by: Analyst, after: [\"{before}\"], takes: \"1m\", does: Brief)"
            )
        });
    })
}

fn tasks_each_asset(number: usize) -> String {
    with(|lists| {
        lists.assets += &each(3 * number, |i| {
            format!("(id: \"a{i}\", kind: Database, loss_per_hour: 10)")
        });
        lists.tasks += &each(number, |i| {
            format!(
                "(id: \"t{i}\", phase: Response, by: Analyst, after: [\"declare\"], takes: \"5m\", each: Asset, does: Harden(Affected))"
            )
        });
    })
}

fn clocks(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| {
            format!(
                "(id: \"c{i}\", to: Customers, aware: (what: Known(Real)), within: \"{}h\", by: IncidentManager)",
                i % 72 + 1
            )
        });
        lists.plan = format!("communication: [{}]", &all[2..]);
    })
}

fn decisions(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| {
            format!(
                "(id: \"d{i}\", question: \"?\", by: IncidentManager, when: Done(\"declare\"), \
                 options: [(id: \"yes\", text: \"Yes\"), (id: \"no\", text: \"No\")])"
            )
        });
        lists.plan = format!("decisions: [{}]", &all[2..]);
    })
}

fn steps(number: usize) -> String {
    with(|lists| {
        lists.attack += &each(number, |i| {
            format!("(id: \"s{i}\", takes: \"5m\", targets: Kind(Database), effect: Compromise)")
        });
    })
}

fn chain_of_steps(number: usize) -> String {
    with(|lists| {
        lists.attack += &each(number, |i| {
            let before = i.checked_sub(1);
            let before = before.map_or_else(|| "encrypt".to_owned(), |before| format!("s{before}"));
            format!(
                "(id: \"s{i}\", after: [\"{before}\"], takes: \"30s\", targets: Kind(Database), effect: Compromise)"
            )
        });
    })
}

fn injects(number: usize) -> String {
    with(|lists| {
        lists.injects += &each(number, |i| {
            format!(
                "(id: \"i{i}\", at: \"{}m\", from: \"R\", to: Analyst, text: \"x\", noise: true)",
                i % 4_000 + 1
            )
        });
    })
}

fn chain_of_injects(number: usize) -> String {
    with(|lists| {
        lists.injects += &each(number, |i| {
            let before = i.checked_sub(1);
            let before = before.map_or_else(|| "call".to_owned(), |before| format!("i{before}"));
            format!(
                "(id: \"i{i}\", when: InjectDelivered(\"{before}\"), delay: \"1m\", from: \"R\", to: Analyst, text: \"x\", noise: true)"
            )
        });
    })
}

fn expectations(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| {
            format!(
                "(id: \"e{i}\", of: Analyst, does: Isolate(Affected), within: \"{}m\")",
                i % 240 + 1
            )
        });
        lists.injects = format!(
            "(id: \"call\", at: \"20m\", from: \"R\", to: Analyst, text: \"x\", reveals: [Impact], expect: [{}])",
            &all[2..]
        );
        "objectives: [(id: \"O1\", capability: Contain, text: \"x\", critical: [\"e0\"])]"
            .clone_into(&mut lists.scenario);
    })
}

fn objectives(number: usize) -> String {
    with(|lists| {
        "(id: \"call\", at: \"20m\", from: \"R\", to: Analyst, text: \"x\", reveals: [Impact], \
             expect: [(id: \"cut\", of: Analyst, does: Isolate(Affected))])"
            .clone_into(&mut lists.injects);
        let all = each(number, |i| {
            format!("(id: \"O{i}\", capability: Contain, text: \"x\", critical: [\"cut\"])")
        });
        lists.scenario = format!("objectives: [{}]", &all[2..]);
    })
}

fn condition(number: usize) -> String {
    with(|lists| {
        let all = each(number, |i| format!("Elapsed(\"{}m\")", i + 1));
        let last = format!(
            ", (id: \"last\", phase: Response, by: Analyst, when: Any([{}]), takes: \"5m\", does: Brief)",
            &all[2..]
        );
        lists.tasks.push_str(&last);
    })
}
