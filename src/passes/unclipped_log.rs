//! `unclipped-log`: a logarithm whose argument can reach zero, with nothing before it that was meant to prevent it.

use std::collections::HashSet;

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Computes;
use crate::ir::intervals::{Logarithm, Rounding, logarithms};
use crate::knowledge::Range;

/// Finds logarithms of values that reach zero, in loss expressions and in the graph.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    logarithms(context.model, |_| Rounding::None)
        .iter()
        .filter(|log| log.guard.is_none())
        .filter_map(|log| Some(finding(log, Danger::of(log.range)?)))
        .collect()
}

/// How near to zero an argument comes.
#[derive(Clone, Copy, PartialEq)]
enum Danger {
    /// Ordinary inputs give zero.
    Zero,
    /// Ordinary inputs give negative numbers.
    Negative,
    /// Zero is approached, and reached when the number underflows.
    Underflow,
}

impl Danger {
    fn of(range: Range) -> Option<Self> {
        if range.low < 0.0 {
            Some(Self::Negative)
        } else if range.low > 0.0 {
            None
        } else if range.low_closed {
            Some(Self::Zero)
        } else {
            Some(Self::Underflow)
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Zero => "a logarithm is taken of a value that can be 0",
            Self::Negative => "a logarithm is taken of a value that can be negative",
            Self::Underflow => "a logarithm is taken of a probability that can round to 0",
        }
    }

    fn why(self) -> &'static str {
        match self {
            Self::Zero => "the first 0 makes the loss infinite, its gradient NaN, and every weight NaN after the step.",
            Self::Negative => {
                "the logarithm of a negative number is NaN: so is the loss, and every weight after the step."
            }
            Self::Underflow => {
                "in float32 a sigmoid is exactly 1 from a score of 17 on, and a softmax exactly 0 a distance of 104 below the \
                 largest score: one confident sample makes the loss infinite and every weight NaN."
            }
        }
    }
}

fn finding(log: &Logarithm<'_>, danger: Danger) -> Finding {
    let severity = match danger {
        Danger::Zero | Danger::Negative => Severity::Error,
        Danger::Underflow => Severity::Warning,
    };
    Finding::new(severity,
        Confidence::Declared,
        danger.title(),
        Place::new(log.term.at, "log(0) is −∞ …"),
    )
    .with_related(source(log))
    .because(danger.why())
    .help("clip the argument first, to 1e-7 … 1 − 1e-7 in float32")
    .help("or use the framework's own cross-entropy on logits, which never takes this logarithm")
}

/// The place that gives the dangerous value, when it is another one than the logarithm's.
fn source(log: &Logarithm<'_>) -> Option<Place> {
    let mut seen = HashSet::new();
    let mut waiting = vec![log.argument];
    while let Some(id) = waiting.pop() {
        // A term that enters twice is looked at once: the ways through a graph are far more than its terms.
        if !seen.insert(id) {
            continue;
        }
        let term = log.computation.term(id);
        match (term.computes, log.prediction) {
            (Computes::Values(_), _) => return Some(Place::new(term.at, "… and this gives values down to there")),
            (Computes::Prediction, Some(activation)) => {
                return Some(Place::new(activation.at, "… and the head gives values down to there"));
            }
            (Computes::Operation(_), _) => waiting.extend(term.inputs.iter().rev()),
            _ => {}
        }
    }
    None
}
