//! Metrics that the library refuses beside the loss.

use super::finding;
use crate::diagnostic::{Confidence, Finding, Place};
use crate::ir::{Head, Metric};

/// Finds a metric that the library does not compute for losses of this task.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let tasks = &loss.row.tasks;
    if tasks.is_empty() || !tasks.iter().all(|task| metric.row.refused_with.contains(task)) {
        return None;
    }
    let finding = finding(
        head,
        metric,
        &format!("is refused beside \"{}\"", loss.written.value),
        "the framework does not compute this …",
    )
    .with_related(Place::new(loss.written.at, "… for what this loss trains"))
    .because("the framework stops before it trains.")
    .help("use a metric for the task of the loss");
    Some(Finding {
        confidence: Confidence::Declared,
        ..finding
    })
}
