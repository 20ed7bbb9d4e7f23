//! `single-unit-softmax`: a softmax over one unit is always 1.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;
use crate::knowledge::{Family, Input, Produces};

const NAME: &str = "single-unit-softmax";

/// Finds softmax heads with one unit, whatever the loss is.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let activation = head.activation()?;
    let units = head.output.units?;
    let normalised = matches!(activation.produces(), Produces::Distribution | Produces::LogDistribution);
    if !normalised || !activation.over_units || units.value != 1 {
        return None;
    }
    let constant = if activation.produces() == Produces::Distribution { "1" } else { "0" };
    let finding = Finding::new(
        NAME,
        Severity::Error,
        Confidence::Declared,
        format!("a softmax over one unit is always {constant}"),
        Place::new(activation.at, "divides one number by itself"),
    )
    .with_related((units.at != activation.at).then(|| Place::new(units.at, "over this single unit")))
    .because(
        "every sample gets the same answer, whatever the weights are. A falling loss proves nothing: on TensorFlow it \
         fell to 0.0006 while accuracy stayed at 0.40 (measured).",
    )
    .help(format!(
        "{}, for a yes or no with labels 0 and 1",
        context.use_activation(head, Produces::Probabilities)
    ))
    .help("or give it one unit for each class, two at least");
    Some(match head.known_loss() {
        Some(loss) if loss.family().is_regression() => finding.help(format!(
            "or {}, if a number is predicted",
            context.remove_activation(activation)
        )),
        Some(loss) if loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some() => {
            match context.loss_name(Family::BinaryCrossEntropy, Input::Probabilities, loss) {
                Some(name) => finding.help(format!("with a sigmoid, the loss becomes \"{name}\"")),
                None => finding,
            }
        }
        _ => finding,
    })
}
