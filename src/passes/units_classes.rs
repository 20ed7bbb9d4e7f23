//! `units-classes`: the output has another width than the labels have classes, or a loss is given for no output.

use super::Context;
use super::remedies::set_units;
use super::words::{number, units};
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, TaskKind, UnitsRule};
use crate::span::Spanned;

/// Finds classifiers whose units do not fit the declared classes or the largest label.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let width = head.output.units?;
    let loss = head.known_loss()?;
    if !head.task.is_classification() && !head.task.is(TaskKind::Segmentation) {
        // Whatever the task is, weights must be as many as the outputs that they weigh.
        return wrong_weights(loss, width);
    }
    out_of_range(head, loss, width)
        .or_else(|| wrong_count(head, loss, width))
        .or_else(|| wrong_weights(loss, width))
}

/// A label that no unit stands for: class indices count from 0.
fn out_of_range(head: &Head, loss: &Loss, width: Spanned<u64>) -> Option<Finding> {
    let largest = head.facts.label_max?;
    let indexed = loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    if !indexed || largest.value < width.value as f64 || width.value < 2 {
        return None;
    }
    let from_one = head.facts.label_min.is_some_and(|min| min.value == 1.0) && largest.value == width.value as f64;
    let finding = Finding::new(Severity::Error,
        head.task.confidence,
        format!("label {} has no unit", number(largest.value)),
        Place::new(
            width.at,
            format!("{}: labels 0 to {} …", units(Some(width.value)), width.value - 1),
        ),
    )
    .with_related(Place::new(largest.at, "… but labels go up to here"))
    .because("class indices count from 0: the framework stops on a CPU, and on a GPU NaN may come out.");
    Some(if from_one {
        finding.help("subtract 1 from the labels")
    } else {
        finding.help(set_units(width, largest.value as u64 + 1).choice())
    })
}

/// Fewer units than classes, or more than one too many (one may stand for the background).
fn wrong_count(head: &Head, loss: &Loss, width: Spanned<u64>) -> Option<Finding> {
    let classes = class_count(head)?;
    let wanted = wanted_units(head, loss, classes.value);
    if wanted.contains(&width.value) {
        return None;
    }
    let is_multilabel = head.task.is(TaskKind::Multilabel);
    let labels = if is_multilabel { "labels" } else { "classes" };
    let are_too_few = width.value < classes.value;
    let severity = if are_too_few {
        Severity::Error
    } else {
        Severity::Warning
    };
    let why = match (is_multilabel, are_too_few) {
        (true, _) => "outputs and labels are of different width: the framework stops.",
        (false, true) => "a label without a unit is out of range: the framework stops, or NaN appears on a GPU.",
        (false, false) => "units without a class are trained to 0 and take part in every softmax.",
    };
    Some(
        Finding::new(severity,
            head.task.confidence,
            format!("{} for {} {labels}", units(Some(width.value)), classes.value),
            Place::new(width.at, "the output is this wide …"),
        )
        .with_related(Place::new(classes.at, format!("… but there are this many {labels}")))
        .because(why)
        .help(set_units(width, wanted[0]).choice()),
    )
}

/// Weights for another number of classes than the loss compares.
fn wrong_weights(loss: &Loss, width: Spanned<u64>) -> Option<Finding> {
    let weights = loss.weights?;
    let exclusive = loss.all_parts(|part| {
        let is_cross_entropy = part.family.is_exclusive_cross_entropy() && !part.family.is_focal();
        is_cross_entropy || part.family == Family::CategoricalHinge
    });
    let independent = loss.all_parts(|part| part.family == Family::BinaryCrossEntropy);
    let classes = match (loss.row.units, width.value) {
        (UnitsRule::One, 1) => 2,
        (_, 0 | 1) => return None,
        (_, units) => units,
    };
    // One weight is stretched over all labels where each is asked by itself.
    let fits = weights.value == classes || (!exclusive && weights.value == 1 && width.value > 1);
    if fits || loss.parts.len() != 1 || !(exclusive || independent) {
        return None;
    }
    let given = match weights.value {
        1 => "1 weight".to_owned(),
        count => format!("{count} weights"),
    };
    Some(
        Finding::new(Severity::Error,
            Confidence::Declared,
            format!("{given} for {classes} classes"),
            Place::new(weights.at, "one weight for each class is wanted here …"),
        )
        .with_related(Place::new(width.at, format!("… and there are {classes} classes")))
        .because("the framework refuses weights of another number.")
        .help(format!("give {classes} weights, in the order of the classes")),
    )
}

fn class_count(head: &Head) -> Option<Spanned<u64>> {
    let counted = || {
        let counts = head.facts.class_counts.as_ref()?;
        Some(Spanned::new(counts.value.len() as u64, counts.at))
    };
    head.facts.classes.or_else(counted).filter(|classes| classes.value >= 2)
}

/// The widths that fit, the best first.
fn wanted_units(head: &Head, loss: &Loss, classes: u64) -> Vec<u64> {
    let exclusive = loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some();
    if head.task.is(TaskKind::Multilabel) {
        vec![classes]
    } else if classes == 2 && !exclusive {
        vec![1, 2, 3]
    } else {
        vec![classes, classes + 1]
    }
}

/// Finds losses that are given for an output which does not exist.
pub fn check_model(context: &Context<'_>) -> Vec<Finding> {
    let names: Vec<&str> = context
        .model
        .heads
        .iter()
        .filter_map(|head| head.name.as_ref().map(|name| name.value.as_str()))
        .collect();
    let unmatched = context.model.unmatched_losses.iter();
    unmatched
        .map(|written| {
            let finding = Finding::new(Severity::Error,
                Confidence::Declared,
                format!(
                    "a loss is given for the output \"{}\", which does not exist",
                    written.value
                ),
                Place::new(written.at, "no output has this name"),
            )
            .because("the framework stops when it compiles the model, or the output is not trained.");
            if names.is_empty() {
                finding
            } else {
                finding.help(format!("name one of the outputs: {}", names.join(", ")))
            }
        })
        .collect()
}
