//! `unused-suppression`: a comment, key or rule that accepts findings accepts none, or not as it should. Found when
//! suppressions are applied; here is what is said about them.

use super::lints;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::span::Location;

const NAME: &str = "unused-suppression";

/// Nothing of this lint is found where the suppression reaches.
pub fn unused(name: &str, at: Location, severity: Severity) -> Finding {
    Finding::new(
        NAME,
        severity,
        Confidence::Declared,
        format!("nothing is suppressed: {name} finds nothing here"),
        Place::new(at, "not needed"),
    )
    .because("a suppression that is left behind hides the next mistake of its kind.")
    .help("remove it")
}

/// Bytes of a name beyond which no lint's is near.
const LONGEST_NAME: usize = 100;

/// There is no lint of this name.
pub fn unknown(name: &str, at: Location) -> Finding {
    let names: Vec<&str> = lints().iter().map(|lint| lint.name()).collect();
    let near = names
        .iter()
        .filter(|_| name.len() <= LONGEST_NAME)
        .map(|other| (strsim::damerau_levenshtein(name, other), *other))
        .filter(|(distance, other)| *distance <= other.len() / 3)
        .min();
    let finding = Finding::new(
        NAME,
        Severity::Warning,
        Confidence::Declared,
        format!("there is no lint \"{name}\" to suppress"),
        Place::new(at, "unknown lint"),
    )
    .because("nothing is suppressed.");
    match near {
        Some((_, near)) => finding.help(format!("did you mean {near}?")),
        None => finding.help("`losslint rules` lists all lints"),
    }
}

/// It works, but nobody says why.
pub fn without_reason(name: &str, at: Location) -> Finding {
    Finding::new(
        NAME,
        Severity::Info,
        Confidence::Declared,
        format!("{name} is suppressed without a reason"),
        Place::new(at, "no reason is given"),
    )
    .because("whoever reads this next cannot tell whether it still holds.")
    .help("write the reason behind it")
}
