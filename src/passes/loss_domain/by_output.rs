//! Outputs that a loss on rates or distributions is not defined for.

use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, Produces};
use crate::passes::Context;

/// Finds an output that can leave the domain of its loss.
pub fn check(context: &Context<'_>, head: &Head, loss: &Loss) -> Option<Finding> {
    let activation = head.activation()?;
    let part = loss.parts.first()?;
    let problem = match (part.family, part.input) {
        (Family::Poisson | Family::Tweedie, Input::Positive) => rate(activation),
        (Family::Poisson, Input::Real) => log_rate(activation),
        (Family::KlDivergence, Input::Probabilities) => distribution(activation),
        (Family::KlDivergence, Input::LogProbabilities) => log_distribution(activation),
        _ => None,
    }?;
    Some(
        Finding::new(problem.severity,
            Confidence::Declared,
            problem.title,
            Place::new(activation.at, format!("gives values in {} …", activation.range())),
        )
        .with_related(Place::new(loss.written.at, problem.expects))
        .because(problem.why)
        .help(context.use_activation(head, problem.remedy).choice()),
    )
}

/// What is wrong with an output, in words.
struct Problem {
    severity: Severity,
    title: &'static str,
    expects: &'static str,
    why: &'static str,
    remedy: Produces,
}

fn rate(activation: &HeadActivation) -> Option<Problem> {
    let range = activation.range();
    if range.low > 0.0 || (range.low == 0.0 && !range.low_closed) {
        return None;
    }
    let negative = range.low < 0.0;
    Some(Problem {
        severity: if negative { Severity::Error } else { Severity::Warning },
        title: if negative {
            "a rate can be negative"
        } else {
            "a rate can stick at 0"
        },
        expects: "… but the loss takes a positive rate",
        why: if negative {
            "the logarithm of a negative rate is NaN, so the reported loss is: training goes on with finite weights, and \
             nothing shows where it leads (measured)."
        } else {
            "where the rate is 0 its logarithm has no useful gradient: the loss stayed at 5.5 instead of 0.5 (measured, ReLU)."
        },
        remedy: Produces::Positive,
    })
}

fn log_rate(activation: &HeadActivation) -> Option<Problem> {
    if activation.produces() != Produces::Positive {
        return None;
    }
    Some(Problem {
        severity: Severity::Warning,
        title: "a positive rate is read as its logarithm",
        expects: "… but the loss takes the logarithm of the rate by default",
        why: "the rate becomes e to the power of the output: never below 1.",
        remedy: Produces::Identity,
    })
}

fn distribution(activation: &HeadActivation) -> Option<Problem> {
    if activation.produces() == Produces::Distribution {
        return None;
    }
    Some(Problem {
        severity: Severity::Error,
        title: "a divergence is computed from values that are no distribution",
        expects: "… but the loss compares two distributions",
        why: "outputs that need not add up to 1 reach the least divergence by answering 1 everywhere (measured); negative ones \
              are clipped and lose their gradient.",
        remedy: Produces::Distribution,
    })
}

fn log_distribution(activation: &HeadActivation) -> Option<Problem> {
    (activation.produces() == Produces::LogProbabilities).then_some(Problem {
        severity: Severity::Error,
        title: "a divergence is computed from values that are no distribution",
        expects: "… but the loss takes the logarithms of one distribution",
        why: "independent probabilities need not add up to 1: answering 1 everywhere is the least divergence (measured).",
        remedy: Produces::LogDistribution,
    })
}
