//! `classification-loss-for-regression`: a loss for classes trains numbers.

use super::Context;
use super::words::number;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss, Role};
use crate::knowledge::{Family, Input};
use crate::span::Spanned;

/// Finds cross-entropies and hinge losses on heads that predict numbers: declared ones, and the boxes of a detector.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let part = loss.part(|part| part.family.is_classification())?;
    if head.role.is_some_and(|role| role.value == Role::Box) {
        return Some(box_finding(context, head, loss));
    }
    let target = &head.facts.target;
    let is_of_targets = target.is_declared() || target.is_normalized();
    let declared = head.facts.task.is_some() || is_of_targets || head.facts.labels.is_some();
    let outside = outside_unit_interval(head);
    // Whatever the task is: a binary cross-entropy has no lower bound there.
    let is_boundless = part.family.is_independent_cross_entropy() && outside.is_some();
    let is_of_numbers = head.task.is_regression() && declared;
    if !is_boundless && !is_of_numbers {
        return None;
    }
    if part.family.is_independent_cross_entropy() && outside.is_none() && is_known_inside(head) {
        return None;
    }
    let severity = if outside.is_some() || !part.family.is_independent_cross_entropy() {
        Severity::Error
    } else {
        Severity::Warning
    };
    let finding = Finding::new(severity,
        head.task.confidence,
        if head.task.is_regression() {
            "a loss for classes is trained on numbers"
        } else {
            "a binary cross-entropy is trained on targets beyond 0 or 1"
        },
        Place::new(loss.written.at, "compares probabilities of classes …"),
    )
    .with_related(outside.map(|value| Place::new(value.at, format!("… but the targets go to {}", number(value.value)))))
    .with_evidence(head.task.evidence.iter().cloned())
    .because(why(part.family));
    Some(with_remedy(finding, context, loss))
}

fn why(family: Family) -> &'static str {
    if family.is_independent_cross_entropy() {
        "with a target beyond 0 or 1 the loss has no lower bound: the more wrong the output, the lower it falls, below 0 \
         (−19 measured)."
    } else {
        "such a loss knows right and wrong classes and no distance: an answer that is off by one step costs as much as one \
         that is off by a hundred."
    }
}

/// A statistic that shows targets outside [0, 1].
fn outside_unit_interval(head: &Head) -> Option<Spanned<f64>> {
    let target = &head.facts.target;
    [target.max, target.min, target.mean]
        .into_iter()
        .flatten()
        .find(|value| value.value > 1.0 || value.value < 0.0)
}

/// Whether the statistics show that all targets lie in [0, 1]: images and shares may be trained by cross-entropy.
fn is_known_inside(head: &Head) -> bool {
    let target = &head.facts.target;
    target.min.is_some_and(|min| min.value >= 0.0) && target.max.is_some_and(|max| max.value <= 1.0)
}

fn box_finding(context: &Context<'_>, head: &Head, loss: &Loss) -> Finding {
    let role = head
        .role
        .map(|role| Place::new(role.at, "… but this output predicts coordinates"));
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        "box coordinates are trained as classes",
        Place::new(loss.written.at, "treats every wrong answer alike …"),
    )
    .with_related(role)
    .because(
        "cutting coordinates into classes loses the distance between neighbours: a box that is off by one pixel costs \
              as much as one on the other side.",
    );
    with_remedy(finding, context, loss)
}

fn with_remedy(finding: Finding, context: &Context<'_>, loss: &Loss) -> Finding {
    match context.loss_names(&[Family::SquaredError, Family::Huber], Input::Real, loss) {
        Some(names) => finding.help(format!("use {names} on an output without an activation")),
        None => finding,
    }
}
