//! Layers one after another → a network: the native spec's `layers` and PyTorch's `Sequential`, nested ones included.

use super::Reader;
use super::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use super::reference::Reference;
use crate::knowledge::{Framework, LayerRow, Passes};
use crate::syntax::NodeRef;

/// How deep sequences are nested in each other.
const DEEPEST_NESTING: usize = 32;

/// Reads the layers of several lists, one behind the other, as one network with one output; `None` when there is none.
pub fn read<'t>(reader: &Reader<'_>, framework: &Framework, lists: &[NodeRef<'t>]) -> Option<Network<'t>> {
    let mut chain = Chain {
        reader,
        framework,
        network: Network::default(),
        last: None,
    };
    for list in lists {
        chain.list(*list, 0);
    }
    chain.finish()
}

/// Reads one layer, or one network class that the tables know, as a network of its own.
pub fn read_one<'t>(reader: &Reader<'_>, framework: &Framework, layer: NodeRef<'t>) -> Option<Network<'t>> {
    let mut chain = Chain {
        reader,
        framework,
        network: Network::default(),
        last: None,
    };
    chain.layer(layer, 0);
    chain.finish()
}

struct Chain<'r, 't> {
    reader: &'r Reader<'r>,
    framework: &'r Framework,
    network: Network<'t>,
    last: Option<VertexId>,
}

impl<'t> Chain<'_, 't> {
    fn finish(mut self) -> Option<Network<'t>> {
        let vertex = self.last?;
        self.network.outputs.push(NetworkOutput { name: None, vertex });
        Some(self.network)
    }

    fn list(&mut self, list: NodeRef<'t>, depth: usize) {
        for layer in list.items() {
            self.layer(layer, depth);
        }
    }

    fn layer(&mut self, node: NodeRef<'t>, depth: usize) {
        let Some(reference) = Reference::read(node) else {
            self.unknown(node);
            return;
        };
        let meaning = self.meaning(&reference);
        if let Meaning::Layer(row) = &meaning
            && row.passes == Passes::Inner
            && depth < DEEPEST_NESTING
            && let Some(inner) = inner_layers(&reference, row)
        {
            self.inner(inner, row, depth);
            return;
        }
        let at = self.reader.at(reference.name_node);
        self.push(Vertex::of_layer(reference, at, meaning));
    }

    /// The layers inside a container or a wrapper, in its stead.
    fn inner(&mut self, inner: NodeRef<'t>, row: &LayerRow, depth: usize) {
        let before = self.network.len();
        if inner.is_array() {
            self.list(inner, depth + 1);
        } else {
            self.layer(inner, depth + 1);
        }
        for index in before..self.network.len() {
            let vertex = self.network.vertex_mut(VertexId(index));
            vertex.per_position |= row.per_position;
            vertex.width_changes |= row.changes_width;
        }
    }

    fn unknown(&mut self, node: NodeRef<'t>) {
        let mut vertex = Vertex::input(None, self.reader.at(node));
        vertex.meaning = Meaning::Unknown;
        self.push(vertex);
    }

    fn push(&mut self, mut vertex: Vertex<'t>) {
        let in_list = |reference: &Reference<'_>| reference.whole.parent().is_some_and(NodeRef::is_array);
        vertex.in_sequence = vertex.reference.as_ref().is_some_and(in_list);
        vertex.inputs = self.last.map(VertexInput::Vertex).into_iter().collect();
        self.last = Some(self.network.push(vertex));
    }

    /// What the tables say: a layer, else a function used as one (`torch.sigmoid`).
    fn meaning(&self, reference: &Reference<'t>) -> Meaning {
        let knowledge = self.reader.knowledge;
        if let Some(row) = knowledge.layer(self.framework, reference.name).known() {
            return Meaning::Layer(row);
        }
        match knowledge.activation(self.framework, reference.name).known() {
            Some(row) => Meaning::Activation(row),
            None => Meaning::Unknown,
        }
    }
}

/// The layers that a container holds: in the argument that its row names, in `layers`, `modules` or `args`, or by position.
pub fn inner_layers<'t>(reference: &Reference<'t>, row: &LayerRow) -> Option<NodeRef<'t>> {
    row.inner
        .as_deref()
        .into_iter()
        .chain(["layers", "modules", "args"])
        .find_map(|name| reference.argument(name))
        .filter(|node| node.is_array() || node.is_object())
        .or(reference.positional)
}
