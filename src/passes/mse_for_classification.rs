//! `mse-for-classification`: a distance between numbers trains a classifier.

mod evidence;
mod remedies;

use super::Context;
use super::words::units;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Produces, TaskKind};

/// Finds regression losses on heads that are declared, implied or shaped as classifiers.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let severity = evidence::severity(head, loss)?;
    Some(finding(context, head, loss, severity))
}

fn is_of_counts(family: Family) -> bool {
    matches!(family, Family::Poisson | Family::Tweedie)
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
    Finding::new(severity,
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
    .help_all(remedies::remedies(context, head, loss))
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
        _ if head.task.is(TaskKind::Binary) => {
            "the output is not held between 0 and 1: an answer that is right and sure, a 3 where the label is 1, costs more than \
             a 0, which is wrong."
        }
        _ => {
            "the distance between class numbers means nothing: class 4 is not twice class 2, and a mistake by one \
             costs less than a mistake by three."
        }
    }
}
