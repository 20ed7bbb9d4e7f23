//! What dialects read with: names, arguments, layers, losses and heads, the same whichever dialect asks. No dialect is named here.

pub mod arguments;
pub mod arithmetic;
pub mod declared;
pub mod effect;
pub mod expression;
pub mod graph;
pub mod heads;
pub mod layer_list;
pub mod losses;
pub mod names;
pub mod python;
pub mod said;
mod scope;
pub mod trace;

pub use scope::{BareNames, Scope};

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::knowledge::{Backend, Knowledge};
use crate::span::Spanned;
use crate::syntax::{File, Files, NodeRef};
use crate::values::{Notation, Value};

/// What every dialect needs while it reads one file.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The tables to look names up in.
    pub knowledge: &'a Knowledge,
    files: &'a Files,
    notation: &'static Notation,
}

impl<'a> Reader<'a> {
    /// Reads a model from its files, which are written in a notation.
    pub fn new(knowledge: &'a Knowledge, files: &'a Files, notation: &'static Notation) -> Self {
        Self {
            knowledge,
            files,
            notation,
        }
    }

    /// What a node says.
    pub fn value<'t>(&self, node: NodeRef<'t>) -> Value<'t> {
        Value::written(node, self.notation)
    }

    fn top(&self, file: &'a File) -> Option<Value<'a>> {
        file.tree.root().map(|root| self.value(root))
    }

    /// The name of the model's own file, without its folder.
    pub fn file_name(&self) -> Cow<'a, str> {
        let name = self.files.own().source.path.file_name();
        name.map_or("".into(), |name| name.to_string_lossy())
    }

    /// The top of what a saved model says under a name.
    pub fn member(&self, name: &str) -> Option<Value<'a>> {
        self.top(self.files.member(name)?)
    }

    /// The top of a file in the model's folder or below it, by its path from there with `/`.
    pub fn file(&self, path: &str) -> Option<Value<'a>> {
        self.file_above(path, 0)
    }

    /// The same of a path that may begin with so many `../`.
    pub fn file_above(&self, path: &str, folders: usize) -> Option<Value<'a>> {
        self.top(self.files.take(path, folders)?)
    }

    /// The top of such a file, to see whether it belongs to the model: that alone does not make it one of the model's files.
    pub fn look(&self, path: &str) -> Option<Value<'a>> {
        self.top(self.files.look(path, 0)?)
    }

    /// Whether the model's folder has a file of that name, read or not.
    pub fn has_file(&self, name: &str) -> bool {
        self.files.has_beside(name)
    }

    /// The top of the file that is read, then those of the files that stand under a key of it, a path or a list of them, and of
    /// theirs in turn. Paths count from the folder of the file that says them.
    pub fn with_included(&self, root: Value<'a>, key: &str) -> Vec<Value<'a>> {
        let mut tops = vec![root];
        let mut folders = vec![String::new()];
        let mut next = 0;
        while let (Some(top), Some(folder)) = (tops.get(next), folders.get(next).cloned()) {
            let named = top.get(key).into_iter();
            let paths = named.flat_map(|named| std::iter::once(named).chain(named.items()));
            let paths: Vec<String> = paths
                .filter_map(|path| Some(format!("{folder}{}", path.as_str()?)))
                .collect();
            for path in paths {
                let Some(included) = self.file(&path).filter(|top| !tops.contains(top)) else {
                    continue;
                };
                tops.push(included);
                folders.push(
                    path.rsplit_once('/')
                        .map_or(String::new(), |(folder, _)| format!("{folder}/")),
                );
            }
            next += 1;
        }
        tops
    }

    /// A text with its place, if the node is one.
    pub fn text(&self, node: Option<Value<'_>>) -> Option<Spanned<String>> {
        self.spanned(node, |node| node.as_str().map(str::to_owned))
    }

    /// A value with its place, if the node is there and means one.
    pub fn spanned<'t, T>(
        &self,
        node: Option<Value<'t>>,
        read: impl FnOnce(Value<'t>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let node = node?;
        Some(Spanned::new(read(node)?, node.at()))
    }
}

/// What a word means, by the names that its type is read with: those of the native spec and of the tables.
pub fn word<T: for<'d> Deserialize<'d>>(node: Value<'_>) -> Option<T> {
    word_of(node.as_str()?)
}

/// The same of a text.
pub fn word_of<T: for<'d> Deserialize<'d>>(text: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<ValueError>::new(text)).ok()
}

/// The backend that a text names; one that is not known is another.
pub fn backend(node: Value<'_>) -> Option<Backend> {
    node.as_str()?;
    Some(word(node).unwrap_or(Backend::Other))
}
