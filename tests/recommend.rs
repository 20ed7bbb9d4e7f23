//! What `losslint recommend` advises: it agrees with the reference guide, with the knowledge tables and with the lints. That
//! the programs run is for `tests/scripts/recommend.sh`, which is too heavy to be a test.

mod common;
#[path = "recommend/names.rs"]
mod names;
#[path = "recommend/shown.rs"]
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use common::{Finding, check, folder_with};
use losslint::knowledge::{Given, Input, Knowledge};
use losslint::passes::lint;
use losslint::recommend::{Call, Form, Framework, Reads, Task, find, tasks};
use serde_json::{Value, json};

/// The table of the reference guide: name, loss, output activation, label format.
const GUIDE: &[[&str; 4]] = &[
    ["regression", "MSE", "none (linear)", "float"],
    ["regression_outlier", "Huber or MAE", "none (linear)", "float"],
    ["binary_clf", "BCE", "sigmoid", "0 or 1"],
    ["multiclass", "CCE", "softmax", "one-hot vector"],
    ["multiclass_large", "sparse CCE", "softmax", "integer index"],
    ["multilabel", "BCE per output", "sigmoid per output", "binary vector"],
    ["detection", "focal + L1/L2", "sigmoid + linear", "class + box"],
    ["imbalanced_binary", "focal", "sigmoid", "0 or 1"],
];

/// A line of a page is at most so long and the code is indented by four, so that it fits 80 columns.
const CODE_WIDTH: usize = 76;
const CODE_LINES: usize = 25;

#[test]
fn the_tasks_of_the_guide_come_first_as_the_guide_has_them() {
    for (task, row) in tasks().iter().zip(GUIDE) {
        assert_eq!([&task.name, &task.loss, &task.activation, &task.labels], *row);
    }
    assert!(tasks().len() > GUIDE.len());
}

#[test]
fn keras_has_the_activations_of_the_guide_among_its_forms() {
    for task in &tasks()[..GUIDE.len()] {
        let forms = &task.frameworks[&Framework::Keras].forms;
        let ends = forms.iter().map(activations).collect::<Vec<_>>();
        let wanted = task
            .activation
            .replace("none (linear)", "linear")
            .replace(" per output", "");
        assert!(ends.contains(&wanted), "{}: {ends:?}", task.name);
    }
}

/// The activations of the outputs, as Keras names them.
fn activations(form: &Form) -> String {
    let of = |layers: &[Call]| {
        let last = layers.last().and_then(|layer| layer.argument("activation"));
        last.and_then(|name| name.as_str()).unwrap_or("linear").to_owned()
    };
    let all: Vec<String> = form.outputs.iter().map(|output| of(&output.layers)).collect();
    all.join(" + ")
}

/// Every form of every recipe, with a name for messages and files.
fn forms() -> Vec<(String, &'static Task, Framework, &'static Form)> {
    let mut all = Vec::new();
    for task in tasks() {
        for (framework, recipe) in &task.frameworks {
            for (index, form) in recipe.forms.iter().enumerate() {
                let name = format!("{}-{}-{}.json", task.name, framework.name(), index + 1);
                all.push((name, task, *framework, form));
            }
        }
    }
    all
}

fn spec(form: &Form) -> Value {
    serde_json::to_value(&form.spec).expect("a spec is JSON")
}

/// The findings of every lint, those that are off by default included, for some specs.
fn findings(specs: &[(String, Value)]) -> BTreeMap<String, Vec<Finding>> {
    let texts: Vec<(&str, String)> = specs
        .iter()
        .map(|(name, spec)| (name.as_str(), spec.to_string()))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let folder = folder_with(&files);
    let run = check(folder.path(), &names);
    assert!(run.is_orderly(), "{:?}: {}", run.status, run.stderr);
    let mut found: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in run.findings() {
        found.entry(finding.path.clone()).or_default().push(finding);
    }
    found
}

#[test]
fn every_pairing_that_is_recommended_is_silent() {
    let specs: Vec<(String, Value)> = forms()
        .into_iter()
        .map(|(name, _, _, form)| (name, spec(form)))
        .collect();
    let found = findings(&specs);
    let loud: Vec<&Finding> = found.values().flatten().filter(|finding| finding.is_loud()).collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

/// A mistake of a page in the first form of a framework: what is put where, and the lint that the page names.
type Mistake = (&'static str, Framework, &'static str, Vec<(&'static str, Value)>);

#[rustfmt::skip]
fn mistakes() -> Vec<Mistake> {
    use Framework::{Keras, Pytorch};
    let linear = |units: u64| json!({"type": "Linear", "in_features": 32, "out_features": units});
    vec![
        ("regression", Keras, "unnormalized-targets", vec![("/target", json!({"mean": 310_000, "std": 185_000}))]),
        ("regression", Keras, "bounded-regression-head", vec![("/layers/0/activation", json!("sigmoid"))]),
        ("regression_outlier", Pytorch, "outlier-sensitive-loss", vec![("/loss", json!({"type": "MSELoss"}))]),
        ("binary_clf", Keras, "mse-for-classification", vec![("/layers/0/activation", json!("sigmoid")), ("/loss", json!({"type": "mse"}))]),
        ("binary_clf", Keras, "logits-as-probabilities", vec![("/loss/from_logits", json!(false))]),
        ("binary_clf", Pytorch, "probabilities-as-logits", vec![("/layers", json!([linear(1), {"type": "Sigmoid"}]))]),
        ("multiclass", Keras, "sigmoid-categorical-crossentropy", vec![("/layers/0/activation", json!("sigmoid")), ("/loss/from_logits", json!(false))]),
        ("multiclass", Pytorch, "probabilities-as-logits", vec![("/layers", json!([linear(5), {"type": "Softmax", "dim": 1}]))]),
        ("multiclass", Keras, "mse-for-classification", vec![("/layers/0/activation", json!("softmax")), ("/loss", json!({"type": "mse"}))]),
        ("multiclass_large", Pytorch, "units-classes", vec![("/task/label_min", json!(1)), ("/task/label_max", json!(5000))]),
        ("multiclass_large", Keras, "label-format", vec![("/task/labels", json!("one_hot"))]),
        ("multilabel", Keras, "multilabel-as-multiclass", vec![("/layers/0/activation", json!("softmax")), ("/loss", json!({"type": "CategoricalCrossentropy"}))]),
        ("multilabel", Pytorch, "single-output-multilabel", vec![("/layers/0/out_features", json!(1))]),
        ("detection", Keras, "classification-loss-for-regression", vec![("/outputs/1/layers/0/activation", json!("softmax")), ("/outputs/1/loss", json!({"type": "CategoricalCrossentropy"}))]),
        ("detection", Pytorch, "detection-head", vec![("/outputs/0/loss", json!({"type": "MSELoss"}))]),
        ("imbalanced_binary", Pytorch, "ignored-imbalance", vec![("/loss", json!({"type": "BCEWithLogitsLoss"}))]),
        ("imbalanced_binary", Pytorch, "focal-parameters", vec![("/loss/alpha", json!(4.0))]),
        ("imbalanced_multiclass", Keras, "ignored-imbalance", vec![("/task/class_weight", json!(false))]),
        ("imbalanced_multilabel", Pytorch, "ignored-imbalance", vec![("/loss", json!({"type": "BCEWithLogitsLoss"}))]),
        ("ordinal", Keras, "ordinal-as-nominal", vec![("/task/labels", json!("integer")), ("/layers/0/units", json!(5)), ("/loss/type", json!("SparseCategoricalCrossentropy"))]),
        ("count", Keras, "loss-domain", vec![("/layers/0/activation", json!("linear"))]),
        ("count", Pytorch, "loss-domain", vec![("/layers", json!([linear(1), {"type": "Softplus"}]))]),
        ("segmentation", Keras, "single-unit-softmax", vec![("/layers/0/activation", json!("softmax")), ("/loss/from_logits", json!(false))]),
        ("segmentation", Keras, "logits-as-probabilities", vec![("/loss", json!({"type": "Dice"}))]),
        ("segmentation_multiclass", Keras, "label-format", vec![("/loss/type", json!("CategoricalCrossentropy"))]),
        ("segmentation_multiclass", Pytorch, "probabilities-as-logits", vec![("/layers/1", json!({"type": "Softmax", "dim": 1}))]),
    ]
}

#[test]
fn every_mistake_of_a_page_fires_the_lint_that_it_names() {
    let mut specs = Vec::new();
    for (index, (task, framework, _, changes)) in mistakes().into_iter().enumerate() {
        let task = find(task).expect("a task");
        let mut spec = spec(&task.frameworks[&framework].forms[0]);
        for (pointer, value) in changes {
            put(&mut spec, pointer, value);
        }
        specs.push((format!("{index}.json"), spec));
    }
    let found = findings(&specs);
    let mut silent = Vec::new();
    for (index, (task, _, name, _)) in mistakes().into_iter().enumerate() {
        let all = found.get(&format!("{index}.json")).map_or(&[][..], Vec::as_slice);
        // What is only worse than it could be is told at a lower voice.
        let fires = all
            .iter()
            .any(|finding| finding.lint == name && (finding.is_loud() || name == "ordinal-as-nominal"));
        if !fires {
            silent.push(format!("{task}: {name} is silent: {} gives {all:#?}", specs[index].1));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// Puts a value at a pointer whose parent is there.
fn put(spec: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    match spec.pointer_mut(parent) {
        Some(Value::Object(table)) => {
            table.insert(last.to_owned(), value);
        }
        Some(Value::Array(items)) => {
            let index: usize = last.parse().expect("an index");
            items.truncate(index);
            items.push(value);
        }
        other => panic!("{pointer}: {other:?}"),
    }
}

#[test]
fn every_lint_that_a_page_names_exists_and_is_shown_by_a_mistake() {
    let shown: BTreeSet<(&str, &str)> = mistakes().iter().map(|(task, _, lint, _)| (*task, *lint)).collect();
    let mut named = BTreeSet::new();
    for task in tasks() {
        for name in task.mistakes.iter().filter_map(|mistake| mistake.lint.as_deref()) {
            assert!(lint(name).is_some(), "{}: there is no lint {name}", task.name);
            named.insert((task.name.as_str(), name));
        }
    }
    assert_eq!(named, shown);
    for [name, ..] in GUIDE {
        assert!(shown.iter().any(|(task, _)| task == name), "{name}");
    }
}

#[test]
fn the_forms_read_what_the_knowledge_tables_say() {
    let knowledge = Knowledge::built_in();
    for (name, _, framework, form) in forms() {
        let framework = knowledge.framework(framework.name()).expect("a framework");
        for (index, output) in form.outputs.iter().enumerate() {
            for layer in &output.layers {
                let class = layer.name().expect("a layer has a name");
                assert!(knowledge.layer(framework, class).known().is_some(), "{name}: {class}");
            }
            let Some(class) = output.loss.name() else { continue };
            let row = knowledge.loss(framework, class).known();
            let row = row.unwrap_or_else(|| panic!("{name}: {class} is not known"));
            let given = |argument: &str| match output.loss.argument(argument).and_then(|value| value.as_bool()) {
                Some(value) => Given::Is(value),
                None => Given::Absent,
            };
            let input = row.input.resolve(given).input;
            assert!(
                index > 0 || input == expected(form.reads),
                "{name}: {class} reads {input:?}"
            );
        }
    }
}

fn expected(reads: Reads) -> Input {
    match reads {
        Reads::Logits => Input::Logits,
        Reads::Probabilities => Input::Probabilities,
        Reads::LogProbabilities => Input::LogProbabilities,
        Reads::Real => Input::Real,
        Reads::Positive => Input::Positive,
    }
}

#[test]
fn the_code_uses_the_loss_of_the_table_as_the_first_form_has_it() {
    for task in tasks() {
        for (framework, recipe) in &task.frameworks {
            let name = format!("{} in {}", task.name, framework.title());
            assert!(recipe.code.contains(&recipe.loss), "{name}: no {}", recipe.loss);
            for output in &recipe.forms[0].outputs {
                let Some(class) = output.loss.name() else { continue };
                let class = class.rsplit('.').next().expect("a word");
                assert!(recipe.code.contains(class), "{name}: no {class}");
                if output.loss.argument("from_logits").is_some() {
                    assert!(recipe.code.contains("from_logits=True"), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_code_is_short_and_ends_by_printing_the_loss() {
    for task in tasks() {
        for (framework, recipe) in &task.frameworks {
            let name = format!("{} in {}", task.name, framework.title());
            let lines: Vec<&str> = recipe.code.lines().collect();
            assert!(lines.len() <= CODE_LINES, "{name}: {} lines", lines.len());
            for line in &lines {
                assert!(line.chars().count() <= CODE_WIDTH, "{name}: {line}");
                assert_eq!(line.trim_end(), *line, "{name}");
            }
            assert!(lines[0].starts_with("import "), "{name}");
            let last = lines[lines.len() - 1];
            assert!(last.starts_with("print(f\"loss {"), "{name}: {last}");
        }
    }
}

#[test]
fn the_texts_are_complete_sentences_and_name_tasks_that_exist() {
    for task in tasks() {
        let name = &task.name;
        let texts = [&task.when, &task.weights, &task.metric, &task.why];
        for text in texts
            .into_iter()
            .chain(task.mistakes.iter().map(|mistake| &mistake.text))
        {
            assert!(text.ends_with('.'), "{name}: {text}");
            assert!(!text.contains('\n') && !text.contains("  "), "{name}: {text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{name}: {text}");
        }
        assert!(!task.mistakes.is_empty() && !task.instead.is_empty(), "{name}");
        for other in &task.instead {
            assert!(other.task != *name, "{name}");
            assert!(
                tasks().iter().any(|task| task.name == other.task),
                "{name}: {}",
                other.task
            );
        }
    }
}
