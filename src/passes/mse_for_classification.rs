//! `mse-for-classification`: a distance between numbers trains a classifier.

use super::Context;
use super::words::units;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, LabelFormat, Measures, Produces, TaskKind};

const NAME: &str = "mse-for-classification";

/// Finds regression losses on heads that are declared, implied or shaped as classifiers.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    if !loss.all_parts(|part| is_distance(part.family)) || is_meant(head) {
        return None;
    }
    let severity = severity(head)?;
    Some(finding(context, head, loss, severity))
}

fn is_distance(family: Family) -> bool {
    use Family::*;
    matches!(
        family,
        SquaredError | AbsoluteError | AbsolutePercentageError | SquaredLogError | Huber | LogCosh
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
    let is_softmax = head.activation().is_some_and(|a| a.produces() == Produces::Distribution);
    let autoencoder = head.output.mirrors_input && !is_softmax && !head.task.is_declared();
    teacher || brier || autoencoder
}

/// How sure the evidence makes it: declared classes or a softmax that is watched by class metrics are certain.
fn severity(head: &Head) -> Option<Severity> {
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

fn finding(context: &Context<'_>, head: &Head, loss: &Loss, severity: Severity) -> Finding {
    let what = match loss.family() {
        Family::SquaredError => "mean squared error",
        Family::AbsoluteError => "mean absolute error",
        Family::Huber => "a Huber loss",
        Family::LogCosh => "a log-cosh loss",
        _ => "a regression loss",
    };
    let mut finding = Finding::new(
        NAME,
        severity,
        head.task.confidence,
        format!("{what} trains a classifier"),
        Place::new(loss.written.at, "trains it by the distance to the class label"),
    )
    .with_related(head.activation().map(|activation| output_place(head, activation)))
    .because(why(head))
    .with_evidence(head.task.evidence.iter().cloned());
    for remedy in remedies(context, head, loss) {
        finding = finding.help(remedy);
    }
    finding
}

fn output_place(head: &Head, activation: &HeadActivation) -> Place {
    let label = match activation.produces() {
        Produces::Distribution => format!("probabilities of exclusive classes, {}", units(head.units())),
        Produces::Probabilities => match head.units() {
            Some(1) => "one probability".to_owned(),
            count => format!("independent probabilities, {}", units(count)),
        },
        _ => format!("the output: {}", units(head.units())),
    };
    Place::new(activation.at, label)
}

fn why(head: &Head) -> &'static str {
    match head.activation().map(HeadActivation::produces) {
        Some(Produces::Distribution) => {
            "where the model is confidently wrong, the gradient through the softmax nearly vanishes: \
             0.0002, where cross-entropy gives 2.0 (measured, K = 5)."
        }
        Some(Produces::Probabilities) => {
            "where the model is confidently wrong, the gradient through the sigmoid nearly vanishes: \
             0.0001, where binary cross-entropy gives 1.0 (measured)."
        }
        _ => {
            "the distance between class numbers means nothing: class 4 is not twice class 2, and a mistake by one \
             costs less than a mistake by three."
        }
    }
}

fn remedies(context: &Context<'_>, head: &Head, loss: &Loss) -> Vec<String> {
    let labels = head.facts.labels.map(|labels| labels.value);
    let produces = head.activation().map(HeadActivation::produces);
    let many = !head.task.is(TaskKind::Binary)
        && (head.task.is(TaskKind::Multiclass)
            || produces == Some(Produces::Distribution)
            || labels == Some(LabelFormat::Integer));
    let multilabel = head.task.is(TaskKind::Multilabel);
    let (family, wanted) = if many && !multilabel {
        match labels {
            Some(LabelFormat::OneHot) => (Family::CategoricalCrossEntropy, Produces::Distribution),
            _ => (Family::SparseCategoricalCrossEntropy, Produces::Distribution),
        }
    } else {
        (Family::BinaryCrossEntropy, Produces::Probabilities)
    };
    let mut remedies = Vec::new();
    let fits = produces == Some(wanted);
    let from = if fits { Input::Probabilities } else { Input::Logits };
    let name = context
        .loss_name(family, from, loss)
        .or_else(|| context.loss_name(family, Input::Logits, loss));
    if let Some(name) = name {
        let stays = if fits { " (the head can stay)" } else { "" };
        remedies.push(format!("use \"{name}\"{stays}"));
    }
    if !head.task.is_declared() {
        remedies.push("if this is a regression, say so: task.kind = \"regression\"".to_owned());
    }
    remedies
}
