//! The dialects: each recognises a syntax tree and reads it into the IR. Here: what they share, and which is asked first.

pub mod arguments;
pub mod boosted_trees;
pub mod by_shape;
pub mod defaults;
pub mod expression;
pub mod facts;
pub mod fairchem;
pub mod generic_json;
pub mod graph;
pub mod heads;
pub mod hugging_face;
pub mod hydra;
pub mod keras;
pub mod layer_list;
pub mod lightning;
pub mod losses;
pub mod ludwig;
pub mod monai;
pub mod named;
pub mod names;
pub mod nemo;
pub mod paddleseg;
pub mod python;
pub mod pytorch;
pub mod pytorch_template;
pub mod reference;
pub mod said;
pub mod schnetpack;
pub mod segmentation_models;
pub mod spec;
pub mod speechbrain;
pub mod symbol;
pub mod tfjs;
pub mod trace;
pub mod training;

use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

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

    /// The files that may belong to the model besides this one: those that it names, and those that a convention names.
    /// Those that are there and belong to it are asked for theirs in turn, and handed to [`Dialect::detect`] and [`Dialect::read`]
    /// beside the model.
    fn neighbours(&self, _reader: &Reader<'_>, _asking: Asking<'_>) -> Vec<Neighbour> {
        Vec::new()
    }

    /// Whether a neighbour that is there is one of the model's files, by its role and its top node.
    fn belongs(&self, _role: &str, _root: NodeRef<'_>) -> bool {
        true
    }

    /// Reads the models of a tree that [`Dialect::detect`] recognised. What cannot be judged becomes a note in them.
    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model>;
}

/// All dialects, the one with the surest mark first.
pub const DIALECTS: &[&dyn Dialect] = &[
    &spec::Spec,
    &tfjs::TensorFlowJs,
    &keras::Keras,
    &speechbrain::SpeechBrain,
    &nemo::NeMo,
    &monai::Monai,
    &pytorch_template::PyTorchTemplate,
    &hydra::Hydra,
    &lightning::Lightning,
    &hugging_face::HuggingFace,
    &segmentation_models::SegmentationModels,
    &schnetpack::SchNetPack,
    &fairchem::FairChem,
    &paddleseg::PaddleSeg,
    &ludwig::Ludwig,
    &generic_json::GenericJson,
    &pytorch::PyTorch,
    &boosted_trees::BoostedTrees,
];

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

/// Whether a dialect recognises a document, given the texts beside it.
pub fn detects(knowledge: &Knowledge, dialect: &dyn Dialect, document: Document<'_>, beside: &[Document<'_>]) -> bool {
    let reader = reader(knowledge, document.file, beside);
    document.tree.root().is_some_and(|root| dialect.detect(&reader, root))
}

/// The neighbours that a dialect asks for.
pub fn neighbours(
    knowledge: &Knowledge,
    dialect: &dyn Dialect,
    beside: &[Document<'_>],
    asking: Asking<'_>,
) -> Vec<Neighbour> {
    dialect.neighbours(&reader(knowledge, FileId::MODEL, beside), asking)
}

fn reader<'a>(knowledge: &'a Knowledge, file: FileId, beside: &'a [Document<'a>]) -> Reader<'a> {
    Reader {
        knowledge,
        file,
        beside,
        bare_names: BareNames::AnyLibrary,
    }
}

/// The marks of all dialects.
pub fn marks() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().flat_map(|dialect| dialect.marks()).copied()
}

/// Whether a text, or a part of one, bears the mark of any dialect: if not, it need not be parsed. All marks are looked
/// for at once, as fast as memory is read.
pub fn bears_marks(text: &[u8]) -> bool {
    static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        // Of this kind of match the library has its fastest search.
        let kind = MatchKind::LeftmostFirst;
        AhoCorasick::builder().match_kind(kind).build(marks()).ok()
    });
    // Too many marks for the search, which no test lets pass, would mean that every text is parsed.
    MARKS.as_ref().is_none_or(|marks| marks.is_match(text))
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
    let mut models = dialect.read(&reader(knowledge, document.file, beside), root);
    for model in &mut models {
        for table in facts {
            facts::add(&reader(knowledge, table.file, beside), *table, model);
        }
        for head in &mut model.heads {
            by_shape::settle(knowledge, head);
            head.task = task::infer(head);
        }
    }
    models
}
