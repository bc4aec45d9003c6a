//! The schema of the view, kept true to its structs.

use super::compare::Comparison;
use super::improve::Improvements;
use super::model::{Campaign, Several};
use crate::json::schema::{close, committed, fits};
use schemars::JsonSchema;
use serde_json::Value;

fn schema<T: JsonSchema>() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let generator = settings.for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    close(&mut schema);
    schema
}

#[test]
fn the_committed_schemas_are_those_of_the_structs() {
    committed(&schema::<Campaign>(), "campaign");
    committed(&schema::<Several>(), "campaign-strata");
    committed(&schema::<Comparison>(), "compare");
    committed(&schema::<Improvements>(), "improve");
}

/// Holds what was written for a campaign against its schema.
pub(crate) fn campaign_fits(text: &str) -> Value {
    fits(text, &schema::<Campaign>())
}

/// Holds what was written for several scenarios against their schema.
pub(crate) fn strata_fit(text: &str) -> Value {
    fits(text, &schema::<Several>())
}

/// Holds what was written for a comparison against its schema.
pub(crate) fn comparison_fits(text: &str) -> Value {
    fits(text, &schema::<Comparison>())
}

/// Holds what was written of what helps against its schema.
pub(crate) fn improvements_fit(text: &str) -> Value {
    fits(text, &schema::<Improvements>())
}
