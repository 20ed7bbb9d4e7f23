//! Metrics that read labels in another way than they are written.

use super::finding;
use crate::diagnostic::{Finding, Place};
use crate::ir::{Head, Metric};
use crate::knowledge::{LabelFormat, Measures, TaskKind};
use crate::span::Spanned;

/// Finds a metric that looks at one of several labels, reads another format, or counts the zeros of one-hot rows.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    one_of_several(head, metric).or_else(|| {
        let labels = declared(head).or_else(|| read_by_the_loss(head))?;
        other_format(head, metric, &labels).or_else(|| every_entry(head, metric, &labels))
    })
}

/// A metric that compares the largest output only, where several labels can be right.
fn one_of_several(head: &Head, metric: &Metric) -> Option<Finding> {
    let is_multilabel = head.task.is(TaskKind::Multilabel) && head.units() != Some(1);
    if metric.row.measures != Measures::Decisions || !is_multilabel || !is_for_exclusive_classes(metric) {
        return None;
    }
    let labels = head.facts.labels.map(|labels| labels.at);
    let said = labels.or(head.facts.task.map(|task| task.at))?;
    Some(
        finding(
            head,
            metric,
            "looks at the largest output only",
            "compares one class for each sample …",
        )
        .with_related(Place::new(said, "… but several labels can be right at once"))
        .with_evidence(head.task.evidence.iter().cloned())
        .because("whether the other labels are right does not count: an all-wrong second label costs nothing.")
        .help("use the element-wise accuracy, or precision and recall for each label"),
    )
}

fn is_for_exclusive_classes(metric: &Metric) -> bool {
    metric.row.tasks == [TaskKind::Multiclass]
}

/// How labels are written, and the place that says so.
struct Labels {
    format: LabelFormat,
    said: Place,
}

fn declared(head: &Head) -> Option<Labels> {
    let Spanned { value: format, at } = head.facts.labels?;
    let said = Place::new(at, "… but labels are written like this");
    Some(Labels { format, said })
}

/// The format of labels that nobody declares, when the loss reads only one.
fn read_by_the_loss(head: &Head) -> Option<Labels> {
    let loss = head.known_loss().filter(|_| head.facts.labels.is_none())?;
    let formats = &loss.row.labels;
    if formats.is_empty() || !loss.all_parts(|part| part.family.is_exclusive_cross_entropy()) {
        return None;
    }
    let takes_only = |wanted: &[LabelFormat]| formats.iter().all(|format| wanted.contains(format));
    let (format, label) = if takes_only(&[LabelFormat::Integer]) {
        (LabelFormat::Integer, "… but this loss reads class indices")
    } else if takes_only(&[LabelFormat::OneHot, LabelFormat::Probabilities]) {
        (LabelFormat::OneHot, "… but this loss reads one-hot vectors")
    } else {
        return None;
    };
    let said = Place::new(loss.written.at, label);
    Some(Labels { format, said })
}

/// A metric over exclusive classes for indices where there are rows, or the other way round.
fn other_format(head: &Head, metric: &Metric, labels: &Labels) -> Option<Finding> {
    let formats = &metric.row.labels;
    let takes = |format| formats.contains(&format);
    let (is_misread, why, help) = match labels.format {
        LabelFormat::Integer => (
            takes(LabelFormat::OneHot) && !takes(LabelFormat::Integer),
            "it compares the position of the largest entry with a class index: the number means nothing.",
            "use the sparse metric of the same name",
        ),
        LabelFormat::OneHot => (
            formats == &[LabelFormat::Integer],
            "it takes each entry of a row for a class index: the framework stops where the shapes do not fit, and where they \
             fit the number means nothing.",
            "use the categorical metric of the same name, without \"sparse\"",
        ),
        _ => return None,
    };
    (is_misread && is_for_exclusive_classes(metric)).then(|| {
        finding(
            head,
            metric,
            "is for another label format",
            "compares labels of another shape …",
        )
        .with_related(labels.said.clone())
        .because(why)
        .help(help)
    })
}

/// An accuracy that counts every entry of a one-hot row: the zeros are right almost by themselves.
fn every_entry(head: &Head, metric: &Metric, labels: &Labels) -> Option<Finding> {
    let classes = head.units().filter(|&units| units > 2)?;
    let counts_entries = metric.row.measures == Measures::Decisions
        && metric.row.threshold.is_some()
        && metric.row.labels == [LabelFormat::Binary, LabelFormat::BinaryVector];
    if labels.format != LabelFormat::OneHot || !counts_entries {
        return None;
    }
    let zeros = (1000.0 * (classes as f64 - 1.0) / classes as f64).round() / 10.0;
    let only_one = Place::new(labels.said.at, "… but exactly one class is right for each sample");
    Some(
        finding(
            head,
            metric,
            "counts every entry of a one-hot row",
            "cuts each output on its own …",
        )
        .with_related(only_one)
        .because(format!(
            "a model that always says no is right in {zeros} % of {classes} entries."
        ))
        .help("use the categorical accuracy, which compares the largest output"),
    )
}
