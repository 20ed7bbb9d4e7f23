//! Labels of the right format whose width is not that of the output.

use super::name;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, LabelFormat, Produces, TaskKind};
use crate::passes::remedies::set_units;
use crate::passes::words::units;
use crate::span::Spanned;

/// Finds labels that the loss reads, of another width than the output of a declared yes-or-no task.
pub fn check(head: &Head, loss: &Loss, labels: Spanned<LabelFormat>) -> Option<Finding> {
    let width = head.output.units?;
    if head.facts.task?.value != TaskKind::Binary || head.output.positions {
        return None;
    }
    let by_width = loss
        .parts
        .iter()
        .all(|part| part.family.is_independent_cross_entropy() || part.family.is_hinge());
    let title = match (labels.value, width.value) {
        (LabelFormat::OneHot, 1) if by_width => "one output gets a label of two numbers",
        (LabelFormat::Binary | LabelFormat::Integer, 2) if by_width && takes_vectors(loss) => {
            "two outputs get a label of one number"
        }
        _ => return None,
    };
    let finding = Finding::new(Severity::Error,
        head.task.confidence,
        title,
        Place::new(width.at, format!("{} …", units(Some(width.value)))),
    )
    .with_related(Place::new(
        labels.at,
        format!("… but labels are {}", name(labels.value)),
    ))
    .because(
        "a cross-entropy stops at the shapes; where the label is spread over the outputs instead, they are all trained \
         towards the same.",
    );
    let is_softmax = head
        .activation()
        .is_some_and(|activation| activation.produces() == Produces::Distribution);
    Some(match width.value {
        1 => finding
            .help("write the labels as one number, 0 or 1")
            .help("or give the head two units, with a softmax and a categorical cross-entropy"),
        _ if is_softmax => finding.help("write the labels as one-hot vectors, or use one unit with a sigmoid"),
        _ => finding
            .help(set_units(width, 1).choice())
            .help("or write the labels as one-hot vectors"),
    })
}

/// Whether the loss compares labels number by number with the outputs.
fn takes_vectors(loss: &Loss) -> bool {
    !loss.parts.iter().any(|part| part.family == Family::CategoricalHinge)
}
