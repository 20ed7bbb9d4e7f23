//! `ordinal-as-nominal`: ordered classes are trained as if they had no order, or as if their distances were equal.

use super::Context;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Family, Input, TaskKind};

/// Finds ordinal tasks with a plain cross-entropy or a squared error.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    if !head.task.is(TaskKind::Ordinal) {
        return None;
    }
    let fact = head
        .facts
        .task
        .map(|task| task.at)
        .or(head.facts.labels.map(|labels| labels.at));
    let nominal = loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    let metric = loss.part(|part| part.family == Family::SquaredError).is_some();
    let (label, why) = match (nominal, metric) {
        (true, _) => (
            "treats every wrong class alike …",
            "one star for five costs as much as four stars for five: the gradient is p − y for each class, whatever lies between.",
        ),
        (false, true) => (
            "takes the classes as numbers …",
            "the order counts, with a gradient of 2(ŷ − y), but 1 to 2 is as far as 4 to 5, and probabilities are lost.",
        ),
        (false, false) => return None,
    };
    let finding = Finding::new(Severity::Info,
        head.task.confidence,
        if nominal {
            "the order of the classes is not used"
        } else {
            "ordered classes are trained as distances"
        },
        Place::new(loss.written.at, label),
    )
    .with_related(fact.map(|at| Place::new(at, "… but they have an order")))
    .because(why);
    let cumulative = context.loss_name(Family::BinaryCrossEntropy, Input::Probabilities, loss);
    let finding = match cumulative {
        Some(name) => finding.help(format!(
            "one sigmoid fewer than classes, each for \"above this level\", with \"{name}\" (labels = \"cumulative\")"
        )),
        None => finding,
    };
    let other = if nominal {
        context.loss_name(Family::SquaredError, Input::Real, loss)
    } else {
        None
    };
    Some(match other {
        Some(name) => finding.help(format!(
            "or one unit without an activation and \"{name}\", if the steps are about equal"
        )),
        None => finding,
    })
}
