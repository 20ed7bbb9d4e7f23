//! The values that each step of a computation can take, by interval arithmetic. What is not known stays unknown.

use crate::ir::{Computation, Computes, Term, TermId};
use crate::knowledge::{Arithmetic, Precision, Range};

/// Labels of classes: an open interval, because what a label of exactly 0 removes from a sum its complement puts back.
const LABELS: Range = Range {
    low: 0.0,
    high: 1.0,
    low_closed: false,
    high_closed: false,
};

/// How the constants of a computation are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    None,
    /// To 11 significant bits, and to 0 below 3e-8.
    Float16,
    /// To 8 significant bits.
    Bfloat16,
    /// To 24 significant bits.
    Float32,
}

impl Rounding {
    /// The rounding of a number format; what names none is taken as float32, the frameworks' default.
    pub fn of(precision: Option<Precision>) -> Self {
        match precision {
            Some(Precision::Float16 | Precision::MixedFloat16) => Self::Float16,
            Some(Precision::Bfloat16 | Precision::MixedBfloat16) => Self::Bfloat16,
            Some(Precision::Float64) => Self::None,
            Some(Precision::Float32) | None => Self::Float32,
        }
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "float64",
            Self::Float16 => "float16",
            Self::Bfloat16 => "bfloat16",
            Self::Float32 => "float32",
        }
    }

    /// A guard that holds on both sides.
    pub fn epsilon(self) -> &'static str {
        match self {
            Self::None => "1e-15",
            Self::Float16 => "1e-3",
            Self::Bfloat16 => "1e-2",
            Self::Float32 => "1e-7",
        }
    }

    /// What is lost, in words.
    pub fn why(self) -> &'static str {
        match self {
            Self::None => "the bound is 0 itself.",
            Self::Float16 => "in float16 numbers below 3e-8 are 0, and 1 − 1e-4 is 1.",
            Self::Bfloat16 => "in bfloat16 1 − 1e-3 is 1.",
            Self::Float32 => "in float32 1 − 1e-8 is 1, and a bound of 0 is no bound.",
        }
    }

    fn round(self, value: f64) -> f64 {
        match self {
            Self::None => value,
            Self::Float32 => f64::from(value as f32),
            Self::Float16 if value.abs() < 2f64.powi(-25) => 0.0,
            Self::Float16 => to_bits(value, 11),
            Self::Bfloat16 => to_bits(value, 8),
        }
    }
}

/// A number rounded to so many significant bits.
fn to_bits(value: f64, bits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 2f64.powi(bits - 1 - value.abs().log2().floor() as i32);
    (value * scale).round() / scale
}

/// Every plain logarithm of a computation with its argument.
pub fn logarithms(computation: &Computation) -> impl Iterator<Item = (&Term, TermId)> {
    computation.terms().filter_map(|(_, term)| {
        let is_log = term.computes == Computes::Operation(Arithmetic::Log);
        is_log
            .then(|| term.inputs.first().map(|argument| (term, *argument)))
            .flatten()
    })
}

/// The ranges of all terms, in order; `None` where nothing is known. `prediction` is the range of the model's output.
pub fn ranges(computation: &Computation, prediction: Option<Range>, rounding: Rounding) -> Vec<Option<Range>> {
    let mut ranges: Vec<Option<Range>> = Vec::new();
    for (_, term) in computation.terms() {
        let range = match term.computes {
            Computes::Constant(value) => Some(Range::point(rounding.round(value))),
            Computes::Labels => Some(LABELS),
            Computes::Prediction => prediction,
            Computes::Values(range) => Some(range),
            Computes::Operation(operation) => of_operation(
                operation,
                &Inputs {
                    computation,
                    ranges: &ranges,
                    term,
                },
            )
            .map(|range| rounded_if_a_point(range, rounding)),
            Computes::Absent | Computes::Unknown => None,
        };
        ranges.push(range);
    }
    ranges
}

/// Arithmetic of constants gives a constant, which is rounded like one that is written down: `1 - 1e-8` is 1 in float32.
fn rounded_if_a_point(range: Range, rounding: Rounding) -> Range {
    if range.low == range.high {
        Range::point(rounding.round(range.low))
    } else {
        range
    }
}

/// The inputs of one term with what is known of them.
struct Inputs<'a> {
    computation: &'a Computation,
    ranges: &'a [Option<Range>],
    term: &'a Term,
}

impl Inputs<'_> {
    fn get(&self, position: usize) -> Option<Range> {
        let id = self.term.inputs.get(position)?;
        *self.ranges.get(id.0)?
    }

    /// The range at a position, all numbers when nothing is given there, `None` when it is given and unknown.
    fn bound(&self, position: usize) -> Option<Range> {
        let absent = |id: &TermId| self.computation.term(*id).computes == Computes::Absent;
        match self.term.inputs.get(position) {
            Some(id) if !absent(id) => self.get(position),
            _ => Some(Range::REAL),
        }
    }
}

fn of_operation(operation: Arithmetic, inputs: &Inputs<'_>) -> Option<Range> {
    use Arithmetic as A;
    let x = || inputs.get(0);
    let y = || inputs.get(1);
    Some(match operation {
        A::Add => add(x()?, y()?),
        A::Subtract => add(x()?, negate(y()?)),
        A::Multiply => multiply(x()?, y()?),
        A::Divide => divide(x()?, y()?)?,
        A::Power => power(x()?, y()?)?,
        A::Negative => negate(x()?),
        A::Absolute => absolute(x()?),
        A::Square => square(x()?),
        A::SquareRoot => square_root(x()?)?,
        A::Clip => clip(x()?, inputs.bound(1)?, inputs.bound(2)?),
        A::Maximum => maximum(x()?, y()?),
        A::Minimum => negate(maximum(negate(x()?), negate(y()?))),
        A::Where => union(inputs.get(1)?, inputs.get(2)?),
        A::Sum => sum(x()?),
        A::Mean | A::SmallestOf | A::LargestOf | A::Same => x()?,
        A::Relu => maximum(x().unwrap_or(Range::REAL), Range::point(0.0)),
        A::Exp => open(f64::MIN_POSITIVE, f64::INFINITY),
        A::Softplus => open(0.0, f64::INFINITY),
        A::Sigmoid | A::Softmax => open(0.0, 1.0),
        A::LogSoftmax | A::LogSigmoid => open(f64::NEG_INFINITY, 0.0),
        A::Tanh => open(-1.0, 1.0),
        A::Expm1 => open(-1.0, f64::INFINITY),
        A::Ones => Range::point(1.0),
        A::Zeros => Range::point(0.0),
        A::OneHot => LABELS,
        A::Log | A::Log1p | A::LogSumExp | A::Xlogy => Range::REAL,
        A::Constant => return None,
    })
}

fn open(low: f64, high: f64) -> Range {
    Range {
        low,
        high,
        low_closed: false,
        high_closed: false,
    }
}

fn add(x: Range, y: Range) -> Range {
    Range {
        low: x.low + y.low,
        high: x.high + y.high,
        low_closed: x.low_closed && y.low_closed,
        high_closed: x.high_closed && y.high_closed,
    }
}

fn negate(x: Range) -> Range {
    Range {
        low: -x.high,
        high: -x.low,
        low_closed: x.high_closed,
        high_closed: x.low_closed,
    }
}

fn multiply(x: Range, y: Range) -> Range {
    let corners = [
        (x.low, x.low_closed, y.low, y.low_closed),
        (x.low, x.low_closed, y.high, y.high_closed),
        (x.high, x.high_closed, y.low, y.low_closed),
        (x.high, x.high_closed, y.high, y.high_closed),
    ];
    let products = corners.map(|(a, a_closed, b, b_closed)| (product(a, b), a_closed && b_closed));
    hull(&products)
}

/// 0 × ∞ counts as 0: the infinity is only approached.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

fn hull(ends: &[(f64, bool)]) -> Range {
    let mut range = Range {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
        low_closed: false,
        high_closed: false,
    };
    for &(value, closed) in ends {
        if value < range.low {
            (range.low, range.low_closed) = (value, closed);
        } else if value == range.low {
            range.low_closed |= closed;
        }
        if value > range.high {
            (range.high, range.high_closed) = (value, closed);
        } else if value == range.high {
            range.high_closed |= closed;
        }
    }
    range
}

/// Only by what keeps its sign: a divisor that can pass zero leaves nothing known.
fn divide(x: Range, y: Range) -> Option<Range> {
    if y.low < 0.0 && y.high > 0.0 {
        return None;
    }
    let inverse = |value: f64| if value == 0.0 { f64::INFINITY } else { 1.0 / value };
    let inverted = if y.low >= 0.0 {
        Range {
            low: inverse(y.high),
            high: inverse(y.low),
            low_closed: y.high_closed && y.high.is_finite(),
            high_closed: y.low_closed && y.low > 0.0,
        }
    } else {
        return None;
    };
    Some(multiply(x, inverted))
}

fn power(x: Range, y: Range) -> Option<Range> {
    if y.low != y.high {
        return (x.low >= 0.0).then(|| open(0.0, f64::INFINITY));
    }
    let exponent = y.low;
    if exponent == 2.0 {
        return Some(square(x));
    }
    if x.low < 0.0 || exponent <= 0.0 {
        return None;
    }
    Some(Range {
        low: x.low.powf(exponent),
        high: x.high.powf(exponent),
        ..x
    })
}

fn absolute(x: Range) -> Range {
    if x.low >= 0.0 {
        x
    } else if x.high <= 0.0 {
        negate(x)
    } else {
        hull(&[(0.0, true), (-x.low, x.low_closed), (x.high, x.high_closed)])
    }
}

fn square(x: Range) -> Range {
    let positive = absolute(x);
    multiply(positive, positive)
}

fn square_root(x: Range) -> Option<Range> {
    (x.low >= 0.0).then(|| Range {
        low: x.low.sqrt(),
        high: x.high.sqrt(),
        ..x
    })
}

fn maximum(x: Range, y: Range) -> Range {
    let (low, low_closed) = larger((x.low, x.low_closed), (y.low, y.low_closed));
    let (high, high_closed) = larger((x.high, x.high_closed), (y.high, y.high_closed));
    Range {
        low,
        high,
        low_closed,
        high_closed,
    }
}

/// The larger end; at a tie it is reached only when both reach it, or when the one that does is a constant's.
fn larger(x: (f64, bool), y: (f64, bool)) -> (f64, bool) {
    if x.0 > y.0 {
        x
    } else if y.0 > x.0 {
        y
    } else {
        (x.0, x.1 && y.1)
    }
}

fn clip(x: Range, low: Range, high: Range) -> Range {
    let from_below = if low.is_real() {
        x
    } else {
        maximum(x, Range::point(low.low))
    };
    if high.is_real() {
        from_below
    } else {
        negate(maximum(negate(from_below), Range::point(-high.high)))
    }
}

fn union(x: Range, y: Range) -> Range {
    hull(&[
        (x.low, x.low_closed),
        (x.high, x.high_closed),
        (y.low, y.low_closed),
        (y.high, y.high_closed),
    ])
}

/// A sum over at least one item: what has one sign can only grow away from zero.
fn sum(x: Range) -> Range {
    let low = if x.low >= 0.0 { x.low } else { f64::NEG_INFINITY };
    let high = if x.high <= 0.0 { x.high } else { f64::INFINITY };
    Range {
        low,
        high,
        low_closed: x.low_closed && low.is_finite(),
        high_closed: x.high_closed && high.is_finite(),
    }
}
