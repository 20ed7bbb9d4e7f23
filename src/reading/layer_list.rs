//! Layers one after another → a network: the native spec's `layers` and PyTorch's `Sequential`, nested ones included.

use super::Scope;
use super::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use crate::knowledge::{LayerRow, Passes};
use crate::reading::arguments::ByRow;
use crate::values::{Construction, Value};

/// How deep sequences are nested in each other.
const DEEPEST_NESTING: usize = 32;

/// Reads the layers of several lists, one behind the other, as one network with one output; `None` when there is none.
pub fn read<'t>(scope: &Scope<'_>, lists: &[Value<'t>]) -> Option<Network<'t>> {
    read_by(scope, lists.iter().flat_map(|list| list.items()), Value::made)
}

/// Reads one layer, or one network class that the tables know, as a network of its own.
pub fn read_one<'t>(scope: &Scope<'_>, layer: Value<'t>) -> Option<Network<'t>> {
    read_by(scope, [layer], Value::made)
}

/// Reads layers in a spelling of a format's own, one behind the other, as one network with one output.
pub fn read_by<'t>(
    scope: &Scope<'_>,
    layers: impl IntoIterator<Item = Value<'t>>,
    spelling: impl Fn(Value<'t>) -> Option<Construction<'t>>,
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

impl<'t, S: Fn(Value<'t>) -> Option<Construction<'t>>> Chain<'_, 't, S> {
    fn layer(&mut self, node: Value<'t>, depth: usize) {
        let Some(construction) = (self.spelling)(node) else {
            self.unknown(node);
            return;
        };
        let meaning = Meaning::of_class(self.scope, construction.name);
        if let Meaning::Layer(row) = &meaning
            && row.passes == Passes::Inner
            && depth < DEEPEST_NESTING
            && let Some(inner) = inner_layers(&construction, row)
        {
            self.inner(inner, row, depth);
            return;
        }
        let at = construction.at();
        self.push(Vertex::of_layer(construction, at, meaning));
    }

    /// The layers inside a container or a wrapper, in its stead.
    fn inner(&mut self, inner: Value<'t>, row: &LayerRow, depth: usize) {
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

    fn unknown(&mut self, node: Value<'t>) {
        self.push(Vertex::unknown(node.at()));
    }

    fn push(&mut self, mut vertex: Vertex<'t>) {
        let in_list = |construction: &Construction<'_>| construction.whole.parent().is_some_and(Value::is_array);
        vertex.in_sequence = vertex.construction.as_ref().is_some_and(in_list);
        vertex.inputs = self.last.map(VertexInput::Vertex).into_iter().collect();
        self.last = Some(self.network.push(vertex));
    }
}

/// The layers that a container holds: in the argument that its row names, in `layers`, `modules` or `args`, or by position.
pub fn inner_layers<'t>(construction: &Construction<'t>, row: &LayerRow) -> Option<Value<'t>> {
    let holds_layers = |node: &Value<'_>| node.is_array() || node.is_object();
    let named = row
        .inner
        .as_deref()
        .and_then(|name| construction.given_for(row, name).value());
    named
        .filter(holds_layers)
        .or_else(|| {
            let mut keys = ["layers", "modules", "args"].into_iter();
            keys.find_map(|name| construction.argument(name)).filter(holds_layers)
        })
        .or(construction.arguments.positional.filter(|list| list.is_array()))
}
