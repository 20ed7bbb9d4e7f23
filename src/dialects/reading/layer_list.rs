//! Layers one after another → a network: the native spec's `layers` and PyTorch's `Sequential`, nested ones included.

use super::Scope;
use super::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use super::reference::Reference;
use crate::knowledge::{LayerRow, Passes};
use crate::syntax::NodeRef;

/// How deep sequences are nested in each other.
const DEEPEST_NESTING: usize = 32;

/// Reads the layers of several lists, one behind the other, as one network with one output; `None` when there is none.
pub fn read<'t>(scope: &Scope<'_>, lists: &[NodeRef<'t>]) -> Option<Network<'t>> {
    read_by(scope, lists.iter().flat_map(|list| list.items()), Reference::read)
}

/// Reads one layer, or one network class that the tables know, as a network of its own.
pub fn read_one<'t>(scope: &Scope<'_>, layer: NodeRef<'t>) -> Option<Network<'t>> {
    read_by(scope, [layer], Reference::read)
}

/// Reads layers in a spelling of a format's own, one behind the other, as one network with one output.
pub fn read_by<'t>(
    scope: &Scope<'_>,
    layers: impl IntoIterator<Item = NodeRef<'t>>,
    spelling: impl Fn(NodeRef<'t>) -> Option<Reference<'t>>,
) -> Option<Network<'t>> {
    let mut chain = Chain {
        scope,
        spelling,
        network: Network::default(),
        last: None,
    };
    for layer in layers {
        chain.layer(layer, 0);
    }
    let vertex = chain.last?;
    chain.network.outputs.push(NetworkOutput { name: None, vertex });
    Some(chain.network)
}

struct Chain<'r, 't, S> {
    scope: &'r Scope<'r>,
    spelling: S,
    network: Network<'t>,
    last: Option<VertexId>,
}

impl<'t, S: Fn(NodeRef<'t>) -> Option<Reference<'t>>> Chain<'_, 't, S> {
    fn layer(&mut self, node: NodeRef<'t>, depth: usize) {
        let Some(reference) = (self.spelling)(node) else {
            self.unknown(node);
            return;
        };
        let meaning = Meaning::of_class(self.scope, reference.name);
        if let Meaning::Layer(row) = &meaning
            && row.passes == Passes::Inner
            && depth < DEEPEST_NESTING
            && let Some(inner) = inner_layers(&reference, row)
        {
            self.inner(inner, row, depth);
            return;
        }
        let at = reference.at();
        self.push(Vertex::of_layer(reference, at, meaning));
    }

    /// The layers inside a container or a wrapper, in its stead.
    fn inner(&mut self, inner: NodeRef<'t>, row: &LayerRow, depth: usize) {
        let before = self.network.len();
        if inner.is_array() {
            for layer in inner.items() {
                self.layer(layer, depth + 1);
            }
        } else {
            self.layer(inner, depth + 1);
        }
        self.network.wrap_since(before, row);
    }

    fn unknown(&mut self, node: NodeRef<'t>) {
        self.push(Vertex::unknown(node.at()));
    }

    fn push(&mut self, mut vertex: Vertex<'t>) {
        let in_list = |reference: &Reference<'_>| reference.whole.parent().is_some_and(NodeRef::is_array);
        vertex.in_sequence = vertex.reference.as_ref().is_some_and(in_list);
        vertex.inputs = self.last.map(VertexInput::Vertex).into_iter().collect();
        self.last = Some(self.network.push(vertex));
    }
}

/// The layers that a container holds: in the argument that its row names, in `layers`, `modules` or `args`, or by position.
pub fn inner_layers<'t>(reference: &Reference<'t>, row: &LayerRow) -> Option<NodeRef<'t>> {
    let holds_layers = |node: &NodeRef<'_>| node.is_array() || node.is_object();
    let named = row
        .inner
        .as_deref()
        .and_then(|name| reference.given_for(row, name).value());
    named
        .filter(holds_layers)
        .or_else(|| {
            let mut keys = ["layers", "modules", "args"].into_iter();
            keys.find_map(|name| reference.argument(name)).filter(holds_layers)
        })
        .or(reference.positional.filter(|list| list.is_array()))
}
