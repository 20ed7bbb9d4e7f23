//! Where things are said: files, byte spans and the locations that travel with every fact. Not for reading or parsing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// Names one of the files that a model is read from: the model's own file is [`FileId::MODEL`], facts beside it follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

impl FileId {
    /// The file that holds the model itself.
    pub const MODEL: FileId = FileId(0);
}

/// Names one node of a file's syntax tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Where a fact is said. Small and free to copy; it becomes a pointer, a line and a column only in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// Which of the model's files.
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

/// One text that was read: a file, a member of an archive, or standard input.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as it is shown to the user.
    pub path: PathBuf,
    /// The member inside an archive, such as `config.json`.
    pub member: Option<String>,
    /// The whole text. Shared, because reports outlive the check.
    pub text: Arc<str>,
    in_archive: bool,
}

impl Source {
    /// A source from a text in memory.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            member: None,
            text: text.into(),
            in_archive: false,
        }
    }

    /// A text that a saved model holds, or an empty one for a saved model that cannot be read.
    pub fn of_archive(path: impl Into<PathBuf>, member: Option<&str>, text: impl Into<Arc<str>>) -> Self {
        Self {
            member: member.map(str::to_owned),
            in_archive: true,
            ..Self::new(path, text)
        }
    }

    /// Whether an edit of these bytes is an edit of the file: a text in a saved model stands there in another form.
    pub fn is_editable(&self) -> bool {
        !self.in_archive
    }

    /// The path with `/` on every system and `!member` for archives, without control characters, as reports print it.
    pub fn display_name(&self) -> String {
        let mut name = display_path(&self.path);
        if let Some(member) = &self.member {
            name.push('!');
            name.push_str(&printable(member));
        }
        name
    }
}

/// A path as reports print it: `/` between parts, no leading `./`, control characters escaped.
pub fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    };
    printable(text.strip_prefix("./").unwrap_or(&text))
}

/// A text without characters that would move a terminal's cursor, change its colours or reorder what is shown: these are
/// written as `\u001b`.
pub fn printable(text: &str) -> String {
    printable_but(text, &[])
}

/// The same, with some of these characters left as they are.
pub fn printable_but(text: &str, kept: &[char]) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) && !kept.contains(&c) {
            printable.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            printable.push(c);
        }
    }
    printable
}

/// Control characters of all kinds; marks, embeddings, overrides and isolates of direction; other separators of lines.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

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

    #[test]
    fn shown_paths_cannot_drive_a_terminal() {
        assert_eq!(
            display_path(Path::new("./a\u{1b}[31m/b\u{202e}.json")),
            "a\\u001b[31m/b\\u202e.json"
        );
    }
}
