//! `large-one-hot`: very many classes are written as one-hot vectors.

use super::Context;
use super::remedies::Step;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Family, LabelFormat};

/// Finds losses that need a vector per sample where there are very many classes.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let width = head.output.units?;
    let part = loss
        .parts
        .first()
        .filter(|_| loss.row.computes(Family::CategoricalCrossEntropy))?;
    let labels = head.facts.labels.map(|labels| labels.value);
    let one_hot = match labels {
        Some(format) => format == LabelFormat::OneHot,
        None => !loss.row.labels.contains(&LabelFormat::Integer),
    };
    if !one_hot || width.value < context.thresholds.one_hot_classes {
        return None;
    }
    let remedy = if loss.row.labels.contains(&LabelFormat::Integer) {
        Step::words("write the labels as class indices, which the same loss takes: the same numbers").shown()
    } else {
        let other = context
            .use_loss(Family::SparseCategoricalCrossEntropy, part.input, loss)?
            .when(" with class indices: the same numbers");
        match labels {
            // Another loss alone would contradict what the labels are said to be.
            Some(_) => other.in_words().shown(),
            None => other.choice(),
        }
    };
    Some(
        Finding::new(Severity::Info,
            Confidence::Declared,
            format!("one-hot labels of {} classes", width.value),
            Place::new(loss.written.at, "takes a vector for each sample …"),
        )
        .with_related(Place::new(width.at, "… that is this wide"))
        .because(format!(
            "a batch of 256 needs {:.1} MB for its labels, of which 1 KB says something.",
            256.0 * 4.0 * width.value as f64 / 1e6
        ))
        .help(remedy),
    )
}
