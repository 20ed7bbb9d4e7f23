//! A place as reports show it: path, pointer, bytes, lines and columns.

use crate::span::{LineColumn, Location, Span, display_path, printable};
use crate::syntax::{File, Files};

/// A resolved place.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedPlace {
    /// The path as it is shown, without the member of an archive.
    pub path: String,
    /// The member of an archive.
    pub member: Option<String>,
    /// The JSON Pointer of the node.
    pub pointer: String,
    /// The bytes, from 0.
    pub span: Span,
    /// The first character's line and column, from 1.
    pub start: LineColumn,
    /// The line and column after the last character, from 1.
    pub end: LineColumn,
    /// The column of `start` in bytes, from 1, for tools that count bytes.
    pub start_byte_column: u32,
    /// The column of `end` in bytes, from 1.
    pub end_byte_column: u32,
    /// What is said there.
    pub label: String,
}

impl ReportedPlace {
    /// Resolves a location against the files that it names.
    pub fn resolve(files: &Files, at: Location, label: String) -> Self {
        let file = files.get(at.file);
        let start = file.line_column(at.span.start);
        let end = file.line_column(at.span.end);
        Self {
            path: display_path(&file.source.path),
            member: file.source.member.as_deref().map(printable),
            pointer: file.tree.node(at.node).map_or_else(String::new, |node| node.pointer()),
            span: at.span,
            start,
            end,
            start_byte_column: byte_column(file, start, at.span.start),
            end_byte_column: byte_column(file, end, at.span.end),
            label: super::bounded_text(&label),
        }
    }

    /// The path with the member of an archive behind `!`.
    pub fn full_path(&self) -> String {
        match &self.member {
            Some(member) => format!("{}!{member}", self.path),
            None => self.path.clone(),
        }
    }

    /// Whether its node is the one that a JSON Pointer leads to, or lies in it.
    pub fn is_below(&self, pointer: &str) -> bool {
        self.pointer
            .strip_prefix(pointer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether it lies in a file.
    pub fn is_in(&self, file: &File) -> bool {
        self.path == display_path(&file.source.path)
            && self.member.as_deref() == file.source.member.as_deref().map(printable).as_deref()
    }

    /// What places are sorted by: the path, then the bytes.
    pub(super) fn order(&self) -> (&str, u32, u32) {
        (&self.path, self.span.start, self.span.end)
    }
}

/// The column of an offset in bytes, from 1, given the line that it stands on.
fn byte_column(file: &File, at: LineColumn, offset: u32) -> u32 {
    let line_start = file.line_span(at.line).map_or(offset, |line| line.start);
    offset.saturating_sub(line_start).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Source;
    use crate::syntax::Format;

    #[test]
    fn a_place_is_below_its_parents_only() {
        let source = Source::new("model.json", r#"{"layers": {"10": 0}}"#);
        let file = File::parse(Format::Json, source);
        let node = file
            .tree
            .root()
            .and_then(|root| root.path(&["layers", "10"]))
            .expect("a value");
        let at = node.at();
        let place = ReportedPlace::resolve(&Files::of(file), at, String::new());
        for pointer in ["", "/layers", "/layers/10"] {
            assert!(place.is_below(pointer), "{pointer}");
        }
        assert!(!place.is_below("/layers/1"));
        assert!(!place.is_below("/layers/10/0"));
    }
}
