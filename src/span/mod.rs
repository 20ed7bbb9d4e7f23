//! Where things are said: files, byte spans and the locations that travel with every fact. Not for reading or parsing.

mod lines;
mod printable;
mod source;

use std::sync::atomic::{AtomicU32, Ordering};

pub use lines::{LineColumn, LineIndex};
pub use printable::{display_path, printable, printable_but};
pub use source::Source;

/// A half-open range of byte offsets, `start..end`, in one file's text. Offsets count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Files over 4 GiB are refused before any span is made, so offsets fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// The same bytes as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Names one text that was parsed in a run. Later ones have higher numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// A name that no other text of the run has.
    pub fn next() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// Names one node of a file's syntax tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Where a fact is said. Small and free to copy; it becomes a pointer, a line and a column only in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// In which text.
    pub file: FileId,
    /// The node that says it.
    pub node: NodeId,
    /// The bytes to show: the node's own, or a part of it (an expression inside a string).
    pub span: Span,
}

/// A value and where it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spanned<T> {
    /// What was said.
    pub value: T,
    /// Where.
    pub at: Location,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, at: Location) -> Self {
        Self { value, at }
    }

    /// Changes the value and keeps the place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.at)
    }
}
