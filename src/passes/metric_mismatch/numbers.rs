//! Metrics that count decisions where numbers are predicted.

use super::finding;
use crate::diagnostic::{Finding, Place};
use crate::ir::{Head, HeadActivation, Metric};
use crate::knowledge::{Measures, Produces, TaskKind};

/// Finds a metric that counts right decisions, on a head that predicts numbers.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let scores_answers = metric.row.measures == Measures::Probabilities;
    let decides = (scores_answers || metric.row.measures == Measures::Decisions)
        && metric.row.tasks.iter().any(|kind| kind.is_classification());
    let declared = head.task.is_regression() && head.facts.task.is_some();
    let by_shape = loss.family().is_regression()
        && head
            .activation()
            .is_some_and(|activation| gives_numbers(head, activation))
        && head.facts.task.is_none()
        && head.facts.labels.is_none();
    let of_yes_or_no = metric.row.tasks == [TaskKind::Binary];
    // In a program, scores that are cut may be fitted by squares: which labels there are is not known.
    // A word that only the shape makes one that cuts is another matter.
    let cuts = metric.threshold.is_some() && says_its_own_name(metric);
    let may_be_squares = head.is_in_program && (of_yes_or_no || cuts);
    if !decides || !(declared || (by_shape && !may_be_squares)) {
        return None;
    }
    let label = if scores_answers {
        "scores the probabilities of classes …"
    } else if of_yes_or_no {
        "counts answers to yes or no …"
    } else {
        "counts exact hits of classes …"
    };
    let finding = finding(head, metric, "is measured on predicted numbers", label)
        .with_related(Place::new(loss.written.at, "… but the output is trained as a number"))
        .because(if scores_answers {
            "a predicted 3.02 is no probability: it is cut to 1 or refused, and what comes out says nothing of the distance."
        } else if of_yes_or_no {
            "it cuts the output: only with labels of 0 and 1 does it count decisions, and those are not trained as numbers."
        } else {
            "a predicted 3.02 is never equal to 3: the metric stays at 0 or says something by accident."
        })
        .help("use a distance, such as the mean absolute error");
    Some(if of_yes_or_no {
        finding.help("or, where the labels are 0 and 1, train with a loss for yes or no")
    } else {
        finding
    })
}

/// Whether a metric is written by a name of its row.
fn says_its_own_name(metric: &Metric) -> bool {
    let written = metric.written.value.rsplit('.').next();
    written.is_some_and(|name| metric.row.name == name || metric.row.names.iter().any(|own| own == name))
}

/// Numbers that are no probabilities. Those that an autoencoder gives are watched by all sorts of metrics.
fn gives_numbers(head: &Head, activation: &HeadActivation) -> bool {
    match activation.produces() {
        Produces::Identity => true,
        Produces::Real | Produces::Positive | Produces::Bounded => !head.output.mirrors_input && !head.output.positions,
        _ => false,
    }
}
