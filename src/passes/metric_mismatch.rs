//! `metric-mismatch`: a metric measures something else than what the head gives or the labels say.

use super::Context;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Metric};
use crate::knowledge::{Input, LabelFormat, Measures, Produces, TaskKind, UnitsRule};
use crate::span::Spanned;

const NAME: &str = "metric-mismatch";

/// Finds the first metric that does not fit: decisions on numbers, cuts on logits, a choice among one
/// output, the wrong label format.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    head.metrics.iter().find_map(|metric| {
        on_numbers(head, metric)
            .or_else(|| on_logits(head, metric))
            .or_else(|| on_units(head, metric))
            .or_else(|| on_labels(head, metric))
            .or_else(|| beside_the_loss(head, metric))
    })
}

fn finding(head: &Head, metric: &Metric, title: String, label: &str) -> Finding {
    Finding::new(
        NAME,
        Severity::Warning,
        head.task.confidence,
        title,
        Place::new(metric.written.at, label),
    )
}

/// A metric that counts right decisions, on a head that predicts numbers.
fn on_numbers(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let decides = metric.row.measures == Measures::Decisions && metric.row.tasks.iter().any(is_class_task);
    let declared = head.task.is_regression() && head.facts.task.is_some();
    let by_shape = loss.family().is_regression()
        && head
            .activation()
            .is_some_and(|activation| gives_numbers(head, activation))
        && head.facts.task.is_none()
        && head.facts.labels.is_none();
    if !decides || !(declared || by_shape) {
        return None;
    }
    let title = format!("\"{}\" is measured on predicted numbers", metric.written.value);
    let of_yes_or_no = metric.row.tasks == [TaskKind::Binary];
    let label = if of_yes_or_no {
        "counts answers to yes or no …"
    } else {
        "counts exact hits of classes …"
    };
    let finding = finding(head, metric, title, label)
        .with_related(Place::new(loss.written.at, "… but the output is trained as a number"))
        .because(if of_yes_or_no {
            "it cuts the output: only with labels of 0 and 1 does it count decisions, and those are not trained as numbers."
        } else {
            "a predicted 3.02 is never equal to 3: the metric stays at 0 or says something by accident."
        })
        .help("use a distance, such as the mean absolute error");
    Some(if of_yes_or_no {
        finding.help("or, where the labels are 0 and 1, train with a loss for yes or no")
    } else {
        finding
    })
}

/// Numbers that are no probabilities. Those that an autoencoder gives are watched by all sorts of metrics.
fn gives_numbers(head: &Head, activation: &HeadActivation) -> bool {
    match activation.produces() {
        Produces::Identity => true,
        Produces::Real | Produces::Positive | Produces::Bounded => !head.output.mirrors_input && !head.output.positions,
        _ => false,
    }
}

fn is_class_task(kind: &TaskKind) -> bool {
    matches!(kind, TaskKind::Binary | TaskKind::Multiclass | TaskKind::Multilabel)
}

/// A metric that cuts or ranks probabilities, on raw scores.
fn on_logits(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let on_scores = activation.is_identity() && loss.part(|part| part.input == Input::Logits).is_some();
    if !metric.reads_probabilities() || !on_scores {
        return None;
    }
    let label = match metric.threshold {
        Some(threshold) => format!("cuts at {threshold} …"),
        None => "looks at values between 0 and 1 …".to_owned(),
    };
    let finding = finding(
        head,
        metric,
        format!("\"{}\" reads logits as probabilities", metric.written.value),
        &label,
    )
    .with_related(Place::new(activation.at, "… but the head gives raw scores"))
    .because(match metric.threshold {
        Some(_) => {
            "a score of 0.5 is a probability of 0.62: scores between 0 and 0.5 count as no although they mean yes."
        }
        None => "scores outside [0, 1] fall out of its thresholds: 0.764 was reported for an area of 0.803 (measured).",
    });
    Some(
        match (&metric.row.threshold, metric.row.input.switch_to(Input::Logits)) {
            (_, Some((switch, value))) => finding.help(format!("give the metric \"{}\": {value}", switch.argument)),
            (Some(threshold), None) => finding.help(format!(
                "write the metric as an object with \"{}\": 0 (a score of 0 is a probability of 0.5)",
                threshold.argument
            )),
            (None, None) => finding.help("measure it on probabilities"),
        },
    )
}

/// A metric that compares classes by the largest output, where there is one; one for a single output, where there are several.
fn on_units(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let units = head.output.units.filter(|_| !head.output.positions)?;
    let wants_many = metric.row.units == Some(UnitsRule::Many)
        || (matches!(metric.row.measures, Measures::Decisions | Measures::Probabilities)
            && metric.row.tasks == [TaskKind::Multiclass]);
    let is_yes_or_no = loss.all_parts(|part| part.family.is_independent_cross_entropy());
    if wants_many && units.value == 1 && is_yes_or_no {
        let title = format!("\"{}\" has one output to choose from", metric.written.value);
        let found = finding(head, metric, title, "looks for the likeliest of several classes …")
            .with_related(Place::new(units.at, "… but there is one output, for yes or no"))
            .because("the largest of one output is always the first: the metric does not move, or the framework stops.")
            .help("use the metric for two classes, which cuts the output");
        return Some(found);
    }
    let wants_one = metric.row.units == Some(UnitsRule::One);
    (wants_one && units.value > 1 && loss.row.units == UnitsRule::Many).then(|| {
        let title = format!("\"{}\" is for one output", metric.written.value);
        finding(head, metric, title, "compares one number with each label …")
            .with_related(Place::new(units.at, format!("… but there are {} outputs", units.value)))
            .because("the numbers of outputs and labels differ: the framework stops.")
            .help("use the metric for several classes")
    })
}

/// A metric for another label format: it compares things that do not correspond.
fn on_labels(head: &Head, metric: &Metric) -> Option<Finding> {
    let labels = head.facts.labels?;
    let multilabel = head.task.is(TaskKind::Multilabel) && head.units() != Some(1);
    let for_one_class = metric.row.tasks == [TaskKind::Multiclass];
    if metric.row.measures == Measures::Decisions && multilabel && for_one_class {
        return Some(
            finding(
                head,
                metric,
                format!("\"{}\" looks at the largest output only", metric.written.value),
                "compares one class for each sample …",
            )
            .with_related(Place::new(labels.at, "… but several labels can be right at once"))
            .with_evidence(head.task.evidence.iter().cloned())
            .because("whether the other labels are right does not count: an all-wrong second label costs nothing.")
            .help("use the element-wise accuracy, or precision and recall for each label"),
        );
    }
    by_format(
        head,
        metric,
        Spanned::new(labels.value, labels.at),
        "… but labels are written like this",
    )
}

/// A metric that reads another label format than the loss, when that takes one only.
fn beside_the_loss(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss().filter(|_| head.facts.labels.is_none())?;
    let exclusive = loss.all_parts(|part| part.family.is_exclusive_cross_entropy());
    let formats = &loss.row.labels;
    let takes_only = |wanted: &[LabelFormat]| exclusive && formats.iter().all(|format| wanted.contains(format));
    let labels = if formats.is_empty() {
        return None;
    } else if takes_only(&[LabelFormat::Integer]) {
        LabelFormat::Integer
    } else if takes_only(&[LabelFormat::OneHot, LabelFormat::Probabilities]) {
        LabelFormat::OneHot
    } else {
        return None;
    };
    let label = match labels {
        LabelFormat::Integer => "… but this loss reads class indices",
        _ => "… but this loss reads one-hot vectors",
    };
    by_format(head, metric, Spanned::new(labels, loss.written.at), label)
}

fn by_format(head: &Head, metric: &Metric, labels: Spanned<LabelFormat>, label: &str) -> Option<Finding> {
    let formats = &metric.row.labels;
    let for_one_class = metric.row.tasks == [TaskKind::Multiclass];
    let misread = match labels.value {
        LabelFormat::Integer => formats.contains(&LabelFormat::OneHot) && !formats.contains(&LabelFormat::Integer),
        LabelFormat::OneHot => formats == &[LabelFormat::Integer],
        _ => false,
    };
    if misread && for_one_class {
        return Some(
            finding(
                head,
                metric,
                format!("\"{}\" is for another label format", metric.written.value),
                "compares labels of another shape …",
            )
            .with_related(Place::new(labels.at, label))
            .because("it compares the position of the largest entry with a class index: the number means nothing.")
            .help(match labels.value {
                LabelFormat::Integer => "use the sparse metric of the same name",
                _ => "use the categorical metric of the same name, without \"sparse\"",
            }),
        );
    }
    element_wise(head, metric, labels)
}

/// An accuracy that counts every entry of a one-hot row: the zeros are right almost by themselves.
fn element_wise(head: &Head, metric: &Metric, labels: Spanned<LabelFormat>) -> Option<Finding> {
    let classes = head.units().filter(|&units| units > 2)?;
    let counts_entries = metric.row.measures == Measures::Decisions
        && metric.row.threshold.is_some()
        && metric.row.labels == [LabelFormat::Binary, LabelFormat::BinaryVector];
    if labels.value != LabelFormat::OneHot || !counts_entries {
        return None;
    }
    let nothing = (1000.0 * (classes as f64 - 1.0) / classes as f64).round() / 10.0;
    Some(
        finding(
            head,
            metric,
            format!("\"{}\" counts every entry of a one-hot row", metric.written.value),
            "cuts each output on its own …",
        )
        .with_related(Place::new(
            labels.at,
            "… but exactly one class is right for each sample",
        ))
        .because(format!(
            "a model that always says no is right in {nothing} % of {classes} entries."
        ))
        .help("use the categorical accuracy, which compares the largest output"),
    )
}
