//! `ineffective-epsilon`: a guard before a logarithm does not hold in the model's precision.

use super::Context;
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::intervals::{Rounding, logarithms};
use crate::ir::{Computation, Term};

/// Finds logarithms whose clip, maximum or epsilon still lets the argument reach zero.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let rounding = |computation: &Computation| Rounding::of(computation.precision);
    let reaching_zero = logarithms(context.model, rounding)
        .into_iter()
        .filter(|log| log.range.low <= 0.0);
    reaching_zero
        .filter_map(|log| Some(finding(log.term, log.guard?, rounding(log.computation))))
        .collect()
}

fn finding(log: &Term, guard: &Term, rounding: Rounding) -> Finding {
    Finding::new(Severity::Warning,
        Confidence::Declared,
        "the guard before a logarithm does not hold",
        Place::new(
            guard.at,
            format!("rounds away in {}, or leaves 0 in …", rounding.name()),
        ),
    )
    .with_related(Place::new(log.at, "… so this can still be log(0)"))
    .because(rounding.why())
    .help(format!(
        "clip to {} … 1 − {} in {}",
        rounding.epsilon(),
        rounding.epsilon(),
        rounding.name()
    ))
}
