//! A planned network with the meaning that the tables give its calls.

use std::sync::Arc;

use super::plan::{Plan, PlannedInput, PlannedVertex, What};
use crate::knowledge::{Arithmetic, OperationRow};
use crate::reading::Scope;
use crate::reading::graph::{Meaning, Network, NetworkOutput, Vertex, VertexId, VertexInput};
use crate::span::NodeId;
use crate::values::{Construction, Value, bare};

/// Functions that give the same values in another shape.
const RESHAPE: &[&str] = &[
    "view",
    "reshape",
    "flatten",
    "unflatten",
    "permute",
    "transpose",
    "movedim",
    "swapaxes",
    "view_as",
    "expand",
    "repeat",
    "expand_dims",
    "squeeze",
    "unsqueeze",
    "ravel",
    "float",
    "double",
    "half",
    "bfloat16",
    "type",
    "to",
    "cpu",
    "cuda",
    "clone",
    "copy",
    "contiguous",
];
/// Of those the ones that only add or take away axes of one.
const KEEP_UNITS: &[&str] = &[
    "squeeze",
    "unsqueeze",
    "expand_dims",
    "float",
    "double",
    "half",
    "bfloat16",
    "type",
    "to",
    "cpu",
    "cuda",
    "clone",
    "copy",
    "contiguous",
];

/// Makes a network of a plan. `said` gives the values that the plan's nodes say.
pub fn of<'t>(
    scope: &Scope<'_>,
    plan: &Plan,
    said: &dyn Fn(NodeId) -> Option<Value<'t>>,
) -> Option<(Network<'t>, NetworkOutput)> {
    let mut network = Network::default();
    let mut last = None;
    for planned in &plan.vertices {
        let mut vertex = vertex(scope, planned, said);
        let inputs = planned.inputs.iter().map(|input| match input {
            PlannedInput::Vertex(number) => VertexInput::Vertex(VertexId(*number)),
            PlannedInput::Constant(number, at) => VertexInput::Constant(*number, *at),
        });
        vertex.inputs = inputs.collect();
        last = Some(network.push(vertex));
    }
    let output = NetworkOutput {
        name: None,
        vertex: last?,
    };
    Some((network, output))
}

/// Layers and functions that are named of a way, at most: the last ones.
const LONGEST_WAY: usize = 8;

/// The layers and functions on the way to an output, the last ones; where several meet, on the way of the first.
pub fn way(network: &Network<'_>, output: &NetworkOutput) -> Vec<String> {
    let mut way = Vec::new();
    let mut next = Some(output.vertex);
    while let Some(id) = next {
        let vertex = network.vertex(id);
        if way.len() == LONGEST_WAY {
            way.push("…".to_owned());
            break;
        }
        if let Some(construction) = vertex.construction {
            // As it is written: of a method its own name, not the class that has it.
            let written = construction.named_by.as_str().unwrap_or(construction.name);
            way.push(bare(written).to_owned());
        }
        next = network.inputs_of(id).next();
    }
    way.reverse();
    way
}

fn vertex<'t>(scope: &Scope<'_>, planned: &PlannedVertex, said: &dyn Fn(NodeId) -> Option<Value<'t>>) -> Vertex<'t> {
    let at = planned.at;
    let made = |node: &NodeId| said(*node).and_then(Value::made);
    match &planned.what {
        What::Input => Vertex::input(None, at),
        What::Open => Vertex::unknown(at),
        What::Operator(operator) => Vertex {
            meaning: arithmetic(operator, planned.inputs.len()).map_or(Meaning::Unknown, |computes| {
                Meaning::Operation(Arc::new(OperationRow::that(computes)))
            }),
            ..Vertex::unknown(at)
        },
        What::Part => Vertex {
            meaning: Meaning::Operation(same()),
            // Which of the units are taken is not read.
            width_changes: true,
            ..Vertex::input(None, at)
        },
        What::Layer(node) => match made(node) {
            Some(construction) => {
                let meaning = Meaning::of_class(scope, construction.name);
                Vertex::of_layer(construction, construction.at(), meaning)
            }
            None => Vertex::unknown(at),
        },
        What::Function(name, node) => match made(node) {
            Some(construction) => function(scope, name, construction),
            None => Vertex::unknown(at),
        },
    }
}

fn arithmetic(operator: &str, operands: usize) -> Option<Arithmetic> {
    Some(match (operator, operands) {
        ("-", 1) => Arithmetic::Negative,
        ("+", 2) => Arithmetic::Add,
        ("-", 2) => Arithmetic::Subtract,
        ("*", 2) => Arithmetic::Multiply,
        ("/", 2) => Arithmetic::Divide,
        ("**", 2) => Arithmetic::Power,
        _ => return None,
    })
}

/// A function that is called on tensors: an activation, a change of shape, arithmetic.
fn function<'t>(scope: &Scope<'_>, name: &str, construction: Construction<'t>) -> Vertex<'t> {
    let at = construction.at();
    let bare = construction.bare_name();
    if RESHAPE.contains(&bare) {
        let mut vertex = Vertex::of_layer(construction, at, Meaning::Operation(same()));
        vertex.width_changes = !KEEP_UNITS.contains(&bare);
        return vertex;
    }
    let named = Construction {
        name: bare,
        ..construction
    };
    let meaning = match scope.layer(name).known() {
        Some(row) => Meaning::Layer(row),
        None => match scope.activation(name).known() {
            Some(row) => Meaning::Activation(row),
            None => match scope.operation(name).known() {
                Some(row) => Meaning::Operation(row),
                None => Meaning::Unknown,
            },
        },
    };
    Vertex::of_layer(named, at, meaning)
}

/// What gives the values that go in.
fn same() -> Arc<OperationRow> {
    Arc::new(OperationRow::that(Arithmetic::Same))
}
