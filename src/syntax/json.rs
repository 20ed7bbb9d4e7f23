//! JSON to a tree, in one pass and without recursion: here objects, arrays and what holds them together; strings, bare
//! words and numbers, what stands between tokens, and the repair of faults are in the files beside. Not for meaning.
//!
//! Everything that Python's `json` accepts is accepted, and comments too. Anything else is reported, and the reading
//! goes on with the likeliest meaning, so that one slip does not hide the rest of a file.

mod bare;
mod between;
mod repair;
mod strings;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use super::{Format, Kind, Tree};

/// Reads a text that is short enough for 32-bit offsets.
pub(super) fn parse(text: Arc<str>, format: Format) -> Tree {
    let mut parser = Parser {
        text: &text,
        at: 0,
        innermost: None,
        tree: Tree::empty(format, text.clone()),
    };
    // A guess that is seldom too high: real files have a node for every 5 to 15 bytes.
    parser.tree.nodes.reserve(text.len() / 16);
    parser.document();
    let mut tree = parser.tree;
    tree.errors.sort_by_key(|error| error.span.start);
    tree
}

/// Where the reading is, and the tree so far. The nodes' own `parent` links from `innermost` upwards are the stack of
/// open containers, so that nesting of any depth costs nodes only.
struct Parser<'t> {
    text: &'t str,
    /// The offset of the next byte to read; always between two characters.
    at: usize,
    /// The innermost container that is still open.
    innermost: Option<u32>,
    tree: Tree,
}

/// What a container has to offer on one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The next child should start here.
    Child,
    /// There is nothing to read on this turn: the container was closed, or a fault was skipped.
    Nothing,
}

/// How a string or a key ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// As it should.
    Whole,
    /// With its line or the file, which was reported: the rest of the line is lost inside it.
    CutOff,
}

impl Parser<'_> {
    fn document(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.skip_between();
        if !self.value() {
            return self.report_no_value();
        }
        while let Some(container) = self.innermost {
            if self.has_enough_errors() {
                return self.close_all();
            }
            match self.tree.nodes[container as usize].kind {
                Kind::Object => self.member(container),
                _ => self.item(container),
            }
        }
        self.skip_between();
        self.report_rest();
    }

    /// One turn in an array: the next item with the comma before it, or the closing bracket.
    fn item(&mut self, array: u32) {
        if self.turn(array, b']') == Turn::Child && !self.value() {
            self.report_missing_child(array, "value");
        }
    }

    /// One turn in an object: the next key and value with the comma before them, or the closing bracket. Adds both or
    /// neither, so that an object's children always pair up.
    fn member(&mut self, object: u32) {
        if self.turn(object, b'}') != Turn::Child {
            return;
        }
        let key_start = self.at;
        let Some(ending) = self.key() else {
            return self.report_missing_child(object, "key");
        };
        let key = key_start..self.at;
        if ending == Ending::CutOff || !self.value_of_key(key) {
            self.add(Kind::Null, self.at..self.at);
        }
    }

    fn turn(&mut self, container: u32, closer: u8) -> Turn {
        self.skip_between();
        let is_first = self.is_empty(container);
        match self.peek() {
            Some(b',') if !is_first => self.turn_after_comma(container, closer),
            Some(byte) if byte == closer => self.close_here(container),
            Some(b']' | b'}') => self.close_mismatched(container, closer),
            Some(_) if is_first => Turn::Child,
            Some(byte) => self.turn_without_comma(container, closer, byte),
            None => self.close_unfinished(container),
        }
    }

    fn turn_after_comma(&mut self, container: u32, closer: u8) -> Turn {
        let comma = self.at..self.at + 1;
        self.at += 1;
        self.skip_between();
        if self.peek() != Some(closer) {
            return Turn::Child;
        }
        self.report(comma, format!("trailing comma before '{}'", closer as char));
        self.close_here(container)
    }

    fn value_of_key(&mut self, key: Range<usize>) -> bool {
        self.skip_between();
        if self.peek() != Some(b':') {
            return self.value_without_colon(key);
        }
        let colon = self.at..self.at + 1;
        self.at += 1;
        self.skip_between();
        let found = self.value();
        // At the end of the file the fault to report is the object that is never closed.
        if !found && self.peek().is_some() {
            self.report(colon, "expected a value after this ':'");
        }
        found
    }

    /// Reads one scalar, or opens one container. False when no value starts here.
    fn value(&mut self) -> bool {
        loop {
            match self.peek() {
                Some(b'"' | b'\'') => {
                    self.string();
                    return true;
                }
                Some(b'{') => return self.open(Kind::Object),
                Some(b'[') => return self.open(Kind::Array),
                Some(b'-' | b'0'..=b'9') => return self.number(),
                Some(b']' | b'}' | b',' | b':') | None => return false,
                Some(byte) if bare::is_word_byte(byte) => return self.word(),
                Some(_) => self.skip_junk("expected a value"),
            }
        }
    }

    /// Reads a key. One without quotes, or a missing one before ':' or a container, is reported and added nevertheless.
    /// `None` when no key starts here.
    fn key(&mut self) -> Option<Ending> {
        loop {
            match self.peek() {
                Some(b'"' | b'\'') => return Some(self.string()),
                Some(b']' | b'}' | b',') | None => return None,
                Some(b':' | b'{' | b'[') => {
                    self.report(self.at..self.at + 1, "expected a key in double quotes");
                    self.add(Kind::String, self.at..self.at);
                    return Some(Ending::Whole);
                }
                Some(byte) if bare::is_word_byte(byte) => {
                    let word = self.bare_word();
                    self.report(word.clone(), "expected double quotes around this key");
                    self.add(Kind::String, word);
                    return Some(Ending::Whole);
                }
                Some(_) => self.skip_junk("expected a key in double quotes"),
            }
        }
    }

    /// Always true: a container is a value.
    fn open(&mut self, kind: Kind) -> bool {
        self.innermost = Some(self.add(kind, self.at..self.at + 1));
        self.at += 1;
        true
    }

    fn close_here(&mut self, container: u32) -> Turn {
        self.at += 1;
        self.close(container);
        Turn::Nothing
    }

    fn close(&mut self, container: u32) {
        self.tree.close(container);
        let node = &mut self.tree.nodes[container as usize];
        node.span.end = self.at as u32;
        self.innermost = (container != 0).then_some(node.parent);
    }

    fn close_all(&mut self) {
        while let Some(container) = self.innermost {
            self.close(container);
        }
    }

    /// Adds a node without children to the innermost container.
    fn add(&mut self, kind: Kind, bytes: Range<usize>) -> u32 {
        self.tree.add(self.innermost, kind, bytes)
    }

    fn is_empty(&self, container: u32) -> bool {
        self.tree.nodes.len() as u32 == container + 1
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
