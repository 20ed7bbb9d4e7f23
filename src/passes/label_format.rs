//! `label-format`: the labels are written in a way that the loss does not read.

mod as_numbers;
mod width;

use super::Context;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, Input, LabelFormat, TaskKind};
use crate::span::Spanned;

/// Finds declared label formats that a classification loss does not accept.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let labels = head.facts.labels?;
    let accepted = &loss.row.labels;
    if let Some(finding) = as_numbers::check(head, loss, labels) {
        return Some(finding);
    }
    if !reads_classes(loss, labels.value) || accepted.is_empty() {
        return None;
    }
    if is_accepted(head, labels.value, accepted) {
        return real_indices(head, loss).or_else(|| width::check(head, loss, labels));
    }
    let finding = Finding::new(Severity::Error,
        head.task.confidence,
        format!("the loss does not read {}", name(labels.value)),
        Place::new(loss.written.at, format!("takes {} …", list(accepted))),
    )
    .with_related(Place::new(
        labels.at,
        format!("… but labels are {}", name(labels.value)),
    ))
    .because(why(loss, labels.value));
    Some(with_remedies(finding, context, head, loss, labels))
}

/// Class indices that are made real numbers, which the loss refuses.
fn real_indices(head: &Head, loss: &Loss) -> Option<Finding> {
    let real = head.facts.whole_as_real.filter(|_| loss.row.whole_indices)?;
    let finding = Finding::new(Severity::Error,
        head.task.confidence,
        "class indices are given as real numbers",
        Place::new(loss.written.at, "wants whole numbers …"),
    )
    .with_related(Place::new(real, "… but the labels are made real numbers here"))
    .because("the framework takes real numbers for probabilities of classes, and stops at the first batch (measured).")
    .help("keep the labels whole numbers of 64 bits");
    Some(finding)
}

fn is_exclusive(head: &Head) -> bool {
    let exclusive = |loss: &Loss| loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    head.known_loss().is_some_and(exclusive)
}

/// Losses for classes; and a divergence, which can do nothing with classes that are no distributions.
fn reads_classes(loss: &Loss, labels: LabelFormat) -> bool {
    let is_number = matches!(labels, LabelFormat::Binary | LabelFormat::Integer | LabelFormat::Signed);
    loss.family().is_classification() || (loss.family() == Family::KlDivergence && is_number)
}

/// Formats that are the same numbers count as each other.
fn is_accepted(head: &Head, labels: LabelFormat, accepted: &[LabelFormat]) -> bool {
    use LabelFormat::*;
    let takes = |format| accepted.contains(&format);
    takes(labels)
        || match labels {
            // 0 and 1 are class indices of two classes, and a vector of one.
            Binary => takes(BinaryVector) || (takes(Integer) && head.units().is_none_or(|units| units == 2)),
            Integer => takes(Binary) && (head.units().is_none_or(|units| units == 1) || head.task.is(TaskKind::Binary)),
            OneHot => takes(BinaryVector) || takes(Probabilities),
            // Several 1s are no distribution over exclusive classes.
            BinaryVector => (takes(Probabilities) && !is_exclusive(head)) || (takes(Binary) && head.units() != Some(1)),
            Cumulative => takes(BinaryVector) || takes(Binary),
            Float | Logits | Signed | Probabilities => false,
        }
}

fn name(format: LabelFormat) -> &'static str {
    match format {
        LabelFormat::Float => "real numbers",
        LabelFormat::Binary => "0 or 1",
        LabelFormat::Signed => "−1 or +1",
        LabelFormat::OneHot => "one-hot vectors",
        LabelFormat::Integer => "class indices",
        LabelFormat::BinaryVector => "binary vectors",
        LabelFormat::Probabilities => "probabilities",
        LabelFormat::Logits => "a teacher's logits",
        LabelFormat::Cumulative => "cumulative vectors",
    }
}

fn list(accepted: &[LabelFormat]) -> String {
    let names: Vec<&str> = accepted.iter().map(|format| name(*format)).collect();
    names.join(" or ")
}

fn why(loss: &Loss, labels: LabelFormat) -> &'static str {
    match labels {
        LabelFormat::Signed => {
            "a label of −1 turns the loss around for that class: it has no lower bound and falls below 0 (−19 measured)."
        }
        LabelFormat::Binary if loss.row.labels.contains(&LabelFormat::Signed) => {
            "a label of 0 is neither of the two classes that the loss knows: the negative class is not learnt (accuracies of \
             0.25 to 0.58 measured)."
        }
        LabelFormat::OneHot | LabelFormat::Integer => {
            "the shapes do not fit: the framework stops at the first batch (measured)."
        }
        _ => "the loss compares numbers that do not mean the same.",
    }
}

fn with_remedies(
    finding: Finding,
    context: &Context<'_>,
    head: &Head,
    loss: &Loss,
    labels: Spanned<LabelFormat>,
) -> Finding {
    let input = loss.parts.first().map_or(Input::Any, |part| part.input);
    let family = match labels.value {
        LabelFormat::Integer => Family::SparseCategoricalCrossEntropy,
        LabelFormat::OneHot => Family::CategoricalCrossEntropy,
        LabelFormat::Binary | LabelFormat::BinaryVector if !head.task.is(TaskKind::Multiclass) => {
            Family::BinaryCrossEntropy
        }
        _ => return finding.help(format!("write the labels as {}", list(&loss.row.labels))),
    };
    let finding = match context.use_loss(family, input, loss) {
        // A cross-entropy over exclusive classes needs more than one unit first.
        Some(other) if family.is_exclusive_cross_entropy() && head.units() == Some(1) => finding.help(other.shown()),
        Some(other) => finding.help(other.choice()),
        None => finding,
    };
    finding.help(format!("or write the labels as {}", list(&loss.row.labels)))
}
