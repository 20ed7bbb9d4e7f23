//! The framework-neutral facts about a model that lints judge: heads, losses, metrics, tasks. Not how they were written.

pub mod computation;
pub mod facts;
pub mod head;
pub mod intervals;
pub mod loss;
pub mod task;

use std::sync::Arc;

pub use computation::{Computation, Computes, Term, TermId};
pub use facts::{Conflict, Facts, Normalization, Target};
pub use head::{ActivationForm, ActivationWords, Ending, Head, HeadActivation, Layer, Output, Role, Seen, Word};
pub use loss::{
    Accepted, Decision, Ineffective, Loss, LossForm, LossStatement, Metric, NotPython, ObjectForm, Part, Room, Why,
};
pub use task::Task;

pub use crate::diagnostic::{NotChecked, Unjudged};

use crate::knowledge::{Backend, Framework};
use crate::span::{Location, Spanned};

/// One model as its configuration tells it.
#[derive(Debug)]
pub struct Model {
    /// The dialect that read it, such as `keras`.
    pub dialect: &'static str,
    /// The framework whose names it uses.
    pub framework: Arc<Framework>,
    /// The whole model in its file.
    pub at: Location,
    /// The framework's version, when the file names it.
    pub version: Option<Spanned<String>>,
    /// The major version of the framework, from its version or from the form of the file.
    pub generation: Option<u32>,
    /// Where it runs, when the file names it: the effect of some mistakes depends on it.
    pub backend: Option<Spanned<Backend>>,
    /// Its outputs. A model that names no network has one head for its loss.
    pub heads: Vec<Head>,
    /// Arithmetic in the graph itself that contains a logarithm.
    pub computations: Vec<Computation>,
    /// What a spec or facts say that is not understood.
    pub misfits: Vec<Misfit>,
    /// Losses that are given for outputs which do not exist: the output's name as written.
    pub unmatched_losses: Vec<Spanned<String>>,
    /// What was seen and could not be judged, apart from what the heads say of themselves.
    pub not_checked: Vec<NotChecked>,
}

impl Model {
    /// A model of which only this is known.
    pub fn new(dialect: &'static str, framework: Arc<Framework>, at: Location) -> Self {
        Self {
            dialect,
            framework,
            at,
            version: None,
            generation: None,
            backend: None,
            heads: Vec::new(),
            computations: Vec::new(),
            unmatched_losses: Vec::new(),
            misfits: Vec::new(),
            not_checked: Vec::new(),
        }
    }
}

/// A key or value that is not understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// Where it stands.
    pub at: Location,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}
