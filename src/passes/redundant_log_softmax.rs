//! `redundant-log-softmax`: a log-softmax stands before a loss that applies one itself.

use super::Context;
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Input, Produces};

/// Finds log-softmax heads with a cross-entropy on logits.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.input == Input::Logits && part.family.is_exclusive_cross_entropy())?;
    if activation.produces() != Produces::LogDistribution {
        return None;
    }
    Some(
        Finding::new(Severity::Info,
            Confidence::Declared,
            "a log-softmax before this loss changes nothing",
            Place::new(activation.at, "computes what …"),
        )
        .with_related(Place::new(expectation_at(loss, part), "… the loss computes again"))
        .because("log-softmax of a log-softmax is the same: the numbers and gradients are equal (measured).")
        .help(context.remove_activation(head, activation).safe()),
    )
}
