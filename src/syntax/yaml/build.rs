//! The reader's hand on the tree: adding nodes, closing containers, keeping texts, tags and anchors. Not for events.

use std::ops::Range;

use granit_parser::Tag;

use super::{Reader, scalar};
use crate::span::Span;
use crate::syntax::Kind;
use crate::syntax::scalar::unquoted;

/// What may stand before a node.
pub(super) struct Properties<'e> {
    /// The number of the anchor; 0 for none.
    pub anchor: usize,
    pub tag: Option<&'e Tag>,
    /// The bytes of the tag.
    pub tag_bytes: Option<Range<usize>>,
}

impl Properties<'_> {
    pub fn are_absent(&self) -> bool {
        self.anchor == 0 && self.tag.is_none()
    }
}

impl Reader<'_> {
    /// Adds a node without children to the innermost container. The top node of a document is its own parent.
    pub(super) fn add(&mut self, kind: Kind, bytes: Range<usize>) -> u32 {
        let innermost = self.open.last_mut().map(|open| {
            open.expects_value = !open.expects_value;
            open.node
        });
        self.end = self.end.max(bytes.end);
        self.tree.add(innermost, kind, bytes)
    }

    /// Keeps a node's anchor, and its tag where that says more than the node's kind.
    pub(super) fn note(&mut self, id: u32, properties: &Properties<'_>) {
        if properties.anchor != 0 {
            self.anchors.insert(properties.anchor, id);
        }
        if let (Some(tag), Some(bytes)) = (properties.tag, &properties.tag_bytes)
            && scalar::is_unknown(tag)
        {
            self.tree.tags.push((id, Span::new(bytes.start, bytes.end)));
        }
    }

    pub(super) fn innermost_is(&self, kind: Kind) -> bool {
        let innermost = self.open.last();
        innermost.is_some_and(|open| self.tree.nodes[open.node as usize].kind == kind)
    }

    pub(super) fn expects_key(&self) -> bool {
        self.innermost_is(Kind::Object) && self.open.last().is_some_and(|open| !open.expects_value)
    }

    pub(super) fn expects_value(&self) -> bool {
        self.innermost_is(Kind::Object) && self.open.last().is_some_and(|open| open.expects_value)
    }

    pub(super) fn close_innermost(&mut self) {
        if self.expects_value() {
            self.missing(self.end..self.end);
        }
        if let Some(open) = self.open.pop() {
            self.tree.close(open.node);
            let node = &mut self.tree.nodes[open.node as usize];
            node.span.end = node.span.end.max(self.end as u32);
        }
    }

    /// The text of a scalar for nodes with other bytes, kept once.
    pub(super) fn shared_text(&mut self, target: u32) -> u32 {
        let node = self.tree.nodes[target as usize];
        if node.text == 0 {
            let text = unquoted(&self.text[node.span.range()], node.kind);
            self.tree.set_decoded(target, text.into());
        }
        self.tree.nodes[target as usize].text
    }

    /// Stands for a value that cannot be told, or for a key.
    pub(super) fn missing(&mut self, bytes: Range<usize>) {
        let kind = if self.expects_key() { Kind::String } else { Kind::Null };
        self.add(kind, bytes);
    }
}
