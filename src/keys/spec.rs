//! The keys of the native spec and of the facts beside a model.

use super::key;
use crate::syntax::shape::{Key, Shape};

/// Any number.
const NUMBER: Shape = Shape::Number(f64::NEG_INFINITY, f64::INFINITY);

/// The words for `task.kind`, those of `TaskKind`.
pub const TASKS: &[&str] = &[
    "regression",
    "count",
    "binary",
    "multiclass",
    "multilabel",
    "ordinal",
    "detection",
    "segmentation",
    "distribution",
    "reconstruction",
    "generative",
    "distillation",
    "reinforcement",
    "ranking",
    "embedding",
    "other",
];

/// The words for `task.labels`, those of `LabelFormat`.
pub const LABELS: &[&str] = &[
    "float",
    "binary",
    "signed",
    "one_hot",
    "integer",
    "binary_vector",
    "probabilities",
    "logits",
    "cumulative",
];

/// The words for `precision`.
const PRECISIONS: &[&str] = &[
    "float16",
    "bfloat16",
    "mixed_float16",
    "mixed_bfloat16",
    "float32",
    "float64",
];

/// A whole spec.
pub const SPEC: Shape = Shape::Table(&[
    key("losslint", Shape::Whole, "The format's version: 1."),
    key(
        "losslint:ignore",
        Shape::Map(&Shape::Text),
        "Findings that are accepted: the lint and the reason.",
    ),
    key("name", Shape::Text, "The model's name."),
    key(
        "framework",
        Shape::Text,
        "The framework whose names are used: \"keras\" or \"pytorch\".",
    ),
    key(
        "backend",
        Shape::OneOf(&["tensorflow", "jax", "torch"]),
        "Keras only: what computes the model. The effect of some mistakes depends on it.",
    ),
    key(
        "precision",
        Shape::OneOf(PRECISIONS),
        "The number format of the computation.",
    ),
    key("task", TASK, "What the model is for."),
    key("target", TARGET, "Statistics of the regression target."),
    key(
        "layers",
        LAYERS,
        "The layers in order, each with the framework's class name and arguments.",
    ),
    key("loss", LOSS_TABLE, "The loss."),
    key("metrics", METRICS_TABLE, "The metrics."),
    key("role", ROLE, "The part of the only output in a detector."),
    key("outputs", OUTPUTS, "Several outputs behind the shared layers."),
]);

/// Facts in a file of their own, `NAME.facts.toml`.
pub const FACTS: Shape = Shape::Table(&[
    key("losslint", Shape::Whole, "The format's version: 1."),
    key("task", TASK, "What the model is for."),
    key("target", TARGET, "Statistics of the regression target."),
    key("loss", LOSS_TABLE, "The loss, where the model's file has none."),
    key(
        "metrics",
        METRICS_TABLE,
        "The metrics, where the model's file has none.",
    ),
    key("outputs", OUTPUTS, "Facts about each output, by its name."),
]);

/// `[task]`.
pub const TASK: Shape = Shape::Table(&[
    key("kind", Shape::OneOf(TASKS), "The task."),
    key("classes", Shape::Whole, "The number of classes, or of labels."),
    key("labels", Shape::OneOf(LABELS), "How labels are written."),
    key("label_min", NUMBER, "The smallest integer label."),
    key("label_max", NUMBER, "The largest integer label."),
    key(
        "class_counts",
        Shape::List(&Shape::Number(0.0, f64::INFINITY)),
        "Samples of each class.",
    ),
    key(
        "class_weight",
        Shape::Bool,
        "Whether the training call passes class or sample weights.",
    ),
    key(
        "positive_rate",
        Shape::Number(0.0, 1.0),
        "The mean share of positive labels.",
    ),
]);

/// `[target]`.
pub const TARGET: Shape = Shape::Table(&[
    key("min", NUMBER, "The smallest value, as the loss sees it."),
    key("max", NUMBER, "The largest value."),
    key("mean", NUMBER, "The mean."),
    key("std", Shape::Number(0.0, f64::INFINITY), "The standard deviation."),
    key(
        "normalized",
        Shape::BoolOr(&["standard", "minmax", "log"]),
        "Whether and how the target is normalised.",
    ),
    key(
        "outliers",
        Shape::Bool,
        "Whether there are heavy tails or gross errors.",
    ),
]);

/// `[loss]`.
pub const LOSS_TABLE: Shape = Shape::TextOrOpen(&[
    key("type", Shape::Text, "The loss's name; its arguments stand beside it."),
    key(
        "expression",
        Shape::Text,
        "A custom loss in Python's syntax, with y_true and y_pred (or target and input).",
    ),
]);

/// `[metrics]`.
pub const METRICS_TABLE: Shape = Shape::Anything;

const LAYERS: Shape = Shape::List(&Shape::TextOrOpen(&[key(
    "type",
    Shape::Text,
    "The layer's class name.",
)]));

const ROLE: Shape = Shape::OneOf(&["class", "box"]);

/// `[[outputs]]`.
pub const OUTPUTS: Shape = Shape::List(&Shape::Table(OUTPUT));

const OUTPUT: &[Key] = &[
    key("name", Shape::Text, "The output's name."),
    key("role", ROLE, "Its part in a detector."),
    key("layers", LAYERS, "The layers behind the shared ones."),
    key("task", TASK, "What the output is for."),
    key("target", TARGET, "Statistics of its target."),
    key("loss", LOSS_TABLE, "Its loss."),
    key("metrics", METRICS_TABLE, "Its metrics."),
    key("loss_weight", NUMBER, "The weight of its loss in the sum."),
];
