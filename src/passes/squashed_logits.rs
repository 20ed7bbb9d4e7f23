//! `squashed-logits`: an activation that squashes scores stands between the head and a classification loss.

use super::Context;
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss, Part};
use crate::knowledge::{Input, Produces, Range};

const NAME: &str = "squashed-logits";

/// Finds ReLU, tanh, softplus and their like where a loss takes logits or probabilities, or before a softmax.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_cross_entropy() || part.family.is_overlap())?;
    let squashed = match part.input {
        Input::Logits => as_logits(part, activation),
        Input::Probabilities => as_probabilities(activation),
        _ => None,
    };
    if let Some(severity) = squashed {
        return Some(at_the_end(context, head, loss, part, activation, severity));
    }
    let before = head.output.squashed_by.as_deref()?;
    before_the_end(context, head, activation, before)
}

/// How bad it is to read these values as logits. Losses on independent outputs need both signs; losses on exclusive
/// classes need differences, which one open side leaves.
fn as_logits(part: &Part, activation: &HeadActivation) -> Option<Severity> {
    let range = activation.range();
    match activation.produces() {
        Produces::Identity | Produces::Probabilities | Produces::Distribution => return None,
        Produces::LogDistribution | Produces::LogProbabilities if part.family.is_exclusive_cross_entropy() => {
            return None;
        }
        _ if range.is_real() => return None,
        _ => {}
    }
    if part.family.is_exclusive_cross_entropy() {
        return match (range.is_bounded(), range.low_closed) {
            (true, _) => Some(Severity::Warning),
            (false, true) => Some(Severity::Error),
            (false, false) => None,
        };
    }
    let one_sided = range.low >= 0.0 || range.high <= 0.0;
    Some(if one_sided { Severity::Error } else { Severity::Warning })
}

/// How bad it is to read these values as probabilities. Above 1 they are clipped, below 0 the logarithm fails.
fn as_probabilities(activation: &HeadActivation) -> Option<Severity> {
    let range = activation.range();
    match activation.produces() {
        Produces::Positive | Produces::Bounded | Produces::Real if !range.within(0.0, 1.0) => {
            let only_above = range.low >= 0.0 && !range.low_closed;
            Some(if only_above { Severity::Warning } else { Severity::Error })
        }
        _ => None,
    }
}

fn at_the_end(
    context: &Context<'_>,
    head: &Head,
    loss: &Loss,
    part: &Part,
    activation: &HeadActivation,
    severity: Severity,
) -> Finding {
    let logits = part.input == Input::Logits;
    let read_as = if logits { "logits" } else { "probabilities" };
    let wanted = if part.family.is_exclusive_cross_entropy() {
        Produces::Distribution
    } else {
        Produces::Probabilities
    };
    let finding = Finding::new(
        NAME,
        severity,
        Confidence::Declared,
        format!("{} outputs are read as {read_as}", activation.written),
        Place::new(activation.at, format!("gives values in {} …", activation.range())),
    )
    .with_related(Place::new(
        expectation_at(loss, part),
        if logits {
            "… but the loss takes any real number"
        } else {
            "… but the loss takes values between 0 and 1"
        },
    ))
    .because(why(part, activation.range()));
    if logits {
        finding.help(context.remove_activation(head, activation).choice())
    } else {
        let finding = finding.help(context.use_activation(head, wanted).choice());
        match context.make_loss_expect(loss, part, Input::Logits) {
            Some(expect) => finding.help(context.remove_activation(head, activation).and(expect).or().choice()),
            None => finding,
        }
    }
}

fn why(part: &Part, range: Range) -> &'static str {
    match (part.input, part.family.is_exclusive_cross_entropy()) {
        (Input::Logits, true) if range.is_bounded() => {
            "the scores can differ by 2 at most: with 5 classes and tanh the loss cannot fall below 0.43 (measured)."
        }
        (Input::Logits, true) => {
            "a unit whose scores are all negative gives 0 for every sample and no gradient: it never recovers. With 5 \
             classes the loss stayed at 0.8 to 1.1 and accuracy at 0.50 to 0.75 (measured, ReLU)."
        }
        (Input::Logits, false) if range.low >= 0.0 => {
            "without negative scores no probability falls below 0.5: the loss stayed at 0.46 (measured, ReLU)."
        }
        (Input::Logits, false) if range.high <= 0.0 => {
            "without positive scores no probability rises above 0.5: the loss stayed at 0.35 or more (measured)."
        }
        (Input::Logits, false) => {
            "the scores are cut off, and the probabilities with them: with tanh they stay between 0.27 and 0.73 and the \
             loss above 0.31 (measured)."
        }
        _ if range.low >= 0.0 && !range.low_closed => "values above 1 are clipped and lose their gradient.",
        _ => {
            "the logarithm of 0 or less is clipped to a constant without a gradient, or is NaN: the loss stayed at 5 to 16 \
             (measured)."
        }
    }
}

/// Scores that are squashed before the softmax or sigmoid that ends the head.
fn before_the_end(
    context: &Context<'_>,
    head: &Head,
    activation: &HeadActivation,
    before: &HeadActivation,
) -> Option<Finding> {
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
        Finding::new(
            NAME,
            severity,
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
