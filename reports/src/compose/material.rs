//! What authors wrote for people to read: of the organisation, its plan and the scenario. It changes
//! nothing in a run, so a full report is where it is shown.

use crate::document::{Block, Depth, Fact, Part, Section, Text};
use crate::words::impact;
use hotwash_engine::exercise::{Exercise, Inject, Prompt, Soundness};

/// The sections, in order; those without content are empty.
pub(super) fn sections(exercise: &Exercise) -> Vec<Section> {
    vec![
        section("The organisation and its plan", house(exercise)),
        section("The scenario", scenario(exercise)),
        section("Injects and prompts for the facilitator", script(exercise)),
        section("Decisions", decisions(exercise)),
    ]
}

fn section(title: &str, rows: Vec<(String, String)>) -> Section {
    let facts: Vec<Fact> = rows
        .into_iter()
        .filter(|(_, said)| !said.trim().is_empty())
        .map(|(name, said)| Fact {
            name,
            value: Text::plain(said),
        })
        .collect();
    let blocks = if facts.is_empty() {
        Vec::new()
    } else {
        vec![Block::Facts(facts)]
    };
    Section {
        part: Part::Material,
        depth: Depth::Full,
        title: title.to_owned(),
        aside: String::new(),
        blocks,
    }
}

fn row(what: &str, said: &str) -> (String, String) {
    (what.to_owned(), said.to_owned())
}

fn house(exercise: &Exercise) -> Vec<(String, String)> {
    let house = exercise.organisation();
    let plan = exercise.plan();
    let sectors: Vec<&str> = house.sectors.iter().map(|sector| sector.name()).collect();
    let mut rows = vec![
        row("Organisation", &house.name),
        row("Sector", &sectors.join(", ")),
        row("Currency", house.currency.as_deref().unwrap_or_default()),
        row("Plan", &format!("{}, version {}", plan.title, plan.version)),
    ];
    rows.extend(house.roles.iter().map(|of| row("Role", &of.title)));
    rows.extend(house.teams.iter().map(|of| row("Team", of.slug.as_str())));
    rows.extend(house.groups.iter().map(|of| row("Staff", of.slug.as_str())));
    rows.extend(house.assets.iter().map(|of| row("Asset", &of.title)));
    rows.extend(
        house
            .channels
            .iter()
            .map(|of| row("Channel", of.slug.as_str())),
    );
    rows.extend(house.sources.iter().map(|of| row("Source", &of.title)));
    let told = house.stakeholders.iter();
    rows.extend(told.map(|of| row(&format!("Stakeholder {}", of.slug), &of.title)));
    rows.extend(house.risks.iter().map(|of| row("Risk", &of.title)));
    rows.extend(
        plan.lifecycle
            .iter()
            .map(|of| row(of.phase.name(), &of.name)),
    );
    let rules = plan.classification.rules.iter();
    let rules = rules.filter_map(|of| Some(row(of.level.name(), impact(of.impact?))));
    rows.extend(rules);
    rows.extend(plan.tasks.iter().map(|of| row("Task", &of.title)));
    rows.extend(plan.obligations.iter().map(|of| row("Clock", &of.title)));
    let programme = plan.programme.iter();
    rows.extend(programme.map(|of| row("Programme", of.slug.as_str())));
    rows.dedup();
    rows
}

fn scenario(exercise: &Exercise) -> Vec<(String, String)> {
    let scenario = exercise.scenario();
    let mut rows = vec![
        row("Scenario", &scenario.title),
        row("Synopsis", &scenario.synopsis),
        row("Attacker", &scenario.actor),
    ];
    rows.extend(
        scenario
            .incidents
            .iter()
            .map(|of| row("Incident", of.slug.as_str())),
    );
    rows.extend(
        scenario
            .objectives
            .iter()
            .map(|of| row("Objective", &of.text)),
    );
    rows.extend(scenario.sources.iter().map(|of| row("Rests on", of)));
    rows
}

fn script(exercise: &Exercise) -> Vec<(String, String)> {
    let scenario = exercise.scenario();
    let injects = scenario.injects.iter();
    let mut rows: Vec<_> = injects
        .flat_map(|of| std::iter::once(inject(of)).chain(of.prompts.iter().map(prompt)))
        .collect();
    let expected = scenario.expectations.iter();
    rows.extend(expected.map(|of| row("Expected", &of.text)));
    let prompts = scenario.prompts.iter();
    rows.extend(prompts.map(prompt));
    rows
}

fn prompt(of: &Prompt) -> (String, String) {
    row(&format!("If: {}", of.when), &of.say)
}

fn inject(of: &Inject) -> (String, String) {
    let mut said = of.text.clone();
    for question in &of.questions {
        said.push(' ');
        said.push_str(question);
    }
    row(&of.from, &said)
}

fn decisions(exercise: &Exercise) -> Vec<(String, String)> {
    let decisions = exercise.plan().decisions.iter();
    let options = decisions.flat_map(|of| {
        of.options.iter().map(|option| {
            let judged = match &option.judged {
                Some(Soundness::Sound) => "sound".to_owned(),
                Some(Soundness::Unsound(because)) => format!("not sound: {because}"),
                None => "not judged".to_owned(),
            };
            row(&of.question, &format!("{} ({judged})", option.text))
        })
    });
    options.collect()
}
