//! The pages of one screen: what stands on them, how long and how wide they are, and how they are worded.

use crate::hotwash::Hotwash;

/// Turns of phrase that no page has, with what is said instead.
const PHRASES: &str = include_str!("../phrases.txt");

/// The lines that a page of one screen has at most at 80 columns: about forty of a run, twenty-five of a campaign.
const RUN: usize = 50;
const CAMPAIGN: usize = 28;
const OTHER: usize = 42;

const SCENARIOS: [&str; 3] = [
    "ransomware-friday-evening",
    "invoice-fraud",
    "supplier-data-leak",
];
const SMALL: &str = "harbour-street-clinic";

/// Fails where a page is wider than its screen, or has a turn of phrase that is read twice. What is to be typed is
/// never broken, and may be longer.
fn reads_well(page: &str, columns: usize) {
    let joined = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = PHRASES.lines().filter(|line| !line.starts_with('#'));
    for (phrase, instead) in lines.filter_map(|line| line.split_once(" => ")) {
        assert!(
            !joined.contains(phrase),
            "`{phrase}`: say \"{instead}\":\n{page}"
        );
    }
    for line in page.lines().filter(|line| !line.contains("hotwash ")) {
        assert!(line.chars().count() <= columns, "{columns}: {line}");
    }
    assert!(!page.contains('\u{1b}'), "a pipe gets no colour");
}

#[test]
fn the_page_of_a_run_is_one_screen_and_says_what_a_manager_asks() {
    let hotwash = Hotwash::new();
    for scenario in SCENARIOS {
        let page = hotwash.run(&format!("simulate {scenario}")).text(0);
        reads_well(&page, 80);
        let lines = page.lines().count();
        assert!(lines <= RUN, "{lines} lines:\n{page}");
        for part in [
            "PASSED",
            "Carried out: ",
            "WHAT HAPPENED",
            "PHASES",
            "from",
            "DUTIES",
            "Next: ",
        ] {
            assert!(page.contains(part), "{part}:\n{page}");
        }
        let seeded = format!("hotwash simulate {scenario} --full");
        assert!(page.contains(&seeded), "{page}");
        let narrow = hotwash.on_columns(60).run(&format!("simulate {scenario}"));
        reads_well(&narrow.text(0), 60);
    }
}

#[test]
fn everything_that_is_said_of_a_run_reads_well_too() {
    let hotwash = Hotwash::new();
    for scenario in SCENARIOS {
        let full = hotwash.run(&format!(
            "simulate {scenario} --full --record {scenario}.jsonl"
        ));
        reads_well(&full.text(0), 80);
        let record = format!("{scenario}.jsonl");
        let again = hotwash.run(&format!("evaluate {record}")).text(0);
        reads_well(&again, 80);
        assert!(
            again.contains(&format!("hotwash evaluate {record} --full")),
            "{again}"
        );
        let report = hotwash.run(&format!("report {record}")).text(0);
        reads_well(&report, usize::MAX);
        assert!(report.len() > 4 * again.len(), "a report has everything");
        // A cell of a table is a figure or a short text.
        for row in report.lines().filter(|line| line.starts_with("| ")) {
            for cell in row.split(" | ") {
                let words = cell.split_whitespace().count();
                assert!(words <= 60, "{words} words in a cell: {cell}");
            }
        }
    }
}

#[test]
fn the_pages_of_campaigns_and_comparisons_are_one_screen() {
    let hotwash = Hotwash::new();
    for columns in [80, 60] {
        let hotwash = hotwash.on_columns(columns);
        let page = hotwash.run(&format!("campaign {SMALL} --runs 40")).text(0);
        reads_well(&page, columns);
        let full = hotwash
            .run(&format!("campaign {SMALL} --runs 40 --full"))
            .text(0);
        reads_well(&full, columns);
        let compare = format!("compare {SMALL} harbour.ron --runs 20");
        let changed = hotwash_scenarios::find(hotwash_scenarios::Kind::Exercise, SMALL);
        let text = changed
            .expect("it ships")
            .text
            .replace("5m to 45m", "1m to 5m");
        hotwash.write("harbour.ron", text);
        let compared = hotwash.run(&compare).text(0);
        reads_well(&compared, columns);
        reads_well(&hotwash.run(&format!("{compare} --full")).text(0), columns);
        assert!(
            compared.contains(&format!("hotwash {compare} --full")),
            "{compared}"
        );
        if columns == 80 {
            let lines = |page: &str| page.lines().count();
            assert!(lines(&page) <= CAMPAIGN, "{page}");
            assert!(lines(&full) > lines(&page), "{full}");
            assert!(lines(&compared) <= OTHER, "{compared}");
            let next = format!("hotwash campaign {SMALL} --runs 40 --full");
            assert!(page.contains(&next), "{page}");
        }
    }
}

#[test]
fn a_default_is_said_by_its_file_and_line() {
    let hotwash = Hotwash::new();
    let listed = hotwash.run(&format!("simulate {SMALL} --explain")).text(0);
    let file = hotwash_scenarios::find(hotwash_scenarios::Kind::Exercise, SMALL).expect("it ships");
    assert!(listed.contains(&file.file), "{listed}");
    let line = file
        .text
        .lines()
        .position(|line| line.contains("id: \"triage\""));
    let line = (line.expect("it has the task") + 1).to_string();
    let row = listed.lines().find(|row| row.contains("triage"));
    assert!(
        row.is_some_and(|row| row.trim_start().starts_with(&line)),
        "{row:?}"
    );
}
