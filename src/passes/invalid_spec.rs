//! `invalid-spec`: a spec, or facts beside a model, say something that losslint does not read.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};

/// Finds every key and value of a spec that is not understood: what it was to say is not checked.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    context
        .model
        .misfits
        .iter()
        .map(|misfit| {
            let finding = Finding::new(Severity::Warning,
                Confidence::Declared,
                misfit.message.clone(),
                Place::new(misfit.at, "not understood"),
            )
            .because("what is not understood is not checked.");
            match &misfit.help {
                Some(help) => finding.help(help.clone()),
                None => finding,
            }
        })
        .collect()
}
