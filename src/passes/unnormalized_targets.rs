//! `unnormalized-targets`: a squared error on targets of a large scale.

use super::Context;
use super::words::number;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss, Normalization, Target};
use crate::knowledge::Family;
use crate::span::{Location, Spanned};

/// Finds squared errors on targets whose statistics are large, or which are said not to be normalised.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let target = &head.facts.target;
    let squared = loss.part(|part| part.family == Family::SquaredError).is_some();
    if !squared || target.is_normalized() || head.task.is_classification() {
        return None;
    }
    let large = largest_statistic(target, context.thresholds.target_scale);
    let denied = target
        .normalized
        .filter(|said| said.value == Normalization::No)
        .map(|said| said.at);
    match (large, denied) {
        (Some((name, value)), _) => Some(finding(
            loss,
            value.at,
            format!("their {name} is {}", number(value.value)),
            Some(value.value),
            target,
        )),
        (None, Some(at)) if !is_known_small(target) => {
            Some(finding(loss, at, "they are not normalised".to_owned(), None, target))
        }
        _ => None,
    }
}

/// The statistic that is furthest above the limit. A wide range with small moments is an outlier's affair, not the scale's.
fn largest_statistic(target: &Target, limit: f64) -> Option<(&'static str, Spanned<f64>)> {
    let moments = [("mean", target.mean), ("standard deviation", target.std)];
    let bounds = [("maximum", target.max), ("minimum", target.min)];
    let has_moments = moments.iter().any(|(_, value)| value.is_some());
    let candidates = if has_moments { moments } else { bounds };
    candidates
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .filter(|(_, value)| value.value.abs() > limit)
        .max_by(|(_, a), (_, b)| a.value.abs().total_cmp(&b.value.abs()))
}

/// Whether statistics are given that show an ordinary scale: then it does not matter that nobody normalised.
fn is_known_small(target: &Target) -> bool {
    target.is_declared()
}

fn finding(loss: &Loss, at: Location, label: String, scale: Option<f64>, target: &Target) -> Finding {
    let spread = target.std.map(|std| std.value).or(scale).map(f64::abs);
    let effect = match spread {
        Some(spread) if spread >= 10.0 => format!(
            "the loss starts near {} and its gradients near {}: learning rates that suit other models overshoot or crawl.",
            number(spread * spread),
            number(2.0 * spread)
        ),
        _ => "the loss and its gradients follow the target's unit: learning rates that suit other models overshoot or crawl."
            .to_owned(),
    };
    Finding::new(Severity::Warning,
        Confidence::Declared,
        "a squared error is trained on targets of a large scale",
        Place::new(at, label),
    )
    .with_related(Place::new(loss.written.at, "squares every distance in the target's unit"))
    .because(effect)
    .help("normalise the targets to mean 0 and standard deviation 1 and undo it on predictions (normalized = \"standard\")")
    .help("or take their logarithm, if they are positive and spread over magnitudes (normalized = \"log\")")
}
