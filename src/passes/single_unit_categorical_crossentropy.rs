//! `single-unit-categorical-crossentropy`: a loss over exclusive classes with one unit has nothing to choose from.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss, Part};
use crate::knowledge::{Family, Input, Produces, TaskKind};
use crate::span::Location;

/// Finds categorical cross-entropies over one unit.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let units = head.output.units?;
    if units.value != 1 {
        return None;
    }
    let Some(part) = loss.part(|part| part.family.is_exclusive_cross_entropy()) else {
        return loss.exclusive.map(|at| overlap(loss, at, units.at));
    };
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        "a cross-entropy over exclusive classes has one unit to choose from",
        Place::new(loss.written.at, "compares the scores of at least two classes …"),
    )
    .with_related(Place::new(units.at, "… but there is one"))
    .because(why(part.family));
    Some(with_remedies(finding, context, head, loss, part))
}

/// A loss of overlap that takes a softmax over the outputs first.
fn overlap(loss: &Loss, exclusive: Location, units: Location) -> Finding {
    let primary = Place::new(exclusive, "takes a softmax over at least two classes …");
    let written = (loss.written.at != exclusive).then(|| Place::new(loss.written.at, "the loss"));
    Finding::new(Severity::Error,
        Confidence::Declared,
        "a loss over exclusive classes has one unit to choose from",
        primary,
    )
    .with_related(Place::new(units, "… but there is one"))
    .with_related(written)
    .because(
        "a softmax over one class is always 1, so nothing is learnt: on masks of 0 the loss and its gradient are 0 (measured); \
         a label of 1 is out of range and stops the training.",
    )
    .help("say that it is a yes or no (the mode or task \"binary\", or a binary cross-entropy), for masks of 0 and 1")
    .help("or give the head one unit for each class, two at least")
}

fn why(family: Family) -> &'static str {
    match family {
        Family::SparseCategoricalCrossEntropy | Family::NegativeLogLikelihood => {
            "class 0 always has the probability 1, so the loss is constantly 0 and nothing is learnt; a label of 1 is out \
             of range and stops the training."
        }
        _ => "the single class always has the probability 1: the loss is constantly 0 and nothing is learnt.",
    }
}

fn with_remedies(finding: Finding, context: &Context<'_>, head: &Head, loss: &Loss, part: &Part) -> Finding {
    let is_sigmoid = head
        .activation()
        .is_some_and(|activation| activation.produces() == Produces::Probabilities);
    let input = if part.input == Input::Logits && !is_sigmoid {
        Input::Logits
    } else {
        Input::Probabilities
    };
    let fits = is_sigmoid || input == Input::Logits;
    let finding = match context.use_loss_for(TaskKind::Binary, Family::BinaryCrossEntropy, input, loss) {
        Some(other) => {
            let step = if fits {
                other
            } else {
                other.and(context.use_activation(head, Produces::Probabilities))
            };
            finding.help(step.when(", for a yes or no with labels 0 and 1").choice())
        }
        None => finding,
    };
    finding.help("or give the head one unit for each class, two at least")
}
