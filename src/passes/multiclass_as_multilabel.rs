//! `multiclass-as-multilabel`: classes that exclude each other are trained as independent yes-or-no questions.

use super::Context;
use super::words::units;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Family, Input, LabelFormat, Produces, TaskKind};

/// Finds several sigmoids with a binary cross-entropy where facts say that the classes exclude each other.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_independent_cross_entropy())?;
    let independent = match part.input {
        Input::Logits => activation.is_identity(),
        _ => activation.produces() == Produces::Probabilities,
    };
    // The library's own way to train exclusive classes one against all.
    let is_meant = loss.row.tasks == [TaskKind::Multiclass] || loss.row.one_against_all;
    if !independent || is_meant || head.units() == Some(1) || head.output.positions || !excludes(head) {
        return None;
    }
    let fact = head
        .facts
        .labels
        .map(|labels| labels.at)
        .or(head.facts.task.map(|task| task.at))?;
    let finding = Finding::new(Severity::Warning,
        head.task.confidence,
        "exclusive classes are trained as independent outputs",
        Place::new(
            loss.written.at,
            format!("asks {} a yes or no each …", units(head.units())),
        ),
    )
    .with_related(Place::new(fact, "… but exactly one class is right for each sample"))
    .with_evidence(head.task.evidence.iter().cloned())
    .because(
        "it learns, but the outputs are no distribution: two classes can both get 0.9, and they need not add up to 1.",
    );
    let labels = head.facts.labels.map(|labels| labels.value);
    let family = match labels {
        Some(LabelFormat::Integer) => Family::SparseCategoricalCrossEntropy,
        _ => Family::CategoricalCrossEntropy,
    };
    let same_input = context.use_loss(family, part.input, loss);
    let on_logits = || context.use_loss(Family::SparseCategoricalCrossEntropy, Input::Logits, loss);
    Some(match (same_input, part.input) {
        (Some(other), Input::Logits) => finding.help(other.choice()),
        (Some(other), _) => finding.help(context.use_activation(head, Produces::Distribution).and(other).choice()),
        (None, _) => match on_logits() {
            Some(other) => finding.help(context.remove_activation(head, activation).and(other).choice()),
            None => finding,
        },
    })
}

/// Whether declared facts, not only the shape or a metric, say that classes exclude each other.
fn excludes(head: &Head) -> bool {
    let task = head.facts.task.map(|task| task.value);
    let one_hot = head
        .facts
        .labels
        .is_some_and(|labels| matches!(labels.value, LabelFormat::OneHot | LabelFormat::Integer));
    match task {
        Some(TaskKind::Multiclass) => true,
        Some(TaskKind::Binary) | None => one_hot,
        Some(_) => false,
    }
}
