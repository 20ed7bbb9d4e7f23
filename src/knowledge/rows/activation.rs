//! The row of an activation function: what comes out of it. Not the layers that apply it.

use serde::Deserialize;

use crate::knowledge::range::Range;

/// What an activation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Produces {
    /// The value itself: no activation.
    Identity,
    /// Real numbers.
    Real,
    /// Independent probabilities: each unit in [0, 1].
    Probabilities,
    /// Probabilities that add up to 1 over an axis.
    Distribution,
    /// Logarithms of independent probabilities.
    LogProbabilities,
    /// Logarithms of probabilities that add up to 1.
    LogDistribution,
    /// Positive numbers.
    Positive,
    /// Numbers within bounds.
    Bounded,
}

/// An activation function.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationRow {
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
    /// Layer classes that are this activation. Each is a layer row too, with `is_activation`.
    #[serde(default)]
    pub layers: Vec<String>,
    /// What comes out.
    pub produces: Produces,
    /// The values that can come out, measured.
    pub range: Range,
    /// The argument that names the axis of a distribution, when the activation is a layer.
    #[serde(default)]
    pub axis: Option<String>,
    /// The values of that argument with which it works over the units.
    #[serde(default)]
    pub unit_axes: Vec<f64>,
    /// The values of that argument with which it works over the samples of a batch.
    #[serde(default)]
    pub batch_axes: Vec<f64>,
    /// The trap to know.
    #[serde(default)]
    pub note: String,
}

impl ActivationRow {
    /// No activation at all, for libraries that have no name for it.
    pub fn identity() -> Self {
        Self {
            name: "identity".to_owned(),
            ..Self::custom(Produces::Identity, Range::REAL)
        }
    }

    /// An activation of which only this is known.
    pub fn custom(produces: Produces, range: Range) -> Self {
        Self {
            name: String::new(),
            library: String::new(),
            names: Vec::new(),
            legacy: Vec::new(),
            refused: Vec::new(),
            layers: Vec::new(),
            produces,
            range,
            axis: None,
            unit_axes: Vec::new(),
            batch_axes: Vec::new(),
            note: String::new(),
        }
    }
}
