//! `not-log-probabilities`: a loss that takes logarithms of probabilities is fed with something else.

use super::Context;
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, Produces};

/// Finds raw scores or probabilities that a loss reads as log-probabilities.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.input == Input::LogProbabilities)?;
    let (what, described) = given(activation)?;
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        format!("{what} are read as log-probabilities"),
        Place::new(activation.at, format!("the head gives {described} …")),
    )
    .with_related(Place::new(
        expectation_at(loss, part),
        "… but the loss takes logarithms of probabilities",
    ))
    .because(why(part.family, activation.produces()));
    Some(with_remedies(finding, context, head, activation, loss))
}

fn given(activation: &HeadActivation) -> Option<(&'static str, &'static str)> {
    match activation.produces() {
        Produces::Identity => Some(("raw scores", "any real number")),
        Produces::Distribution | Produces::Probabilities => Some(("probabilities", "values between 0 and 1")),
        Produces::Real | Produces::Positive | Produces::Bounded => Some(("activations", "values of another range")),
        Produces::LogDistribution | Produces::LogProbabilities => None,
    }
}

fn why(family: Family, produces: Produces) -> &'static str {
    match (family, produces) {
        (Family::NegativeLogLikelihood, Produces::Identity) => {
            "the loss is minus the score of the right class: it has no lower bound and fell to −39.9 (measured) while the \
             scores grew, without an error."
        }
        (Family::NegativeLogLikelihood, _) => {
            "the logarithm is missing: the loss is at best −1, and a confidently wrong sample has a gradient of 0.0001, \
             where cross-entropy gives 2.0 (measured)."
        }
        (Family::KlDivergence, _) => {
            "the divergence is computed from values that are no logarithms: it goes negative (−39.9 measured on raw \
             scores, −1.0 on probabilities) and is no divergence."
        }
        _ => "the loss is computed from values that are no logarithms, without an error; it can go negative.",
    }
}

fn with_remedies(
    finding: Finding,
    context: &Context<'_>,
    head: &Head,
    activation: &HeadActivation,
    loss: &Loss,
) -> Finding {
    let finding = finding.help(context.use_activation(head, Produces::LogDistribution).choice());
    if loss.family() != Family::NegativeLogLikelihood {
        return finding;
    }
    let Some(other) = context.use_loss(Family::SparseCategoricalCrossEntropy, Input::Logits, loss) else {
        return finding;
    };
    let other = other.or().when(", which takes raw scores");
    finding.help(if activation.is_identity() {
        other.choice()
    } else {
        other.and(context.remove_activation(head, activation)).choice()
    })
}
