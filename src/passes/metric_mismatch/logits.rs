//! Metrics that read probabilities where the head gives raw scores.

use super::finding;
use crate::diagnostic::{Finding, Place};
use crate::ir::{Head, Metric};
use crate::knowledge::{Input, Measures};

/// Finds a metric that cuts or ranks probabilities, on raw scores.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let on_scores = activation.is_identity() && loss.part(|part| part.input == Input::Logits).is_some();
    if !metric.reads_probabilities() || !on_scores {
        return None;
    }
    let label = match metric.threshold {
        Some(threshold) => format!("cuts at {threshold} …"),
        None => "looks at values between 0 and 1 …".to_owned(),
    };
    let finding = finding(head, metric, "reads logits as probabilities", &label)
        .with_related(Place::new(activation.at, "… but the head gives raw scores"))
        .because(match metric.threshold {
            Some(_) => {
                "a score of 0.5 is a probability of 0.62: scores between 0 and 0.5 count as no although they mean yes."
            }
            None if metric.row.measures == Measures::Probabilities => {
                "a score of 2 is a probability of 0.88, and is taken for 1: sure and right costs nothing, sure and wrong the most."
            }
            None => {
                "scores outside [0, 1] fall out of its thresholds: 0.764 was reported for an area of 0.803 (measured)."
            }
        });
    Some(
        match (&metric.row.threshold, metric.row.input.switch_to(Input::Logits)) {
            (_, Some((switch, value))) => finding.help(format!("give the metric \"{}\": {value}", switch.argument)),
            (Some(threshold), None) => finding.help(format!(
                "write the metric as an object with \"{}\": 0 (a score of 0 is a probability of 0.5)",
                threshold.argument
            )),
            (None, None) => finding.help("measure it on probabilities"),
        },
    )
}
