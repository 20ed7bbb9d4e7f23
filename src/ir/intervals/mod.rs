//! The values that each step of a computation can take, by interval arithmetic, and with them its logarithms. What is not
//! known stays unknown.

mod interval;
mod logarithms;
mod rounding;

pub use logarithms::{Logarithm, logarithms};
pub use rounding::Rounding;

use super::{Computation, Computes, Term, TermId};
use crate::knowledge::{Arithmetic, Range};
use interval::{
    absolute, add, clip, divide, maximum, minimum, multiply, negate, open, power, square, square_root, sum, union,
};

/// Labels of classes: an open interval, because what a label of exactly 0 removes from a sum its complement puts back.
const LABELS: Range = Range {
    low: 0.0,
    high: 1.0,
    low_closed: false,
    high_closed: false,
};

/// The ranges of all terms, in order; `None` where nothing is known. `prediction` is the range of the model's output.
fn ranges(computation: &Computation, prediction: Option<Range>, rounding: Rounding) -> Vec<Option<Range>> {
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
        A::Minimum => minimum(x()?, y()?),
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
