//! How sure it is that a classifier is trained by a loss for numbers, and that nobody means it.

use super::is_of_counts;
use crate::diagnostic::{Confidence, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, LabelFormat, Measures, Produces};

/// How bad the loss is for the head; `None` where it is right, or nothing says that it is wrong.
pub fn severity(head: &Head, loss: &Loss) -> Option<Severity> {
    if is_meant(head) {
        None
    } else if loss.all_parts(|part| is_distance(part.family)) {
        of_distances(head)
    } else if loss.all_parts(|part| is_of_counts(part.family)) {
        of_counts(head, loss)
    } else {
        None
    }
}

fn is_distance(family: Family) -> bool {
    use Family::*;
    matches!(
        family,
        SquaredError | AbsoluteError | AbsolutePercentageError | SquaredLogError | OtherDistance | Huber | LogCosh
    )
}

/// A teacher's outputs, a Brier score on purpose, an autoencoder: distances between probabilities are right there.
fn is_meant(head: &Head) -> bool {
    let teacher = head
        .facts
        .labels
        .is_some_and(|labels| matches!(labels.value, LabelFormat::Probabilities | LabelFormat::Logits));
    let brier = head
        .metrics
        .iter()
        .any(|metric| metric.row.measures == Measures::Probabilities);
    let is_softmax = head
        .activation()
        .is_some_and(|a| a.produces() == Produces::Distribution);
    let autoencoder = head.output.mirrors_input && !is_softmax && !head.task.is_declared();
    teacher || brier || autoencoder
}

/// How sure the evidence makes it: declared classes or a softmax that is watched by class metrics are certain.
fn of_distances(head: &Head) -> Option<Severity> {
    let produces = head.activation().map(HeadActivation::produces);
    let is_softmax = produces == Some(Produces::Distribution);
    let is_sigmoid = produces == Some(Produces::Probabilities);
    if !head.task.is_classification() {
        return None;
    }
    match head.task.confidence {
        Confidence::Declared => Some(Severity::Error),
        Confidence::Implied if is_softmax => Some(Severity::Error),
        Confidence::Implied if has_class_labels(head) => Some(Severity::Warning),
        Confidence::Implied if is_sigmoid && !head.output.positions => Some(Severity::Warning),
        Confidence::Guessed if is_softmax && !head.output.positions => Some(Severity::Warning),
        Confidence::Implied | Confidence::Guessed => None,
    }
}

fn has_class_labels(head: &Head) -> bool {
    head.facts.labels.is_some() || head.facts.class_counts.is_some()
}

/// Counts may well be watched by an accuracy, so only a declared task counts. On rates of labels 0 and 1 the loss is a
/// cross-entropy and a penalty on the sum of the rates, which trains all the same.
fn of_counts(head: &Head, loss: &Loss) -> Option<Severity> {
    if !head.task.is_classification() || !head.task.is_declared() {
        return None;
    }
    let activation = head.activation()?;
    let takes_logarithms = loss.parts.first().is_some_and(|part| part.input == Input::Real);
    let is_rate = match takes_logarithms {
        true => activation.produces() == Produces::LogDistribution,
        false => activation.range().low >= 0.0 && !activation.range().low_closed,
    };
    let is_single = head.units() == Some(1);
    let fits = match head.facts.labels.map(|labels| labels.value) {
        Some(LabelFormat::Binary) => is_single && activation.produces() != Produces::Distribution,
        Some(LabelFormat::OneHot) | None => !is_single,
        Some(_) => false,
    };
    Some(if is_rate && fits {
        Severity::Info
    } else {
        Severity::Error
    })
}
