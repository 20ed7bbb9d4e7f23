//! `conflicting-facts`: two places declare the same fact differently.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;

const NAME: &str = "conflicting-facts";

/// Finds the first fact of a head that two places declare differently.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let conflict = head.conflicts.first()?;
    Some(
        Finding::new(
            NAME,
            Severity::Warning,
            Confidence::Declared,
            format!("{} is declared in two ways", conflict.fact),
            Place::new(conflict.other, "this is not used …"),
        )
        .with_related(Place::new(conflict.counts, "… because this one counts"))
        .because("what is checked follows the one that counts; if that is wrong, so are the findings.")
        .help("make both say the same, or remove one"),
    )
}
