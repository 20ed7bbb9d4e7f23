//! The row of functions in a graph or in a custom loss: the arithmetic that matters for reading logarithms.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Functions that compute the same, with the same arguments. One row can name many.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationRow {
    /// The library that the row belongs to.
    #[serde(skip)]
    pub library: String,
    /// Its spellings, bare.
    pub names: Vec<String>,
    /// What it computes.
    pub computes: Arithmetic,
    /// Named arguments that stand for positions, in order, such as `["x", "x_min", "x_max"]`.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Other names of these arguments, such as `min_value = "x_min"`.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
    /// The number that a [`Arithmetic::Constant`] is.
    #[serde(default)]
    pub value: Option<f64>,
}

impl OperationRow {
    /// What computes this, without a name.
    pub fn that(computes: Arithmetic) -> Self {
        Self {
            library: String::new(),
            names: Vec::new(),
            computes,
            arguments: Vec::new(),
            aliases: BTreeMap::new(),
            value: None,
        }
    }

    /// The position, from 0, for which a named argument stands.
    pub fn position_of(&self, argument: &str) -> Option<usize> {
        let argument = self.aliases.get(argument).map_or(argument, String::as_str);
        self.arguments.iter().position(|name| name == argument)
    }
}

/// What an operation computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    /// log x, in any base.
    Log,
    /// log(1 + x).
    Log1p,
    /// log Σ eˣ.
    LogSumExp,
    /// x log y with 0 log 0 = 0.
    Xlogy,
    /// eˣ.
    Exp,
    /// eˣ − 1.
    Expm1,
    /// x between two bounds: arguments x, low, high.
    Clip,
    /// The larger.
    Maximum,
    /// The smaller.
    Minimum,
    /// x + y.
    Add,
    /// x − y.
    Subtract,
    /// x y.
    Multiply,
    /// x / y.
    Divide,
    /// x to the power of y.
    Power,
    /// −x.
    Negative,
    /// |x|.
    Absolute,
    /// x².
    Square,
    /// √x.
    SquareRoot,
    /// Sums over axes.
    Sum,
    /// Means over axes.
    Mean,
    /// Smallest value over axes.
    SmallestOf,
    /// Largest value over axes.
    LargestOf,
    /// Either of two: arguments condition, x, y.
    Where,
    /// The values as they are: casts, reshapes, picks, stopped gradients.
    Same,
    /// 1 / (1 + e⁻ˣ).
    Sigmoid,
    /// Probabilities over an axis.
    Softmax,
    /// Their logarithms.
    LogSoftmax,
    /// log σ(x).
    LogSigmoid,
    /// max(0, x).
    Relu,
    /// log(1 + eˣ).
    Softplus,
    /// The hyperbolic tangent.
    Tanh,
    /// A tensor of ones.
    Ones,
    /// A tensor of zeros.
    Zeros,
    /// Vectors of 0 and 1.
    OneHot,
    /// A number that the library names: the row's `value`.
    Constant,
}
