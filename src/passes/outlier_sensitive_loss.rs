//! `outlier-sensitive-loss`: a squared error is trained on targets with outliers.

use super::Context;
use super::remedies::Step;
use super::words::number;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Target};
use crate::knowledge::{Family, Input};

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
    let mut finding = Finding::new(Severity::Warning,
        head.task.confidence,
        "a squared error is trained on targets with outliers",
        Place::new(
            loss.written.at,
            "a sample that is 10 times as far off counts 100 times …",
        ),
    )
    .with_related(outliers)
    .because("a few samples decide the gradient of the whole batch, and the model is drawn towards them.");
    let huber = context.use_loss(Family::Huber, Input::Real, loss);
    let absolute = context.use_loss(Family::AbsoluteError, Input::Real, loss);
    for step in [huber, absolute.map(Step::or)].into_iter().flatten() {
        finding = finding.help(step.when(", which grows only linearly far out").choice());
    }
    Some(finding)
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
            Place::new(
                end.at,
                format!("… and this lies {away} standard deviations from the mean"),
            )
        })
}
