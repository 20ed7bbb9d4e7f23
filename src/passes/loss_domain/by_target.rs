//! Declared targets that a loss is not defined for.

use crate::diagnostic::{Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::knowledge::{Family, Input};
use crate::passes::Context;
use crate::passes::words::number;
use crate::span::Spanned;

/// Finds targets that lie outside the domain of their loss.
pub fn check(context: &Context<'_>, head: &Head, loss: &Loss) -> Option<Finding> {
    let target = &head.facts.target;
    let (said, title, why) = match loss.family() {
        Family::Poisson | Family::Tweedie => (
            below(target.min, 0.0)?,
            "a loss for counts has negative targets",
            "a negative count has no likelihood: the loss has no lower bound.",
        ),
        Family::SquaredLogError => (
            below(target.min, 0.0)?,
            "a logarithmic error has negative targets",
            "targets and predictions below 0 are clamped to 0 in silence and have no gradient (measured).",
        ),
        Family::AbsolutePercentageError => (
            holding_zero(target.min, target.max)?,
            "a percentage error has targets of 0",
            "the error is divided by the target: a target of 0 gives 10⁹ (measured).",
        ),
        _ => return None,
    };
    let finding = Finding::new(Severity::Warning,
        head.task.confidence,
        title,
        Place::new(loss.written.at, "is not defined for all targets …"),
    )
    .with_related(Place::new(
        said.at,
        format!("… which go down to {}", number(said.value)),
    ))
    .because(why);
    Some(match context.loss_name(Family::Huber, Input::Real, loss) {
        Some(name) => finding.help(format!("use \"{name}\", or shift the targets into the domain")),
        None => finding,
    })
}

fn below(min: Option<Spanned<f64>>, limit: f64) -> Option<Spanned<f64>> {
    min.filter(|min| min.value < limit)
}

fn holding_zero(min: Option<Spanned<f64>>, max: Option<Spanned<f64>>) -> Option<Spanned<f64>> {
    let (min, max) = (min?, max?);
    (min.value <= 0.0 && max.value >= 0.0).then_some(min)
}
