//! What is named is what is played, and the header says what that is.

use crate::hotwash::Hotwash;

/// The built-in exercise on one screen, as a text of one's own.
fn own(hotwash: &Hotwash) -> String {
    hotwash.run("new small --from small").text(0);
    hotwash.read("small/exercise.ron")
}

#[test]
fn a_file_is_played_as_what_it_is_however_it_begins() {
    let hotwash = Hotwash::new();
    let exercise = own(&hotwash);
    let title = "The appointment book does not open";
    let beginnings = [
        "",
        "/* Ours. Scenario( */\n",
        "/* one /* in another */ */ // and one more\n",
        "#![enable(implicit_some)]\n",
        "// Plan(\n#![enable(implicit_some)]\n/* x */",
    ];
    for beginning in beginnings {
        hotwash.write("mine.ron", format!("{beginning}{exercise}"));
        let played = hotwash.run("simulate ./mine.ron").text(0);
        assert!(played.contains(title), "{beginning}: {played}");
        let said = played.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("./mine.ron"), "{beginning}: {played}");
        assert!(!said.contains("Marram"), "{beginning}: {played}");
        let checked = hotwash.run("check ./mine.ron").text(0);
        assert!(
            checked.contains("1 file: ./mine.ron."),
            "{beginning}: {checked}"
        );
    }
}

#[test]
fn the_header_names_all_that_is_played() {
    let hotwash = Hotwash::new();
    hotwash.run("new clinic").text(0);
    let said = |arguments: &str| {
        let text = hotwash.run(arguments).text(0);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(said("simulate").contains("the built-in example"));
    let own = said("simulate --package clinic");
    let with = "clinic/scenario.ron with clinic/organisation.ron and clinic/plan.ron";
    assert!(own.contains(with), "{own}");
    let library = said("simulate invoice-fraud");
    let with = "invoice-fraud (library) with marram-street-clinic (library) and clinic-response-plan (library)";
    assert!(library.contains(with), "{library}");
    let mixed = said("simulate invoice-fraud -p clinic/plan.ron");
    let with = "invoice-fraud (library) with marram-street-clinic (library) and clinic/plan.ron";
    assert!(mixed.contains(with), "{mixed}");
    for text in [own, library, mixed] {
        assert!(!text.contains("built-in"), "{text}");
    }
}

#[test]
fn a_name_of_the_library_may_be_cut_short_where_it_is_unique() {
    let hotwash = Hotwash::new();
    let whole = hotwash.run("simulate supplier-data-leak").text(0);
    for short in ["supplier", "data-leak"] {
        let played = hotwash.run(&format!("simulate {short} -p clinic")).text(0);
        assert_eq!(played.lines().nth(1), whole.lines().nth(1), "{short}");
    }
    let said = hotwash
        .run("simulate supplier -o marram -p nothing")
        .complaint(3);
    assert!(said.contains("no plan `nothing`"), "{said}");
    let said = hotwash.run("compare clinic").complaint(3);
    assert!(said.contains("stands for several"), "{said}");
    assert!(said.contains("`clinic-response-plan`"), "{said}");
}

#[test]
fn a_folder_is_a_package() {
    let hotwash = Hotwash::new();
    hotwash.run("new clinic").text(0);
    let checked = hotwash.run("check clinic").text(0);
    assert!(checked.contains("clinic/scenario.ron"), "{checked}");
    assert_eq!(checked, hotwash.run("check --package clinic").text(0));
    std::fs::create_dir(hotwash.path("empty")).expect("the folder takes folders");
    let said = hotwash.run("check empty").complaint(3);
    assert!(said.contains("`empty` is no package"), "{said}");
    let said = hotwash.run("check clinic --package clinic").complaint(3);
    assert!(said.contains("Name the package once"), "{said}");
}

#[test]
fn a_file_of_another_kind_is_said_to_be_one() {
    let hotwash = Hotwash::new();
    let exercise = own(&hotwash);
    hotwash.run("new clinic").text(0);
    hotwash.write("acts.ron", "/* Ours. */ Actions(acts: [])");
    hotwash.write("whole.ron", exercise);
    hotwash.run("simulate --record run.jsonl").text(0);
    let cases = [
        ("simulate ./acts.ron", "is a file of acts, and no scenario"),
        ("simulate ./run.jsonl", "is the record of an exercise"),
        ("simulate clinic/plan.ron", "is a plan, and no scenario"),
        (
            "simulate -p clinic/scenario.ron",
            "is a scenario, and no plan",
        ),
        (
            "simulate -o whole.ron",
            "is a whole exercise, and no organisation",
        ),
        ("simulate -p whole.ron", "is a whole exercise, and no plan"),
        ("compare ./acts.ron", "is a file of acts"),
    ];
    for (arguments, reason) in cases {
        let said = hotwash.run(arguments).complaint(3);
        assert!(said.contains(reason), "{arguments}: {said}");
    }
    // What nobody can tell is no exercise: nothing is played in its place.
    for text in ["", "// nothing\n", "Recipe(eggs: 2)", "title: mine\n"] {
        hotwash.write("odd.ron", text);
        let answer = hotwash.run("simulate ./odd.ron");
        assert!(
            answer.code != 0 && answer.stdout.is_empty(),
            "{text}: {answer:?}"
        );
    }
}
