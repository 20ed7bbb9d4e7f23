//! What fits a task: loss, output activation, labels, weights, metric and code, as data that is compiled in.
//!
//! `tasks.toml` and `further.toml` hold the tasks, a folder for each framework how it is done there: `recipes.toml` and a
//! file of code for each task. Nothing here prints, and nothing here is used to judge a model: the lints ask `knowledge`.

mod call;
mod names;
mod read;
mod spec;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use call::Call;
pub use names::{find, key, nearest};
pub use read::tasks;

/// A task and what fits it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The name, as the reference guide writes it: `binary_clf`.
    pub name: String,
    /// The name in words.
    pub title: String,
    /// Further names. Case, `-`, `_`, spaces and words such as "classification" at the end make no difference.
    pub aliases: Vec<String>,
    /// Which problems are meant.
    pub when: String,
    /// When it is another task, and which.
    pub instead: Vec<Instead>,
    /// The loss, as the field calls it.
    pub loss: String,
    /// The output activation that the loss belongs to.
    pub activation: String,
    /// How a label is written.
    pub labels: String,
    /// How many output units.
    pub units: String,
    /// Which weights, and how they are computed.
    pub weights: String,
    /// What to measure.
    pub metric: String,
    /// Why this loss.
    pub why: String,
    /// What is often done instead, and what happens then; the worst first.
    pub mistakes: Vec<Mistake>,
    /// `[task]` of a native spec of such a model.
    pub facts: toml::Table,
    /// `[target]` of a native spec.
    #[serde(default)]
    pub target: toml::Table,
    /// How it is done in each framework.
    #[serde(skip_deserializing)]
    pub frameworks: BTreeMap<Framework, Recipe>,
}

/// Another task.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// What is different.
    pub when: String,
    /// The name of the task that it then is.
    pub task: String,
}

/// What goes wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// The lint that finds it, if one does.
    pub lint: Option<String>,
    /// What is done, and what happens.
    pub text: String,
}

/// A framework with recipes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Framework {
    /// Keras 3, on any backend.
    Keras,
    /// PyTorch.
    Pytorch,
}

impl Framework {
    /// Every framework.
    pub const ALL: [Self; 2] = [Self::Keras, Self::Pytorch];

    /// The name in a native spec.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keras => "keras",
            Self::Pytorch => "pytorch",
        }
    }

    /// The name in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::Pytorch => "PyTorch",
        }
    }
}

/// How a task is done in a framework.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The name of the task.
    #[serde(skip_serializing)]
    task: String,
    /// The framework's name for the loss that the code uses.
    pub loss: String,
    /// Type and shape of the labels.
    pub labels: String,
    /// How weights are passed.
    pub weights: String,
    /// The trap to know.
    #[serde(default)]
    pub note: String,
    /// What the native spec's `[task]` says besides [`Task::facts`].
    #[serde(default)]
    pub facts: toml::Table,
    /// Pairings of output and loss that are right, that of the code first.
    pub forms: Vec<Form>,
    /// A complete program.
    #[serde(skip_deserializing)]
    pub code: &'static str,
}

/// A pairing of output and loss.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// What the loss (of the first output) takes the output for.
    pub reads: Reads,
    /// The outputs, mostly one.
    pub outputs: Vec<Output>,
    /// A model with this pairing as a native spec, which `losslint check` finds nothing wrong with.
    #[serde(skip_deserializing)]
    pub spec: toml::Table,
}

/// What a loss takes an output for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// Raw scores; the loss applies sigmoid or softmax.
    Logits,
    /// Values from 0 to 1.
    Probabilities,
    /// Logarithms of probabilities.
    LogProbabilities,
    /// Any numbers.
    Real,
    /// Positive numbers.
    Positive,
}

impl Reads {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Logits => "logits",
            Self::Probabilities => "probabilities",
            Self::LogProbabilities => "log-probabilities",
            Self::Real => "any number",
            Self::Positive => "positive numbers",
        }
    }
}

/// An output with its loss, in the framework's own names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Its name, when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its part in a detector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The last layers.
    pub layers: Vec<Call>,
    /// The loss.
    pub loss: Call,
    /// Metrics that fit the output.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<Call>,
}
