//! Campaigns, comparisons and searches in parts: what is put together is what is played at once, and what is no
//! part of it is refused.

use crate::hotwash::{Answer, Hotwash};
use hotwash_scenarios::{Kind, find};
use std::fs;

const SMALL: &str = "harbour-street-clinic";

/// Runs a command as a task of an array.
fn task(hotwash: &Hotwash, (engine, task): (&str, u64), asked: &str) -> Answer {
    let task = task.to_string();
    hotwash.run_where(&[(engine, &task)], asked.split_whitespace())
}

fn folder(hotwash: &Hotwash, name: &str) {
    fs::create_dir(hotwash.path(name)).expect("the folder takes folders");
}

/// A campaign of 24 runs in three parts, in the folder `parts`.
fn campaign(hotwash: &Hotwash) {
    folder(hotwash, "parts");
    for part in 0..3 {
        let asked = format!("campaign {SMALL} --runs 24 --part auto/3 --rows parts");
        task(hotwash, ("SLURM_ARRAY_TASK_ID", part), &asked).text(0);
    }
}

fn merged(hotwash: &Hotwash) -> Answer {
    hotwash.run(&format!("campaign merge parts --scenario {SMALL}"))
}

#[test]
fn parts_of_an_array_come_out_as_a_campaign_that_is_played_at_once() {
    let hotwash = Hotwash::new();
    campaign(&hotwash);
    let whole = hotwash.run(&format!("campaign {SMALL} --runs 24")).text(0);
    assert_eq!(merged(&hotwash).text(0), whole);
    // Its rows are those of one file, too.
    hotwash
        .run(&format!("campaign {SMALL} --runs 24 --rows whole.csv"))
        .text(0);
    let rows = |name: &str| {
        hotwash
            .read(name)
            .lines()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let parts = (1..=3).flat_map(|part| rows(&format!("parts/part-{part}-of-3.csv")));
    assert_eq!(parts.collect::<Vec<_>>(), rows("whole.csv"));
}

#[test]
fn a_part_may_be_played_again_and_says_the_same() {
    let hotwash = Hotwash::new();
    campaign(&hotwash);
    let before = hotwash.read("parts/part-2-of-3.csv");
    let asked = format!("campaign {SMALL} --runs 24 --part 2/3 --rows");
    let there = hotwash.run(&format!("{asked} parts"));
    assert!(
        there
            .stderr
            .contains("`parts/part-2-of-3.csv` is there and whole"),
        "{}",
        there.stderr
    );
    let anew = hotwash.run(&format!("{asked} anew.csv"));
    assert_eq!(there.text(0), anew.text(0));
    assert_eq!(hotwash.read("anew.csv"), before);
    let names = fs::read_dir(hotwash.path("parts"))
        .expect("it is there")
        .count();
    assert_eq!(names, 3, "nothing is left beside the parts");
}

#[test]
fn what_stands_in_the_place_of_a_part_is_left_alone_and_refused() {
    let hotwash = Hotwash::new();
    campaign(&hotwash);
    hotwash.write("text.csv", "hello\n");
    for (asked, why, cure) in [
        (
            "--runs 24 --seed 2 --part 2/3 --rows parts",
            "another seed or start",
            "a folder of its own",
        ),
        (
            "--runs 24 --start any-hour --part 2/3 --rows parts",
            "another seed or start",
            "a folder of its own",
        ),
        (
            "--runs 30 --part 2/3 --rows parts",
            "it does not hold runs 10 to 19 and no others",
            "a folder of its own",
        ),
        (
            "--runs 24 --part 2/3 --rows text.csv",
            "it is no file of rows",
            "campaign --rows",
        ),
        (
            "--runs 24 --part auto/3",
            "the rows of this part would be lost",
            "Add `--rows DIR`",
        ),
        (
            "--runs 24 --part auto/3 --rows parts",
            "outside of an array",
            "--part 1/3",
        ),
    ] {
        let before = hotwash.read("parts/part-2-of-3.csv");
        let complaint = hotwash
            .run(&format!("campaign {SMALL} {asked}"))
            .complaint(3);
        assert!(
            complaint.contains(why) && complaint.contains(cure),
            "{complaint}"
        );
        assert_eq!(hotwash.read("parts/part-2-of-3.csv"), before);
    }
    let asked = format!("campaign {SMALL} --runs 24 --part auto/3 --rows parts");
    let complaint = task(&hotwash, ("JOB_COMPLETION_INDEX", 3), &asked).complaint(3);
    assert!(
        complaint.contains("the array has a task 3, and of 3 parts the last is played by task 2"),
        "{complaint}"
    );
    assert!(complaint.contains("tasks 0 to 2"), "{complaint}");
}

/// What is said of a folder of three parts that was spoiled.
fn spoiled(spoil: impl Fn(&Hotwash)) -> String {
    let hotwash = Hotwash::new();
    campaign(&hotwash);
    spoil(&hotwash);
    merged(&hotwash).complaint(3)
}

fn file(hotwash: &Hotwash, part: u64) -> std::path::PathBuf {
    hotwash.path(&format!("parts/part-{part}-of-3.csv"))
}

fn moved(hotwash: &Hotwash, from: u64, to: &str) {
    let to = hotwash.path(&format!("parts/{to}"));
    fs::rename(file(hotwash, from), to).expect("it can be moved");
}

#[test]
fn a_folder_that_lacks_a_part_is_not_put_together() {
    let lacks = spoiled(|hotwash| moved(hotwash, 2, "lost"));
    assert!(lacks.contains("`parts` lacks part 2 of 3"), "{lacks}");
    assert!(
        lacks.contains("submit the job again, or `--part 2/3 --rows parts`"),
        "{lacks}"
    );
    let several = spoiled(|hotwash| {
        moved(hotwash, 1, "lost");
        moved(hotwash, 3, "lost");
    });
    assert!(
        several.contains("`parts` lacks parts 1, 3 of 3"),
        "{several}"
    );
    let numbers = spoiled(|hotwash| moved(hotwash, 2, "part-2-of-5.csv"));
    assert!(
        numbers.contains("holds parts of 3 and parts of 5"),
        "{numbers}"
    );
    let none = spoiled(|hotwash| {
        fs::remove_dir_all(hotwash.path("parts")).expect("it can be removed");
        folder(hotwash, "parts");
    });
    assert!(none.contains("`parts` holds no parts"), "{none}");
}

#[test]
fn a_folder_that_holds_something_else_is_not_put_together() {
    let twice = spoiled(|hotwash| {
        fs::copy(file(hotwash, 1), file(hotwash, 2)).expect("it can be copied");
    });
    assert!(
        twice.contains("run 0 is in `parts/part-1-of-3.csv` and in `parts/part-2-of-3.csv`"),
        "{twice}"
    );
    let size = spoiled(|hotwash| {
        fs::remove_file(file(hotwash, 3)).expect("it can be removed");
        let asked = format!("campaign {SMALL} --runs 30 --part 3/3 --rows parts");
        hotwash.run(&asked).text(0);
    });
    assert!(
        size.contains("cannot be put together: it does not hold part"),
        "{size}"
    );
    assert!(size.contains("with the same `--runs`"), "{size}");
    let seed = spoiled(|hotwash| {
        fs::remove_file(file(hotwash, 3)).expect("it can be removed");
        let asked = format!("campaign {SMALL} --runs 24 --seed 9 --part 3/3 --rows parts");
        hotwash.run(&asked).text(0);
    });
    assert!(
        seed.contains("`parts/part-3-of-3.csv` cannot be put together: it has another seed"),
        "{seed}"
    );
    let other = spoiled(|hotwash| {
        fs::remove_file(file(hotwash, 3)).expect("it can be removed");
        hotwash
            .run("campaign --runs 3 --part 3/3 --rows parts")
            .text(0);
    });
    assert!(
        other.contains("its columns are not those of this exercise"),
        "{other}"
    );
}

/// The small exercise with slower work.
fn slower(hotwash: &Hotwash) {
    let text = find(Kind::Exercise, SMALL).expect("it ships").text;
    let slower = text.replacen("10m to 60m", "20m to 120m", 1);
    assert_ne!(slower, text);
    hotwash.write("slower.ron", slower);
}

#[test]
fn parts_of_a_comparison_come_out_as_one_that_is_played_at_once() {
    let hotwash = Hotwash::new();
    slower(&hotwash);
    folder(&hotwash, "parts");
    let asked = format!("compare {SMALL} slower.ron");
    let part = format!("{asked} --runs 30 --part auto/4 --rows parts");
    for index in (0..4).rev() {
        task(&hotwash, ("JOB_COMPLETION_INDEX", index), &part).text(0);
    }
    for form in ["text", "json"] {
        let whole = hotwash
            .run(&format!("{asked} --runs 30 --format {form}"))
            .text(0);
        let merged = hotwash
            .run(&format!("{asked} --merge parts --format {form}"))
            .text(0);
        assert_eq!(merged, whole);
    }
    let again = task(&hotwash, ("JOB_COMPLETION_INDEX", 1), &part);
    assert!(
        again.stderr.contains("is there and whole"),
        "{}",
        again.stderr
    );
    for (asked, why) in [
        (
            format!("compare slower.ron {SMALL} --merge parts"),
            "is of another exercise",
        ),
        (
            format!("{asked} --merge parts --start any-hour"),
            "another seed or start",
        ),
        (
            format!("{asked} --merge nowhere"),
            "the folder `nowhere` cannot be read",
        ),
    ] {
        let complaint = hotwash.run(&asked).complaint(3);
        assert!(complaint.contains(why), "{complaint}");
    }
    fs::remove_file(hotwash.path("parts/part-4-of-4.csv")).expect("it can be removed");
    let complaint = hotwash.run(&format!("{asked} --merge parts")).complaint(3);
    assert!(
        complaint.contains("`parts` lacks part 4 of 4"),
        "{complaint}"
    );
}

#[test]
fn both_sides_of_a_part_are_judged_by_what_the_first_is_judged_by() {
    let hotwash = Hotwash::new();
    folder(&hotwash, "parts");
    let text = find(Kind::Organisation, "marram-street-clinic")
        .expect("it ships")
        .text;
    let phases = [
        "Identification",
        "Assessment",
        "Response",
        "Resolution",
        "Recovery",
        "Closure",
    ];
    let targets = phases.map(|phase| format!("{phase}: \"90d\"")).join(", ");
    let soft = format!("yardstick: (targets: {{{targets}}}),\n    time_zone:");
    hotwash.write("soft.ron", text.replacen("time_zone:", &soft, 1));
    let asked = "compare marram-street-clinic soft.ron";
    for part in 1..=2 {
        hotwash
            .run(&format!("{asked} --runs 6 --part {part}/2 --rows parts"))
            .text(0);
    }
    let merged = hotwash.run(&format!("{asked} --merge parts")).text(0);
    assert!(merged.contains("Identical in all 6 runs."), "{merged}");
}

#[test]
fn rounds_of_a_search_come_out_as_one_that_is_played_at_once() {
    let hotwash = Hotwash::new();
    folder(&hotwash, "parts");
    let asked = format!("improve {SMALL} --seed 5 --changes 1 --runs 24");
    let part = format!("{asked} --part auto/2 --rows parts --round");
    let later = hotwash
        .run(&format!("{asked} --part 1/2 --rows parts --round 2"))
        .complaint(3);
    assert!(later.contains("`parts` lacks parts 1, 2 of 2"), "{later}");
    assert!(later.contains("What is missing is of round 1"), "{later}");
    for round in 1..=6 {
        for index in 0..2 {
            let said = task(
                &hotwash,
                ("SLURM_ARRAY_TASK_ID", index),
                &format!("{part} {round}"),
            );
            let said = said.text(0);
            assert!(
                said.contains(&format!("round-{round}-part-{}-of-2.csv", index + 1)),
                "{said}"
            );
        }
    }
    for form in ["text", "json"] {
        let whole = hotwash.run(&format!("{asked} --format {form}")).text(0);
        let merged = hotwash
            .run(&format!("{asked} --merge parts --format {form}"))
            .text(0);
        assert_eq!(merged, whole);
    }
    let again = task(&hotwash, ("SLURM_ARRAY_TASK_ID", 1), &format!("{part} 1"));
    assert!(
        again.stderr.contains("is there and whole"),
        "{}",
        again.stderr
    );
    let other = asked.replace("--seed 5", "--seed 6");
    let complaint = hotwash.run(&format!("{other} --merge parts")).complaint(3);
    assert!(
        complaint.contains("line 2 is not of this search"),
        "{complaint}"
    );
    let text = hotwash.read("parts/round-1-part-2-of-2.csv");
    let (short, _) = text.trim_end().rsplit_once('\n').expect("it has lines");
    hotwash.write("parts/round-1-part-2-of-2.csv", format!("{short}\n"));
    let complaint = hotwash.run(&format!("{asked} --merge parts")).complaint(3);
    assert!(
        complaint.contains("rows are missing at its end"),
        "{complaint}"
    );
}

#[test]
fn jobs_are_printed_for_both_engines() {
    let hotwash = Hotwash::new();
    let more =
        "--runs 100000 --seed 7 --start any-hour --require chance(passed)>=0.5 --format json";
    let asked = |engine: &str| {
        let asked = format!("campaign emit {engine} {SMALL} {more} --parts 8 --threads 2");
        hotwash.run(&asked).text(0)
    };
    insta::assert_snapshot!("a_campaign_for_slurm", asked("slurm"));
    insta::assert_snapshot!("a_campaign_for_kubernetes", asked("kubernetes"));
    let search =
        format!("improve emit slurm {SMALL} --parts 4 --changes 1 --name night --folder search");
    insta::assert_snapshot!("a_search_for_slurm", hotwash.run(&search).text(0));
}

#[test]
fn what_no_job_can_play_is_said_before_anything_is_submitted() {
    let hotwash = Hotwash::new();
    for (asked, code, why) in [
        (
            format!("campaign emit slurm {SMALL} --runs 4 --parts 5"),
            3,
            "5 parts are more than 4 runs",
        ),
        (
            format!("campaign emit slurm {SMALL} invoice-fraud --parts 2"),
            3,
            "a job for each scenario",
        ),
        (
            format!("campaign emit slurm {SMALL} --parts 2 --what-if"),
            3,
            "hotwash improve emit",
        ),
        (
            format!("campaign emit slurm {SMALL} --parts 2 --part 1/2"),
            3,
            "Say how many with `--parts`",
        ),
        (
            "campaign emit slurm no-such-thing --parts 2".to_owned(),
            3,
            "no scenario `no-such-thing`",
        ),
        (
            format!("compare emit kubernetes {SMALL} clinic-response-plan --parts 2"),
            3,
            "one kind",
        ),
        (
            format!("improve emit slurm {SMALL} invoice-fraud --parts 2"),
            3,
            "one organisation",
        ),
        (format!("campaign emit slurm {SMALL}"), 2, "--parts"),
        (
            format!("campaign emit slurm {SMALL} --parts 2 --name Night"),
            2,
            "small letters",
        ),
        (
            format!("campaign emit slurm {SMALL} --parts 2 --folder a%j"),
            2,
            "letters, digits",
        ),
        ("compare".to_owned(), 2, "<A>"),
    ] {
        let complaint = hotwash.run(&asked).complaint(code);
        assert!(complaint.contains(why), "{asked}: {complaint}");
    }
}
