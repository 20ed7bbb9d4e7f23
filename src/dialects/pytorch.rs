//! PyTorch-style configurations in no framework's layout: layer lists and classes of PyTorch's libraries, named by `type`,
//! `name` or by their modules, anywhere in the file → IR.

use super::Dialect;
use super::training;
use crate::ir::Model;
use crate::reading::Reader;
use crate::values::{Notation, Value};

/// The PyTorch dialect.
pub struct PyTorch;

impl Dialect for PyTorch {
    fn name(&self) -> &'static str {
        "pytorch"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["torch", "arch", "Loss"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::ANY
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        let found = training::find(reader, self.name(), root);
        found.is_some_and(|found| {
            let says_so = found.names_a_library || says_so(reader, root);
            says_so && !(found.networks.is_empty() && found.losses.is_empty())
        })
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        training::read(reader, self.name(), &[root])
    }
}

/// Whether the file itself says that it is PyTorch's.
fn says_so(reader: &Reader<'_>, root: Value<'_>) -> bool {
    let named = root.get("framework").and_then(Value::as_str);
    named
        .and_then(|name| reader.scope(name))
        .is_some_and(|scope| scope.framework.name == "pytorch")
}
