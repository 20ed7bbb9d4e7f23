//! `single-unit-softmax`: a softmax over one unit, or over the samples of a batch, is always 1.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation};
use crate::knowledge::{Family, Input, Produces};

/// Finds softmax heads with one unit, whatever the loss is, and those over the samples of a batch.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let activation = head.activation()?;
    let normalised = matches!(
        activation.produces(),
        Produces::Distribution | Produces::LogDistribution
    );
    if !normalised {
        return None;
    }
    over_one_unit(context, head, activation).or_else(|| over_the_batch(head, activation))
}

/// Where the loss makes probabilities of scores by itself, that is the mistake to tell. An axis before the units may be one
/// of positions, and a network may be given single samples: then its first axis holds the units.
fn over_the_batch(head: &Head, activation: &HeadActivation) -> Option<Finding> {
    let axis = *activation.over_batch.as_deref()?;
    let loss = head.known_loss()?;
    if head.output.positions || loss.part(|part| part.input == Input::Logits).is_some() {
        return None;
    }
    let finding = Finding::new(Severity::Warning,
        Confidence::Implied,
        "a softmax works over the samples of a batch",
        Place::new(axis, "divides each score by the sum over all samples …"),
    )
    .with_related(Place::new(loss.written.at, "… but the loss compares the classes of one sample"))
    .because(
        "what a sample gets depends on the others beside it, and alone it gets 1 for every class: 0.97 of the answers became \
         0.22 (measured, 4 classes).",
    )
    .help("let it work over the last axis: -1");
    Some(finding.help("or, if samples come without a batch, say why in a suppression"))
}

fn over_one_unit(context: &Context<'_>, head: &Head, activation: &HeadActivation) -> Option<Finding> {
    let units = head.output.units?;
    if !activation.over_units || units.value != 1 {
        return None;
    }
    let constant = if activation.produces() == Produces::Distribution {
        "1"
    } else {
        "0"
    };
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        format!("a softmax over one unit is always {constant}"),
        Place::new(activation.at, "divides one number by itself"),
    )
    .with_related((units.at != activation.at).then(|| Place::new(units.at, "over this single unit")))
    .because(
        "every sample gets the same answer, whatever the weights are. A falling loss proves nothing: on TensorFlow it \
         fell to 0.0006 while accuracy stayed at 0.40 (measured).",
    );
    Some(with_remedies(finding, context, head, activation))
}

/// What is meant follows from the loss: a regression loss wants no activation, others a sigmoid that they can read.
fn with_remedies(finding: Finding, context: &Context<'_>, head: &Head, activation: &HeadActivation) -> Finding {
    let remove = context.remove_activation(head, activation);
    let sigmoid = context.use_activation(head, Produces::Probabilities);
    let yes_or_no = ", for a yes or no with labels 0 and 1";
    let classes = "or give it one unit for each class, two at least";
    let Some(loss) = head.known_loss() else {
        return finding.help(sigmoid.when(yes_or_no).choice()).help(classes);
    };
    if loss.family().is_regression() && !head.task.is_classification() {
        return finding.help(remove.when(", if a number is predicted").choice()).help(
            sigmoid
                .or()
                .when(&format!("{yes_or_no} and a binary cross-entropy"))
                .shown(),
        );
    }
    let on_logits = loss.part(|part| part.input == Input::Logits).is_some();
    let exclusive = loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    let input = if on_logits { Input::Logits } else { Input::Probabilities };
    let head_step = if on_logits { remove } else { sigmoid };
    let step = match context.use_loss(Family::BinaryCrossEntropy, input, loss) {
        Some(other) if exclusive => head_step.and(other),
        _ => head_step,
    };
    finding.help(step.when(yes_or_no).choice()).help(classes)
}
