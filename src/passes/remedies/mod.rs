//! Remedies: what to do about a finding, in the framework's names and the file's own form, with the edits that do it. A pass
//! chooses among them and gives the grade; it need not know how a name is spelt.

mod activations;
mod losses;
mod step;

pub use activations::{fitting_activations, set_units};
pub use step::Step;
