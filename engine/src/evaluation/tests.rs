//! What an evaluation says of small records that were worked by hand, and of real ones.

mod behind;
mod called_for;
mod categories;
mod causes;
mod duties;
mod edges;
mod effects;
mod entered;
mod expectations;
mod halves;
mod kept_up;
mod law;
mod objectives;
mod order;
mod proportion;
mod real;
mod restraint;
mod rules;
mod scored;
mod since;
mod staffing;
mod steering;
mod town;
