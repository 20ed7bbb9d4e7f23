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

pub use crate::diagnostic::{NotChecked, Unjudged};

use crate::knowledge::Framework;
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

/// What computes a Keras model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// TensorFlow.
    TensorFlow,
    /// JAX.
    Jax,
    /// PyTorch.
    Torch,
    /// Anything else: NumPy, TensorFlow.js, Theano …
    Other,
}

impl Backend {
    /// The backend of that name.
    pub fn of_name(name: &str) -> Self {
        match name {
            "tensorflow" | "tf" => Self::TensorFlow,
            "jax" => Self::Jax,
            "torch" | "pytorch" => Self::Torch,
            _ => Self::Other,
        }
    }

    /// The word of the knowledge tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TensorFlow => "tensorflow",
            Self::Jax => "jax",
            Self::Torch => "torch",
            Self::Other => "other",
        }
    }
}

impl Precision {
    /// The format of that name, as frameworks and specs spell it.
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "float16" | "half" | "fp16" => Self::Float16,
            "bfloat16" | "bf16" => Self::Bfloat16,
            "mixed_float16" => Self::MixedFloat16,
            "mixed_bfloat16" => Self::MixedBfloat16,
            "float32" | "float" | "fp32" => Self::Float32,
            "float64" | "double" | "fp64" => Self::Float64,
            _ => return None,
        })
    }
}

/// The number format in which a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// 16 bits, 5 of exponent: smallest positive number 6e-8.
    Float16,
    /// 16 bits, 8 of exponent: 3 significant digits.
    Bfloat16,
    /// float16 for computations, float32 for variables.
    MixedFloat16,
    /// bfloat16 for computations, float32 for variables.
    MixedBfloat16,
    /// 32 bits.
    Float32,
    /// 64 bits.
    Float64,
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
