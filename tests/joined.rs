//! A model that is written in several files: joined where one names the other or a convention does, and nowhere else;
//! every fact with its own file; never out of the model's folder.

mod common;

use std::path::Path;

use common::{check, fixtures, folder_with, losslint, root};

/// All findings below a folder, one a line.
fn findings(folder: &Path) -> String {
    let run = check(folder, &["."]);
    assert!(run.is_orderly(), "{}", run.stderr);
    run.stdout
}

#[test]
fn findings_over_all_cases() {
    assert!(fixtures("joined").len() > 20);
    insta::assert_snapshot!("findings", findings(&root().join("fixtures/joined")));
}

#[test]
fn each_fact_keeps_its_own_file() {
    let mut text = String::new();
    for path in ["hydra-groups/nested/train.yaml", "keras-named/linear/churn.json"] {
        let run = losslint(&root().join("fixtures/joined"), &["inspect", "--no-config", path]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        text.push_str(&run.stdout);
        text.push_str("----\n");
    }
    insta::assert_snapshot!("inspect", text);
}

const SCORES: &str = r#"{"class_name": "Sequential", "config": {"layers": [
    {"class_name": "Dense", "config": {"units": 1, "activation": "linear"}}]}}"#;
const COMPILED: &str = r#"{"loss": "binary_crossentropy", "optimizer": "adam", "model": "sub/model.json"}"#;

/// A training configuration inside the folder is read; the same one above it is not, however it is named.
#[test]
fn nothing_outside_the_models_folder_is_read() {
    let with = |reference: &str, place: &str| {
        let model = SCORES.replacen('{', &format!(r#"{{"training_config": "{reference}", "#), 1);
        let folder = folder_with(&[("sub/model.json", &model), (place, COMPILED)]);
        let run = check(folder.path(), &["sub/model.json"]);
        assert!(run.is_orderly(), "{}", run.stderr);
        run.findings().len()
    };
    assert_eq!(with("train/it.json", "sub/train/it.json"), 1);
    assert_eq!(with("./train/it.json", "sub/train/it.json"), 1);
    assert_eq!(with("../it.json", "it.json"), 0);
    assert_eq!(with("train/../../it.json", "it.json"), 0);
    assert_eq!(with("https://example.org/it.json", "it.json"), 0);
    assert_eq!(with("it.h5", "sub/it.h5"), 0);
}

/// Hydra's groups count from the top folder of the configuration, which lies at most two above a group's file.
#[test]
fn groups_are_read_from_two_folders_above_and_no_further() {
    let experiment = "# @package _global_\ndefaults:\n  - override /model: m\n";
    let model = "_target_: torch.nn.Sequential\n_args_:\n  - {_target_: torch.nn.Linear, out_features: 1}\n  \
                 - {_target_: torch.nn.Softmax, dim: 1}\n";
    let with = |place: &str| {
        let folder = folder_with(&[(place, experiment), ("model/m.yaml", model)]);
        let run = check(folder.path(), &[place]);
        assert!(run.is_orderly(), "{}", run.stderr);
        run.lints().join(" ")
    };
    assert_eq!(with("experiment/a.yaml"), "single-unit-softmax");
    assert_eq!(with("experiment/more/a.yaml"), "single-unit-softmax");
    assert_eq!(with("experiment/far/more/a.yaml"), "");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_folder_are_not_followed() {
    let folder = folder_with(&[("sub/model.json", SCORES), ("it.json", COMPILED)]);
    let link = folder.path().join("sub/training_config.json");
    std::os::unix::fs::symlink(folder.path().join("it.json"), &link).expect("a link");
    let findings = |folder: &Path| check(folder, &["sub/model.json"]).findings().len();
    assert_eq!(findings(folder.path()), 0);
    std::fs::remove_file(&link).expect("the link");
    std::fs::copy(folder.path().join("it.json"), &link).expect("a copy");
    assert_eq!(findings(folder.path()), 1);
}

/// Groups that choose each other end, and the number of files is bounded.
#[test]
fn circles_and_crowds_of_groups_are_bounded() {
    let crowd: String = (0..5000).map(|n| format!("  - group: option{n}\n")).collect();
    let folder = folder_with(&[
        ("config.yaml", &format!("defaults:\n  - group: a\n{crowd}")),
        ("group/a.yaml", "defaults:\n  - /group: b\n"),
        (
            "group/b.yaml",
            "defaults:\n  - /group: a\ncriterion:\n  _target_: torch.nn.NLLLoss\n",
        ),
        (
            "group/option9.yaml",
            "model:\n  _target_: torch.nn.Sequential\n  _args_:\n    - _target_: torch.nn.LazyLinear\n      out_features: 3\n",
        ),
    ]);
    let run = check(folder.path(), &["config.yaml"]);
    assert!(run.is_orderly(), "{}", run.stderr);
    assert_eq!(run.lints(), ["not-log-probabilities"]);
}

/// A finding whose place is in a file of a group is fixed there, if that file is checked, too: in one step for all who read it.
#[test]
fn fixes_are_made_in_the_file_that_they_are_about() {
    let top = |n: &str| format!("defaults: [{{net: a}}, {{loss: b}}]\nn: {n}\n");
    let (a, b) = (
        "_target_: torch.nn.Sequential\n_args_:\n  - {_target_: torch.nn.Linear, in_features: 8, out_features: 3}\n",
        "_target_: torch.nn.CrossEntropyLoss\nlabel_smoothing: 0.1\nreduction: none\n",
    );
    let folder = folder_with(&[
        ("one.yaml", &top("1")),
        ("two.yaml", &top("2")),
        ("net/a.yaml", a),
        ("loss/b.yaml", b),
    ]);
    let after = |arguments: &[&str]| {
        let options = ["check", "--no-config", "--format", "concise", "--unsafe-fixes"];
        let run = losslint(folder.path(), &[&options[..], arguments].concat());
        assert!(run.is_orderly(), "{}", run.stderr);
        let text = std::fs::read_to_string(folder.path().join("loss/b.yaml")).expect("the loss");
        (run, text)
    };
    let (run, text) = after(&["--fix", "one.yaml"]);
    assert_eq!(
        (text.as_str(), run.lints()),
        (b, vec!["unreduced-loss".to_owned()]),
        "the file is not checked"
    );
    let (run, text) = after(&["--diff", "."]);
    assert_eq!(text, b);
    assert_eq!(run.stdout.matches("-reduction: none").count(), 1, "{}", run.stdout);
    let (run, text) = after(&["--fix", "."]);
    assert_eq!(text, b.replace("reduction: none\n", ""));
    assert_eq!(run.lints(), [""; 0]);
}

/// Fixes are never written to a file that is not checked.
#[test]
fn fixes_stay_in_the_files_that_are_checked() {
    let export = SCORES.replace("linear", "sigmoid");
    let training =
        r#"{"loss": {"class_name": "BinaryCrossentropy", "config": {"from_logits": true}}, "optimizer": "adam"}"#;
    let folder = folder_with(&[("model.json", &export), ("training_config.json", training)]);
    let run = losslint(
        folder.path(),
        &["check", "--no-config", "--fix", "--unsafe-fixes", "model.json"],
    );
    assert!(run.is_orderly(), "{}", run.stderr);
    let model = std::fs::read_to_string(folder.path().join("model.json")).expect("the model");
    assert_ne!(model, export);
    let after = std::fs::read_to_string(folder.path().join("training_config.json")).expect("the training config");
    assert_eq!(after, training);
}
