//! The name of every kind of change, once: costs are given by it, and what there is a name for under
//! `improvements` is what an organisation or a plan can be given.

use super::Change;

/// Makes of one table of names what is asked of them, so that no two lists can differ.
macro_rules! kinds {
    (
        probes { $($probe:pat => $called:literal,)+ }
        improvements { $($improvement:pat => $name:literal,)+ }
    ) => {
        impl Change {
            /// The names of the kinds of improvement, as costs are given by them.
            pub const KINDS: &'static [&'static str] = &[$($name),+];

            /// The name of its kind, as costs are given by it.
            pub const fn name(self) -> &'static str {
                match self {
                    $($probe => $called,)+
                    $($improvement => $name,)+
                }
            }

            /// Whether it only asks what matters: nobody can be advised to do it.
            pub const fn is_probe(self) -> bool {
                matches!(self, $($probe)|+)
            }
        }
    };
}

kinds! {
    probes {
        Self::WithoutPerson(_) => "without-person",
        Self::WithoutDeputy(..) => "without-deputy",
        Self::WithoutChannel(_) => "without-channel",
        Self::WithoutSource(_) => "without-source",
        Self::WithoutGroup(_) => "without-group",
        Self::Task(..) => "task",
        Self::Delay(..) => "delay",
        Self::Escalation(..) => "escalation",
        Self::FromSeverity(..) => "from-severity",
    }
    improvements {
        Self::WithoutApproval(_) => "without-approval",
        Self::ApprovedBy(..) => "approved-by",
        Self::May(..) => "may",
        Self::Deputy(..) => "deputy",
        Self::Holder(..) => "holder",
        Self::NewHolder(_) => "new-holder",
        Self::SecondShift(_) => "second-shift",
        Self::OnCall(..) => "on-call",
        Self::MoveFunction(..) => "move-function",
        Self::AlertsOver(..) => "alerts-over",
        Self::AlertsAgain(_) => "alerts-again",
        Self::Widen(_) => "widen",
        Self::HandOnOver(..) => "hand-on-over",
        Self::Reach(..) => "reach",
        Self::OutOfBand => "out-of-band",
        Self::WithoutDelay(_) => "without-delay",
        Self::WithoutCondition(_) => "without-condition",
        Self::After(..) => "after",
        Self::OnceReal(_) => "once-real",
        Self::Awareness(_) => "awareness",
        Self::VerifyChannel(_) => "verify-channel",
        Self::VerifyStakeholder(_) => "verify-stakeholder",
        Self::Train(..) => "train",
        Self::CopyTo(..) => "copy-to",
        Self::Standby(_) => "standby",
        Self::BackUpOftener(_) => "back-up-oftener",
    }
}
