//! What may stand in the place of a head's activation: other words of an argument, other layers of the same library.

use super::super::graph::Vertex;
use super::Tracer;
use crate::diagnostic::Literal;
use crate::ir::{ActivationWords, Word};
use crate::knowledge::{ActivationArgument, ActivationRow, LayerRow, Produces};
use crate::values::Form;

/// Arguments that say nothing of what a layer computes: Keras writes them down for every layer.
const SAY_NOTHING: &[&str] = &["name", "trainable", "dtype"];

impl<'t> Tracer<'_, 't> {
    /// What an argument takes.
    pub(super) fn words(&self, row: &LayerRow, rule: &ActivationArgument, written: &str) -> Box<ActivationWords> {
        let scope = self.scope;
        let words = scope.knowledge.activation_words(scope.framework, row, rule, written);
        let word = |(gives, word): (Produces, Option<String>)| Word {
            gives,
            value: word.map_or(Literal::Null, Literal::Text),
            takes_axis: false,
        };
        Box::new(ActivationWords {
            words: words.into_iter().map(word).collect(),
            axis: None,
        })
    }

    /// The layers that may stand in place of one that is an activation: those of its library, unless it is given more than
    /// the axis, which another one does not take.
    pub(super) fn other_layers(&self, vertex: &Vertex<'t>, own: &ActivationRow) -> Box<ActivationWords> {
        let Some(construction) = vertex.construction else {
            return Box::default();
        };
        let says_more = |key: &str| !SAY_NOTHING.contains(&key) && own.axis.as_deref() != Some(key);
        let is_plain = construction.form != Form::Tagged && construction.arguments.positional.is_none();
        if !is_plain || construction.given().any(|(key, _)| says_more(key.text())) {
            return Box::default();
        }
        let rows = self.scope.knowledge.activations();
        let words = rows.filter(|row| row.library == own.library).filter_map(|row| {
            let class = behind_same_module(vertex.written(), row.layers.first()?);
            let scope = self.scope;
            let is_there = scope.knowledge.is_layer_of(scope.framework, &class, row);
            is_there.then_some(Word {
                gives: row.produces,
                value: Literal::Text(class),
                takes_axis: own.axis.is_some() && row.axis == own.axis,
            })
        });
        Box::new(ActivationWords {
            words: words.collect(),
            axis: own
                .axis
                .as_deref()
                .and_then(|axis| Some(construction.argument(axis)?.at())),
        })
    }
}

/// A class behind the module that another one stands behind.
fn behind_same_module(written: &str, class: &str) -> String {
    match written.rsplit_once('.') {
        Some((module, _)) => format!("{module}.{class}"),
        None => class.to_owned(),
    }
}
