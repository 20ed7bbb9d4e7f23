//! `probabilities-as-logits`: a loss that applies sigmoid or softmax itself is fed with probabilities.

use super::Context;
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Remedy, Severity};
use crate::ir::{Head, HeadActivation, Loss, Model, Part};
use crate::knowledge::{Backend, Input, Precision, Produces};

/// Finds probabilities that a loss reads as logits.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let sums_to_one = match activation.produces() {
        Produces::Distribution => true,
        Produces::Probabilities => false,
        _ => return None,
    };
    let part = loss.part(|part| part.input == Input::Logits && !part.family.is_hinge())?;
    if !sums_to_one && part.family.is_exclusive_cross_entropy() && part.decision.is_none() {
        return None; // sigmoid-categorical-crossentropy says it
    }
    let rescued = is_rescued(context.model, head, loss);
    let severity = if rescued { Severity::Warning } else { Severity::Error };
    let function = if sums_to_one { "softmax" } else { "sigmoid" };
    let finding = Finding::new(severity,
        Confidence::Declared,
        format!("{function} probabilities are read as logits"),
        Place::new(activation.at, "the head already gives probabilities …"),
    )
    .with_related(Place::new(
        expectation_at(loss, part),
        format!("… but the loss applies {} again", inner_function(part)),
    ))
    .because(why(head, loss, part, rescued));
    Some(finding.help_all(remedies(context, head, activation, loss, part)))
}

/// Whether the backend is known to take the head's own activation back: only where its table says so, only while nothing
/// stands between, and not with a 16-bit output.
fn is_rescued(model: &Model, head: &Head, loss: &Loss) -> bool {
    let Some(backend) = model.backend else {
        return false;
    };
    let half = head
        .output
        .precision
        .is_some_and(|precision| matches!(precision.value, Precision::MixedFloat16 | Precision::Float16));
    loss.row.rescued_on.contains(&backend.value) && !head.output.reshaped && !half
}

fn inner_function(part: &Part) -> &'static str {
    if part.family.is_exclusive_cross_entropy() {
        "softmax"
    } else {
        "sigmoid"
    }
}

fn why(head: &Head, loss: &Loss, part: &Part, rescued: bool) -> String {
    let floor = floor(head.units(), part);
    let twice = match floor {
        Some(floor) => format!("{floor}, while accuracy looks right."),
        None => "the probabilities are squeezed together and the gradients with them.".to_owned(),
    };
    if loss.row.rescued_on.contains(&Backend::TensorFlow) {
        let here = if rescued {
            "TensorFlow's Keras undoes it with a warning, as long as nothing stands between activation and loss"
        } else if head.output.reshaped {
            "TensorFlow's Keras cannot undo it behind a layer that changes the shape"
        } else {
            "TensorFlow's Keras undoes it with a warning; the torch and JAX backends do not"
        };
        format!("{twice} {here}.")
    } else {
        twice
    }
}

/// The least value that the loss can reach, from its formula: with a softmax applied to a one-hot vector of K entries
/// −log(e / (e + K − 1)); with a sigmoid applied to 0 or 1 log 2 and −log σ(1). `truth/` measures the same numbers.
fn floor(units: Option<u64>, part: &Part) -> Option<String> {
    if part.family.is_focal() {
        return None;
    }
    if part.family.is_exclusive_cross_entropy() {
        let classes = units.filter(|&units| units >= 2)? as f64;
        let e = std::f64::consts::E;
        let floor = (e + classes - 1.0).ln() - 1.0;
        return Some(format!("with {classes} classes the loss cannot fall below {floor:.2}"));
    }
    part.family
        .is_independent_cross_entropy()
        .then(|| "the loss cannot fall below 0.69 for a negative and 0.31 for a positive label".to_owned())
}

fn remedies(context: &Context<'_>, head: &Head, activation: &HeadActivation, loss: &Loss, part: &Part) -> Vec<Remedy> {
    let remove = context
        .remove_activation(head, activation)
        .when(" (recommended: the loss works on logits, which is more stable)");
    // A composite whose other parts take logits whatever the switch says cannot be turned around.
    let turns_as_one = loss.all_parts(|other| other.decision == part.decision);
    let other = turns_as_one.then(|| context.make_loss_expect(loss, part, Input::Probabilities));
    std::iter::once(remove.choice())
        .chain(other.flatten().map(|other| other.or().choice()))
        .collect()
}
