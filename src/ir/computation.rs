//! Arithmetic as a flat graph: custom loss expressions and operations inside a model, and the values each step can take.

use crate::knowledge::{Arithmetic, Precision, Range};
use crate::span::Location;

/// Names a term of one computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TermId(pub usize);

/// Terms in an order in which every term comes after its inputs.
#[derive(Debug, Clone, Default)]
pub struct Computation {
    terms: Vec<Term>,
    /// The number format that it is computed in, when the file names one.
    pub precision: Option<Precision>,
}

/// One step of a computation.
#[derive(Debug, Clone)]
pub struct Term {
    /// What it computes.
    pub computes: Computes,
    /// Its inputs, in the order of the operation's arguments.
    pub inputs: Vec<TermId>,
    /// Where it is written.
    pub at: Location,
}

/// What a term computes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Computes {
    /// A number that is written down.
    Constant(f64),
    /// The labels: never negative for classes, but nothing more is known.
    Labels,
    /// The model's output.
    Prediction,
    /// Values of a known range: what an activation gives.
    Values(Range),
    /// A known operation on the inputs.
    Operation(Arithmetic),
    /// An argument that is not given.
    Absent,
    /// Anything else.
    Unknown,
}

impl Computation {
    /// Appends a term; its inputs must have been appended before.
    pub fn push(&mut self, computes: Computes, inputs: Vec<TermId>, at: Location) -> TermId {
        debug_assert!(inputs.iter().all(|input| input.0 < self.terms.len()));
        self.terms.push(Term { computes, inputs, at });
        TermId(self.terms.len() - 1)
    }

    /// The term of that name.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.0]
    }

    /// All terms with their names, inputs first.
    pub fn terms(&self) -> impl Iterator<Item = (TermId, &Term)> {
        self.terms.iter().enumerate().map(|(index, term)| (TermId(index), term))
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term at all.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether any term takes a logarithm that could meet zero.
    pub fn has_logarithm(&self) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(term.computes, Computes::Operation(Arithmetic::Log | Arithmetic::Xlogy)))
    }
}
