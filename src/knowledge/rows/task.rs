//! Words for tasks and label formats, shared by the tables and the native spec. Not the inference of tasks.

use serde::{Deserialize, Serialize};

/// What a task asks for. The same words as in the native spec's `task.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A real number or several.
    Regression,
    /// A count: whole numbers from 0.
    Count,
    /// Yes or no.
    Binary,
    /// One of several exclusive classes.
    Multiclass,
    /// Any number of labels at once.
    Multilabel,
    /// Classes with an order.
    Ordinal,
    /// Boxes and their classes.
    Detection,
    /// A class for every pixel.
    Segmentation,
    /// A distribution is predicted.
    Distribution,
    /// The input is predicted again.
    Reconstruction,
    /// Samples are made.
    Generative,
    /// A teacher's outputs are imitated.
    Distillation,
    /// Values or policies.
    Reinforcement,
    /// Order of items.
    Ranking,
    /// Distances between embeddings.
    Embedding,
    /// Anything else.
    Other,
}

impl TaskKind {
    /// Whether samples get classes or labels without an order: binary, multiclass or multi-label.
    pub fn is_classification(self) -> bool {
        matches!(self, Self::Binary | Self::Multiclass | Self::Multilabel)
    }
}

/// How labels are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelFormat {
    /// Real numbers.
    Float,
    /// 0 or 1.
    Binary,
    /// −1 or +1.
    Signed,
    /// A vector with a single 1.
    OneHot,
    /// The index of the class, from 0.
    Integer,
    /// A vector with any number of 1s.
    BinaryVector,
    /// A probability for each class or output.
    Probabilities,
    /// A teacher's raw scores.
    Logits,
    /// 1 for every level that the ordered label reaches.
    Cumulative,
}
