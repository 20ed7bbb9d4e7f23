//! Models that are too deep, too wide or too much like themselves to keep as files: each must be checked soon and in an
//! orderly way. Texts are in `hostile_texts.rs`, file names in `file_names.rs`.

mod common;

use common::patience::{self, export, survives};
use common::{BAD_SPEC, command, folder_with};

const DENSE: &str = r#"{"class_name": "Dense", "config": {"name": "d", "units": 1, "activation": "softmax"}}"#;

/// A functional model from `(class, name, inputs)`, in the spelling of Keras 2.
fn functional(layers: &[(&str, String, Vec<String>)], outputs: &[&str]) -> String {
    let layers: Vec<String> = layers
        .iter()
        .map(|(class, name, inputs)| {
            let inputs: Vec<String> = inputs.iter().map(|input| format!(r#"["{input}", 0, 0, {{}}]"#)).collect();
            let nodes = if inputs.is_empty() { String::new() } else { format!("[{}]", inputs.join(", ")) };
            let config = r#""units": 1, "activation": "softmax""#;
            format!(
                r#"{{"class_name": "{class}", "name": "{name}", "config": {{"name": "{name}", {config}}}, "inbound_nodes": [{nodes}]}}"#
            )
        })
        .collect();
    let outputs: Vec<String> = outputs.iter().map(|name| format!(r#"["{name}", 0, 0]"#)).collect();
    format!(
        r#"{{"class_name": "Functional", "config": {{"name": "f", "layers": [{}], "input_layers": [], "output_layers": [{}]}}, "training_config": {{"loss": "mse"}}, "keras_version": "2.15.0"}}"#,
        layers.join(", "),
        outputs.join(", ")
    )
}

/// Layers that each take the one before, `width` times.
fn chain(class: &'static str, length: usize, width: usize) -> Vec<(&'static str, String, Vec<String>)> {
    let mut layers = vec![("Dense", "x0".to_owned(), Vec::new())];
    for index in 1..length {
        layers.push((class, format!("x{index}"), vec![format!("x{}", index - 1); width]));
    }
    layers
}

#[test]
fn brackets_100_000_deep() {
    const DEEP: usize = 100_000;
    survives("arrays.json", &export(&("[".repeat(DEEP) + &"]".repeat(DEEP))));
    survives(
        "objects.json",
        &export(&("{\"layers\":".repeat(DEEP) + "1" + &"}".repeat(DEEP))),
    );
    survives(
        "arrays.toml",
        &format!("losslint = 1\nlayers = {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP)),
    );
    survives(
        "tables.toml",
        &format!("losslint = 1\nlayers = {}1{}\n", "{a=".repeat(DEEP), "}".repeat(DEEP)),
    );
}

/// TOML's reader bounds brackets and the parts of a key, but keys stand in brackets. Two files, so that each is fixed on a
/// thread of its own, whose stack is smaller than the first one's.
#[test]
fn fixes_in_tables_6_400_deep() {
    let key = ["a"; 80].join(".");
    let deep = format!("x = {}1{}\n", format!("{{ {key} = ").repeat(80), " }".repeat(80));
    let diff = |deep: &str| {
        let text = format!("{BAD_SPEC}{deep}loss = \"binary_crossentropy\"\ntask = {{ kind = \"binary\" }}\n");
        let folder = folder_with(&[("one.toml", &text), ("two.toml", &text)]);
        let args = ["check", "--no-config", "--diff", "--unsafe-fixes", "."];
        patience::run(command(folder.path()).args(args)).stdout
    };
    assert!(diff("").contains("sigmoid"));
    assert_eq!(diff(&deep), "", "too deep to tell what a fix would change");
}

/// Deep YAML is refused with a syntax error: its own reader goes so deep only.
#[test]
fn yaml_100_000_deep() {
    const DEEP: usize = 100_000;
    let open = ["[", "{a: ", "- ", "? ", "!a [", "&a ["];
    for piece in open {
        survives("deep.yaml", &format!("losslint: 1\nlayers: {}", piece.repeat(DEEP)));
        survives("deep.yml", &piece.repeat(DEEP));
    }
    let closed = "[".repeat(DEEP) + &"]".repeat(DEEP);
    survives("closed.yaml", &format!("losslint: 1\nlayers: {closed}\n"));
    let blocks: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    survives("blocks.yaml", &format!("losslint: 1\nlayers:\n{blocks}"));
}

#[test]
fn brackets_left_open() {
    survives(
        "open.json",
        &format!(r#"{{"class_name": "Sequential", "config": {}"#, "[".repeat(1_000)),
    );
    survives(
        "closed.json",
        &format!(r#"{{"class_name": "Sequential", "config": {}"#, "]".repeat(100_000)),
    );
}

#[test]
fn brackets_left_open_100_000_deep() {
    survives(
        "open.json",
        &format!(r#"{{"class_name": "Sequential", "config": {}"#, "[".repeat(100_000)),
    );
}

#[test]
fn models_within_models() {
    let nested = |times| {
        export(
            &(r#"{"layers": [{"class_name": "Sequential", "config": "#.repeat(times)
                + r#"{"layers": []}"#
                + &"}]}".repeat(times)),
        )
    };
    survives("models.json", &nested(30));
    survives("models.json", &nested(5_000));
    let wrapped =
        r#"{"class_name": "TimeDistributed", "config": {"layer": "#.repeat(2_000) + DENSE + &"}}".repeat(2_000);
    survives("wrappers.json", &export(&format!(r#"{{"layers": [{wrapped}]}}"#)));
    let sequential = r#"{"_target_": "torch.nn.Sequential", "layers": ["#.repeat(2_000) + &"]}".repeat(2_000);
    survives(
        "sequential.json",
        &format!(r#"{{"model": {sequential}, "loss": "torch.nn.MSELoss"}}"#),
    );
    survives(
        "losses.json",
        &format!(
            r#"{{"framework": "torch", "loss": {}"x"{}}}"#,
            r#"{"type":"#.repeat(2_000),
            "}".repeat(2_000)
        ),
    );
}

/// A model that calls a model ten times, which calls a model ten times …
#[test]
fn models_that_multiply() {
    let mut model = DENSE.to_owned();
    for level in 0..9 {
        let calls: Vec<String> = (0..9).map(|call| format!(r#"[["n", {call}, 0, {{}}]]"#)).collect();
        let child = model.trim_end_matches('}');
        let braces = model.len() - child.len();
        let child = format!(
            "{child}{}, \"name\": \"n\", \"inbound_nodes\": [[[\"i\", 0, 0, {{}}]], {}]}}",
            "}".repeat(braces - 1),
            calls.join(", ")
        );
        let input = r#"{"class_name": "InputLayer", "name": "i", "config": {"name": "i"}, "inbound_nodes": []}"#;
        model = format!(
            r#"{{"class_name": "Functional", "config": {{"name": "m{level}", "layers": [{input}, {child}], "input_layers": [["i", 0, 0]], "output_layers": [["n", 9, 0]]}}}}"#
        );
    }
    survives("laughs.json", &model);
}

#[test]
fn long_chains_and_many_layers() {
    let long = chain("Dense", 3_000, 1);
    let run = survives("chain.json", &functional(&long, &["x2999"]));
    assert!(run.stdout.contains("single-unit-softmax"), "{}", run.stdout);
    let layers = vec![DENSE; 20_000].join(", ");
    let run = survives("wide.json", &export(&format!(r#"{{"layers": [{layers}]}}"#)));
    assert!(run.stdout.contains("single-unit-softmax"), "{}", run.stdout);
}

#[test]
fn a_chain_that_is_listed_backwards() {
    let mut long = chain("Dense", 100, 1);
    long.reverse();
    let run = survives("backwards.json", &functional(&long, &["x99"]));
    assert!(run.stdout.contains("single-unit-softmax"), "{}", run.stdout);
}

#[test]
fn joins_of_a_layer_with_itself() {
    for class in ["Add", "Concatenate", "Average", "Multiply"] {
        survives("joins.json", &functional(&chain(class, 14, 2), &["x13"]));
    }
}

#[test]
fn many_joins_of_a_layer_with_itself() {
    for class in ["Add", "Concatenate", "Average", "Multiply"] {
        survives("joins.json", &functional(&chain(class, 60, 2), &["x59"]));
    }
}

#[test]
fn many_layers_that_are_outputs() {
    let long = chain("Dense", 200, 1);
    let outputs: Vec<&str> = long.iter().map(|(_, name, _)| name.as_str()).collect();
    survives("outputs.json", &functional(&long, &outputs));
}

#[test]
fn thousands_of_layers_that_are_outputs() {
    let long = chain("Dense", 3_000, 1);
    let outputs: Vec<&str> = long.iter().map(|(_, name, _)| name.as_str()).collect();
    survives("outputs.json", &functional(&long, &outputs));
}

/// A logarithm behind sums of a value with itself: the ways back are far more than the layers.
#[test]
fn logarithms_behind_many_joins() {
    let operation = |name: &str, function: &str, inputs: &[&str]| {
        let tensor = |input: &&str| {
            format!(
                r#"{{"class_name": "__keras_tensor__", "config": {{"shape": [null, 1], "dtype": "float32", "keras_history": ["{input}", 0, 0]}}}}"#
            )
        };
        let inputs: Vec<String> = inputs.iter().map(tensor).collect();
        format!(
            r#"{{"module": "keras.src.ops.numpy", "class_name": "{function}", "config": {{"name": "{name}"}}, "registered_name": "{function}", "name": "{name}", "inbound_nodes": [{{"args": [{}], "kwargs": {{}}}}]}}"#,
            inputs.join(", ")
        )
    };
    let mut layers =
        vec![r#"{"class_name": "InputLayer", "config": {"name": "x0"}, "name": "x0", "inbound_nodes": []}"#.to_owned()];
    for index in 1..120 {
        let before = format!("x{}", index - 1);
        layers.push(operation(&format!("x{index}"), "Add", &[&before, &before]));
    }
    layers.push(operation("log", "Log", &["x119"]));
    survives(
        "logarithms.json",
        &format!(
            r#"{{"class_name": "Functional", "config": {{"name": "f", "layers": [{}], "input_layers": [["x0", 0, 0]], "output_layers": [["log", 0, 0]]}}, "compile_config": {{"loss": "mse"}}}}"#,
            layers.join(", ")
        ),
    );
}

/// Outputs that share what lies before them, so that every one of them would have to be followed all the way.
#[test]
fn thousands_of_outputs_behind_a_long_chain() {
    let mut layers = chain("Dropout", 3_000, 1);
    let names: Vec<String> = (0..3_000).map(|index| format!("y{index}")).collect();
    layers.extend(
        names
            .iter()
            .map(|name| ("Dropout", name.clone(), vec!["x2999".to_owned()])),
    );
    let outputs: Vec<&str> = names.iter().map(String::as_str).collect();
    survives("star.json", &functional(&layers, &outputs));
}
