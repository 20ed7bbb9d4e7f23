//! Labels of classes where numbers are declared to be predicted.

use super::name;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss, Role};
use crate::knowledge::LabelFormat;
use crate::span::Spanned;

/// Finds rows of 0 and 1 where numbers are declared to be predicted: one of the two declarations is wrong.
pub fn check(head: &Head, loss: &Loss, labels: Spanned<LabelFormat>) -> Option<Finding> {
    let is_row = matches!(labels.value, LabelFormat::OneHot | LabelFormat::BinaryVector);
    let is_box = head.role.is_some_and(|role| role.value == Role::Box);
    let is_declared = is_box || (head.task.is_declared() && head.task.is_regression());
    let said = match (head.role.filter(|_| is_box), head.facts.task) {
        (Some(role), _) => Place::new(role.at, "… but coordinates are to be predicted"),
        (None, Some(task)) => Place::new(task.at, "… but numbers are to be predicted"),
        (None, None) => return None,
    };
    (is_row && is_declared && loss.family().is_regression()).then(|| {
        Finding::new(Severity::Warning,
            head.task.confidence,
            format!("{} are trained as numbers", name(labels.value)),
            Place::new(labels.at, "say which class …"),
        )
        .with_related(said)
        .because("what is checked follows the declared task; if the labels are right, the task and the loss are wrong.")
        .help("declare labels = \"float\", or the task as multiclass or multilabel")
    })
}
