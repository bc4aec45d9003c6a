//! The tables in words and in code are the same, cell by cell.

use super::{Back, CalledBy, EFFECTS, EffectRow, Holds, MEASURES, MeasureRow, OnAssets};
use crate::exercise::{Effect, Measure};
use crate::knowledge::affects;

/// The page.
const PAGE: &str = include_str!("../../../../../docs/semantics.md");

fn yes(holds: bool) -> String {
    if holds { "yes" } else { "-" }.to_owned()
}

fn listed<T: std::fmt::Display>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(T::to_string).collect();
    if all.is_empty() {
        "-".to_owned()
    } else {
        all.join(", ")
    }
}

fn measure(row: &MeasureRow) -> String {
    let home = row.home.map_or("any", |phase| phase.name()).to_owned();
    let on_assets = match row.on_assets {
        OnAssets::No => "-",
        OnAssets::IfNamed => "if named",
        OnAssets::Yes => "yes",
    };
    let called_by = match row.called_by {
        _ if row.on_assets == OnAssets::No => "-",
        CalledBy::Harm => "harm",
        CalledBy::Foothold => "a foothold",
        CalledBy::Altering => "altering",
        CalledBy::Theft => "a theft",
        CalledBy::Loss => "a loss",
        CalledBy::Publishing => "publishing",
        CalledBy::HarmOrOutage => "harm, or an outage",
    };
    let out = match (row.takes_out, row.closes_account) {
        (true, _) => "switched off or cut off",
        (false, true) => "an account",
        _ => "-",
    };
    let back = match row.brings_back {
        None => "-",
        Some(Back::Whole) => "service and data",
        Some(Back::Data) => "data",
        Some(Back::Connection) => "the connection",
    };
    let cells = [
        row.measure.to_string(),
        home,
        on_assets.to_owned(),
        called_by.to_owned(),
        holds(row.contains),
        holds(row.cuts),
        out.to_owned(),
        listed(row.undone_by),
        listed(row.destroys),
        yes(row.tells),
        back.to_owned(),
        listed(row.starts),
        yes(row.in_hand),
        row.leaves
            .map_or_else(|| "-".to_owned(), |state| format!("{state:?}")),
        yes(row.ends_foothold),
        yes(row.renews),
        yes(row.closes_entry),
        yes(row.looks),
        yes(row.concludes),
    ];
    format!("| {} |", cells.join(" | "))
}

fn holds(where_it_is: Holds) -> String {
    let word = match where_it_is {
        Holds::Never => "-",
        Holds::InTheWay => "in the way",
        Holds::Always => "yes",
    };
    word.to_owned()
}

fn effect(row: EffectRow) -> String {
    let undoes = Measure::ALL.iter().copied();
    let undoes: Vec<Measure> = undoes.filter(|of| of.is_undone_by(row.effect)).collect();
    let cells = [
        row.effect.to_string(),
        format!("{:?}", row.leaves),
        yes(row.affects),
        yes(row.takes_down),
        yes(row.damages),
        yes(row.takes_records),
        listed(&undoes),
    ];
    format!("| {} |", cells.join(" | "))
}

/// The rows of the page below a head, without the line of dashes.
fn written(head: &str) -> Vec<&'static str> {
    let mut lines = PAGE.lines().skip_while(|line| !line.starts_with(head));
    assert!(lines.next().is_some(), "no table begins with {head}");
    lines
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .collect()
}

#[test]
fn each_word_has_its_row_at_its_place() {
    let measures: Vec<Measure> = MEASURES.iter().map(|row| row.measure).collect();
    assert_eq!(measures, Measure::ALL);
    let effects: Vec<Effect> = EFFECTS.iter().map(|row| row.effect).collect();
    assert_eq!(effects, Effect::ALL);
}

#[test]
fn the_table_of_measures_is_the_one_in_words() {
    let made: Vec<String> = MEASURES.iter().map(measure).collect();
    assert_eq!(made, written("| measure | home |"));
}

#[test]
fn the_table_of_effects_is_the_one_in_words() {
    let made: Vec<String> = EFFECTS.iter().copied().map(effect).collect();
    assert_eq!(made, written("| effect | leaves it |"));
}

#[test]
fn an_effect_affects_an_asset_where_the_state_that_it_leaves_does() {
    for row in EFFECTS {
        assert_eq!(row.affects, affects(row.leaves), "{}", row.effect);
    }
}
