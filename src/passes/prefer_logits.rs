//! `prefer-logits`: probabilities are computed and then their logarithm, where one step would do both.

use super::Context;
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Family, Input, Produces};

/// Finds right pairings of an activation and a cross-entropy that have a more stable form on logits.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_cross_entropy())?;
    let fits = matches!(
        (
            part.input,
            activation.produces(),
            part.family.is_exclusive_cross_entropy()
        ),
        (Input::Probabilities, Produces::Probabilities, false)
            | (Input::Probabilities, Produces::Distribution, true)
            | (Input::LogProbabilities, Produces::LogDistribution, true)
    );
    if !fits || head.units() == Some(1) && part.family.is_exclusive_cross_entropy() {
        return None;
    }
    let expect = match part.family {
        Family::NegativeLogLikelihood => {
            context.use_loss(Family::SparseCategoricalCrossEntropy, Input::Logits, loss)?
        }
        _ => context.make_loss_expect(loss, part, Input::Logits)?,
    };
    Some(
        Finding::new(Severity::Info,
            Confidence::Declared,
            "a loss on logits would be more stable",
            Place::new(activation.at, "these are turned into probabilities …"),
        )
        .with_related(Place::new(expectation_at(loss, part), "… and here into their logarithms"))
        .because(
            "in float32 a sigmoid is exactly 1 from a score of 17 on; its logarithm is then clipped and has no gradient. On \
             logits both are one step that keeps every digit.",
        )
        .help(context.remove_activation(head, activation).and(expect).choice()),
    )
}
