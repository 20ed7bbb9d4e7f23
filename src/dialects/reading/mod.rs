//! What dialects read with: names, arguments, layers, losses and heads, the same whichever dialect asks. No dialect is named here.

pub mod arguments;
pub mod by_shape;
pub mod config_groups;
pub mod declared;
pub mod effect;
pub mod expression;
pub mod graph;
pub mod heads;
pub mod layer_list;
pub mod losses;
pub mod names;
pub mod python;
pub mod reference;
pub mod said;
mod scope;
pub mod symbol;
pub mod trace;
pub mod training;

pub use config_groups::Composition;
pub use scope::{BareNames, Scope};

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::knowledge::{Backend, Knowledge};
use crate::span::{FileId, Location, Spanned};
use crate::syntax::{NodeRef, Tree};

/// What every dialect needs while it reads one file.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The tables to look names up in.
    pub knowledge: &'a Knowledge,
    /// The file that is read.
    pub file: FileId,
    /// Further texts of the same model: what a saved model says apart from its architecture, and files beside it.
    pub beside: &'a [Document<'a>],
    /// The tree that was made of the file and those beside it, where one was: its nodes are written there.
    pub composition: Option<&'a Composition>,
}

impl<'a> Reader<'a> {
    /// The top of the text of that name that stands beside the model.
    pub fn top_beside(&self, name: &str) -> Option<NodeRef<'a>> {
        let document = self.beside.iter().find(|document| document.name == Some(name))?;
        document.root
    }

    /// A text with its place, if the node is one.
    pub fn text(&self, node: Option<NodeRef<'_>>) -> Option<Spanned<String>> {
        self.spanned(node, |node| node.as_str().map(str::to_owned))
    }

    /// A value with its place, if the node is there and means one.
    pub fn spanned<'t, T>(
        &self,
        node: Option<NodeRef<'t>>,
        read: impl FnOnce(NodeRef<'t>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let node = node?;
        Some(Spanned::new(read(node)?, self.at(node)))
    }

    /// The top of the file that is read, then those of the files beside it.
    pub fn tops(&self, root: NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> {
        let beside = self.beside.iter().filter_map(|document| document.root);
        std::iter::once(root).chain(beside)
    }

    /// The place of a node of the file that is read, or of a text beside it.
    pub fn at(&self, node: NodeRef<'_>) -> Location {
        if let Some(at) = self.composition.and_then(|composition| composition.at(node)) {
            return at;
        }
        let mut beside = self.beside.iter();
        let file = beside.find(|document| std::ptr::eq(document.tree, node.tree()));
        Location {
            file: file.map_or(self.file, |document| document.file),
            node: node.in_file().id(),
            span: node.span(),
        }
    }
}

/// What a word means, by the names that its type is read with: those of the native spec and of the tables.
pub fn word<T: for<'d> Deserialize<'d>>(node: NodeRef<'_>) -> Option<T> {
    word_of(node.as_str()?)
}

/// The same of a text.
pub fn word_of<T: for<'d> Deserialize<'d>>(text: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<ValueError>::new(text)).ok()
}

/// The backend that a text names; one that is not known is another.
pub fn backend(node: NodeRef<'_>) -> Option<Backend> {
    node.as_str()?;
    Some(word(node).unwrap_or(Backend::Other))
}

/// One parsed text of a model: the model itself, or what a saved model says besides.
#[derive(Clone, Copy)]
pub struct Document<'t> {
    /// The file's name among the model's files.
    pub file: FileId,
    /// What a saved model calls it, such as `training_config`, or what a dialect does ([`Neighbour::role`]).
    pub name: Option<&'t str>,
    /// The path of a neighbour ([`Neighbour::path`]); empty for the model's own texts.
    pub path: &'t str,
    /// Its tree.
    pub tree: &'t Tree,
    /// Its top node: of several YAML documents in one text that of one.
    pub root: Option<NodeRef<'t>>,
}

/// A file that may belong to a model, for which a dialect asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// What it is to the model, in the dialect's own words: the [`Document::name`] that it will have.
    pub role: String,
    /// Its path, with `/`, relative to the model's folder. One that leads out of that folder is read as far as the dialect
    /// says ([`super::Dialect::folders_above`]).
    pub path: String,
}

/// The file that is asked for its neighbours: the model itself, or one of its neighbours.
#[derive(Clone, Copy)]
pub struct Asking<'t> {
    /// Its top node.
    pub root: NodeRef<'t>,
    /// What it is to the model; nothing for the model itself.
    pub role: &'t str,
    /// Its path, relative to the model's folder.
    pub path: &'t str,
}

impl Asking<'_> {
    /// The files that stand under a key of this one: a path, or a list of them.
    pub fn under(&self, role: &str, key: &str) -> Vec<Neighbour> {
        let named = self.root.get(key).into_iter();
        let paths = named.flat_map(|named| std::iter::once(named).chain(named.items()));
        paths
            .filter_map(NodeRef::as_str)
            .map(|path| self.relative(role, path))
            .collect()
    }

    /// A file by the path that this one writes, which counts from its own folder.
    pub fn relative(&self, role: &str, path: &str) -> Neighbour {
        let path = match self.path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{path}"),
            None => path.to_owned(),
        };
        Neighbour {
            role: role.to_owned(),
            path,
        }
    }
}
