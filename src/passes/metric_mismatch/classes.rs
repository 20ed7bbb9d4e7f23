//! Metrics that are told another task or another number of classes than the head has.

use super::finding;
use crate::diagnostic::{Finding, Place};
use crate::ir::{Head, Metric};
use crate::knowledge::{LabelFormat, TaskKind};

/// Finds a metric for classes or labels of another number than the outputs, one of yes or no beside several classes, and
/// one of labels beside exclusive classes. What a class of the project's own hands to its metric is not known.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    if head.meets_loss_in.is_some() {
        return None;
    }
    other_number(head, metric)
        .or_else(|| other_task(head, metric))
        .or_else(|| one_output(head, metric))
}

/// A metric for several classes beside one output. Where the number of classes counts as the head's, its width is told.
fn one_output(head: &Head, metric: &Metric) -> Option<Finding> {
    let (units, task) = (head.output.units?, metric.task?);
    let loss = head.known_loss()?;
    let is_yes_or_no = loss.all_parts(|part| part.family.is_independent_cross_entropy());
    let is_for_classes = task.value == TaskKind::Multiclass && head.facts.classes.is_none();
    (units.value == 1 && is_yes_or_no && is_for_classes).then(|| {
        finding(
            head,
            metric,
            "is for several classes",
            "compares one score for each class …",
        )
        .with_related(Place::new(units.at, "… but there is one output, for yes or no"))
        .because(
            "scores in a column stop the framework; without the column each score is taken for the number of a class, which a \
             probability makes 0 (measured).",
        )
        .help("use the metric for a yes or no: task = \"binary\"")
    })
}

fn other_number(head: &Head, metric: &Metric) -> Option<Finding> {
    let (units, classes) = (head.output.units?, metric.classes?);
    let loss = head.known_loss()?;
    let is_of_labels = metric.task.is_some_and(|task| task.value == TaskKind::Multilabel);
    let is_classifier = match is_of_labels {
        true => loss.all_parts(|part| part.family.is_independent_cross_entropy()),
        false => loss.all_parts(|part| part.family.is_exclusive_cross_entropy()),
    };
    // Two classes can be read off one output once it is cut.
    if !is_classifier || units.value == classes.value || units.value < 2 {
        return None;
    }
    let what = if is_of_labels { "labels" } else { "classes" };
    Some(
        finding(
            head,
            metric,
            &format!("counts {} {what}, and there are {} outputs", classes.value, units.value),
            "compares that many scores …",
        )
        .with_related(Place::new(classes.at, "is told so here"))
        .with_related(Place::new(
            units.at,
            format!("… but the output has {} units", units.value),
        ))
        .because("the framework stops at the first batch: scores and the metric are of different width.")
        .help(format!("give the metric {} {what}", units.value)),
    )
}

fn other_task(head: &Head, metric: &Metric) -> Option<Finding> {
    let (units, task) = (head.output.units?, metric.task?);
    let loss = head.known_loss()?;
    let reads_indices = loss.all_parts(|part| part.family.is_exclusive_cross_entropy())
        && head
            .facts
            .labels
            .is_none_or(|labels| labels.value == LabelFormat::Integer);
    // Of two classes one score is easily taken.
    if units.value < 3 || !reads_indices {
        return None;
    }
    let label = match task.value {
        TaskKind::Binary => "is for answers to yes or no …",
        TaskKind::Multilabel => "is for any number of labels at once …",
        _ => return None,
    };
    Some(
        finding(head, metric, "is for another task", label)
            .with_related(Place::new(
                loss.written.at,
                format!("… but one of {} classes is right for each sample", units.value),
            ))
            .because("it wants one answer for each score: the framework stops at the first batch of class indices.")
            .help(format!(
                "use the metric for several classes, with {} of them",
                units.value
            )),
    )
}
