//! One tree for every text format: spanned nodes in a flat arena, and a cursor to walk them. Not for meaning: what a
//! node stands for is the dialects' affair.

pub mod edit;
mod file;
mod json;
pub mod shape;
mod toml;
mod yaml;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use crate::span::{NodeId, Span};

pub use file::File;

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
        for id in 0..self.nodes.len() as u32 {
            let node = NodeRef { tree: self, id };
            if node.kind() != Kind::Object {
                continue;
            }
            let mut seen: HashMap<&str, NodeRef<'_>> = HashMap::new();
            for (key, _) in node.members() {
                if let Some(earlier) = seen.insert(key.text(), key) {
                    duplicates.push((earlier, key));
                }
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
            Format::Json => self.innermost_by_descent(span),
            Format::Toml => self.smallest_around(span),
            Format::Yaml => self.first_smallest_around(span),
        }
    }

    fn innermost_by_descent(&self, span: Span) -> Option<NodeRef<'_>> {
        let mut found = self.root().filter(|root| root.span().contains(span))?;
        while let Some(inner) = found.children().find(|child| child.span().contains(span)) {
            found = inner;
        }
        Some(found)
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

/// A cursor: one node of a tree, with its surroundings.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    id: u32,
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.kind(), self.span())
    }
}

impl<'t> NodeRef<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.id as usize]
    }

    fn at(self, id: u32) -> Self {
        NodeRef { tree: self.tree, id }
    }

    /// The node's name within its tree.
    pub fn id(self) -> NodeId {
        NodeId(self.id)
    }

    /// The tree that the node belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// What the node holds.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The node's bytes, quotes and brackets included. In JSON they lie within the parent's. In TOML they need not: a
    /// table has its header's bytes, a table made by a dotted key its part of the key, an array of tables its first
    /// header's, and the top table the whole text. In YAML the copy that an alias makes has the alias's bytes, and
    /// everything in it the bytes at the anchor; tags and anchors are left out. A value or key that was left out has no
    /// bytes.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The bytes as they stand in the file.
    pub fn raw(self) -> &'t str {
        &self.tree.source[self.span().range()]
    }

    /// The text of a string, decoded, or the bytes of any other scalar.
    pub fn text(self) -> &'t str {
        let node = self.node();
        match node.text.checked_sub(1) {
            Some(index) => &self.tree.decoded[index as usize],
            None => unquoted(self.raw(), node.kind),
        }
    }

    /// The YAML tag as it is written, such as `!new:torch.nn.Linear`, unless it only says the node's kind (`!!str`).
    pub fn tag(self) -> Option<&'t str> {
        self.tag_span().map(|span| &self.tree.source[span.range()])
    }

    /// The bytes of the tag, which stand before the node's own.
    pub fn tag_span(self) -> Option<Span> {
        self.tree.tag_bytes(self.id)
    }

    /// The same value without places, for reading it into types. Of keys given twice the last.
    pub fn to_value(self) -> serde_json::Value {
        use serde_json::Value;
        match self.kind() {
            Kind::Object => Value::Object(
                self.members()
                    .map(|(key, value)| (key.text().to_owned(), value.to_value()))
                    .collect(),
            ),
            Kind::Array => Value::Array(self.items().map(NodeRef::to_value).collect()),
            Kind::String | Kind::Date => Value::String(self.text().to_owned()),
            Kind::Bool => Value::Bool(self.as_bool() == Some(true)),
            Kind::Null => Value::Null,
            Kind::Number => match (self.as_u64(), self.as_f64()) {
                (Some(whole), _) => whole.into(),
                (None, Some(number)) => number.into(),
                (None, None) => Value::Null,
            },
        }
    }

    /// The text, if this is a string.
    pub fn as_str(self) -> Option<&'t str> {
        (self.kind() == Kind::String).then(|| self.text())
    }

    /// The truth value, if this is one.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.text().eq_ignore_ascii_case("true"))
    }

    /// The value of a number, `NaN` and the infinities included.
    pub fn as_f64(self) -> Option<f64> {
        (self.kind() == Kind::Number).then(|| number(self.text())).flatten()
    }

    /// The value of a whole number that is not negative; `3.0` counts as 3.
    pub fn as_u64(self) -> Option<u64> {
        let value = self.as_f64()?;
        (value >= 0.0 && value.fract() == 0.0 && value < 2f64.powi(53)).then_some(value as u64)
    }

    /// Whether this is null.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether this is an object (a TOML table).
    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    /// Whether this is an array.
    pub fn is_array(self) -> bool {
        self.kind() == Kind::Array
    }

    /// All children in order: an object's keys and values in turn, an array's items; nothing for scalars.
    pub fn children(self) -> impl Iterator<Item = NodeRef<'t>> {
        let end = self.node().next;
        let mut id = self.id + 1;
        std::iter::from_fn(move || {
            let child = (id < end).then(|| self.at(id))?;
            id = child.node().next;
            Some(child)
        })
    }

    /// The items of an array; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = NodeRef<'t>> {
        let array = self.is_array();
        self.children().take_while(move |_| array)
    }

    /// The keys and values of an object, duplicates included; nothing for anything else.
    pub fn members(self) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
        let object = self.is_object();
        let mut children = self.children().take_while(move |_| object);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The value of a key. Of a key given twice the last, as Python's `json` reads it.
    pub fn get(self, key: &str) -> Option<NodeRef<'t>> {
        self.member(key).map(|(_, value)| value)
    }

    /// The key and its value. Of a key given twice the last.
    pub fn member(self, key: &str) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        self.members().filter(|(k, _)| k.text() == key).last()
    }

    /// The value at the end of a path of keys.
    pub fn path(self, keys: &[&str]) -> Option<NodeRef<'t>> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The object or array around this node.
    pub fn parent(self) -> Option<NodeRef<'t>> {
        let parent = self.node().parent;
        (parent != self.id).then(|| self.at(parent))
    }

    /// The key that this value stands under, if its parent is an object.
    pub fn key(self) -> Option<NodeRef<'t>> {
        let parent = self.parent()?;
        parent
            .members()
            .find(|(_, value)| value.id == self.id)
            .map(|(key, _)| key)
    }

    /// This node and the ones around it, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = NodeRef<'t>> {
        std::iter::successors(Some(self), |node| node.parent())
    }

    /// Every node below this one, in document order, keys left out.
    pub fn descendants(self) -> impl Iterator<Item = NodeRef<'t>> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            let mut below: Vec<_> = if node.is_object() {
                node.members().map(|(_, value)| value).collect()
            } else {
                node.items().collect()
            };
            below.reverse();
            stack.extend(below);
            Some(node)
        })
        .skip(1)
    }

    /// The node's JSON Pointer (RFC 6901), such as `/config/layers/3`; a key has the pointer of its value.
    pub fn pointer(self) -> String {
        let mut parts = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            parts.push(parent.step_to(node));
            node = parent;
        }
        parts
            .iter()
            .rev()
            .map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1")))
            .collect()
    }

    /// The key or index that leads from this node to its child.
    fn step_to(self, child: NodeRef<'t>) -> String {
        if self.is_object() {
            self.members()
                .find(|(key, value)| key.id == child.id || value.id == child.id)
                .map_or_else(String::new, |(key, _)| key.text().to_owned())
        } else {
            self.items().take_while(|item| item.id != child.id).count().to_string()
        }
    }
}

/// The text between a string's quotes. Bare keys have none; escapes are not looked at here.
fn unquoted(raw: &str, kind: Kind) -> &str {
    if kind != Kind::String {
        return raw;
    }
    let quote = match raw.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => *quote as char,
        _ => return raw,
    };
    let inner = &raw[1..];
    inner.strip_suffix(quote).unwrap_or(inner)
}

/// The value of a number as JSON, Python, TOML or YAML writes it.
fn number(text: &str) -> Option<f64> {
    match text {
        "NaN" | "nan" | "+nan" | "-nan" | ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        "Infinity" | "inf" | "+inf" | "+Infinity" => return Some(f64::INFINITY),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Some(f64::INFINITY),
        "-Infinity" | "-inf" | "-.inf" | "-.Inf" | "-.INF" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    let digits: Cow<'_, str> = if text.contains('_') {
        text.replace('_', "").into()
    } else {
        text.into()
    };
    let unsigned = digits.trim_start_matches(['+', '-']);
    let sign = if digits.starts_with('-') { -1.0 } else { 1.0 };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            return u64::from_str_radix(digits, radix).ok().map(|n| sign * n as f64);
        }
    }
    digits.parse().ok()
}
