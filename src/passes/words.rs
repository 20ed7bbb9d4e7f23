//! Remedies and names in the file's own words: what a pass says without knowing the framework's spelling.

use super::Context;
use crate::ir::{ActivationForm, Head, HeadActivation, Loss, Part};
use crate::knowledge::{Family, Input, Produces};
use crate::span::Location;

impl Context<'_> {
    /// How to make a head give raw scores: `set "activation" to "linear"`, `remove the layer "Softmax"`.
    pub fn remove_activation(&self, activation: &HeadActivation) -> String {
        match &activation.form {
            ActivationForm::Argument(argument) | ActivationForm::OwnLayer(argument) => {
                format!("set \"{argument}\" to \"{}\"", self.activation_name(Produces::Identity))
            }
            ActivationForm::Layer => format!("remove the layer \"{}\"", activation.written),
            ActivationForm::Default { .. } => {
                format!("end the model without \"{}\"", activation.written)
            }
        }
    }

    /// How to make a head end in an activation: `set "activation" to "softmax"`, `add a "Sigmoid" layer at the end`.
    pub fn use_activation(&self, head: &Head, produces: Produces) -> String {
        let name = self.activation_name(produces);
        match head.activation().map(|activation| &activation.form) {
            Some(
                ActivationForm::Argument(argument)
                | ActivationForm::OwnLayer(argument)
                | ActivationForm::Default {
                    argument: Some(argument),
                },
            ) => format!("set \"{argument}\" to \"{name}\""),
            Some(ActivationForm::Layer) => {
                let written = head.activation().map_or("", |a| a.written.as_str());
                format!("replace \"{written}\" by \"{name}\"")
            }
            Some(ActivationForm::Default { argument: None }) | None => {
                format!("add a \"{name}\" layer at the end")
            }
        }
    }

    /// The framework's name of the activation that gives this.
    pub fn activation_name(&self, produces: Produces) -> String {
        self.knowledge
            .activation_for(&self.model.framework, produces)
            .map_or_else(|| plain_name(produces).to_owned(), |row| row.name.clone())
    }

    /// The framework's name of a loss, spelt in the style of the one that is replaced; `None` when it has none.
    pub fn loss_name(&self, family: Family, input: Input, like: &Loss) -> Option<String> {
        let row = self.knowledge.loss_for(&self.model.framework, family, input)?;
        Some(self.knowledge.loss_spelled_like(row, &like.written.value))
    }

    /// How to make a loss expect something else: by its switch, or by another loss of the same family.
    pub fn make_loss_expect(&self, loss: &Loss, part: &Part, input: Input) -> Option<String> {
        if let Some(decision) = &part.decision {
            let value = !decision.value;
            return Some(match decision.at {
                Some(_) => format!("set \"{}\" to {value}", decision.argument),
                None if is_bare_string(loss) => format!(
                    "give the loss as an object with \"{}\": {value} (a string cannot say it)",
                    decision.argument
                ),
                None => format!("give the loss \"{}\": {value}", decision.argument),
            });
        }
        let name = self.loss_name(part.family, input, loss)?;
        (name != loss.written.value).then(|| format!("use \"{name}\""))
    }
}

/// Whether a loss is written as a name only: then it has no arguments to change.
fn is_bare_string(loss: &Loss) -> bool {
    loss.is_bare_name
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
