//! The tree: nodes in document order in one arena, with what the readers keep beside them. Walking it is the cursor's affair.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::error::SyntaxError;
use super::expressions::Expressions;
use super::format::Format;
use super::members::Members;
use super::node::NodeRef;
use super::scalar::unquoted;
use super::source::{Module, Notebook};
use crate::span::{FileId, Location, NodeId, Span};

/// What a node holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Keys and values: the children are key, value, key, value …; every key is a [`Kind::String`].
    Object,
    /// Values in order.
    Array,
    /// A text.
    String,
    /// A number, `NaN` and the infinities included.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`, or a value that was left out: in YAML that means null, in JSON and TOML the text is faulty.
    Null,
    /// A TOML date or time, kept as its text.
    Date,
}

impl Kind {
    /// Whether it holds other nodes: an object or an array.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Object | Self::Array)
    }
}

/// One node of the arena. A node's children follow it directly; `next` is the index after its last descendant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub span: Span,
    pub next: u32,
    /// A top node is its own parent.
    pub parent: u32,
    pub kind: Kind,
    /// 0: the node's text is its bytes without their quotes. Otherwise `decoded[text - 1]`.
    pub text: u32,
}

/// A parsed text: nodes in document order, the comments beside them, and the errors met on the way.
#[derive(Debug)]
pub struct Tree {
    file: FileId,
    format: Format,
    pub(super) source: Arc<str>,
    pub(super) nodes: Vec<Node>,
    pub(super) decoded: Vec<Box<str>>,
    /// The nodes with YAML tags, in order, and the bytes of the tags.
    pub(super) tags: Vec<(u32, Span)>,
    /// The expressions in its texts, once one is asked for; their nodes are numbered behind the tree's own.
    expressions: OnceLock<Expressions>,
    /// Of a tree that is made of others: where each of its nodes is written.
    pub(super) origins: Vec<Location>,
    /// Made when a large container is first asked for one of its children.
    members: OnceLock<Members>,
    /// The syntax, if the text is a program.
    pub(super) module: Option<Module>,
    /// The code of a notebook's cells.
    pub(super) notebook: Option<Notebook>,
    /// The bytes of every comment, its marker included, in order.
    pub comments: Vec<Span>,
    /// What broke the format, in order of position.
    pub errors: Vec<SyntaxError>,
}

impl Tree {
    pub(super) fn empty(format: Format, source: Arc<str>) -> Self {
        Self {
            file: FileId::next(),
            format,
            source,
            nodes: Vec::new(),
            decoded: Vec::new(),
            tags: Vec::new(),
            expressions: OnceLock::new(),
            origins: Vec::new(),
            members: OnceLock::new(),
            module: None,
            notebook: None,
            comments: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Adds a node without children behind all others. One without a parent is a top node.
    pub(super) fn add(&mut self, parent: Option<u32>, kind: Kind, bytes: Range<usize>) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(Node {
            span: Span::new(bytes.start, bytes.end),
            next: id + 1,
            parent: parent.unwrap_or(id),
            kind,
            text: 0,
        });
        id
    }

    /// The expressions in the texts.
    pub(super) fn expressions(&self) -> &Expressions {
        self.expressions.get_or_init(|| Expressions::of(self))
    }

    /// A node by its number, be it one of an expression's.
    pub(super) fn numbered(&self, id: u32) -> &Node {
        let own = self.nodes.get(id as usize);
        own.unwrap_or_else(|| &self.expressions().nodes[id as usize - self.nodes.len()])
    }

    /// Ends a container: all nodes that were added behind it lie in it.
    pub(super) fn close(&mut self, container: u32) {
        self.nodes[container as usize].next = self.nodes.len() as u32;
    }

    /// Keeps a scalar's text where its bytes without their quotes are something else.
    pub(super) fn set_text(&mut self, id: u32, text: &str) {
        let node = &self.nodes[id as usize];
        if unquoted(&self.source[node.span.range()], node.kind) != text {
            self.set_decoded(id, text.into());
        }
    }

    /// Keeps a text that a node's bytes do not show.
    pub(super) fn set_decoded(&mut self, id: u32, text: Box<str>) {
        self.decoded.push(text);
        self.nodes[id as usize].text = self.decoded.len() as u32;
    }

    /// The top node; `None` when the text holds no value at all. Of several YAML documents the first that is not null.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        let mut documents = self.documents();
        documents
            .find(|root| !root.is_null())
            .or_else(|| self.documents().next())
    }

    /// The top nodes of the documents that hold something; of a text that holds nothing but null, that one.
    pub fn roots(&self) -> Vec<NodeRef<'_>> {
        let told: Vec<_> = self.documents().filter(|root| !root.is_null()).collect();
        match told.is_empty() {
            true => self.documents().take(1).collect(),
            false => told,
        }
    }

    /// Which document, counted from 1, an offset lies in; 0 before the first.
    pub fn document_at(&self, offset: u32) -> usize {
        let begun = self.documents().take_while(|root| root.span().start <= offset);
        begun.count()
    }

    /// The top node of every document. JSON and TOML have one at most.
    pub fn documents(&self) -> impl Iterator<Item = NodeRef<'_>> {
        let mut id = 0;
        std::iter::from_fn(move || {
            let root = self.node(NodeId(id))?;
            id = root.node().next;
            Some(root)
        })
    }

    /// The node of that name, if the tree has it.
    pub fn node(&self, id: NodeId) -> Option<NodeRef<'_>> {
        (id.0 < self.nodes.len() as u32).then_some(NodeRef { tree: self, id: id.0 })
    }

    /// The name of the text in this run.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The format that the text was read in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The text that was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How many nodes there are, keys included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the text held no value.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every key that its object already had, with the earlier one: `(earlier, later)`, in document order.
    pub fn duplicate_keys(&self) -> Vec<(NodeRef<'_>, NodeRef<'_>)> {
        let mut duplicates = Vec::new();
        let mut keys = Vec::new();
        for id in 0..self.nodes.len() as u32 {
            let node = NodeRef { tree: self, id };
            if node.kind() == Kind::Object {
                keys.clear();
                keys.extend(node.members().map(|(key, _)| key));
                add_duplicates(&keys, &mut duplicates);
            }
        }
        duplicates
    }

    /// What the large containers hold.
    pub(super) fn large(&self) -> &Members {
        self.members.get_or_init(|| Members::of(self))
    }

    pub(super) fn tag_bytes(&self, id: u32) -> Option<Span> {
        let index = self.tags.binary_search_by_key(&id, |(node, _)| *node).ok()?;
        Some(self.tags[index].1)
    }
}

/// Adds every key that stands earlier among the keys of its object already. A few are compared with each other, which is
/// faster than a table of them.
fn add_duplicates<'t>(keys: &[NodeRef<'t>], duplicates: &mut Vec<(NodeRef<'t>, NodeRef<'t>)>) {
    const FEW: usize = 16;
    if keys.len() <= FEW {
        for (index, key) in keys.iter().enumerate() {
            let text = key.text();
            let earlier = keys[..index].iter().rev().find(|earlier| earlier.is_text(text));
            duplicates.extend(earlier.map(|earlier| (*earlier, *key)));
        }
        return;
    }
    let mut seen: HashMap<&str, NodeRef<'_>> = HashMap::with_capacity(keys.len());
    for key in keys {
        if let Some(earlier) = seen.insert(key.text(), *key) {
            duplicates.push((earlier, *key));
        }
    }
}
