//! `invalid-config`: losslint's own configuration has errors. Found while it is read; here is what is said about it.

use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::span::Location;

/// The finding for an error in a configuration.
pub fn finding(message: &str, help: Option<&str>, at: Location) -> Finding {
    let finding = Finding::new(
        Severity::Error,
        Confidence::Declared,
        message,
        Place::new(at, "here"),
    )
    .of("invalid-config");
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}
