//! The row of a metric: what it measures, on what input, and where it cuts.

use serde::Deserialize;

use super::{ByShape, InputRule, LabelFormat, TaskKind, UnitsRule};

/// A metric.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricRow {
    /// The name that reports use.
    #[serde(skip)]
    pub name: String,
    /// The library that the row belongs to.
    #[serde(skip)]
    pub library: String,
    /// Further accepted spellings.
    #[serde(default)]
    pub names: Vec<String>,
    /// Spellings that only older versions accept. The name itself may stand here.
    #[serde(default)]
    pub legacy: Vec<String>,
    /// Spellings that the framework refuses.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Whether the spellings count on their own, behind a module, or both.
    #[serde(default)]
    pub written: Written,
    /// The rows that the name stands for, when the framework chooses from shapes.
    #[serde(default)]
    pub by_shape: Option<ByShape>,
    /// What it measures.
    pub measures: Measures,
    /// What it wants to be fed with.
    pub input: InputRule,
    /// The argument that cuts into yes and no, and its default; absent when it compares by argmax or needs no cut. The cut
    /// is on what `input` says: with [`super::Input::Any`] the metric makes probabilities of scores before it cuts.
    #[serde(default)]
    pub threshold: Option<Threshold>,
    /// The argument without which it takes the largest output for the class; absent when it never does, or always.
    #[serde(default)]
    pub largest_without: Option<String>,
    /// The tasks that it is for.
    #[serde(default)]
    pub tasks: Vec<TaskKind>,
    /// The argument that declares the task, in the words of [`TaskKind`].
    #[serde(default)]
    pub task_argument: Option<String>,
    /// The arguments that give the number of classes or labels, each with the task that it is for.
    #[serde(default)]
    pub counts: Vec<(TaskKind, String)>,
    /// The outputs that it wants, where the library stops at another number.
    #[serde(default)]
    pub units: Option<UnitsRule>,
    /// The tasks of losses beside which the library refuses it.
    #[serde(default)]
    pub refused_with: Vec<TaskKind>,
    /// The label formats that it reads rightly; empty when any.
    #[serde(default)]
    pub labels: Vec<LabelFormat>,
    /// The trap to know.
    #[serde(default)]
    pub note: String,
}

impl MetricRow {
    /// A metric of which only this is known.
    pub fn custom(measures: Measures, input: InputRule) -> Self {
        Self {
            name: String::new(),
            library: String::new(),
            names: Vec::new(),
            legacy: Vec::new(),
            refused: Vec::new(),
            written: Written::default(),
            by_shape: None,
            measures,
            input,
            threshold: None,
            largest_without: None,
            tasks: Vec::new(),
            task_argument: None,
            counts: Vec::new(),
            units: None,
            refused_with: Vec::new(),
            labels: Vec::new(),
            note: String::new(),
        }
    }
}

/// How a row's spellings may be written. Keras's word `"accuracy"` is another metric than its class `Accuracy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// On their own and behind a module.
    #[default]
    Anyhow,
    /// On their own only.
    Bare,
    /// Behind a module only.
    Dotted,
}

/// What kind of agreement a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measures {
    /// Right or wrong decisions: accuracy, precision, recall, F1, IoU.
    Decisions,
    /// The order of scores: AUC, top-k, ranking.
    Order,
    /// A probability's quality: cross-entropy, Brier score, calibration.
    Probabilities,
    /// Distances between numbers.
    Distance,
    /// Anything else.
    Other,
}

/// Where a metric cuts scores into yes and no.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The argument's name.
    pub argument: String,
    /// The cut when it is not given.
    pub default: f64,
}
