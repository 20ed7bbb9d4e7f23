//! `sigmoid-categorical-crossentropy`: independent probabilities go into a loss over exclusive classes.

use super::Context;
use super::words::units;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss, Part};
use crate::knowledge::{Family, Input, Produces, TaskKind};

/// Finds sigmoids over several classes that a categorical cross-entropy trains.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    if activation.produces() != Produces::Probabilities || head.units() == Some(1) {
        return None;
    }
    let part = loss.part(|part| part.family.is_exclusive_cross_entropy() && !is_told_logits(part))?;
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        "independent sigmoids are trained as exclusive classes",
        Place::new(
            activation.at,
            format!(
                "{} of their own range: they need not add up to 1 …",
                units(head.units())
            ),
        ),
    )
    .with_related(Place::new(
        loss.written.at,
        "… but the loss takes one distribution over all classes",
    ))
    .because(why(loss, part));
    Some(with_remedies(finding, context, head, loss, part))
}

/// Told by a switch to expect logits: then it is the switch that is wrong, and another lint says so.
fn is_told_logits(part: &Part) -> bool {
    part.input == Input::Logits && part.decision.is_some()
}

fn why(loss: &Loss, part: &Part) -> &'static str {
    if part.input == Input::Logits {
        "the loss applies softmax to values between 0 and 1: with 5 classes it cannot fall below 0.907 (measured), while \
         accuracy looks right."
    } else if loss.row.rescued_on.is_empty() {
        "outputs such as [0.9, 0.8, 0.7] contradict exclusive classes: they need not add up to 1, and the loss is computed as \
         if they did."
    } else {
        "outputs such as [0.9, 0.8, 0.7] contradict exclusive classes. TensorFlow's Keras trains a softmax behind your \
         back and then predicts with the sigmoids; the probabilities that you read are not the ones that were trained."
    }
}

fn with_remedies(finding: Finding, context: &Context<'_>, head: &Head, loss: &Loss, part: &Part) -> Finding {
    let exclusive = if part.input == Input::Logits {
        let Some(activation) = head.activation() else {
            return finding;
        };
        context.remove_activation(head, activation)
    } else {
        context.use_activation(head, Produces::Distribution)
    };
    let independent = context.use_loss(Family::BinaryCrossEntropy, Input::Probabilities, loss);
    let is_declared = |kind| head.task.is_declared() && head.task.is(kind);
    match independent {
        _ if is_declared(TaskKind::Multiclass) => finding.help(exclusive.choice()),
        Some(independent) if is_declared(TaskKind::Multilabel) => finding.help(independent.choice()),
        independent => {
            let finding = finding.help(
                exclusive
                    .when(", if exactly one class is right for each sample")
                    .shown(),
            );
            finding.help_all(independent.map(|step| step.or().when(", if several labels can be right at once").shown()))
        }
    }
}
