//! `ineffective-argument`: an argument is given that changes nothing beside this loss.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::Head;

const NAME: &str = "ineffective-argument";

/// Finds the first argument that the framework takes and this loss pays no heed to.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let ineffective = loss.ineffective.iter().find(|ineffective| !ineffective.is_refused)?;
    let name = &ineffective.argument.value;
    let finding = Finding::new(
        NAME,
        Severity::Warning,
        Confidence::Declared,
        format!("\"{name}\" changes nothing with \"{}\"", loss.written.value),
        Place::new(ineffective.argument.at, "this is taken …"),
    )
    .with_related(Place::new(loss.written.at, "… and this loss pays no heed to it"))
    .because("the framework trains the same model without it.");
    Some(match &ineffective.unless {
        Some(switch) => finding
            .help(format!("set \"{switch}\": true, which makes it count"))
            .help(format!("or take \"{name}\" out")),
        None => finding.help(format!("take \"{name}\" out, or choose a loss that reads it")),
    })
}
