//! What nobody could do.

use super::{Code, Parts};

/// Explains a code about what is not plausible.
pub(super) const fn of(code: Code) -> Parts {
    match code {
        Code::TooFast => (
            "Each measure has a floor and a plausible range, in docs/defaults.md; those of one task by one person add up. Below the floors the task is played at these, unless it gives a reason. A reason is named in every headline, and the score is partial.",
            "Give the task the time that it takes, or say why it takes less: `takes: (\"30s\", because: \"..\")`.",
            "takes: \"1m\", does: [Triage, Investigate, Isolate(Affected)]",
        ),
        Code::WideRange => (
            "A range holds nine in ten. Where its end is a thousand times its start, most of what is drawn lies near neither, and the mean is made by what is drawn most rarely.",
            "Say a narrower range, or check the units.",
            "takes: \"1s to 12h\"",
        ),
        Code::ManyHands => (
            "Analysis, systems, network, identity, backups, software and plant each ask for skills and access of their own. One person with more than three of them, by roles or by `also`, is a department on paper.",
            "Give some of the roles to somebody else, inside or outside.",
            "roles: [(id: \"it\", function: [Analyst, Handler, Network, Identity])], with one holder",
        ),
        Code::AlwaysOnCall => (
            "Nobody can be called at any hour of any week, and nobody is at work for more than half of it. A response that rests on it works on paper only.",
            "Share the hours among several people, each of whom has some of them.",
            "(id: \"emil\", on_call: true)",
        ),
        Code::NoFalseAlarms => (
            "No source is always right. Who reads what one raises in vain has no time for anything else, so how often that happens decides what is noticed. As long as nothing is said, the default of the source's kind counts.",
            "Say the time between two false alarms, as it is in your own logs; of a source that raises none, why: `false_alarms: (none, because: \"..\")`.",
            "monitoring: [(id: \"siem\", kind: Siem)]",
        ),
        _ => (
            "A limit in business days counts the days that are neither weekend nor holiday. Where all seven days are weekend, it never ends.",
            "Name the days on which the organisation or the recipient rests.",
            "weekend: [Mon, Tue, Wed, Thu, Fri, Sat, Sun]",
        ),
    }
}
