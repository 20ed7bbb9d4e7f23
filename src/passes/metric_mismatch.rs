//! `metric-mismatch`: a metric measures something else than what the head gives or the labels say.

mod classes;
mod labels;
mod logits;
mod numbers;
mod refused;
mod units;

use super::Context;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Metric};

/// Finds the first metric that does not fit: decisions on numbers, cuts on logits, a choice among one output, the wrong
/// label format, task or number of classes.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    head.metrics.iter().find_map(|metric| {
        numbers::check(head, metric)
            .or_else(|| logits::check(head, metric))
            .or_else(|| units::check(head, metric))
            .or_else(|| labels::check(head, metric))
            .or_else(|| refused::check(head, metric))
            .or_else(|| classes::check(head, metric))
    })
}

/// A finding at a metric, titled `"accuracy" is …`, with a label on what the metric does.
fn finding(head: &Head, metric: &Metric, is: &str, label: &str) -> Finding {
    Finding::new(Severity::Warning,
        head.task.confidence,
        format!("\"{}\" {is}", metric.written.value),
        Place::new(metric.written.at, label),
    )
}
