//! `outlier-sensitive-loss`: a squared error is trained on targets with outliers.

use super::Context;
use super::words::number;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Target};
use crate::knowledge::{Family, Input};

const NAME: &str = "outlier-sensitive-loss";

/// Finds squared errors where outliers are declared or the statistics show them.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let squared = loss.all_parts(|part| part.family == Family::SquaredError);
    if !squared || head.task.is_classification() {
        return None;
    }
    let target = &head.facts.target;
    let declared = target
        .outliers
        .filter(|said| said.value)
        .map(|said| Place::new(said.at, "… and the targets have outliers"));
    let denied = target.outliers.is_some_and(|said| !said.value);
    let shown = || shown_by_statistics(target, context.thresholds.outlier_distance);
    let outliers = declared.or_else(|| if denied { None } else { shown() })?;
    let names: Vec<String> = [Family::Huber, Family::AbsoluteError]
        .into_iter()
        .filter_map(|family| context.loss_name(family, Input::Real, loss))
        .map(|name| format!("\"{name}\""))
        .collect();
    Some(
        Finding::new(
            NAME,
            Severity::Warning,
            head.task.confidence,
            "a squared error is trained on targets with outliers",
            Place::new(loss.written.at, "a sample that is 10 times as far off counts 100 times …"),
        )
        .with_related(outliers)
        .because("a few samples decide the gradient of the whole batch, and the model is drawn towards them.")
        .help(format!("use {}, which grow only linearly far out", names.join(" or "))),
    )
}

/// An end that lies many standard deviations from the mean.
fn shown_by_statistics(target: &Target, distance: f64) -> Option<Place> {
    let (mean, std) = (target.mean?, target.std?);
    if std.value <= 0.0 {
        return None;
    }
    let far = |value: f64| (value - mean.value).abs() / std.value;
    [target.max, target.min]
        .into_iter()
        .flatten()
        .find(|end| far(end.value) > distance)
        .map(|end| {
            let away = number(far(end.value).round());
            Place::new(end.at, format!("… and this lies {away} standard deviations from the mean"))
        })
}
