//! Ids in other scripts, and with signs that ids do not have: of one definition, everywhere where they stand.

use hotwash_scenarios::diagnostic::{Code, Diagnostic, Level};
use hotwash_scenarios::{Source, check, library, read};
use std::collections::BTreeSet;

/// The ids that a text declares.
fn declared(text: &str) -> BTreeSet<String> {
    let parts = text.split("(id: \"").skip(1);
    parts
        .filter_map(|part| part.split('"').next())
        .map(str::to_owned)
        .collect()
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let loaded = read(&[Source::new("ids.ron", text)]);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    problems.retain(|problem| problem.level == Level::Error);
    problems
}

#[test]
fn an_id_in_another_script_is_offered_in_plain_letters_that_no_other_thing_has() {
    let exercise = library()
        .iter()
        .find(|item| item.text.contains("\nExercise("))
        .expect("one ships");
    let all = declared(exercise.text);
    assert!(all.len() > 8);
    for (number, id) in all.iter().enumerate() {
        // The first two become alike once they are plain.
        let beginnings = [
            "Gr\u{f6}\u{df}e ",
            "\u{5317}\u{4eac}",
            "\u{415}\u{43a}\u{430}-",
            "\u{200b}",
            "a b/",
            "\u{130}",
        ];
        let beginning = beginnings[number % beginnings.len()];
        let other = format!("\"{beginning}{id}\"");
        let mut text = exercise.text.replace(&format!("\"{id}\""), &other);
        let faults = text.matches(&other).count();
        let found = errors(&text);
        assert_eq!(found.len(), faults, "{other}: {found:#?}");
        for left in (0..faults).rev() {
            let problem = errors(&text).remove(0);
            assert_eq!(problem.code, Code::BadId);
            let edit = &problem.cure.as_ref().expect("it has a cure").edits[0];
            let plain = edit.text.trim_matches('"');
            assert!(plain.chars().any(char::is_alphanumeric), "{other}: {plain}");
            assert!(
                plain == id || !all.contains(plain),
                "{other}: {plain} is another"
            );
            text.replace_range(edit.place.range(), &edit.text);
            let then = errors(&text);
            assert!(then.len() <= left, "{other}: {then:#?}");
        }
    }
}

#[test]
fn two_things_are_never_offered_the_same_id() {
    let text = "Plan(tasks: [\
        (id: \"gr\u{f6}\u{df}e\", phase: Response, by: Handler, takes: \"5m\"),\
        (id: \"gr\u{f3}\u{df}e\", phase: Response, by: Handler, takes: \"5m\", after: [\"gr\u{f6}\u{df}e\"]),\
        (id: \"grosse-2\", phase: Response, by: Handler, takes: \"5m\")])";
    let cures: Vec<String> = errors(text)
        .into_iter()
        .filter_map(|problem| Some(problem.cure?.edits.remove(0).text))
        .collect();
    assert_eq!(cures, ["\"grosse\"", "\"grosse-3\"", "\"grosse\""]);
}
