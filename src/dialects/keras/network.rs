//! Keras layers → a flat network: sequences, functional graphs, nested models, shared layers and wrappers.

use std::collections::HashMap;

use super::calls::{Calls, Inputs, Outputs, PendingCall, inputs_of_call, named_outputs, tensor};
use crate::knowledge::Passes;
use crate::reading::Scope;
use crate::reading::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use crate::span::Spanned;
use crate::values::{Construction, Origin, Value};

/// Layer calls that a network may have. Nested models that are shared many times over can multiply without bound.
const MOST_VERTICES: usize = 200_000;
/// How deep models are nested in each other.
const DEEPEST_NESTING: usize = 32;

/// Reads a serialised model; `None` when it has no list of layers.
pub fn read<'t>(scope: &Scope<'_>, model: Value<'t>) -> Option<Network<'t>> {
    let mut builder = Builder {
        scope,
        network: Network::default(),
    };
    let outputs = builder.model(model, &[], 0)?;
    builder.network.outputs = outputs;
    Some(builder.network)
}

/// The layers of a model's config: the list itself in Keras 1 and early 2, `layers` since.
pub fn layer_list(config: Value<'_>) -> Option<Value<'_>> {
    let list = if config.is_array() {
        Some(config)
    } else {
        config.get("layers")
    };
    list.filter(|layers| layers.is_array() && layers.items().all(|layer| layer.get("class_name").is_some()))
}

struct Builder<'r, 't> {
    scope: &'r Scope<'r>,
    network: Network<'t>,
}

impl<'t> Builder<'_, 't> {
    /// Adds a model's layers and gives its outputs.
    fn model(&mut self, model: Value<'t>, inputs: &[VertexId], depth: usize) -> Option<Vec<NetworkOutput>> {
        let config = model.get("config")?;
        let layers = layer_list(config)?;
        if depth > DEEPEST_NESTING {
            return None;
        }
        match config.get("output_layers") {
            Some(outputs) => self.functional(config, layers, outputs, inputs, depth),
            None => self.sequential(layers, inputs, depth),
        }
    }

    fn sequential(&mut self, layers: Value<'t>, inputs: &[VertexId], depth: usize) -> Option<Vec<NetworkOutput>> {
        let given = inputs.first().copied();
        let mut current = given;
        let mut name = None;
        for layer in layers.items() {
            if given.is_some() && current == given && is_input(layer) {
                continue;
            }
            let inputs: Vec<VertexId> = current.into_iter().collect();
            current = self.call(layer, &inputs, &[], depth)?.get(0);
            if let Some(vertex) = current {
                self.network.vertex_mut(vertex).in_sequence = layer.get("inbound_nodes").is_none();
            }
            name = layer_name(layer);
        }
        Some(vec![NetworkOutput {
            name: name.map(|node| self.spanned_name(node)),
            vertex: current?,
        }])
    }

    fn functional(
        &mut self,
        config: Value<'t>,
        layers: Value<'t>,
        outputs: Value<'t>,
        inputs: &[VertexId],
        depth: usize,
    ) -> Option<Vec<NetworkOutput>> {
        let mut calls = self.given_inputs(config, inputs);
        let mut names: HashMap<&'t str, Value<'t>> = HashMap::new();
        for layer in layers.items() {
            if let Some(name) = layer_name(layer) {
                names.entry(name.text()).or_insert(name);
                self.layer_calls(layer, name.text(), &mut calls, depth)?;
            }
        }
        let found = named_outputs(outputs)
            .into_iter()
            .filter_map(|(name, tensor)| {
                let vertex = calls.made.get(&tensor.of())?.get(tensor.output)?;
                let name = name.or_else(|| names.get(tensor.layer).copied());
                Some(NetworkOutput {
                    name: name.map(|node| self.spanned_name(node)),
                    vertex,
                })
            })
            .collect::<Vec<_>>();
        (!found.is_empty()).then_some(found)
    }

    /// The calls that a nested model is given from outside, by the names of its input layers.
    fn given_inputs(&self, config: Value<'t>, inputs: &[VertexId]) -> Calls<'t> {
        let named = config.get("input_layers").map(named_outputs).unwrap_or_default();
        let made = named
            .into_iter()
            .zip(inputs)
            .map(|((_, tensor), &vertex)| (tensor.of(), Outputs::One(vertex)));
        Calls {
            made: made.collect(),
            waiting: HashMap::new(),
        }
    }

    /// Adds every call of a layer whose inputs are there; the others wait for theirs.
    fn layer_calls(&mut self, layer: Value<'t>, name: &'t str, calls: &mut Calls<'t>, depth: usize) -> Option<()> {
        let inbound = layer.get("inbound_nodes");
        // A list that is one tensor reference itself, as TensorFlow's operation layers write it.
        let nodes: Vec<Value<'t>> = match inbound {
            Some(nodes) if tensor(nodes).is_some() => vec![nodes],
            Some(nodes) => nodes.items().collect(),
            None => Vec::new(),
        };
        if nodes.is_empty() {
            let call = PendingCall::without_inputs(layer, (name, 0));
            return self.make(call, calls, depth);
        }
        for (index, node) in nodes.into_iter().enumerate() {
            let (tensors, constants) = inputs_of_call(node);
            let call = PendingCall {
                tensors,
                constants,
                ..PendingCall::without_inputs(layer, (name, index))
            };
            self.make(call, calls, depth)?;
        }
        Some(())
    }

    /// Makes a call and those that waited for it, or lets it wait for the first of its inputs that is not there.
    fn make(&mut self, call: PendingCall<'t>, calls: &mut Calls<'t>, depth: usize) -> Option<()> {
        let mut ready = vec![call];
        while let Some(mut call) = ready.pop() {
            if calls.made.contains_key(&call.id) {
                continue;
            }
            match call.find_inputs(&calls.made) {
                Inputs::Found => {
                    let outputs = self.call(call.layer, &call.inputs, &call.constants, depth)?;
                    calls.made.insert(call.id, outputs);
                    ready.extend(calls.waiting.remove(&call.id).into_iter().flatten().rev());
                }
                Inputs::WaitFor(id) => calls.waiting.entry(id).or_default().push(call),
                Inputs::Never => {}
            }
        }
        Some(())
    }

    /// Adds one call of a layer or nested model. `constants` are numbers among its arguments, with their positions.
    fn call(
        &mut self,
        layer: Value<'t>,
        inputs: &[VertexId],
        constants: &[(usize, VertexInput)],
        depth: usize,
    ) -> Option<Outputs> {
        if self.network.len() >= MOST_VERTICES {
            return None;
        }
        if layer.path(&["config"]).and_then(layer_list).is_some() {
            let outputs = self.model(layer, inputs, depth + 1)?;
            let outputs = outputs.into_iter().map(|output| output.vertex).collect();
            return Some(Outputs::Each(outputs));
        }
        if is_input(layer) {
            let at = layer.get("class_name").unwrap_or(layer).at();
            let vertex = Vertex::input(layer.made(), at);
            return Some(Outputs::One(self.network.push(vertex)));
        }
        let construction = layer.made()?;
        let at = construction.at();
        let mut vertex = Vertex::of_layer(construction, at, self.meaning(&construction));
        vertex.inputs = inputs.iter().map(|&id| VertexInput::Vertex(id)).collect();
        for &(position, constant) in constants {
            let position = position.min(vertex.inputs.len());
            vertex.inputs.insert(position, constant);
        }
        if let Some(outputs) = self.wrapped(&construction, &vertex, inputs, depth) {
            return Some(outputs);
        }
        Some(Outputs::One(self.network.push(vertex)))
    }

    /// A wrapper's inner layer in its stead: `TimeDistributed(Dense)`, `Bidirectional(LSTM)`.
    fn wrapped(
        &mut self,
        construction: &Construction<'t>,
        vertex: &Vertex<'t>,
        inputs: &[VertexId],
        depth: usize,
    ) -> Option<Outputs> {
        let Meaning::Layer(row) = &vertex.meaning else {
            return None;
        };
        if row.passes != Passes::Inner || depth > DEEPEST_NESTING {
            return None;
        }
        let inner = construction.argument(row.inner.as_deref()?)?;
        let before = self.network.len();
        let outputs = self.call(inner, inputs, &[], depth + 1)?;
        self.network.wrap_since(before, row);
        Some(outputs)
    }

    fn meaning(&self, construction: &Construction<'t>) -> Meaning {
        if let Some(name) = operation_name(construction)
            && let Some(row) = self.scope.operation(&name).known()
        {
            return Meaning::Operation(row);
        }
        let qualified = construction.qualified_name();
        let name = qualified.as_deref().unwrap_or(construction.name);
        match self.scope.layer(name).known() {
            Some(row) if construction.origin != Origin::Registered => Meaning::Layer(row),
            _ => Meaning::Unknown,
        }
    }

    fn spanned_name(&self, node: Value<'t>) -> Spanned<String> {
        Spanned::new(node.text().to_owned(), node.at())
    }
}

/// The name of the function behind a layer that is an operation: Keras 3 serialises it with its module, TensorFlow's
/// Keras 2 as a `TFOpLambda` layer that names the function below `tf`.
fn operation_name(construction: &Construction<'_>) -> Option<String> {
    if construction.name == "TFOpLambda" {
        return Some(format!("tf.{}", construction.argument("function")?.as_str()?));
    }
    let module = construction.module?;
    module
        .contains(".ops")
        .then(|| format!("{module}.{}", construction.name))
}

fn is_input(layer: Value<'_>) -> bool {
    layer.get("class_name").and_then(Value::as_str) == Some("InputLayer")
}

/// The text that names a layer within its model.
fn layer_name(layer: Value<'_>) -> Option<Value<'_>> {
    layer
        .get("name")
        .or_else(|| layer.path(&["config", "name"]))
        .filter(|name| name.as_str().is_some())
}
