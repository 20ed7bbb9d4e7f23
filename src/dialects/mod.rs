//! The dialects: each recognises a syntax tree and reads it into the IR. Here: what they share, and which is asked first.

pub mod by_shape;
pub mod expression;
pub mod facts;
pub mod graph;
pub mod heads;
pub mod keras;
pub mod layer_list;
pub mod losses;
pub mod names;
pub mod pytorch;
pub mod reference;
pub mod said;
pub mod spec;
pub mod trace;

use std::sync::Arc;

pub use facts::FactsTable;

use crate::ir::{Model, task};
use crate::knowledge::{ActivationRow, Framework, Knowledge, Produces};
use crate::span::{FileId, Location};
use crate::syntax::{NodeRef, Tree};

/// A way of writing a model down.
pub trait Dialect: Sync {
    /// Its name, as reports and `inspect` show it.
    fn name(&self) -> &'static str;

    /// Texts of which a file in this dialect holds at least one; files without any are not even parsed.
    fn marks(&self) -> &'static [&'static str];

    /// Whether the tree is a model in this dialect.
    fn detect(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> bool;

    /// Reads the models of a tree that [`Dialect::detect`] recognised. What cannot be judged becomes a note in them.
    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model>;
}

/// All dialects, the one with the surest mark first.
pub const DIALECTS: &[&dyn Dialect] = &[&spec::Spec, &keras::Keras, &pytorch::PyTorch];

/// What every dialect needs while it reads one file.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The tables to look names up in.
    pub knowledge: &'a Knowledge,
    /// The file that is read.
    pub file: FileId,
    /// Further texts of the same model: what a saved model says apart from its architecture.
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
}

impl<'a> Reader<'a> {
    /// The text of that name that stands beside the model.
    pub fn beside(&self, name: &str) -> Option<Document<'a>> {
        self.beside.iter().find(|document| document.name == Some(name)).copied()
    }

    /// The same for another file of the model.
    pub fn of(&self, file: FileId) -> Self {
        Self { file, ..*self }
    }

    /// Whether a name may lead to a library's row here.
    pub fn accepts(&self, framework: &Framework, name: &str, library: &str) -> bool {
        self.bare_names == BareNames::AnyLibrary
            || name.contains('.')
            || framework.has_first(library)
            || framework.is_project(library)
    }

    /// The place of a node.
    pub fn at(&self, node: NodeRef<'_>) -> Location {
        Location {
            file: self.file,
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
    /// What a saved model calls it, such as `training_config`.
    pub name: Option<&'t str>,
    /// Its tree.
    pub tree: &'t Tree,
}

/// The dialect that recognises a document, given the texts beside it.
pub fn recognise(
    knowledge: &Knowledge,
    document: Document<'_>,
    beside: &[Document<'_>],
) -> Option<&'static dyn Dialect> {
    let reader = Reader {
        knowledge,
        file: document.file,
        beside,
        bare_names: BareNames::AnyLibrary,
    };
    let root = document.tree.root()?;
    DIALECTS.iter().copied().find(|dialect| dialect.detect(&reader, root))
}

/// Whether a text bears the mark of any dialect: if not, it need not be parsed.
pub fn bears_marks(text: &str) -> bool {
    DIALECTS
        .iter()
        .flat_map(|dialect| dialect.marks())
        .any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// Reads the models of a document and the texts beside it, and adds what is declared of them.
pub fn read(
    knowledge: &Knowledge,
    dialect: &dyn Dialect,
    document: Document<'_>,
    beside: &[Document<'_>],
    facts: &[FactsTable<'_>],
) -> Vec<Model> {
    let Some(root) = document.tree.root() else {
        return Vec::new();
    };
    let reader = |file| Reader {
        knowledge,
        file,
        beside,
        bare_names: BareNames::AnyLibrary,
    };
    let mut models = dialect.read(&reader(document.file), root);
    for model in &mut models {
        for table in facts {
            facts::add(&reader(table.file), *table, model);
        }
        for head in &mut model.heads {
            by_shape::settle(knowledge, head);
            head.task = task::infer(head);
        }
    }
    models
}
