//! `conflicting-facts`: two places declare the same fact differently.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;

/// Finds the first fact of a head that two places declare differently.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let conflict = head.conflicts.first()?;
    let (other, counts, why) = if conflict.is_open {
        (
            "this says one thing …",
            "… and this another",
            "which of them counts depends on the library's version, which the file does not say.",
        )
    } else {
        (
            "this is not used …",
            "… because this one counts",
            "what is checked follows the one that counts; if that is wrong, so are the findings.",
        )
    };
    Some(
        Finding::new(Severity::Warning,
            Confidence::Declared,
            format!("{} is declared in two ways", conflict.fact),
            Place::new(conflict.other, other),
        )
        .with_related(Place::new(conflict.counts, counts))
        .because(why)
        .help("make both say the same, or remove one"),
    )
}
