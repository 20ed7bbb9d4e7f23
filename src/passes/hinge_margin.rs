//! `hinge-margin`: a margin loss is fed with values that cannot keep the margin.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Loss};
use crate::knowledge::{Family, Input, Produces, Range};

/// Finds hinge losses on probabilities or on values of one sign.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let part = loss.part(|part| part.family.is_hinge())?;
    if part.input == Input::Positive {
        return on_distances(context, head, loss, activation);
    }
    let range = activation.range();
    let severity = severity(part.family, activation.produces(), range)?;
    let binary = part.family == Family::Hinge;
    let finding = Finding::new(severity,
        Confidence::Declared,
        format!("a hinge loss gets {} outputs", activation.written),
        Place::new(activation.at, format!("gives values in {range} …")),
    )
    .with_related(Place::new(
        loss.written.at,
        if binary {
            "… but the loss wants 1 and more for one class, −1 and less for the other"
        } else {
            "… but the right score must lead by 1"
        },
    ))
    .because(why(part.family, activation.produces()))
    .help(context.remove_activation(head, activation).choice());
    Some(if binary {
        finding.help(context.use_activation(head, Produces::Bounded).or().choice())
    } else {
        finding
    })
}

/// A loss on distances between pairs, where scores of either sign are to be sorted into declared classes.
fn on_distances(context: &Context<'_>, head: &Head, loss: &Loss, activation: &HeadActivation) -> Option<Finding> {
    if !head.task.is_classification() || !head.task.is_declared() || activation.range().low >= 0.0 {
        return None;
    }
    let finding = Finding::new(Severity::Error,
        head.task.confidence,
        "a hinge loss on distances gets scores",
        Place::new(activation.at, format!("gives values in {} …", activation.range())),
    )
    .with_related(Place::new(
        loss.written.at,
        "… but the loss takes a distance, small for label 1",
    ))
    .because("a label of 1 pulls the output down without end (−19.9 measured), and every decision comes out reversed.");
    Some(
        match context.loss_name(Family::BinaryCrossEntropy, Input::Logits, loss) {
            Some(name) => finding.help(format!("use \"{name}\", with labels 0 and 1")),
            None => finding,
        },
    )
}

/// A binary hinge needs both signs; a categorical one a lead of 1.
fn severity(family: Family, produces: Produces, range: Range) -> Option<Severity> {
    let one_sided = range.low >= 0.0 || range.high <= 0.0;
    match family {
        Family::Hinge if one_sided => Some(Severity::Error),
        Family::CategoricalHinge => match produces {
            Produces::Probabilities | Produces::Distribution => Some(Severity::Warning),
            Produces::Positive if range.low_closed => Some(Severity::Warning),
            _ => None,
        },
        _ => None,
    }
}

fn why(family: Family, produces: Produces) -> &'static str {
    match (family, produces) {
        (Family::Hinge, Produces::Probabilities) => {
            "the negative class can never reach −1: the loss cannot fall below 0.5, and confidently wrong samples have a \
             gradient of 0.00005 (measured)."
        }
        (Family::Hinge, _) => {
            "the negative class can never reach −1: the loss cannot fall below 0.5 (measured 0.5 to 1)."
        }
        _ => {
            "a lead of 1 between values of which none exceeds 1 needs the extremes, where the gradient nearly vanishes: 0.0005 \
             instead of 2 with a softmax (measured)."
        }
    }
}
