//! Help teaches, and wrong usage is told.

use crate::hotwash::Hotwash;

#[test]
fn help_names_every_command_and_the_exit_codes() {
    insta::assert_snapshot!(Hotwash::new().run("--help").text(0));
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in ["--no-such-flag", "verify", "library --format xml"] {
        let complaint = Hotwash::new().run(arguments).complaint(2);
        assert!(complaint.starts_with("error: "), "{complaint}");
    }
}
