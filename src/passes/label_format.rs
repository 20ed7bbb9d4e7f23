//! `label-format`: the labels are written in a way that the loss does not read.

use super::Context;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, Input, LabelFormat, TaskKind};
use crate::span::Spanned;

const NAME: &str = "label-format";

/// Finds declared label formats that a classification loss does not accept.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let labels = head.facts.labels?;
    let accepted = &loss.row.labels;
    if !loss.family().is_classification() || accepted.is_empty() || is_accepted(head, labels.value, accepted) {
        return None;
    }
    let finding = Finding::new(
        NAME,
        Severity::Error,
        head.task.confidence,
        format!("the loss does not read {}", name(labels.value)),
        Place::new(loss.written.at, format!("takes {} …", list(accepted))),
    )
    .with_related(Place::new(labels.at, format!("… but labels are {}", name(labels.value))))
    .because(why(labels.value));
    Some(with_remedies(finding, context, loss, labels))
}

/// Formats that are the same numbers count as each other.
fn is_accepted(head: &Head, labels: LabelFormat, accepted: &[LabelFormat]) -> bool {
    use LabelFormat::*;
    let takes = |format| accepted.contains(&format);
    takes(labels)
        || match labels {
            // 0 and 1 are class indices of two classes, and a vector of one.
            Binary => takes(BinaryVector) || (takes(Integer) && head.units() != Some(1)),
            Integer => takes(Binary) && (head.units() == Some(1) || head.task.is(TaskKind::Binary)),
            OneHot => takes(BinaryVector) || takes(Probabilities),
            BinaryVector => takes(Probabilities) || (takes(Binary) && head.units() != Some(1)),
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

fn why(labels: LabelFormat) -> &'static str {
    match labels {
        LabelFormat::Signed => {
            "a label of −1 turns the loss around for that class: it has no lower bound and falls below 0 (−19 measured)."
        }
        LabelFormat::Binary => {
            "a label of 0 removes the term: the negative class teaches nothing, and the loss stays at 0.35 (measured)."
        }
        LabelFormat::OneHot | LabelFormat::Integer => "the shapes do not fit: the framework stops at the first batch (measured).",
        _ => "the loss compares numbers that do not mean the same.",
    }
}

fn with_remedies(finding: Finding, context: &Context<'_>, loss: &Loss, labels: Spanned<LabelFormat>) -> Finding {
    let input = loss.parts.first().map_or(Input::Any, |part| part.input);
    let family = match labels.value {
        LabelFormat::Integer => Family::SparseCategoricalCrossEntropy,
        LabelFormat::OneHot => Family::CategoricalCrossEntropy,
        LabelFormat::Binary | LabelFormat::BinaryVector => Family::BinaryCrossEntropy,
        _ => return finding.help(format!("write the labels as {}", list(&loss.row.labels))),
    };
    let finding = match context.use_loss(family, input, loss) {
        Some(other) => finding.help(other.choice()),
        None => finding,
    };
    finding.help(format!("or write the labels as {}", list(&loss.row.labels)))
}
