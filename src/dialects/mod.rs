//! The dialects: each recognises a syntax tree and reads it into the IR. Here: what a dialect is, and which is asked first.
//! What they read with is in `reading`; `training` is what those of PyTorch's
//! frameworks share.

pub mod boosted_trees;
pub mod classy_vision;
pub mod fairchem;
pub mod farm;
pub mod hugging_face;
pub mod hydra;
pub mod keras;
pub mod lightning;
pub mod ludwig;
pub mod monai;
pub mod nemo;
pub mod openmmlab;
pub mod paddleclas;
pub mod paddleseg;
pub mod python;
pub mod pytorch;
pub mod pytorch3dunet;
pub mod pytorch_template;
pub mod schnetpack;
pub mod segmentation_models;
pub mod spec;
pub mod speechbrain;
pub mod tfjs;
pub mod training;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::reading::Reader;
use crate::reading::declared::{self, FactsTable};

use crate::ir::Model;
use crate::knowledge::Knowledge;
use crate::syntax::{Files, NodeRef};
use crate::values::{Notation, Value};

/// A way of writing a model down.
pub trait Dialect: Sync {
    /// Its name, as reports and `inspect` show it.
    fn name(&self) -> &'static str;

    /// Texts of which a file in this dialect holds at least one; files without any are not even parsed.
    fn marks(&self) -> &'static [&'static str];

    /// Whether its files are programs.
    fn is_code(&self) -> bool {
        false
    }

    /// How its files name classes and refer to values.
    fn notation(&self) -> &'static Notation {
        &Notation::WORDS
    }

    /// Whether the tree is a model in this dialect.
    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool;

    /// Reads the models of a tree that [`Dialect::detect`] recognised. What cannot be judged becomes a note in them.
    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model>;
}

/// All dialects, the one with the surest mark first.
pub const DIALECTS: &[&dyn Dialect] = &[
    &python::Python,
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
    &openmmlab::OpenMmLab,
    &paddleclas::PaddleClas,
    &classy_vision::ClassyVision,
    &pytorch3dunet::PyTorch3dUNet,
    &paddleseg::PaddleSeg,
    &ludwig::Ludwig,
    &farm::Farm,
    &pytorch::PyTorch,
    &boosted_trees::BoostedTrees,
];

/// The dialect in which a document of a model's own file is written: the first that recognises it.
pub fn recognise(knowledge: &Knowledge, files: &Files, root: NodeRef<'_>) -> Option<&'static dyn Dialect> {
    let is_code = root.is_code();
    let recognises = |dialect: &&dyn Dialect| {
        if dialect.is_code() != is_code {
            return false;
        }
        let reader = Reader::new(knowledge, files, dialect.notation());
        dialect.detect(&reader, reader.value(root))
    };
    DIALECTS.iter().copied().find(recognises)
}

/// The marks of all dialects of programs, or of all others.
pub fn marks(of_code: bool) -> impl Iterator<Item = &'static str> {
    let dialects = DIALECTS.iter().filter(move |dialect| dialect.is_code() == of_code);
    dialects.flat_map(|dialect| dialect.marks()).copied()
}

/// Whether a text, or a part of one, bears the mark of any dialect: if not, it need not be parsed. All marks are looked
/// for at once, as fast as memory is read.
pub fn bears_marks(is_code: bool, text: &[u8]) -> bool {
    static OF_DATA: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| search(false));
    static OF_CODE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| search(true));
    let marks = if is_code { &OF_CODE } else { &OF_DATA };
    // Too many marks for the search, which no test lets pass, would mean that every text is parsed.
    marks.as_ref().is_none_or(|marks| marks.is_match(text))
}

fn search(of_code: bool) -> Option<AhoCorasick> {
    // Of this kind of match the library has its fastest search.
    let kind = MatchKind::LeftmostFirst;
    AhoCorasick::builder().match_kind(kind).build(marks(of_code)).ok()
}

/// Reads the models of a document of a model's own file, and adds what is declared of them. Nothing is concluded yet.
pub fn read(
    knowledge: &Knowledge,
    dialect: &dyn Dialect,
    files: &Files,
    root: NodeRef<'_>,
    facts: &[FactsTable<'_>],
) -> Vec<Model> {
    let reader = Reader::new(knowledge, files, dialect.notation());
    let mut models = dialect.read(&reader, reader.value(root));
    for model in &mut models {
        for table in facts {
            declared::add(&reader, *table, model);
        }
    }
    models
}
