//! Configurations in the words of segmentation_models_pytorch: an architecture beside an `encoder_name` → IR. Its models end in
//! raw scores unless `activation` says otherwise.

use super::Dialect;
use super::training;
use crate::ir::Model;
use crate::reading::Reader;
use crate::values::{Notation, Value};

/// The dialect of segmentation_models_pytorch.
pub struct SegmentationModels;

impl Dialect for SegmentationModels {
    fn name(&self) -> &'static str {
        "segmentation_models_pytorch"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["encoder_name", "encoder_weights"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::ANY
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        let Some(scope) = reader.scope(self.name()) else {
            return false;
        };
        let is_network = |node: Value<'_>| {
            let has_encoder = ["encoder_name", "encoder_weights"]
                .iter()
                .any(|key| node.get(key).is_some());
            let construction = node.made().filter(|_| has_encoder && node.is_object());
            let row = construction.and_then(|named| scope.layer(named.name).known());
            row.is_some_and(|row| row.network && row.library == scope.framework.name)
        };
        std::iter::once(root).chain(root.descendants()).any(is_network)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        training::read(reader, self.name(), &[root])
    }
}
