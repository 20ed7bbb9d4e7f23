//! `unreduced-loss`: the loss is not averaged over the batch.

use super::Context;
use super::remedies::Step;
use crate::diagnostic::{Change, Confidence, Finding, Place, Severity};
use crate::ir::{Head, Unjudged};
use crate::knowledge::Reduction;

/// Finds losses that are told not to average.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let reduction = loss.reduction?;
    let (severity, title, why) = match reduction.value {
        Reduction::Mean => return None,
        // A model in code is trained by code, which takes the mean.
        Reduction::None if is_in_code(head) => return None,
        Reduction::None => (
            Severity::Warning,
            "the loss is not reduced to one number",
            if context.model.framework.sums_unreduced {
                "the gradients of all samples are summed, so the step grows with the batch size."
            } else {
                "training stops at the first step, unless the code averages."
            },
        ),
        Reduction::Sum => (
            Severity::Info,
            "the loss is summed over the batch",
            "the step grows with the batch size: a learning rate that suits 32 samples is 8 times too large for 256. Right where \
             several machines divide by the global batch size themselves.",
        ),
    };
    Some(
        Finding::new(severity,
            Confidence::Declared,
            title,
            Place::new(reduction.at, "no mean is taken"),
        )
        .because(why)
        .help(
            Step::with(
                "leave the reduction out: the mean is the default",
                Some(Change::Remove { at: reduction.at }),
            )
            .choice(),
        ),
    )
}

fn is_in_code(head: &Head) -> bool {
    head.not_checked.iter().any(|note| note.what == Unjudged::NamedModel)
}
