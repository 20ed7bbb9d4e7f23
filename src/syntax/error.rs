//! What breaks a format, and how much of it is told.

use crate::span::Span;

/// Errors in one file after which nobody reads on; neither do the readers.
pub(super) const MOST_ERRORS: usize = 16;

/// Something in a text that breaks its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong, in one clause, such as `expected ',' or '}' after this value`.
    pub message: String,
}

/// The words of another library that we have no own ones for: their first line, in lower case at the start.
pub(super) fn in_one_line(message: &str, without_words: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut characters = line.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => without_words.to_owned(),
    }
}
