//! What a JSON text gets wrong between brackets, commas and colons: how it is worded, and where the reading goes on. Not
//! for faults inside strings, words and numbers.

use std::ops::Range;

use super::{Parser, Turn, bare};
use crate::span::Span;
use crate::syntax::error::MOST_ERRORS;
use crate::syntax::{Kind, SyntaxError};

impl Parser<'_> {
    /// Keeps an error, unless the same bytes were just reported: a consequence of a fault is no second fault.
    #[cold]
    pub(super) fn report(&mut self, bytes: Range<usize>, message: impl Into<String>) {
        let span = Span::new(bytes.start, bytes.end);
        let is_known = self.tree.errors.last().is_some_and(|e| e.span == span);
        if !is_known && !self.has_enough_errors() {
            let message = message.into();
            self.tree.errors.push(SyntaxError { span, message });
        }
    }

    pub(super) fn has_enough_errors(&self) -> bool {
        self.tree.errors.len() >= MOST_ERRORS
    }

    /// Reports and skips characters that no JSON token starts with.
    #[cold]
    pub(super) fn skip_junk(&mut self, message: impl Into<String>) {
        let start = self.at;
        let rest = &self.text.as_bytes()[start + 1..];
        // A slash may begin a comment.
        let is_more = |byte: &&u8| bare::is_junk_byte(**byte) && **byte != b'/';
        self.at += 1 + rest.iter().take_while(is_more).count();
        self.report(start..self.at, message);
        self.skip_between();
    }

    #[cold]
    pub(super) fn report_no_value(&mut self) {
        let (bytes, message) = match self.peek() {
            Some(_) => (self.at..self.at + 1, "expected a value"),
            // It is said already why nothing could be read.
            None if !self.tree.errors.is_empty() => return,
            None if self.tree.comments.is_empty() => (0..0, "the file is empty"),
            None => (self.at..self.at, "expected a value after the comments"),
        };
        self.report(bytes, message);
    }

    /// Reports what follows the top value, once: it may be a whole second document.
    pub(super) fn report_rest(&mut self) {
        let Some(byte) = self.peek() else { return };
        let rest = if bare::is_word_byte(byte) {
            self.bare_word()
        } else {
            self.at..self.at + 1
        };
        self.report(rest, "expected the end of the file");
    }

    #[cold]
    pub(super) fn value_without_colon(&mut self, key: Range<usize>) -> bool {
        match self.peek() {
            // The object that is never closed is the fault to report.
            None => false,
            Some(b',' | b'}' | b']') => {
                self.report(key, "expected ':' and a value after this key");
                false
            }
            Some(byte) if bare::is_junk_byte(byte) => {
                self.skip_junk("expected ':' after the key");
                self.value()
            }
            // The missing key was reported.
            Some(_) if key.is_empty() => self.value(),
            Some(_) => {
                self.report(key, "expected ':' after this key");
                self.value()
            }
        }
    }

    /// Reports a ',' or ':' where a child should stand. A comma that follows another child is left to the next turn.
    #[cold]
    pub(super) fn report_missing_child(&mut self, container: u32, child: &str) {
        let Some(found @ (b',' | b':')) = self.peek() else {
            return;
        };
        let found = found as char;
        self.report(
            self.at..self.at + 1,
            format!("expected a {child} before this '{found}'"),
        );
        if self.is_empty(container) {
            self.at += 1;
        }
    }

    /// A turn that should begin with a comma, but begins with this byte.
    #[cold]
    pub(super) fn turn_without_comma(&mut self, container: u32, closer: u8, byte: u8) -> Turn {
        let expected = format!("expected ',' or '{}'", closer as char);
        if byte == b':' && closer == b'}' {
            // Read on as if a comma and a key had been left out.
            self.report(self.at..self.at + 1, expected);
            return Turn::Child;
        }
        if byte == b':' || bare::is_junk_byte(byte) {
            self.skip_junk(expected);
            return match self.peek() {
                Some(b',' | b']' | b'}') | None => Turn::Nothing,
                Some(_) => Turn::Child,
            };
        }
        let previous = self.end_of_last_child(container);
        // A faulty value may have swallowed its comma.
        let is_faulty = |error: &SyntaxError| error.span.end == previous.end;
        if !self.tree.errors.last().is_some_and(is_faulty) {
            self.report(previous.range(), format!("{expected} after this value"));
        }
        Turn::Child
    }

    /// The bytes of a container's last child that a comma should follow: a scalar, or a closing bracket.
    fn end_of_last_child(&self, container: u32) -> Span {
        let nodes = &self.tree.nodes;
        let mut child = nodes.len() - 1;
        while nodes[child].parent != container {
            child = nodes[child].parent as usize;
        }
        let Span { start, end } = nodes[child].span;
        match nodes[child].kind {
            kind if kind.is_container() => Span { start: end - 1, end },
            _ => Span { start, end },
        }
    }

    /// A closing bracket of the other kind. When a container further out waits for it, those within lack their own.
    #[cold]
    pub(super) fn close_mismatched(&mut self, container: u32, closer: u8) -> Turn {
        let here = self.at..self.at + 1;
        let (outer, found) = match closer {
            b']' => (Kind::Object, '}'),
            _ => (Kind::Array, ']'),
        };
        let closer = closer as char;
        if self.is_inside(container, outer) {
            self.report(here, format!("expected '{closer}' before this '{found}'"));
            self.close_up_to(outer);
        } else {
            self.report(here, format!("expected '{closer}' instead of '{found}'"));
            self.close_here(container);
        }
        Turn::Nothing
    }

    fn close_up_to(&mut self, kind: Kind) {
        while let Some(container) = self.innermost {
            if self.tree.nodes[container as usize].kind == kind {
                return;
            }
            self.close(container);
        }
    }

    fn is_inside(&self, node: u32, kind: Kind) -> bool {
        let mut node = node;
        while node != 0 {
            node = self.tree.nodes[node as usize].parent;
            if self.tree.nodes[node as usize].kind == kind {
                return true;
            }
        }
        false
    }

    /// The text ends inside containers. Only the innermost is reported: the others say nothing new.
    #[cold]
    pub(super) fn close_unfinished(&mut self, container: u32) -> Turn {
        let node = self.tree.nodes[container as usize];
        let bracket = if node.kind == Kind::Object { '{' } else { '[' };
        let start = node.span.start as usize;
        self.report(start..start + 1, format!("this '{bracket}' is never closed"));
        self.close_all();
        Turn::Nothing
    }
}
