//! One tree for every text format: spanned nodes in a flat arena, and a cursor to walk them. Not for meaning: what a
//! node stands for is the dialects' affair.

pub mod edit;
mod file;
mod json;
mod node;
pub mod shape;
mod toml;
mod yaml;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use crate::span::{NodeId, Span};

pub use file::File;
pub use node::NodeRef;

/// The text format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, with the `NaN` and `Infinity` that Python writes and the comments that people write.
    Json,
    /// TOML up to 1.1.
    Toml,
    /// YAML 1.2, and what PyYAML and OmegaConf read beyond it.
    Yaml,
}

impl Format {
    /// The format of a text whose name does not tell it: JSON when it opens like an object or array.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        text.starts_with(['{', '[']).then_some(Self::Json)
    }

    /// The format of a file by its name's ending, in any letter case; `None` for endings that losslint does not read.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" | "jsonc" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// Reads a text in the given format. Never fails: what could not be read is in [`Tree::errors`], the rest is kept.
pub fn parse(format: Format, text: Arc<str>) -> Tree {
    if let Some(error) = refuse_length(text.len()) {
        let mut tree = Tree::empty(format, text);
        tree.errors.push(error);
        return tree;
    }
    match format {
        Format::Json => json::parse(text),
        Format::Toml => toml::parse(text),
        Format::Yaml => yaml::parse(text),
    }
}

/// The error for a text whose offsets do not fit in a [`Span`].
fn refuse_length(length: usize) -> Option<SyntaxError> {
    u32::try_from(length).is_err().then(|| SyntaxError {
        span: Span::default(),
        message: "the file is larger than 4 GiB".to_owned(),
    })
}

/// Something in a text that breaks its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong, in one clause, such as `expected ',' or '}' after this value`.
    pub message: String,
}

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

/// One node of the arena. A node's children follow it directly; `next` is the index after its last descendant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
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
    format: Format,
    pub(crate) source: Arc<str>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) decoded: Vec<Box<str>>,
    /// The nodes with YAML tags, in order, and the bytes of the tags.
    tags: Vec<(u32, Span)>,
    /// The bytes of every comment, its marker included, in order.
    pub comments: Vec<Span>,
    /// What broke the format, in order of position.
    pub errors: Vec<SyntaxError>,
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

impl Tree {
    fn empty(format: Format, source: Arc<str>) -> Self {
        Self {
            format,
            source,
            nodes: Vec::new(),
            decoded: Vec::new(),
            tags: Vec::new(),
            comments: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The top node; `None` when the text holds no value at all. Of several YAML documents the first that is not null.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        let mut documents = self.documents();
        documents
            .find(|root| !root.is_null())
            .or_else(|| self.documents().next())
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

    fn tag_bytes(&self, id: u32) -> Option<Span> {
        let index = self.tags.binary_search_by_key(&id, |(node, _)| *node).ok()?;
        Some(self.tags[index].1)
    }

    /// The deepest node whose bytes hold the whole span: for placing comments and cursors. In TOML, where a table's
    /// contents lie outside its bytes, and in YAML, where a copy's do, the smallest such node.
    pub fn innermost(&self, span: Span) -> Option<NodeRef<'_>> {
        match self.format {
            Format::Json => self.innermost_by_start(span),
            Format::Toml => self.smallest_around(span),
            Format::Yaml => self.first_smallest_around(span),
        }
    }

    /// In document order nodes start one after the other, and a node that starts before the span and does not hold it
    /// has one around it that does.
    fn innermost_by_start(&self, span: Span) -> Option<NodeRef<'_>> {
        let after = self.nodes.partition_point(|node| node.span.start <= span.start);
        let last = self.node(NodeId(after.checked_sub(1)? as u32))?;
        last.ancestors().find(|node| node.span().contains(span))
    }

    /// Of nodes with the same bytes, the last and so the deepest.
    fn smallest_around(&self, span: Span) -> Option<NodeRef<'_>> {
        (0..self.nodes.len() as u32)
            .rev()
            .map(|id| NodeRef { tree: self, id })
            .filter(|node| node.span().contains(span))
            .min_by_key(|node| node.span().len())
    }

    /// Of nodes with the same bytes the first, because copies follow what they are copies of; but the deepest there.
    fn first_smallest_around(&self, span: Span) -> Option<NodeRef<'_>> {
        let nodes = (0..self.nodes.len() as u32).map(|id| NodeRef { tree: self, id });
        nodes.filter(|node| node.span().contains(span)).reduce(|found, node| {
            match node.span().len().cmp(&found.span().len()) {
                Ordering::Less => node,
                Ordering::Equal if node.id < found.node().next => node,
                _ => found,
            }
        })
    }
}
