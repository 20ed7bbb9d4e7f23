//! `loss-domain`: outputs or targets can leave the values for which a loss is defined.

mod by_output;
mod by_target;

use super::Context;
use crate::diagnostic::Finding;
use crate::ir::Head;

/// Finds Poisson, Kullback-Leibler, Tweedie, percentage and logarithmic losses on values outside their domain.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    by_output::check(context, head, loss).or_else(|| by_target::check(context, head, loss))
}
