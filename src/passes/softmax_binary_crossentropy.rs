//! `softmax-binary-crossentropy`: one distribution over classes goes into a loss on independent outputs.

use super::Context;
use super::words::units;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, Input, LabelFormat, Produces};

/// Finds softmax heads that a binary cross-entropy trains.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_independent_cross_entropy() && part.input == Input::Probabilities)?;
    if activation.produces() != Produces::Distribution || head.units() == Some(1) {
        return None;
    }
    let severity = severity(head, loss, part.family);
    let finding = Finding::new(severity,
        Confidence::Declared,
        "a softmax is trained as independent outputs",
        Place::new(
            activation.at,
            format!("one distribution over {} …", units(head.units())),
        ),
    )
    .with_related(Place::new(
        loss.written.at,
        "… but the loss asks each unit a yes or no of its own",
    ))
    .because(why(loss, severity));
    let same_head = context.use_loss(Family::CategoricalCrossEntropy, Input::Probabilities, loss);
    let exclusive = same_head.or_else(|| {
        let other = context.use_loss(Family::SparseCategoricalCrossEntropy, Input::Logits, loss)?;
        Some(other.and(context.remove_activation(head, activation)))
    });
    let labels = head.facts.labels.map(|labels| labels.value);
    let exclusive = exclusive
        .filter(|_| labels != Some(LabelFormat::BinaryVector))
        .map(|step| step.when(", if exactly one class is right for each sample").choice());
    let independent = (labels != Some(LabelFormat::OneHot)).then(|| {
        let step = context.use_activation(head, Produces::Probabilities);
        let step = if exclusive.is_some() { step.or() } else { step };
        step.when(", if several labels can be right at once").choice()
    });
    Some(finding.help_all(exclusive.into_iter().chain(independent)))
}

/// Over two classes, or over as many as nobody says, it may be the same task either way. Elsewhere it depends on whether a
/// backend trains something else than the model predicts.
fn severity(head: &Head, loss: &Loss, family: Family) -> Severity {
    let labels = head.facts.labels.map(|labels| labels.value);
    if labels == Some(LabelFormat::BinaryVector) {
        Severity::Warning
    } else if head.units().is_none_or(|units| units == 2) || loss.row.rescued_on.is_empty() || family.is_focal() {
        Severity::Info
    } else {
        Severity::Warning
    }
}

fn why(loss: &Loss, severity: Severity) -> &'static str {
    if severity != Severity::Info && loss.row.rescued_on.is_empty() {
        "with several labels at once the probabilities share a sum of 1: accuracy stayed at 0.37 (measured)."
    } else if severity == Severity::Info {
        "it learns exclusive classes with one-hot labels (measured), with a gradient that differs from cross-entropy's; \
         with several labels at once it cannot."
    } else {
        "Keras on TensorFlow trains independent sigmoids and predicts with the softmax; with several labels at once accuracy \
         stayed at 0.22 to 0.30 (measured)."
    }
}
