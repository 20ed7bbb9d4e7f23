//! `duplicate-key`: one object gives a key twice. Found while a file is read; here is what is said about it.

use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::span::Location;

/// The finding for a key that its object already had.
pub fn finding(key: &str, earlier: Location, later: Location) -> Finding {
    Finding::new(
        Severity::Warning,
        Confidence::Declared,
        format!("the key \"{key}\" is given twice in one object"),
        Place::new(later, "this one counts …"),
    )
    .of("duplicate-key")
    .with_related(Place::new(earlier, "… and this one is never read"))
    .because("Python's json, PyYAML and most readers take the last one in silence.")
    .help("remove the one that is not meant")
}
