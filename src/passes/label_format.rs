//! `label-format`: the labels are written in a way that the loss does not read.

use super::Context;
use super::words::{set_units, units};
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss, Role};
use crate::knowledge::{Family, Input, LabelFormat, Produces, TaskKind};
use crate::span::Spanned;

const NAME: &str = "label-format";

/// Finds declared label formats that a classification loss does not accept.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let labels = head.facts.labels?;
    let accepted = &loss.row.labels;
    if let Some(finding) = not_numbers(head, loss, labels) {
        return Some(finding);
    }
    if !reads_classes(loss, labels.value) || accepted.is_empty() {
        return None;
    }
    if is_accepted(head, labels.value, accepted) {
        return wrong_width(head, loss, labels);
    }
    let finding = Finding::new(
        NAME,
        Severity::Error,
        head.task.confidence,
        format!("the loss does not read {}", name(labels.value)),
        Place::new(loss.written.at, format!("takes {} …", list(accepted))),
    )
    .with_related(Place::new(
        labels.at,
        format!("… but labels are {}", name(labels.value)),
    ))
    .because(why(labels.value));
    Some(with_remedies(finding, context, head, loss, labels))
}

fn is_exclusive(head: &Head) -> bool {
    let exclusive = |loss: &Loss| loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    head.known_loss().is_some_and(exclusive)
}

/// Rows of 0 and 1 where numbers are declared to be predicted: one of the two declarations is wrong.
fn not_numbers(head: &Head, loss: &Loss, labels: Spanned<LabelFormat>) -> Option<Finding> {
    let is_row = matches!(labels.value, LabelFormat::OneHot | LabelFormat::BinaryVector);
    let is_box = head.role.is_some_and(|role| role.value == Role::Box);
    let is_declared = is_box || (head.task.is_declared() && head.task.is_regression());
    let said = match (head.role.filter(|_| is_box), head.facts.task) {
        (Some(role), _) => Place::new(role.at, "… but coordinates are to be predicted"),
        (None, Some(task)) => Place::new(task.at, "… but numbers are to be predicted"),
        (None, None) => return None,
    };
    (is_row && is_declared && loss.family().is_regression()).then(|| {
        Finding::new(
            NAME,
            Severity::Warning,
            head.task.confidence,
            format!("{} are trained as numbers", name(labels.value)),
            Place::new(labels.at, "say which class …"),
        )
        .with_related(said)
        .because("what is checked follows the declared task; if the labels are right, the task and the loss are wrong.")
        .help("declare labels = \"float\", or the task as multiclass or multilabel")
    })
}

/// Losses for classes; and a divergence, which can do nothing with classes that are no distributions.
fn reads_classes(loss: &Loss, labels: LabelFormat) -> bool {
    let is_number = matches!(labels, LabelFormat::Binary | LabelFormat::Integer | LabelFormat::Signed);
    loss.family().is_classification() || (loss.family() == Family::KlDivergence && is_number)
}

/// Labels that the loss reads, of another width than the output of a declared yes-or-no task.
fn wrong_width(head: &Head, loss: &Loss, labels: Spanned<LabelFormat>) -> Option<Finding> {
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
    let finding = Finding::new(
        NAME,
        Severity::Error,
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

fn why(labels: LabelFormat) -> &'static str {
    match labels {
        LabelFormat::Signed => {
            "a label of −1 turns the loss around for that class: it has no lower bound and falls below 0 (−19 measured)."
        }
        LabelFormat::Binary => {
            "a label of 0 removes the term: the negative class teaches nothing, and the loss stays at 0.35 (measured)."
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
        Some(other) => finding.help(other.choice()),
        None => finding,
    };
    finding.help(format!("or write the labels as {}", list(&loss.row.labels)))
}
