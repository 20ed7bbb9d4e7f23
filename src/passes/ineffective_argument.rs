//! `ineffective-argument`: an argument is given that changes nothing beside this loss.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Head, Why};

/// Finds the first argument that the framework takes and this loss pays no heed to.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let ineffective = head.ineffective(false).next()?;
    let name = &ineffective.argument.value;
    let finding = Finding::new(Severity::Warning,
        Confidence::Declared,
        format!("\"{name}\" changes nothing with \"{}\"", loss.written.value),
        Place::new(ineffective.argument.at, "this is taken …"),
    )
    .with_related(Place::new(loss.written.at, "… and this loss pays no heed to it"))
    .because("the framework trains the same model without it.");
    let finding = match (&ineffective.why, head.output.units) {
        (Why::OneUnit, Some(units)) => finding
            .with_related(Place::new(units.at, "the output has one unit"))
            .because("it counts from two units on; with one the framework trains the same model without it."),
        (Why::Beside(_, said), _) => finding.with_related(Place::new(said.at, "this keeps it from counting")),
        _ => finding,
    };
    Some(match &ineffective.unless {
        Some(switch) => finding
            .help(format!("set \"{switch}\": true, which makes it count"))
            .help(format!("or take \"{name}\" out")),
        None => finding.help(format!("take \"{name}\" out, or choose a loss that reads it")),
    })
}
