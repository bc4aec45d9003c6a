use super::*;
use crate::definition::RegimeName;
use crate::load::load;
use hotwash_engine::exercise::Sector;

#[test]
fn the_regimes_are_read_without_a_fault_and_each_name_has_its_text() {
    for (name, text) in TEXTS {
        let source = Source::new(name, text);
        let parsed = syntax::parse(&source, 0);
        let mut reader = Reader::new(&source);
        let regime = parsed
            .root
            .and_then(|root| Regime::decode(&root, &mut reader));
        let (problems, _) = reader.finish();
        assert!(
            parsed.problems.is_empty() && problems.is_empty(),
            "{name}: {problems:#?}"
        );
        assert!(regime.is_some(), "{name}");
    }
    let names: Vec<RegimeName> = regimes().iter().map(|regime| regime.id.value).collect();
    assert_eq!(names, [RegimeName::Gdpr, RegimeName::Nis2]);
}

#[test]
fn every_duty_of_law_says_what_starts_it_and_what_has_to_be_said() {
    let ids: Vec<&str> = duties_of(regimes()).map(|of| of.duty.id.as_str()).collect();
    assert!(
        ids.iter().enumerate().all(|(i, id)| !ids[..i].contains(id)),
        "{ids:?}"
    );
    for of in duties_of(regimes()) {
        let started = of.duty.aware.is_some() != of.duty.after.is_some();
        assert!(
            started && !of.duty.content.is_empty(),
            "{}",
            of.duty.id.value
        );
        let parent = of.duty.after.as_ref();
        assert!(parent.is_none_or(|name| find(name).is_some()));
    }
}

/// The terms as the articles give them, by hand; that of article 34 is illustrative.
#[test]
fn the_terms_are_those_of_the_articles() {
    let terms = duties_of(regimes()).map(|of| (of.passage(), of.duty.within.value));
    let hours = |hours| Limit::Elapsed(Span::hours(hours));
    let nis2 = |part| format!("Directive (EU) 2022/2555, article 23{part}");
    let gdpr = |article| format!("Regulation (EU) 2016/679, article {article}");
    let expected = [
        (gdpr(33), hours(72)),
        (gdpr(34), hours(5 * 24)),
        (nis2("(4)(a)"), hours(24)),
        (nis2("(4)(b)"), hours(72)),
        (nis2("(4)(d)"), Limit::Months(1)),
    ];
    let found: Vec<_> = terms.collect();
    let spans: Vec<_> = found
        .iter()
        .map(|(passage, limit)| (passage.clone(), about(*limit)))
        .collect();
    let wanted: Vec<_> = expected
        .iter()
        .map(|(passage, limit)| (passage.clone(), about(*limit)))
        .collect();
    assert_eq!(spans, wanted);
}

#[test]
fn the_data_protection_law_holds_in_thirty_countries_and_the_other_in_twenty_seven_and_eighteen_sectors()
 {
    let [gdpr, nis2] = regimes() else {
        panic!("two regimes ship");
    };
    assert_eq!((gdpr.countries.len(), gdpr.sectors.len()), (30, 0));
    assert_eq!((nis2.countries.len(), nis2.sectors.len()), (27, 18));
    let sectors: Vec<Sector> = nis2.sectors.iter().map(|sector| sector.value).collect();
    assert_eq!(sectors, Sector::ALL[..18]);
}

/// The names of the regimes that hold for an organisation of which something is said.
fn holding_for(said: &str) -> Vec<RegimeName> {
    let text = format!("Organisation(name: \"House\", {said})");
    let definitions = load(&[Source::new("o.ron", text)]).unwrap();
    let organisation = definitions.organisation().unwrap();
    holding(organisation)
        .iter()
        .map(|regime| regime.id.value)
        .collect()
}

const DATA: &str = "assets: [(id: \"records\", kind: Database, holds: 10, data: [PersonalData])]";

#[test]
fn what_holds_follows_from_country_sector_and_data_and_more_can_be_named() {
    use RegimeName::{Gdpr, Nis2};
    let of = |said: &str| holding_for(&format!("{said}, {DATA}"));
    assert_eq!(of("country: \"IE\", sector: [Health]"), [Gdpr, Nis2]);
    assert_eq!(of("country: \"NO\", sector: [Health]"), [Gdpr]);
    assert_eq!(of("country: \"IE\", sector: [Education]"), [Gdpr]);
    assert_eq!(of("country: \"US\", sector: [Health]"), []);
    assert_eq!(of("country: \"US\", regimes: [Gdpr]"), [Gdpr]);
    assert_eq!(
        of("country: \"IE\", sector: [Health], regimes: [Gdpr]"),
        [Gdpr, Nis2]
    );
    assert_eq!(of("time_zone: \"Europe/Dublin\", sector: [Health]"), []);
    assert_eq!(
        holding_for("country: \"IE\", sector: [Education, Energy]"),
        [Nis2]
    );
    assert_eq!(holding_for("country: \"IE\""), []);
}

#[test]
fn the_law_is_unknown_where_data_of_persons_is_held_and_no_country_is_given() {
    let unknown = |said: &str| {
        let text = format!("Organisation(name: \"House\", {said})");
        let definitions = load(&[Source::new("o.ron", text)]).unwrap();
        is_unknown(definitions.organisation().unwrap())
    };
    assert!(unknown(DATA));
    assert!(unknown(&DATA.replace("PersonalData", "SpecialCategory")));
    assert!(!unknown(&format!("country: \"US\", {DATA}")));
    assert!(!unknown(&format!("regimes: [Gdpr], {DATA}")));
    assert!(!unknown("assets: [(id: \"records\", kind: Database)]"));
}

/// Which clause speaks of which duty.
fn pairs(clauses: &str) -> Vec<(String, String)> {
    let tasks = "tasks: [(id: \"t\", phase: Response, by: Legal, takes: \"5m\")]";
    let text = format!("Plan({tasks}, communication: [{clauses}])");
    let definitions = load(&[Source::new("p.ron", text)]).unwrap();
    let all: Vec<&Regime> = regimes().iter().collect();
    let spoken = spoken_of(definitions.plan().unwrap(), &all);
    let mut pairs: Vec<_> = spoken
        .iter()
        .map(|(clause, of)| (clause.id.value.to_string(), of.duty.id.value.to_string()))
        .collect();
    pairs.sort();
    pairs
}

fn paired(clause: &str, duty: &str) -> (String, String) {
    (clause.to_owned(), duty.to_owned())
}

#[test]
fn a_clause_speaks_of_the_duty_that_it_names_or_whose_law_and_recipient_it_has() {
    let law = "law: \"Directive (EU) 2022/2555, article 23\", to: NationalCsirt";
    let three = format!(
        "(id: \"b\", {law}, within: \"72h\"), (id: \"a\", {law}, within: \"24h\"), \
         (id: \"c\", {law}, within: \"1mo\", after: \"b\")"
    );
    let each = [
        paired("a", "nis2-early-warning"),
        paired("b", "nis2-notification"),
        paired("c", "nis2-final-report"),
    ];
    assert_eq!(pairs(&three), each);
    let shorter = format!("(id: \"x\", {law}, within: \"48h\")");
    assert_eq!(pairs(&shorter), [paired("x", "nis2-notification")]);
    let longer = format!("(id: \"x\", {law}, within: \"5d\")");
    assert_eq!(pairs(&longer), [paired("x", "nis2-notification")]);
    let named =
        format!("(id: \"y\", duty: \"nis2-early-warning\"), (id: \"x\", {law}, within: \"20h\")");
    let both = [
        paired("x", "nis2-notification"),
        paired("y", "nis2-early-warning"),
    ];
    assert_eq!(pairs(&named), both);
}

#[test]
fn a_clause_to_somebody_else_or_of_another_law_speaks_of_no_duty_of_law() {
    assert_eq!(
        pairs("(id: \"x\", law: \"GDPR, article 33\", to: NationalCsirt, within: \"72h\")"),
        []
    );
    assert_eq!(
        pairs("(id: \"x\", law: \"The NIS200 rules\", to: NationalCsirt, within: \"24h\")"),
        []
    );
    assert_eq!(
        pairs("(id: \"x\", to: DataProtectionAuthority, within: \"72h\")"),
        []
    );
    let short = "(id: \"x\", law: \"Art. 33 GDPR\", to: DataProtectionAuthority, within: \"72h\")";
    assert_eq!(pairs(short), [paired("x", "gdpr-authority")]);
}
