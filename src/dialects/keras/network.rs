//! Keras layers → a flat network: sequences, functional graphs, nested models, shared layers and wrappers.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::Reader;
use super::super::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use super::super::reference::Reference;
use crate::knowledge::{Framework, Passes};
use crate::span::Spanned;
use crate::syntax::NodeRef;

/// Layer calls that a network may have. Nested models that are shared many times over can multiply without bound.
const MOST_VERTICES: usize = 200_000;
/// How deep models are nested in each other.
const DEEPEST_NESTING: usize = 32;
/// How often the layer list is gone through to find layers whose inputs come later in it.
const MOST_ROUNDS: usize = 64;

/// Reads a serialised model; `None` when it has no list of layers.
pub fn read<'t>(reader: &Reader<'_>, framework: &Framework, model: NodeRef<'t>) -> Option<Network<'t>> {
    let mut builder = Builder {
        reader,
        framework,
        network: Network::default(),
    };
    let outputs = builder.model(model, &[], 0)?;
    builder.network.outputs = outputs;
    Some(builder.network)
}

/// The layers of a model's config: the list itself in Keras 1 and early 2, `layers` since.
pub fn layer_list(config: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let list = if config.is_array() {
        Some(config)
    } else {
        config.get("layers")
    };
    list.filter(|layers| layers.is_array() && layers.items().all(|layer| layer.get("class_name").is_some()))
}

struct Builder<'r, 't> {
    reader: &'r Reader<'r>,
    framework: &'r Framework,
    network: Network<'t>,
}

/// A reference to the output of one call of a layer.
struct Tensor<'t> {
    layer: &'t str,
    call: usize,
    output: usize,
}

/// What one layer call gives.
enum Outputs {
    /// One vertex stands for all tensors: a recurrent layer's states count as its values.
    One(VertexId),
    /// A nested model's outputs, in its order.
    Each(Vec<VertexId>),
}

impl Outputs {
    fn get(&self, output: usize) -> Option<VertexId> {
        match self {
            Self::One(vertex) => Some(*vertex),
            Self::Each(vertices) => vertices.get(output).copied(),
        }
    }
}

/// The outputs of every layer call that was read, by layer name and call number.
type Calls<'t> = HashMap<(&'t str, usize), Outputs>;

impl<'t> Builder<'_, 't> {
    /// Adds a model's layers and gives its outputs.
    fn model(&mut self, model: NodeRef<'t>, inputs: &[VertexId], depth: usize) -> Option<Vec<NetworkOutput>> {
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

    fn sequential(&mut self, layers: NodeRef<'t>, inputs: &[VertexId], depth: usize) -> Option<Vec<NetworkOutput>> {
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
        config: NodeRef<'t>,
        layers: NodeRef<'t>,
        outputs: NodeRef<'t>,
        inputs: &[VertexId],
        depth: usize,
    ) -> Option<Vec<NetworkOutput>> {
        let mut calls = self.given_inputs(config, inputs);
        let mut waiting: Vec<NodeRef<'t>> = layers.items().collect();
        for _ in 0..MOST_ROUNDS {
            let before = waiting.len();
            let mut still = Vec::new();
            for layer in waiting {
                if !self.layer_calls(layer, &mut calls, depth)? {
                    still.push(layer);
                }
            }
            waiting = still;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        let named = named_outputs(outputs);
        let found = named
            .into_iter()
            .filter_map(|(name, tensor)| {
                let vertex = calls.get(&(tensor.layer, tensor.call))?.get(tensor.output)?;
                let name = match name {
                    Some(node) => Some(self.spanned_name(node)),
                    None => layers
                        .items()
                        .filter_map(layer_name)
                        .find(|node| node.text() == tensor.layer)
                        .map(|node| self.spanned_name(node)),
                };
                Some(NetworkOutput { name, vertex })
            })
            .collect::<Vec<_>>();
        (!found.is_empty()).then_some(found)
    }

    /// The calls that a nested model is given from outside, by the names of its input layers.
    fn given_inputs(&self, config: NodeRef<'t>, inputs: &[VertexId]) -> Calls<'t> {
        let named = config.get("input_layers").map(named_outputs).unwrap_or_default();
        named
            .into_iter()
            .zip(inputs)
            .map(|((_, tensor), &vertex)| ((tensor.layer, tensor.call), Outputs::One(vertex)))
            .collect()
    }

    /// Adds every call of a layer whose inputs are there. `Some(false)`: some inputs are still missing.
    fn layer_calls(&mut self, layer: NodeRef<'t>, calls: &mut Calls<'t>, depth: usize) -> Option<bool> {
        let Some(name) = layer_name(layer).map(NodeRef::text) else {
            return Some(true);
        };
        let nodes: Vec<NodeRef<'t>> = layer
            .get("inbound_nodes")
            .map(|nodes| nodes.items().collect())
            .unwrap_or_default();
        if nodes.is_empty() {
            if let Entry::Vacant(free) = calls.entry((name, 0)) {
                free.insert(self.call(layer, &[], &[], depth)?);
            }
            return Some(true);
        }
        let mut complete = true;
        // A list that is one tensor reference itself, as TensorFlow's operation layers write it.
        let nodes = if tensor(layer.get("inbound_nodes")?).is_some() {
            vec![layer.get("inbound_nodes")?]
        } else {
            nodes
        };
        for (call, node) in nodes.into_iter().enumerate() {
            if calls.contains_key(&(name, call)) {
                continue;
            }
            let (tensors, constants) = inputs_of_call(self.reader, node);
            let inputs: Option<Vec<VertexId>> = tensors
                .iter()
                .map(|t| calls.get(&(t.layer, t.call))?.get(t.output))
                .collect();
            match inputs {
                Some(inputs) => {
                    let outputs = self.call(layer, &inputs, &constants, depth)?;
                    calls.insert((name, call), outputs);
                }
                None => complete = false,
            }
        }
        Some(complete)
    }

    /// Adds one call of a layer or nested model. `constants` are numbers among its arguments, with their positions.
    fn call(
        &mut self,
        layer: NodeRef<'t>,
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
            let at = self.reader.at(layer.get("class_name").unwrap_or(layer));
            let vertex = Vertex::input(Reference::read(layer), at);
            return Some(Outputs::One(self.network.push(vertex)));
        }
        let reference = Reference::read(layer)?;
        let at = self.reader.at(reference.name_node);
        let mut vertex = Vertex::of_layer(reference, at, self.meaning(&reference));
        vertex.inputs = inputs.iter().map(|&id| VertexInput::Vertex(id)).collect();
        for &(position, constant) in constants {
            let position = position.min(vertex.inputs.len());
            vertex.inputs.insert(position, constant);
        }
        if let Some(outputs) = self.wrapped(&reference, &vertex, inputs, depth) {
            return Some(outputs);
        }
        Some(Outputs::One(self.network.push(vertex)))
    }

    /// A wrapper's inner layer in its stead: `TimeDistributed(Dense)`, `Bidirectional(LSTM)`.
    fn wrapped(
        &mut self,
        reference: &Reference<'t>,
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
        let inner = reference.argument(row.inner.as_deref()?)?;
        let per_position = row.per_position;
        let width_changes = row.changes_width;
        let before = self.network.len();
        let outputs = self.call(inner, inputs, &[], depth + 1)?;
        for index in before..self.network.len() {
            let vertex = self.network.vertex_mut(VertexId(index));
            vertex.per_position |= per_position;
            vertex.width_changes |= width_changes;
        }
        Some(outputs)
    }

    fn meaning(&self, reference: &Reference<'t>) -> Meaning {
        let knowledge = self.reader.knowledge;
        if let Some(name) = operation_name(reference)
            && let Some(row) = knowledge.operation(self.framework, &name).known()
        {
            return Meaning::Operation(row);
        }
        let qualified = reference.qualified_name();
        let name = qualified.as_deref().unwrap_or(reference.name);
        match knowledge.layer(self.framework, name).known() {
            Some(row) if !reference.is_registered => Meaning::Layer(row),
            _ => Meaning::Unknown,
        }
    }

    fn spanned_name(&self, node: NodeRef<'t>) -> Spanned<String> {
        Spanned::new(node.text().to_owned(), self.reader.at(node))
    }
}

/// The name of the function behind a layer that is an operation: Keras 3 serialises it with its module, TensorFlow's
/// Keras 2 as a `TFOpLambda` layer that names the function below `tf`.
fn operation_name(reference: &Reference<'_>) -> Option<String> {
    if reference.name == "TFOpLambda" {
        return Some(format!("tf.{}", reference.argument("function")?.as_str()?));
    }
    let module = reference.module?;
    module.contains(".ops").then(|| format!("{module}.{}", reference.name))
}

fn is_input(layer: NodeRef<'_>) -> bool {
    layer.get("class_name").and_then(NodeRef::as_str) == Some("InputLayer")
}

/// The text that names a layer within its model.
fn layer_name(layer: NodeRef<'_>) -> Option<NodeRef<'_>> {
    layer
        .get("name")
        .or_else(|| layer.path(&["config", "name"]))
        .filter(|name| name.as_str().is_some())
}

/// The outputs that a model lists: references in a list, in an object by name, or a single one.
fn named_outputs(outputs: NodeRef<'_>) -> Vec<(Option<NodeRef<'_>>, Tensor<'_>)> {
    if let Some(only) = tensor(outputs) {
        return vec![(None, only)];
    }
    if outputs.is_object() {
        return outputs
            .members()
            .filter_map(|(key, value)| Some((Some(key), tensor(value)?)))
            .collect();
    }
    outputs.items().filter_map(|item| Some((None, tensor(item)?))).collect()
}

/// Reads `["layer", call, output]`, with or without arguments behind.
fn tensor(node: NodeRef<'_>) -> Option<Tensor<'_>> {
    let mut items = node.items();
    Some(Tensor {
        layer: items.next()?.as_str()?,
        call: items.next()?.as_u64()? as usize,
        output: items.next()?.as_u64()? as usize,
    })
}

/// The tensors and the numbers that one call takes. Keras 3 writes `{"args": …, "kwargs": …}`, earlier ones a list of
/// references whose fourth item holds further arguments.
fn inputs_of_call<'t>(reader: &Reader<'_>, node: NodeRef<'t>) -> (Vec<Tensor<'t>>, Vec<(usize, VertexInput)>) {
    let mut found = (Vec::new(), Vec::new());
    if let Some(only) = tensor(node) {
        collect_keyword_inputs(reader, node, &mut found);
        found.0.insert(0, only);
        return found;
    }
    if node.is_object() {
        for (position, argument) in node.get("args").into_iter().flat_map(NodeRef::items).enumerate() {
            collect_keras_tensors(argument, &mut found.0);
            if let Some(value) = argument.as_f64() {
                let constant = VertexInput::Constant(value, reader.at(argument));
                found.1.push((position, constant));
            }
        }
        for (_, argument) in node.get("kwargs").into_iter().flat_map(NodeRef::members) {
            collect_keras_tensors(argument, &mut found.0);
        }
        return found;
    }
    for item in node.items() {
        if let Some(tensor) = tensor(item) {
            found.0.push(tensor);
            collect_keyword_inputs(reader, item, &mut found);
        }
    }
    found
}

/// Numbers and references among the keyword arguments of a Keras 2 call: `["dense", 0, 0, {"y": 1e-7}]`.
fn collect_keyword_inputs<'t>(
    reader: &Reader<'_>,
    reference: NodeRef<'t>,
    found: &mut (Vec<Tensor<'t>>, Vec<(usize, VertexInput)>),
) {
    let Some(arguments) = reference.items().nth(3) else {
        return;
    };
    for (_, value) in arguments.members() {
        if let Some(tensor) = tensor(value) {
            found.0.push(tensor);
        } else if let Some(number) = value.as_f64() {
            let constant = VertexInput::Constant(number, reader.at(value));
            found.1.push((usize::MAX, constant));
        }
    }
}

/// Every `__keras_tensor__` in an argument, lists and objects of them included.
fn collect_keras_tensors<'t>(argument: NodeRef<'t>, tensors: &mut Vec<Tensor<'t>>) {
    let own = std::iter::once(argument);
    for node in own.chain(argument.descendants()) {
        if node.get("class_name").and_then(NodeRef::as_str) == Some("__keras_tensor__")
            && let Some(history) = node.path(&["config", "keras_history"])
        {
            tensors.extend(tensor(history));
        }
    }
}
