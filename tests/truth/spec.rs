//! A combination as a native spec, in the framework's own names. Not what is expected of it.

use super::table::{Combination, Library};

/// The spec with everything that is known of a combination: the task, the labels, the backend that it was measured on.
pub fn with_facts(combination: &Combination) -> String {
    let (labels, classes) = (labels(combination.labels), combination.classes());
    let task = format!(
        "[task]\nkind = \"{}\"\nclasses = {classes}\nlabels = \"{labels}\"\n\n",
        combination.task
    );
    let backend = match combination.library {
        Library::Keras => "backend = \"tensorflow\"\n",
        Library::Torch => "",
    };
    format!(
        "{}{backend}\n{task}{}",
        opening(combination.library),
        model(combination)
    )
}

/// The spec of what a model's own file shows: layers and loss.
pub fn without_facts(combination: &Combination) -> String {
    format!("{}\n{}", opening(combination.library), model(combination))
}

/// The lines that every spec of a library begins with.
pub fn opening(library: Library) -> &'static str {
    match library {
        Library::Keras => "losslint = 1\nframework = \"keras\"\n",
        Library::Torch => "losslint = 1\nframework = \"pytorch\"\n",
    }
}

/// The word of the spec for a form of labels. A spec cannot tell (N,) from (N, 1), nor class numbers that are written as
/// floats from other real numbers.
fn labels(measured: &str) -> &'static str {
    match measured {
        "01" | "flat01" => "binary",
        "pm1" => "signed",
        "int" => "integer",
        "intfloat" => "float",
        "onehot" => "one_hot",
        "multihot" => "binary_vector",
        other => panic!("labels {other}"),
    }
}

fn model(combination: &Combination) -> String {
    let layers: Vec<String> = layers(combination.library, combination.units, combination.activation)
        .into_iter()
        .map(|layer| format!("[[layers]]\n{layer}\n"))
        .collect();
    let (name, argument) = loss(combination);
    let argument = argument.map(|argument| argument + "\n").unwrap_or_default();
    format!("{}[loss]\ntype = \"{name}\"\n{argument}", layers.concat())
}

/// The layers of a small network that ends in a head, as the lines of a table each.
pub fn layers(library: Library, units: &str, activation: &str) -> Vec<String> {
    let named = |name: &str| format!("type = \"{name}\"\n");
    match library {
        Library::Keras => vec![
            named("Dense") + "units = 16\nactivation = \"relu\"\n",
            named("Dense") + &format!("units = {units}\nactivation = \"{activation}\"\n"),
        ],
        Library::Torch => {
            let head = format!("in_features = 16\nout_features = {units}\n");
            let dimension = if activation.ends_with("oftmax") {
                "dim = -1\n"
            } else {
                ""
            };
            let mut layers = vec![
                named("Linear") + "in_features = 8\nout_features = 16\n",
                named("ReLU"),
                named("Linear") + &head,
            ];
            if activation != "linear" {
                layers.push(named(activation) + dimension);
            }
            layers
        }
    }
}

/// The class of a measured loss, and the argument that it was measured with.
fn loss(combination: &Combination) -> (&'static str, Option<String>) {
    let from_logits = combination
        .from_logits
        .filter(|_| combination.loss.ends_with("crossentropy"));
    let switch = from_logits.map(|value| format!("from_logits = {value}"));
    let name = match combination.loss {
        "PoissonNLLLoss(log_input=False)" => return ("PoissonNLLLoss", Some("log_input = false".to_owned())),
        "KLDivLoss" => return ("KLDivLoss", Some("reduction = \"batchmean\"".to_owned())),
        "binary_crossentropy" => "BinaryCrossentropy",
        "categorical_crossentropy" => "CategoricalCrossentropy",
        "sparse_categorical_crossentropy" => "SparseCategoricalCrossentropy",
        "binary_focal_crossentropy" => "BinaryFocalCrossentropy",
        "categorical_focal_crossentropy" => "CategoricalFocalCrossentropy",
        "mse" => "MeanSquaredError",
        "mae" => "MeanAbsoluteError",
        "huber" => "Huber",
        "hinge" => "Hinge",
        "categorical_hinge" => "CategoricalHinge",
        "kl_divergence" => "KLDivergence",
        "poisson" => "Poisson",
        own => own,
    };
    (name, switch)
}
