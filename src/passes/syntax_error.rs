//! `syntax-error`: a file breaks its format. Found while a file is read; here is what is said about it.

use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::span::Location;

/// The finding for a place where reading failed, with the reader's message.
pub fn finding(message: &str, at: Location) -> Finding {
    Finding::new(
        Severity::Error,
        Confidence::Declared,
        message,
        Place::new(at, "here"),
    )
    .of("syntax-error")
}
