//! What is no definition at all is told in one clear sentence, with its place and what to do.

use hotwash_scenarios::diagnostic::{Code, Diagnostic};
use hotwash_scenarios::{Source, Start, limits, read, ready};

/// The one thing that is said about a text.
fn said(name: &str, text: impl Into<String>) -> Diagnostic {
    let loaded = read(&[Source::new(name, text)]);
    let mut problems = loaded.problems;
    assert_eq!(problems.len(), 1, "{name}: {problems:#?}");
    problems.remove(0)
}

/// Whether a report says what to do, or which form is wanted.
fn helps(problem: &Diagnostic) -> bool {
    problem.cure.is_some() || !problem.notes.is_empty()
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_before_it_is_read() {
    let problem = said("large.ron", " ".repeat(50 * 1024 * 1024));
    assert_eq!(problem.code, Code::TooLarge);
    assert!(problem.notes[0].contains(&limits::FILE_BYTES.to_string()));
}

#[test]
fn more_tokens_or_items_than_anybody_writes_are_refused() {
    let problem = said("tokens.ron", ",".repeat(limits::TOKENS + 1));
    assert_eq!(problem.code, Code::TooLarge);
    let items = "\"a\",".repeat(limits::ITEMS + 1);
    let text = format!("Scenario(title: \"T\", debrief: [{items}])");
    assert_eq!(said("items.ron", text).code, Code::TooLarge);
}

#[test]
fn ten_thousand_levels_of_nesting_are_one_problem_at_the_first_that_is_too_deep() {
    for bracket in ["[", "(", "Not(", "{a: "] {
        let problem = said(
            "nested.ron",
            format!("Plan(tasks: {}", bracket.repeat(10_000)),
        );
        assert_eq!(problem.code, Code::TooDeep, "{bracket}");
        let opening = "Plan(tasks: ".len() + bracket.len() * (limits::DEPTH - 1);
        assert!((opening..opening + bracket.len()).contains(&problem.place().range().start));
        assert!(helps(&problem));
    }
}

#[test]
fn what_is_empty_or_no_text_is_told_at_its_start() {
    let bytes: Vec<u8> = (0..4_000_u32).map(|i| (i * i % 251) as u8).collect();
    let rubbish = String::from_utf8_lossy(&bytes).into_owned();
    for (text, code) in [
        (String::new(), Code::EmptyFile),
        (" \n\t// nothing\n".to_owned(), Code::EmptyFile),
        (rubbish, Code::NotText),
    ] {
        let problem = said("file.ron", text);
        assert_eq!((problem.code, problem.place().start), (code, 0));
        assert!(helps(&problem));
    }
}

#[test]
fn a_scenario_where_a_plan_belongs_leaves_the_plan_missing() {
    let scenario = "Scenario(title: \"T\", injects: [(id: \"call\", at: \"5m\", from: \"A\", to: Analyst, text: \"Hm.\")])";
    let organisation = "Organisation(name: \"A\", people: [(id: \"p\", roles: [\"r\"])], roles: [(id: \"r\", function: Analyst)])";
    let sources = [
        Source::new("organisation.ron", organisation),
        Source::new("plan.ron", scenario),
        Source::new("scenario.ron", scenario),
    ];
    let problems = ready(&sources, &Start::default()).expect_err("there is no plan");
    let missing = problems
        .iter()
        .find(|problem| problem.code == Code::MissingPart);
    let missing = missing.expect("it is said");
    assert!(missing.message.contains("a plan"), "{}", missing.message);
    assert!(helps(missing));
}

#[test]
fn names_where_none_belong_are_told_and_do_not_run_in_circles() {
    let text = "Plan(tasks: [(id: \"t\", phase: Response, by: Handler, takes: \"5m\", when: Not(a: Not(b: AlertRaised)))])";
    let problem = said("plan.ron", text);
    assert_eq!(problem.code, Code::WrongArguments);
}
