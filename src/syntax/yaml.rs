//! YAML to the same tree that JSON becomes. The `granit-parser` crate gives events; here they become nodes in one pass,
//! and aliases and merges are left for a second one. Not for meaning.
//!
//! A node's bytes are its content, without its tag and anchor: from the first `-`, key or bracket to the last token. A
//! value that is left out stands right after its `:`.

mod build;
mod errors;
mod expand;
mod layout;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as Bytes, StructureStyle};

use super::error::MOST_ERRORS;
use super::{Format, Kind, SyntaxError, Tree};
use crate::span::Span;
use build::Properties;

/// Reads a text that is short enough for 32-bit offsets.
pub(super) fn parse(text: Arc<str>) -> Tree {
    let mut reader = Reader {
        text: &text,
        tree: Tree::empty(Format::Yaml, text.clone()),
        open: Vec::new(),
        complex_key: None,
        end: 0,
        anchors: HashMap::new(),
        shared: Shared::default(),
    };
    reader.documents();
    let Reader { mut tree, shared, .. } = reader;
    expand::expand(&mut tree, &shared);
    tree.comments.sort_unstable();
    tree.errors.sort_by_key(|error| error.span.start);
    tree.errors.truncate(MOST_ERRORS);
    tree
}

/// What the second pass has to put in place.
#[derive(Debug, Default)]
struct Shared {
    /// For every node that stands for an alias the node that it names, which comes before it and does not hold it.
    aliases: HashMap<u32, u32>,
    /// The keys `<<`.
    merge_keys: HashSet<u32>,
}

/// Makes nodes of events. The events' depth is bounded by the `granit-parser` crate: 255 levels of each style.
struct Reader<'t> {
    text: &'t str,
    tree: Tree,
    /// The containers that are open, the innermost last.
    open: Vec<Open>,
    /// The mapping or list that is being read as a key.
    complex_key: Option<ComplexKey>,
    /// The end of the last token that belongs to a node.
    end: usize,
    /// The nodes of the anchors by their number, which is never used twice in a file.
    anchors: HashMap<usize, u32>,
    shared: Shared,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    node: u32,
    /// Whether the next child of this mapping is the value of its last key.
    expects_value: bool,
}

#[derive(Debug, Clone, Copy)]
struct ComplexKey {
    start: usize,
    /// How many containers are open in it, itself included.
    depth: usize,
}

impl<'t> Reader<'t> {
    fn documents(&mut self) {
        let options = granit_parser::options! {
            // As PyYAML reads it: the last line of a text has a line break only where the file has one.
            block_scalar_eof_without_line_feed: true,
            // So that an alias with a slip in its name does not hide the rest of a file.
            emit_unresolved_aliases: true,
            // Comments take no more room than the file.
            max_buffered_comment_events: usize::MAX,
        };
        let mut parser = Parser::new_from_str_with_options(self.text, options);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, bytes)) => self.event(&event, &bytes),
                Err(error) => {
                    self.abandon(&error);
                    if self.tree.errors.len() >= MOST_ERRORS || parser.proceed_next_document() != Ok(true) {
                        return;
                    }
                }
            }
        }
    }

    fn event(&mut self, event: &Event<'t>, found: &Bytes) {
        let bytes = found.byte_range().unwrap_or(self.end..self.end);
        let properties = |anchor: &usize, tag| Properties {
            anchor: *anchor,
            tag,
            tag_bytes: found.tag_span().and_then(|span| span.byte_range()),
        };
        match event {
            Event::Comment(..) => self.tree.comments.push(Span::new(bytes.start, bytes.end)),
            _ if self.is_in_complex_key(event, &bytes) => {}
            Event::DocumentStart(true, _) => self.end = bytes.end,
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(value, *style, bytes, &properties(anchor, tag.as_deref()));
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.sequence(*style, bytes, &properties(anchor, tag.as_deref()));
            }
            Event::MappingStart(_, anchor, tag) => {
                let properties = properties(anchor, tag.as_deref());
                self.open(Kind::Object, bytes, &properties);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&bytes),
            Event::Alias(anchor) => self.alias(*anchor, bytes),
            Event::UnresolvedAlias(name) => {
                let message = format!("expected an anchor '&{name}' before this alias");
                self.report(&bytes, message);
                self.missing(bytes);
            }
            _ => {}
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, bytes: Range<usize>, properties: &Properties<'_>) {
        let is_empty = bytes.is_empty() && style == ScalarStyle::Plain;
        let is_key = self.expects_key();
        let (mut kind, text) = match (is_empty, properties.tag) {
            // The crate gives `~` for a value that was left out.
            (true, None) => (Kind::Null, ""),
            _ => scalar::read(value, style, properties.tag),
        };
        let bytes = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => layout::block_scalar(self.text, self.end, bytes),
            _ if is_empty && properties.are_absent() && self.expects_value() => {
                layout::after_colon(self.text, self.end)
            }
            _ => bytes,
        };
        if is_key {
            kind = Kind::String;
        }
        let id = self.add(kind, bytes);
        self.tree.set_text(id, text);
        self.note(id, properties);
        if is_key && scalar::is_merge_key(value, style, properties.tag) {
            self.shared.merge_keys.insert(id);
        }
    }

    fn sequence(&mut self, style: StructureStyle, bytes: Range<usize>, properties: &Properties<'_>) {
        if style == StructureStyle::Flow {
            return self.open(Kind::Array, bytes, properties);
        }
        let mut start = bytes.start;
        if self.innermost_is(Kind::Object) {
            // Of items that are not further in than their key the crate gives the place after the first dash.
            start = layout::first_dash(self.text, self.end, start);
        }
        self.open(Kind::Array, start..(start + 1).min(self.text.len()), properties);
    }

    fn open(&mut self, kind: Kind, bytes: Range<usize>, properties: &Properties<'_>) {
        let node = self.add(kind, bytes);
        self.note(node, properties);
        self.open.push(Open {
            node,
            expects_value: false,
        });
    }

    fn close(&mut self, bytes: &Range<usize>) {
        if is_bracket(self.text, bytes) {
            self.end = bytes.end;
        }
        self.close_innermost();
    }

    fn alias(&mut self, anchor: usize, bytes: Range<usize>) {
        let Some(&target) = self.anchors.get(&anchor) else {
            // It names a part of a key that is no scalar, of which there are no nodes.
            self.add(Kind::String, bytes);
            return;
        };
        if self.open.binary_search_by_key(&target, |open| open.node).is_ok() {
            self.report(&bytes, "expected an alias of a value that ends before it");
            self.missing(bytes);
        } else if self.expects_key() {
            let node = self.tree.nodes[target as usize];
            let id = self.add(Kind::String, bytes);
            if !node.kind.is_container() {
                self.tree.nodes[id as usize].text = self.shared_text(target);
            }
        } else {
            let id = self.add(Kind::Null, bytes);
            self.shared.aliases.insert(id, target);
        }
    }

    /// Whether the event is a part of a key that is a mapping or list. Such a key becomes a text when it ends.
    fn is_in_complex_key(&mut self, event: &Event<'t>, bytes: &Range<usize>) -> bool {
        let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        let closes = matches!(event, Event::SequenceEnd | Event::MappingEnd);
        let Some(mut key) = self.complex_key else {
            if opens && self.expects_key() {
                let start = bytes.start;
                self.complex_key = Some(ComplexKey { start, depth: 1 });
                self.end = self.end.max(bytes.end);
            }
            return self.complex_key.is_some();
        };
        if !closes || is_bracket(self.text, bytes) {
            self.end = self.end.max(bytes.end);
        }
        key.depth = key.depth + usize::from(opens) - usize::from(closes);
        self.complex_key = (key.depth > 0).then_some(key);
        if key.depth == 0 {
            let raw = self.text[key.start..self.end].trim_end();
            let id = self.add(Kind::String, key.start..key.start + raw.len());
            self.tree.set_text(id, raw);
        }
        true
    }

    /// Reports what broke a document, and closes what is open in it.
    fn abandon(&mut self, error: &ScanError) {
        let before = self.tree.nodes.last().map_or(0, |node| node.span.start as usize);
        self.tree.errors.push(errors::readable(self.text, before, error));
        self.complex_key = None;
        while !self.open.is_empty() {
            self.close_innermost();
        }
    }

    fn report(&mut self, bytes: &Range<usize>, message: impl Into<String>) {
        if self.tree.errors.len() < MOST_ERRORS {
            self.tree.errors.push(SyntaxError {
                span: Span::new(bytes.start, bytes.end),
                message: message.into(),
            });
        }
    }
}

/// Whether these are the bytes of a closing bracket; containers without brackets end at no bytes.
fn is_bracket(text: &str, bytes: &Range<usize>) -> bool {
    matches!(text.get(bytes.clone()), Some("]" | "}"))
}
