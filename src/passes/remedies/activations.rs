//! What to do about the end of a head: other activations, none, another width, in the file's own words.

use super::Step;
use crate::diagnostic::{Change, Literal};
use crate::ir::{ActivationForm, Head, HeadActivation, Part, Word};
use crate::knowledge::{LabelFormat, Produces, TaskKind};
use crate::passes::Context;
use crate::span::Spanned;

impl Context<'_> {
    /// How to make a head give raw scores. Metrics that read probabilities have to follow, which only a person can do.
    pub fn remove_activation(&self, head: &Head, activation: &HeadActivation) -> Step {
        self.on_logits(head, self.take_out(activation))
    }

    /// A step after which a head gives raw scores: metrics that read probabilities have to follow.
    pub fn on_logits(&self, head: &Head, step: Step) -> Step {
        match head.metrics.iter().find(|metric| metric.reads_probabilities()) {
            Some(metric) => step.with_more(
                &format!(" (then \"{}\" has to read logits too)", metric.written.value),
                None,
            ),
            None => step,
        }
    }

    /// How to do without an activation: `set "activation" to "linear"`, `remove the layer "Softmax"`.
    pub fn take_out(&self, activation: &HeadActivation) -> Step {
        let step = self.without(activation);
        match activation.works_on_scores {
            true => step,
            // What comes out then is code, or another activation's.
            false => step.in_words(),
        }
    }

    fn without(&self, activation: &HeadActivation) -> Step {
        match &activation.form {
            ActivationForm::Argument(argument) | ActivationForm::OwnLayer(argument) => {
                self.set_activation(activation, argument, Produces::Identity)
            }
            ActivationForm::Layer => Step::with(
                format!("remove the layer \"{}\"", activation.written),
                activation.removable.map(|at| Change::Remove { at }),
            ),
            ActivationForm::Default {
                argument: Some(argument),
            } => self.add_argument(activation, argument, Produces::Identity),
            ActivationForm::Switch { argument, other, gives } if *gives == Produces::Identity => {
                turn_activation(activation, argument, *other)
            }
            ActivationForm::Default { argument: None } | ActivationForm::Switch { .. } => {
                Step::words(format!("end the model without \"{}\"", activation.written))
            }
        }
    }

    /// How to make a head end in an activation: `set "activation" to "softmax"`, `add a "Sigmoid" layer at the end`.
    pub fn use_activation(&self, head: &Head, produces: Produces) -> Step {
        let at_the_end = || Step::words(format!("add a \"{}\" layer at the end", self.layer_name(produces)));
        let Some(activation) = head.activation() else {
            return at_the_end();
        };
        match &activation.form {
            ActivationForm::Argument(argument) | ActivationForm::OwnLayer(argument) => {
                self.set_activation(activation, argument, produces)
            }
            ActivationForm::Default {
                argument: Some(argument),
            } => self.add_argument(activation, argument, produces),
            ActivationForm::Layer => self.replace_layer(activation, produces),
            ActivationForm::Switch { argument, other, gives } if *gives == produces => {
                turn_activation(activation, argument, *other)
            }
            ActivationForm::Default { argument: None } | ActivationForm::Switch { .. } => at_the_end(),
        }
    }

    fn set_activation(&self, activation: &HeadActivation, argument: &str, produces: Produces) -> Step {
        let word = word_for(activation, produces);
        let change = word.map(|word| Change::Replace {
            at: activation.at,
            with: word.value.clone(),
        });
        Step::with(self.setting(argument, produces, word), change)
    }

    fn add_argument(&self, activation: &HeadActivation, argument: &str, produces: Produces) -> Step {
        let word = word_for(activation, produces);
        // An argument of an argument needs the object that it stands in.
        let room = activation.layer.arguments.as_ref().filter(|_| !argument.contains('.'));
        let change = room
            .zip(word)
            .map(|(room, word)| room.give(argument, word.value.clone()));
        Step::with(self.setting(argument, produces, word), change)
    }

    /// "set an argument to this", where the place has a word for it.
    fn setting(&self, argument: &str, produces: Produces, word: Option<&Word>) -> String {
        match word.map(|word| &word.value) {
            Some(Literal::Text(name)) => format!("set \"{argument}\" to \"{name}\""),
            Some(_) => format!("set \"{argument}\" to null"),
            None => format!(
                "end the model in \"{}\", for which \"{argument}\" has no word",
                self.layer_name(produces)
            ),
        }
    }

    /// Another layer of the same library in the place of one that is an activation.
    fn replace_layer(&self, activation: &HeadActivation, produces: Produces) -> Step {
        let name = self.layer_name(produces);
        let word = word_for(activation, produces);
        let change = word.map(|word| Change::Replace {
            at: activation.at,
            with: word.value.clone(),
        });
        let step = Step::with(format!("replace \"{}\" by \"{name}\"", activation.written), change);
        match activation
            .vocabulary
            .axis
            .filter(|_| word.is_some_and(|word| !word.takes_axis))
        {
            Some(at) => step.with_more("", Some(Change::Remove { at })),
            None => step,
        }
    }

    /// The framework's layer that gives this, or the name of the activation where it has no such layer.
    fn layer_name(&self, produces: Produces) -> String {
        match self.knowledge.activation_for(&self.model.framework, produces) {
            Some(row) => row.layers.first().unwrap_or(&row.name).clone(),
            None => plain_name(produces).to_owned(),
        }
    }
}

/// The word that the activation's place takes for another one.
fn word_for(activation: &HeadActivation, produces: Produces) -> Option<&Word> {
    let mut words = activation.vocabulary.words.iter();
    words.find(|word| word.gives == produces)
}

/// Chooses a layer's other activation: in the argument's place, or as a new argument.
fn turn_activation(activation: &HeadActivation, argument: &str, value: bool) -> Step {
    let with = Literal::Bool(value);
    let is_given = activation.at != activation.layer.at;
    let change = match &activation.layer.arguments {
        _ if is_given => Some(Change::Replace {
            at: activation.at,
            with,
        }),
        Some(room) => Some(room.give(argument, with)),
        None => None,
    };
    Step::with(format!("set \"{argument}\" to {value}"), change)
}

/// The usual name, for a framework whose tables have none.
fn plain_name(produces: Produces) -> &'static str {
    match produces {
        Produces::Identity | Produces::Real => "linear",
        Produces::Probabilities => "sigmoid",
        Produces::Distribution => "softmax",
        Produces::LogProbabilities => "log_sigmoid",
        Produces::LogDistribution => "log_softmax",
        Produces::Positive => "softplus",
        Produces::Bounded => "tanh",
    }
}

/// How to give a head another number of units.
pub fn set_units(units: Spanned<u64>, wanted: u64) -> Step {
    let change = Change::Replace {
        at: units.at,
        with: Literal::Number(wanted as f64),
    };
    Step::with(format!("set the units to {wanted}"), Some(change))
}

/// The activations that make what a loss on probabilities takes, each with the condition under which it is the right one,
/// as the end of a sentence: one without a condition, or two where nothing says whether classes exclude each other.
pub fn fitting_activations(head: &Head, part: &Part) -> Vec<(Produces, &'static str)> {
    match excludes(head, part) {
        Some(true) => vec![(Produces::Distribution, "")],
        Some(false) => vec![(Produces::Probabilities, "")],
        None => vec![
            (Produces::Probabilities, ", if classes may overlap"),
            (Produces::Distribution, ", if exactly one class is right"),
        ],
    }
}

/// Whether the classes of a head exclude each other: cross-entropies say it themselves, overlaps of masks take both.
fn excludes(head: &Head, part: &Part) -> Option<bool> {
    if !part.family.compares_masks() {
        return Some(part.family.is_exclusive_cross_entropy());
    }
    let by_labels = head.facts.labels.and_then(|labels| match labels.value {
        LabelFormat::OneHot | LabelFormat::Integer => Some(true),
        LabelFormat::BinaryVector | LabelFormat::Binary => Some(false),
        _ => None,
    });
    match head.task.kind() {
        _ if head.units() == Some(1) => Some(false),
        Some(TaskKind::Multiclass) => Some(true),
        Some(TaskKind::Multilabel | TaskKind::Binary) => Some(false),
        _ => by_labels,
    }
}
