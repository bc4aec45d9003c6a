//! What the outside can do: readers that go away, names that are commands to a terminal, disks and keys.

use crate::hotwash::Hotwash;
use std::fs;

/// An exercise whose every text is out to control what shows it.
const EVIL: &str = include_str!("evil.ron");

fn evil() -> Hotwash {
    let hotwash = Hotwash::new();
    hotwash.write("evil.ron", EVIL);
    hotwash
        .run("simulate ./evil.ron --record evil.jsonl")
        .text(0);
    hotwash
}

#[test]
fn how_a_command_ends_does_not_depend_on_who_reads() {
    let hotwash = Hotwash::new();
    hotwash.run("simulate --record r.jsonl").text(0);
    let text = hotwash.read("r.jsonl");
    hotwash.write(
        "changed.jsonl",
        text.replacen("\"number\":9,", "\"number\":8,", 1),
    );
    hotwash.write("cut.jsonl", &text[..text.len() / 2]);
    hotwash.write("bad.ron", "Exercise(");
    for command in [
        "verify r.jsonl",
        "verify changed.jsonl",
        "verify cut.jsonl --format json",
        "evaluate cut.jsonl --no-advice",
        "replay cut.jsonl",
        "check ./bad.ron",
        "campaign --runs 8 --require chance(passed)>=2",
        "campaign --runs 8 --require score>=99.9 --format json",
        "library",
    ] {
        let read = hotwash.run(command);
        let (unread, complaint) = hotwash.run_into_closed_pipe(command);
        assert_eq!(unread, read.code, "{command}: {complaint}");
        assert!(!complaint.contains("pipe"), "{command}: {complaint}");
    }
}

/// Fails where a text holds anything that controls a terminal, but for colours.
fn controls_nothing(text: &str, what: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        plain(before, what);
        let end = after.find('m').unwrap_or(after.len());
        let inner = after[..end].strip_prefix('[');
        let colour =
            inner.is_some_and(|inner| inner.chars().all(|c| c.is_ascii_digit() || c == ';'));
        assert!(
            colour,
            "{what}: an escape sequence that is no colour: {:?}",
            &after[..end.min(20)]
        );
        rest = &after[end + 1..];
    }
    plain(rest, what);
}

fn plain(text: &str, what: &str) {
    let raw = text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}')
    });
    assert_eq!(raw, None, "{what}: {text:?}");
}

/// What shows texts of authors and of records that are in order.
const SHOWN: &[&str] = &[
    "simulate ./evil.ron",
    "simulate ./evil.ron --explain",
    "check ./evil.ron",
    "campaign ./evil.ron --runs 4",
    "evaluate evil.jsonl --no-advice",
    "report evil.jsonl --no-advice",
    "replay evil.jsonl",
    "verify evil.jsonl",
    "why evil.jsonl phase:response",
    "why evil.jsonl nothing\u{1b}[2J",
];

#[test]
fn no_text_of_an_author_or_a_record_controls_the_terminal() {
    let hotwash = evil();
    for command in SHOWN {
        let shown = hotwash.run_on_terminal(command);
        controls_nothing(&shown.stdout, command);
        controls_nothing(&shown.stderr, command);
    }
}

/// What tells of records and packages that are out of order.
const OUT_OF_ORDER: &[&str] = &[
    "verify renamed.jsonl",
    "evaluate renamed.jsonl --no-advice",
    "replay raw.jsonl",
    "verify raw.jsonl",
    "check",
    "simulate",
    "verify no\u{1b}[2Jwhere.jsonl",
];

/// Names of the folder are out to control the terminal, and so is what is broken in its files.
fn out_of_order() -> Hotwash {
    let hotwash = evil();
    let text = hotwash.read("evil.jsonl");
    let renamed = text.replacen("\"nadia\"", "\"na\\u001b[2Jdia\"", 2);
    assert_ne!(renamed, text, "the record names nobody");
    hotwash.write("renamed.jsonl", renamed);
    hotwash.write(
        "raw.jsonl",
        text.replacen("\"number\":2,", "\"num\u{1b}[2Jber\":2,", 1),
    );
    hotwash.write("hotwash.toml", "organi\u{1b}]0;pwned\u{7}sation = 1\n");
    hotwash
}

#[test]
fn a_record_or_a_package_that_is_out_of_order_controls_no_terminal_either() {
    let hotwash = out_of_order();
    for command in OUT_OF_ORDER {
        let shown = hotwash.run_on_terminal(command);
        assert_ne!(shown.code, 0, "{command}");
        controls_nothing(&shown.stdout, command);
        controls_nothing(&shown.stderr, command);
    }
}

/// A pipe hides what a terminal would show: here there is a terminal.
#[cfg(unix)]
#[test]
fn nothing_raw_is_drawn_on_a_terminal() {
    let hotwash = evil();
    let colours = hotwash.draw_on_terminal("check ./evil.ron");
    assert!(colours.contains("\u{1b}["), "no terminal: {colours:?}");
    let broken = out_of_order();
    let drawn = SHOWN.iter().map(|command| (&hotwash, command));
    for (hotwash, command) in drawn.chain(OUT_OF_ORDER.iter().map(|command| (&broken, command))) {
        // What findings propose takes a thousand runs to try, and is drawn like all else.
        let tries = ["simulate", "evaluate", "report"];
        let plays = tries.iter().any(|tries| command.starts_with(tries));
        let quick = if plays && !command.ends_with("--no-advice") {
            format!("{command} --no-advice")
        } else {
            (*command).to_owned()
        };
        let drawn = hotwash.draw_on_terminal(&quick);
        assert!(!drawn.trim().is_empty(), "{command}: nothing was drawn");
        // A terminal ends lines so, and progress is drawn over.
        controls_nothing(&drawn.replace('\r', ""), command);
    }
}

#[test]
fn pictures_with_such_names_are_well_formed() {
    let hotwash = evil();
    hotwash
        .run("campaign ./evil.ron --runs 4 --what-if --svg pictures")
        .text(0);
    let mut pictures = 0;
    for found in fs::read_dir(hotwash.path("pictures")).expect("the folder was made") {
        let path = found.expect("a picture").path();
        let text = fs::read_to_string(&path).expect("a picture is text");
        plain(&text, &path.display().to_string());
        let parsed = roxmltree::Document::parse(&text);
        assert!(parsed.is_ok(), "{}: {:?}", path.display(), parsed.err());
        pictures += 1;
    }
    assert_eq!(pictures, 3);
}

#[test]
fn pictures_are_refused_before_anything_is_played_where_no_folder_can_be() {
    let hotwash = Hotwash::new();
    hotwash.write("taken", "a file");
    let said = hotwash
        .run("campaign --runs 100000 --svg taken")
        .complaint(3);
    assert!(said.contains("`taken` is a file"), "{said}");
    assert_eq!(hotwash.read("taken"), "a file");
}

#[cfg(unix)]
#[test]
fn of_a_file_that_cannot_be_written_whole_nothing_stays() {
    let hotwash = Hotwash::new();
    hotwash.run("simulate --record r.jsonl").text(0);
    // A shell limits the size of files to 8 blocks of 512 bytes; the signal for more is left out.
    let binary = assert_cmd::cargo::cargo_bin("hotwash");
    for (command, file) in [
        ("report r.jsonl --no-advice --output report.md", "report.md"),
        ("simulate --no-advice --record again.jsonl", "again.jsonl"),
    ] {
        let script = format!(
            "trap '' XFSZ; ulimit -f 8; exec {} {command}",
            binary.display()
        );
        let limited = std::process::Command::new("bash")
            .args(["-c", &script])
            .current_dir(hotwash.path(""))
            .output()
            .expect("a shell is there");
        assert_eq!(limited.status.code(), Some(3), "{command}");
        assert!(!hotwash.path(file).exists(), "{file} stayed");
        hotwash.run(command).text(0);
        assert!(
            hotwash.path(file).exists(),
            "{file} is there after a second try"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let hotwash = Hotwash::new();
    hotwash.run("key new team.key").text(0);
    let quiet = hotwash.run("simulate --record a.jsonl --seal team.key");
    assert!(!quiet.stderr.contains("others"), "{}", quiet.stderr);
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(hotwash.path("team.key"), open).expect("it is ours");
    let warned = hotwash.run("simulate --record b.jsonl --seal team.key");
    assert!(
        warned
            .stderr
            .contains("others on this machine can read `team.key`"),
        "{}",
        warned.stderr
    );
    assert_eq!(warned.code, 0);
}

#[test]
fn a_seal_is_demanded_by_whatever_of_its_key_was_printed() {
    let hotwash = Hotwash::new();
    let said = hotwash.run("key new team.key").text(0);
    hotwash
        .run("simulate --record r.jsonl --seal team.key")
        .text(0);
    let value = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(name));
        line.expect("it was printed").trim().to_owned()
    };
    let (key, print) = (value("Public key"), value("Fingerprint"));
    hotwash.write("public.txt", format!("Public key   {key}\n"));
    for form in [key.to_uppercase(), key, print, "public.txt".to_owned()] {
        let answer = hotwash.run(&format!("verify r.jsonl --key {form}"));
        assert_eq!(answer.code, 0, "{form}: {}", answer.stdout);
    }
    let other = "verify r.jsonl --key aaaa-bbbb-cccc-dddd-eeee-ffff-0000-1111";
    let said = hotwash.run(other).text(1);
    assert!(said.contains("sealed by another key"), "{said}");
}
