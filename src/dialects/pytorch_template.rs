//! Configurations of pytorch-template and its descendants: `arch`, `data_loader`, `optimizer` as `type` with `args` → IR. The
//! loss is the name of a function in the project's own code, so it is told, not judged.

use super::Dialect;
use super::training;
use crate::ir::Model;
use crate::reading::Reader;
use crate::values::{Notation, Value};

/// The dialect of pytorch-template.
pub struct PyTorchTemplate;

impl Dialect for PyTorchTemplate {
    fn name(&self) -> &'static str {
        "pytorch_template"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["arch"]
    }

    /// `arch` as the template builds things, and one more thing that it builds or reads.
    fn notation(&self) -> &'static Notation {
        &Notation::ANY
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let beside = ["data_loader", "optimizer", "lr_scheduler", "dataset"];
        let is_built = |key: &str| root.get(key).is_some_and(is_built);
        is_built("arch")
            && (beside.iter().any(|key| is_built(key)) || root.get("n_gpu").is_some() || root.get("loss").is_some())
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        training::read(reader, self.name(), &[root])
    }
}

/// An object with a `type` and `args`.
fn is_built(node: Value<'_>) -> bool {
    node.get("type").is_some_and(|name| name.as_str().is_some()) && node.get("args").is_some_and(Value::is_object)
}
