//! The attack played alone: what is told of it too early, and steps that never find a target.

use hotwash_scenarios::diagnostic::{Code, Diagnostic};
use hotwash_scenarios::{
    Kind, LibraryItem, Source, Start, bind, library, load, rehearse, rehearse_within,
};

fn rehearsed(sources: &[Source]) -> Vec<Diagnostic> {
    let definitions = load(sources).expect("the texts are sound");
    let bound = bind(&definitions, &Start::default()).expect("they make an exercise");
    rehearse(&definitions, &bound)
}

/// An exercise whose one step takes so long, and of which is told at such a time.
fn exercise(takes: &str, targets: &str, at: &str) -> Vec<Diagnostic> {
    let text = format!(
        "Exercise(organisation: (name: \"A\", people: [(id: \"p\", roles: [\"r\"])], \
         roles: [(id: \"r\", function: Analyst)], assets: [(id: \"d\", kind: Database)]), \
         plan: (tasks: [(id: \"t\", phase: Assessment, by: Analyst, takes: \"5m\")]), \
         scenario: (title: \"T\", limit: \"9h\", \
         attack: [(id: \"lock\", takes: \"{takes}\", targets: {targets}, effect: Encrypt)], \
         injects: [(id: \"call\", {at}, from: \"A\", to: Analyst, text: \"Hm.\", \
         reveals: [Step(\"lock\")])]))"
    );
    rehearsed(&[Source::new("e.ron", text)])
}

#[test]
fn an_inject_before_its_step_is_told_with_the_share_of_runs() {
    let found = exercise("2h", "Kind(Database)", "at: \"1h\"");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::RevealedEarly);
    assert!(
        found[0].message.contains("100 of 100 runs"),
        "{}",
        found[0].message
    );
    // Nine times in ten a range holds: at its upper end one run of twenty is later.
    let found = exercise("30m to 2h", "Kind(Database)", "at: \"1h\"");
    let late: u32 = found[0]
        .message
        .split(' ')
        .find_map(|word| word.parse().ok())
        .unwrap();
    assert!(
        (35..65).contains(&late),
        "half of the draws lie above the median: {late}"
    );
}

#[test]
fn an_inject_after_its_step_or_with_it_is_not() {
    for at in [
        "at: \"3h\"",
        "when: Reached(\"lock\")",
        "at: \"1h\", when: Reached(\"lock\")",
    ] {
        assert_eq!(exercise("2h", "Kind(Database)", at), [], "{at}");
    }
}

#[test]
fn a_step_without_a_target_is_told_at_its_targets() {
    let found = exercise("2h", "Kind(FileServer)", "when: Reached(\"lock\")");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::NoTargets);
    assert!(
        found[0].message.contains("100 of 100 runs"),
        "{}",
        found[0].message
    );
}

/// An exercise in which a false alarm comes every hour while a step takes two days.
const FLOOD: &str = "Exercise(organisation: (name: \"A\", people: [(id: \"p\", roles: [\"r\"])], \
    roles: [(id: \"r\", function: Analyst)], assets: [(id: \"d\", kind: Database)], \
    monitoring: [(id: \"edr\", kind: Edr, tells: Analyst, false_alarms: \"1h\")]), \
    plan: (tasks: [(id: \"t\", phase: Assessment, by: Analyst, takes: \"5m\")]), \
    scenario: (title: \"T\", limit: \"9d\", \
    attack: [(id: \"lock\", takes: \"2d\", targets: Kind(Database), effect: Encrypt)], \
    injects: [(id: \"call\", at: \"6h\", from: \"A\", to: Analyst, text: \"Hm.\", \
    reveals: [Step(\"lock\")])]))";

#[test]
fn a_rehearsal_stops_at_its_budget_and_says_so_whatever_the_file_says() {
    let definitions = load(&[Source::new("e.ron", FLOOD)]).expect("the text is sound");
    let bound = bind(&definitions, &Start::default()).expect("it makes an exercise");
    let codes = |entries| {
        let found = rehearse_within(&definitions, &bound, entries);
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    // Two entries for each of a hundred runs do not reach the inject, sixty do.
    assert_eq!(codes(200), [Code::PlayedInPart]);
    assert_eq!(codes(6_000), [Code::RevealedEarly, Code::PlayedInPart]);
    // Enough for two days of each.
    assert_eq!(codes(100_000), [Code::RevealedEarly]);
}

#[test]
fn what_ships_tells_nothing_too_early_and_finds_its_targets() {
    let of = |kind| {
        library()
            .iter()
            .filter(move |item: &&LibraryItem| item.kind == kind)
    };
    let organisation = of(Kind::Organisation).next().expect("one ships");
    let plan = of(Kind::Plan).next().expect("one ships");
    for scenario in of(Kind::Scenario) {
        let sources = [organisation, plan, scenario].map(|item| Source::new(item.file, item.text));
        assert_eq!(rehearsed(&sources), [], "{}", scenario.id);
    }
}
