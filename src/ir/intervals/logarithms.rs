//! The logarithms of a model, each with the range of its argument and the guard before it: what two lints look at.

use super::{Rounding, ranges};
use crate::ir::{Computation, Computes, Head, HeadActivation, LossStatement, Model, Term, TermId};
use crate::knowledge::{Arithmetic, Range};

/// A plain logarithm whose argument's range is known.
pub struct Logarithm<'m> {
    /// The arithmetic that it is a part of.
    pub computation: &'m Computation,
    /// The activation whose values that arithmetic takes for the model's output, if it is known.
    pub prediction: Option<&'m HeadActivation>,
    /// The logarithm itself.
    pub term: &'m Term,
    /// What it is taken of.
    pub argument: TermId,
    /// The values that the argument can have.
    pub range: Range,
    /// The operation on the way to the argument that was meant to keep it from zero.
    pub guard: Option<&'m Term>,
}

/// The logarithms in the loss expressions and in the graph of a model, with constants rounded as `rounding` says of each.
pub fn logarithms(model: &Model, rounding: impl Fn(&Computation) -> Rounding) -> Vec<Logarithm<'_>> {
    let expressions = model
        .heads
        .iter()
        .filter_map(|head| Some((expression(head)?, head.activation())));
    let graph = model.computations.iter().map(|computation| (computation, None));
    let mut found = Vec::new();
    for (computation, prediction) in expressions.chain(graph) {
        let ranges = ranges(
            computation,
            prediction.map(HeadActivation::range),
            rounding(computation),
        );
        for (_, term) in computation.terms() {
            if term.computes != Computes::Operation(Arithmetic::Log) {
                continue;
            }
            let argument = term.inputs.first().copied();
            let known = argument.and_then(|argument| Some((argument, ranges[argument.0]?)));
            found.extend(known.map(|(argument, range)| Logarithm {
                computation,
                prediction,
                term,
                argument,
                range,
                guard: guard(computation, computation.term(argument)),
            }));
        }
    }
    found
}

/// The arithmetic of a loss that is written out.
fn expression(head: &Head) -> Option<&Computation> {
    match &head.loss {
        LossStatement::Custom { expression, .. } => expression.as_ref().ok(),
        _ => None,
    }
}

/// The clip, maximum or added number nearest before a term, along its first input that is no constant and no label.
fn guard<'m>(computation: &'m Computation, mut term: &'m Term) -> Option<&'m Term> {
    use Arithmetic::{Add, Clip, Maximum};
    let is_constant = |term: &Term| matches!(term.computes, Computes::Constant(_));
    loop {
        let mut inputs = term.inputs.iter().map(|id| computation.term(*id));
        match term.computes {
            Computes::Operation(Clip | Maximum | Add) if inputs.clone().any(is_constant) => return Some(term),
            Computes::Operation(_) => {}
            _ => return None,
        }
        term = inputs.find(|input| !is_constant(input) && input.computes != Computes::Labels)?;
    }
}
