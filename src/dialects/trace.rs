//! From an output back through layers that only pass values on, to the operation that really ends it.

use std::sync::Arc;

use super::Reader;
use super::graph::{Meaning, Network, Vertex, VertexId, VertexInput};
use super::losses;
use crate::ir::{ActivationForm, Ending, HeadActivation, Layer, NotChecked, Output, Unjudged};
use crate::knowledge::{ActivationRow, Arithmetic, Framework, Join, LayerRow, Passes, Produces};
use crate::span::Spanned;
use crate::syntax::NodeRef;

/// How deep joins (Add, Concatenate …) are followed into each other.
const DEEPEST_JOIN: usize = 32;

/// An output as it was found, and why it is unknown if it is.
#[derive(Debug, Clone)]
pub struct Traced {
    /// What comes out.
    pub output: Output,
    /// Why the ending is not known.
    pub unjudged: Option<NotChecked>,
}

/// Traces the output of a vertex back to what ends it.
pub fn trace(reader: &Reader<'_>, framework: &Framework, network: &Network<'_>, vertex: VertexId) -> Traced {
    let tracer = Tracer {
        reader,
        framework,
        network,
    };
    tracer.trace(vertex, 0)
}

struct Tracer<'n, 't> {
    reader: &'n Reader<'n>,
    framework: &'n Framework,
    network: &'n Network<'t>,
}

/// The width of the last axis, as far as the walk has come.
#[derive(Clone, Copy)]
enum Width {
    /// No layer yet has said or changed it.
    Open,
    /// A layer says it.
    Known(Spanned<u64>),
    /// A layer changes it in a way that is not read.
    Lost,
}

/// What the walk has met between the output and where it stands.
#[derive(Clone, Copy)]
struct Behind {
    width: Width,
    reshaped: bool,
    per_position: bool,
    drops_positions: bool,
}

/// What one vertex means for the walk.
enum Step {
    /// It ends the head.
    Ends(HeadActivation),
    /// Values go through: go on to its inputs.
    Through,
    /// Several branches of equal standing meet.
    Joins(Join),
    /// What comes out cannot be known.
    Unknown(Unjudged, String),
}

impl<'t> Tracer<'_, 't> {
    fn trace(&self, start: VertexId, depth: usize) -> Traced {
        let mut id = start;
        let mut behind = Behind {
            width: Width::Open,
            reshaped: false,
            per_position: false,
            drops_positions: false,
        };
        loop {
            let vertex = self.network.vertex(id);
            behind.pass(self.reader, vertex);
            match self.step(vertex) {
                Step::Ends(activation) => return self.ended(id, behind, activation),
                Step::Unknown(what, why) => return self.unknown(start, id, behind, what, why),
                Step::Joins(join) if depth < DEEPEST_JOIN => {
                    return self.joined(id, behind, join, depth);
                }
                Step::Joins(_) => {
                    let why = "too many layers are joined into each other".to_owned();
                    return self.unknown(start, id, behind, Unjudged::UnknownLayer, why);
                }
                Step::Through => {}
            }
            let mut inputs = self.network.inputs_of(id);
            match inputs.next() {
                Some(input) => id = input,
                None => {
                    let why = format!("nothing is known of what goes into `{}`", vertex.written());
                    return self.unknown(start, id, behind, Unjudged::UnknownLayer, why);
                }
            }
        }
    }

    /// What one vertex means for the walk.
    fn step(&self, vertex: &Vertex<'t>) -> Step {
        match &vertex.meaning {
            Meaning::Layer(row) => self.layer_step(vertex, row),
            Meaning::Activation(row) => self.activation_step(vertex, row.clone(), ActivationForm::Layer),
            Meaning::Operation(row) => self.operation_step(vertex, row.computes),
            Meaning::Input => Step::Unknown(Unjudged::UnknownLayer, "the output is the model's input".to_owned()),
            Meaning::Unknown => Step::Unknown(
                Unjudged::UnknownLayer,
                format!("`{}` is not a layer that the tables know", vertex.written()),
            ),
        }
    }

    fn layer_step(&self, vertex: &Vertex<'t>, row: &Arc<LayerRow>) -> Step {
        if let Some(function) = &row.is_activation {
            return match self
                .reader
                .knowledge
                .activation_of(self.framework, row, function)
                .known()
            {
                Some(activation) => self.activation_step(vertex, activation, ActivationForm::Layer),
                None => Step::Unknown(
                    Unjudged::UnknownActivation,
                    format!("`{}` is an activation of unknown range", vertex.written()),
                ),
            };
        }
        if let Some(argument) = &row.activation {
            return self.argument_step(vertex, row, &argument.argument, &argument.default);
        }
        if let Some(function) = &row.fixed_activation {
            return match self
                .reader
                .knowledge
                .activation_of(self.framework, row, function)
                .known()
            {
                Some(activation) => {
                    let form = ActivationForm::Default { argument: None };
                    Step::Ends(self.head_activation(vertex, activation, form, None))
                }
                None => Step::Unknown(Unjudged::UnknownActivation, String::new()),
            };
        }
        self.plain_step(vertex, row)
    }

    /// A layer that names an activation in an argument.
    fn argument_step(&self, vertex: &Vertex<'t>, row: &LayerRow, name: &str, default: &str) -> Step {
        let given = vertex.reference.and_then(|reference| reference.argument(name));
        let activation = match given {
            Some(node) => losses::activation(self.reader, self.framework, row, node),
            None => self
                .reader
                .knowledge
                .activation_of(self.framework, row, default)
                .known(),
        };
        let Some(activation) = activation else {
            let written = given.map_or(default, NodeRef::raw);
            return Step::Unknown(
                Unjudged::UnknownActivation,
                format!("`{written}` is not an activation that the tables know"),
            );
        };
        let only_passes = row.passes != Passes::No;
        if only_passes && activation.produces == Produces::Identity {
            return Step::Through;
        }
        let form = match given {
            Some(_) if only_passes => ActivationForm::Layer,
            Some(_) => ActivationForm::Argument(name.to_owned()),
            None => ActivationForm::Default {
                argument: Some(name.to_owned()),
            },
        };
        Step::Ends(self.head_activation(vertex, activation, form, given))
    }

    /// A layer without any activation.
    fn plain_step(&self, vertex: &Vertex<'t>, row: &LayerRow) -> Step {
        match row.passes {
            Passes::Yes | Passes::Subset | Passes::Convex => match row.joins {
                Some(join) if self.network.vertex_inputs(vertex) > 1 => Step::Joins(join),
                _ => Step::Through,
            },
            Passes::No if row.units.is_some() => match self.reader.identity(self.framework) {
                Some(identity) => {
                    Step::Ends(self.head_activation(vertex, identity, ActivationForm::Default { argument: None }, None))
                }
                None => Step::Unknown(Unjudged::UnknownActivation, String::new()),
            },
            Passes::No if row.joins == Some(Join::Elementwise) => Step::Joins(Join::Elementwise),
            Passes::No | Passes::Inner | Passes::Unknown => Step::Unknown(
                Unjudged::UnknownLayer,
                format!("the values that `{}` gives cannot be known", vertex.written()),
            ),
        }
    }

    fn operation_step(&self, vertex: &Vertex<'t>, computes: Arithmetic) -> Step {
        let produces = match computes {
            Arithmetic::Same => return Step::Through,
            Arithmetic::Sigmoid => Produces::Probabilities,
            Arithmetic::Softmax => Produces::Distribution,
            Arithmetic::LogSoftmax => Produces::LogDistribution,
            _ => {
                return Step::Unknown(
                    Unjudged::UnknownLayer,
                    format!("the model ends in arithmetic (`{}`)", vertex.written()),
                );
            }
        };
        match self.reader.knowledge.activation_for(self.framework, produces) {
            Some(row) => self.activation_step(vertex, row.clone(), ActivationForm::Layer),
            None => Step::Unknown(Unjudged::UnknownActivation, String::new()),
        }
    }

    fn activation_step(&self, vertex: &Vertex<'t>, row: Arc<ActivationRow>, form: ActivationForm) -> Step {
        if row.produces == Produces::Identity {
            return Step::Through;
        }
        Step::Ends(self.head_activation(vertex, row, form, None))
    }

    fn head_activation(
        &self,
        vertex: &Vertex<'t>,
        row: Arc<ActivationRow>,
        form: ActivationForm,
        said: Option<NodeRef<'t>>,
    ) -> HeadActivation {
        let written = said
            .and_then(super::reference::Reference::read)
            .map(|reference| reference.bare_name())
            .unwrap_or_else(|| match form {
                ActivationForm::Layer => super::reference::bare(vertex.written()),
                _ => row.name.as_str(),
            });
        HeadActivation {
            written: written.to_owned(),
            at: said.map_or(vertex.at, |node| self.reader.at(node)),
            over_units: over_units(vertex, &row),
            layer: Layer {
                written: vertex.written().to_owned(),
                at: vertex.at,
            },
            form,
            row,
        }
    }

    /// The walk has found the activation that ends the head; the width may be said further back.
    fn ended(&self, id: VertexId, mut behind: Behind, mut activation: HeadActivation) -> Traced {
        let scores = self.scores(id, &mut behind);
        if let Some(scores) = scores {
            activation.layer = Layer {
                written: scores.written().to_owned(),
                at: scores.at,
            };
        }
        let has_positions = scores.is_some_and(|vertex| match &vertex.meaning {
            Meaning::Layer(row) => row.positions,
            _ => false,
        });
        Traced {
            output: Output {
                units: behind.units(),
                ending: Ending::Known(activation),
                reshaped: behind.reshaped,
                positions: behind.per_position || (has_positions && !behind.drops_positions),
                mirrors_input: false,
                precision: None,
            },
            unjudged: None,
        }
    }

    /// The layer that computes what the activation works on: the first one back that has a width of its own. What lies
    /// between does not count as behind the activation, but for the width.
    fn scores(&self, id: VertexId, behind: &mut Behind) -> Option<&Vertex<'t>> {
        let mut id = id;
        let mut before = Behind {
            reshaped: false,
            ..*behind
        };
        loop {
            let vertex = self.network.vertex(id);
            if let Meaning::Layer(row) = &vertex.meaning
                && row.units.is_some()
                && !row.reshapes
            {
                behind.width = before.width;
                behind.per_position |= before.per_position;
                behind.drops_positions |= before.drops_positions;
                return Some(vertex);
            }
            let mut inputs = self.network.inputs_of(id);
            match (inputs.next(), inputs.next()) {
                (Some(only), None) => id = only,
                _ => {
                    behind.width = before.width;
                    return None;
                }
            }
            before.pass(self.reader, self.network.vertex(id));
        }
    }

    fn unknown(&self, start: VertexId, id: VertexId, behind: Behind, what: Unjudged, why: String) -> Traced {
        let at = match self.network.vertex(id).meaning {
            Meaning::Input => self.network.vertex(start).at,
            _ => self.network.vertex(id).at,
        };
        Traced {
            output: Output {
                units: behind.units(),
                ending: Ending::Unknown,
                reshaped: behind.reshaped,
                positions: behind.per_position,
                mirrors_input: false,
                precision: None,
            },
            unjudged: Some(NotChecked { what, at, why }),
        }
    }

    /// Branches that all end alike end as one; otherwise the values are unknown.
    fn joined(&self, id: VertexId, behind: Behind, join: Join, depth: usize) -> Traced {
        let branches: Vec<Traced> = self
            .network
            .inputs_of(id)
            .map(|input| self.trace(input, depth + 1))
            .collect();
        let vertex = self.network.vertex(id);
        let passes = match &vertex.meaning {
            Meaning::Layer(row) => row.passes,
            _ => Passes::Unknown,
        };
        let Some(activation) = common_ending(&branches, passes) else {
            let why = format!("`{}` joins branches that end differently", vertex.written());
            return self.unknown(id, id, behind, Unjudged::UnknownLayer, why);
        };
        let units = match behind.width {
            Width::Known(units) => Some(units),
            Width::Lost => None,
            Width::Open => joined_width(&branches, join),
        };
        Traced {
            output: Output {
                units,
                ending: Ending::Known(activation),
                reshaped: true,
                positions: branches.iter().any(|branch| branch.output.positions),
                mirrors_input: false,
                precision: None,
            },
            unjudged: None,
        }
    }
}

/// The activation that all branches end in. A sum or a product keeps only the absence of one; joined distributions no
/// longer add up to 1 and are not known as anything.
fn common_ending(branches: &[Traced], passes: Passes) -> Option<HeadActivation> {
    let endings: Vec<&HeadActivation> = branches
        .iter()
        .map(|branch| match &branch.output.ending {
            Ending::Known(activation) => Some(activation),
            Ending::Unknown => None,
        })
        .collect::<Option<_>>()?;
    let first = *endings.first()?;
    let alike = endings
        .iter()
        .all(|activation| activation.produces() == first.produces());
    let survives = match first.produces() {
        Produces::Identity => true,
        Produces::Distribution | Produces::LogDistribution => passes == Passes::Convex,
        _ => passes != Passes::No,
    };
    (alike && survives).then(|| first.clone())
}

fn joined_width(branches: &[Traced], join: Join) -> Option<Spanned<u64>> {
    let mut widths = branches.iter().map(|branch| branch.output.units);
    let first = widths.next()??;
    widths.try_fold(first, |sum, width| {
        let width = width?;
        Some(match join {
            Join::Concatenate => Spanned::new(sum.value.checked_add(width.value)?, width.at),
            Join::Elementwise => Spanned::new(sum.value.max(width.value), sum.at),
        })
    })
}

impl Behind {
    /// Takes note of a vertex that the walk goes through or ends at.
    fn pass(&mut self, reader: &Reader<'_>, vertex: &Vertex<'_>) {
        self.per_position |= vertex.per_position;
        if let Meaning::Layer(row) = &vertex.meaning {
            self.reshaped |= row.reshapes;
            self.drops_positions |= row.drops_positions;
        }
        if matches!(self.width, Width::Open) {
            self.width = width_of(reader, vertex);
        }
    }

    fn units(self) -> Option<Spanned<u64>> {
        match self.width {
            Width::Known(units) => Some(units),
            Width::Open | Width::Lost => None,
        }
    }
}

/// What a vertex says of the width.
fn width_of(reader: &Reader<'_>, vertex: &Vertex<'_>) -> Width {
    if let Some(width) = vertex.width {
        return Width::Known(width);
    }
    match &vertex.meaning {
        Meaning::Layer(row) => match row_width(reader, vertex, row) {
            Some(_) if vertex.width_changes => Width::Lost,
            Some(width) => Width::Known(width),
            None if row.keeps_width() => Width::Open,
            None => Width::Lost,
        },
        Meaning::Operation(row) if row.computes == Arithmetic::Same => Width::Open,
        Meaning::Activation(_) => Width::Open,
        Meaning::Operation(_) | Meaning::Input | Meaning::Unknown => Width::Lost,
    }
}

/// The width that a layer's own argument gives.
fn row_width(reader: &Reader<'_>, vertex: &Vertex<'_>, row: &LayerRow) -> Option<Spanned<u64>> {
    let reference = vertex.reference?;
    let named = row.units.iter().chain(&row.legacy_units);
    let node = named.filter_map(|name| reference.argument(name)).next()?;
    let node = if row.units_last { node.items().last()? } else { node };
    Some(Spanned::new(node.as_u64()?, reader.at(node)))
}

/// Whether an activation works over the units: elementwise ones always do, distributions by their axis.
fn over_units(vertex: &Vertex<'_>, row: &ActivationRow) -> bool {
    let Some(axis) = &row.axis else {
        return true;
    };
    let given = vertex
        .reference
        .and_then(|reference| reference.argument(axis))
        .filter(|node| !node.is_null())
        .and_then(NodeRef::as_f64);
    match given {
        Some(given) => row.unit_axes.contains(&given),
        None => true,
    }
}

impl Network<'_> {
    /// How many inputs of a vertex are other vertices.
    fn vertex_inputs(&self, vertex: &Vertex<'_>) -> usize {
        vertex
            .inputs
            .iter()
            .filter(|input| matches!(input, VertexInput::Vertex(_)))
            .count()
    }
}
