//! TensorFlow.js's `model.json`: Keras layers in a wrapper, as the converter and the library itself write them, or a frozen
//! graph of TensorFlow operations → IR.

use super::{Dialect, keras};
use crate::ir::{Model, NotChecked, Unjudged};
use crate::reading::{Reader, heads};
use crate::values::{Notation, Value};

/// The TensorFlow.js dialect.
pub struct TensorFlowJs;

impl Dialect for TensorFlowJs {
    fn name(&self) -> &'static str {
        "tfjs"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["modelTopology"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::KERAS
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        let topology = root.get("modelTopology");
        topology.is_some_and(|topology| is_graph(topology) || keras::is_export(reader, topology))
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        match root.get("modelTopology") {
            Some(topology) if is_graph(topology) => graph(reader, topology).into_iter().collect(),
            // The library itself writes what `compile()` was given beside the layers, the converter with them.
            Some(topology) => keras::read(reader, self.name(), topology, root.get("trainingConfig")),
            None => Vec::new(),
        }
    }
}

/// Whether a topology is a graph of operations, each with its name and its inputs.
fn is_graph(topology: Value<'_>) -> bool {
    let first = topology.get("node").and_then(|nodes| nodes.items().next());
    first.is_some_and(|node| node.get("name").is_some() && (node.get("op").is_some() || node.get("attr").is_some()))
}

/// A frozen graph: made for inference, it has no loss, and its operations are not read.
fn graph(reader: &Reader<'_>, topology: Value<'_>) -> Option<Model> {
    let at = topology.at();
    let note = NotChecked {
        what: Unjudged::NoLoss,
        at,
        why: "a graph of TensorFlow operations, frozen for inference, states no loss".to_owned(),
    };
    let mut model = reader.scope("keras")?.model("tfjs", topology);
    model.heads.push(heads::without_output(note));
    Some(model)
}
