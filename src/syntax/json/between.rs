//! What stands between JSON's tokens: white space, comments, and characters that only look like either.

use super::Parser;
use crate::span::Span;

impl Parser<'_> {
    /// Goes to the next token. Comments are kept aside; what JSON does not allow between tokens is reported.
    #[inline]
    pub(super) fn skip_between(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/' | b'#' | 0..0x20 | 0x80..) if self.skip_unusual() => {}
                _ => return,
            }
        }
    }

    /// Skips one comment or one character that is not allowed here. False when a token starts.
    #[cold]
    fn skip_unusual(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") {
            self.skip_comment(line_length(rest));
            return true;
        }
        if rest.starts_with("/*") {
            self.skip_block_comment(rest);
            return true;
        }
        let (length, message) = match rest.chars().next() {
            Some('#') => (line_length(rest), "expected '//' instead of '#' before a comment"),
            Some(c) if is_invisible(c) => (c.len_utf8(), "expected a space instead of an invisible character"),
            _ => return false,
        };
        self.report(self.at..self.at + length, message);
        self.at += length;
        true
    }

    fn skip_block_comment(&mut self, rest: &str) {
        let length = match rest[2..].find("*/") {
            Some(length) => length + 4,
            None => {
                self.report(self.at..self.at + 2, "this comment is never closed");
                rest.len()
            }
        };
        self.skip_comment(length);
    }

    fn skip_comment(&mut self, length: usize) {
        let comment = Span::new(self.at, self.at + length);
        self.tree.comments.push(comment);
        self.at += length;
    }
}

fn line_length(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// Whether a character shows as nothing or as a space. Editors and web pages leave such characters in texts.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}
