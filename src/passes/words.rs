//! Remedies and names in the file's own words: what a pass says without knowing the framework's spelling.

use super::Context;
use super::step::Step;
use crate::diagnostic::{Change, Literal};
use crate::ir::{ActivationForm, Decision, Head, HeadActivation, Loss, LossForm, Part};
use crate::knowledge::{Family, Given, Input, LossRow, Produces, TaskKind, spelling_like};
use crate::span::{Location, Spanned};

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
        let name = self.activation_name(produces);
        let at_the_end = || Step::words(format!("add a \"{name}\" layer at the end"));
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
        let name = self.activation_argument(produces, &activation.written);
        Step::with(
            format!("set \"{argument}\" to \"{name}\""),
            Some(Change::Replace {
                at: activation.at,
                with: Literal::Text(name),
            }),
        )
    }

    fn add_argument(&self, activation: &HeadActivation, argument: &str, produces: Produces) -> Step {
        let name = self.activation_argument(produces, "");
        let change = activation.layer.arguments.map(|into| Change::Insert {
            into,
            after: None,
            key: argument.to_owned(),
            value: Literal::Text(name.clone()),
        });
        Step::with(format!("set \"{argument}\" to \"{name}\""), change)
    }

    /// Another layer of the same library in the place of one that is an activation.
    fn replace_layer(&self, activation: &HeadActivation, produces: Produces) -> Step {
        let row = self.knowledge.activation_for(&self.model.framework, produces);
        let layer = row.and_then(|row| row.layers.first());
        let name = layer.cloned().unwrap_or_else(|| self.activation_name(produces));
        let change = match (&activation.class, layer) {
            (Some(class), Some(layer)) => Some(Change::Replace {
                at: activation.at,
                with: Literal::Text(behind_same_module(class, layer)),
            }),
            _ => None,
        };
        Step::with(format!("replace \"{}\" by \"{name}\"", activation.written), change)
    }

    /// The framework's name of the activation that gives this.
    pub fn activation_name(&self, produces: Produces) -> String {
        self.knowledge
            .activation_for(&self.model.framework, produces)
            .map_or_else(|| plain_name(produces).to_owned(), |row| row.name.clone())
    }

    /// The activation as the value of an argument, spelt in the style of the one that is replaced: `sigmoid`.
    fn activation_argument(&self, produces: Produces, like: &str) -> String {
        match self.knowledge.activation_for(&self.model.framework, produces) {
            Some(row) => spelling_like(row.as_ref(), like).to_owned(),
            None => plain_name(produces).to_owned(),
        }
    }

    /// The framework's name of a loss, spelt in the style of the one that is replaced; `None` when it has none.
    pub fn loss_name(&self, family: Family, input: Input, like: &Loss) -> Option<String> {
        let row = self.knowledge.loss_for(&self.model.framework, family, input)?;
        Some(self.knowledge.loss_spelled_like(row, &like.written.value))
    }

    /// Whether the framework has a loss that expects this input without being told.
    pub fn has_loss_on(&self, family: Family, input: Input) -> bool {
        self.knowledge
            .loss_for(&self.model.framework, family, input)
            .is_some_and(|row| row.input.by_default() == input)
    }

    /// How to train by another loss: `use "BCELoss"`; `None` when the framework has none, or it is the one already.
    pub fn use_loss(&self, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        let row = self.knowledge.loss_for(&self.model.framework, family, input)?;
        self.use_row(row, input, instead_of)
    }

    /// The same with the loss that the framework has for a task.
    pub fn use_loss_for(&self, task: TaskKind, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        let row = self
            .knowledge
            .loss_for_task(&self.model.framework, family, input, task)?;
        self.use_row(row, input, instead_of)
    }

    fn use_row(&self, row: &LossRow, input: Input, instead_of: &Loss) -> Option<Step> {
        let name = self.knowledge.loss_spelled_like(row, &instead_of.written.value);
        if name == instead_of.written.value {
            return None;
        }
        let takes_the_arguments = match &instead_of.form {
            LossForm::Name(_) => true,
            LossForm::Tagged { .. } => false,
            LossForm::Object { given, .. } => given.iter().all(|name| {
                let mut switches = row.input.switches().iter();
                switches.any(|switch| switch.argument == *name)
            }),
        };
        let change = takes_the_arguments.then(|| Change::Replace {
            at: instead_of.written.at,
            with: Literal::Text(name.clone()),
        });
        let rename = Step::with(format!("use \"{name}\""), change);
        Some(match switch_for(row, input, instead_of) {
            Some((switch, change)) => rename.with_more(&switch, change),
            None => rename,
        })
    }

    /// How to make a loss expect something else: by its switch, or by another loss of the same family.
    pub fn make_loss_expect(&self, loss: &Loss, part: &Part, input: Input) -> Option<Step> {
        match &part.decision {
            Some(decision) => Some(turn(loss, decision)),
            None => {
                let row = self.knowledge.loss_for(&self.model.framework, part.family, input)?;
                let same_labels = row.labels.iter().any(|labels| loss.row.labels.contains(labels));
                same_labels.then(|| self.use_loss(part.family, input, loss))?
            }
        }
    }
}

/// Chooses a layer's other activation: in the argument's place, or as a new argument.
fn turn_activation(activation: &HeadActivation, argument: &str, value: bool) -> Step {
    let with = Literal::Bool(value);
    let is_given = activation.at != activation.layer.at;
    let change = match activation.layer.arguments {
        _ if is_given => Some(Change::Replace {
            at: activation.at,
            with,
        }),
        Some(into) => Some(Change::Insert {
            into,
            after: None,
            key: argument.to_owned(),
            value: with,
        }),
        None => None,
    };
    Step::with(format!("set \"{argument}\" to {value}"), change)
}

/// Turns a loss's switch around: in its place, as a new argument, or with the loss written as an object.
fn turn(loss: &Loss, decision: &Decision) -> Step {
    let value = !decision.value;
    let argument = &decision.argument;
    if let Some(at) = decision.at {
        let with = Literal::Bool(value);
        return Step::with(
            format!("set \"{argument}\" to {value}"),
            Some(Change::Replace { at, with }),
        );
    }
    match &loss.form {
        LossForm::Object { arguments, .. } | LossForm::Tagged { arguments } => Step::with(
            format!("give the loss \"{argument}\": {value}"),
            Some(Change::Insert {
                into: *arguments,
                after: None,
                key: argument.clone(),
                value: Literal::Bool(value),
            }),
        ),
        LossForm::Name(object) => Step::with(
            format!("give the loss as an object with \"{argument}\": {value} (a name alone cannot say it)"),
            object.as_ref().map(|object| Change::Replace {
                at: loss.written.at,
                with: object.with(argument, Literal::Bool(value)),
            }),
        ),
    }
}

/// The switch that must be turned as well so that another loss expects an input, in words, and the change when the switch
/// is there already.
fn switch_for(row: &LossRow, input: Input, instead_of: &Loss) -> Option<(String, Option<Change>)> {
    let given = instead_of.parts.iter().find_map(|part| {
        let decision = part.decision.as_ref()?;
        Some((decision, decision.at?))
    });
    let resolved = row.input.resolve(|argument| match given {
        Some((decision, _)) if decision.argument == argument => Given::Is(decision.value),
        _ => Given::Absent,
    });
    if resolved.input == input {
        return None;
    }
    let (switch, value) = row.input.switch_to(input)?;
    let change = given
        .filter(|(decision, _)| decision.argument == switch.argument)
        .map(|(_, at)| Change::Replace {
            at,
            with: Literal::Bool(value),
        });
    Some((format!(" with \"{}\": {value}", switch.argument), change))
}

/// A class behind the module that another one stands behind.
fn behind_same_module(written: &str, class: &str) -> String {
    match written.rsplit_once('.') {
        Some((module, _)) => format!("{module}.{class}"),
        None => class.to_owned(),
    }
}

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

/// Where a part's expectation is said: its switch when one is given, else the loss's name.
pub fn expectation_at(loss: &Loss, part: &Part) -> Location {
    part.decision
        .as_ref()
        .and_then(|decision| decision.at)
        .unwrap_or(loss.written.at)
}

/// A number as people write it: few digits, in powers of ten when it is large.
pub fn number(value: f64) -> String {
    if value.abs() >= 1e6 {
        format!("{value:.1e}")
    } else if value.fract() == 0.0 || value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        let rounded = (value * 100.0).round() / 100.0;
        rounded.to_string()
    }
}

/// `10 units`, `1 unit`, or nothing when the width is not known.
pub fn units(count: Option<u64>) -> String {
    match count {
        Some(1) => "1 unit".to_owned(),
        Some(count) => format!("{count} units"),
        None => "its units".to_owned(),
    }
}
