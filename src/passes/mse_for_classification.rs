//! `mse-for-classification`: a distance between numbers trains a classifier.

use super::Context;
use super::step::Step;
use super::words::units;
use crate::diagnostic::{Confidence, Finding, Place, Remedy, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, LabelFormat, Measures, Produces, TaskKind};

const NAME: &str = "mse-for-classification";

/// Finds regression losses on heads that are declared, implied or shaped as classifiers.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    if is_meant(head) {
        return None;
    }
    let severity = if loss.all_parts(|part| is_distance(part.family)) {
        severity(head)?
    } else if loss.all_parts(|part| is_of_counts(part.family)) {
        severity_of_counts(head, loss)?
    } else {
        return None;
    };
    Some(finding(context, head, loss, severity))
}

fn is_of_counts(family: Family) -> bool {
    matches!(family, Family::Poisson | Family::Tweedie)
}

/// Counts may well be watched by an accuracy, so only a declared task counts. On rates of labels 0 and 1 the loss is a
/// cross-entropy and a penalty on the sum of the rates, which trains all the same.
fn severity_of_counts(head: &Head, loss: &Loss) -> Option<Severity> {
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
        Family::Poisson | Family::Tweedie => "a loss for counts",
        _ => "a regression loss",
    };
    Finding::new(
        NAME,
        severity,
        head.task.confidence,
        format!("{what} trains a classifier"),
        Place::new(
            loss.written.at,
            if is_of_counts(loss.family()) {
                "takes the label for a count, and the output for its rate"
            } else {
                "trains it by the distance to the class label"
            },
        ),
    )
    .with_related(head.activation().map(|activation| output_place(head, activation)))
    .because(why(head, loss))
    .with_evidence(head.task.evidence.iter().cloned())
    .help_all(remedies(context, head, loss))
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

fn why(head: &Head, loss: &Loss) -> &'static str {
    if is_of_counts(loss.family()) {
        return "the loss asks how often something happens, not whether: a rate may exceed 1, and a wrong class costs its rate \
                instead of −log(1 − p).";
    }
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

fn remedies(context: &Context<'_>, head: &Head, loss: &Loss) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    let is_certain = head.task.is_declared() || head.facts.labels.is_some();
    let as_remedy = if is_certain { Step::choice } else { Step::shown };
    remedies.extend(cross_entropy(context, head, loss).map(as_remedy));
    if !head.task.is_declared() {
        remedies.push(Step::words("if this is a regression, say so: task.kind = \"regression\"").shown());
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
