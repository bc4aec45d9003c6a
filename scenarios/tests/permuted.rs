//! The order of lists means nothing, except where an order is what is meant: the same exercise comes
//! of every order, byte for byte.

use hotwash_scenarios::definition::{Decision, Inject, Organisation, Plan, Scenario, TargetEntry};
use hotwash_scenarios::{
    Definition, Definitions, Kind, Source, Start, bind, exercise_hash, find, load,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A source of numbers for shuffling: one small generator is enough to reach every order.
struct Cards(u64);

impl Cards {
    fn below(&mut self, n: usize) -> usize {
        // Knuth's constants; the high bits are good.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % n
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

macro_rules! shuffle {
    ($cards:ident, $($list:expr),+ $(,)?) => {
        $($cards.shuffle(&mut $list);)+
    };
}

fn shuffle_organisation(it: &mut Organisation, cards: &mut Cards) {
    shuffle!(
        cards,
        it.holidays,
        it.people,
        it.roles,
        it.teams,
        it.groups,
        it.assets,
        it.channels,
        it.monitoring,
        it.stakeholders,
        it.risks
    );
    if let Some(network) = &mut it.network {
        cards.shuffle(network);
        for link in network {
            if cards.below(2) == 0 {
                std::mem::swap(&mut link.value.0, &mut link.value.1);
            }
        }
    }
    for person in &mut it.people {
        shuffle!(
            cards,
            person.roles,
            person.leave,
            person.channels,
            person.notice.0
        );
    }
    for role in &mut it.roles {
        shuffle!(cards, role.function.0, role.holders, role.may);
    }
    for team in &mut it.teams {
        cards.shuffle(&mut team.roles);
    }
    for group in &mut it.groups {
        cards.shuffle(&mut group.uses);
    }
    if let Some(yardstick) = &mut it.yardstick {
        shuffle!(
            cards,
            yardstick.targets.0,
            yardstick.rules,
            yardstick.criteria
        );
    }
    for asset in &mut it.assets {
        shuffle!(cards, asset.depends_on, asset.data);
        if let Some(backups) = &mut asset.backed_up_by {
            cards.shuffle(backups);
        }
    }
    for channel in &mut it.channels {
        cards.shuffle(&mut channel.depends_on);
    }
    for source in &mut it.monitoring {
        cards.shuffle(&mut source.sees);
        for sight in &mut source.sees {
            shuffle!(cards, sight.techniques, sight.kinds, sight.assets);
        }
    }
    for stakeholder in &mut it.stakeholders {
        cards.shuffle(&mut stakeholder.holidays);
    }
}

fn shuffle_decision(decision: &mut Decision, cards: &mut Cards) {
    cards.shuffle(&mut decision.needs);
}

fn shuffle_plan(it: &mut Plan, cards: &mut Cards) {
    shuffle!(
        cards,
        it.targets.0,
        it.tasks,
        it.decisions,
        it.communication,
        it.programme
    );
    for (_, TargetEntry(targets)) in &mut it.targets.0 {
        cards.shuffle(targets);
    }
    if let Some(classification) = &mut it.classification {
        shuffle!(
            cards,
            classification.rules,
            classification.by,
            classification.priorities.0
        );
    }
    for task in &mut it.tasks {
        shuffle!(
            cards,
            task.consulted,
            task.informed,
            task.after,
            task.after_any,
            task.controls
        );
    }
    for decision in &mut it.decisions {
        shuffle_decision(decision, cards);
    }
    for obligation in &mut it.communication {
        cards.shuffle(&mut obligation.content);
        if let Some(aware) = &mut obligation.aware {
            cards.shuffle(&mut aware.who);
        }
    }
    for item in &mut it.programme {
        cards.shuffle(&mut item.phases);
    }
    if let Some(scoring) = &mut it.scoring {
        cards.shuffle(&mut scoring.phases.0);
    }
}

fn shuffle_inject(inject: &mut Inject, cards: &mut Cards) {
    shuffle!(cards, inject.reveals, inject.expect);
    if let Some(decision) = &mut inject.decide {
        shuffle_decision(decision, cards);
    }
}

fn shuffle_scenario(it: &mut Scenario, cards: &mut Cards) {
    shuffle!(cards, it.tags, it.attack, it.injects, it.objectives);
    // The first incident is the main one.
    if it.incidents.len() > 2 {
        cards.shuffle(&mut it.incidents[1..]);
    }
    for step in &mut it.attack {
        shuffle!(cards, step.after, step.after_any, step.stopped_by);
    }
    for inject in &mut it.injects {
        shuffle_inject(inject, cards);
    }
    for objective in &mut it.objectives {
        shuffle!(cards, objective.critical, objective.supporting);
    }
}

fn shuffle_all(definitions: &mut Definitions, cards: &mut Cards) {
    for definition in &mut definitions.all {
        match definition {
            Definition::Organisation(it) => shuffle_organisation(it, cards),
            Definition::Plan(it) => shuffle_plan(it, cards),
            Definition::Scenario(it) => shuffle_scenario(it, cards),
            Definition::Exercise(it) => {
                shuffle_organisation(&mut it.organisation, cards);
                shuffle_plan(&mut it.plan, cards);
                shuffle_scenario(&mut it.scenario, cards);
            }
        }
    }
}

fn clinic() -> Definitions {
    let item = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    load(&[
        item(Kind::Organisation, "marram-street-clinic"),
        item(Kind::Plan, "clinic-response-plan"),
        item(Kind::Scenario, "ransomware-friday-evening"),
    ])
    .expect("what ships is sound")
}

fn everything() -> Definitions {
    let text = include_str!("every_field/exercise.ron");
    load(&[Source::new("exercise.ron", text)]).expect("the text is sound")
}

fn hash(definitions: &Definitions) -> String {
    let bound = bind(definitions, &Start::default());
    exercise_hash(&bound.expect("it binds").exercise)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_of_lists_means_nothing(seed in any::<u64>()) {
        for definitions in [clinic(), everything()] {
            let mut shuffled = definitions.clone();
            shuffle_all(&mut shuffled, &mut Cards(seed));
            prop_assert_ne!(format!("{:?}", shuffled.all), format!("{:?}", definitions.all));
            prop_assert_eq!(hash(&shuffled), hash(&definitions));
        }
    }
}

#[test]
fn another_exercise_has_another_hash() {
    assert_ne!(hash(&clinic()), hash(&everything()));
    let text = include_str!("every_field/exercise.ron").replace("9_000_000", "9_000_001");
    let other = load(&[Source::new("exercise.ron", text)]).unwrap();
    assert_ne!(hash(&other), hash(&everything()));
}
