//! A text with its tree and its lines: what places are resolved against.

use std::sync::Arc;

use super::{Format, Tree, parse};
use crate::span::{FileId, LineColumn, LineIndex, Source, Span};

/// A file that was read and parsed.
#[derive(Debug)]
pub struct File {
    /// Its path and text.
    pub source: Source,
    /// Its tree.
    pub tree: Tree,
    lines: LineIndex,
}

impl File {
    /// Parses a source.
    pub fn parse(format: Format, source: Source) -> Self {
        let tree = parse(format, Arc::clone(&source.text));
        let lines = LineIndex::new(&source.text);
        Self { source, tree, lines }
    }

    /// Its name in this run.
    pub fn id(&self) -> FileId {
        self.tree.file()
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.lines.line(offset)
    }

    /// The line and column of a byte offset.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.lines.line_column(&self.source.text, offset)
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        self.lines.line_span(&self.source.text, line)
    }
}
