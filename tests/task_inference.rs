//! What task follows from which evidence, and how surely: a table of small models, a few words of evidence each. The zoo in
//! `tests/matrix.rs` shows that what is open stays open in whole models.

use std::fmt::Write;
use std::fs;

use losslint::config::Settings;
use losslint::ir::task::{Conclusion, Task};

/// A head, a loss, metrics and facts in few words, and what is concluded: `task, confidence`, or `open`.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    // (head, loss, metrics, facts, conclusion). Declared: whatever else the model shows.
    ("1 sigmoid", "mse", "accuracy", r#"kind = "regression""#, "regression, declared"),
    ("10 softmax", "mse", "", r#"kind = "distillation""#, "distillation, declared"),
    ("1 linear", "mse", "", r#"kind = "binary""#, "binary, declared"),
    ("1 linear", "mse", "", r#"kind = "ordinal""#, "ordinal, declared"),
    ("784 sigmoid", "mse", "accuracy", r#"kind = "reconstruction""#, "reconstruction, declared"),
    // Labels.
    ("10 softmax", "mse", "", r#"labels = "one_hot""#, "multiclass, implied"),
    ("10 linear", "mse", "", r#"labels = "integer""#, "multiclass, implied"),
    ("5 sigmoid", "mse", "", r#"labels = "binary_vector""#, "multilabel, implied"),
    ("1 tanh", "mse", "", r#"labels = "signed""#, "binary, implied"),
    ("1 sigmoid", "mse", "accuracy", r#"labels = "float""#, "regression, implied"),
    ("4 sigmoid", "binary_crossentropy", "", r#"labels = "cumulative""#, "ordinal, implied"),
    ("10 softmax", "mse", "accuracy", r#"labels = "probabilities""#, "distillation, implied"),
    ("10 linear", "mse", "", r#"labels = "logits""#, "distillation, implied"),
    // Counts say that there are classes, and other evidence says which kind.
    ("10 softmax", "mse", "", "class_counts = [5, 5, 5]", "multiclass, implied"),
    ("1 sigmoid", "mse", "", "classes = 2", "binary, implied"),
    ("5 sigmoid", "mse", "", "classes = 5", "classification, implied"),
    // Statistics of a target.
    ("1 sigmoid", "mse", "", "[target] mean = 0.4", "regression, implied"),
    ("1 sigmoid", "mse", "", r#"[target] normalized = "minmax""#, "regression, implied"),
    ("10 softmax", "mse", "", "[target] max = 3.0", "regression, implied"),
    // Metrics that count decisions; distances and qualities of probabilities say nothing.
    ("1 sigmoid", "mse", "accuracy", "", "binary, implied"),
    ("10 softmax", "mse", "accuracy", "", "multiclass, implied"),
    ("5 sigmoid", "mse", "accuracy", "", "classification, implied"),
    ("5 sigmoid", "mse", "categorical_accuracy", "", "multiclass, implied"),
    ("1 linear", "hinge", "accuracy", "", "classification, implied"),
    ("5 sigmoid", "mse", "mae", "", "open"),
    ("5 sigmoid", "mse", "brier_score", "", "open"),
    ("64 linear", "cosine_similarity", "cosine_similarity", "", "open"),
    // The loss.
    ("10 linear", "sparse_categorical_crossentropy", "", "", "multiclass, implied"),
    ("1 linear", "binary_crossentropy", "", "", "binary, implied"),
    ("5 sigmoid", "binary_crossentropy", "", "", "open"),
    ("1 linear", "mse", "", "", "regression, implied"),
    ("1 relu", "mse", "", "", "open"),
    ("784 sigmoid", "mse", "", "", "open"),
    ("5 softmax", "kl_divergence", "", "", "multiclass, guessed"),
    // The shape alone.
    ("10 softmax", "mse", "", "", "multiclass, guessed"),
    ("1 sigmoid", "mse", "", "", "binary, guessed"),
    ("1 sigmoid", "my_own_loss", "", "", "binary, guessed"),
    ("10 log_softmax", "my_own_loss", "", "", "multiclass, guessed"),
    ("1 tanh", "my_own_loss", "", "", "open"),
    ("10 linear", "my_own_loss", "", "", "open"),
];

fn spec(head: &str, loss: &str, metrics: &str, facts: &str) -> String {
    let (units, activation) = head.split_once(' ').expect("units and an activation");
    let (task, target) = facts.split_once("[target] ").unwrap_or((facts, ""));
    let mut text = format!("losslint = 1\nframework = \"keras\"\n[task]\n{task}\n[target]\n{target}\n");
    let _ = write!(
        text,
        "[[layers]]\ntype = \"Dense\"\nunits = {units}\nactivation = \"{activation}\"\n"
    );
    let _ = write!(text, "[loss]\ntype = \"{loss}\"\n");
    if !metrics.is_empty() {
        let _ = write!(text, "[metrics]\nlist = [\"{metrics}\"]\n");
    }
    text
}

/// The task of the only head of a spec.
fn task_of(text: &str) -> Task {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("model.toml");
    fs::write(&path, text).expect("a file");
    let (_, models) = losslint::read_models(&path, &Settings::default()).expect("a readable file");
    models[0].heads[0].task.clone()
}

fn concluded(task: &Task) -> String {
    let what = match task.conclusion {
        Conclusion::Open => return "open".to_owned(),
        Conclusion::Classification => "classification".to_owned(),
        Conclusion::Kind(kind) => format!("{kind:?}").to_lowercase(),
    };
    format!("{what}, {}", task.confidence.as_str())
}

#[test]
fn evidence_leads_to_tasks() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|(head, loss, metrics, facts, expected)| {
            let found = concluded(&task_of(&spec(head, loss, metrics, facts)));
            (found != *expected).then(|| format!("{head}, {loss}, {metrics}, {facts}: {found}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A conclusion that nobody declared tells what it rests on; what is open or declared needs no words.
#[test]
fn undeclared_conclusions_name_their_grounds() {
    for (head, loss, metrics, facts, expected) in TABLE {
        let task = task_of(&spec(head, loss, metrics, facts));
        let speaks = task.reading().is_some_and(|reading| reading.contains(" because "));
        let should = *expected != "open" && !expected.ends_with("declared");
        assert_eq!(
            speaks,
            should,
            "{head}, {loss}, {metrics}, {facts}: {:?}",
            task.reading()
        );
        assert_eq!(task.evidence.is_empty(), *expected == "open", "{head}, {loss}");
    }
}
