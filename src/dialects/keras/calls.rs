//! Calls of Keras layers as a functional model lists them: what each takes, what it gives, and which wait for others.

use std::collections::HashMap;

use crate::reading::graph::{VertexId, VertexInput};
use crate::values::Value;

/// A reference to the output of one call of a layer.
pub(super) struct Tensor<'t> {
    pub layer: &'t str,
    pub call: usize,
    pub output: usize,
}

impl<'t> Tensor<'t> {
    /// The call that gives it.
    pub fn of(&self) -> CallId<'t> {
        (self.layer, self.call)
    }
}

/// What one layer call gives.
pub(super) enum Outputs {
    /// One vertex stands for all tensors: a recurrent layer's states count as its values.
    One(VertexId),
    /// A nested model's outputs, in its order.
    Each(Vec<VertexId>),
}

impl Outputs {
    pub fn get(&self, output: usize) -> Option<VertexId> {
        match self {
            Self::One(vertex) => Some(*vertex),
            Self::Each(vertices) => vertices.get(output).copied(),
        }
    }
}

/// A layer's name and the number of one of its calls.
pub(super) type CallId<'t> = (&'t str, usize);

/// The calls of one model's layers, which may be listed in any order.
pub(super) struct Calls<'t> {
    /// What the calls give that were read.
    pub made: HashMap<CallId<'t>, Outputs>,
    /// Calls that wait for another one.
    pub waiting: HashMap<CallId<'t>, Vec<PendingCall<'t>>>,
}

/// A call that is about to be made, and its inputs as far as they are there.
pub(super) struct PendingCall<'t> {
    pub layer: Value<'t>,
    pub id: CallId<'t>,
    pub tensors: Vec<Tensor<'t>>,
    pub constants: Vec<(usize, VertexInput)>,
    pub inputs: Vec<VertexId>,
}

/// What became of the inputs of a call.
pub(super) enum Inputs<'t> {
    /// All are there.
    Found,
    /// This call must be made first.
    WaitFor(CallId<'t>),
    /// One is an output that its layer does not have.
    Never,
}

impl<'t> PendingCall<'t> {
    pub fn without_inputs(layer: Value<'t>, id: CallId<'t>) -> Self {
        Self {
            layer,
            id,
            tensors: Vec::new(),
            constants: Vec::new(),
            inputs: Vec::new(),
        }
    }

    pub fn find_inputs(&mut self, made: &HashMap<CallId<'t>, Outputs>) -> Inputs<'t> {
        for tensor in &self.tensors[self.inputs.len()..] {
            let Some(outputs) = made.get(&tensor.of()) else {
                return Inputs::WaitFor(tensor.of());
            };
            match outputs.get(tensor.output) {
                Some(vertex) => self.inputs.push(vertex),
                None => return Inputs::Never,
            }
        }
        Inputs::Found
    }
}

/// The outputs that a model lists: references in a list, in an object by name, or a single one.
pub(super) fn named_outputs(outputs: Value<'_>) -> Vec<(Option<Value<'_>>, Tensor<'_>)> {
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
pub(super) fn tensor(node: Value<'_>) -> Option<Tensor<'_>> {
    let mut items = node.items();
    Some(Tensor {
        layer: items.next()?.as_str()?,
        call: items.next()?.as_u64()? as usize,
        output: items.next()?.as_u64()? as usize,
    })
}

/// The tensors and the numbers that one call takes. Keras 3 writes `{"args": …, "kwargs": …}`, earlier ones a list of
/// references whose fourth item holds further arguments.
pub(super) fn inputs_of_call<'t>(node: Value<'t>) -> (Vec<Tensor<'t>>, Vec<(usize, VertexInput)>) {
    let mut found = (Vec::new(), Vec::new());
    if let Some(only) = tensor(node) {
        collect_keyword_inputs(node, &mut found);
        found.0.insert(0, only);
        return found;
    }
    if node.is_object() {
        for (position, argument) in node.get("args").into_iter().flat_map(Value::items).enumerate() {
            collect_keras_tensors(argument, &mut found.0);
            if let Some(value) = argument.as_f64() {
                let constant = VertexInput::Constant(value, argument.at());
                found.1.push((position, constant));
            }
        }
        for (_, argument) in node.get("kwargs").into_iter().flat_map(Value::members) {
            collect_keras_tensors(argument, &mut found.0);
        }
        return found;
    }
    for item in node.items() {
        if let Some(tensor) = tensor(item) {
            found.0.push(tensor);
            collect_keyword_inputs(item, &mut found);
        }
    }
    found
}

/// Numbers and references among the keyword arguments of a Keras 2 call: `["dense", 0, 0, {"y": 1e-7}]`.
fn collect_keyword_inputs<'t>(construction: Value<'t>, found: &mut (Vec<Tensor<'t>>, Vec<(usize, VertexInput)>)) {
    let Some(arguments) = construction.items().nth(3) else {
        return;
    };
    for (_, value) in arguments.members() {
        if let Some(tensor) = tensor(value) {
            found.0.push(tensor);
        } else if let Some(number) = value.as_f64() {
            let constant = VertexInput::Constant(number, value.at());
            found.1.push((usize::MAX, constant));
        }
    }
}

/// Every `__keras_tensor__` in an argument, lists and objects of them included.
fn collect_keras_tensors<'t>(argument: Value<'t>, tensors: &mut Vec<Tensor<'t>>) {
    let own = std::iter::once(argument);
    for node in own.chain(argument.descendants()) {
        if node.get("class_name").and_then(Value::as_str) == Some("__keras_tensor__")
            && let Some(history) = node.path(&["config", "keras_history"])
        {
            tensors.extend(tensor(history));
        }
    }
}
