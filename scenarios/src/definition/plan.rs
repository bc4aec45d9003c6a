//! The plan as a whole: lifecycle, targets, classification, communication, programme, scoring.

use super::people::is_map;
use super::{
    Addressee, Age, BySeverity, Condition, Decision, Every, Id, Map, Name, OneOrMore, Task, Text,
};
use crate::read::{Decode, Reader, Weight};
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{
    BasisPoints, Content, Day, Function, ImpactDimension, Limit, Mark, Phase, Priority, Severity,
    Span, StakeholderKind, Urgency,
};
use schemars::{Schema, SchemaGenerator, json_schema};

record! {
    /// The incident response plan.
    Plan, "a plan" {
        /// Its id. Default: the name of its file.
        id: Option<Id>,
        /// Its title, for people. Default: `Incident response plan`.
        title: Option<Text>,
        /// Its version, for people. Default: `1`.
        version: Option<Text>,
        /// Who owns it.
        owner: Option<Addressee>,
        /// Who approved it.
        approved_by: Option<Addressee>,
        /// When it was last reviewed.
        reviewed_on: Option<Spanned<Day>>,
        /// When it is to be reviewed next.
        next_review: Option<Spanned<Day>>,
        /// The plan's own names for its phases, in its order. Default: the six phases.
        lifecycle: Vec<Stage>,
        /// How long each phase may take. Default: a table by phase and severity.
        targets: Map<Phase, TargetEntry>,
        /// How severity and priority are found. Default: a table by dimension of impact.
        classification: Option<Classification>,
        /// What is to be done.
        tasks: Vec<Task>,
        /// Decisions that the plan foresees.
        decisions: Vec<Decision>,
        /// What happens to a message that nobody notices. Default: `Ciso`, then `Executive`.
        escalation: Option<Escalation>,
        /// Who must be told by when.
        communication: Vec<Obligation>,
        /// How often the plan is trained and exercised.
        programme: Vec<Programme>,
        /// How scores are weighted. Default: a table.
        scoring: Option<Scoring>,
    }
}

record! {
    /// A stage of the plan's own lifecycle.
    Stage, "a stage" {
        /// The plan's name for it.
        name: Text,
        /// The phase it is mapped onto, or several.
        phase: OneOrMore<Spanned<Phase>>,
        /// When it is reached, instead of the default rule.
        entry: Option<Spanned<Condition>>,
        /// When it is complete, instead of the default rule.
        exit: Option<Spanned<Condition>>,
    }
}

record! {
    /// How long a phase may take.
    Target, "a target" {
        /// The true severity for which it holds. Default: every severity.
        severity: Option<Spanned<Severity>>,
        /// Until it is reached.
        reached: Option<Spanned<Limit>>,
        /// Until it is complete.
        completed: Option<Spanned<Limit>>,
        /// Counted from this mark instead of the scored origin.
        from: Option<Spanned<Mark>>,
    }
}

/// The targets of a phase: a limit until it is complete, `(reached: .., completed: ..)`, a list of
/// these by severity, or a map from severity to limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetEntry(pub Vec<Target>);

impl TargetEntry {
    fn one(limit: Spanned<Limit>, severity: Option<Spanned<Severity>>) -> Target {
        Target {
            severity,
            reached: None,
            place: limit.place,
            completed: Some(limit),
            from: None,
        }
    }
}

impl Decode for TargetEntry {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::Group(group) if group.open == '[' => Vec::decode(node, reader).map(Self),
            NodeKind::Group(group) if is_map(node) && !has_target_fields(group) => {
                let map: Map<Severity, Spanned<Limit>> = Map::decode(node, reader)?;
                let targets = map.0.into_iter();
                let targets = targets.map(|(severity, limit)| Self::one(limit, Some(severity)));
                Some(Self(targets.collect()))
            }
            NodeKind::Group(_) => Target::decode(node, reader).map(|target| Self(vec![target])),
            _ => {
                let limit = Decode::decode(node, reader)?;
                Some(Self(vec![Self::one(limit, None)]))
            }
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let limit = <Limit as Decode>::schema(generator);
        let target = <Target as Decode>::schema(generator);
        let list = <Vec<Target> as Decode>::schema(generator);
        let map = <Map<Severity, Limit> as Decode>::schema(generator);
        json_schema!({ "anyOf": [limit, target, list, map] })
    }
}

/// In JSON a target and a map from severity look alike but for their keys.
fn has_target_fields(group: &crate::syntax::Group<'_>) -> bool {
    group.items.iter().any(|item| {
        item.key.as_ref().is_some_and(|key| match &key.kind {
            NodeKind::Text(text) => {
                matches!(text.as_ref(), "severity" | "reached" | "completed" | "from")
            }
            _ => false,
        })
    })
}

record! {
    /// How severity and priority are found.
    Classification, "a classification" {
        /// Severity is the worst level of a rule that holds; Low where none does.
        rules: Vec<SeverityRule>,
        /// Priority by severity and urgency. Default: a table; a map replaces what it names.
        priorities: Map<Severity, Map<Urgency, Spanned<Priority>>>,
        /// Who may classify, beside roles that may take the measure. Default: `IncidentManager`.
        by: Vec<Addressee>,
        /// How long a classification stands while new facts change its result, for all severities
        /// or by severity. Default: 1h for Critical, 4h, 1d, 3d.
        reassess_within: Option<BySeverity<Span>>,
    }
}

record! {
    /// A row of the severity table.
    SeverityRule, "a severity rule" {
        /// The level it gives.
        level: Spanned<Severity>,
        /// The dimension of impact it belongs to: a finding on a wrong classification names it. Default: none
        /// is named.
        impact: Option<Spanned<ImpactDimension>>,
        /// When it holds.
        when: Spanned<Condition>,
    }
}

record! {
    /// What happens to a message that nobody notices.
    Escalation, "an escalation" {
        /// How long it may lie unnoticed, for all severities or by severity. Default: 15m from
        /// High up, else 1h.
        after: Option<BySeverity<Span>>,
        /// Whom it reaches in the end, the first that has a role. Default: `Ciso`, `Executive`.
        to: Vec<Addressee>,
    }
}

record! {
    /// A notification with a deadline counted from a trigger: a clock.
    Obligation, "an obligation" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// The duty of law that it speaks of, such as `"gdpr-authority"`. Law then says who has to be told of what,
        /// what starts it and how long it gives; the clause says who tells, and how.
        duty: Option<Name>,
        /// Who has to be told. It may be left out beside `duty` alone.
        to: Option<Spanned<StakeholderKind>>,
        /// The law it rests on; where not given, a duty of contract or of the plan. A law that ships as a regime
        /// is recognised.
        law: Option<Text>,
        /// Where the rule can be read.
        source: Option<Text>,
        /// When the rule was last checked.
        verified_on: Option<Spanned<Day>>,
        /// What starts it: one of these functions knows enough. Default: a significant incident is
        /// known to be real to the incident manager, legal or data protection.
        aware: Option<Awareness>,
        /// What starts it: another clock was met.
        after: Option<Name>,
        /// How long it gives. Of a duty of law it is the plan's own limit, which is shown beside that of law. It may
        /// be left out beside `duty` alone.
        within: Option<Spanned<Limit>>,
        /// Who is told of the facts that trigger it, and sees to it. Default: who does its task,
        /// else `Legal`.
        by: Option<Addressee>,
        /// The task that meets it. Where not given: the plan's only task that tells this stakeholder
        /// and that no other clock names, else a notification is implied.
        task: Option<Name>,
        /// The channel. Default: how the stakeholder is reached.
        via: Option<Name>,
        /// What the notification has to say.
        content: Vec<Spanned<Content>>,
        /// How long after the first notification the rest may follow, where the law allows telling in
        /// phases. Default: all has to be said at once.
        rest_within: Option<Spanned<Limit>>,
        /// Who has to approve the implied notification.
        approval: Option<Addressee>,
        /// Its weight in judgement. Default: 2.
        weight: Option<Spanned<Weight>>,
    }
}

record! {
    /// When an organisation is aware of what starts a clock.
    Awareness, "awareness" {
        /// Who has to know. Default: `IncidentManager`, `Legal`, `DataProtection`.
        who: Vec<Spanned<Function>>,
        /// What has to be known. It names no act of the team.
        what: Spanned<Condition>,
    }
}

record! {
    /// An item of the training and exercise programme.
    Programme, "a programme item" {
        /// Its id.
        id: Id,
        /// The phases it trains or exercises. Default: all.
        phases: Vec<Spanned<Phase>>,
        /// How often it is due.
        every: Spanned<Every>,
        /// When it was last held; where not given: never.
        last: Option<Spanned<Age>>,
    }
}

record! {
    /// How scores are weighted. Shares of a group sum to 1.
    Scoring, "scoring" {
        /// The weight of each phase. Default: .15, .15, .25, .15, .20, .10 in the order of the phases.
        phases: Map<Phase, Spanned<BasisPoints>>,
        /// The weight of time in a phase score. Default: 0.4.
        timeliness: Option<Spanned<BasisPoints>>,
        /// The weight of coverage. Default: 0.4.
        coverage: Option<Spanned<BasisPoints>>,
        /// The weight of judgement. Default: 0.2.
        judgement: Option<Spanned<BasisPoints>>,
        /// The share of reached in timeliness where both marks have a target. Default: 0.25.
        reached: Option<Spanned<BasisPoints>>,
    }
}
