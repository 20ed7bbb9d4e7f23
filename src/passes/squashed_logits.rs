//! `squashed-logits`: an activation that squashes scores stands between the head and a classification loss.

mod at_the_end;
mod before_the_end;

use super::Context;
use crate::diagnostic::Finding;
use crate::ir::Head;

/// Finds ReLU, tanh, softplus and their like where a loss takes logits or probabilities, or before a softmax.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_cross_entropy() || part.family.is_overlap())?;
    at_the_end::check(context, head, loss, part, activation)
        .or_else(|| before_the_end::check(context, head, activation))
}
