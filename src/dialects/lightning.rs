//! LightningCLI's configurations: `class_path` with `init_args`, beside the trainer's settings → IR. The loss often stands in
//! the module's code; then it is told as not checked.

use super::Dialect;
use super::training;
use crate::ir::Model;
use crate::reading::Reader;
use crate::values::{Notation, Value};

/// The dialect of LightningCLI.
pub struct Lightning;

impl Dialect for Lightning {
    fn name(&self) -> &'static str {
        "lightning"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["class_path", "seed_everything"]
    }

    /// An object with a `class_path`, or the settings that LightningCLI writes.
    fn notation(&self) -> &'static Notation {
        &Notation::LIGHTNING
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        if !root.is_object() || root.get("$schema").is_some() {
            return false;
        }
        let is_cli = root.get("seed_everything").is_some() && root.get("trainer").is_some_and(Value::is_object);
        let names_a_class = |node: Value<'_>| node.get("class_path").is_some_and(|name| name.as_str().is_some());
        is_cli || std::iter::once(root).chain(root.descendants()).any(names_a_class)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        training::read(reader, self.name(), &[root])
    }
}
