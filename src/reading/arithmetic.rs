//! Logarithms among a network's operations → computations that a lint can bound.

use std::collections::HashMap;

use super::graph::{Meaning, Network, Vertex, VertexId, VertexInput};
use super::trace;
use super::{Reader, Scope};
use crate::ir::{Computation, Computes, Ending, TermId};
use crate::knowledge::{Arithmetic, OperationRow, Precision, Range};
use crate::span::{Location, Spanned};
use crate::values::Value;

/// Operations that one computation may have; a longer one is cut, and its far end unknown.
const MOST_TERMS: usize = 256;
/// Logarithms of one model that are looked at.
const MOST_LOGARITHMS: usize = 1_000;

/// One computation for every logarithm in the graph, with all that goes into it.
pub fn logarithms(scope: &Scope<'_>, network: &Network<'_>) -> Vec<Computation> {
    network
        .vertices()
        .filter(|(_, vertex)| is_logarithm(vertex))
        .take(MOST_LOGARITHMS)
        .map(|(id, _)| {
            let mut lowering = Lowering {
                scope,
                network,
                computation: Computation::default(),
                done: HashMap::new(),
            };
            lowering.vertex(id, 0);
            lowering.computation.precision = precision(scope, network, id).map(|precision| precision.value);
            lowering.computation
        })
        .collect()
}

/// The number format of an output layer: a name, or a policy object with a name.
pub fn precision(reader: &Reader<'_>, network: &Network<'_>, id: VertexId) -> Option<Spanned<Precision>> {
    let vertex = network.vertex(id);
    if matches!(vertex.meaning, Meaning::Input) {
        return None;
    }
    let dtype = vertex.construction?.argument("dtype")?;
    let name = dtype.path(&["config", "name"]).unwrap_or(dtype);
    reader.spanned(Some(name), super::word)
}

fn is_logarithm(vertex: &Vertex<'_>) -> bool {
    matches!(&vertex.meaning, Meaning::Operation(row) if row.computes == Arithmetic::Log)
}

struct Lowering<'n, 't> {
    scope: &'n Scope<'n>,
    network: &'n Network<'t>,
    computation: Computation,
    done: HashMap<VertexId, TermId>,
}

impl<'t> Lowering<'_, 't> {
    /// Adds a vertex with all that goes into it. Layers are not followed: only the range of their values counts.
    fn vertex(&mut self, id: VertexId, depth: usize) -> TermId {
        if let Some(term) = self.done.get(&id) {
            return *term;
        }
        let vertex = self.network.vertex(id);
        let term = match &vertex.meaning {
            Meaning::Operation(row) if depth < MOST_TERMS && !self.is_full(vertex) => {
                self.operation(vertex, row.computes, row, depth)
            }
            _ => self.values(id, vertex.at),
        };
        self.done.insert(id, term);
        term
    }

    /// Whether the computation has no room for a vertex and what goes into it.
    fn is_full(&self, vertex: &Vertex<'t>) -> bool {
        self.computation.len() + vertex.inputs.len() >= MOST_TERMS
    }

    fn operation(&mut self, vertex: &Vertex<'t>, computes: Arithmetic, row: &OperationRow, depth: usize) -> TermId {
        let mut inputs = Vec::new();
        for input in &vertex.inputs {
            inputs.push(match input {
                VertexInput::Vertex(id) => self.vertex(*id, depth + 1),
                VertexInput::Constant(value, at) => self.constant(*value, *at),
            });
        }
        for name in row.arguments.iter().skip(inputs.len()) {
            let argument = vertex.construction.and_then(|construction| construction.argument(name));
            inputs.push(self.argument(argument, vertex.at));
        }
        self.computation.push(Computes::Operation(computes), inputs, vertex.at)
    }

    /// An operation's argument that stands in its config.
    fn argument(&mut self, argument: Option<Value<'t>>, at: Location) -> TermId {
        let Some(node) = argument.filter(|node| !node.is_null()) else {
            return self.computation.push(Computes::Absent, Vec::new(), at);
        };
        match node.as_f64() {
            Some(value) => self.constant(value, node.at()),
            None => self.computation.push(Computes::Unknown, Vec::new(), at),
        }
    }

    fn constant(&mut self, value: f64, at: Location) -> TermId {
        self.computation.push(Computes::Constant(value), Vec::new(), at)
    }

    /// What a layer gives: the range of the activation that it ends in.
    fn values(&mut self, id: VertexId, at: Location) -> TermId {
        let traced = trace::trace(self.scope, self.network, id);
        let computes = match traced.output.ending {
            Ending::Known(activation) if activation.is_identity() => Computes::Values(Range::REAL),
            Ending::Known(activation) => {
                let at = activation.at;
                let range = activation.range();
                return self.computation.push(Computes::Values(range), Vec::new(), at);
            }
            Ending::Unknown => Computes::Unknown,
        };
        self.computation.push(computes, Vec::new(), at)
    }
}
