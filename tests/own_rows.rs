//! A project's own losses, activations and metrics as rows of `losslint.toml`: two lines each, and everything is judged.

mod common;

use common::{Finding, folder_with, losslint};

const CONFIG: &str = r#"
    [[losses]]
    name = "WeightedBce"
    like = "torch.nn.BCEWithLogitsLoss"

    [[losses]]
    name = "focal_loss_fixed"
    like = "keras.losses.BinaryFocalCrossentropy"

    [[losses]]
    name = "PairLoss"
    family = "contrastive"
    input = "real"

    [[activations]]
    name = "my_sigmoid"
    like = "keras.activations.sigmoid"

    [[metrics]]
    name = "hit_rate"
    like = "keras.metrics.BinaryAccuracy"
"#;

/// A torch configuration with a loss of the project's own behind an activation.
fn torch(activation: &str, loss: &str) -> String {
    format!(
        r#"{{"model": {{"_target_": "torch.nn.Sequential", "_args_": [
            {{"_target_": "torch.nn.Linear", "in_features": 8, "out_features": 1}},
            {{"_target_": "torch.nn.{activation}"}}]}},
            "criterion": {{"_target_": "{loss}"}}}}"#
    )
}

/// A Keras export with functions of the project's own, each serialised by its name.
fn keras(activation: &str, loss: &str, metric: &str) -> String {
    let function = |name: &str| {
        format!(
            r#"{{"module": "builtins", "class_name": "function", "config": "{name}", "registered_name": "function"}}"#
        )
    };
    format!(
        r#"{{"module": "keras", "class_name": "Sequential", "config": {{"layers": [
            {{"module": "keras.layers", "class_name": "Dense", "config": {{"name": "out", "units": 1, "activation": {}}}}}]}},
            "compile_config": {{"optimizer": "adam", "loss": {}, "metrics": [{}]}}}}"#,
        function(activation),
        function(loss),
        function(metric)
    )
}

fn lints(config: &str, name: &str, model: &str) -> Vec<String> {
    let folder = folder_with(&[("losslint.toml", config), (name, model)]);
    let run = losslint(
        folder.path(),
        &["check", "--format", "concise", "--fail-on", "never", name],
    );
    assert!(run.is_orderly(), "{}", run.stderr);
    run.findings().into_iter().map(|Finding { lint, .. }| lint).collect()
}

#[test]
fn a_loss_like_another_is_judged_as_that_one() {
    let wrong = torch("Sigmoid", "project.losses.WeightedBce");
    assert_eq!(lints(CONFIG, "model.json", &wrong), ["probabilities-as-logits"]);
    assert_eq!(lints("", "model.json", &wrong), [""; 0]);
    let right = torch("Identity", "project.losses.WeightedBce");
    assert_eq!(lints(CONFIG, "model.json", &right), [""; 0]);
}

#[test]
fn functions_that_are_serialised_by_name_are_looked_up_among_the_projects() {
    let wrong = keras("linear", "focal_loss_fixed", "hit_rate");
    assert_eq!(lints(CONFIG, "model.json", &wrong), ["logits-as-probabilities"]);
    assert_eq!(lints("", "model.json", &wrong), [""; 0]);
    let right = keras("my_sigmoid", "focal_loss_fixed", "hit_rate");
    assert_eq!(lints(CONFIG, "model.json", &right), [""; 0]);
}

#[test]
fn metrics_and_activations_of_the_projects_are_evidence() {
    let classifier = keras("my_sigmoid", "mean_squared_error", "hit_rate");
    assert_eq!(lints(CONFIG, "model.json", &classifier), ["mse-for-classification"]);
    assert_eq!(lints("", "model.json", &classifier), [""; 0]);
}

#[test]
fn a_loss_of_another_family_is_known_and_silent() {
    let pairs = torch("Sigmoid", "project.losses.PairLoss");
    let folder = folder_with(&[("losslint.toml", CONFIG), ("model.json", &pairs)]);
    let run = losslint(folder.path(), &["check", "--verbose", "model.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    assert!(!run.stderr.contains("not checked"), "{}", run.stderr);
}

#[test]
fn a_slip_in_a_name_is_not_checked_and_the_nearest_name_is_told() {
    for (loss, near) in [
        ("torch.nn.CrossEntropyLos", Some("CrossEntropyLoss")),
        ("torch.nn.BCEWithLogitLoss", Some("BCEWithLogitsLoss")),
        ("project.Unheard", None),
    ] {
        let folder = folder_with(&[("model.json", &torch("Sigmoid", loss))]);
        let run = losslint(folder.path(), &["check", "--no-config", "--verbose", "model.json"]);
        assert_eq!(
            (run.status, run.stdout.as_str()),
            (Some(0), ""),
            "{loss}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("not checked"), "{loss}: {}", run.stderr);
        match near {
            Some(near) => assert!(run.stderr.contains(&format!("was `{near}` meant?")), "{}", run.stderr),
            None => assert!(!run.stderr.contains("meant?"), "{}", run.stderr),
        }
    }
}
