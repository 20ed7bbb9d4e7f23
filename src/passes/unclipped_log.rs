//! `unclipped-log`: a logarithm whose argument can reach zero.

use super::Context;
use super::values;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Computation, HeadActivation, LossStatement, Term};
use crate::knowledge::{Arithmetic, Range};
use crate::ir::Computes;

const NAME: &str = "unclipped-log";

/// Finds logarithms of values that reach zero, in loss expressions and in the graph.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for head in &context.model.heads {
        if let LossStatement::Custom {
            expression: Ok(computation),
            ..
        } = &head.loss
        {
            findings.extend(check_computation(computation, head.activation()));
        }
    }
    for computation in &context.model.computations {
        findings.extend(check_computation(computation, None));
    }
    findings
}

fn check_computation<'a>(
    computation: &'a Computation,
    prediction: Option<&'a HeadActivation>,
) -> impl Iterator<Item = Finding> + 'a {
    let range = prediction.map(|activation| {
        if activation.is_identity() {
            Range::REAL
        } else {
            activation.range()
        }
    });
    let ranges = values::ranges(computation, range);
    computation.terms().filter_map(move |(_, term)| {
        if term.computes != Computes::Operation(Arithmetic::Log) {
            return None;
        }
        let argument = *term.inputs.first()?;
        let danger = Danger::of(ranges[argument.0]?)?;
        Some(finding(computation, term, computation.term(argument), danger, prediction))
    })
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
}

fn finding(
    computation: &Computation,
    log: &Term,
    argument: &Term,
    danger: Danger,
    prediction: Option<&HeadActivation>,
) -> Finding {
    let severity = match danger {
        Danger::Zero | Danger::Negative => Severity::Error,
        Danger::Underflow => Severity::Warning,
    };
    let title = match danger {
        Danger::Zero => "a logarithm is taken of a value that can be 0",
        Danger::Negative => "a logarithm is taken of a value that can be negative",
        Danger::Underflow => "a logarithm is taken of a probability without a guard against 0",
    };
    let source = source_of(computation, argument, prediction);
    Finding::new(NAME, severity, Confidence::Declared, title, Place::new(log.at, "log(0) is −∞ …"))
        .with_related(source)
        .because(match danger {
            Danger::Zero => "the first 0 makes the loss infinite, its gradient NaN, and every weight NaN after the step.",
            Danger::Negative => "the logarithm of a negative number is NaN: so is the loss, and every weight after the step.",
            Danger::Underflow => {
                "in float32 a sigmoid rounds to 0 or 1 beyond ±104 or 17 and a softmax beyond a distance of 104: one \
                 confident sample makes the loss infinite and every weight NaN."
            }
        })
        .help("clip the argument first, to 1e-7 … 1 − 1e-7 in float32")
        .help("or use the framework's own cross-entropy on logits, which never takes this logarithm")
}

/// The place that gives the dangerous value, when it is another one than the logarithm's.
fn source_of(computation: &Computation, argument: &Term, prediction: Option<&HeadActivation>) -> Option<Place> {
    match argument.computes {
        Computes::Values(_) => Some(Place::new(argument.at, "… and this gives values down to there")),
        Computes::Prediction => {
            prediction.map(|activation| Place::new(activation.at, "… and the head gives values down to there"))
        }
        Computes::Operation(_) => argument
            .inputs
            .iter()
            .map(|id| computation.term(*id))
            .find_map(|term| source_of(computation, term, prediction)),
        _ => None,
    }
}
