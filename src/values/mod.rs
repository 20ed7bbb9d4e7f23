//! Values as the dialects read them: a cursor on what a file says, which knows the notation that it is written in. Not for
//! what a name means: that is the tables' affair.

mod construction;
mod notation;

pub use construction::{Arguments, Construction, Form, Given, Origin, bare};
pub use notation::{ClassKey, Notation, is_symbolic};

use crate::span::{Location, Span};
use crate::syntax::{Format, NodeRef, Tree};

/// A value of a file. Small and free to copy; nothing is copied out of the tree.
#[derive(Clone, Copy)]
pub struct Value<'v> {
    node: NodeRef<'v>,
    notation: &'static Notation,
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.node.fmt(f)
    }
}

impl<'v> Value<'v> {
    /// What a node of a tree says in a notation.
    pub fn written(node: NodeRef<'v>, notation: &'static Notation) -> Self {
        Self { node, notation }
    }

    /// The node that says it.
    pub fn node(self) -> NodeRef<'v> {
        self.node
    }

    /// The tree that it stands in.
    pub fn tree(self) -> &'v Tree {
        self.node.tree()
    }

    fn with(self, node: NodeRef<'v>) -> Self {
        Self { node, ..self }
    }

    /// What it stands for: the value that its reference leads to, in the notation that it is written in; else itself.
    pub fn followed(self) -> Self {
        self.with(self.notation.follow(self.node))
    }

    /// What it makes, if it names a class or function in its notation, with or without arguments. What stands for another value
    /// is that value.
    pub fn made(self) -> Option<Construction<'v>> {
        Construction::read(self.followed(), self.notation)
    }

    /// The text that names the class of an object that is built, as long as it is not made by its position alone.
    pub fn class(self) -> Option<Self> {
        let name = self.notation.class_of(self.node)?;
        Some(self.with(name))
    }

    /// Where it is written.
    pub fn at(self) -> Location {
        self.node.at()
    }

    /// Its bytes.
    pub fn span(self) -> Span {
        self.node.span()
    }

    /// The format of the text that it stands in.
    pub fn format(self) -> Format {
        self.node.tree().format()
    }

    /// What stands under a key.
    pub fn get(self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.with(node))
    }

    /// What stands under a key of what stands under a key ….
    pub fn path(self, keys: &[&str]) -> Option<Self> {
        self.node.path(keys).map(|node| self.with(node))
    }

    /// Keys and values, if it is an object; a key has the text that names it.
    pub fn members(self) -> impl Iterator<Item = (Self, Self)> {
        let members = self.node.members();
        members.map(move |(key, value)| (self.with(key), self.with(value)))
    }

    /// The items, if it is a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.node.items().map(move |node| self.with(node))
    }

    /// The value around it.
    pub fn parent(self) -> Option<Self> {
        self.node.parent().map(|node| self.with(node))
    }

    /// The key that it stands under.
    pub fn key(self) -> Option<Self> {
        self.node.key().map(|node| self.with(node))
    }

    /// Itself and the values around it, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        self.node.ancestors().map(move |node| self.with(node))
    }

    /// Every value below it, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        self.node.descendants().map(move |node| self.with(node))
    }

    /// The text, if it is one.
    pub fn as_str(self) -> Option<&'v str> {
        self.node.as_str()
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        self.node.as_bool()
    }

    /// The number, if it is one; `NaN` and the infinities are.
    pub fn as_f64(self) -> Option<f64> {
        self.node.as_f64()
    }

    /// The whole number from 0 to 2⁵³ − 1, if it is one.
    pub fn as_u64(self) -> Option<u64> {
        self.node.as_u64()
    }

    /// Whether it is nothing, said so.
    pub fn is_null(self) -> bool {
        self.node.is_null()
    }

    /// Whether it has keys.
    pub fn is_object(self) -> bool {
        self.node.is_object()
    }

    /// Whether it is a list.
    pub fn is_array(self) -> bool {
        self.node.is_array()
    }

    /// Whether it holds other values.
    pub fn is_container(self) -> bool {
        self.node.is_container()
    }

    /// The text, or the bytes of another scalar.
    pub fn text(self) -> &'v str {
        self.node.text()
    }

    /// The bytes as they stand in the file.
    pub fn raw(self) -> &'v str {
        self.node.raw()
    }

    /// Whether it is a part of a text's expression: nothing can be written in its stead.
    pub fn is_in_expression(self) -> bool {
        self.node.is_in_expression()
    }
}
