//! `loss-domain`: outputs or targets can leave the values for which a loss is defined.

use super::Context;
use super::words::number;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, Produces};
use crate::span::Spanned;

const NAME: &str = "loss-domain";

/// Finds Poisson, Kullback-Leibler, Tweedie, percentage and logarithmic losses on values outside their domain.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    by_output(context, head, loss).or_else(|| by_target(context, head, loss))
}

fn by_output(context: &Context<'_>, head: &Head, loss: &Loss) -> Option<Finding> {
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
        Finding::new(
            NAME,
            problem.severity,
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
            "the logarithm of a negative rate is NaN, and every weight with it after the step (measured)."
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

fn by_target(context: &Context<'_>, head: &Head, loss: &Loss) -> Option<Finding> {
    let target = &head.facts.target;
    let (said, title, why) = match loss.family() {
        Family::Poisson | Family::Tweedie => (
            below(target.min, 0.0)?,
            "a loss for counts has negative targets",
            "a negative count has no likelihood: the loss has no lower bound.",
        ),
        Family::SquaredLogError => (
            below(target.min, 0.0)?,
            "a logarithmic error has negative targets",
            "targets and predictions below 0 are clamped to 0 in silence and have no gradient (measured).",
        ),
        Family::AbsolutePercentageError => (
            holding_zero(target.min, target.max)?,
            "a percentage error has targets of 0",
            "the error is divided by the target: a target of 0 gives 10⁹ (measured).",
        ),
        _ => return None,
    };
    let finding = Finding::new(
        NAME,
        Severity::Warning,
        head.task.confidence,
        title,
        Place::new(loss.written.at, "is not defined for all targets …"),
    )
    .with_related(Place::new(
        said.at,
        format!("… which go down to {}", number(said.value)),
    ))
    .because(why);
    Some(match context.loss_name(Family::Huber, Input::Real, loss) {
        Some(name) => finding.help(format!("use \"{name}\", or shift the targets into the domain")),
        None => finding,
    })
}

fn below(min: Option<Spanned<f64>>, limit: f64) -> Option<Spanned<f64>> {
    min.filter(|min| min.value < limit)
}

fn holding_zero(min: Option<Spanned<f64>>, max: Option<Spanned<f64>>) -> Option<Spanned<f64>> {
    let (min, max) = (min?, max?);
    (min.value <= 0.0 && max.value >= 0.0).then_some(min)
}
