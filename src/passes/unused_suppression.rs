//! `unused-suppression`: a comment, key or rule that accepts findings accepts none, or not as it should. Found when
//! suppressions are applied; here is what is said about them.

use super::lints;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::nearest::nearest;
use crate::span::Location;

const NAME: &str = "unused-suppression";

/// Nothing of this lint is found where the suppression reaches.
pub fn unused(name: &str, at: Location, severity: Severity) -> Finding {
    Finding::new(
        severity,
        Confidence::Declared,
        format!("nothing is suppressed: {name} finds nothing here"),
        Place::new(at, "not needed"),
    )
    .of(NAME)
    .because("a suppression that is left behind hides the next mistake of its kind.")
    .help("remove it")
}

/// There is no lint of this name.
pub fn unknown(name: &str, at: Location) -> Finding {
    let finding = Finding::new(
        Severity::Warning,
        Confidence::Declared,
        format!("there is no lint \"{name}\" to suppress"),
        Place::new(at, "unknown lint"),
    )
    .of(NAME)
    .because("nothing is suppressed.");
    match nearest(lints().iter().map(|lint| lint.name()), name).first() {
        Some(near) => finding.help(format!("did you mean {near}?")),
        None => finding.help("`losslint rules` lists all lints"),
    }
}

/// It works, but nobody says why.
pub fn without_reason(name: &str, at: Location) -> Finding {
    Finding::new(
        Severity::Info,
        Confidence::Declared,
        format!("{name} is suppressed without a reason"),
        Place::new(at, "no reason is given"),
    )
    .of(NAME)
    .because("whoever reads this next cannot tell whether it still holds.")
    .help("write the reason behind it")
}
