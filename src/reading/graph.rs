//! A network as a flat graph of layers, whatever dialect wrote it. Tracing it back to its endings is `trace`'s affair.

use std::cell::Cell;
use std::sync::Arc;

use super::Scope;
use crate::knowledge::{ActivationRow, LayerRow, OperationRow};
use crate::span::{Location, Spanned};
use crate::values::Construction;

/// Names a vertex of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VertexId(pub usize);

/// Steps from layer to layer that all traces of one network may take together; those of real ones take some hundreds.
const MOST_STEPS: usize = 2_000_000;

/// Layers in an order in which inputs come first, and which of them are outputs.
#[derive(Debug, Default)]
pub struct Network<'t> {
    vertices: Vec<Vertex<'t>>,
    /// The outputs in their order.
    pub outputs: Vec<NetworkOutput>,
    /// Steps that traces have taken.
    steps: Cell<usize>,
}

/// One output of a network.
#[derive(Debug, Clone)]
pub struct NetworkOutput {
    /// Its name, when it has one.
    pub name: Option<Spanned<String>>,
    /// The layer call that gives it.
    pub vertex: VertexId,
}

/// One call of a layer.
#[derive(Debug)]
pub struct Vertex<'t> {
    /// The layer's class and arguments as written; `None` for what is not written as a layer.
    pub construction: Option<Construction<'t>>,
    /// Where to point at the layer: the text that names its class.
    pub at: Location,
    /// What the tables say of it.
    pub meaning: Meaning,
    /// What goes in.
    pub inputs: Vec<VertexInput>,
    /// Whether it stands in a plain sequence of layers, from which it can be taken out.
    pub in_sequence: bool,
    /// Whether the layer is applied to every step or pixel on its own.
    pub per_position: bool,
    /// Whether the width is not what the layer's argument says (two directions side by side).
    pub width_changes: bool,
}

impl<'t> Vertex<'t> {
    /// A vertex for a layer that stands in the file.
    pub fn of_layer(construction: Construction<'t>, at: Location, meaning: Meaning) -> Self {
        Self {
            construction: Some(construction),
            at,
            meaning,
            inputs: Vec::new(),
            in_sequence: false,
            per_position: false,
            width_changes: false,
        }
    }

    /// A vertex for what enters the network, written as a layer or not.
    pub fn input(construction: Option<Construction<'t>>, at: Location) -> Self {
        Self {
            construction,
            at,
            meaning: Meaning::Input,
            inputs: Vec::new(),
            in_sequence: false,
            per_position: false,
            width_changes: false,
        }
    }

    /// A vertex for what stands among layers and is not written as one.
    pub fn unknown(at: Location) -> Self {
        Self {
            meaning: Meaning::Unknown,
            ..Self::input(None, at)
        }
    }

    /// The layer's class as written.
    pub fn written(&self) -> &'t str {
        self.construction.map_or("input", |construction| construction.name)
    }
}

/// What the tables say of a layer.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// A layer.
    Layer(Arc<LayerRow>),
    /// An arithmetic operation.
    Operation(Arc<OperationRow>),
    /// A function used as a layer.
    Activation(Arc<ActivationRow>),
    /// What enters the network.
    Input,
    /// Nothing.
    Unknown,
}

impl Meaning {
    /// What the tables say of a class: that it is a layer, else a function used as one (`torch.sigmoid`).
    pub fn of_class(scope: &Scope<'_>, name: &str) -> Self {
        if let Some(row) = scope.layer(name).known() {
            return Self::Layer(row);
        }
        scope.activation(name).known().map_or(Self::Unknown, Self::Activation)
    }
}

/// What goes into a vertex.
#[derive(Debug, Clone, Copy)]
pub enum VertexInput {
    /// Another vertex's output.
    Vertex(VertexId),
    /// A number that is written down.
    Constant(f64, Location),
}

impl VertexInput {
    /// Whether it is another vertex's output.
    pub fn is_vertex(&self) -> bool {
        matches!(self, Self::Vertex(_))
    }
}

impl<'t> Network<'t> {
    /// Appends a vertex; its inputs must have been appended before.
    pub fn push(&mut self, vertex: Vertex<'t>) -> VertexId {
        self.vertices.push(vertex);
        VertexId(self.vertices.len() - 1)
    }

    /// The vertex of that name.
    pub fn vertex(&self, id: VertexId) -> &Vertex<'t> {
        &self.vertices[id.0]
    }

    /// The vertex of that name, to complete it.
    pub fn vertex_mut(&mut self, id: VertexId) -> &mut Vertex<'t> {
        &mut self.vertices[id.0]
    }

    /// Puts a wrapper around the vertices that were appended when there were `before` of them.
    pub fn wrap_since(&mut self, before: usize, wrapper: &LayerRow) {
        for vertex in &mut self.vertices[before..] {
            vertex.per_position |= wrapper.per_position;
            vertex.width_changes |= wrapper.changes_width;
        }
    }

    /// All vertices with their names, inputs first.
    pub fn vertices(&self) -> impl Iterator<Item = (VertexId, &Vertex<'t>)> {
        self.vertices
            .iter()
            .enumerate()
            .map(|(index, vertex)| (VertexId(index), vertex))
    }

    /// How many layer calls there are.
    pub fn len(&self) -> usize {
        self.vertices.len()
    }

    /// Whether there is no layer at all.
    pub fn is_empty(&self) -> bool {
        self.vertices.is_empty()
    }

    /// The vertices that go into a vertex, constants left out.
    pub fn inputs_of(&self, id: VertexId) -> impl Iterator<Item = VertexId> + '_ {
        self.vertices[id.0].inputs.iter().filter_map(|input| match input {
            VertexInput::Vertex(id) => Some(*id),
            VertexInput::Constant(..) => None,
        })
    }

    /// Counts one more step of a trace; false when there were enough. What is built to be followed for ever is not.
    pub fn may_step(&self) -> bool {
        let steps = self.steps.get();
        self.steps.set(steps + 1);
        steps < MOST_STEPS
    }

    /// For every vertex whether it lies on a way into one of the outputs, themselves left out.
    pub fn leading_to_outputs(&self) -> Vec<bool> {
        let mut leading = vec![false; self.vertices.len()];
        let mut stack: Vec<VertexId> = self.outputs.iter().map(|output| output.vertex).collect();
        while let Some(id) = stack.pop() {
            for input in self.inputs_of(id) {
                if !std::mem::replace(&mut leading[input.0], true) {
                    stack.push(input);
                }
            }
        }
        leading
    }
}
