//! `focal-parameters`: a focal loss's alpha or gamma lies outside its range.

use super::Context;
use super::words::number;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Loss};
use crate::span::Spanned;

/// Finds an alpha outside [0, 1] and a negative gamma.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    loss.part(|part| part.family.is_focal())?;
    ignored(loss).or_else(|| alpha(loss)).or_else(|| gamma(loss))
}

/// An alpha that does not count because the argument that switches it on is off.
fn ignored(loss: &Loss) -> Option<Finding> {
    let alpha = loss.alpha?;
    let ineffective = loss
        .ineffective
        .iter()
        .find(|one| one.argument.at == alpha.at && !one.is_refused)?;
    let finding = Finding::new(Severity::Warning,
        Confidence::Declared,
        format!("alpha = {} of a focal loss changes nothing", number(alpha.value)),
        Place::new(alpha.at, "the share of the positive class, which is not looked at"),
    )
    .because("the loss is the same for every alpha (measured: 0.6933 for all), so both classes keep their weight.");
    Some(match &ineffective.unless {
        Some(switch) => finding.help(format!(
            "set {switch} to true, which makes alpha count, with a value between 0 and 1"
        )),
        None => finding.help("take it out"),
    })
}

fn alpha(loss: &Loss) -> Option<Finding> {
    let alpha = loss.alpha?;
    let is_off = loss.row.alpha_off == Some(alpha.value);
    if (0.0..=1.0).contains(&alpha.value) || is_off {
        return None;
    }
    Some(
        finding("alpha", alpha, "the share of the positive class: 0 to 1")
            .because(if alpha.value > 1.0 {
                "the negative class gets the weight 1 − alpha, which is negative here: the model is paid for getting it wrong."
            } else {
                "the positive class gets a negative weight: the model is paid for getting it wrong."
            })
            .help("use a value between 0 and 1, such as 0.25"),
    )
}

fn gamma(loss: &Loss) -> Option<Finding> {
    let gamma = loss.gamma?;
    (gamma.value < 0.0).then(|| {
        finding("gamma", gamma, "the exponent of the error: 0 and up")
            .because(
                "a negative exponent turns easy samples up instead of down, without bound where the model is sure.",
            )
            .help("use 0 for plain cross-entropy, or 2 as in the original paper (Lin et al., 2017)")
    })
}

fn finding(name: &str, value: Spanned<f64>, range: &str) -> Finding {
    Finding::new(Severity::Error,
        Confidence::Declared,
        format!("a focal loss has {name} = {}", number(value.value)),
        Place::new(value.at, range),
    )
}
