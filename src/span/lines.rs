//! Lines and columns as people count them, and the byte offsets that they stand for.

use std::fmt;

use super::Span;

/// A place as people read it: both numbers count from 1, columns in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The start of every line of a text, so that an offset becomes a line and a column in logarithmic time.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Scans the text once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// The line and column of a byte offset in the text that the index was made from. An offset past the end gives the end.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= offset).max(1);
        let start = self.starts[line - 1] as usize;
        let column = text[start..offset].chars().count() + 1;
        LineColumn {
            line: line as u32,
            column: column as u32,
        }
    }

    /// The byte range of a line, counted from 1, without its line break; `None` past the last line.
    pub fn line_span(&self, text: &str, line: u32) -> Option<Span> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        Some(Span::new(start, start + line.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a\nβγδ\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.line_column(text, 0).to_string(), "1:1");
        assert_eq!(lines.line_column(text, 6).to_string(), "2:3");
        assert_eq!(lines.line_column(text, 99).to_string(), "3:1");
        assert_eq!(lines.line_column(text, 3).to_string(), "2:1", "inside a character");
    }

    #[test]
    fn the_span_of_a_line_has_no_line_break() {
        let text = "one\r\ntwo";
        let lines = LineIndex::new(text);
        assert_eq!(lines.line_span(text, 1).map(|s| &text[s.range()]), Some("one"));
        assert_eq!(lines.line_span(text, 2).map(|s| &text[s.range()]), Some("two"));
        assert_eq!(lines.line_span(text, 3), None);
    }
}
