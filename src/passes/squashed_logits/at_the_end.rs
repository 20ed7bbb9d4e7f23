//! An activation that squashes scores, read by the loss itself as logits or as probabilities.

use crate::diagnostic::{Confidence, Finding, Place, Remedy, Severity};
use crate::ir::{Head, HeadActivation, Loss, Part};
use crate::knowledge::{Input, Produces, Range};
use crate::passes::Context;
use crate::passes::remedies::fitting_activations;
use crate::passes::words::expectation_at;

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

/// Finds a squashing activation that ends the head.
pub fn check(
    context: &Context<'_>,
    head: &Head,
    loss: &Loss,
    part: &Part,
    activation: &HeadActivation,
) -> Option<Finding> {
    let severity = match part.input {
        // A unit that is 0 at one place may not be at the next: SqueezeNet learns so.
        Input::Logits if head.output.over_positions && part.family.is_exclusive_cross_entropy() => None,
        Input::Logits => as_logits(part, activation),
        Input::Probabilities => as_probabilities(activation),
        _ => None,
    }?;
    let logits = part.input == Input::Logits;
    let read_as = if logits { "logits" } else { "probabilities" };
    let finding = Finding::new(severity,
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
    Some(finding.help_all(remedies(context, head, loss, part, activation)))
}

fn remedies(context: &Context<'_>, head: &Head, loss: &Loss, part: &Part, activation: &HeadActivation) -> Vec<Remedy> {
    let remove = context.remove_activation(head, activation);
    if part.input == Input::Logits {
        return vec![remove.choice()];
    }
    let fitting = fitting_activations(head, part);
    let [(fit, _)] = fitting.as_slice() else {
        let shown = |(fit, condition): (Produces, &str)| context.use_activation(head, fit).when(condition).shown();
        return fitting.into_iter().map(shown).collect();
    };
    let expect = context.make_loss_apply(loss, part, *fit);
    let on_logits = expect.map(|expect| remove.and(expect).or().choice());
    std::iter::once(context.use_activation(head, *fit).choice())
        .chain(on_logits)
        .collect()
}

fn why(part: &Part, range: Range) -> &'static str {
    match (part.input, part.family.is_exclusive_cross_entropy()) {
        (Input::Logits, true) if range.is_bounded() => {
            "the scores can differ by 2 at most: with 5 classes and tanh the loss cannot fall below 0.43 (measured)."
        }
        (Input::Logits, true) => {
            "a unit whose scores are all negative gives 0 for every sample and no gradient: it never recovers. With 5 \
             classes the loss stayed at 0.4 to 1.1 and accuracy at 0.50 to 0.75 (measured, ReLU)."
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
            "the logarithm of 0 or less is clipped to a constant without a gradient, or is NaN: the loss stayed at 2.7 to 16 \
             (measured)."
        }
    }
}
