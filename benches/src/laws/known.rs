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
pub const KNOWN: &[Known] = &[Known {
    law: "6 own harm",
    scenario: "ransomware-friday-evening",
    change: "Shutdown everything",
    claim: "score: surely lower",
    short: true,
    today: "36.09 and 35.80, -1.21 to +0.38 in 100 pairs; why was not measured",
}];

/// Tasks, or groups of them, for which loss or outage surely rises when they are faster, with the cause.
const RISES: &[(&str, &str)] = &[
    (
        "cut-off",
        "the supplier's portal is cut off the sooner, and so for longer: 86 of 186,444 in supplier-data-leak",
    ),
    (
        "declare",
        "what is cut off after it is so the sooner: 20 of 186,444 in supplier-data-leak",
    ),
    (
        "triage",
        "what is declared and cut off after it is so the sooner: 69 of 187,536 in supplier-data-leak",
    ),
];

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
