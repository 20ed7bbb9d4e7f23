//! The framework-neutral facts about a model that lints judge: heads, losses, metrics, tasks. Not how they were written.

pub mod computation;
pub mod facts;
pub mod head;
pub mod loss;
pub mod task;

use std::sync::Arc;

pub use computation::{Computation, Computes, Term, TermId};
pub use facts::{Conflict, Facts, Normalization, Target};
pub use head::{ActivationForm, Ending, Head, HeadActivation, Layer, Output, Role};
pub use loss::{Accepted, Decision, Loss, LossForm, LossStatement, Metric, NotPython, ObjectForm, Part};
pub use task::Task;

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

/// Something that was seen and could not be judged: distinct from clean.
#[derive(Debug, Clone, PartialEq)]
pub struct NotChecked {
    /// What kind of thing, for counting.
    pub what: Unjudged,
    /// Where it stands.
    pub at: Location,
    /// Why it cannot be judged, in one clause.
    pub why: String,
}

/// The kinds of things that cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unjudged {
    /// No loss is stated.
    NoLoss,
    /// The loss is a function of the user's own.
    CustomLoss,
    /// The loss's name is not known.
    UnknownLoss,
    /// A layer at the end is not known, or is code.
    UnknownLayer,
    /// The activation at the end is not known, or is code.
    UnknownActivation,
    /// The model is a class that the configuration only names.
    NamedModel,
    /// A metric's name is not known.
    UnknownMetric,
    /// A value is filled in elsewhere.
    Unresolved,
    /// The file is a part of a configuration, without a network or a loss.
    Part,
    /// The file's form is damaged or not understood here.
    Malformed,
}

impl Unjudged {
    /// The word that reports for programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoLoss => "no-loss",
            Self::CustomLoss => "custom-loss",
            Self::UnknownLoss => "unknown-loss",
            Self::UnknownLayer => "unknown-layer",
            Self::UnknownActivation => "unknown-activation",
            Self::NamedModel => "named-model",
            Self::UnknownMetric => "unknown-metric",
            Self::Unresolved => "unresolved",
            Self::Part => "part",
            Self::Malformed => "malformed",
        }
    }

    /// The words of the summary, after a count: `2 custom losses`.
    pub fn counted(self, count: usize) -> String {
        let (one, many) = match self {
            Self::NoLoss => ("without a loss", "without a loss"),
            Self::CustomLoss => ("custom loss", "custom losses"),
            Self::UnknownLoss => ("unknown loss", "unknown losses"),
            Self::UnknownLayer => ("unknown last layer", "unknown last layers"),
            Self::UnknownActivation => ("unknown activation", "unknown activations"),
            Self::NamedModel => ("model named only", "models named only"),
            Self::UnknownMetric => ("unknown metric", "unknown metrics"),
            Self::Unresolved => ("value set elsewhere", "values set elsewhere"),
            Self::Part => ("part of a configuration", "parts of a configuration"),
            Self::Malformed => ("unreadable part", "unreadable parts"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}
