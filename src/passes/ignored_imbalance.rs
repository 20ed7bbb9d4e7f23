//! `ignored-imbalance`: one class, or the absence of labels, is so frequent that always saying it is a good answer.

use super::Context;
use super::words::number;
use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, Input, TaskKind};

/// Finds declared imbalance that no weight, focal loss or overlap loss counters.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let plain = loss.all_parts(|part| part.family.is_cross_entropy() && !part.family.is_focal());
    let weighted =
        loss.class_weight.is_some() || loss.row.balances || head.facts.class_weight.is_some_and(|said| said.value);
    if !plain || weighted {
        return None;
    }
    let imbalance = by_counts(context, head).or_else(|| by_rate(context, head))?;
    Some(finding(context, head, loss, imbalance))
}

/// What is so unequal, in words.
struct Imbalance {
    place: Place,
    why: String,
}

fn by_counts(context: &Context<'_>, head: &Head) -> Option<Imbalance> {
    let counts = head.facts.class_counts.as_ref()?;
    let largest = counts.value.iter().copied().fold(f64::MIN, f64::max);
    let smallest = counts.value.iter().copied().fold(f64::MAX, f64::min);
    let total: f64 = counts.value.iter().sum();
    if counts.value.len() < 2 || smallest <= 0.0 || largest / smallest < context.thresholds.imbalance {
        return None;
    }
    Some(Imbalance {
        place: Place::new(
            counts.at,
            format!(
                "{} samples of one class for each of another …",
                number((largest / smallest).round())
            ),
        ),
        why: format!(
            "always answering the frequent class is right in {} % of all cases: the loss reaches a plateau there that is hard to \
             leave.",
            number((1000.0 * largest / total).round() / 10.0)
        ),
    })
}

fn by_rate(context: &Context<'_>, head: &Head) -> Option<Imbalance> {
    let rate = head.facts.positive_rate?;
    let multilabel = head.task.is(TaskKind::Multilabel) || head.task.is(TaskKind::Binary);
    if !multilabel || rate.value <= 0.0 || rate.value > context.thresholds.positive_rate {
        return None;
    }
    let percent = number((10_000.0 * rate.value).round() / 100.0);
    Some(Imbalance {
        place: Place::new(rate.at, format!("{percent} % of all labels are positive …")),
        why: format!("predicting nothing is right for all but {percent} % of the labels: the model settles there."),
    })
}

fn finding(context: &Context<'_>, head: &Head, loss: &Loss, imbalance: Imbalance) -> Finding {
    let finding = Finding::new(Severity::Warning,
        head.task.confidence,
        "heavy class imbalance is not countered",
        imbalance.place,
    )
    .with_related(Place::new(loss.written.at, "… and every sample weighs the same here"))
    .because(imbalance.why);
    let idle = head.ineffective(false).next();
    let finding = match idle {
        Some(given) => finding.with_related(Place::new(
            given.argument.at,
            "… for this changes nothing beside the loss",
        )),
        None => finding,
    };
    let finding = match loss.row.class_weights.first() {
        Some(argument) => finding.help(format!(
            "give the loss \"{argument}\", about the inverse of the frequencies"
        )),
        None => finding.help("pass class weights when training, and declare it: class_weight = true"),
    };
    let family = if loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some() {
        Family::CategoricalFocal
    } else {
        Family::BinaryFocal
    };
    let input = loss.parts.first().map_or(Input::Any, |part| part.input);
    match context.loss_name(family, input, loss) {
        Some(name) => finding.help(format!("or use \"{name}\", which turns easy samples down")),
        None => finding,
    }
}
