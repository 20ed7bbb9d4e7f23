//! What dialects read with: names, arguments, layers, losses and heads, the same whichever dialect asks. No dialect is named here.

pub mod arguments;
pub mod by_shape;
pub mod config_groups;
pub mod expression;
pub mod facts;
pub mod graph;
pub mod heads;
pub mod layer_list;
pub mod losses;
pub mod named_models;
pub mod names;
pub mod python;
pub mod reference;
pub mod said;
pub mod symbol;
pub mod trace;
pub mod training;

use std::sync::Arc;

use crate::knowledge::{ActivationRow, Framework, Knowledge, Produces};
use crate::span::{FileId, Location};
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
    /// Where bare names may be looked up.
    pub bare_names: BareNames,
}

/// Where names without a module may be looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BareNames {
    /// In every library of the framework: the file says that it uses the framework's own names.
    AnyLibrary,
    /// In the framework's first library: elsewhere a project's own class may well have the same name.
    FirstLibrary,
    /// The same, and only what is accepted there: the file writes functions of the project's own by their bare names too.
    FirstLibraryOrOwn,
    /// In these libraries.
    Of(&'static [String]),
}

impl<'a> Reader<'a> {
    /// The text of that name that stands beside the model.
    pub fn beside(&self, name: &str) -> Option<Document<'a>> {
        self.beside.iter().find(|document| document.name == Some(name)).copied()
    }

    /// Whether a name may lead to a library's row here.
    pub fn accepts(&self, framework: &Framework, name: &str, library: &str) -> bool {
        let is_at_home = match self.bare_names {
            BareNames::AnyLibrary => true,
            BareNames::FirstLibrary | BareNames::FirstLibraryOrOwn => framework.has_first(library),
            BareNames::Of(libraries) => libraries.iter().any(|own| own == library),
        };
        is_at_home || name.contains('.') || framework.is_project(library)
    }

    /// The place of a node of the file that is read, or of a text beside it.
    pub fn at(&self, node: NodeRef<'_>) -> Location {
        let mut beside = self.beside.iter();
        let file = beside.find(|document| std::ptr::eq(document.tree, node.tree()));
        Location {
            file: file.map_or(self.file, |document| document.file),
            node: node.id(),
            span: node.span(),
        }
    }

    /// The framework of that name; the names are those of the tables, so it exists.
    pub fn framework(&self, name: &str) -> Option<Arc<Framework>> {
        self.knowledge.framework(name).cloned()
    }

    /// The activation that a framework writes for none at all.
    pub fn identity(&self, framework: &Framework) -> Option<Arc<ActivationRow>> {
        self.knowledge.activation_for(framework, Produces::Identity).cloned()
    }
}

/// One parsed text of a model: the model itself, or what a saved model says besides.
#[derive(Clone, Copy)]
pub struct Document<'t> {
    /// The file's name among the model's files.
    pub file: FileId,
    /// What a saved model calls it, such as `training_config`, or what a dialect does ([`Neighbour::role`]).
    pub name: Option<&'t str>,
    /// Its tree.
    pub tree: &'t Tree,
}

/// A file that may belong to a model, for which a dialect asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// What it is to the model, in the dialect's own words: the [`Document::name`] that it will have.
    pub role: String,
    /// Its path, with `/`, relative to the model's folder. One that leads out of that folder is not read.
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
