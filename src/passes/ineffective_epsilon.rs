//! `ineffective-epsilon`: a guard before a logarithm does not hold in the model's precision.

use super::Context;
use super::values::{self, Rounding};
use crate::diagnostic::{Confidence, Finding, Place, Severity};
use crate::ir::{Computation, Computes, Term};
use crate::knowledge::Arithmetic;

const NAME: &str = "ineffective-epsilon";

/// Finds logarithms whose clip, maximum or epsilon still lets the argument reach zero.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    context
        .computations()
        .flat_map(|(computation, prediction)| {
            let rounding = Rounding::of(computation.precision);
            let ranges = values::ranges(computation, prediction, rounding);
            let dangerous = values::logarithms(computation)
                .filter(move |(_, argument)| ranges[argument.0].is_some_and(|range| range.low <= 0.0));
            dangerous
                .filter_map(|(log, argument)| {
                    let guard = guard_before(computation, computation.term(argument))?;
                    Some(finding(log, guard, rounding))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The operation on the way to a term that was meant to keep it from zero.
pub(super) fn guard_before<'c>(computation: &'c Computation, term: &'c Term) -> Option<&'c Term> {
    let mut term = term;
    loop {
        let constant = term
            .inputs
            .iter()
            .any(|id| matches!(computation.term(*id).computes, Computes::Constant(_)));
        match term.computes {
            Computes::Operation(Arithmetic::Clip | Arithmetic::Maximum) if constant => return Some(term),
            Computes::Operation(Arithmetic::Add) if constant => return Some(term),
            Computes::Operation(_) => {}
            _ => return None,
        }
        let inner = term
            .inputs
            .iter()
            .map(|id| computation.term(*id))
            .find(|term| !matches!(term.computes, Computes::Constant(_) | Computes::Labels));
        term = inner?;
    }
}

fn finding(log: &Term, guard: &Term, rounding: Rounding) -> Finding {
    Finding::new(
        NAME,
        Severity::Warning,
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
