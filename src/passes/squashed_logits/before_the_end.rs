//! An activation that squashes scores before the softmax or sigmoid that ends the head rightly.

use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation};
use crate::knowledge::Produces;
use crate::passes::Context;

/// Finds scores that are squashed before the softmax or sigmoid that ends the head.
pub fn check(context: &Context<'_>, head: &Head, activation: &HeadActivation) -> Option<Finding> {
    let before = head.output.squashed_by.as_deref()?;
    let gives_probabilities = !matches!(
        activation.produces(),
        Produces::Identity | Produces::Real | Produces::Positive | Produces::Bounded
    );
    if !gives_probabilities || !before.over_units || !activation.over_units {
        return None;
    }
    let dead = before.range().low_closed && before.range().low >= 0.0;
    let twice = matches!(before.produces(), Produces::Distribution | Produces::Probabilities);
    let (severity, title, label, why) = match before.produces() {
        _ if twice => (
            Severity::Warning,
            format!("{} probabilities go through {} again", before.written, activation.written),
            "gives values between 0 and 1 …",
            cut_off(head, activation, 1.0),
        ),
        _ if dead => (
            Severity::Warning,
            format!("{} cuts the scores off before {}", before.written, activation.written),
            "gives 0 for every negative score …",
            "a unit whose scores are all negative gives 0 for every sample and no gradient: it never recovers. With 5 classes \
             the loss stayed at 0.8 to 1.1 (measured, ReLU before a softmax)."
                .to_owned(),
        ),
        Produces::Bounded if before.range().within(-1.0, 1.0) => (
            Severity::Info,
            format!("{} squeezes the scores before {}", before.written, activation.written),
            "gives values between −1 and 1 …",
            cut_off(head, activation, 2.0),
        ),
        _ => return None,
    };
    Some(
        Finding::new(severity,
            Confidence::Declared,
            title,
            Place::new(before.at, label),
        )
        .with_related(Place::new(activation.at, "… which this turns into a probability"))
        .because(why)
        .help(context.take_out(before).choice()),
    )
}

/// How far probabilities can go when scores differ by so much at most: by the formula of the activation.
fn cut_off(head: &Head, activation: &HeadActivation, spread: f64) -> String {
    if matches!(
        activation.produces(),
        Produces::Probabilities | Produces::LogProbabilities
    ) {
        let low = if spread > 1.0 { 1.0 / (1.0 + 1f64.exp()) } else { 0.5 };
        let high = 1.0 / (1.0 + (-1f64).exp());
        return format!("the probabilities stay between {low:.2} and {high:.2}, and the gradients are small.");
    }
    match head.units().filter(|&units| units > 1) {
        Some(units) => {
            let highest = 1.0 / (1.0 + (units as f64 - 1.0) * (-spread).exp());
            format!(
                "with {units} classes no probability exceeds {highest:.2}, so that the loss stays above {:.2}.",
                -highest.ln()
            )
        }
        None => "the scores differ so little that no probability comes near 1.".to_owned(),
    }
}
