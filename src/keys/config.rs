//! The keys of `losslint.toml`: one description that reading, errors, the JSON Schema and the reference are made from.

use super::key;
use super::spec::{LOSS_TABLE, METRICS_TABLE, OUTPUTS, TARGET, TASK};
use crate::syntax::shape::{Key, Shape};

const TEXTS: Shape = Shape::List(&Shape::Text);
const FILES: Shape = Shape::OneOrMany(&Shape::Text);
const SEVERITIES: &[&str] = &["error", "warning", "info", "off"];

/// The whole file.
pub const CONFIG: Shape = Shape::Table(KEYS);

/// The keys of the whole file.
pub const KEYS: &[Key] = &[
    key(
        "select",
        TEXTS,
        "The lints and groups that run; \"all\" is every lint. Without it all but the pedantic ones.",
    )
    .example(r#"["all"]"#),
    key("extend-select", TEXTS, "Lints and groups that run besides.").example(r#"["pedantic"]"#),
    key(
        "ignore",
        Shape::List(&Shape::TextOrTable(IGNORE)),
        "Lints and groups that do not run; as tables, findings that are accepted with a reason.",
    )
    .example(r#"["large-one-hot"]"#),
    key(
        "fail-on",
        Shape::OneOf(&["error", "warning", "info", "never"]),
        "The lowest severity that makes the exit status 1; \"warning\" without it.",
    )
    .example(r#""warning""#),
    key(
        "exclude",
        TEXTS,
        "Globs of files and folders that are not linted, from this file's folder.",
    )
    .example(r#"["third_party", "*.bak.json"]"#),
    key(
        "severity",
        Shape::Map(&Shape::OneOf(SEVERITIES)),
        "Another severity for a lint or a group, by its name; a lint's own counts more.",
    )
    .example(r#"label-format = "warning""#),
    key(
        "thresholds",
        Shape::Table(THRESHOLDS),
        "Limits that decide when a number is large.",
    ),
    key(
        "facts",
        Shape::List(&Shape::Table(FACTS)),
        "Facts about models whose files cannot carry them.",
    ),
    key(
        "per-file",
        Shape::List(&Shape::Table(PER_FILE)),
        "Lints that do not run on some files.",
    ),
    key(
        "losses",
        Shape::List(&Shape::Table(LOSS)),
        "Losses of the project's own.",
    ),
    key(
        "activations",
        Shape::List(&Shape::Table(ACTIVATION)),
        "Activations of the project's own.",
    ),
    key(
        "metrics",
        Shape::List(&Shape::Table(METRIC)),
        "Metrics of the project's own.",
    ),
];

const THRESHOLDS: &[Key] = &[
    key(
        "target-scale",
        Shape::Number(0.0, f64::INFINITY),
        "unnormalized-targets: the mean's distance from 0 or the standard deviation; 100 without it.",
    )
    .example("100"),
    key(
        "imbalance",
        Shape::Number(1.0, f64::INFINITY),
        "ignored-imbalance: samples of the largest class for each of the smallest; 10 without it.",
    )
    .example("10"),
    key(
        "positive-rate",
        Shape::Number(0.0, 1.0),
        "ignored-imbalance: the share of positive labels; 0.02 without it.",
    )
    .example("0.02"),
    key(
        "outlier-distance",
        Shape::Number(0.0, f64::INFINITY),
        "outlier-sensitive-loss: standard deviations from the mean; 10 without it.",
    )
    .example("10"),
    key(
        "one-hot-classes",
        Shape::Whole,
        "large-one-hot: classes; 1000 without it.",
    )
    .example("1000"),
];

const FACTS: &[Key] = &[
    key(
        "files",
        FILES,
        "Globs of the files that the facts are about, from this file's folder.",
    )
    .example(r#""exports/*.json""#),
    key("output", Shape::Text, "The output that they are about; all without it.").example(r#""class""#),
    key("task", TASK, "The task, as in a spec.")
        .example(r#"{ kind = "multiclass", classes = 10, labels = "integer" }"#),
    key("target", TARGET, "The target's statistics, as in a spec.")
        .example(r#"{ mean = 0.0, std = 1.0, normalized = "standard" }"#),
    key("loss", LOSS_TABLE, "The loss, where the file has none.").example(r#""sparse_categorical_crossentropy""#),
    key("metrics", METRICS_TABLE, "The metrics, where the file has none.").example(r#"["accuracy"]"#),
    key("outputs", OUTPUTS, "Facts about each output, as in a spec.")
        .example(r#"[{ name = "class", role = "class" }]"#),
];

const IGNORE: &[Key] = &[
    key("files", FILES, "Globs of the files, from this file's folder.").example(r#""exports/*.json""#),
    key("pointer", Shape::Text, "A JSON Pointer: only findings at or below it.").example(r#""/compile_config/loss""#),
    key("lints", FILES, "The lints whose findings are accepted.").example(r#"["label-format"]"#),
    key("reason", Shape::Text, "Why.").example(r#""labels are converted by the loader""#),
];

const PER_FILE: &[Key] = &[
    key("files", FILES, "Globs of the files, from this file's folder.").example(r#""legacy/**""#),
    key("ignore", FILES, "The lints and groups that do not run on them.").example(r#"["refused-name"]"#),
];

const FRAMEWORKS: Shape = Shape::OneOf(&["keras", "pytorch"]);

const OVERRIDE: Key = key(
    "override",
    Shape::Bool,
    "Whether the name means the project's own although a library has one of that name.",
)
.example("true");

const LOSS: &[Key] = &[
    OVERRIDE,
    key("name", Shape::Text, "The name as configurations write it.").example(r#""FocalTverskyLoss""#),
    key("names", TEXTS, "Other spellings.").example(r#"["focal_tversky"]"#),
    key(
        "framework",
        FRAMEWORKS,
        "The framework whose models use it; every one without it.",
    ).example(r#""pytorch""#),
    key(
        "like",
        Shape::Text,
        "A loss that it is like, such as \"torch.nn.BCEWithLogitsLoss\": what is not given here is as there.",
    ).example(r#""monai.losses.TverskyLoss""#),
    key(
        "family",
        Shape::Text,
        "What it computes, such as \"binary_cross_entropy\".",
    ).example(r#""tversky""#),
    key(
        "input",
        Shape::Anything,
        "What it takes: \"logits\", \"probabilities\", \"log_probabilities\", \"real\", \"positive\", or a switch on an argument.",
    ).example(r#""logits""#),
    key("labels", TEXTS, "The label formats that it takes.").example(r#"["binary", "one_hot"]"#),
    key(
        "units",
        Shape::OneOf(&["one", "many", "one_or_many", "any"]),
        "The width that it wants.",
    ).example(r#""any""#),
    key(
        "class_weights",
        TEXTS,
        "Arguments that weigh classes against each other.",
    ).example(r#"["weight"]"#),
    key(
        "balances",
        Shape::Bool,
        "Whether it counters class imbalance by itself.",
    ).example("true"),
];

const ACTIVATION: &[Key] = &[
    OVERRIDE,
    key("name", Shape::Text, "The name as configurations write it.").example(r#""my_sigmoid""#),
    key("names", TEXTS, "Other spellings.").example(r#"["MySigmoid"]"#),
    key(
        "framework",
        FRAMEWORKS,
        "The framework whose models use it; every one without it.",
    )
    .example(r#""keras""#),
    key(
        "like",
        Shape::Text,
        "An activation that it is like: what is not given here is as there.",
    )
    .example(r#""keras.activations.sigmoid""#),
    key("produces", Shape::Text, "What comes out, such as \"probabilities\".").example(r#""probabilities""#),
    key(
        "range",
        Shape::Text,
        "The values that can come out, such as \"[0, inf)\".",
    )
    .example(r#""(0, 1)""#),
];

const METRIC: &[Key] = &[
    OVERRIDE,
    key("name", Shape::Text, "The name as configurations write it.").example(r#""MacroF1""#),
    key("names", TEXTS, "Other spellings.").example(r#"["macro_f1"]"#),
    key(
        "framework",
        FRAMEWORKS,
        "The framework whose models use it; every one without it.",
    )
    .example(r#""pytorch""#),
    key(
        "like",
        Shape::Text,
        "A metric that it is like: what is not given here is as there.",
    )
    .example(r#""torchmetrics.F1Score""#),
    key(
        "measures",
        Shape::OneOf(&["decisions", "order", "probabilities", "distance", "other"]),
        "What it measures.",
    )
    .example(r#""decisions""#),
    key("input", Shape::Anything, "What it takes, as for a loss.").example(r#""probabilities""#),
    key("tasks", TEXTS, "The tasks that it is for.").example(r#"["multiclass", "multilabel"]"#),
];
