//! What does not hold yet, in one list. Each entry is seen to fail; who makes it hold takes it out.

use super::claim::Finding;

/// A claim that does not hold yet.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The law, by its name.
    pub law: &'static str,
    /// The scenario; empty: in all of them.
    pub scenario: &'static str,
    /// How the change begins.
    pub change: &'static str,
    /// How the claim begins.
    pub claim: &'static str,
    /// Whether the short form sees it as well as the long one.
    pub short: bool,
    /// What was measured.
    pub today: &'static str,
}

/// Everything that does not hold yet.
pub const KNOWN: &[Known] = &[
    Known {
        law: "1 faster",
        scenario: "invoice-fraud",
        change: "all tasks at 1s instead of 1/2",
        claim: "carried out: not surely lower",
        short: false,
        today: "93.8 to 92.4",
    },
    Known {
        law: "1 faster",
        scenario: "invoice-fraud",
        change: "all tasks at 1s",
        claim: "Recovery never",
        short: false,
        today: "0 to 13 %",
    },
    Known {
        law: "1 faster",
        scenario: "invoice-fraud",
        change: "all tasks at 1s",
        claim: "Closure never",
        short: false,
        today: "0 to 13 %",
    },
    Known {
        law: "1 faster",
        scenario: "supplier-data-leak",
        change: "all tasks at 1s instead of 1/2",
        claim: "carried out: not surely lower",
        short: false,
        today: "81.8 to 80.6",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "check-restored at 1/10",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 87.2",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "check-restored at 1s",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 87.1",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "restore at 1/4",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 86.8",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "restore at 1/10",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 86.4",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "restore at 1s",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 86.1",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "tasks of Recovery at 1/4",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 86.3",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "tasks of Recovery at 1/10",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 85.6",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "tasks of Recovery at 1s",
        claim: "carried out: not surely lower",
        short: false,
        today: "87.9 to 85.1",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "investigate at",
        claim: "loss",
        short: false,
        today: "90,000 to 126,000 at a tenth: an ended scope is not looked at again",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "investigate at",
        claim: "outage",
        short: false,
        today: "319 h to 425 h at a tenth",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "tasks of Assessment at",
        claim: "loss",
        short: false,
        today: "90,000 to 133,000 at a second",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "tasks of Assessment at",
        claim: "outage",
        short: true,
        today: "319 h to 455 h at a second",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "all tasks at 1/10",
        claim: "Recovery never",
        short: false,
        today: "0 to 11 %",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "all tasks at 1/10",
        claim: "Closure never",
        short: false,
        today: "0 to 11 %",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "all tasks at 1s",
        claim: "carried out: not surely lower",
        short: true,
        today: "87.9 to 75.5",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "all tasks at 1s",
        claim: "Recovery never",
        short: true,
        today: "0 to 99.7 %",
    },
    Known {
        law: "1 faster",
        scenario: "ransomware-friday-evening",
        change: "all tasks at 1s",
        claim: "Closure never",
        short: true,
        today: "0 to 99.7 %",
    },
    Known {
        law: "3 seeing",
        scenario: "",
        change: "without any source",
        claim: "carried out: surely lower",
        short: true,
        today: "93.0 to 98.8, 88.1 to 88.5, 80.5 to 92.4",
    },
    Known {
        law: "3 seeing",
        scenario: "invoice-fraud",
        change: "without endpoint-watch",
        claim: "carried out",
        short: true,
        today: "93.0 to 97.8",
    },
    Known {
        law: "3 seeing",
        scenario: "invoice-fraud",
        change: "without sign-in-logs",
        claim: "carried out",
        short: true,
        today: "93.0 to 94.3",
    },
    Known {
        law: "3 seeing",
        scenario: "supplier-data-leak",
        change: "without endpoint-watch",
        claim: "carried out",
        short: true,
        today: "80.5 to 89.3",
    },
    Known {
        law: "3 seeing",
        scenario: "supplier-data-leak",
        change: "without mail-gateway",
        claim: "carried out",
        short: true,
        today: "80.5 to 82.7",
    },
    Known {
        law: "3 seeing",
        scenario: "supplier-data-leak",
        change: "without sign-in-logs",
        claim: "carried out",
        short: true,
        today: "80.5 to 82.4",
    },
    Known {
        law: "3 seeing",
        scenario: "",
        change: "the best source",
        claim: "carried out",
        short: true,
        today: "no source is worth a tenth of a point",
    },
    Known {
        law: "4 yardstick",
        scenario: "",
        change: "",
        claim: "carried out",
        short: true,
        today: "another score in nearly every run",
    },
    Known {
        law: "6 own harm",
        scenario: "invoice-fraud",
        change: "Isolate everything",
        claim: "score",
        short: true,
        today: "as good as what is affected alone",
    },
    Known {
        law: "6 own harm",
        scenario: "invoice-fraud",
        change: "Shutdown everything",
        claim: "score",
        short: true,
        today: "as good as what is affected alone",
    },
    Known {
        law: "6 own harm",
        scenario: "supplier-data-leak",
        change: "Isolate everything",
        claim: "score",
        short: true,
        today: "as good as what is affected alone",
    },
    Known {
        law: "6 own harm",
        scenario: "supplier-data-leak",
        change: "Shutdown everything",
        claim: "score",
        short: true,
        today: "as good as what is affected alone",
    },
    Known {
        law: "6 own harm",
        scenario: "",
        change: "Restore everything",
        claim: "score",
        short: true,
        today: "the same in every run: what is healthy is not touched",
    },
    Known {
        law: "7 leak",
        scenario: "invoice-fraud",
        change: "leaks again",
        claim: "Identification",
        short: true,
        today: "Recovery opens again in 31 of 60 runs",
    },
    Known {
        law: "7 leak",
        scenario: "supplier-data-leak",
        change: "leaks again",
        claim: "Identification",
        short: true,
        today: "Recovery opens again in 60 of 60 runs",
    },
    Known {
        law: "11 objectives",
        scenario: "ransomware-friday-evening",
        change: "O3, cut without asking",
        claim: "P or S though",
        short: true,
        today: "in 3 of 40 runs",
    },
    Known {
        law: "12 implausible",
        scenario: "ransomware-friday-evening",
        change: "omni",
        claim: "score",
        short: true,
        today: "64 to 96",
    },
    Known {
        law: "12 implausible",
        scenario: "ransomware-friday-evening",
        change: "kin",
        claim: "score",
        short: true,
        today: "some kin are not surely below",
    },
    Known {
        law: "13 ceiling",
        scenario: "invoice-fraud",
        change: "as shipped",
        claim: "above",
        short: true,
        today: "1 of 100 runs, by 3.7 points",
    },
    Known {
        law: "13 ceiling",
        scenario: "ransomware-friday-evening",
        change: "as shipped",
        claim: "above",
        short: true,
        today: "3 of 100 runs, by 0.4 points",
    },
];

/// Tasks, or groups of them, for which loss or outage surely rises when they are faster, with the cause.
const RISES: &[(&str, &str)] = &[];

/// Why loss or outage may rise when this goes faster; `None`: it may not.
pub fn rises(what: &str) -> Option<&'static str> {
    let mut rises = RISES.iter();
    rises.find(|(of, _)| *of == what).map(|(_, cause)| *cause)
}

impl Known {
    /// Whether a finding is about it.
    pub fn is_about(&self, finding: &Finding) -> bool {
        self.law == finding.law
            && (self.scenario.is_empty() || self.scenario == finding.scenario)
            && finding.change.starts_with(self.change)
            && finding.claim.starts_with(self.claim)
    }
}

/// Findings that do not hold and are not known, and known failures that are not seen any more: each a line.
pub fn surprises(findings: &[Finding], is_long: bool) -> Vec<String> {
    let failing = || findings.iter().filter(|it| !it.holds);
    let mut found = Vec::new();
    for finding in failing() {
        if !KNOWN.iter().any(|known| known.is_about(finding)) {
            found.push(format!("does not hold: {}", super::table::row(finding)));
        }
    }
    for known in KNOWN.iter().filter(|known| is_long || known.short) {
        let tried = findings.iter().any(|it| known.is_about(it));
        let fails = failing().any(|it| known.is_about(it));
        if tried && !fails {
            found.push(format!("holds now, take it out: {known:?}"));
        }
    }
    found
}
