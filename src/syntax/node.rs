//! The cursor on a tree: one node with its surroundings, what it holds and where it stands.

use serde_json::Value;

use super::scalar::{number, unquoted};
use super::tree::{Kind, Node, Tree};
use crate::span::{Location, NodeId, Span};

/// Levels of values beyond which none are made: making, reading and dropping one takes stack for each. Real files have some
/// ten.
const DEEPEST_VALUE: usize = 300;

/// A cursor: one node of a tree, with its surroundings.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: u32,
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
    pub(super) fn node(self) -> &'t Node {
        self.tree.numbered(self.id)
    }

    pub(super) fn numbered(self, id: u32) -> Self {
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

    /// Where it is written: of a part of an expression, the node with the expression's text and the part's own bytes.
    pub fn at(self) -> Location {
        let written = self.in_file();
        let Some(origin) = self.tree.origins.get(written.id as usize) else {
            return Location {
                file: self.tree.file(),
                node: written.id(),
                span: self.span(),
            };
        };
        let (own, whole) = (self.span(), written.span());
        let moved = |offset: u32| offset - whole.start + origin.span.start;
        Location {
            span: match self == written {
                true => origin.span,
                false => Span {
                    start: moved(own.start),
                    end: moved(own.end),
                },
            },
            ..*origin
        }
    }

    /// The bytes as they stand in the file.
    pub fn raw(self) -> &'t str {
        &self.tree.source[self.span().range()]
    }

    /// The text of a string, decoded, or the bytes of any other scalar.
    pub fn text(self) -> &'t str {
        let node = self.node();
        match node.text.checked_sub(1) {
            Some(index) if self.is_of_expression() => &self.tree.expressions().decoded[index as usize],
            Some(index) => &self.tree.decoded[index as usize],
            None => unquoted(self.raw(), node.kind),
        }
    }

    /// Whether the text is this one. Most texts are told apart by their length alone, without being looked at.
    pub fn is_text(self, wanted: &str) -> bool {
        let node = self.node();
        let quotes = node.span.len().wrapping_sub(wanted.len());
        (node.text != 0 || quotes <= 2) && self.text() == wanted
    }

    /// The YAML tag as it is written, such as `!new:torch.nn.Linear`, unless it only says the node's kind (`!!str`).
    pub fn tag(self) -> Option<&'t str> {
        self.tag_span().map(|span| &self.tree.source[span.range()])
    }

    /// The bytes of the tag, which stand before the node's own.
    pub fn tag_span(self) -> Option<Span> {
        self.tree.tag_bytes(self.id)
    }

    /// The same value without places, for reading it into types. Of keys given twice the last; `NaN` and the infinities
    /// become null, and whole numbers from 2⁵³ may lose digits. `None` for what is deeper than 300 levels.
    pub fn to_value(self) -> Option<Value> {
        self.value_within(DEEPEST_VALUE)
    }

    fn value_within(self, levels: usize) -> Option<Value> {
        let below = levels.checked_sub(1)?;
        Some(match self.kind() {
            Kind::Object => {
                let members = self.members();
                let members = members.map(|(key, value)| Some((key.text().to_owned(), value.value_within(below)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            Kind::Array => {
                let items = self.items().map(|item| item.value_within(below));
                Value::Array(items.collect::<Option<_>>()?)
            }
            Kind::String | Kind::Date => Value::String(self.text().to_owned()),
            Kind::Bool => Value::Bool(self.as_bool() == Some(true)),
            Kind::Null => Value::Null,
            Kind::Number => match (self.as_u64(), self.as_f64()) {
                (Some(whole), _) => whole.into(),
                (None, Some(number)) => number.into(),
                (None, None) => Value::Null,
            },
        })
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

    /// The value of a whole number from 0 to 2⁵³ − 1, beyond which an `f64` skips numbers; `3.0` counts as 3.
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

    /// Whether this is an object or an array.
    pub fn is_container(self) -> bool {
        self.kind().is_container()
    }

    /// Whether this is a key of an object, not a value.
    pub fn is_key(self) -> bool {
        let object = self.parent().filter(|parent| parent.is_object());
        object.is_some_and(|object| object.members().any(|(key, _)| key.id == self.id))
    }

    /// All children in order: an object's keys and values in turn, an array's items; nothing for scalars.
    pub fn children(self) -> impl Iterator<Item = NodeRef<'t>> {
        let end = self.node().next;
        let mut id = self.id + 1;
        std::iter::from_fn(move || {
            let child = (id < end).then(|| self.numbered(id))?;
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

    /// The value at the end of a path of keys.
    pub fn path(self, keys: &[&str]) -> Option<NodeRef<'t>> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The items of the array under a key; nothing where there is none.
    pub fn items_of(self, key: &str) -> impl Iterator<Item = NodeRef<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(NodeRef::items)
    }

    /// The text under a key, if one stands there.
    pub fn text_of(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// The object or array around this node; of an expression that of the text which holds it.
    pub fn parent(self) -> Option<NodeRef<'t>> {
        let parent = self.numbered(self.node().parent);
        if parent == self {
            None
        } else if parent.is_container() {
            Some(parent)
        } else {
            parent.parent()
        }
    }

    /// The key that this value stands under, if its parent is an object.
    pub fn key(self) -> Option<NodeRef<'t>> {
        let parent = self.parent()?;
        let own = if parent.is_of_expression() {
            self
        } else {
            self.in_file()
        };
        parent
            .members()
            .find(|(_, value)| value.id == own.id)
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
