//! The scenario: the incidents and their truth, the attack, the injects, what is expected.

use super::{
    Act, Addressee, Condition, Decision, Id, Moment, Name, Sender, Start, Targets, Technique, Text,
};
use crate::read::{Decode, Factor, Reader, Vocabulary, Weight};
use crate::schema;
use crate::source::Spanned;
use crate::syntax::Node;
use hotwash_engine::exercise::{
    BasisPoints, Capability, Category, ChannelKind, Day, Effect, ExerciseTime, Law, Mark, Measure,
    Money, Severity, Span,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;

record! {
    /// The scripted incident. Times count from STARTEX.
    Scenario, "a scenario" {
        /// Its id. Default: the name of its file.
        id: Option<Id>,
        /// Its title, for people.
        title: Text,
        /// From 1, easy, to 5. Default: 3.
        difficulty: Option<Spanned<u8>>,
        /// What it is about, for people.
        synopsis: Option<Text>,
        /// Who attacks, for people.
        actor: Option<Text>,
        /// What it rests on, for people.
        sources: Vec<Text>,
        /// Free tags, such as `ransomware`.
        tags: Vec<Text>,
        /// When it starts: a weekday or a date, and a time. Default: `Tue 10:00`.
        start: Option<Spanned<Start>>,
        /// The date on or after which a weekday as start is looked for. Default: `2027-01-11`.
        date: Option<Spanned<Day>>,
        /// When the attack began, from STARTEX. Default: `0m`.
        attack_began: Option<Spanned<ExerciseTime>>,
        /// The latest ENDEX, from STARTEX. Default: as `ends` says, else `30d`.
        limit: Option<Spanned<Span>>,
        /// The truth about its one incident, `main`.
        truth: Option<Truth>,
        /// Its incidents, where there are several; the first is the main one.
        incidents: Vec<Incident>,
        /// The attack graph.
        attack: Vec<Step>,
        /// The master scenario events list.
        injects: Vec<Inject>,
        /// What the exercise is for.
        objectives: Vec<Objective>,
        /// When it ends, beside the limit. Default: Closure is complete, and no inject is still to come.
        ends: Option<Spanned<Condition>>,
        /// Whether people may begin before STARTEX, once somebody understands a sign. Default: false.
        early: Option<Spanned<bool>>,
        /// Questions for the debrief.
        debrief: Vec<Text>,
        /// Prompts for the facilitator, for the whole exercise. Those of one inject stand in the inject.
        prompts: Vec<Prompt>,
    }
}

record! {
    /// The truth about an incident.
    Truth, "the truth" {
        /// How bad it truly is. Default: `High`.
        severity: Option<Spanned<Severity>>,
        /// What it truly is. Default: `Other`.
        category: Option<Spanned<Category>>,
        /// Whether personal data is truly affected. Default: false.
        personal_data: Option<Spanned<bool>>,
        /// Whether it is real; a false lead followed far enough is not. Default: true.
        real: Option<Spanned<bool>>,
        /// Free tags, such as `ransomware`.
        tags: Vec<Text>,
    }
}

record! {
    /// One of several incidents.
    Incident, "an incident" {
        /// Its id.
        id: Id,
        /// The truth about it.
        truth: Truth,
    }
}

record! {
    /// A step of the attack.
    Step, "a step of the attack" {
        /// Its id.
        id: Id,
        /// Its incident. Default: the main one.
        incident: Option<Name>,
        /// Its ATT&CK technique, such as `T1021.002`.
        technique: Option<Spanned<Technique>>,
        /// Steps that must all have taken effect before.
        after: Vec<Name>,
        /// Steps of which one must have taken effect before.
        after_any: Vec<Name>,
        /// What must hold before, in truth.
        when: Option<Spanned<Condition>>,
        /// What must not hold when it starts, in truth.
        unless: Option<Spanned<Condition>>,
        /// Not before this: after STARTEX, or by the clock.
        at: Option<Spanned<Moment>>,
        /// How long it waits once it could start. Default: not at all.
        delay: Option<Spanned<Law>>,
        /// How long it takes on each target.
        takes: Spanned<Law>,
        /// Which assets it takes.
        targets: Spanned<Targets>,
        /// What it does to them.
        effect: Spanned<StepEffect>,
        /// A factor on how likely sources see it. Default: 1.
        visibility: Option<Spanned<Factor>>,
        /// Measures that stop it when truly in effect.
        stopped_by: Vec<Spanned<Measure>>,
        /// The chance that it takes effect at all, per target. Default: 1.
        chance: Option<Spanned<BasisPoints>>,
    }
}

/// What a step does: `Encrypt`, `Exfiltrate(share: 0.4)`, `Steal(money: 250_000)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepEffect {
    /// The effect.
    pub effect: Effect,
    /// For theft and exposure, the share of the records. Default: all.
    pub share: Option<Spanned<BasisPoints>>,
    /// For theft of money, how much.
    pub money: Option<Spanned<Money>>,
}

record! {
    /// How much is taken or lies open.
    Amount, "the share" {
        /// The share of the records.
        share: Spanned<BasisPoints>,
    }
}

record! {
    /// How much money is taken.
    Sum, "the sum" {
        /// The sum.
        money: Spanned<Money>,
    }
}

impl Decode for StepEffect {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let mut variant = reader.variant(node, Effect::WHAT, Effect::NAMES)?;
        let Some(effect) = Effect::from_name(variant.name) else {
            let (name, place) = (variant.name, variant.place);
            return reader.unknown_word(name, place, Effect::WHAT, Effect::NAMES);
        };
        let (mut share, mut money) = (None, None);
        match effect {
            Effect::Exfiltrate | Effect::Expose if !variant.bare() => {
                variant.expect(reader, 1, 1)?;
                share = Some(variant.next::<Amount>(reader)?.share);
            }
            Effect::Steal => {
                variant.expect(reader, 1, 1)?;
                money = Some(variant.next::<Sum>(reader)?.money);
            }
            _ => variant.expect(reader, 0, 0)?,
        }
        Some(Self {
            effect,
            share,
            money,
        })
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

impl JsonSchema for StepEffect {
    fn schema_name() -> Cow<'static, str> {
        "StepEffect".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = <Amount as Decode>::schema(generator);
        let money = <Sum as Decode>::schema(generator);
        let mut choice = schema::Choice::new("What a step does to its targets.");
        let meanings = schema::Meanings::of::<Effect>();
        for effect in Effect::ALL {
            let arguments = match effect {
                Effect::Exfiltrate | Effect::Expose => vec![(share.clone(), false)],
                Effect::Steal => vec![(money.clone(), true)],
                _ => vec![],
            };
            let meaning = meanings.of_word(effect.name());
            choice.word(effect.name(), meaning, arguments);
        }
        choice.finish()
    }
}

record! {
    /// A scripted event delivered to players.
    Inject, "an inject" {
        /// Its id.
        id: Id,
        /// Its incident. Default: the main one.
        incident: Option<Name>,
        /// Not before this, after STARTEX or by the clock; with no condition, then.
        at: Option<Spanned<Moment>>,
        /// What must hold before, in truth.
        when: Option<Spanned<Condition>>,
        /// What must not hold when it is delivered, in truth.
        unless: Option<Spanned<Condition>>,
        /// How long after `when` came to hold. Default: at once.
        delay: Option<Spanned<Law>>,
        /// Who it is from, for people.
        from: Text,
        /// Who it is from, for conditions.
        sender: Option<Spanned<Sender>>,
        /// To which function.
        to: Addressee,
        /// Over which kind of channel. Default: the best that works.
        via: Option<Spanned<ChannelKind>>,
        /// Its text.
        text: Text,
        /// Names of attachments, for people.
        attachments: Vec<Text>,
        /// What it reveals to who reads it.
        reveals: Vec<Spanned<Reveal>>,
        /// Whether it is noise: it has nothing to do with an incident, and costs time. Default: false.
        noise: Option<Spanned<bool>>,
        /// Whether it looks like part of the incident and is not. Default: false.
        false_lead: Option<Spanned<bool>>,
        /// Time from one delivery to the next, where it recurs.
        repeats: Option<Spanned<Law>>,
        /// Whether it is sent again until somebody notices. Default: false.
        again: Option<Spanned<bool>>,
        /// What players should do, and by when.
        expect: Vec<Expectation>,
        /// The decision it asks for.
        decide: Option<Decision>,
        /// Questions for discussion.
        questions: Vec<Text>,
        /// Prompts for the facilitator while it is played. Those for the whole exercise stand in the scenario.
        prompts: Vec<Prompt>,
    }
}

choice! {
    /// What an inject reveals.
    Reveal, "something that can be revealed" {
        /// That assets do not serve.
        Impact,
        /// That a step happened, and where.
        Step(Name),
        /// That personal data is probably affected.
        PersonalData,
        /// The same as `PersonalData`, in the word that conditions use.
        PersonalDataInvolved,
        /// How it came about.
        Cause,
        /// That it is real.
        Real,
    }
}

record! {
    /// What players should do, and by when; what they must not do; or what only somebody who watches can judge.
    Expectation, "an expectation" {
        /// Its id.
        id: Id,
        /// Who should do it, required beside `does`. Beside `not` and `observe`: who sees to it; default there: whom
        /// the inject is addressed to.
        of: Option<Addressee>,
        /// What should be done. An expectation has `does`, `not` or `observe`.
        does: Option<Spanned<Act>>,
        /// What must not be done, by whomever, from the delivery or `since` on: until `until` holds or `within` is
        /// over, whichever comes first; where neither is given, until the end.
        not: Option<Spanned<Act>>,
        /// What must hold, in truth, before what stands under `not` may be done.
        until: Option<Spanned<Condition>>,
        /// What somebody who watches should see. Only an evaluator's tick judges it; until one does, it counts neither
        /// way.
        observe: Option<Text>,
        /// By when it should be done, or for how long it must not be, counted from delivery or `since`. Default: 4h
        /// beside `does`, no limit beside `not`.
        within: Option<Spanned<Span>>,
        /// The mark from which time counts instead of the delivery, where that mark came.
        since: Option<Spanned<Mark>>,
        /// What should not be done before it, beside `does`.
        before: Option<Spanned<Act>>,
        /// Its weight in coverage. Default: 1.
        weight: Option<Spanned<Weight>>,
        /// What it asks for, for people. Default: in words of the measure; beside `observe`: what stands there.
        text: Option<Text>,
    }
}

record! {
    /// What the exercise is for.
    Objective, "an objective" {
        /// Its id.
        id: Id,
        /// The capability it exercises.
        capability: Spanned<Capability>,
        /// Its text.
        text: Text,
        /// Expectations without which it is not achieved.
        critical: Vec<Name>,
        /// Expectations that belong to it as well.
        supporting: Vec<Name>,
        /// What must be true at the limit.
        success: Option<Spanned<Condition>>,
        /// When the success is looked at, from STARTEX. Default: at ENDEX.
        limit: Option<Spanned<Span>>,
        /// The harm after which a critical item comes too late.
        harm: Option<Spanned<Condition>>,
    }
}

record! {
    /// A prompt for the facilitator.
    Prompt, "a prompt" {
        /// If the players do this.
        when: Text,
        /// Say that.
        say: Text,
    }
}
