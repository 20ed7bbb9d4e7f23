//! Bytes to replace, and a text with them replaced.

use std::ops::Range;

use crate::span::Span;

/// Bytes and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

impl Edit {
    pub(super) fn replace(bytes: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            span: Span::new(bytes.start, bytes.end),
            text: text.into(),
        }
    }

    pub(super) fn remove(bytes: Range<usize>) -> Self {
        Self::replace(bytes, "")
    }

    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// Applies edits that do not overlap; `None` when they do or lie outside the text.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits {
        let range = edit.span.range();
        result.push_str(text.get(end..range.start)?);
        result.push_str(&edit.text);
        end = range.end;
    }
    result.push_str(text.get(end..)?);
    Some(result)
}
