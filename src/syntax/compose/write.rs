//! Writes composed values into the arena of a tree, and remembers where each node comes from.

use super::{From, Key, Part, Value};
use crate::span::Span;
use crate::syntax::tree::{Kind, Node, Tree};

/// Writes values into the arena.
pub(super) struct Writer {
    pub tree: Tree,
    /// For each part: where its source and its decoded texts begin among those of all.
    bases: Vec<(u32, u32)>,
}

impl Writer {
    /// `None` when the parts are too large for one tree.
    pub fn new(parts: &[Part<'_>]) -> Option<Self> {
        let mut source = String::new();
        let mut decoded = Vec::new();
        let mut bases = Vec::new();
        for part in parts {
            let tree = part.root.tree();
            bases.push((u32::try_from(source.len()).ok()?, u32::try_from(decoded.len()).ok()?));
            source.push_str(tree.source());
            decoded.extend_from_slice(&tree.decoded);
        }
        u32::try_from(source.len()).ok()?;
        let format = parts.first()?.root.tree().format();
        let mut tree = Tree::empty(format, source.into());
        tree.decoded = decoded;
        Some(Self { tree, bases })
    }

    pub fn value(&mut self, value: &Value<'_>, parent: Option<u32>) {
        match value {
            Value::Whole(from) => self.whole(*from, parent),
            Value::Object { at, members } => {
                let object = self.one(*at, Kind::Object, parent);
                for (key, value) in members {
                    match key {
                        Key::Written(key) => self.whole(*key, Some(object)),
                        Key::Implied(text, at) => {
                            let id = self.one(*at, Kind::String, Some(object));
                            self.tree.set_decoded(id, (*text).into());
                        }
                    }
                    self.value(value, Some(object));
                }
                self.tree.close(object);
            }
        }
    }

    /// A node that stands for one of a part, with children of its own.
    fn one(&mut self, from: From<'_>, kind: Kind, parent: Option<u32>) -> u32 {
        let span = self.moved(from.part, from.node.span());
        let id = self.tree.add(parent, kind, span.range());
        self.tree.origins.push(from.node.at());
        self.keep_tag(from, id);
        id
    }

    /// A node of a part with everything below it.
    fn whole(&mut self, from: From<'_>, parent: Option<u32>) {
        let first = self.tree.nodes.len() as u32;
        let own = from.node.id().0;
        let decoded = self.bases[from.part].1;
        for id in own..from.node.node().next {
            let node = from.node.numbered(id);
            let Node {
                span,
                next,
                parent: above,
                kind,
                text,
            } = *node.node();
            let moved = Node {
                span: self.moved(from.part, span),
                next: next - own + first,
                parent: match id == own {
                    true => parent.unwrap_or(first),
                    false => above - own + first,
                },
                kind,
                text: if text == 0 { 0 } else { text + decoded },
            };
            self.keep_tag(From { node, ..from }, self.tree.nodes.len() as u32);
            self.tree.nodes.push(moved);
            self.tree.origins.push(node.at());
        }
    }

    fn keep_tag(&mut self, from: From<'_>, id: u32) {
        if let Some(tag) = from.node.tag_span() {
            let tag = self.moved(from.part, tag);
            self.tree.tags.push((id, tag));
        }
    }

    fn moved(&self, part: usize, span: Span) -> Span {
        let base = self.bases[part].0;
        Span {
            start: span.start + base,
            end: span.end + base,
        }
    }
}
