//! How `losslint recommend` shows its table, its pages and what it does not know.

use losslint::recommend::tasks;
use serde_json::Value;

use crate::common::{losslint, root};

fn recommend(args: &[&str]) -> String {
    let mut all = vec!["recommend"];
    all.extend(args);
    let run = losslint(root(), &all);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{args:?}");
    run.stdout
}

#[test]
fn the_table_and_the_pages() {
    insta::assert_snapshot!("table", recommend(&[]));
    insta::assert_snapshot!("table-keras", recommend(&["--framework", "keras"]));
    insta::assert_snapshot!("page-binary", recommend(&["binary"]));
    insta::assert_snapshot!(
        "page-detection",
        recommend(&["object", "detection", "--framework", "pytorch"])
    );
}

#[test]
fn everything_fits_80_columns() {
    let mut pages = vec![
        recommend(&[]),
        recommend(&["--framework=keras"]),
        recommend(&["--framework=pytorch"]),
    ];
    pages.extend(tasks().iter().map(|task| recommend(&[&task.name])));
    for line in pages.iter().flat_map(|page| page.lines()) {
        assert!(line.chars().count() <= 80, "{line}");
        assert_eq!(line.trim_end(), line);
    }
}

#[test]
fn a_framework_limits_the_page() {
    let page = recommend(&["multiclass", "--framework", "torch"]);
    assert!(page.contains("CrossEntropyLoss") && !page.contains("keras"), "{page}");
    let page = recommend(&["multiclass", "--framework", "keras"]);
    assert!(
        page.contains("CategoricalCrossentropy") && !page.contains("torch"),
        "{page}"
    );
}

#[test]
fn json_holds_everything() {
    let all: Value = serde_json::from_str(&recommend(&["--format", "json"])).expect("JSON");
    let all = all.as_array().expect("a list");
    assert_eq!(all.len(), tasks().len());
    let one: Value = serde_json::from_str(&recommend(&["binary", "--format", "json"])).expect("JSON");
    assert_eq!(all[2], one);
    for task in all {
        let keys: Vec<&str> = task
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        for wanted in [
            "name",
            "title",
            "aliases",
            "when",
            "instead",
            "loss",
            "activation",
            "labels",
            "units",
            "weights",
            "metric",
            "why",
            "mistakes",
            "facts",
            "frameworks",
        ] {
            assert!(keys.contains(&wanted), "{wanted}");
        }
        for framework in ["keras", "pytorch"] {
            let recipe = &task["frameworks"][framework];
            assert!(recipe["code"].as_str().is_some_and(|code| !code.is_empty()));
            assert!(recipe["forms"][0]["spec"]["losslint"] == 1);
        }
    }
    let one: Value =
        serde_json::from_str(&recommend(&["binary", "--format", "json", "--framework", "keras"])).expect("JSON");
    assert!(one["frameworks"]["pytorch"].is_null() && one["frameworks"]["keras"].is_object());
}

#[test]
fn an_unknown_task_is_refused_with_all_names() {
    let run = losslint(root(), &["recommend", "regresion"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    let start = "losslint: unknown task \"regresion\": check the task type first; did you mean regression";
    assert!(run.stderr.starts_with(start), "{}", run.stderr);
    for task in tasks() {
        assert!(run.stderr.contains(&task.name), "{}: {}", task.name, run.stderr);
    }
    let run = losslint(root(), &["recommend", "xyz"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("check the task type first. Tasks: regression, "),
        "{}",
        run.stderr
    );
}
