//! What one layer means for a trace: an ending, a passage, a junction, or the unknown.

use crate::reading::arguments::{ByRow, room};
use std::sync::Arc;

use super::super::graph::{Meaning, Vertex};
use super::super::names::{self, Named};
use super::Tracer;
use crate::ir::{Accepted, ActivationForm, HeadActivation, Layer, Unjudged};
use crate::knowledge::{
    ActivationArgument, ActivationRow, ActivationSwitch, Arithmetic, Ends, Join, LayerRow, Passes, Produces,
};
use crate::span::Location;
use crate::values::{Construction, Given, Origin, Value, bare};

/// What one vertex means for the walk.
pub(super) enum Step {
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
    /// What one vertex means for the walk.
    pub(super) fn step(&self, vertex: &Vertex<'t>) -> Step {
        match &vertex.meaning {
            Meaning::Layer(row) => self.layer(vertex, row),
            Meaning::Activation(row) => self.activation_layer(vertex, Some(row.clone())),
            Meaning::Operation(row) => self.operation(vertex, row.computes),
            Meaning::Input => unknown_layer("the output is the model's input".to_owned()),
            Meaning::Unknown
                if vertex
                    .construction
                    .is_some_and(|construction| construction.origin == Origin::Registered) =>
            {
                unknown_layer(format!("`{}` is a class of the project's own", vertex.written()))
            }
            Meaning::Unknown if vertex.construction.is_none() => {
                unknown_layer("what stands here is not written as a layer".to_owned())
            }
            Meaning::Unknown => self.unknown_class(vertex.written()),
        }
    }

    fn unknown_activation(&self, written: &str) -> Step {
        let why = match self.scope.knowledge.nearest_activation(self.scope.framework, written) {
            Some(near) => format!("`{written}` is not known; was `{near}` meant?"),
            None => format!("`{written}` is not an activation that the tables know"),
        };
        Step::Unknown(Unjudged::UnknownActivation, why)
    }

    fn unknown_class(&self, written: &str) -> Step {
        unknown_layer(
            match self.scope.knowledge.nearest_layer(self.scope.framework, written) {
                Some(near) => format!("`{written}` is not known; was `{near}` meant?"),
                None => format!("`{written}` is not a layer that the tables know"),
            },
        )
    }

    fn layer(&self, vertex: &Vertex<'t>, row: &LayerRow) -> Step {
        if let Some(needed) = &row.only_with {
            let given = given_for(vertex, row, &needed.argument).value();
            let word = given.and_then(Value::as_str);
            if !word.is_some_and(|word| needed.one_of.iter().any(|own| own == word)) {
                return unknown_layer(format!(
                    "what `{}` builds stands in code, not in this file",
                    vertex.written()
                ));
            }
        }
        match row.ends() {
            Ends::Is(function) => self.activation_layer(vertex, self.activation_row(row, function)),
            Ends::Switch(switch) => self.with_switch(vertex, row, switch),
            Ends::Argument(argument) => self.with_argument(vertex, row, argument),
            Ends::Fixed(function) => match self.activation_row(row, function) {
                Some(activation) => Step::Ends(self.by_default(vertex, activation, None)),
                None => self.unknown_activation(function),
            },
            Ends::Plain => self.plain(vertex, row),
        }
    }

    fn activation_row(&self, layer: &LayerRow, name: &str) -> Option<Arc<ActivationRow>> {
        self.scope
            .knowledge
            .activation_of(self.scope.framework, layer, name)
            .known()
    }

    /// A layer that names an activation in an argument.
    fn with_argument(&self, vertex: &Vertex<'t>, row: &LayerRow, rule: &ActivationArgument) -> Step {
        let (argument, default) = (rule.argument.as_str(), rule.default.as_str());
        let only_passes = row.passes != Passes::No;
        let node = match given_for(vertex, row, argument) {
            Given::Is(node) => node,
            Given::Unreadable(_) => return unread_arguments(vertex),
            Given::Absent => {
                return match self.activation_row(row, default) {
                    Some(activation) if only_passes && activation.produces == Produces::Identity => Step::Through,
                    Some(activation) => Step::Ends(HeadActivation {
                        vocabulary: self.words(row, rule, ""),
                        ..self.by_default(vertex, activation, Some(argument.to_owned()))
                    }),
                    None => self.unknown_activation(default),
                };
            }
        };
        let Some(named) = names::activation(self.scope, row, node) else {
            // An object is named by its class or function: all of it would fill the line.
            let written = node.made().map_or(node.raw(), |construction| construction.name);
            return self.unknown_activation(written);
        };
        if only_passes && named.row.produces == Produces::Identity {
            return Step::Through;
        }
        if row.gated && matches!(named.row.produces, Produces::Distribution | Produces::LogDistribution) {
            return Step::Unknown(
                Unjudged::UnknownActivation,
                format!(
                    "the gates of `{}` scale what `{}` gives",
                    vertex.written(),
                    named.row.name
                ),
            );
        }
        let form = if only_passes {
            ActivationForm::OwnLayer(argument.to_owned())
        } else {
            ActivationForm::Argument(argument.to_owned())
        };
        let said = self.as_said(vertex, named, form, node);
        let vocabulary = self.words(row, rule, &said.written);
        Step::Ends(HeadActivation { vocabulary, ..said })
    }

    /// A layer that chooses its activation by a truth value.
    fn with_switch(&self, vertex: &Vertex<'t>, row: &LayerRow, switch: &ActivationSwitch) -> Step {
        let given = given_for(vertex, row, &switch.argument);
        if matches!(given, Given::Unreadable(_)) {
            return unread_arguments(vertex);
        }
        let given = given.value();
        let value = match given {
            Some(node) => node.as_bool(),
            None => Some(switch.default),
        };
        let Some(value) = value else {
            return self.unknown_activation(given.map_or("", Value::raw));
        };
        match self.activation_row(row, switch.chosen(value)) {
            Some(activation) if row.passes != Passes::No && activation.produces == Produces::Identity => Step::Through,
            Some(activation) => {
                let form = match self.activation_row(row, switch.chosen(!value)) {
                    Some(other) => ActivationForm::Switch {
                        argument: switch.argument.clone(),
                        other: !value,
                        gives: other.produces,
                    },
                    None => ActivationForm::Default { argument: None },
                };
                Step::Ends(HeadActivation {
                    at: given.map_or(vertex.at, |node| node.at()),
                    ..self.by_default(vertex, activation, None).in_form(form)
                })
            }
            None => self.unknown_activation(switch.chosen(value)),
        }
    }

    /// A layer without any activation.
    fn plain(&self, vertex: &Vertex<'t>, row: &LayerRow) -> Step {
        let branches = vertex.inputs.iter().filter(|input| input.is_vertex()).count();
        match row.passes {
            Passes::Yes | Passes::Subset | Passes::Convex => match row.joins {
                Some(join) if branches > 1 => Step::Joins(join),
                _ => Step::Through,
            },
            Passes::No if row.units.is_some() => match self.scope.identity() {
                Some(identity) => Step::Ends(self.by_default(vertex, identity, None)),
                None => self.unknown_activation("none"),
            },
            Passes::No if row.joins == Some(Join::Elementwise) => Step::Joins(Join::Elementwise),
            Passes::No | Passes::Inner | Passes::Unknown => {
                unknown_layer(format!("the values that `{}` gives cannot be known", vertex.written()))
            }
        }
    }

    fn operation(&self, vertex: &Vertex<'t>, computes: Arithmetic) -> Step {
        let produces = match computes {
            Arithmetic::Same => return Step::Through,
            Arithmetic::Sigmoid => Produces::Probabilities,
            Arithmetic::Softmax => Produces::Distribution,
            Arithmetic::LogSoftmax => Produces::LogDistribution,
            _ => return unknown_layer(format!("the model ends in arithmetic (`{}`)", vertex.written())),
        };
        let row = self.scope.activation_for(produces);
        self.activation_layer(vertex, row)
    }

    /// A layer that is an activation and nothing else.
    fn activation_layer(&self, vertex: &Vertex<'t>, row: Option<Arc<ActivationRow>>) -> Step {
        match row {
            None => self.unknown_activation(vertex.written()),
            Some(row) if row.produces == Produces::Identity => Step::Through,
            Some(row) => Step::Ends(HeadActivation {
                written: bare(vertex.written()).to_owned(),
                over_units: over_units(vertex.construction, &row),
                over_batch: over_batch(vertex.construction, &row).map(Box::new),
                vocabulary: self.other_layers(vertex, &row),
                removable: vertex
                    .construction
                    .filter(|_| vertex.in_sequence)
                    .map(|construction| construction.whole.at()),
                ..self.by_default(vertex, row, None).in_form(ActivationForm::Layer)
            }),
        }
    }

    /// A layer as reports name it.
    pub(super) fn named(&self, vertex: &Vertex<'t>) -> Layer {
        Layer {
            written: vertex.written().to_owned(),
            at: vertex.at,
            arguments: vertex.construction.as_ref().and_then(room),
        }
    }

    /// An activation that nobody wrote.
    fn by_default(&self, vertex: &Vertex<'t>, row: Arc<ActivationRow>, argument: Option<String>) -> HeadActivation {
        HeadActivation {
            written: row.name.clone(),
            accepted: Accepted::Yes,
            at: vertex.at,
            over_units: true,
            over_batch: None,
            layer: self.named(vertex),
            removable: None,
            form: ActivationForm::Default { argument },
            vocabulary: Box::default(),
            works_on_scores: true,
            row,
        }
    }

    /// An activation that an argument says: a name, or an object that may say the axis too.
    fn as_said(
        &self,
        vertex: &Vertex<'t>,
        named: Named<ActivationRow>,
        form: ActivationForm,
        node: Value<'t>,
    ) -> HeadActivation {
        let construction = node.made();
        HeadActivation {
            written: construction
                .map_or(named.row.name.as_str(), |r| r.bare_name())
                .to_owned(),
            accepted: named.accepted,
            at: node.at(),
            over_units: over_units(construction, &named.row),
            over_batch: over_batch(construction, &named.row).map(Box::new),
            ..self.by_default(vertex, named.row, None).in_form(form)
        }
    }
}

/// Whether an activation works over the units: elementwise ones always do, distributions by their axis.
fn over_units(construction: Option<Construction<'_>>, row: &ActivationRow) -> bool {
    let given = row
        .axis
        .as_deref()
        .and_then(|axis| Some(construction?.given_for(row, axis)));
    match given {
        None | Some(Given::Absent) => true,
        Some(Given::Is(axis)) if axis.is_null() => true,
        // Several axes at once, or a name, are not the units alone.
        Some(Given::Is(axis) | Given::Unreadable(axis)) => {
            axis.as_f64().is_some_and(|axis| row.unit_axes.contains(&axis))
        }
    }
}

/// The argument that lets a distribution be one over the samples of a batch.
fn over_batch(construction: Option<Construction<'_>>, row: &ActivationRow) -> Option<Location> {
    let Given::Is(axis) = construction?.given_for(row, row.axis.as_deref()?) else {
        return None;
    };
    let is_batch = row.batch_axes.contains(&axis.as_f64()?);
    is_batch.then(|| axis.at())
}

/// What is given for an argument of a layer.
fn given_for<'t>(vertex: &Vertex<'t>, row: &LayerRow, argument: &str) -> Given<'t> {
    let construction = vertex.construction.as_ref();
    construction.map_or(Given::Absent, |construction| construction.given_for(row, argument))
}

fn unread_arguments(vertex: &Vertex<'_>) -> Step {
    Step::Unknown(
        Unjudged::UnknownActivation,
        format!("the arguments of `{}` cannot be told apart", vertex.written()),
    )
}

fn unknown_layer(why: String) -> Step {
    Step::Unknown(Unjudged::UnknownLayer, why)
}
