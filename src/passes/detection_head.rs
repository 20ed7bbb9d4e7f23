//! `detection-head`: a detector's class or box output does not fit its role.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, HeadActivation, Role};
use crate::knowledge::{Family, Input, Produces};
use crate::span::Spanned;

/// Finds class outputs without a classification loss, and box outputs that cannot give coordinates.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let role = head.role?;
    match role.value {
        Role::Class => class_head(context, head, role),
        Role::Box => box_head(context, head, role),
    }
}

fn class_head(context: &Context<'_>, head: &Head, role: Spanned<Role>) -> Option<Finding> {
    let loss = head.known_loss()?;
    let fits = loss
        .part(|part| part.family.is_cross_entropy() || part.family.is_overlap())
        .is_some();
    if fits {
        return None;
    }
    let finding = Finding::new(Severity::Warning,
        Confidence::Declared,
        "a detector's class output has no classification loss",
        Place::new(loss.written.at, "is no loss for classes …"),
    )
    .with_related(Place::new(role.at, "… but this output says which class"))
    .because("almost all boxes are background: a plain distance settles at \"nothing here\".");
    let families = [Family::BinaryFocal, Family::BinaryCrossEntropy];
    Some(match context.loss_names(&families, Input::Probabilities, loss) {
        Some(names) => finding.help(format!("use {names} with a sigmoid for each class")),
        None => finding,
    })
}

fn box_head(context: &Context<'_>, head: &Head, role: Spanned<Role>) -> Option<Finding> {
    let activation = head.activation()?;
    let problem = unfit_activation(activation)?;
    Some(
        Finding::new(Severity::Warning,
            Confidence::Declared,
            "a detector's box output cannot give coordinates",
            Place::new(activation.at, problem),
        )
        .with_related(Place::new(role.at, "… but this output predicts a box"))
        .because("coordinates and offsets take any value, or any value in [0, 1] when boxes are normalised.")
        .help(context.remove_activation(head, activation).choice())
        .help(
            context
                .use_activation(head, Produces::Probabilities)
                .or()
                .when(", if boxes are normalised to [0, 1]")
                .choice(),
        ),
    )
}

/// A sigmoid may give normalised boxes; a softmax makes the coordinates share a sum, and a dead unit gives none.
fn unfit_activation(activation: &HeadActivation) -> Option<&'static str> {
    match activation.produces() {
        Produces::Distribution | Produces::LogDistribution => Some("makes the coordinates add up to 1 …"),
        Produces::LogProbabilities => Some("gives negative numbers only …"),
        _ => None,
    }
}
