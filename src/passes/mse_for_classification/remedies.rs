//! Which cross-entropy should train the classifier, and what the head has to do for it.

use crate::diagnostic::Remedy;
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, LabelFormat, Produces, TaskKind};
use crate::passes::Context;
use crate::passes::remedies::Step;

/// The cross-entropy that fits, and the way to say that it is none of a classifier's.
pub fn remedies(context: &Context<'_>, head: &Head, loss: &Loss) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    let is_certain = head.task.is_declared() || head.facts.labels.is_some();
    let as_remedy = if is_certain { Step::choice } else { Step::shown };
    remedies.extend(cross_entropy(context, head, loss).map(as_remedy));
    if !head.task.is_declared() {
        remedies.push(Remedy {
            declares_task: true,
            ..Step::words("if this is a regression, say so: task.kind = \"regression\"").shown()
        });
    }
    remedies
}

/// How to train by the cross-entropy that fits the labels, and the head when it has to follow.
fn cross_entropy(context: &Context<'_>, head: &Head, loss: &Loss) -> Option<Step> {
    let (family, wanted) = fitting(head);
    if head.units() == Some(1) && wanted == Produces::Distribution {
        let name = context
            .loss_name(family, Input::Probabilities, loss)
            .or_else(|| context.loss_name(family, Input::Logits, loss))?;
        return Some(Step::words(format!("give every class a unit and use \"{name}\"")));
    }
    let activation = head.activation();
    let fits = activation.is_some_and(|activation| activation.produces() == wanted);
    let on_logits = || context.use_loss(family, Input::Logits, loss);
    let on_probabilities = || context.use_loss(family, Input::Probabilities, loss);
    if fits && let Some(step) = on_probabilities() {
        return Some(step.when(" (the head can stay)"));
    }
    match activation {
        Some(activation) if fits => Some(on_logits()?.and(context.remove_activation(head, activation))),
        _ if context.has_loss_on(family, Input::Logits) => on_logits(),
        _ => Some(on_probabilities()?.and(context.use_activation(head, wanted))),
    }
}

/// The cross-entropy of a classifier, and what it takes.
fn fitting(head: &Head) -> (Family, Produces) {
    let labels = head.facts.labels.map(|labels| labels.value);
    let produces = head.activation().map(HeadActivation::produces);
    let exclusive = head.task.is(TaskKind::Multiclass)
        || (!head.task.is(TaskKind::Binary)
            && !head.task.is(TaskKind::Multilabel)
            && (produces == Some(Produces::Distribution) || labels == Some(LabelFormat::Integer)));
    match labels {
        _ if !exclusive => (Family::BinaryCrossEntropy, Produces::Probabilities),
        Some(LabelFormat::Integer) => (Family::SparseCategoricalCrossEntropy, Produces::Distribution),
        // A distance needs targets as wide as the output, so they are one-hot unless they are said to be indices.
        _ => (Family::CategoricalCrossEntropy, Produces::Distribution),
    }
}
