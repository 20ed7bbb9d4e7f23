//! The row of layers that behave alike: how a head is found behind them. Not what their weights compute.

use serde::Deserialize;

use super::{Arithmetic, TaskKind};
use crate::knowledge::Vocabulary;

/// What a layer does to the values that go through it, at inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passes {
    /// The same values come out, perhaps in another shape.
    Yes,
    /// Some of them, repeated, or zeros beside them.
    Subset,
    /// Averages of them: they stay in their range.
    Convex,
    /// New values.
    No,
    /// What the inner layer does.
    Inner,
    /// It cannot be known.
    Unknown,
}

/// Layers that behave alike. One row can name many.
///
/// Three kinds of rows speak of an activation, and `passes` tells them apart:
/// - `passes = "no"` with `activation`: new values, then the named activation (a dense layer);
/// - `passes = "yes"` with `activation`: the layer only applies the named activation (Keras's `Activation`);
/// - `passes = "yes"` with `is_activation`: the layer is that activation (`Softmax`, `ReLU`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerRow {
    /// The library that the row belongs to.
    #[serde(skip)]
    pub library: String,
    /// The layers' class names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Class names that only older versions have.
    #[serde(default)]
    pub legacy: Vec<String>,
    /// What they do to values.
    pub passes: Passes,
    /// The argument that holds the width of the output.
    #[serde(default)]
    pub units: Option<String>,
    /// What older versions called that argument.
    #[serde(default)]
    pub legacy_units: Option<String>,
    /// Arguments that hold it where that one is not given, the first that is.
    #[serde(default)]
    pub other_units: Vec<String>,
    /// The width where none of them is given and another argument says a word.
    #[serde(default)]
    pub units_by_word: Option<UnitsByWord>,
    /// Whether the width is the last number of that argument's list (`target_shape`).
    #[serde(default)]
    pub units_last: bool,
    /// The argument that names an activation applied at the end. Of this and the next three a row has one at most
    /// ([`LayerRow::ends`]).
    #[serde(default)]
    activation: Option<ActivationArgument>,
    /// The argument that chooses between two activations applied at the end.
    #[serde(default)]
    activation_switch: Option<ActivationSwitch>,
    /// The activation that always ends it, without an argument for it.
    #[serde(default)]
    fixed_activation: Option<String>,
    /// The activation that the layer is.
    #[serde(default)]
    is_activation: Option<String>,
    /// The argument that holds the inner layer or layers.
    #[serde(default)]
    pub inner: Option<String>,
    /// Whether the shape changes: the class axis may move, and a backend's rescue of double activations is lost.
    #[serde(default)]
    pub reshapes: bool,
    /// Whether there is a position axis beside the units (pixels, time steps).
    #[serde(default)]
    pub positions: bool,
    /// Whether the width of the last axis comes out as it went in. Without it: when values pass and no shape changes.
    #[serde(default)]
    pub keeps_width: Option<bool>,
    /// Whether the position axes are averaged or picked away.
    #[serde(default)]
    pub drops_positions: bool,
    /// Whether a wrapper applies its inner layer to every position.
    #[serde(default)]
    pub per_position: bool,
    /// Whether a wrapper changes its inner layer's width (two directions side by side).
    #[serde(default)]
    pub changes_width: bool,
    /// Whether gates scale what the activation gives: then a distribution is none any more.
    #[serde(default)]
    pub gated: bool,
    /// The losses that the model chooses by itself when none is given; the first rule that holds.
    #[serde(default)]
    pub own_losses: Vec<OwnLoss>,
    /// The task that the class is made for, when it is a training class that has its task in its name.
    #[serde(default)]
    pub task: Option<TaskKind>,
    /// What an argument must say for the row to hold; otherwise nothing is known of what comes out.
    #[serde(default)]
    pub only_with: Option<OneOf>,
    /// Whether several inputs are joined, and how.
    #[serde(default)]
    pub joins: Option<Join>,
    /// The arithmetic that the layer does, for reading logarithms in a graph.
    #[serde(default)]
    pub operation: Option<Arithmetic>,
    /// Whether it is a whole network. Projects define networks of the same names, so a bare name
    /// leads here only in the framework that has this library first.
    #[serde(default)]
    pub network: bool,
}

impl LayerRow {
    /// A layer that is an activation and nothing else.
    pub(crate) fn of_activation(library: &str, layer: &str, activation: &str) -> Self {
        Self {
            library: library.to_owned(),
            names: vec![layer.to_owned()],
            legacy: Vec::new(),
            passes: Passes::Yes,
            units: None,
            legacy_units: None,
            other_units: Vec::new(),
            units_by_word: None,
            units_last: false,
            activation: None,
            activation_switch: None,
            fixed_activation: None,
            is_activation: Some(activation.to_owned()),
            inner: None,
            reshapes: false,
            positions: false,
            keeps_width: None,
            drops_positions: false,
            per_position: false,
            changes_width: false,
            gated: false,
            own_losses: Vec::new(),
            task: None,
            only_with: None,
            joins: None,
            operation: None,
            network: false,
        }
    }
}

/// How a layer ends: which activation it applies to what it gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ends<'r> {
    /// It is this activation and nothing else.
    Is(&'r str),
    /// In the one that an argument names.
    Argument(&'r ActivationArgument),
    /// In one of two, as an argument says.
    Switch(&'r ActivationSwitch),
    /// Always in this one.
    Fixed(&'r str),
    /// In none.
    Plain,
}

impl LayerRow {
    /// How the layer ends.
    pub fn ends(&self) -> Ends<'_> {
        let ends = self.all_ends();
        ends.first().copied().unwrap_or(Ends::Plain)
    }

    /// Everything that the row says of its end: one thing at most.
    pub fn all_ends(&self) -> Vec<Ends<'_>> {
        let is = self.is_activation.as_deref().map(Ends::Is);
        let switch = self.activation_switch.as_ref().map(Ends::Switch);
        let argument = self.activation.as_ref().map(Ends::Argument);
        let fixed = self.fixed_activation.as_deref().map(Ends::Fixed);
        [is, switch, argument, fixed].into_iter().flatten().collect()
    }

    /// The activation that the layer is, if it is nothing else.
    pub fn is_activation(&self) -> Option<&str> {
        self.is_activation.as_deref()
    }

    /// Whether the width of the last axis comes out as it went in.
    pub fn keeps_width(&self) -> bool {
        let by_kind = self.passes != Passes::No && !self.reshapes;
        self.units.is_none() && self.keeps_width.unwrap_or(by_kind)
    }
}

/// A loss that a model takes by itself when an argument has a value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnLoss {
    /// The argument's name.
    pub argument: String,
    /// The value that it has.
    pub equals: Value,
    /// The loss that is taken then, dotted.
    pub loss: String,
    /// Whether it is taken when the argument is not given, too.
    #[serde(default)]
    pub when_absent: bool,
    /// Whether it takes a softmax over the outputs, unless an argument has one of some words.
    #[serde(default)]
    pub exclusive_unless: Option<OneOf>,
}

impl OwnLoss {
    /// What an argument takes for a loss.
    pub fn words(rules: &[Self], argument: &str) -> Vocabulary {
        let of_argument = rules.iter().filter(|rule| rule.argument == argument);
        let words = of_argument.filter_map(|rule| match &rule.equals {
            Value::Text(word) => Some((word.clone(), rule.loss.clone())),
            Value::Number(_) => None,
        });
        Vocabulary::Words(words.collect())
    }
}

/// A width that follows from the word of an argument: one unit for a yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitsByWord {
    /// The argument's name.
    pub argument: String,
    /// The word that it must be.
    pub word: String,
    /// The number of units then.
    pub units: u64,
}

/// An argument that has one of some values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// The argument's name.
    pub argument: String,
    /// The texts that it may be.
    pub one_of: Vec<String>,
}

/// A plain value in a configuration.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Value {
    /// Whether what was read is this value.
    pub fn is(&self, text: Option<&str>, number: Option<f64>) -> bool {
        match self {
            Self::Number(own) => number == Some(*own),
            Self::Text(own) => text == Some(own),
        }
    }
}

/// An argument that names an activation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationArgument {
    /// The argument's name.
    pub argument: String,
    /// The activation when it is not given, or null.
    pub default: String,
    /// The words that it takes; the names of the layer's own library when absent. The usual one of its sort comes first.
    #[serde(default)]
    pub takes: Option<Vec<String>>,
    /// Whether null stands for no activation there.
    #[serde(default)]
    pub null_is_none: bool,
}

/// An argument, true or false, that chooses between two activations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationSwitch {
    /// The argument's name, such as `return_logits`.
    pub argument: String,
    /// Its value when it is not given.
    pub default: bool,
    /// The activation when it is true.
    pub when_true: String,
    /// The activation when it is false.
    pub when_false: String,
}

impl ActivationSwitch {
    /// The activation for a value of the argument.
    pub fn chosen(&self, value: bool) -> &str {
        if value { &self.when_true } else { &self.when_false }
    }
}

/// How a layer joins its inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Side by side: widths add up.
    Concatenate,
    /// Element by element: the width stays.
    Elementwise,
}
