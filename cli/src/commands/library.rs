//! `hotwash library`.

use crate::commands::Format;
use crate::failure::{Failure, Outcome};
use crate::output;
use hotwash_scenarios::{Kind, LibraryItem, library};
use serde::Serialize;
use std::fmt::Write;

/// List what ships with Hotwash
///
/// Any scenario can be played against any organisation and any plan: `hotwash simulate SCENARIO
/// -o ORGANISATION -p PLAN`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// In which form to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One list for each kind, as scripts read it.
#[derive(Debug, Serialize)]
struct Listing {
    schema_version: u32,
    scenarios: Vec<Item>,
    organisations: Vec<Item>,
    plans: Vec<Item>,
    exercises: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    id: &'static str,
    title: &'static str,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let listing = Listing {
        schema_version: 1,
        scenarios: items(Kind::Scenario),
        organisations: items(Kind::Organisation),
        plans: items(Kind::Plan),
        exercises: items(Kind::Exercise),
    };
    match args.format {
        Format::Text => output::print(&text(&listing))?,
        Format::Json => output::print_json(&listing)?,
    }
    Ok(Outcome::Done)
}

fn items(kind: Kind) -> Vec<Item> {
    let item = |item: &LibraryItem| Item {
        id: item.id,
        title: item.title,
    };
    let of_kind = library().iter().filter(|item| item.kind == kind);
    of_kind.map(item).collect()
}

fn text(listing: &Listing) -> String {
    let lists = [
        ("SCENARIOS", &listing.scenarios),
        ("ORGANISATIONS", &listing.organisations),
        ("PLANS", &listing.plans),
        ("EXERCISES, whole in one file", &listing.exercises),
    ];
    let ids = lists.iter().flat_map(|(_, items)| items.iter());
    let width = ids.map(|item| item.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (index, (heading, items)) in lists.into_iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        writeln!(text, "{gap}{heading}").expect("memory takes text");
        for Item { id, title } in items {
            writeln!(text, "  {id:width$}  {title}").expect("memory takes text");
        }
    }
    text
}
