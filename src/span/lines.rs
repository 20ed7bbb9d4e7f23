//! Lines and columns as people count them, and the byte offsets that they stand for.

use std::fmt;
use std::sync::OnceLock;

use super::Span;

/// Bytes between two places up to which characters are counted once for a text, so that a place far along a line of
/// megabytes costs no more than one near its beginning.
const STEP: usize = 4096;

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
    /// How many characters begin before each multiple of [`STEP`]; made for the first place far along its line.
    characters: OnceLock<Vec<u32>>,
}

impl LineIndex {
    /// Scans the text once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self {
            starts,
            characters: OnceLock::new(),
        }
    }

    /// The line that a byte offset lies in, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset).max(1) as u32
    }

    /// The line and column of a byte offset in the text that the index was made from. An offset past the end gives the end.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset as u32);
        let start = self.starts[line as usize - 1] as usize;
        let before = if offset - start < STEP {
            characters(&text.as_bytes()[start..offset])
        } else {
            self.characters_before(text, offset) - self.characters_before(text, start)
        };
        LineColumn {
            line,
            column: before as u32 + 1,
        }
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let bytes = text.as_bytes();
        let steps = self.characters.get_or_init(|| {
            let counts = bytes.chunks(STEP).scan(0, |before, piece| {
                let own = *before;
                *before += characters(piece) as u32;
                Some(own)
            });
            counts.collect()
        });
        let step = offset / STEP;
        let counted = steps.get(step).map_or(0, |before| *before as usize);
        counted + characters(&bytes[step * STEP..offset])
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

/// How many characters of UTF-8 begin among some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_far_along_a_line_are_counted_like_others() {
        let text = format!("a\n{}\nβ", "β.γ".repeat(4 * STEP));
        let lines = LineIndex::new(&text);
        for (at, _) in text
            .char_indices()
            .filter(|(at, _)| at % 7 == 0 || at % STEP < 4)
            .chain([(text.len(), ' ')])
        {
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let place = lines.line_column(&text, at as u32);
            assert_eq!(place.column as usize, text[start..at].chars().count() + 1, "{at}");
            assert_eq!(place.line, lines.line(at as u32));
        }
    }

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
