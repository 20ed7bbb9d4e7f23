//! `bounded-regression-head`: the output cannot reach targets that the data holds.

use super::Context;
use super::words::number;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Normalization};
use crate::knowledge::{Produces, Range};
use crate::span::Spanned;

/// How many standard deviations from the mean count as within the data, when its ends are not given.
const SPREAD: f64 = 2.0;

/// Finds activations whose range leaves out part of the declared targets.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let activation = head.activation()?;
    let regression = head.known_loss().is_some_and(|loss| loss.family().is_regression());
    if activation.is_identity() || head.task.is_classification() || !(regression || head.task.is_regression()) {
        return None;
    }
    let unreachable = proven(head, activation.range()).or_else(|| likely(head, activation.range()))?;
    Some(finding(context, head, activation, unreachable))
}

/// A target that the output cannot reach.
struct Unreachable {
    severity: Severity,
    said: Spanned<f64>,
    label: String,
}

/// An end of the targets that lies outside the range.
fn proven(head: &Head, range: Range) -> Option<Unreachable> {
    let target = &head.facts.target;
    let below = target.min.filter(|min| min.value < range.low);
    let above = target.max.filter(|max| max.value > range.high);
    let said = below.or(above)?;
    Some(Unreachable {
        severity: Severity::Error,
        label: format!(
            "… but targets go {} {}",
            if below.is_some() { "down to" } else { "up to" },
            number(said.value)
        ),
        said,
    })
}

/// A mean or a spread that puts a good part of the targets outside.
fn likely(head: &Head, range: Range) -> Option<Unreachable> {
    let target = &head.facts.target;
    if target.min.is_some() && target.max.is_some() {
        return None;
    }
    let outside = |value: f64| value < range.low || value > range.high;
    let standard = target.normalized.filter(|said| said.value == Normalization::Standard);
    if let (Some(said), None, None) = (standard, target.mean, target.std) {
        return (outside(-SPREAD) || outside(SPREAD)).then(|| Unreachable {
            severity: Severity::Warning,
            said: Spanned::new(1.0, said.at),
            label: "… but the targets spread 1 around 0".to_owned(),
        });
    }
    let mean = target.mean?;
    if outside(mean.value) {
        return Some(Unreachable {
            severity: Severity::Error,
            said: mean,
            label: format!("… but the mean of the targets is {}", number(mean.value)),
        });
    }
    let std = target.std?;
    let spread = SPREAD * std.value.abs();
    (outside(mean.value - spread) || outside(mean.value + spread)).then(|| Unreachable {
        severity: Severity::Warning,
        said: std,
        label: format!(
            "… but targets spread {} around {}",
            number(std.value),
            number(mean.value)
        ),
    })
}

fn finding(context: &Context<'_>, head: &Head, activation: &HeadActivation, unreachable: Unreachable) -> Finding {
    let why = match activation.produces() {
        Produces::Positive => {
            "targets below the range are never reached; where the output sticks at the end, its gradient is 0."
        }
        _ => "targets beyond the range are never reached: the output sticks at its end, where the gradient vanishes.",
    };
    Finding::new(unreachable.severity,
        head.task.confidence,
        format!("{} cannot reach all targets", activation.written),
        Place::new(activation.at, format!("gives values in {} …", activation.range())),
    )
    .with_related(Place::new(unreachable.said.at, unreachable.label))
    .because(why)
    .help(context.remove_activation(head, activation).choice())
    .help(format!(
        "or scale the targets into {} and scale predictions back",
        activation.range()
    ))
}
