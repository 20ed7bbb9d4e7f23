//! What a program makes, written down as a tree: nodes that say values, each with the place in the source that says it. Not for
//! which values: that is found out by whoever evaluates the program.

use super::super::tree::{Kind, Tree};
use crate::span::{Location, NodeId, Span};

/// A tree on its way. Containers are opened and closed in the order of their contents.
pub struct Sketch {
    tree: Tree,
}

impl Sketch {
    /// Nothing yet, of what a source says. The list that holds all is open.
    pub fn of(source: &Tree) -> Self {
        let mut tree = Tree::empty(source.format(), source.source.clone());
        let location = Location {
            file: source.file(),
            node: NodeId(0),
            span: Span::default(),
        };
        tree.add(None, Kind::Array, 0..0);
        tree.origins.push(location);
        Self { tree }
    }

    /// The number of the next node.
    pub fn next(&self) -> NodeId {
        NodeId(self.tree.len() as u32)
    }

    /// Opens an object in a container.
    pub fn object(&mut self, into: NodeId, at: Location) -> NodeId {
        self.node(into, Kind::Object, at, None)
    }

    /// Opens a list in a container.
    pub fn list(&mut self, into: NodeId, at: Location) -> NodeId {
        self.node(into, Kind::Array, at, None)
    }

    /// Ends a container.
    pub fn close(&mut self, container: NodeId) {
        self.tree.close(container.0);
    }

    /// A key, or a text.
    pub fn text(&mut self, into: NodeId, text: &str, at: Location) {
        self.node(into, Kind::String, at, Some(text));
    }

    /// A number.
    pub fn number(&mut self, into: NodeId, number: f64, at: Location) {
        self.node(into, Kind::Number, at, Some(&number.to_string()));
    }

    /// A truth value.
    pub fn truth(&mut self, into: NodeId, truth: bool, at: Location) {
        self.node(into, Kind::Bool, at, Some(if truth { "true" } else { "false" }));
    }

    /// Nothing.
    pub fn nothing(&mut self, into: NodeId, at: Location) {
        self.node(into, Kind::Null, at, Some("null"));
    }

    /// What is written there and not known: a text that says so.
    pub fn unknown(&mut self, into: NodeId, written: &str, at: Location) {
        let text = format!("${written}");
        self.node(into, Kind::String, at, Some(&text));
    }

    /// The tree.
    pub fn finish(mut self) -> Tree {
        self.tree.close(0);
        self.tree
    }

    fn node(&mut self, into: NodeId, kind: Kind, at: Location, text: Option<&str>) -> NodeId {
        // Of a node in another file of the project its text is all that this tree has.
        let id = self.tree.add(Some(into.0), kind, 0..0);
        self.tree.origins.push(at);
        if let Some(text) = text {
            self.tree.set_decoded(id, text.into());
        }
        NodeId(id)
    }
}
