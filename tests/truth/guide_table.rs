//! The guide's table: its eight tasks with their own pairings, and every pairing out of its losses, activations and labels
//! as a native spec. Not what is said of them.

use std::fmt::Write;

use super::spec::{layers, opening};
use super::table::Library;

/// A loss, an activation and a form of labels.
pub type Pairing = (&'static str, &'static str, &'static str);

/// One output of one of the guide's tasks in one library.
pub struct Task {
    /// The name that `recommend` takes; a detector has two outputs.
    pub name: &'static str,
    /// Declared besides the labels, as the lines of `[task]`.
    facts: &'static str,
    /// What else is declared, with its heading.
    more: &'static str,
    units: &'static str,
    keras: &'static [Pairing],
    torch: &'static [Pairing],
}

/// The guide's table. Where a framework has the activation inside the loss, its pairing is on raw scores.
pub const TASKS: &[Task] = &[
    Task {
        name: "regression",
        facts: "kind = \"regression\"",
        more: "",
        units: "1",
        keras: &[("MeanSquaredError", "linear", "float")],
        torch: &[("MSELoss", "linear", "float")],
    },
    Task {
        name: "regression_outlier",
        facts: "kind = \"regression\"",
        more: "[target]\noutliers = true\n",
        units: "1",
        keras: &[("Huber", "linear", "float"), ("MeanAbsoluteError", "linear", "float")],
        torch: &[("HuberLoss", "linear", "float"), ("L1Loss", "linear", "float")],
    },
    Task {
        name: "binary_clf",
        facts: "kind = \"binary\"\nclasses = 2",
        more: "",
        units: "1",
        keras: &[("BinaryCrossentropy", "sigmoid", "binary")],
        torch: &[
            ("BCELoss", "Sigmoid", "binary"),
            ("BCEWithLogitsLoss", "linear", "binary"),
        ],
    },
    Task {
        name: "multiclass",
        facts: "kind = \"multiclass\"\nclasses = 10",
        more: "",
        units: "10",
        keras: &[("CategoricalCrossentropy", "softmax", "one_hot")],
        torch: &[("CrossEntropyLoss", "linear", "one_hot")],
    },
    Task {
        name: "multiclass_large",
        facts: "kind = \"multiclass\"\nclasses = 5000",
        more: "",
        units: "5000",
        keras: &[("SparseCategoricalCrossentropy", "softmax", "integer")],
        torch: &[
            ("CrossEntropyLoss", "linear", "integer"),
            ("NLLLoss", "LogSoftmax", "integer"),
        ],
    },
    Task {
        name: "multilabel",
        facts: "kind = \"multilabel\"\nclasses = 10",
        more: "",
        units: "10",
        keras: &[("BinaryCrossentropy", "sigmoid", "binary_vector")],
        torch: &[
            ("BCELoss", "Sigmoid", "binary_vector"),
            ("BCEWithLogitsLoss", "linear", "binary_vector"),
        ],
    },
    Task {
        name: "detection class",
        facts: "kind = \"detection\"\nclasses = 20",
        more: "",
        units: "20",
        keras: &[("BinaryFocalCrossentropy", "sigmoid", "binary_vector")],
        torch: &[("sigmoid_focal_loss", "linear", "binary_vector")],
    },
    Task {
        name: "detection box",
        facts: "kind = \"detection\"",
        more: "",
        units: "4",
        keras: &[
            ("MeanAbsoluteError", "linear", "float"),
            ("MeanSquaredError", "linear", "float"),
        ],
        torch: &[("L1Loss", "linear", "float"), ("MSELoss", "linear", "float")],
    },
    Task {
        name: "imbalanced_binary",
        facts: "kind = \"binary\"\nclasses = 2\nclass_counts = [9500, 500]",
        more: "",
        units: "1",
        keras: &[("BinaryFocalCrossentropy", "sigmoid", "binary")],
        torch: &[("sigmoid_focal_loss", "linear", "binary")],
    },
];

pub const LABELS: &[&str] = &["float", "binary", "one_hot", "integer", "binary_vector"];

pub fn losses(library: Library) -> &'static [&'static str] {
    match library {
        Library::Keras => &[
            "MeanSquaredError",
            "MeanAbsoluteError",
            "Huber",
            "BinaryCrossentropy",
            "CategoricalCrossentropy",
            "SparseCategoricalCrossentropy",
            "BinaryFocalCrossentropy",
        ],
        Library::Torch => &[
            "MSELoss",
            "L1Loss",
            "HuberLoss",
            "BCELoss",
            "BCEWithLogitsLoss",
            "CrossEntropyLoss",
            "NLLLoss",
            "sigmoid_focal_loss",
        ],
    }
}

pub fn activations(library: Library) -> &'static [&'static str] {
    match library {
        Library::Keras => &["linear", "sigmoid", "softmax"],
        Library::Torch => &["linear", "Sigmoid", "Softmax", "LogSoftmax"],
    }
}

impl Task {
    pub fn right(&self, library: Library) -> &'static [Pairing] {
        match library {
            Library::Keras => self.keras,
            Library::Torch => self.torch,
        }
    }

    /// The spec of this task with a pairing. A detector's other output has the guide's pairing.
    pub fn spec(&self, library: Library, pairing: Pairing) -> String {
        let Some(role) = self.name.strip_prefix("detection ") else {
            return format!("{}\n{}", opening(library), self.output(library, pairing, ""));
        };
        let mut spec = opening(library).to_owned();
        for task in TASKS.iter().filter(|task| task.name.starts_with("detection ")) {
            let pairing = if task.name == self.name {
                pairing
            } else {
                task.right(library)[0]
            };
            let name = task.name.trim_start_matches("detection ");
            writeln!(spec, "\n[[outputs]]\nname = \"{name}\"\nrole = \"{name}\"").expect("a text");
            spec.push_str(&task.output(library, pairing, "outputs."));
        }
        assert!(spec.contains(role));
        spec
    }

    fn output(&self, library: Library, (loss, activation, labels): Pairing, table: &str) -> String {
        let mut text = format!("[{table}task]\n{}\nlabels = \"{labels}\"\n{}", self.facts, self.more);
        for layer in layers(library, self.units, activation) {
            writeln!(text, "[[{table}layers]]\n{layer}").expect("a text");
        }
        writeln!(text, "[{table}loss]\ntype = \"{loss}\"").expect("a text");
        if loss == "sigmoid_focal_loss" {
            // Its default is no reduction, which is no mistake of the pairing.
            text.push_str("reduction = \"mean\"\n");
        }
        text
    }

    /// Every pairing out of the guide's losses, activations and labels.
    pub fn pairings(library: Library) -> impl Iterator<Item = Pairing> {
        let pairs = losses(library)
            .iter()
            .flat_map(move |loss| activations(library).iter().map(move |a| (loss, a)));
        pairs.flat_map(|(loss, activation)| LABELS.iter().map(|labels| (*loss, *activation, *labels)))
    }
}
